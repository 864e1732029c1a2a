/** Dates as Vietnamese readers write them, in Asia/Ho_Chi_Minh whatever the machine's zone. */

const dayParts = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Ho_Chi_Minh",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/**
 * The calendar day of an instant in Vietnam.
 *
 * @param instant ISO 8601 with offset, or a Date
 * @returns `2025-11-15`
 */
export const dayOf = (instant: string | Date): string =>
  dayParts.format(typeof instant === "string" ? new Date(instant) : instant);

/** An instant as content writes it: `2025-11-15T08:00:00+07:00`. Vietnam knows no summer time. */
export const instantOf = (moment: Date): string =>
  new Date(moment.getTime() + 7 * 60 * 60 * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, "+07:00");

/** The moment a day begins in Vietnam, which knows no summer time. */
export const dayStart = (day: string): number =>
  Date.parse(`${day}T00:00:00+07:00`);

/** The moment that the month after an instant's begins in Vietnam. */
export function nextMonth(instant: Date): number {
  const [year, month] = dayOf(instant).split("-").map(Number) as [
    number,
    number,
  ];
  return dayStart(
    new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10),
  );
}

/** One EDTF part, `2025-11-15`, `2025-11` or `2025`, as `15/11/2025`, `11/2025`, `2025`. */
const formatPart = (part: string): string =>
  part.split("-").reverse().join("/");

/**
 * A day, month, year or span (EDTF level 0, see schema/values.ts) for a reader.
 *
 * @returns for example `15/11/2025`, `11/2025`, `2025`, `08–10/10/2025`, `30/09–02/10/2025`
 */
export function formatDate(date: string): string {
  const [start = "", end] = date.split("/");
  if (!end || start === end) return formatPart(start);
  const from = start.split("-");
  const to = end.split("-");
  if (from.length !== to.length || from[0] !== to[0] || from.length === 1)
    return `${formatPart(start)}–${formatPart(end)}`;
  if (from.length === 3 && from[1] === to[1])
    return `${from[2]}–${formatPart(end)}`;
  return `${from.slice(1).reverse().join("/")}–${formatPart(end)}`;
}

const clock = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
});

/** The time of day of an instant in Vietnam: `08:15`. */
export const formatTime = (instant: string): string =>
  clock.format(new Date(instant));

/** The same with its day: `08:15 15/11/2025`. */
export const formatMoment = (instant: string): string =>
  `${formatTime(instant)} ${formatDate(dayOf(instant))}`;
