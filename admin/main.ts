/** The CMS as it starts in an editor's browser: who writes, then Decap over the desk. */
import { button, element } from "../src/browser/element.ts";
import type { Writer } from "../src/desk/client.ts";
import { adminText } from "../src/i18n/admin.ts";
import { addressOf, askDesk, askJson, isQuiet, registerDesk } from "./desk.ts";
import { textOf } from "./format.ts";
import { cmsConfig } from "./forms.ts";
import { CONTENT, furnish, loadDecap, tellNotOpened } from "./furnish.ts";
import type { Decap } from "./furnish.ts";
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

function open(cms: Decap, known: Writer | undefined, branch?: string): void {
  const texts = new Texts();
  const strip = openStrip(whoWrites(known));
  const ask = registerDesk(cms, {
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
      location.reload();
    },
  });
  const lookAtDraft = watchDraft(ask, strip.slot);
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
    config: cmsConfig(CONTENT, {
      name: "desk",
      proxy_url: addressOf("desk"),
      ...(branch ? { branch } : {}),
    }),
  });
}

/** Who writes, as the strip shows it: to be changed, unless a proxy says it. */
function whoWrites(known: Writer | undefined): HTMLElement {
  const { is, change } = adminText.writer;
  const name = element("span", {}, is((known ?? remembered())?.name ?? ""));
  if (known) return element("p", {}, name);
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

/** Who a proxy before the desk says the editor is. */
async function whoIsKnown(): Promise<Writer | undefined> {
  const known = await askJson(() => fetch(addressOf("me")));
  return (known as Writer | null) ?? undefined;
}

start().catch(tellNotOpened);
