/** YAML as editors may write it. */
import { describe, expect, it } from "vitest";
import { parseYaml, writeYaml } from "../../src/judge/yaml.ts";
import { expectVietnamese } from "../schema/language.ts";

const data = (source: string): unknown => {
  const parsed = parseYaml(source);
  if ("finding" in parsed) throw new Error(parsed.finding.found);
  return parsed.data;
};
const finding = (source: string) => {
  const parsed = parseYaml(source);
  if (!("finding" in parsed)) return undefined;
  expectVietnamese(parsed.finding);
  return `${parsed.finding.code} ${parsed.finding.line}`;
};

describe("values", () => {
  it("are text unless they are plainly something else", () => {
    expect(
      data(
        "a: 2025-11-15\nb: 2026-11-23T08:00:00+07:00\nc: yes\nd: on\ne: 1_000\nf: 12:30\ng: 1.200\nh: true\ni: ~\nj: ''",
      ),
    ).toEqual({
      a: "2025-11-15",
      b: "2026-11-23T08:00:00+07:00",
      c: "yes",
      d: "on",
      e: "1_000",
      f: "12:30",
      g: 1.2,
      h: true,
      i: null,
      j: "",
    });
  });

  it("may be nothing at all", () => {
    expect(data("")).toEqual({});
    expect(data("# chỉ có ghi chú\n")).toEqual({});
    expect(data("~")).toBeNull();
  });

  it("under names that every object inherits are plain fields", () => {
    const parsed = data(
      "constructor: 1\ntoString: 2\n__proto__: 3\n<<: 4\n",
    ) as object;
    expect(Object.keys(parsed).sort()).toEqual([
      "<<",
      "__proto__",
      "constructor",
      "toString",
    ]);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(data("<<: {a: 1}\n")).toEqual({ "<<": { a: 1 } });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

/** Ten lists of ten lists of … : what is small to write and fills a machine. */
const BOMB = `a: &a [${"x,".repeat(9)}x]\n${[..."bcdefghi"].map((name, index) => `${name}: &${name} [${`*${"abcdefgh"[index]},`.repeat(9)}*${"abcdefgh"[index]}]`).join("\n")}\n`;

describe("refused, with the line", () => {
  it.each<[string, string, string]>([
    ["an anchor", "a: 1\nb: &neo 2", "yaml-anchor 2"],
    ["an alias", "a: 1\nb: *neo", "yaml-anchor 2"],
    ["an alias as a key", "a: 1\n*neo : 2", "yaml-anchor 2"],
    ["a bomb", BOMB, "yaml-anchor 1"],
    ["a merge of an alias", "a: 1\n<<: *neo", "yaml-anchor 2"],
    ["text that starts with an asterisk", "title: *Tin nóng*", "yaml-syntax 1"],
    ["a tag", "a: 1\n\nb: !!binary aGVsbG8=", "yaml-tag 3"],
    ["a tag of code", "a: !!js/function 'function () {}'", "yaml-tag 1"],
    ["a tag of one's own", "a: !mau 1", "yaml-tag 1"],
    ["a tab before a name", "a:\n\tb: 1", "yaml-tab 2"],
    ["a tab in a list", "a:\n  - b\n\t- c", "yaml-tab 3"],
    ["a tab at the very start", "\ta: 1", "yaml-tab 1"],
    ["a name written twice", "a: 1\nb: 2\na: 3", "yaml-duplicate 3"],
    [
      "__proto__ written twice",
      "__proto__: 1\n__proto__: 3",
      "yaml-duplicate 2",
    ],
    ["a colon in a text", "a: 1\ntitle: Mô hình: cách làm", "yaml-syntax 2"],
    ["an unclosed quote", 'a: 1\nb: "chữ\n', "yaml-syntax 3"],
    ["an unclosed list", "a: [1, 2\nb: 3", "yaml-syntax 2"],
    ["a percent sign", "a: 1\nb: %c", "yaml-syntax 2"],
    ["an at sign", "a: 1\nb: @c", "yaml-syntax 2"],
    ["a control character", "a: 1\nb: c\u0007", "yaml-syntax 2"],
    ["depth", `a: ${"[".repeat(50_000)}${"]".repeat(50_000)}`, "yaml-syntax 1"],
    [
      "depth by lines",
      Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}a:`).join(
        "\n",
      ),
      "yaml-syntax 20",
    ],
    ["a list as a name", "? [a]\n: b", "yaml-syntax 1"],
    ["a second document", "a: 1\n---\nb: 2", "yaml-documents 2"],
    ["a document's end", "a: 1\n...\nb: 2", "yaml-documents 2"],
  ])("%s", (_name, source, told) => {
    expect(finding(source)).toBe(told);
  });

  it("a tab inside a text is text", () => {
    expect(data('a: "b\\tc"\nd: |\n  e\n  \tf\ng: h\ti\n')).toEqual({
      a: "b\tc",
      d: "e\n\tf\n",
      g: "h\ti",
    });
  });
});

describe("the line of a field", () => {
  const parsed = parseYaml(
    [
      "title: a",
      "",
      "sources:",
      "  - publisher: b",
      "    url: c",
      "  -",
      "    publisher: d",
      'cover: { src: a.jpg, "alt": b }',
      "text: |",
      "  title: e",
      "  src: f",
      "'quoted': g",
      "list: [h,",
      "  i]",
    ].join("\n"),
  );
  const lineOf = "lineOf" in parsed ? parsed.lineOf : () => 0;
  it.each<[(string | number)[], number]>([
    [["title"], 1],
    [["sources"], 3],
    [["sources", 0], 4],
    [["sources", 0, "url"], 5],
    [["sources", 0, "missing"], 4],
    [["sources", 1, "publisher"], 7],
    [["sources", 5], 3],
    [["cover", "alt"], 8],
    [["text"], 9],
    [["quoted"], 12],
    [["list", 1], 14],
    [["src"], 1],
    [["missing", "deep"], 1],
    [["title", "deep"], 1],
    [[], 1],
  ])("%j is %i", (path, line) => expect(lineOf(path)).toBe(line));
});

describe("comments", () => {
  it.each([
    ["a: b # c", true],
    ["# a\nb: c", true],
    ["a: b\n  # c\n", true],
    ["a: |\n  b\n# c\nd: e", true],
    ["a: | # b\n  c", true],
    ["a: [b, # c\n d]", true],
    ["a: don't # b\nc: it's", true],
    ["a: b #c", true],
    ["a: b#c", false],
    ['a: "b # c"', false],
    ["a: 'b # c'", false],
    ["a: |\n  # b\n  c", false],
    ["a: >\n  b # c", false],
    ["a: [b, 'c # d']", false],
    ["a: b", false],
  ])("%j: %s", (source, has) => {
    const parsed = parseYaml(source);
    expect("hasComments" in parsed && parsed.hasComments()).toBe(has);
  });
});

describe("writeYaml", () => {
  it("writes long texts on one line and quotes only where it must", () => {
    const long = "chữ ".repeat(100).trim();
    expect(
      writeYaml({
        title: long,
        date: "2025-11-15",
        year: "2025",
        note: "a: b",
        list: ["c", "# d"],
        yes: "true",
      }),
    ).toBe(
      `title: ${long}\ndate: 2025-11-15\nyear: "2025"\nnote: "a: b"\nlist:\n  - c\n  - "# d"\nyes: "true"\n`,
    );
  });

  it("is read back as it was, whatever it holds", () => {
    const texts = [
      "",
      " ",
      "a ",
      " a",
      "\n",
      "a\n",
      "a\n\n",
      "\na",
      "a\n b\n",
      "  a\nb",
      "x\n\ty",
      "\ta",
      "a\tb",
      "#a",
      "a #b",
      "a: b",
      "a:",
      ":",
      "- a",
      "-",
      "? a",
      "*a",
      "&a",
      "!a",
      "%a",
      "@a",
      "`a`",
      "'",
      '"',
      "''",
      "a'b\"c",
      "\\",
      "\\n",
      "{a}",
      "[a]",
      "a, b",
      "|",
      ">",
      "---",
      "...",
      "a\n---\nb",
      "~",
      "null",
      "true",
      "yes",
      "1",
      "1.0",
      "0x1f",
      "1e3",
      "2025-11-15",
      "<<",
      "=",
      ".inf",
      "\u0085",
      "\u2028",
      "\u00a0",
      "\ufeff",
      "😀",
      "a\r\nb",
      "\u0007",
      "a\n# b",
      "Ấ Ẫ",
    ];
    const values = [
      ...texts,
      0,
      -1,
      1.5,
      1e21,
      true,
      false,
      null,
      [],
      {},
      [[]],
      [{}],
      { "a b": 1, "": 2, "#": 3, "1": 4, "a: b": 5 },
    ];
    const all = {
      texts,
      values,
      ...Object.fromEntries(values.map((value, index) => [`k${index}`, value])),
    };
    expect(data(writeYaml(all))).toEqual(all);
    for (const value of values)
      expect(data(writeYaml({ value, list: [value, [value]] }))).toEqual({
        value,
        list: [value, [value]],
      });
  });
});
