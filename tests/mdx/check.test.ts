/** Nothing an editor writes runs: what a body may hold, and how the rest is told. */
import { describe, expect, it } from "vitest";
import { checkBody } from "../../src/mdx/check.ts";
import { checkSource } from "../../src/mdx/compile.ts";
import { expectVietnamese } from "../schema/language.ts";
import { BENIGN, HOSTILE, MISUSED } from "./bodies.ts";

/** Two lines that nothing is wrong with, before what is. */
const below = (third: string): string => `Dòng đầu.\n\n${third}`;

describe("accepted", () => {
  it.each(BENIGN)("%j", (source) => {
    expect(checkSource(source).findings).toEqual([]);
    expect(checkSource(source).isWhole).toBe(true);
  });
});

describe.each([
  ["refused", HOSTILE],
  ["misused", MISUSED],
])("%s", (_name, bodies) => {
  it.each(bodies)("%s: %j", (code, third) => {
    const { findings } = checkSource(below(third));
    const told = findings.find((finding) => finding.code === code);
    expect(told, JSON.stringify(findings)).toBeDefined();
    expect(told).toMatchObject({
      severity: "error",
      line: third.includes("\n[a]: vbscript") ? 5 : told!.line,
    });
    expect(told!.line).toBeGreaterThanOrEqual(3);
    if (!third.includes("\n")) expect(told!.line).toBe(3);
    findings.forEach(expectVietnamese);
  });

  it("counts lines from where the body starts in its file", () => {
    for (const [, third] of bodies) {
      const here = checkSource(below(third)).findings;
      const there = checkSource(below(third), 12).findings;
      expect(there).toEqual(
        here.map((finding) => ({ ...finding, line: finding.line! + 11 })),
      );
    }
  });
});

describe("several things wrong in one body", () => {
  it("are told together, each with its line", () => {
    const { findings } = checkSource(
      [
        "import a from 'a'",
        "",
        "Chữ {a}",
        "và {b}",
        "",
        "[a](javascript:b)",
        "",
        "<Quote>",
        "Chữ",
        "</Quote>",
        "",
        "# Một",
        "",
        "#### Bốn",
      ].join("\n"),
    );
    expect(
      findings
        .map(({ line, code, severity }) => `${line} ${code} ${severity}`)
        .sort(),
    ).toEqual(
      [
        "1 code-import error",
        "3 code-expression error",
        "4 code-expression error",
        "6 bad-address error",
        "8 missing error",
        "12 heading-one warning",
        "14 heading-skip warning",
      ].sort(),
    );
  });

  it("an expression is quoted as it was written", () => {
    const { findings } = checkSource("a {b.c()} d {e} f");
    expect(findings.map(({ found }) => found)).toEqual([
      "có biểu thức «{b.c()}»",
    ]);
  });
});

describe("what a body refers to", () => {
  it("is told with its lines", () => {
    const { pictures, documents, links } = checkSource(
      [
        '![Bà con làm đường](./a.jpg "Nguyễn Văn Thử")',
        "",
        '<Figure src="b.jpg" alt="Bà con làm đường" credit="Nguyễn Văn Thử" licence="cc-by-4.0" />',
        "",
        '<Document src="c.pdf" title="Kế hoạch" />',
        "",
        "[a](d.pdf) [b](/mo-hinh/a/#b) [c](https://vidu.example) [d](#e)",
      ].join("\n"),
      10,
    );
    expect(pictures).toEqual([
      {
        address: "a.jpg",
        line: 10,
        credit: "Nguyễn Văn Thử",
        licence: "all-rights",
        alt: "Bà con làm đường",
      },
      {
        address: "b.jpg",
        line: 12,
        credit: "Nguyễn Văn Thử",
        licence: "cc-by-4.0",
        alt: "Bà con làm đường",
        showsChildren: false,
      },
    ]);
    expect(documents).toEqual([
      { address: "c.pdf", line: 14 },
      { address: "d.pdf", line: 16 },
    ]);
    expect(links).toEqual([{ address: "/mo-hinh/a/#b", line: 16 }]);
  });
});

describe("texts made to exhaust the reader", () => {
  it.each([
    ["too long", "chữ ".repeat(60_000), "body-too-large"],
    ["too many braces", "\\{".repeat(6_000), "body-too-large"],
    ["too many tags", "<a>\n".repeat(6_000), "body-too-large"],
    ["too many entities", "&nbsp;".repeat(6_000), "body-too-large"],
    ["too much emphasis", "_a_".repeat(6_000), "body-too-large"],
    ["too many parts", "a\n\n".repeat(11_000), "body-too-large"],
    ["nested quotations", `${">".repeat(150_000)} a`, "nested-too-deep"],
    ["nested lists", "1. ".repeat(60_000), "nested-too-deep"],
    [
      "nested blocks",
      `${'<Callout title="a">'.repeat(2_000)}a${"</Callout>".repeat(2_000)}`,
      "nested-too-deep",
    ],
    [
      "lists over many lines",
      Array.from(
        { length: 120 },
        (_, depth) => `${"  ".repeat(depth)}- a`,
      ).join("\n"),
      "nested-too-deep",
    ],
  ])("%s", (_name, source, code) => {
    const { findings, isWhole } = checkSource(source);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(isWhole).toBe(false);
    findings.forEach(expectVietnamese);
  });

  it("does not refuse a long, honest text", () => {
    const source =
      "## Phần\n\nMột đoạn **có** *đủ* [liên kết](https://vidu.example) và `mã`.\n\n- một\n- hai\n\n".repeat(
        300,
      );
    expect(checkSource(source).findings).toEqual([]);
  });
});

describe("a tree that another parser made", () => {
  const position = {
    start: { line: 4, column: 1 },
    end: { line: 4, column: 9 },
  };
  const told = (child: object) =>
    checkBody({
      type: "root",
      children: [{ position, ...child }],
    } as Parameters<typeof checkBody>[0]).findings.map(
      ({ line, code }) => `${line} ${code}`,
    );
  const quote = (attribute: object) => ({
    type: "mdxJsxFlowElement",
    name: "Quote",
    attributes: [attribute],
    children: [{ type: "paragraph", children: [] }],
  });

  it.each<[string, object]>([
    ["4 code-import", { type: "mdxjsEsm", value: "import a from 'a'" }],
    ["4 code-expression", { type: "mdxFlowExpression", value: "a" }],
    ["4 code-expression", { type: "mdxTextExpression", value: "" }],
    ["4 code-expression", { type: "mdxFlowExpression", value: "/* a */ b" }],
    ["4 raw-html", { type: "html", value: "<b>" }],
    ["4 unknown-syntax", { type: "math", value: "a" }],
    ["4 unknown-syntax", { type: "containerDirective", children: [] }],
    [
      "4 code-spread",
      quote({ type: "mdxJsxExpressionAttribute", value: "...a" }),
    ],
    [
      "4 code-attribute",
      quote({
        type: "mdxJsxAttribute",
        name: "who",
        value: { type: "mdxJsxAttributeValueExpression", value: "a" },
      }),
    ],
  ])("is refused where it holds code: %s", (expected, child) => {
    expect(told(child)).toEqual([expected]);
  });

  it("may hold comments", () => {
    for (const value of ["/* a */", " /* a */\n/* { */ ", "/**/"])
      expect(told({ type: "mdxFlowExpression", value })).toEqual([]);
  });
});
