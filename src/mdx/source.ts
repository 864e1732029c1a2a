/**
 * A body's text to what is wrong with it, with whichever parser the place has: Sätteri on the desk and at
 * build, micromark in the browser. Nothing here needs Node.
 */
import type { Root } from "mdast";
import { error, type Finding } from "../schema/problem.ts";
import {
  bodyTooLarge,
  checkBody,
  expressionFinding,
  moduleFinding,
  nestedTooDeep,
  type CheckedBody,
} from "./check.ts";
import { opensWithCode, shield, unshield, type Shielded } from "./shield.ts";

/**
 * Parses Markdown with GFM and MDX's tags and comments; other code has been taken out by `shield`.
 *
 * @returns the tree, with positions
 * @throws an error whose message begins with `line:column:` where the text cannot be parsed
 */
export type Parse = (shielded: string) => Root;

/**
 * Parses and checks a body.
 *
 * @param source MDX without front matter
 * @param firstLine the line of the file the body starts on
 * @returns the findings with the file's lines, and what the body refers to
 */
export function judgeBody(
  source: string,
  parse: Parse,
  firstLine = 1,
): CheckedBody {
  const shift = <T extends { line?: number | undefined }>(item: T): T =>
    item.line ? { ...item, line: item.line + firstLine - 1 } : item;
  const checked = parseAndCheck(source, parse);
  return {
    findings: checked.findings.map(shift),
    pictures: checked.pictures.map(shift),
    documents: checked.documents.map(shift),
    links: checked.links.map(shift),
    isWhole: checked.isWhole,
  };
}

function parseAndCheck(source: string, parse: Parse): CheckedBody {
  const findings = sizeFindings(source);
  const nothing = { pictures: [], documents: [], links: [], isWhole: false };
  if (findings.length > 0) return { findings, ...nothing };
  const shielded = shield(source);
  try {
    const tree = parse(shielded);
    if (shielded !== source)
      unshield(tree, (found) => findings.push(codeFinding(found)));
    const checked = checkBody(tree);
    return { ...checked, findings: [...findings, ...checked.findings] };
  } catch (thrown) {
    return { findings: [syntaxFinding(thrown, shielded)], ...nothing };
  }
}

const MOST_CHARACTERS = 200_000;
/** Of the signs that the parser's time can grow with the square of. */
const MOST_MARKS = 5_000;
/** A line that opens a hundred lists or quotations at once. */
const DEEP_LINE = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){100}/m;

/** What is told of a text that was made to exhaust the parser, before it meets it. */
export function sizeFindings(source: string): Finding[] {
  const deep = DEEP_LINE.exec(source);
  if (deep)
    return [nestedTooDeep(source.slice(0, deep.index).split("\n").length)];
  const marks = source.match(/[{<&*_]/g)?.length ?? 0;
  return source.length > MOST_CHARACTERS || marks > MOST_MARKS
    ? [bodyTooLarge]
    : [];
}

const codeFinding = ({ kind, text, line }: Shielded): Finding =>
  kind === "module"
    ? moduleFinding(line)
    : expressionFinding(/^[^}]*\}?/.exec(text)?.[0] ?? "", line);

/** Told of a body that cannot be read for a reason that is none of its editor's. */
export const bodyUnreadable = error(
  "body-unreadable",
  "không đọc được nội dung bài",
  "Xem lại các khối và dấu <; nếu không thấy gì lạ, nhờ người quản trị trang.",
);

/** The parser's English, told as what an editor most likely did. */
function syntaxFinding(thrown: unknown, shielded: string): Finding {
  if (thrown instanceof RangeError) return nestedTooDeep();
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const place = /^(\d+):(\d+):/.exec(message);
  if (!place) return bodyUnreadable;
  const line = Number(place[1]);
  const from = shielded
    .split("\n")
    .slice(line - 1)
    .join("\n")
    .slice(Number(place[2]) - 1);
  if (opensWithCode(from))
    return error(
      "code-attribute",
      "có mã trong thẻ của khối nội dung",
      'Viết từng thuộc tính: tên="chữ trong dấu nháy kép", không dùng dấu ngoặc nhọn.',
      { line },
    );
  const [, found, remedy] = SLIPS.find(([sign]) => sign.test(from))!;
  return error("syntax", found, remedy, { line });
}

/** What stands where the parser stopped, the likeliest reading first. */
const SLIPS: readonly [sign: RegExp, found: string, remedy: string][] = [
  [/^<!--/, "có ghi chú kiểu <!-- -->", "Xóa đi, hoặc viết {/* ghi chú */}."],
  [
    /^<\/[A-Z]/,
    "có thẻ đóng mà không có thẻ mở",
    "Xóa thẻ đóng, hoặc thêm thẻ mở cùng tên ở trước.",
  ],
  [
    /^<[A-Z]\w*(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s*>/,
    "một khối mở ra mà không đóng lại",
    "Thêm thẻ đóng, ví dụ </Quote>, hoặc viết /> ở cuối thẻ không có nội dung.",
  ],
  [
    /^<[A-Z]/,
    "thẻ của khối nội dung viết sai",
    'Viết mỗi giá trị trong dấu nháy kép và đóng thẻ bằng >, ví dụ <Quote who="Họ và tên">.',
  ],
  [
    /^<\/?[a-z!?]/,
    "có mã HTML hoặc liên kết viết trong < >",
    "Dùng Markdown hoặc khối nội dung; liên kết thì viết [chữ](https://…); muốn in dấu < thì viết \\<.",
  ],
  [
    /^/,
    "có dấu < mà không mở khối nội dung nào",
    "Muốn in dấu < thì viết \\<.",
  ],
];
