/**
 * The preview beside the form: the page as the desk makes it from the text that would be saved. It stands in a
 * frame where nothing runs; while one types only what changed in it is exchanged, so that it stays where it is.
 */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import {
  unsavedName,
  type PreviewAnswer,
  type PreviewRequest,
} from "../src/preview/protocol.ts";
import { hasBody, kinds, type KindName } from "../src/schema/kinds.ts";
import type { Finding } from "../src/schema/problem.ts";
import { slugify } from "../src/schema/slug.ts";
import {
  DOCUMENT_EXTENSIONS,
  PICTURE_EXTENSIONS,
} from "../src/schema/values.ts";

const words = adminText.preview;

/** What Decap gives a preview: the entry as the form holds it, and the address of a file beside it. */
interface PreviewProps {
  entry: {
    get(name: "path"): string | undefined;
    get(name: "data"): { toJS(): Record<string, unknown> };
    get(
      name: "mediaFiles",
    ): { toJS(): { name: string; size?: number }[] } | undefined;
  };
  getAsset(name: string): { toString(): string } | undefined;
}

export interface Previews {
  registerPreviewTemplate(
    kind: string,
    template: (props: PreviewProps) => unknown,
  ): void;
}

export interface PreviewOptions {
  /** Where the desk's room is: `/admin/api/preview`. */
  address: string;
  /** The text of an entry as it would be saved, from what Decap's form holds. */
  textOf: (kind: KindName, data: Record<string, unknown>) => string;
}

/**
 * Registers the preview of every kind that has a page and a body.
 *
 * @param cms Decap's global `CMS`
 */
export function registerPreviews(cms: Previews, options: PreviewOptions): void {
  const panes = new WeakMap<Element, Pane>();
  const paneIn = (root: HTMLElement): Pane => {
    const pane = panes.get(root) ?? new Pane(root, options.address);
    panes.set(root, pane);
    return pane;
  };
  for (const kind of Object.keys(kinds) as KindName[])
    if (hasBody(kind))
      cms.registerPreviewTemplate(kind, (props) =>
        // Decap's React gives the element itself whenever the form has changed.
        createElement("div", {
          ref: (root: HTMLElement | null) =>
            root && paneIn(root).show(shownOf(kind, props, options)),
        }),
      );
}

/** Decap's React. */
const createElement = (name: string, properties: object): unknown =>
  (Reflect.get(window, "h") as typeof createElement)(name, properties);

/** What is to be shown: the text, and the files beside the entry that it names. */
interface Shown {
  path: string;
  text: string;
  /** Addresses in this browser, by name. */
  pictures: Map<string, string>;
  documents: Record<string, number>;
}

function shownOf(
  kind: KindName,
  { entry, getAsset }: PreviewProps,
  { textOf }: PreviewOptions,
): Shown {
  const data = entry.get("data").toJS();
  const text = textOf(kind, data);
  const files = (entry.get("mediaFiles")?.toJS() ?? []).filter(({ name }) =>
    text.includes(name),
  );
  const ending = (extensions: readonly string[]) =>
    files.filter(({ name }) =>
      extensions.some((extension) => name.endsWith(`.${extension}`)),
    );
  return {
    path: entry.get("path") || newPath(kind, data.title),
    text,
    pictures: new Map(
      ending(PICTURE_EXTENSIONS).map(({ name }) => [
        name,
        String(getAsset(name) ?? ""),
      ]),
    ),
    documents: Object.fromEntries(
      ending(DOCUMENT_EXTENSIONS).map(({ name, size }) => [name, size || 1]),
    ),
  };
}

/** Where a new entry will lie, but for a number behind its name: its cloth is drawn from the name. */
function newPath(kind: KindName, title: unknown): string {
  const { folder, layout } = kinds[kind];
  const slug = slugify(String(title ?? "")).slice(0, 80);
  return [
    "content",
    folder,
    ...(layout === "story" ? [new Date().getFullYear()] : []),
    slug.replace(/-+$/, "") || "bai-moi",
    "index.mdx",
  ].join("/");
}

/** How long after the last key the page is asked for, in milliseconds. */
const PAUSE = 250;

/** Widths of screens, in pixels. */
const SCREENS = { phone: 390, desktop: 1280 } as const;
type Screen = keyof typeof SCREENS;

/** The choice stays from one entry to the next. */
let screen: Screen = "desktop";

/** The preview of one open entry. */
class Pane {
  readonly #root: HTMLElement;
  readonly #address: string;
  readonly #status: HTMLElement;
  readonly #notes: HTMLElement;
  readonly #stage: HTMLElement;
  readonly #frame: HTMLIFrameElement;
  readonly #sizes = new Map<string, Promise<Size | undefined>>();
  #wanted: Shown | undefined;
  #asked = "";
  #isAsking = false;
  #timer: number | undefined;

