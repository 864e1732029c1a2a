/** What the CMS mangles is repaired; what it does not is left alone. */
import { describe, expect, it } from "vitest";
import { repairBody } from "../../admin/repair.ts";
import { blocks } from "../../src/blocks/index.ts";
import { cleanText } from "../../src/judge/text.ts";
import { checkSource, compileBody } from "../../src/mdx/compile.ts";
import { everyFile } from "../blocks/mdx.ts";
import { BENIGN, HOSTILE, MISUSED } from "../mdx/bodies.ts";
import { generated } from "./generated.ts";

const FIGURE =
  '<Figure src="a.jpg" alt="Làm đường {mới} < cũ" credit="Nguyễn Văn Thử" />';

/** Each as the CMS, or an editor in it, writes it, and as it is saved. */
const MANGLED: readonly [name: string, written: string, saved: string][] = [
  ["braces", "Giá {x} và }", "Giá \\{x\\} và \\}"],
  ["an expression", "{1 + 1}", "\\{1 + 1\\}"],
  ["braces after a backslash that is one", "\\\\{a}", "\\\\\\{a\\}"],
  [
    "tags",
    "a <b>c</b> <script>d</script>",
    "a \\<b>c\\</b> \\<script>d\\</script>",
  ],
  ["signs", "5 <6, 7<8, 9 < 10", "5 \\<6, 7\\<8, 9 < 10"],
  ["a sign at the end", "a <", "a \\<"],
  [
    "a web address",
    "<https://a.example/b_c>",
    "[https://a.example/b_c](https://a.example/b_c)",
  ],
  [
    "a mail address",
    "Thư <ten@a.example>.",
    "Thư [ten@a.example](mailto:ten@a.example).",
  ],
  [
    "braces in an address",
    "https://a.example/{b}",
    "https://a.example/%7Bb%7D",
  ],
  [
    "braces in a link",
    "[a](https://a.example/{b})",
    "[a](https://a.example/\\{b\\})",
  ],
  [
    "braces in a cell",
    "| {a} |\n|---|\n| `{b}` |",
    "| \\{a\\} |\n|---|\n| `{b}` |",
  ],
  ["a comment", "Chữ {/ *ghi chú* /} nữa", "Chữ {/* ghi chú */} nữa"],
  ["a statement", "export chè\nimport máy", "&#101;xport chè\n&#105;mport máy"],
  ["NFD", "Đắk Lắk".normalize("NFD"), "Đắk Lắk"],
  ["line ends and blank lines around", "\ufeff\r\n \r\na\r\nb\r\n\r\n", "a\nb"],
  ["spaces at the end of lines", "a \nb\t\n\nc ", "a\nb\n\nc"],
  ["hard breaks", "a  \nb\\\nc", "a\\\nb\\\nc"],
  ["lists", "* a\n  * b\n\n    c\n* d", "- a\n  - b\n\n    c\n- d"],
  ["emphasis", "_a_ __b__ *c* **d**", "*a* **b** *c* **d**"],
  ["a line between parts", "a\n\n- - -\n\nb", "a\n\n---\n\nb"],
  ["what no text holds", "a\0b\ufdd0c", "abc"],
  ["beside a block", `${FIGURE}\n\n{a}`, `${FIGURE}\n\n\\{a\\}`],
  ["paragraphs that begin with +", "+ a\n\n+ b", "\\+ a\n\n\\+ b"],
  ["a line that begins with +", "a\\\n+ b", "a\\\n\\+ b"],
  ["a paragraph that begins with a year", "1986. a", "1986\\. a"],
  [
    "in a block",
    '<Quote who="A">\n{a} <b>\n</Quote>',
    '<Quote who="A">\n\\{a\\} \\<b>\n</Quote>',
  ],
];

/** Texts that say something else, or would, in another style; and what is not text. */
const KEPT: readonly string[] = [
  "`{a} <b> _c_`",
  "```js\n{a} <b>  \n* c\nimport d\n```",
  "- ```\n  {a}\n  ```",
  "Giá \\{x\\}, \\<b\\>, \\_c\\_",
  "{/* ghi chú {a} <b> */}",
  "Chữ {/* a */} nữa",
  "- a\n\n* b",
  "a\n***",
  "- * * *",
  "- import a",
  "&lt;b&gt; &#123;",
  FIGURE,
  '<Gallery title="A">\n  <Photo src="a.jpg" alt="b" credit="c" />\n</Gallery>',
  '<Facts>\n<Fact label="A > B">1 \\< 2</Fact>\n</Facts>',
  "a[^1]\n\n[^1]: b\n\n    c",
  "999. a\n\n\\+ b",
  '<Quote who="A">\n\n1986. a\n\n</Quote>',
  "| a |\n|:-:|\n| b \\| c |",
];

/** What was meant as a block but cannot be read: the judge tells the editor, so nothing is made of it. */
const UNREADABLE: readonly string[] = [
  '<Quote who="A">\n\nkhông đóng {a}',
  "<Quote who=A>a</Quote>",
  "<Quote who={a}>b</Quote>",
  "<!-- ghi chú -->",
];

const isAccepted = (source: string): boolean =>
  checkSource(source).findings.every(({ severity }) => severity !== "error");
/** A file may hold such lists; what the CMS writes so are paragraphs. */
const LISTS_OF_OTHERS = /^[ \t>]*(?:[-*] +)*(?:\+|\d{4,}[.)])(?:[ \t]|$)/m;
const html = (source: string): string =>
  compileBody(source, { ...everyFile, base: "/" }).html;

describe("repairBody", () => {
  it.each(MANGLED)("mends %s", (_name, written, saved) => {
    expect(repairBody(written)).toBe(saved);
    expect(repairBody(saved)).toBe(saved);
    expect(isAccepted(saved)).toBe(true);
  });

  it.each(KEPT)("keeps %j", (source) =>
    expect(repairBody(source)).toBe(source),
  );

  it.each(UNREADABLE)("leaves %j to the judge", (source) => {
    expect(repairBody(source)).toBe(source);
    expect(isAccepted(source)).toBe(false);
  });

  it("keeps every example of every block", () => {
    for (const { examples } of Object.values(blocks))
      for (const { source } of examples)
        expect(repairBody(source)).toBe(source);
  });

  it("says what an accepted text said, and changes nothing the second time", () => {
    const bodies = [
      ...BENIGN,
      ...[...HOSTILE, ...MISUSED].map(([, text]) => `Chữ.\n\n${text}`),
      ...generated(500, 7),
    ];
    let accepted = 0;
    let mended = 0;
    for (const source of bodies) {
      const repaired = repairBody(source);
      expect(repairBody(repaired), JSON.stringify(source)).toBe(repaired);
      if (!isAccepted(source)) {
        if (isAccepted(repaired)) mended++;
        continue;
      }
      accepted++;
      if (LISTS_OF_OTHERS.test(source)) continue;
      expect(isAccepted(repaired), JSON.stringify(source)).toBe(true);
      // Words alone: blanks at the ends of lines are not told apart by a reader.
      const plain = (text: string) =>
        html(cleanText(text).text!).replace(/\s+/g, " ");
      expect(plain(repaired), JSON.stringify(source)).toBe(plain(source));
    }
    expect(accepted).toBeGreaterThan(150);
    expect(mended).toBeGreaterThan(100);
  }, 120_000);
});
