/** Bytes of a content file to clean text: UTF-8, NFC, LF; with what was wrong on the way. Needs no Node. */
import { error, warning, type Finding } from "../schema/problem.ts";

/** Larger than any story's text; a guard against files that are not stories. */
const MAX_BYTES = 1_000_000;

/**
 * Decodes a content file.
 *
 * @returns the text in NFC with LF line ends, or nothing when it is no text at all; and the findings
 */
export function decodeText(bytes: Uint8Array): {
  text?: string;
  findings: Finding[];
} {
  const { raw, finding } = readText(bytes);
  return raw === undefined ? { findings: [finding] } : cleanText(raw);
}

/** A content file's bytes as the text they are, or why they are none. */
export function readText(
  bytes: Uint8Array,
): { raw: string; finding?: never } | { raw?: never; finding: Finding } {
  const tooLarge = sizeFinding(bytes.length);
  if (tooLarge) return { finding: tooLarge };
  try {
    return {
      raw: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        bytes,
      ),
    };
  } catch {
    return { finding: NOT_TEXT };
  }
}

/** A text in NFC with LF, without what no text holds: NUL and code points that are no characters. */
export const plain = (text: string): string =>
  cleanText(text.replace(/[\0\ufdd0-\ufdef]/g, "")).text ?? "";

/**
 * Signs that nobody sees. Those that turn the direction of writing let words be read otherwise than they are
 * written; the others hide in words that the search is to find. None of them belongs to Vietnamese.
 */
const HIDDEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/g;

/** A text in NFC with LF line ends and no byte order mark, and what was wrong with it; nothing when it holds NUL. */
export function cleanText(raw: string): {
  text?: string;
  findings: Finding[];
} {
  if (raw.includes("\0")) return { findings: [NOT_TEXT] };
  const findings: Finding[] = [];
  if (raw.startsWith("\ufeff"))
    findings.push(fixable("bom", "đầu tệp có dấu BOM"));
  if (raw.includes("\r"))
    findings.push(fixable("crlf", "xuống dòng kiểu Windows (CRLF)"));
  const unix = raw.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const hidden = unix.search(HIDDEN);
  if (hidden >= 0)
    findings.push(
      fixable(
        "hidden",
        "ký tự vô hình (dán từ nơi khác) trong chữ",
        lineOf(unix, hidden),
      ),
    );
  const shown = unix.replaceAll(HIDDEN, "");
  const text = shown.normalize("NFC");
  if (text !== shown)
    findings.push(
      fixable(
        "nfd",
        "chữ có dấu ở dạng tách rời (NFD)",
        lineOf(shown, firstDifference(shown, text)),
      ),
    );
  const legacy = findLegacyFont(text);
  if (legacy)
    findings.push(
      error(
        "legacy-font",
        `${legacy.name}: «${legacy.sample}»`,
        "Chuyển cả bài sang Unicode (trong Unikey: Ctrl+Shift+F6) rồi dán lại.",
        { line: lineOf(text, legacy.index) },
      ),
    );
  return { text, findings };
}

/** What is wrong with a content file of this size; a caller may ask before it reads the file. */
export const sizeFinding = (bytes: number): Finding | undefined =>
  bytes > MAX_BYTES
    ? error(
        "file-too-large",
        `tệp nặng ${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`,
        "Tệp bài viết chỉ chứa chữ, nhiều nhất 1 MB; ảnh và tài liệu để thành tệp riêng cạnh bài.",
      )
    : undefined;

const NOT_TEXT = error(
  "not-text",
  "tệp không phải văn bản Unicode (UTF-8)",
  "Mở bằng trình soạn thảo, lưu lại với mã UTF-8; nếu là ảnh hay tài liệu thì đặt cạnh bài với đuôi tệp đúng.",
);

const fixable = (code: string, found: string, line?: number): Finding => ({
  ...warning(
    code,
    found,
    "Trang vẫn đọc được; nên sửa để lần sau so sánh dễ hơn.",
    line ? { line } : {},
  ),
  fixable: true,
});

/** 1-based line of a character. */
export const lineOf = (text: string, index: number): number =>
  text.slice(0, index).split("\n").length;

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}

/**
 * Signs of text typed for the old fonts and pasted as it was. TCVN3 puts accented letters where Latin-1 has
 * symbols ("Th¸i Nguyªn"); VNI writes the accent as a letter of its own after the vowel ("Thaùi Nguyeân").
 * `sure` signs stand in no word of another language; the others do ("El Niño", "naïve", "août", "Pepsi®"),
 * and count only beside a sure one. Without a `rare` sign there is neither: most texts have none, and one is
 * looked for several times as fast as the patterns.
 */
const LEGACY = [
  {
    name: "chữ mã TCVN3 (ABC)",
    rare: /[µ¶¸¹¨¼½¾®ª¬©]/,
    sure: /\p{L}[µ¶¸¨¼½¾ª¬]|\p{L}[¹©]\p{L}|(?<!\p{L})[®©]\p{Ll}/u,
    pattern: /\p{L}[µ¶¸¹¨¼½¾®ª¬©]\p{L}?|[®©]\p{L}/gu,
  },
  {
    name: "chữ mã VNI",
    rare: /[äåëùüûøïöñ]|[aeoô][âõ]|aê/i,
    sure: /[aeo]â|aê|[aeuy]ù|[auy]û|[aouy]ø|[ôö][ùøûõï]|öô/iu,
    pattern: /[aeo][âäåëü]|aê|[aeouy][ùøûï]|[ôö][ùøûõï]|ö[ôn]|ñ[aeiouyöôâ]/giu,
  },
];
const LEAST_SIGNS = 2;

function findLegacyFont(
  text: string,
): { name: string; sample: string; index: number } | undefined {
  for (const { name, rare, sure, pattern } of LEGACY) {
    if (!rare.test(text)) continue;
    const signs = [...text.matchAll(pattern)];
    const first = signs[0];
    if (!first || signs.length < LEAST_SIGNS || !sure.test(text)) continue;
    const start = /\S*$/.exec(text.slice(0, first.index).slice(-40))!;
    const sample = start[0] + /^\S*(?: \S+)?/.exec(text.slice(first.index))![0];
    return { name, sample: sample.slice(0, 60), index: first.index };
  }
  return undefined;
}