  constructor(root: HTMLElement, address: string) {
    this.#root = root;
    this.#address = address;
    const page = root.ownerDocument;
    page.documentElement.lang = "vi";
    page.defaultView?.frameElement?.setAttribute("title", words.title);
    this.#status = element("p", { role: "status" });
    this.#notes = element("div", {});
    this.#frame = element("iframe", {
      title: words.title,
      // Of this origin, so that it can be changed from here; without scripts, forms, new windows.
      sandbox: "allow-same-origin",
    });
    this.#stage = element("div", {}, this.#frame);
    const bar = element("div", { class: "bar" });
    bar.append(this.#switch(), this.#status);
    root.append(bar, this.#notes, this.#stage);
    this.#layOut();
    new ResizeObserver(() => this.#fit()).observe(this.#stage);
    this.#frame.addEventListener("load", () => this.#tame());
  }

  /** Shows an entry as it is now, when the typing pauses. */
  show(shown: Shown): void {
    this.#wanted = shown;
    clearTimeout(this.#timer);
    if (keyOf(shown) !== this.#asked)
      this.#timer = setTimeout(() => void this.#ask(), PAUSE) as never;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || !this.#root.isConnected) return;
    const shown = this.#wanted!;
    this.#asked = keyOf(shown);
    this.#isAsking = true;
    this.#tell(words.loading);
    try {
      this.#answered(await this.#answer(shown), shown);
    } catch (failure) {
      // The same text may be asked for again.
      this.#asked = "";
      this.#tell(failure instanceof Refused ? failure.message : words.offline, {
        again: true,
      });
    } finally {
      this.#isAsking = false;
    }
    if (this.#asked && keyOf(this.#wanted!) !== this.#asked)
      this.show(this.#wanted!);
  }

  async #answer({
    path,
    text,
    pictures,
    documents,
  }: Shown): Promise<PreviewAnswer> {
    const measured: NonNullable<PreviewRequest["pictures"]> = {};
    for (const [name, address] of pictures) {
      const size = await this.#sizeOf(address);
      if (size) measured[name] = size;
    }
    const request: PreviewRequest = {
      path,
      text,
      pictures: measured,
      documents,
    };
    const response = await fetch(this.#address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (response.ok) return (await response.json()) as PreviewAnswer;
    const { error } = (await response.json()) as { error?: string };
    throw error ? new Refused(error) : new Error(response.statusText);
  }

  #sizeOf(address: string): Promise<Size | undefined> {
    const known = this.#sizes.get(address) ?? measure(address);
    this.#sizes.set(address, known);
    return known;
  }

  #answered({ html, findings }: PreviewAnswer, { pictures }: Shown): void {
    const errors = findings.filter(({ severity }) => severity === "error");
    const isFirst = !this.#frame.srcdoc;
    this.#notes.className = errors.length > 0 ? "notes wrong" : "notes";
    this.#notes.replaceChildren(
      ...(errors.length > 0
        ? this.#list(isFirst ? words.first : words.kept, errors)
        : this.#list(words.advice, findings)),
    );
    this.#tell(html === undefined ? "" : words.shown);
    if (html === undefined) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    putIn(page, pictures);
    const shown = this.#frame.contentDocument;
    if (isFirst || !shown?.body)
      this.#frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
    else become(shown.documentElement, page.documentElement);
  }

  /** Links lead nowhere but on the page itself. */
  #tame(): void {
    const page = this.#frame.contentDocument;
    for (const event of ["click", "auxclick"])
      page?.addEventListener(event, (clicked) => {
        const link = (clicked.target as Element).closest("a, area");
        if (!link) return;
        clicked.preventDefault();
        const address = link.getAttribute("href") ?? "";
        if (address.startsWith("#"))
          page
            .getElementById(decodeURIComponent(address.slice(1)))
            ?.scrollIntoView();
      });
    page?.addEventListener("submit", (event) => event.preventDefault());
  }

  #tell(message: string, { again = false } = {}): void {
    this.#status.replaceChildren(message);
    if (!again) return;
    this.#status.append(
      " ",
      button(words.again, () => void this.#ask()),
    );
  }

  #list(title: string, findings: readonly Finding[]): Node[] {
    if (findings.length === 0) return [];
    const items = findings.map(({ field, found, remedy, line }) => {
      const place = field ?? (line ? words.line(line) : "");
      const told = `${place && ": "}${found}. ${remedy}`;
      return element("li", {}, element("strong", {}, place), told);
    });
    return [element("h2", {}, title), element("ul", {}, ...items)];
  }

  #switch(): HTMLElement {
    const choices = (Object.keys(SCREENS) as Screen[]).map((name) => {
      const input = element("input", {
        type: "radio",
        name: "screen",
        value: name,
      });
      input.checked = name === screen;
      input.addEventListener("change", () => {
        screen = name;
        this.#fit();
      });
      return element("label", {}, input, ` ${words[name]}`);
    });
    return element(
      "fieldset",
      {},
      element("legend", {}, words.widths),
      ...choices,
    );
  }

  #layOut(): void {
    const page = this.#root.ownerDocument;
    const sheet = element("style", {});
    sheet.append(STYLE);
    page.head.append(sheet);
    this.#root.className = "preview";
    this.#stage.className = "stage";
    this.#notes.className = "notes";
  }

  /** The page is as wide as the screen that was chosen, and made smaller where there is less room. */
  #fit(): void {
    const { clientWidth: room, clientHeight: height } = this.#stage;
    if (!room) return;
    const width =
      screen === "phone" ? SCREENS.phone : Math.max(SCREENS.desktop, room);
    const scale = Math.min(1, room / width);
    Object.assign(this.#frame.style, {
      width: `${width}px`,
      height: `${height / scale}px`,
      transform: `scale(${scale})`,
      left: `${Math.max(0, (room - width) / 2)}px`,
    });
  }
}

