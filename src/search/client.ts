/** The search page in the browser: its form, its results, its address. */
import { searchText } from "../i18n/vi.ts";
import type { Hit, Hits, Query } from "./engine.ts";
import { find, forgetSearch, openSearch } from "./open.ts";

/** How many results are shown at first, and how many more each time. */
const AT_ONCE = 10;
/** While typing, a search begins with this many letters, when the reader pauses this long. */
const LEAST_LETTERS = 2;
const PAUSE_MS = 250;

const form = document.querySelector<HTMLFormElement>("#tim-bai")!;
const said = document.querySelector<HTMLElement>("#tim-thay")!;
const list = document.querySelector<HTMLOListElement>("#ket-qua")!;
const more = document.querySelector<HTMLButtonElement>("#xem-them")!;
const index = form.dataset.index!;
const controls = [...form.elements].filter(
  (element) =>
    element instanceof HTMLInputElement || element instanceof HTMLSelectElement,
);
const typed = controls.find((control) => control instanceof HTMLInputElement)!;

/** Counts searches: what an earlier one finds after a later one began is not shown. */
let latest = 0;
let hits: Hits = [];

function queryInForm(): Required<Pick<Query, "words" | "filters">> {
  const filters = controls.flatMap(({ dataset: { filter }, value }) =>
    filter && value ? [[filter, [value]]] : [],
  );
  return {
    words: typed.value,
    filters: Object.fromEntries(filters),
  };
}

/** This page's address with what the form asks for. */
function addressOfForm(): string {
  const asked = controls
    .map(({ name, value }) => [name, value.trim()])
    .filter(([, value]) => value);
  const query = new URLSearchParams(asked).toString();
  return location.pathname + (query && `?${query}`);
}

function fillForm(): void {
  const asked = new URLSearchParams(location.search);
  // A select that is given a value it has not got chooses nothing at all.
  for (const control of controls) {
    control.value = asked.get(control.name) ?? "";
    if (control instanceof HTMLSelectElement && control.selectedIndex < 0)
      control.selectedIndex = 0;
  }
}

/**
 * Puts what is looked for into the address. What is still being typed takes one place in the history, and
 * leaves it to what is then sent.
 */
function remember(typing: boolean): void {
  const address = addressOfForm();
  const state = typing ? "typing" : null;
  if (
    history.state === "typing" ||
    address === location.pathname + location.search
  )
    history.replaceState(state, "", address);
  else history.pushState(state, "", address);
}

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

function itemOf(hit: Hit): HTMLLIElement {
  const link = make("a", "", hit.title);
  link.href = hit.href;
  return make(
    "li",
    "",
    make("p", "kicker", hit.kicker),
    make("h3", "", link),
    make(
      "p",
      "excerpt",
      ...hit.excerpt.map(({ text, marked }) =>
        marked ? make("mark", "", text) : text,
      ),
    ),
    make("p", "meta", [hit.date, hit.place].filter(Boolean).join(" · ")),
  );
}

/** Takes away what was found before. */
function clear(...words: Node[]): void {
  hits = [];
  list.replaceChildren();
  more.hidden = true;
  said.replaceChildren(...words);
}

function fail(thrown: unknown): void {
  forgetSearch();
  console.warn(thrown);
  clear(
    make("p", "", navigator.onLine ? searchText.failed : searchText.offline),
  );
}

/** Shows the next results. @returns the first of them */
async function showMore(run: number): Promise<HTMLElement | undefined> {
  const shown = list.childElementCount;
  const next = hits.slice(shown, shown + AT_ONCE);
  const items = (await Promise.all(next.map((load) => load()))).map(itemOf);
  if (run !== latest) return undefined;
  list.append(...items);
  const left = hits.length - list.childElementCount;
  more.hidden = left === 0;
  more.textContent = searchText.more(Math.min(left, AT_ONCE));
  return items[0];
}

/** Looks for what the form asks for. */
async function search(): Promise<void> {
  const run = ++latest;
  const query = queryInForm();
  const words = query.words.trim();
  if (!words && Object.keys(query.filters).length === 0) {
    clear();
    return;
  }
  if (hits.length === 0) clear(make("p", "", searchText.searching));
  try {
    const { hits: best, scattered } = await find(index, query);
    if (run !== latest) return;
    const found = [...best, ...scattered];
    clear(
      make(
        "h2",
        "",
        found.length > 0
          ? searchText.found(found.length, words)
          : searchText.none(words),
      ),
      ...(found.length > 0 ? [] : [make("p", "", searchText.noneAdvice)]),
    );
    hits = found;
    await showMore(run);
  } catch (thrown) {
    if (run === latest) fail(thrown);
  }
}

let pause: number | undefined;
form.addEventListener("input", (event) => {
  clearTimeout(pause);
  if (event.target !== typed) return;
  pause = window.setTimeout(() => {
    const letters = typed.value.trim().length;
    if (letters > 0 && letters < LEAST_LETTERS) return;
    remember(true);
    void search();
  }, PAUSE_MS);
});

function send(): void {
  clearTimeout(pause);
  remember(false);
  void search();
}
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
form.addEventListener("change", ({ target }) => {
  if (target !== typed) send();
});
// By the time something is typed, the index is at hand.
form.addEventListener(
  "focusin",
  () => {
    openSearch(index).catch(() => {});
  },
  { once: true },
);
more.addEventListener("click", () => {
  showMore(latest).then((first) => first?.querySelector("a")?.focus(), fail);
});
addEventListener("popstate", () => {
  fillForm();
  void search();
});

fillForm();
void search();
