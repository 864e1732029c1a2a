/**
 * `/nhung/guong-sang.js`: the element `<guong-sang>` for other people's pages. It shows a list or a story of this
 * site in a frame of the right height; until the frame says that it is there, and wherever it never does, the
 * element's own content stays: a plain link.
 *
 * | attribute   | is                                                                |
 * | ----------- | ----------------------------------------------------------------- |
 * | `src`       | the address of a list, a story or the search page of this site    |
 * | `so`        | how many stories of a list: `3`, `6` (as if not said) or `12`     |
 * | `kieu`      | of a story: its card (as if not said), `toan-van`, `so-lieu`      |
 * | `giao-dien` | `sang` or `toi`; as the reader's machine is if not said           |
 * | `mau`       | colour of links, six hexadecimal digits                           |
 * | `hinh`      | pictures: `co` or `khong`                                         |
 */
import {
  COUNTS,
  ELEMENT_SCRIPT,
  FORMS,
  NEWEST,
  THEMES,
  USUAL_COUNT,
  listEmbed,
  searchEmbed,
  storyEmbed,
  type Form,
  type Theme,
} from "../embeds/address.ts";
import { ASK, follow } from "./embed-height.ts";

/** The first parts of the addresses of stories; src/build/embeds.ts has them from the schema. */
declare const STORY_LISTS: readonly string[];

const NAME = "guong-sang";
const ATTRIBUTES = ["src", "so", "kieu", "giao-dien", "mau", "hinh"];

const script =
  document.currentScript ??
  document.querySelector(`[src$="${ELEMENT_SCRIPT}"]`);
const home = new URL((script as HTMLScriptElement).src);
const { origin } = home;
/** The site's base, without the slash at its end. */
const base = home.pathname.slice(0, -ELEMENT_SCRIPT.length);

/** The name of a choice as addresses say it; the first, which is said by nothing, when there is no such choice. */
const chosen = <Name extends string>(
  choices: Record<Name, string>,
  said: string | null,
): Name => {
  const names = Object.keys(choices) as Name[];
  return names.find((name) => choices[name] === (said ?? "")) ?? names[0]!;
};

/** The view of a page, by its path without the base; what is below `/nhung/` is one already. */
function viewOf(page: string, element: Element): string {
  const theme: Theme = chosen(THEMES, element.getAttribute("giao-dien"));
  const form: Form = chosen(FORMS, element.getAttribute("kieu"));
  const count =
    COUNTS.find((choice) => `${choice}` === element.getAttribute("so")) ??
    USUAL_COUNT;
  const [list = "", slug] = page.split("/").filter(Boolean);
  if (list === "nhung") return page;
  if (list === "tim-kiem") return searchEmbed(theme);
  return slug && STORY_LISTS.includes(list)
    ? storyEmbed(page, form, theme)
    : listEmbed(page === "/" ? NEWEST : page, count, theme);
}

/** The frame's address; nothing when what is asked for is not of this site. */
function frameAddress(element: Element): string | undefined {
  const src = element.getAttribute("src");
  const asked = src && URL.canParse(src, home) ? new URL(src, home) : undefined;
  if (asked?.origin !== origin || !asked.pathname.startsWith(`${base}/`))
    return undefined;
  const page = asked.pathname.slice(base.length).replace(/\/?$/, "/");
  const address = new URL(base + viewOf(page, element), origin);
  for (const [name, attribute] of [
    ["mau", "mau"],
    ["anh", "hinh"],
  ] as const) {
    const value = element.getAttribute(attribute);
    if (value) address.searchParams.set(name, value);
  }
  return address.href;
}

/** Nothing but styles that are set one by one: a page's policy may forbid all others. */
function dress(element: HTMLElement, styles: Record<string, string>): void {
  for (const [name, value] of Object.entries(styles))
    element.style.setProperty(name, value);
}

class EmbedElement extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;
  #frame: HTMLIFrameElement | undefined;
  readonly #shadow = this.attachShadow({ mode: "open" });
  /** Shows the element's own content. */
  readonly #fallback = document.createElement("slot");

  readonly #hear = (event: MessageEvent) => {
    if (!this.#frame || !follow(this.#frame, event, origin)) return;
    // It is there.
    dress(this.#frame, { position: "static", visibility: "visible" });
    this.#fallback.remove();
  };

  connectedCallback(): void {
    dress(this, { display: "block", position: "relative" });
    addEventListener("message", this.#hear);
    this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#hear);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  #show(): void {
    const address = frameAddress(this);
    if (address && address === this.#frame?.src) return;
    this.#frame?.remove();
    this.#frame = undefined;
    this.#shadow.append(this.#fallback);
    if (!address) return;
    const frame = document.createElement("iframe");
    frame.title = this.textContent.trim() || "Gương sáng";
    frame.loading = "lazy";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
    );
    // As wide as it will be, so that it tells the right height.
    dress(frame, {
      border: "0",
      display: "block",
      width: "100%",
      position: "absolute",
      visibility: "hidden",
    });
    frame.addEventListener("load", () =>
      frame.contentWindow?.postMessage(ASK, "*"),
    );
    frame.src = address;
    this.#shadow.append(frame);
    this.#frame = frame;
  }
}

if (!customElements.get(NAME)) customElements.define(NAME, EmbedElement);
