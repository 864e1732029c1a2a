/** The two parts of a content file: its fields and its text. */
import { error, type Finding } from "../schema/problem.ts";

export interface Parts {
  front: string;
  frontLine: number;
  body?: string;
  bodyLine: number;
}

/** Splits a file into its YAML and its body. A `.yaml` file is all YAML. */
export function splitSource(
  text: string,
  file: string,
): Parts | { finding: Finding } {
  if (file.endsWith(".yaml")) return { front: text, frontLine: 1, bodyLine: 1 };
  const opening = /^---[ \t]*\n/.exec(text);
  if (!opening)
    return {
      finding: error(
        "no-front-matter",
        "bài không có phần khai báo",
        "Bắt đầu tệp bằng một dòng ---, rồi tiêu đề và các trường khác, rồi một dòng ---.",
        { line: 1 },
      ),
    };
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\n|$)/m.exec(rest);
  if (!closing)
    return {
      finding: error(
        "open-front-matter",
        "phần khai báo không có dòng --- kết thúc",
        "Thêm một dòng --- sau trường cuối cùng.",
        { line: 1 },
      ),
    };
  const front = rest.slice(0, closing.index);
  const body = rest.slice(closing.index + closing[0].length);
  return {
    front,
    frontLine: 2,
    body,
    bodyLine:
      1 + text.slice(0, text.length - body.length).split("\n").length - 1,
  };
}
