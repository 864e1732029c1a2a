/** The CMS as it starts in an editor's browser: who writes, then Decap over the desk. */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import { isSetting } from "../src/schema/kinds.ts";
import { addressOf, askDesk, isQuiet, registerDesk } from "./desk.ts";
import { textOf } from "./format.ts";
import { cmsConfig } from "./forms.ts";
import { CONTENT, furnish, loadDecap, tellNotOpened } from "./furnish.ts";
import type { Decap } from "./furnish.ts";
import { mayApprove, openMore, whoIsKnown, type Known } from "./member.ts";
import { tellProblems } from "./problems.ts";
import type { Briefs } from "../src/desk/room.ts";
import { registerPreviews } from "./preview.ts";
import { watchDraft } from "./review.ts";
import { Texts } from "./save.ts";
import { openStrip } from "./status.ts";
import { sendTo } from "./upload.ts";
import { askWriter, forgetWriter, remembered } from "./writer.ts";

async function start(): Promise<void> {
  const loading = loadDecap();
  const known = await whoIsKnown();
  if (!known && !remembered()) await askWriter();
  const { branch } = (await askDesk("info")) as { branch?: string };
  open(await loading, known, branch);
}

function open(cms: Decap, known: Known | undefined, branch?: string): void {
  const texts = new Texts();
  const approves = mayApprove(known);
  const strip = openStrip({
    more: () => void openMore(known),
    who: whoWrites(known),
    mayOpen: (kind) => approves || !isSetting(kind),
  });
  const ask = registerDesk(cms, {
    mayApprove: approves,
    writer: () => known ?? remembered() ?? { name: "", mail: "" },
    failed: (action, { message, problems }) => {
      const title = adminText.failed[action];
      // The desk's words list its problems too: what stands before the list is enough.
      const [lead = ""] = message.split("\n");
      if (title) void tellProblems(title, lead, problems);
    },
    shown: (path, text) => texts.shown(path, text),
    saved: (path, text) => texts.saved(path, text),
    changed: () => {
      strip.refresh();
      lookAtDraft();
    },
    logout: () => {
      forgetWriter();
      if (known) location.assign(known.leave);
      else location.reload();
    },
  });
  const lookAtDraft = watchDraft(ask, strip.slot, approves);
  furnish(cms, {
    texts,
    choices: () => ask("choices") as Promise<Briefs>,
    send: (file) => sendTo(addressOf("pictures"), file),
    isQuiet,
    note: strip.note,
  });
  registerPreviews(cms, { address: addressOf("preview"), textOf });
  // Decap asks for a login unless somebody is logged in; ours is done.
  localStorage.setItem(
    "decap-cms-user",
    JSON.stringify({ backendName: "desk" }),
  );
  cms.init({
    config: cmsConfig(
      CONTENT,
      {
        name: "desk",
        proxy_url: addressOf("desk"),
        ...(branch ? { branch } : {}),
      },
      approves,
    ),
  });
}

/** Who writes, as the strip shows it: to be changed, or to be left where there are accounts. */
function whoWrites(known: Known | undefined): HTMLElement {
  const { is, change } = adminText.writer;
  if (known)
    return element(
      "p",
      { class: "gs-known" },
      element("span", {}, adminText.member.is(known)),
      " ",
      element("a", { href: known.leave }, adminText.member.leave),
    );
  const name = element("span", {}, is(remembered()?.name ?? ""));
  return element(
    "p",
    {},
    name,
    " ",
    button(
      change,
      () =>
        void askWriter().then(() => {
          name.textContent = is(remembered()?.name ?? "");
        }),
    ),
  );
}

start().catch(tellNotOpened);
