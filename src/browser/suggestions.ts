/**
 * What the search box suggests while one types: an editable combobox with a list that it opens (WAI-ARIA
 * Authoring Practices, "Editable Combobox With List Autocomplete"). Nothing is chosen before the reader does.
 */
import { searchText } from "../i18n/vi.ts";
import type { Suggestions } from "../search/engine.ts";
import { openSearch, suggest } from "../search/open.ts";
import styles from "../styles/suggestions.css?url";
import { element } from "./element.ts";
import { addressOf } from "./found.ts";

/** Fewer letters begin too many words. */
const LEAST_LETTERS = 2;
const PAUSE_MS = 150;

/** A suggestion: where it leads, what it says, and what is said of it. */
interface Option {
  href: string;
  words: string;
  note?: string;
}

/** Waits for the styles of suggestions, which pages go without until somebody types. */
const styled = (): Promise<void> =>
  new Promise((resolve) => {
    const sheet = element("link", { rel: "stylesheet", href: styles });
    sheet.onload = sheet.onerror = () => resolve();
    document.head.append(sheet);
  });

/** Has a search box suggest. */
export function suggestIn(box: HTMLInputElement): void {
  new Combobox(box);
}

class Combobox {
  readonly #box: HTMLInputElement;
  readonly #index: string;
  readonly #list = element("div", {
    id: "goi-y",
    class: "suggestions",
    role: "listbox",
    "aria-label": searchText.suggestions,
    hidden: true,
  });
  readonly #said = element("p", { class: "unseen", role: "status" });
  readonly #styled: Promise<void>;
  #pause: number | undefined;
  /** Counts questions: the answer to an earlier one is not shown. */
  #latest = 0;
  #active: HTMLElement | undefined;

  constructor(box: HTMLInputElement) {
    this.#box = box;
    const form = box.form!;
    this.#index = form.dataset.index!;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.#list.id,
      "aria-expanded": "false",
    }))
      box.setAttribute(name, value);
    form.append(this.#list, this.#said);
    this.#styled = styled();
    // By the time something is typed, the index is at hand.
    openSearch(this.#index).catch(() => {});

    box.addEventListener("input", () => this.#askSoon());
    box.addEventListener("keydown", (event) => this.#onKey(event));
    box.addEventListener("blur", () => this.#close());
    // What was chosen may lie on this very page.
    addEventListener("hashchange", () => this.#close());
    // The box keeps the focus while one chooses.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    if (box.value) this.#askSoon();
  }

  get #isOpen(): boolean {
    return !this.#list.hidden;
  }

  #askSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const run = ++this.#latest;
    const words = this.#box.value;
    if (words.trim().length < LEAST_LETTERS) return this.#close();
    // A box that cannot suggest is still a form, and the search page says what is wrong.
    const found = await suggest(this.#index, words).catch(() => undefined);
    await this.#styled;
    const isWanted =
      run === this.#latest && document.activeElement === this.#box;
    if (!isWanted) return;
    if (found) this.#show(words, found);
    else this.#close();
  }

  #show(words: string, { stories, people, places }: Suggestions): void {
    const groups: [title: string, options: Option[]][] = [
      [
        searchText.people,
        people.map((hit) => ({
          href: addressOf(hit),
          words: hit.names,
          note: hit.title,
        })),
      ],
      [
        searchText.communes,
        places
          .filter(({ kind }) => kind === "communes")
          .map(({ href, name }) => ({ href, words: name })),
      ],
      [
        searchText.movements,
        places
          .filter(({ kind }) => kind === "movements")
          .map(({ href, name }) => ({ href, words: name })),
      ],
      [
        searchText.stories,
        stories.map((hit) => ({
          href: addressOf(hit),
          words: hit.title,
          note: [hit.kicker, hit.date].join(" · "),
        })),
      ],
    ];
    const all = `${this.#box.form!.action}?${new URLSearchParams([["q", words.trim()]])}`;
    const shown = groups.filter(([, options]) => options.length > 0);
    const count = shown.flatMap(([, options]) => options).length;
    this.#list.replaceChildren(
      ...shown.map(([title, options]) => groupOf(title, options)),
      optionOf({ href: all, words: searchText.searchAll(words.trim()) }),
    );
    this.#options.forEach((option, at) => (option.id = `goi-y-${at}`));
    this.#list.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
    this.#activate(undefined);
    this.#said.textContent = searchText.suggested(count);
  }

  #close(): void {
    this.#latest++;
    clearTimeout(this.#pause);
    this.#activate(undefined);
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#said.replaceChildren();
    this.#box.setAttribute("aria-expanded", "false");
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  #activate(option: HTMLElement | undefined): void {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#box.setAttribute("aria-activedescendant", option.id);
    else this.#box.removeAttribute("aria-activedescendant");
  }

  /** One step on; past the last the box itself comes, then the first. */
  #move(step: 1 | -1): void {
    const stops = [undefined, ...this.#options];
    const at = stops.indexOf(this.#active) + step + stops.length;
    this.#activate(stops[at % stops.length]);
  }

  #onKey(event: KeyboardEvent): void {
    // An input method has the key: it is choosing letters.
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (this.#isOpen) this.#move(key === "ArrowDown" ? 1 : -1);
      else void this.#ask();
    } else if (key === "Enter" && this.#active) this.#active.click();
    else if (key === "Escape" && this.#isOpen) this.#close();
    else return;
    event.preventDefault();
  }
}

function groupOf(title: string, options: readonly Option[]): HTMLElement {
  return element(
    "div",
    { role: "group", "aria-label": title },
    element("p", { class: "meta", "aria-hidden": "true" }, title),
    ...options.map(optionOf),
  );
}

/** A link, so that it can be opened in another tab as well. */
const optionOf = ({ href, words, note }: Option): HTMLElement =>
  element(
    "a",
    { role: "option", href, tabindex: "-1", "aria-selected": "false" },
    words,
    note && element("span", { class: "meta" }, ` ${note}`),
  );
