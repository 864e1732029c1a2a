/**
 * The judge in the browser and the judge at build read with different parsers; they must come to the same
 * verdict. Where they do not, the stricter has the last word, as both must accept what is published.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Nodes } from "mdast";
import { describe, expect, it } from "vitest";
import { parse as micromark } from "../../admin/parse.ts";
import { blocks } from "../../src/blocks/index.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { listFiles } from "../../src/loader/files.ts";
import { checkSource, parse as satteri } from "../../src/mdx/compile.ts";
import { shield } from "../../src/mdx/shield.ts";
import { judgeBody, type Parse } from "../../src/mdx/source.ts";
import { BENIGN, HOSTILE, MISUSED } from "../mdx/bodies.ts";
import { ROOT } from "../support/site.ts";
import { generated } from "./generated.ts";

const contentDir = path.join(ROOT, "content");
const shipped = listFiles(contentDir).entries.flatMap(({ file }) => {
  const text = readFileSync(path.join(contentDir, file), "utf8");
  const parts = splitSource(text, file);
  return "body" in parts && parts.body ? [parts.body] : [];
});
const examples = Object.values(blocks).flatMap(({ examples: all }) =>
  all.map(({ source }) => source),
);
const refused = [...HOSTILE, ...MISUSED].map(([, text]) => `Chữ.\n\n${text}`);
const others = [
  "## Dưới < \n\nChữ",
  "| a < |\n|---|\n| b |",
  BENIGN.join("\n\n"),
  `${"Một đoạn rất dài có **đậm** và [liên kết](/mo-hinh/). ".repeat(900)}\\{`,
  Array.from({ length: 400 }, (_, row) => `- mục ${row}\n  - mục con`).join(
    "\n",
  ),
  `| a | b |\n|---|---|\n${"| **một** | hai |\n".repeat(300)}`,
];

const isAccepted = (source: string, parse: Parse): boolean =>
  judgeBody(source, parse).findings.every(
    ({ severity }) => severity !== "error",
  );

/** What kinds of nodes a text is made of, and which in which. */
function kindsIn(node: Nodes): string {
  if (node.type === "text") return node.value.trim() && "text ";
  const inside =
    "children" in node
      ? `(${(node.children as Nodes[])
          .map(kindsIn)
          .join("")
          .replace(/(?:text )+/g, "text ")})`
      : "";
  const name = "name" in node ? node.name : "";
  return `${node.type}${name}${"depth" in node ? node.depth : ""}${inside} `;
}
const kindsOf = (source: string, parse: Parse): string =>
  kindsIn(parse(shield(source)));

/** Told alike by both, to the word and line. */
const told = (source: string, parse: Parse): string[] =>
  judgeBody(source, parse)
    .findings.map(({ line, code, field }) => `${line} ${code} ${field ?? ""}`)
    .sort();

describe("both parsers", { timeout: 120_000 }, () => {
  const bodies = [
    ...BENIGN,
    ...refused,
    ...shipped,
    ...examples,
    ...others,
    ...generated(900, 20_261_123),
  ];

  it("lead to the same verdict on every one of over a thousand bodies", () => {
    expect(bodies.length).toBeGreaterThan(1_100);
    const accepted = bodies.filter((source) => isAccepted(source, satteri));
    expect(accepted.length).toBeGreaterThan(300);
    expect(bodies.length - accepted.length).toBeGreaterThan(300);
    for (const source of bodies)
      expect(isAccepted(source, micromark), JSON.stringify(source)).toBe(
        isAccepted(source, satteri),
      );
  });

  it("see the same kinds of nodes in what they accept", () => {
    const compared = bodies.filter(
      (source) =>
        isAccepted(source, satteri) &&
        !KNOWN_KINDS.some(([, sign]) => sign.test(source)),
    );
    expect(compared.length).toBeGreaterThan(250);
    for (const source of compared)
      expect(kindsOf(source, micromark), JSON.stringify(source)).toBe(
        kindsOf(source, satteri),
      );
  });

  it("tell the same of what tests, content and blocks hold", () => {
    for (const source of [...BENIGN, ...refused, ...shipped, ...examples]) {
      if (KNOWN_WORDS.some((sign) => source.includes(sign))) continue;
      expect(told(source, micromark), JSON.stringify(source)).toEqual(
        told(source, satteri),
      );
    }
  });
});

/** Both refuse these, each for another of the things that are wrong. */
const KNOWN_WORDS = ["<>{<a{", "<Quote {/* a */}"];

/** Texts that both accept and that readers see otherwise than the preview in the browser: none is of use. */
const KNOWN_KINDS: readonly [why: string, sign: RegExp][] = [
  [
    "micromark takes half an emoji for a letter, and so sees no end of an emphasis there",
    /[*_~][\u{1f000}-\u{1ffff}]/u,
  ],
  [
    "Sätteri knows no list that begins with nothing",
    /^[ >\d.)-]*[-*+][ \t]*$/m,
  ],
  [
    "micromark has no list in a note's first line",
    /^\[\^[^\]]+\]:[ \t]*[*+-]/m,
  ],
  [
    "a box before a line's end is one to micromark only after text",
    /\[[ x]\][ \t]*$/m,
  ],
];

describe("where they differ on purpose or by fault, the stricter wins", () => {
  // Refused in the browser: nothing is sent. Sätteri reads past what is surely a slip.
  it.each([
    ["an empty tag after a comment", "{/* a */}\t<>"],
    ["a tag's end in a list that begins inside", '<Quote who="A">\n+ </Quote>'],
    ["code over two lines, the second beginning with <", "``\n<``"],
  ])("the browser: %s", (_name, source) => {
    expect(isAccepted(source, satteri)).toBe(true);
    expect(isAccepted(source, micromark)).toBe(false);
  });

  // Refused by the desk, whose word is final, and then told to the editor all the same.
  it.each([
    ["a comment that ends in code", "`{/*{*/}\n[^2]:`"],
    [
      "an address without its end in a block",
      '<Quote\nwho="a">\n[b]:http://\'\n</Quote>',
    ],
    ["a statement after an open bracket", "[\n[^2]:*\nimport"],
  ])("the desk: %s", (_name, source) => {
    expect(isAccepted(source, micromark)).toBe(true);
    expect(isAccepted(source, satteri)).toBe(false);
    expect(checkSource(source).findings).not.toEqual([]);
  });
});
