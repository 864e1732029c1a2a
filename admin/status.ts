/**
 * The strip at the foot of every screen: what the site is doing, what is held back and why, who writes. Asks
 * the desk often while the site is being built, seldom else, and not at all while nobody looks.
 */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import { dayOf, formatMoment, formatTime } from "../src/i18n/dates.ts";
import { kinds, placeIn, type KindName } from "../src/schema/kinds.ts";
import type { Finding } from "../src/schema/problem.ts";
import { addressOf, askJson } from "./ask.ts";
import { openDialog } from "./dialog.ts";

/** What the desk tells of the site. */
export interface Status {
  state: "idle" | "building" | "failed";
  /** When the site was last made; nothing before the first time. */
  builtAt?: string | null;
  /** Drafts that wait for an approver; absent where nothing can be written. */
  waiting?: number;
  /** Why nothing can be written, and what to do. */
  closed?: string;
  held: Held[];
  /** The next change that comes by itself. */
  next?: { at: string; what: string } | null;
  message?: string | null;
}

interface Held {
  /** Path below the content folder. */
  file: string;
  /** Absent for a file of no entry. */
  kind?: KindName;
  title?: string;
  problems: Finding[];
}

export interface Strip {
  /** Asks the desk now: something has just changed. */
  refresh(): void;
  /** Puts up what an entry was saved in spite of; nothing takes it down. */
  note(show: (() => void) | undefined, count: number): void;
  /** Where buttons for the entry that is open stand. */
  slot: Element;
}

const text = adminText.status;
const BUILDING_MS = 2_000;
const QUIET_MS = 15_000;

interface StripOptions {
  /** Opens what else there is. */
  more: () => void;
  /** Stands at its end: who writes. */
  who: Node;
  /** Whether entries of a kind can be opened. */
  mayOpen: (kind: KindName) => boolean;
}

/** Puts up the strip. */
export function openStrip({
  more: openMore,
  who,
  mayOpen,
}: StripOptions): Strip {
  const state = element("p", { "aria-live": "polite" });
  const more = element("div", { class: "gs-strip-more" });
  const noted = element("div", { class: "gs-strip-more" });
  const slot = element("div", { class: "gs-strip-more" });
  const strip = element(
    "section",
    { class: "gs-strip", "aria-label": text.label },
    state,
    more,
    noted,
    slot,
    helpLink(),
    button(adminText.member.more, openMore, { "aria-haspopup": "dialog" }),
    who,
  );
  document.body.append(strip);
  new ResizeObserver(() =>
    document.documentElement.style.setProperty(
      "--gs-foot",
      `${strip.offsetHeight}px`,
    ),
  ).observe(strip);
  let shown = "";
  const show = (status: Status | undefined) => {
    const next = JSON.stringify(status ?? null);
    if (next === shown) return;
    shown = next;
    const words = status ? wordsFor(status) : text.unknown;
    if (state.textContent !== words) state.textContent = words;
    state.dataset.state = status?.state ?? "failed";
    more.replaceChildren(...(status ? moreOf(status, mayOpen) : []));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = 0;
  const refresh = async () => {
    clearTimeout(timer);
    const mine = ++asking;
    const status = await ask();
    if (mine !== asking) return;
    show(status);
    if (!document.hidden)
      timer = setTimeout(
        () => void refresh(),
        status?.state === "building" ? BUILDING_MS : QUIET_MS,
      );
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else void refresh();
  });
  void refresh();
  return {
    slot,
    refresh: () => void refresh(),
    note: (open, count) =>
      noted.replaceChildren(...(open ? [button(text.noted(count), open)] : [])),
  };
}

/** The way to the guide. What is being written stays as it is: the guide opens beside it. */
export const helpLink = (): HTMLAnchorElement =>
  element(
    "a",
    {
      class: "gs-help",
      href: `${adminText.guide.folder}/`,
      target: "_blank",
      title: adminText.guide.newTab,
    },
    adminText.guide.link,
  );

/** Nothing when the desk cannot be reached. */
const ask = (): Promise<Status | undefined> =>
  askJson(() => fetch(addressOf("status"))).then(
    (status) => status as Status,
    () => undefined,
  );

function wordsFor({ state, builtAt, next, message, closed }: Status): string {
  if (closed) return closed;
  if (state === "failed") return message || text.failed;
  if (state === "building") return text.building;
  return [
    builtAt ? text.built(moment(builtAt)) : text.notBuilt,
    next && text.next(next.what, moment(next.at)),
  ]
    .filter(Boolean)
    .join(" ");
}

type MayOpen = StripOptions["mayOpen"];

function moreOf({ held, waiting = 0 }: Status, mayOpen: MayOpen): Node[] {
  return [
    ...(held.length > 0
      ? [button(text.held(held.length), () => void tellHeld(held, mayOpen))]
      : []),
    ...(waiting > 0
      ? [element("a", { href: "#/workflow" }, text.waiting(waiting))]
      : []),
  ];
}

const tellHeld = (held: readonly Held[], mayOpen: MayOpen): Promise<void> =>
  openDialog(text.heldTitle, (close) => [
    element("p", {}, text.heldLead),
    element(
      "ul",
      { class: "gs-problems" },
      ...held.map((one) => item(one, mayOpen, close)),
    ),
    element("div", { class: "gs-actions" }, button(text.close, close)),
  ]);

function item(
  { file, kind, title, problems }: Held,
  mayOpen: MayOpen,
  close: () => void,
): HTMLLIElement {
  const called = kind ? `${kinds[kind].label} «${title ?? file}»` : file;
  const link =
    kind && mayOpen(kind)
      ? element("a", { href: placeIn(kind, file) }, called)
      : element("span", {}, called);
  link.addEventListener("click", close);
  return element(
    "li",
    {},
    element("p", {}, link),
    ...problems.map(({ field, found, remedy }) =>
      element(
        "p",
        {},
        field && element("strong", {}, field),
        field && ": ",
        `${found}. ${remedy}`,
      ),
    ),
  );
}

/** `08:15`, with its day where that is not today. */
const moment = (instant: string): string => {
  const isToday = dayOf(instant) === dayOf(new Date());
  return isToday ? formatTime(instant) : formatMoment(instant);
};
