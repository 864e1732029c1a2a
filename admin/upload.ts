/**
 * Stands between an editor's files and Decap: whatever is chosen, dropped or pasted goes to the desk first, and
 * Decap gets what comes back, sane and safely named, or nothing.
 */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import { openDialog } from "./dialog.ts";

const words = adminText.upload;

/** Decap's controls for a picture and for a file: what of them is used and replaced here. */
interface FileControl {
  props: { getEntry(): Entry };
  handleChange: (event: unknown) => unknown;
}
export type FileControlClass = new (...args: never[]) => FileControl;

/** Decap's entry, as far as it tells the files beside it, saved or not. */
interface Entry {
  get(name: "mediaFiles"): Iterable<FileBeside> | undefined;
}
interface FileBeside {
  get(name: "name"): string;
  get(name: "file"): File | undefined;
}

export interface Widgets {
  getWidget(name: string): {
    control: FileControlClass;
    preview: unknown;
    schema: unknown;
  };
  registerWidget(
    name: string,
    control: FileControlClass,
    preview: unknown,
    schema: unknown,
  ): void;
}

export interface UploadOptions {
  /** Makes a file sane. */
  send: Send;
  /** Decap's global `CMS`, before `CMS.init`. */
  cms: Widgets;
}

/** Takes over every way that a file can come into the page. Call it once. */
export function interceptUploads({ send, cms }: UploadOptions): void {
  // Decap's field that opened the choice of files says which entry they are for.
  let entryOf: () => Entry | undefined = () => undefined;
  for (const name of ["image", "file"]) {
    const { control, preview, schema } = cms.getWidget(name);
    const telling = class extends control {
      constructor(...args: never[]) {
        super(...args);
        const open = this.handleChange;
        this.handleChange = (event) => {
          entryOf = () => this.props.getEntry();
          return open(event);
        };
      }
    };
    cms.registerWidget(name, telling, preview, schema);
  }

  const takeAll = async (files: readonly File[], input: HTMLInputElement) => {
    for (const file of files) {
      const sane = await makeSane(file, send, input.accept === "image/*");
      if (sane) await handOver(sane, input, filesOf(entryOf()));
    }
  };
  window.addEventListener("change", (event) => onChoice(event, takeAll), true);
  window.addEventListener("dragover", keepPage, true);
  window.addEventListener("drop", (event) => onDrop(event, takeAll), true);
  window.addEventListener("paste", (event) => onPaste(event, takeAll), true);
}

type TakeAll = (
  files: readonly File[],
  input: HTMLInputElement,
) => Promise<void>;

/** Our own event, which Decap is to see. */
const passing = new WeakSet<Event>();

function onChoice(event: Event, takeAll: TakeAll): void {
  const input = event.target;
  if (passing.has(event)) return;
  if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
  event.stopImmediatePropagation();
  const files = [...(input.files ?? [])];
  input.value = "";
  void takeAll(files, input);
}

/** A browser shows a dropped file in place of the page, and what was typed is gone. */
function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

function onDrop(event: DragEvent, takeAll: TakeAll): void {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  takeOrTellWhere(files, takeAll);
}

/** Text that was copied with pictures, from Word for instance, is pasted as text. */
function onPaste(event: ClipboardEvent, takeAll: TakeAll): void {
  const { files, types } = event.clipboardData ?? {};
  if (!files?.length || types?.some((type) => type.startsWith("text/"))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  takeOrTellWhere([...files], takeAll);
}

function takeOrTellWhere(files: readonly File[], takeAll: TakeAll): void {
  const input = openInput();
  if (input) void takeAll(files, input);
  else void tell(words.where, words.whereHow);
}

/** The input of Decap's choice of files, while that is open. */
const openInput = () =>
  document.querySelector<HTMLInputElement>(
    ".nc-fileUploadButton input[type=file]",
  );

const filesOf = (entry: Entry | undefined): FileBeside[] => [
  ...(entry?.get("mediaFiles") ?? []),
];

/** The name of a file that is the same byte for byte. */
async function sameAs(
  file: File,
  others: readonly FileBeside[],
): Promise<string | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  for (const other of others) {
    const given = other.get("file");
    if (given?.size !== file.size) continue;
    const theirs = new Uint8Array(await given.arrayBuffer());
    if (theirs.every((byte, at) => byte === bytes[at]))
      return other.get("name");
  }
  return undefined;
}

