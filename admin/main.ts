/** The CMS as it starts in an editor's browser: who writes, then Decap over the desk. */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import { isSetting } from "../src/schema/kinds.ts";
import { readBackupsLate } from "./backup.ts";
import {
  addressOf,
  askDesk,
  isQuiet,
  registerDesk,
  type Backends,
  type DeskError,
} from "./desk.ts";
import { openDialog } from "./dialog.ts";
import { registerFormats, textOf } from "./format.ts";
import { cmsConfig } from "./forms.ts";
import { mayApprove, openMore, whoIsKnown, type Known } from "./member.ts";
import { openEntriesAnew } from "./moving.ts";
import { tellProblems, tellRedLines } from "./problems.ts";
import type { Briefs } from "../src/desk/room.ts";
import { registerPreviews, type Previews } from "./preview.ts";
import { register, type Cms } from "./register.ts";
import { watchDraft } from "./review.ts";
import { preSave, Texts } from "./save.ts";
import { openStrip } from "./status.ts";
import { interceptUploads, type Widgets } from "./upload.ts";
import { askWriter, forgetWriter, remembered } from "./writer.ts";

/** Set by the build: where Decap's bundle is, from the page. */
declare const DECAP_ADDRESS: string;

type Decap = Cms &
  Widgets &
  Previews &
  Backends & {
    registerCustomFormat: Parameters<
      typeof registerFormats
    >[0]["registerCustomFormat"];
    registerEventListener(listener: { name: string; handler: unknown }): void;
    init(options: { config: object }): void;
  };

/** In the desk's protocol, whatever the folder's name on the server. */
const CONTENT = "content";

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
  document.addEventListener("click", showMenu);
  register(
    cms,
    shared(() => ask("choices") as Promise<Briefs>),
  );
  interceptUploads({ address: addressOf("pictures"), cms });
  registerFormats(cms);
  readBackupsLate(isQuiet);
  openEntriesAnew();
  registerPreviews(cms, { address: addressOf("preview"), textOf });
  cms.registerEventListener({
    name: "preSave",
    handler: preSave(texts, {
      refused: (text, errors) => {
        const { title, lead } = adminText.save;
        void tellProblems(title, lead(errors.length), errors, text);
      },
      warned: (text, warnings) => {
        const { notedTitle, notedLead } = adminText.status;
        const tell = () =>
          void tellProblems(notedTitle, notedLead, warnings, text);
        strip.note(warnings.length > 0 ? tell : undefined, warnings.length);
      },
    }),
  });
  // Decap lets go of a save that it refuses as a promise that nobody hears of. Whatever else fails is told.
  addEventListener("unhandledrejection", (event) => {
    const { reason } = event as { reason?: { type?: string } };
    if (reason === undefined) void tellRedLines();
    if (reason === undefined || reason.type?.endsWith("PERSIST_FAILURE"))
      event.preventDefault();
  });
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

/** How long fields that ask for the same get the same answer: as long as it takes to open a form. */
const SHARED_MS = 10_000;

/** Asks once for all who want to know at about the same time; anew when that has failed. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    if (!answer) {
      const forget = () => void (answer = undefined);
      answer = ask();
      answer.then(() => setTimeout(forget, SHARED_MS), forget);
    }
    return answer;
  };
}

/** Decap opens a menu wherever its button is, below the edge of the screen too. */
const showMenu = () =>
  requestAnimationFrame(() =>
    document
      .querySelector("#nc-root [role=menu] > ul")
      ?.scrollIntoView({ block: "nearest" }),
  );

/** Loads Decap, which finds its other parts by where it was loaded from, and starts when it is told. */
function loadDecap(): Promise<Decap> {
  Object.assign(window, { CMS_MANUAL_INIT: true });
  return new Promise((resolve, reject) => {
    const script = element("script", { src: DECAP_ADDRESS });
    script.addEventListener("load", () =>
      resolve(Reflect.get(window, "CMS") as Decap),
    );
    script.addEventListener("error", () =>
      reject(new Error(adminText.trouble.noAnswer)),
    );
    document.head.append(script);
  });
}

start().catch((failure: DeskError) =>
  openDialog(adminText.trouble.notOpened, () => [
    element("p", {}, failure.message),
    element(
      "div",
      { class: "gs-actions" },
      button(adminText.trouble.again, () => location.reload()),
    ),
  ]),
);
