/** The CMS as it starts in an editor's browser: who writes, then Decap over the desk. */
import type { Writer } from "../src/desk/client.ts";
import { adminText } from "../src/i18n/admin.ts";
import {
  addressOf,
  askJson,
  registerDesk,
  type Backends,
  type DeskError,
} from "./desk.ts";
import { button, element, openDialog } from "./dom.ts";
import { registerFormats, textOf } from "./format.ts";
import { cmsConfig } from "./forms.ts";
import { tellProblems } from "./problems.ts";
import { registerPreviews, type Previews } from "./preview.ts";
import { register, type Cms } from "./register.ts";
import { preSave, Texts } from "./save.ts";
import { askWriter, forgetWriter, remembered } from "./writer.ts";

/** Set by the build: where Decap's bundle is, from the page. */
declare const DECAP_ADDRESS: string;

interface Decap extends Cms, Backends, Previews {
  registerCustomFormat: Parameters<
    typeof registerFormats
  >[0]["registerCustomFormat"];
  registerEventListener(listener: { name: string; handler: unknown }): void;
  init(options: { config: object }): void;
}

/** In the desk's protocol, whatever the folder's name on the server. */
const CONTENT = "content";

async function start(): Promise<void> {
  const loading = loadDecap();
  const known = await whoIsKnown();
  if (!known && !remembered()) await askWriter();
  const { branch } = (await askDesk("info")) as { branch?: string };
  open(await loading, known, branch);
}

function open(cms: Decap, known: Writer | undefined, branch?: string): void {
  const texts = new Texts();
  registerDesk(cms, {
    writer: () => known ?? remembered() ?? { name: "", mail: "" },
    failed: (_action, failure) => console.info(failure.message),
    shown: (path, text) => texts.shown(path, text),
    saved: (path, text) => texts.saved(path, text),
    logout: () => {
      forgetWriter();
      location.reload();
    },
  });
  register(cms);
  registerFormats(cms);
  registerPreviews(cms, { address: addressOf("preview"), textOf });
  cms.registerEventListener({
    name: "preSave",
    handler: preSave(texts, {
      refused: (text, errors) => {
        const { title, lead } = adminText.save;
        void tellProblems(title, lead(errors.length), errors, text);
      },
      warned: () => {},
    }),
  });
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

/** Who a proxy before the desk says the editor is. */
async function whoIsKnown(): Promise<Writer | undefined> {
  const known = await askJson(() => fetch(addressOf("me")));
  return (known as Writer | null) ?? undefined;
}

const askDesk = (action: string): Promise<unknown> =>
  askJson(() =>
    fetch(addressOf("desk"), {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify({ action, params: {} }),
    }),
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