const keyOf = ({ path, text, pictures, documents }: Shown): string =>
  JSON.stringify([path, text, [...pictures], documents]);

/** The desk's own words on why there is no page. */
class Refused extends Error {}

interface Size {
  width: number;
  height: number;
}

/** A picture's size, upright; nothing while it is not there or when it is none. */
async function measure(address: string): Promise<Size | undefined> {
  if (!/^(?:blob|data):/.test(address)) return undefined;
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
  } catch {
    return undefined;
  }
  const { naturalWidth: width, naturalHeight: height } = picture;
  return width && height ? { width, height } : undefined;
}

/** Puts the browser's own pictures in the places that the desk left for them. */
function putIn(page: Document, pictures: ReadonlyMap<string, string>): void {
  for (const picture of page.querySelectorAll("picture > img")) {
    const name = unsavedName(picture.getAttribute("src") ?? "");
    const address = name && pictures.get(name);
    if (!address) continue;
    picture.setAttribute("src", address);
    for (const source of picture.parentElement!.querySelectorAll("source"))
      source.remove();
  }
}

/** Makes an element like another, leaving alone what is the same: pictures do not flicker, nothing scrolls. */
function become(shown: Element, wanted: Element): void {
  for (const name of shown.getAttributeNames())
    if (!wanted.hasAttribute(name)) shown.removeAttribute(name);
  for (const name of wanted.getAttributeNames()) {
    const value = wanted.getAttribute(name)!;
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  const [before, after] = [[...shown.childNodes], [...wanted.childNodes]];
  // What stands at the end stays there when something comes in before it.
  let end = 0;
  while (
    end < Math.min(before.length, after.length) &&
    before.at(-1 - end)!.isEqualNode(after.at(-1 - end)!)
  )
    end++;
  const rest = before.length - end;
  after.slice(0, after.length - end).forEach((node, index) => {
    const old = index < rest ? before[index] : undefined;
    if (old?.isEqualNode(node)) return;
    if (isElement(old) && isElement(node) && old.tagName === node.tagName)
      become(old, node);
    else if (old) old.replaceWith(shown.ownerDocument.importNode(node, true));
    else
      shown.insertBefore(
        shown.ownerDocument.importNode(node, true),
        before[rest] ?? null,
      );
  });
  for (const node of before.slice(after.length - end, rest)) node.remove();
}

const isElement = (node: Node | undefined): node is Element =>
  node?.nodeType === 1;

const STYLE = `
html, body, .frame-root, .frame-content, .frame-content > div { height: 100%; margin: 0; }
.preview { box-sizing: border-box; display: flex; flex-direction: column; height: 100vh; padding: 8px; gap: 8px;
  font: 15px/1.5 system-ui, sans-serif; color: #1d1a16; background: #fff; }
.preview :is(p, h2, ul, fieldset) { margin: 0; padding: 0; }
/* On the right of it is Decap's own button. */
.preview .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; min-height: 44px; margin-right: 56px; }
.preview fieldset { display: flex; min-width: 0; border: 1px solid #6a6257; border-radius: 8px; }
.preview legend { position: absolute; clip-path: inset(50%); }
.preview label { position: relative; display: flex; align-items: center; min-height: 32px; padding: 0 14px; border-radius: 7px; cursor: pointer; }
.preview input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.preview label:has(:checked) { color: #fff; background: #1d4f91; }
.preview label:has(:focus-visible) { outline: 3px solid #1d4f91; outline-offset: 2px; }
.preview [role="status"] { flex: 1 1 12em; color: #545b67; }
.preview button { min-height: 32px; border: 1px solid #1d4f91; border-radius: 6px; padding: 0 12px; color: #1d4f91; background: #fff; font: inherit; font-weight: 600; cursor: pointer; }
.preview .notes { flex: none; box-sizing: border-box; max-height: 40vh; overflow: auto; border-left: 4px solid #b25e00; padding: 8px 12px; background: #fff6e5; }
.preview .notes.wrong { border-color: #9c1c1c; background: #fdf0ef; }
.preview .notes:empty { display: none; }
.preview .notes h2 { font-size: 15px; line-height: 1.4; }
.preview .notes ul { margin-top: 6px; padding-left: 20px; }
.preview .notes li { margin-bottom: 6px; overflow-wrap: anywhere; }
.preview .stage { position: relative; flex: 1; min-height: 200px; overflow: hidden; border: 1px solid #c5cad3; }
.preview iframe { position: absolute; top: 0; border: 0; transform-origin: 0 0; background: #fff; }
`;
