/** Code never reaches the parser, and everything else reaches it as it was written. */
import { mdxToMdast } from "satteri";
import { describe, expect, it } from "vitest";
import { FEATURES, checkSource } from "../../src/mdx/compile.ts";
import {
  opensWithCode,
  shield,
  unshield,
  type Shielded,
} from "../../src/mdx/shield.ts";
import { runNode } from "../support/site.ts";
import { BENIGN } from "./bodies.ts";

/** What is told of a text's stand-ins, and the tree they were taken out of. */
function taken(source: string): {
  found: Shielded[];
  tree: ReturnType<typeof mdxToMdast>;
} {
  const found: Shielded[] = [];
  const tree = mdxToMdast(shield(source), { features: FEATURES });
  unshield(tree, (item) => found.push(item));
  return { found, tree };
}

describe("shield", () => {
  it.each([
    ["a {b}", "a \ufdd0b}"],
    ["\\{a\\}", "\\{a\\}"],
    ["\\\\{a}", "\\\\\ufdd0a}"],
    ["\\\\\\{a}", "\\\\\\{a}"],
    ["{/* a */}", "{/* a */}"],
    ["{ /* a */ /* b\n */ }", "{ /* a */ /* b\n */ }"],
    ["{/* {a} */}", "{/* \ufdd0a\ufdd2 */}"],
    ["{/* a */ b}", "\ufdd0/* a */ b}"],
    ["{/* a }", "\ufdd0/* a }"],
    ["{/* a */", "\ufdd0/* a */"],
    ["{/*/}", "\ufdd0/*/}"],
    ["a < b <c", "a \ufdd3 b <c"],
    ["a \\< b \\\\< c", "a \\< b \\\\\ufdd3 c"],
    ["import a", "\ufdd1import a"],
    ["- export a", "- \ufdd1export a"],
    ["> 1. import a", "> 1. \ufdd1import a"],
    ["important", "important"],
    ["a import b", "a import b"],
    ["a\nexport b", "a\n\ufdd1export b"],
    ["\ufdd0a\ufdd1\ufdd2", "a"],
  ])("%j", (source, shielded) => expect(shield(source)).toBe(shielded));

  it("keeps every line where it is, and leaves no brace but of comments", () => {
    for (const source of [...BENIGN, "a {\n{b\n}\n}", "{/* a\n\n{b} */} {c}"]) {
      const shielded = shield(source);
      expect(shielded.split("\n")).toHaveLength(source.split("\n").length);
      expect(
        shielded.replace(/\\\{|\{\s*(?:\/\*[^{]*?\*\/\s*)+\}/g, ""),
      ).not.toContain("{");
    }
  });
});

describe("unshield", () => {
  it("gives back the text, and tells of code outside code", () => {
    const { found, tree } = taken(
      "a {b} `{c}`\nd {e}\n\nimport f {g}\n\n```\n{h}\nimport i\n```",
    );
    expect(found).toEqual([
      { kind: "expression", text: "{b} ", line: 1 },
      { kind: "expression", text: "{e}", line: 2 },
      { kind: "module", text: "import f {g}", line: 4 },
    ]);
    expect(JSON.stringify(tree)).not.toMatch(/[\ufdd0-\ufdd2]/);
    expect(JSON.stringify(tree)).toContain('"{h}\\nimport i"');
  });

  it("leaves properties of blocks as they are written", () => {
    const { found, tree } = taken('<Quote who="{a}">b</Quote>');
    expect(found).toEqual([]);
    expect(JSON.stringify(tree)).toContain('"value":"{a}"');
  });

  it("tells of addresses that the parser has encoded", () => {
    expect(taken("[a](https://vidu.example/{b})").found).toMatchObject([
      { kind: "expression", line: 1 },
    ]);
  });
});

describe("opensWithCode", () => {
  it("looks no further than the tag", () => {
    expect(opensWithCode(shield("<Quote who={a}>b"))).toBe(true);
    expect(opensWithCode(shield("<Quote\n who={a}>b"))).toBe(true);
    expect(opensWithCode(shield("<Quote who='a'>{b}"))).toBe(false);
    expect(opensWithCode(shield("{b} <Quote>"))).toBe(false);
  });
});

describe("the parser", () => {
  /** Each of these, given to Sätteri 0.10.5 as it stands, ends the process or does not come back. */
  it.each([
    'import ="\\',
    "export `\\",
    "export \\",
    "<a b={".repeat(40),
    "<>{<a{".repeat(40),
    "<a b={'".repeat(40),
  ])("survives %j", (source) => {
    expect(checkSource(source).findings).not.toEqual([]);
    expect(checkSource(`Chữ.\n\n${source}`).findings).not.toEqual([]);
  });

  it("survives whatever such pieces make together", async () => {
    const { code, stdout, stderr } = await runNode(
      ["tests/mdx/survive.ts", "1", "6000"],
      { PATH: process.env.PATH },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe("read 6000\n");
    expect(code).toBe(0);
  });
});
