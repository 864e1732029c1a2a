/**
 * The draft that is open: why its writer has it back, that what is published has changed since it began, and
 * the approver's way to return it. Decap knows none of the three.
 */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import { formatMoment } from "../src/i18n/dates.ts";
import { addressOf, kinds, type KindName } from "../src/schema/kinds.ts";
import { askDesk, type Ask } from "./desk.ts";
import { openDialog } from "./dialog.ts";

/** What the desk tells of a draft. */
interface Draft {
  status: string;
  returned: { reason: string; by: string; at: string } | null;
  isBehind: boolean;
}

interface Name {
  collection: KindName;
  slug: string;
}

const text = adminText.review;

/** Decap's EditorContainer, whose first part is the bar with its buttons; see style.css. */
const EDITOR = "#nc-root .e1nx103k5";
/** The longest reason that the desk takes. */
const MAX_REASON = 2000;

/**
 * Tells of the draft that is open, above its form.
 *
 * @param ask changes something at the desk, which is told what the editor has seen of the draft
 * @param slot where the button to return it stands
 * @param mayApprove whether returning is offered
 * @returns looks at the draft again: something has been changed
 */
export function watchDraft(
  ask: Ask,
  slot: Element,
  mayApprove: boolean,
): () => void {
  const notice = element("section", { class: "gs-notice", role: "status" });
  const show = (...parts: Node[]) => {
    notice.replaceChildren(...parts);
    if (parts.length === 0) notice.remove();
  };
  const keep = () => {
    const bar = document.querySelector(EDITOR)?.firstElementChild;
    if (notice.hasChildNodes() && bar && bar.nextSibling !== notice)
      bar.after(notice);
  };
  // Decap makes its editor anew whenever it likes.
  new MutationObserver(keep).observe(document.body, {
    childList: true,
    subtree: true,
  });
  let shown = "";
  let step: string | undefined;
  const look = async () => {
    const name = openEntry();
    const key = JSON.stringify(name);
    if (key !== shown) {
      show();
      slot.replaceChildren();
      step = undefined;
    }
    shown = key;
    if (!name) return;
    const draft = await askDesk("unpublishedEntry", { ...name }).catch(
      () => undefined,
    );
    if (key !== shown || draft === undefined) return;
    const { status, returned, isBehind } = (draft ?? {}) as Partial<Draft>;
    const isAgain =
      !mayApprove && step === "pending_publish" && status === "pending_review";
    if (!isAgain) step = status;
    show(
      ...(isAgain ? [element("h2", {}, text.approveAgain)] : []),
      ...(returned ? tellReturned(returned) : []),
      ...(isBehind ? tellBehind(ask, name) : []),
    );
    keep();
    slot.replaceChildren(
      ...(mayApprove && status?.startsWith("pending")
        ? [button(text.giveBack, () => whenSaved(() => giveBack(ask, name)))]
        : []),
    );
  };
  addEventListener("hashchange", () => void look());
  void look();
  return () => void look();
}

/** The entry that is open, by the address. */
function openEntry(): Name | undefined {
  const [, collection, slug] =
    /^#\/collections\/([^/]+)\/entries\/([^?]+)/.exec(location.hash) ?? [];
  return collection && slug && collection in kinds
    ? { collection: collection as KindName, slug: decodeURIComponent(slug) }
    : undefined;
}

const tellReturned = ({ reason, by, at }: NonNullable<Draft["returned"]>) => [
  element("h2", {}, text.returned(by, formatMoment(at))),
  element("p", { class: "gs-reason" }, reason),
  element("p", {}, text.returnedHow),
];

function tellBehind(ask: Ask, name: Name): Node[] {
  const address = pageOf(name);
  return [
    element("h2", {}, text.behind),
    element("p", {}, text.behindHow),
    element(
      "p",
      { class: "gs-choices" },
      address &&
        element("a", { href: address, target: "_blank" }, text.seePublished),
      button(text.keepMine, () => whenSaved(() => keepMine(ask, name))),
    ),
  ];
}

/** An entry's page on the site; nothing where it has none. */
function pageOf({ collection, slug }: Name): string | undefined {
  const { layout } = kinds[collection];
  const parts = slug.split("/");
  const id = layout === "story" ? parts[1] : parts[0];
  const address = id && addressOf(collection, id);
  return address && new URL(`..${address}`, location.href).pathname;
}

/** Asks why, and returns the draft. */
const giveBack = (ask: Ask, name: Name): Promise<void> =>
  openDialog(text.giveBackTitle, (close) => {
    const form = element(
      "form",
      { method: "dialog" },
      element("label", { for: "gs-reason" }, text.reason),
      element("p", { id: "gs-reason-hint", class: "gs-hint" }, text.reasonHint),
      element("textarea", {
        id: "gs-reason",
        name: "reason",
        rows: "5",
        required: true,
        maxlength: String(MAX_REASON),
        "aria-describedby": "gs-reason-hint",
        autofocus: "",
      }),
      element(
        "div",
        { class: "gs-actions" },
        element("button", { type: "submit" }, text.giveBackDone),
        button(text.stop, close),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = String(new FormData(form).get("reason")).trim();
      if (reason) void change(ask("returnEntry", { ...name, reason }));
    });
    return [form];
  });

const keepMine = (ask: Ask, name: Name): Promise<void> =>
  openDialog(text.keepMineTitle, (close) => [
    element("p", {}, text.keepMineHow),
    element(
      "div",
      { class: "gs-actions" },
      button(
        text.keepMineDone,
        () => void change(ask("keepMine", { ...name })),
      ),
      button(text.stop, close),
    ),
  ]);

/** Decap shows what has become of a draft when it opens it anew. What was refused has been told of. */
const change = (asked: Promise<unknown>): Promise<void> =>
  asked.then(
    () => location.reload(),
    () => {},
  );

/** Does something unless there is something to save, which would be left behind. */
function whenSaved(act: () => Promise<void>): void {
  // Decap says so when one wants to leave the page.
  const leaving = document.createEvent("BeforeUnloadEvent");
  leaving.initEvent("beforeunload", false, true);
  window.dispatchEvent(leaving);
  const isSaved = !leaving.defaultPrevented && !leaving.returnValue;
  void (isSaved
    ? act()
    : openDialog(text.saveFirst, (close) => [
        element("p", {}, text.saveFirstHow),
        element("div", { class: "gs-actions" }, button(text.close, close)),
      ]));
}
