/** The page that tells how the site is: what is wrong first, each with what to do. */
import { element, isThere, type Child } from "../src/browser/element.ts";
import type { Health } from "../src/release/health.ts";
import { adminText } from "../src/i18n/admin.ts";
import { formatMoment } from "../src/i18n/dates.ts";
import { askJson } from "./ask.ts";

const text = adminText.health;
const told = document.querySelector<HTMLElement>("#told")!;
const parts = element("div");
told.after(parts);

/** How often to look again while somebody looks. */
const AGAIN_MS = 30_000;

async function show(): Promise<void> {
  const room = new URL("../api/health", location.href);
  try {
    tell((await askJson(() => fetch(room))) as Health);
  } catch (failure) {
    told.textContent = (failure as Error).message;
    told.dataset.state = "wrong";
    parts.replaceChildren();
  }
}

function tell(health: Health): void {
  const { problems, heldBack } = health;
  const count = problems.length + heldBack.length;
  const words = count === 0 ? text.fine : text.wrong(count);
  // What stays the same is not read out again.
  if (told.textContent !== words) told.textContent = words;
  told.dataset.state = count === 0 ? "fine" : "wrong";
  const shown: Child[] = [
    problems.length > 0 &&
      element(
        "ul",
        { class: "wrongs" },
        ...problems.map((one) => element("li", {}, one)),
      ),
    ...(heldBack.length > 0 ? heldOf(heldBack) : []),
    element("h2", {}, text.facts),
    facts(health),
    element("p", { class: "who" }, text.asked(formatMoment(now()))),
  ];
  parts.replaceChildren(...shown.filter(isThere));
}

const now = () => new Date().toISOString();

const heldOf = (held: Health["heldBack"]): Node[] => [
  element("h2", {}, text.held(held.length)),
  element("p", {}, text.heldLead),
  element(
    "ul",
    { class: "wrongs" },
    ...held.map(({ file, title, reasons }) =>
      element(
        "li",
        {},
        element("strong", {}, title ?? file),
        title !== null && element("span", { class: "who" }, ` ${file}`),
        ...reasons.map((reason) => element("p", {}, reason)),
      ),
    ),
  ),
];

function facts({ release, releases, last, due, disk }: Health): HTMLElement {
  const rows: [string, Child][] = [
    [
      text.release,
      release
        ? text.made(formatMoment(release.at), ageOf(release.ageSeconds))
        : text.none,
    ],
    [text.id, release?.id],
    [text.commit, release?.commit?.slice(0, 12)],
    [
      text.last,
      last && `${formatMoment(last.at)}, ${last.ok ? text.ok : text.failed}`,
    ],
    [
      text.due,
      due
        ? `${due.what ?? text.dueSite}, ${formatMoment(due.at)}`
        : text.dueNone,
    ],
    [text.kept, releases.length > 0 && String(releases.length)],
    [
      text.disk,
      text.free(gigabytes(disk.freeBytes), gigabytes(disk.totalBytes)),
    ],
  ].map(([name, value]) => [name as string, value ?? undefined] as const);
  return element(
    "dl",
    {},
    ...rows.flatMap(([name, value]) =>
      isThere(value) ? [element("dt", {}, name), element("dd", {}, value)] : [],
    ),
  );
}

const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
const gigabytes = (bytes: number): string => number.format(bytes / 1e9);

/** `5 phút trước`. */
function ageOf(seconds: number): string {
  const words = new Intl.RelativeTimeFormat("vi-VN");
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), "minute");
  return seconds < 86_400
    ? words.format(-Math.floor(seconds / 3600), "hour")
    : words.format(-Math.floor(seconds / 86_400), "day");
}

void show();
setInterval(() => {
  if (!document.hidden) void show();
}, AGAIN_MS);
