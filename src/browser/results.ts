/** The search page: its form and filters, what it finds, its address. */
import { formatNumber, searchText as words } from "../i18n/vi.ts";
import type { Found, Hit, Hits, Query } from "../search/engine.ts";
import type { Counts } from "../search/facets.ts";
import { button, element } from "./element.ts";
import { addressOf } from "./found.ts";

/** The search itself comes when somebody means to search. */
const engine = () => import("../search/open.ts");

/** How many results are shown at first, and how many more each time. */
const AT_ONCE = 10;
/** While typing, a search begins with this many letters, when the reader pauses this long. */
const LEAST_LETTERS = 2;
const PAUSE_MS = 250;
/** Names in the address besides those of the filters. */
const NEWEST = "moi-nhat";
const LITERAL = "nguyen-van";

const one = <Found extends HTMLElement>(selector: string): Found =>
  document.querySelector<Found>(selector)!;
const form = one<HTMLFormElement>("#tim-bai");
const typed = one<HTMLInputElement>("#tu-can-tim");
const panel = one<HTMLDetailsElement>("#loc");
const order = one("#sap-xep");
const sort = one<HTMLSelectElement>("[name=sap-xep]");
const chosen = one("#dang-loc");
const said = one("#tim-thay");
const pages = one("#trang-lien-quan");
const index = form.dataset.index!;
const boxes = [...panel.querySelectorAll<HTMLInputElement>("input")];
const filters = [...panel.querySelectorAll<HTMLElement>("[data-filter]")];
const filterOf = (box: HTMLElement): HTMLElement =>
  box.closest<HTMLElement>("[data-filter]")!;
const itemAt = (box: HTMLElement): HTMLLIElement => box.closest("li")!;
const countAt = (box: HTMLElement): Element =>
  itemAt(box).querySelector(".meta")!;
const nameOf = (box: HTMLInputElement): string =>
  box.nextElementSibling!.textContent;

/** How many stories each value gives when nothing is looked for: what the page came with. */
const totals: Counts = {};
for (const box of boxes)
  (totals[filterOf(box).dataset.filter!] ??= {})[box.value] = Number(
    countAt(box).textContent,
  );

/** Counts searches: what an earlier one finds after a later one began is not shown. */
let latest = 0;
/** Whether what was typed is looked for and nothing else. */
let literal = false;

function filtersInForm(): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (const box of boxes)
    if (box.checked)
      (filters[filterOf(box).dataset.filter!] ??= []).push(box.value);
  return filters;
}

/** This page's address with what the form asks for, changed in part. */
function addressOfForm(change: { q?: string; literal?: boolean } = {}): string {
  const asked = [...new FormData(form)].map(([name, value]) => [
    name,
    name === "q" ? (change.q ?? typed.value).trim() : String(value),
  ]);
  if (change.literal ?? literal) asked.push([LITERAL, "1"]);
  const query = new URLSearchParams(asked.filter(([, value]) => value));
  return location.pathname + (query.size > 0 ? `?${query}` : "");
}

