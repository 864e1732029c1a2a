/** Who the desk says the editor is, where there are accounts, and what that leads to. */
import { button, element } from "../src/browser/element.ts";
import type { Member } from "../src/desk/accounts.ts";
import { adminText } from "../src/i18n/admin.ts";
import { addressOf, askJson } from "./ask.ts";
import { openDialog } from "./dialog.ts";

/** Somebody with an account. */
export interface Known extends Member {
  /** Where one logs out. */
  leave: string;
}

const text = adminText.member;

/** Who has an account, and is logged in with it; nothing where the browser itself says who writes. */
export async function whoIsKnown(): Promise<Known | undefined> {
  const known = (await askJson(() => fetch(addressOf("me")))) as Known | null;
  return known
    ? {
        ...known,
        leave: new URL(known.leave, new URL("api/", location.href)).href,
      }
    : undefined;
}

/** Without accounts everybody may. The desk asks again; here it decides what is offered. */
export const mayApprove = (known: Known | undefined): boolean =>
  known?.role !== "editor";

/** What else there is besides entries: who did what, how the site is, the way out. */
export const openMore = (known: Known | undefined): Promise<void> =>
  openDialog(text.more, (close) => [
    known && element("p", {}, element("strong", {}, text.is(known))),
    known && element("p", {}, text.may[known.role]),
    element(
      "ul",
      { class: "gs-links" },
      ...[adminText.log, adminText.health].map(({ folder, title, purpose }) =>
        element(
          "li",
          {},
          element("a", { href: `${folder}/`, target: "_blank" }, title),
          ` ${purpose}`,
        ),
      ),
    ),
    element(
      "div",
      { class: "gs-actions" },
      button(text.close, close),
      known && element("a", { href: known.leave }, text.leave),
    ),
  ]);