/**
 * A name that no file beside the entry has: `anh.jpg`, `anh-2.jpg`…
 *
 * @param taken names of those that are there
 */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf(".");
  for (let count = 1; ; count++) {
    const free =
      count === 1 ? name : `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
    if (!taken.has(free)) return free;
  }
}

/**
 * Gives Decap a file as if it had been chosen, and waits until it has taken it. Decap knows new files by their
 * bytes: given the same twice under two names, it would forget the first, and the text would miss it.
 */
async function handOver(
  file: File,
  chosen: HTMLInputElement,
  beside: readonly FileBeside[],
): Promise<void> {
  const same = await sameAs(file, beside);
  if (same !== undefined) return tell(words.known, words.knownHow(same));
  const input = chosen.isConnected ? chosen : openInput();
  if (!input) return;
  const transfer = new DataTransfer();
  const taken = new Set(beside.map((other) => other.get("name")));
  const name = freeName(file.name, taken);
  transfer.items.add(new File([file], name, { type: file.type }));
  input.files = transfer.files;
  const event = new Event("change", { bubbles: true });
  passing.add(event);
  input.dispatchEvent(event);
  // Decap empties the input when it is done.
  for (let frames = 0; input.files.length > 0 && frames < 600; frames++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** @returns what Decap may have; nothing when the file is refused or the editor gives up */
async function makeSane(
  file: File,
  send: Send,
  onlyPictures: boolean,
): Promise<File | undefined> {
  for (;;) {
    const outcome = await send(file);
    if ("stopped" in outcome) return undefined;
    if ("failed" in outcome) {
      if (await wantsAgain(file)) continue;
      return undefined;
    }
    if ("file" in outcome) {
      if (!onlyPictures || outcome.file.type.startsWith("image/"))
        return outcome.file;
      await tell(words.refused, words.notPicture(file.name));
    } else await tell(words.refused, outcome.refused);
    return undefined;
  }
}

export type Outcome =
  { file: File } | { refused: string } | { failed: true } | { stopped: true };
export type Send = (file: File) => Promise<Outcome>;

/** Sends a file to the desk's room for pictures and shows how far it has come. `fetch` would not tell. */
export function sendTo(address: string, file: File): Promise<Outcome> {
  const request = new XMLHttpRequest();
  const bar = element("progress", {
    max: "1",
    "aria-label": words.sending(file.name),
  });
  const state = element("p", { role: "status" }, words.sending(file.name));
  let close = () => {};
  const closed = openDialog(words.title, (shut) => {
    close = shut;
    const stop = button(words.stop, shut);
    return [state, bar, element("div", { class: "gs-actions" }, stop)];
  });
  return new Promise((resolve) => {
    void closed.then(() => {
      resolve({ stopped: true });
      request.abort();
    });
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total > 0 ? loaded / total : 0;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      state.textContent = words.making;
    });
    request.addEventListener("loadend", () => {
      void outcomeOf(request).then((outcome) => {
        resolve(outcome);
        close();
      });
    });
    request.responseType = "blob";
    request.open("POST", `${address}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(file);
  });
}

async function outcomeOf(request: XMLHttpRequest): Promise<Outcome> {
  const blob = request.response as Blob | null;
  const name = request.getResponseHeader("x-file-name");
  if (request.status === 200 && name && blob)
    return { file: new File([blob], name, { type: blob.type }) };
  const told = await blob
    ?.text()
    .then(JSON.parse)
    .catch(() => undefined);
  const refused = (told as { error?: unknown } | undefined)?.error;
  // A fault of the server's may be gone next time, as a fault of the network may.
  return typeof refused === "string" && request.status < 500
    ? { refused }
    : { failed: true };
}

const tell = (title: string, text: string): Promise<void> =>
  openDialog(title, (close) => [
    element("p", {}, text),
    element("div", { class: "gs-actions" }, button(words.close, close)),
  ]);

async function wantsAgain({ name }: File): Promise<boolean> {
  let again = false;
  await openDialog(words.failed, (close) => [
    element("p", {}, words.failedHow(name)),
    element(
      "div",
      { class: "gs-actions" },
      button(words.again, () => {
        again = true;
        close();
      }),
      button(words.giveUp, close),
    ),
  ]);
  return again;
}