function fillForm(): void {
  const asked = new URLSearchParams(location.search);
  typed.value = asked.get("q") ?? "";
  for (const box of boxes)
    box.checked = asked.getAll(box.name).includes(box.value);
  sort.value = asked.get(sort.name) === NEWEST ? NEWEST : "";
  literal = asked.has(LITERAL);
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

const link = (href: string, text: string): HTMLElement =>
  element("a", { href }, text);

/** Results of one sort, ten at a time. */
class ResultList {
  readonly #place: HTMLElement;
  readonly #heading: string | undefined;
  readonly #list = element("ol", { class: "search-results" });
  readonly #more = button("", () => {
    this.more().then((first) => first?.querySelector("a")?.focus(), fail);
  });
  #hits: Hits = [];

  constructor(id: string, heading?: string) {
    this.#place = one(`#${id}`);
    this.#heading = heading;
  }

  /** Shows the first results; of a list without any, nothing. What was there stays until they have come. */
  async show(hits: Hits): Promise<void> {
    this.#hits = hits;
    const items = await itemsOf(hits.slice(0, AT_ONCE));
    if (hits !== this.#hits) return;
    this.#list.replaceChildren();
    this.#add(items);
    this.#place.replaceChildren(
      ...(this.#heading && hits.length > 0
        ? [element("h2", {}, this.#heading)]
        : []),
      ...(hits.length > 0 ? [this.#list, this.#more] : []),
    );
  }

  /** Shows the next results. @returns the first of them */
  async more(): Promise<HTMLElement | undefined> {
    const hits = this.#hits;
    const shown = this.#list.childElementCount;
    const items = await itemsOf(hits.slice(shown, shown + AT_ONCE));
    if (hits !== this.#hits) return undefined;
    this.#add(items);
    return items[0];
  }

  #add(items: readonly HTMLElement[]): void {
    this.#list.append(...items);
    const left = this.#hits.length - this.#list.childElementCount;
    this.#more.hidden = left === 0;
    this.#more.textContent = words.more(Math.min(left, AT_ONCE));
  }
}

const best = new ResultList("ket-qua");
const scattered = new ResultList("rai-rac", words.scattered);

const itemsOf = async (hits: Hits): Promise<HTMLElement[]> =>
  (await Promise.all(hits.map((load) => load()))).map(itemOf);

const itemOf = (hit: Hit): HTMLLIElement =>
  element(
    "li",
    {},
    element("p", { class: "kicker" }, hit.kicker),
    element("h3", {}, link(addressOf(hit), hit.title)),
    element(
      "p",
      { class: "excerpt" },
      ...hit.excerpt.map(({ text, marked }) =>
        marked ? element("mark", {}, text) : text,
      ),
    ),
    element(
      "p",
      { class: "meta" },
      [hit.date, hit.place].filter(Boolean).join(" · "),
    ),
  );

/** Takes away what was found before, and says something instead. */
function say(...children: Node[]): void {
  said.replaceChildren(...children);
  pages.replaceChildren();
  order.hidden = true;
  void best.show([]);
  void scattered.show([]);
  recount = undefined;
  setCounts(totals);
}

/** Has the index opened anew for what is done then. */
async function forgetAnd(act: () => Promise<void>): Promise<void> {
  const search = await engine().catch(() => undefined);
  search?.forgetSearch();
  await act();
}

function fail(thrown: unknown): void {
  console.warn(thrown);
  say(
    element("p", {}, navigator.onLine ? words.failed : words.offline),
    button(words.again, () => void forgetAnd(search)),
  );
}

/** What was found, in words: how many, how it was understood. */
function summaryOf(query: Query, found: Found): Node[] {
  const asked = query.words.trim();
  const counts = [found.hits.length, found.scattered.length] as const;
  const shown = found.instead ?? asked;
  return [
    ...(found.instead
      ? [
          element(
            "p",
            {},
            words.instead(found.instead),
            " ",
            link(addressOfForm({ literal: true }), words.literally(asked)),
          ),
        ]
      : []),
    ...(literal
      ? [
          element(
            "p",
            {},
            words.isLiteral,
            " ",
            link(addressOfForm({ literal: false }), words.notLiterally),
          ),
        ]
      : []),
    element("h2", {}, headingOf(counts, shown)),
    ...(counts[0] > 0 && counts[1] > 0
      ? [element("p", { class: "meta" }, words.andScattered(counts[1]))]
      : []),
  ];
}

const headingOf = (
  [hits, loose]: readonly [hits: number, loose: number],
  asked: string,
): string =>
  hits > 0
    ? words.found(hits, asked)
    : loose > 0
      ? words.onlyScattered(loose, asked)
      : words.none(asked);

/** Where to go on when nothing was found. */
async function waysOn(query: Query): Promise<Node[]> {
  const { find, withPlainQuotes } = await engine();
  const asked = query.words.trim();
  const bare = withPlainQuotes(asked).replaceAll('"', " ").trim();
  const unfiltered =
    Object.keys(query.filters ?? {}).length > 0
      ? await find(index, { ...query, filters: {} })
      : undefined;
  const rest =
    unfiltered && unfiltered.hits.length + unfiltered.scattered.length;
  const ways = [
    rest ? button(words.withoutFilters(rest), () => uncheck(boxes)) : undefined,
    bare &&
      bare !== asked &&
      link(addressOfForm({ q: bare }), words.withoutQuotes),
    link(`${location.pathname}?${sort.name}=${NEWEST}`, words.latest),
  ];
  return [
    element("p", {}, words.noneAdvice),
    element("ul", {}, ...ways.map((way) => way && element("li", {}, way))),
  ];
}

/**
 * Looks for what the form asks for.
 *
 * @param isAgain whether it failed already: the index may have been published anew in the middle of it
 */
async function search(isAgain = false): Promise<void> {
  const run = ++latest;
  const query: Query = {
    words: typed.value,
    filters: filtersInForm(),
    byDate: sort.value === NEWEST,
    literal,
  };
  const isFiltered = showChosen();
  if (!query.words.trim() && !isFiltered && !query.byDate) {
    say();
    return;
  }
  if (!said.hasChildNodes()) say(element("p", {}, words.searching));
  try {
    const { find } = await engine();
    const found = await find(index, query);
    const isNone = found.hits.length + found.scattered.length === 0;
    const ways = isNone ? await waysOn(query) : [];
    if (run !== latest) return;
    await Promise.all([best.show(found.hits), scattered.show(found.scattered)]);
    if (run !== latest) return;
    said.replaceChildren(...summaryOf(query, found), ...ways);
    order.hidden = isNone || !query.words.trim();
    // What helps besides is no reason to take the results away.
    await Promise.all([showPages(run, query), showCounts(run, found)]).catch(
      console.warn,
    );
  } catch (thrown) {
    if (run !== latest) return;
    if (isAgain) fail(thrown);
    else await forgetAnd(() => search(true));
  }
}

/** Links to the pages of places and movements that are named so. */
async function showPages(run: number, { words: asked }: Query): Promise<void> {
  const { suggest } = await engine();
  const { places } = asked.trim()
    ? await suggest(index, asked)
    : { places: [] };
  if (run !== latest) return;
  pages.replaceChildren(
    ...(places.length > 0 ? [words.pages] : []),
    ...places.flatMap(({ href, name }, at) => [
      at > 0 ? ", " : " ",
      link(href, name),
    ]),
  );
}

/** Says at every filter how many stories each value would give, if anybody looks at the filters. */
async function showCounts(run: number, found: Found): Promise<void> {
  if (!panel.open && !boxes.some(({ checked }) => checked)) {
    recount = () => showCounts(run, found);
    return;
  }
  recount = undefined;
  const counts = await found.counts();
  if (run === latest) setCounts(counts);
}
/** What is left to be counted when the filters are opened. */
let recount: (() => Promise<void>) | undefined;

/** Leaves out what gives nothing, unless it is chosen. */
function setCounts(counts: Counts): void {
  for (const box of boxes) {
    const count = counts[filterOf(box).dataset.filter!]?.[box.value] ?? 0;
    itemAt(box).hidden = count === 0 && !box.checked;
    countAt(box).textContent = formatNumber(count);
  }
  for (const filter of filters)
    filter.hidden = !filter.querySelector("li:not([hidden])");
}

/** Shows what is chosen, each to be taken away again. @returns whether anything is */
function showChosen(): boolean {
  const checked = boxes.filter((box) => box.checked);
  chosen.hidden = checked.length === 0;
  chosen.querySelector("ul")!.replaceChildren(
    ...checked.map((box) => {
      const title = filterOf(box).querySelector("summary")!.textContent;
      return element(
        "li",
        {},
        button(nameOf(box), () => uncheck([box]), {
          "aria-label": words.removeFilter(title, nameOf(box)),
        }),
      );
    }),
  );
  return checked.length > 0;
}

/** Takes filters away. The focus goes to the next of them, else to the words. */
function uncheck(some: readonly HTMLInputElement[]): void {
  for (const box of some) box.checked = false;
  send();
  (chosen.querySelector("button") ?? typed).focus();
}

let pause: number | undefined;
typed.addEventListener("input", () => {
  clearTimeout(pause);
  pause = window.setTimeout(() => {
    const letters = typed.value.trim().length;
    if (letters > 0 && letters < LEAST_LETTERS) return;
    literal = false;
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
  literal = false;
  send();
});
for (const control of [...boxes, sort])
  control.addEventListener("change", send);
// By the time something is typed, the index is at hand.
for (const place of [form, panel])
  place.addEventListener(
    "focusin",
    () => {
      engine()
        .then(({ openSearch }) => openSearch(index))
        .catch(() => {});
    },
    { once: true },
  );
panel.addEventListener("toggle", () => {
  recount?.().catch(fail);
});
addEventListener("popstate", () => {
  fillForm();
  void search();
});

// A list beside the results has room to be open.
panel.open = matchMedia("(min-width: 56rem)").matches;
fillForm();
void search();
