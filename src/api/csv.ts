/** All stories as a table, one a row: for reports made with a spreadsheet. */
import { speakable } from "../blocks/html.ts";
import { byPublication } from "../feeds/feed.ts";
import { whoIn } from "../feeds/plain.ts";
import { dayOf, formatDate } from "../i18n/dates.ts";
import { kinds } from "../schema/kinds.ts";
import type { Library, Story } from "../stories/library.ts";
import { wholeOf, type WholeHead } from "./views.ts";

type Cell = string | undefined;

/** The table's columns: the head, and what of a story stands there. Several values are put behind one another. */
const COLUMNS: [
  head: string,
  cell: (row: WholeHead, story: Story) => Cell | Cell[],
][] = [
  ["Loại bài", ({ kind }) => kinds[kind].label],
  ["Loại tin", ({ categoryLabel }) => categoryLabel],
  ["Tiêu đề", ({ title }) => title],
  ["Người, đơn vị", (_, { data }) => whoIn(data)],
  ["Loại đối tượng", ({ subjectTypeLabel }) => subjectTypeLabel],
  ["Nghề nghiệp", ({ occupationLabel }) => occupationLabel],
  ["Nhóm đối tượng", ({ group }) => group?.title],
  ["Xã, phường", ({ communes }) => titles(communes)],
  ["Phong trào", ({ movements }) => titles(movements)],
  ["Lĩnh vực", ({ fields }) => titles(fields)],
  ["Đợt thi đua", ({ campaign }) => campaign?.title],
  ["Khen thưởng", ({ awards }) => awards.map(({ form }) => form.title)],
  ["Số quyết định", ({ awards }) => awards.map(({ number }) => number)],
  ["Đơn vị gửi bài", ({ unit }) => unit?.title],
  [
    "Thời gian của sự việc",
    (_, { data }) => data.eventDate && formatDate(data.eventDate),
  ],
  ["Ngày đăng", ({ publishedAt }) => formatDate(dayOf(publishedAt))],
  ["Địa chỉ", ({ url }) => url],
];

const titles = (terms: { title: string }[]): string[] =>
  terms.map(({ title }) => title);

/** The rows of the table, its head first. */
export const tableOf = (shelf: Library): string[][] => [
  COLUMNS.map(([head]) => head),
  ...byPublication(shelf.stories, shelf).map((story) => {
    const row = wholeOf(story, shelf);
    return COLUMNS.map(([, cell]) => textOf(cell(row, story)));
  }),
];

const textOf = (cell: Cell | Cell[]): string =>
  [cell]
    .flat()
    .filter((value) => value !== undefined && value !== "")
    .join("; ");

/** Without it Excel takes the letters for those of an old code page. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A table as RFC 4180 has it, in UTF-8. */
export const writeCsv = (rows: string[][]): string =>
  BYTE_ORDER_MARK +
  rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");

/** What a spreadsheet would reckon out, or run, if a cell began with it; wide forms of the signs as well. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n|]/u;

function field(value: string): string {
  const spoken = speakable(value);
  const text =
    FORMULA.test(spoken.trimStart()) || /^[\t\r\n]/.test(spoken)
      ? `'${spoken}`
      : spoken;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
