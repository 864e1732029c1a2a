/** What the CMS has wherever it writes: our forms, judge, uploads and mendings around Decap. */
import { button, element } from "../src/browser/element.ts";
import type { Briefs } from "../src/desk/room.ts";
import { adminText } from "../src/i18n/admin.ts";
import { readBackupsLate } from "./backup.ts";
import type { Backends } from "./desk.ts";
import { openDialog } from "./dialog.ts";
import { registerFormats } from "./format.ts";
import { openEntriesAnew } from "./moving.ts";
import type { Previews } from "./preview.ts";
import { tellProblems, tellRedLines } from "./problems.ts";
import { register, type Cms } from "./register.ts";
import { preSave, type Texts } from "./save.ts";
import type { Strip } from "./status.ts";
import { interceptUploads, type Send, type Widgets } from "./upload.ts";

/** Set by the build: where Decap's bundle is, from the page. */
declare const DECAP_ADDRESS: string;

export type Decap = Cms &
  Widgets &
  Previews &
  Backends & {
    registerCustomFormat: Parameters<
      typeof registerFormats
    >[0]["registerCustomFormat"];
    registerEventListener(listener: { name: string; handler: unknown }): void;
    init(options: { config: object }): void;
  };

/** The content folder in Decap's paths, whatever the folder's name on the server. */
export const CONTENT = "content";

export interface Furnishing {
  texts: Texts;
  /** What forms choose among. */
  choices: () => Promise<Briefs>;
  send: Send;
  isQuiet: () => boolean;
  note: Strip["note"];
}

/** Registers all of it. Call it before `CMS.init`. */
export function furnish(
  cms: Decap,
  { texts, choices, send, isQuiet, note }: Furnishing,
): void {
  document.addEventListener("click", showMenu);
  register(cms, shared(choices));
  interceptUploads({ send, cms });
  registerFormats(cms);
  readBackupsLate(isQuiet);
  openEntriesAnew();
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
        note(warnings.length > 0 ? tell : undefined, warnings.length);
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
export function loadDecap(): Promise<Decap> {
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

/** Says why there is no CMS to be seen. */
export const tellNotOpened = (failure: Error): Promise<void> =>
  openDialog(adminText.trouble.notOpened, () => [
    element("p", {}, failure.message),
    element(
      "div",
      { class: "gs-actions" },
      button(adminText.trouble.again, () => location.reload()),
    ),
  ]);
