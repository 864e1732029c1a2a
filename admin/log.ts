/** The page that tells who did what: the newest first, older ones when they are asked for. */
import { button, element } from "../src/browser/element.ts";
import type { LogLine, LogPage } from "../src/desk/log.ts";
import { adminText } from "../src/i18n/admin.ts";
import { dayOf, formatDate, formatTime } from "../src/i18n/dates.ts";
import { askJson } from "./ask.ts";

const text = adminText.log;
const told = document.querySelector("#told")!;
const days = element("div");
const older = button(text.older, () => void show());
told.after(days, older);
older.hidden = true;

let last: string | undefined;

async function show(): Promise<void> {
  older.disabled = true;
  try {
    const address = new URL("../api/log", location.href);
    if (last !== undefined) address.searchParams.set("before", last);
    const { lines, hasMore } = (await askJson(() => fetch(address))) as LogPage;
    const first = lines.map(put)[0];
    // Who reads on by keyboard or ear goes on where the new ones begin.
    if (last !== undefined) first?.focus();
    last = lines.at(-1)?.id ?? last;
    older.hidden = !hasMore;
    told.textContent = last === undefined ? text.none : hasMore ? "" : text.all;
    if (!hasMore) older.after(told);
  } catch (failure) {
    told.textContent = (failure as Error).message;
    older.textContent = adminText.page.again;
    older.hidden = false;
  }
  older.disabled = false;
}

/** Puts a line under its day. */
function put(line: LogLine): HTMLElement {
  const made = lineOf(line);
  listOf(dayOf(line.at)).append(made);
  return made;
}

function listOf(day: string): HTMLElement {
  const known = days.querySelector<HTMLElement>(`[data-day="${day}"]`);
  if (known) return known;
  const list = element("ol", { "data-day": day, class: "deeds" });
  days.append(element("h2", {}, formatDate(day)), list);
  return list;
}

function lineOf({ at, by, text: what, reason, place }: LogLine) {
  const title = element("strong", {}, what);
  return element(
    "li",
    { tabindex: "-1" },
    element("time", { datetime: at }, formatTime(at)),
    element(
      "div",
      {},
      element(
        "p",
        {},
        place ? element("a", { href: `../${place}` }, title) : title,
      ),
      element("p", { class: "who" }, `${by.name}, ${by.mail}`),
      reason && element("p", { class: "reason" }, `${text.reason} ${reason}`),
    ),
  );
}

void show();
