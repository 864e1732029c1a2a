/** Blocks as forms in the editor: what nobody touched stays as it is, what is changed means what was meant. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  componentIds,
  editorComponents,
  type BlockData,
  type EditorComponent,
} from "../../admin/components.ts";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { listFiles } from "../../src/loader/files.ts";
import { checkSource, compileBody } from "../../src/mdx/compile.ts";
import { core, metaOf } from "../../src/schema/field.ts";
import { everyFile } from "../blocks/mdx.ts";

const all: Block[] = Object.values(blocks);
const byId = (id: string): EditorComponent =>
  editorComponents.find((component) => component.id === id)!;

/** The components that match at the start of a text: Decap takes any of them. */
const matching = (text: string) =>
  editorComponents.flatMap((component) => {
    const match = component.pattern.exec(text);
    return match ? [{ component, match }] : [];
  });

/** What Decap makes of a text that one component matches whole. */
function open(text: string): { component: EditorComponent; data: BlockData } {
  const [only, ...others] = matching(text);
  expect(others).toEqual([]);
  expect(only?.match[0]).toBe(text);
  return {
    component: only!.component,
    data: only!.component.fromBlock(only!.match),
  };
}

const html = (source: string): string =>
  compileBody(source, { ...everyFile, base: "/" }).html;

/** Data that no longer knows the text it came from. */
const anew = ({ raw: _raw, ...data }: BlockData): BlockData => data;

const examples = all.flatMap(({ name, examples }) =>
  examples.map(({ title, source }) => ({ name, title, source })),
);

describe.each(examples)("$name: $title", ({ name, source }) => {
  const block: Block = blocks[name as keyof typeof blocks];
  const { component, data } = open(source);

  it("is read by its own form", () => {
    expect(component.id).toBe(block.parent ?? block.name);
    expect(anew(data)).not.toEqual({});
  });

  it("is written back byte for byte when nobody touched it", () => {
    expect(component.toBlock(data)).toBe(source);
    // As it comes back from the form.
    expect(component.toBlock(structuredClone(data))).toBe(source);
  });

  it("means the same when it is written anew", () => {
    const written = component.toBlock(anew(data));
    expect(checkSource(written).findings).toEqual([]);
    expect(html(written)).toBe(html(source));
    expect(anew(open(written).data)).toEqual(anew(data));
  });

  it("is valid and says what was changed, and only that", () => {
    const changes = changesOf(component, anew(data));
    expect(changes.length).toBeGreaterThan(0);
    for (const changed of changes) {
      const written = component.toBlock({ ...changed, raw: data.raw });
      expect(written).not.toBe(source);
      expect(checkSource(written).findings).toEqual([]);
      expect(anew(open(written).data)).toEqual(changed);
    }
  });
});

/** The data with one property changed, once for each that can be, items' too. */
function changesOf(component: EditorComponent, data: BlockData): BlockData[] {
  const own = component.fields.flatMap(({ name, widget, options }) => {
    const value = data[name];
    if (options)
      return options
        .filter((option) => option.value !== value)
        .map((option) => ({ ...data, [name]: option.value }));
    if (!["string", "text"].includes(widget) || name === "href") return [];
    return [{ ...data, [name]: `“Ấ” & "Ự" <Ộ>` }].map((changed) =>
      name === "content"
        ? { ...changed, content: "Ấ **Ự**\n\n- một\n- hai" }
        : changed,
    );
  });
  const items = (data.items ?? []).flatMap((item, index) => {
    const list = component.fields.find(({ name }) => name === "items")!;
    const asText = component.id === "Facts";
    return list
      .fields!.filter(({ widget }) => widget === "string" || widget === "text")
      .map(({ name }) => ({
        ...data,
        items: data.items!.with(index, {
          ...item,
          [name]: name === "content" && !asText ? "- một\n- hai" : "Ấ Ự 1, 2",
        }),
      }));
  });
  const moved = (data.items?.length ?? 0) > 1 ? [data.items!.toReversed()] : [];
  return [...own, ...items, ...moved.map((items) => ({ ...data, items }))];
}

describe("forms of blocks", () => {
  it("are those of all blocks that stand by themselves, in their order", () => {
    expect(componentIds).toEqual(
      all.filter(({ parent }) => !parent).map(({ name }) => name),
    );
    expect(editorComponents.map(({ id }) => id)).toEqual([
      ...componentIds,
      "image",
      "kept",
    ]);
  });

  it.each(all)("$name has a field for each property", (block) => {
    const { props, inner, label, parent } = block;
    const fields = parent
      ? byId(parent).fields.find(({ name }) => name === "items")!.fields!
      : byId(block.name).fields;
    const extra =
      { none: [], blocks: ["items"], text: ["content"], flow: ["content"] }[
        inner
      ] ?? [];
    expect(fields.map(({ name }) => name)).toEqual([
      ...Object.keys(props.shape),
      ...extra,
    ]);
    for (const [name, schema] of Object.entries(props.shape))
      expect(fields.find((field) => field.name === name)?.label).toBe(
        metaOf(schema as z.ZodType).title,
      );
    if (!parent) expect(byId(block.name).label).toBe(label);
  });

  it("begin with what the properties are without", () => {
    const callout = byId("Callout");
    const fresh = Object.fromEntries(
      callout.fields.map((field) => [field.name, field.default ?? ""]),
    );
    expect(
      callout.toBlock({ ...fresh, title: "Giờ họp", content: "Tối." }),
    ).toBe('<Callout title="Giờ họp">\n\nTối.\n\n</Callout>');
    const facts = byId("Facts");
    const empty = Object.fromEntries(
      facts.fields.map((field) => [field.name, field.default ?? ""]),
    );
    expect(facts.toBlock(empty)).toBe("<Facts>\n</Facts>");
  });

  it("turn a flag on and off", () => {
    const { component, data } = open(
      '<Figure src="a.jpg" alt="Bà con họp" credit="Thử" showsChildren consent="Giấy" />',
    );
    expect(data.showsChildren).toBe(true);
    expect(component.toBlock({ ...data, showsChildren: false })).toBe(
      '<Figure src="a.jpg" alt="Bà con họp" credit="Thử" consent="Giấy" />',
    );
    const flags = Object.entries(blocks.Figure.props.shape).filter(
      ([, schema]) => core(schema as z.ZodType) instanceof z.ZodBoolean,
    );
    expect(flags.map(([name]) => name)).toEqual(["showsChildren"]);
  });

  it.each([
    [
      '<Quote who="a&amp;b &#7845; &#x1EA4; A & B">\nx\n</Quote>',
      "a&b ấ Ấ A & B",
    ],
    ["<Quote\n  who=\"An\"\n  role='x'\n>\nx\n</Quote>", undefined],
    ['<Quote\n  who="An"\n  role="Bí thư"\n>\nx\n</Quote>', "An"],
  ])("read attributes as MDX does: %j", (source, who) => {
    const { component, data } = open(source);
    expect(component.toBlock(data)).toBe(source);
    expect(data.who).toBe(who);
    if (who) expect(html(component.toBlock(anew(data)))).toBe(html(source));
  });

  it("take off the indentation that a text has from its tag alone", () => {
    const source =
      '<Steps>\n  <Step title="Một">\n    - a\n      - b\n\n    c\n  </Step>\n</Steps>';
    const { component, data } = open(source);
    expect(data.items).toEqual([{ title: "Một", content: "- a\n  - b\n\nc" }]);
    expect(component.toBlock(data)).toBe(source);
  });
});

describe("what no form understands whole", () => {
  it.each([
    '<Quote who="An" lang="vi">\nx\n</Quote>',
    "<Quote who=\"An\" role='Bí thư'>\nx\n</Quote>",
    "<Quote who={ten}>\nx\n</Quote>",
    '<Quote who="&nbsp;An">\nx\n</Quote>',
    "<Quote who>\nx\n</Quote>",
    '<Quote who="An">\n\nx\n\n<Quote who="B">\n\ny\n\n</Quote>',
    '<Facts>\nchữ\n<Fact label="a">b</Fact>\n</Facts>',
    '<Facts>\n{/* lời nhắc */}\n<Fact label="a">b</Fact>\n</Facts>',
    '<Step title="Lạc">\n\nx\n\n</Step>',
    '<Marquee speed="9">\n\nmột\n\nhai\n\n</Marquee>',
    "<>\nx\n</>",
    "<!-- chú thích -->",
    "{/* chú thích */}",
    "{1 + 1}",
    'import x from "./x.js"',
    "export const a = 1",
    "| a | b |\n| :- | -: |\n| 1 | 2 |",
    "a | b\n--- | ---\n1 | 2",
    "- [ ] việc\n- [x] xong\n\n  đoạn sau của việc",
    "[^1]: Báo",
    "[^1]: https://vidu.example\n[^hai]: Hai\n\n    đoạn hai, có **đậm**",
    "1. [x] xong",
    "<div>\n\nx\n\n</div>",
  ])("is kept as it is: %j", (source) => {
    const first = matching(source);
    expect(first.map(({ component }) => component.id)).toEqual(["kept"]);
    const { component, match } = first[0]!;
    expect(component.toBlock(component.fromBlock(match))).toBe(match[0]);
    expect(source.startsWith(match[0])).toBe(true);
  });

  it.each([
    ["| a |\n| - |\n| 1 |\n\nĐoạn sau.", "| a |\n| - |\n| 1 |"],
    ["- [ ] một\n\n- [ ] hai", "- [ ] một"],
    ["<La>\n\nmột\n\n</La>\n\nĐoạn sau.", "<La>\n\nmột\n\n</La>"],
  ])("ends where it ends: %j", (source, kept) => {
    expect(matching(source)[0]?.match[0]).toBe(kept);
  });

  it.each([
    "Chữ thường",
    "3 < 5",
    "< 10 ngày",
    "\\{x\\}",
    "## Đề mục",
    "- mục",
    "1. mục",
    "> trích",
    "```\n<Quote>\n```",
    "**đậm** {x}",
    "Chữ <Quote> giữa dòng",
    "important: 1",
    "a | b",
    "![a](b.jpg) rồi chữ",
  ])("is not plain Markdown: %j", (source) => {
    expect(matching(source)).toEqual([]);
  });
});

describe("a picture of Markdown's own", () => {
  it.each([
    '![Bà con họp](hop.jpg "Nguyễn Văn Thử")',
    "![Bà con họp](hop.jpg)",
    "![](hop.jpg)",
  ])("is a form too: %s", (source) => {
    const { component, data } = open(source);
    expect(component.id).toBe("image");
    expect(component.toBlock(data)).toBe(source);
    expect(component.toBlock(anew(data))).toBe(source);
    const named = component.toBlock({ ...data, title: 'Tổ "ảnh" [1]' });
    expect(anew(open(named).data)).toEqual({
      ...anew(data),
      title: "Tổ ”ảnh” 1 ",
    });
  });
});

describe("patterns", () => {
  it("do what Decap asks of them", () => {
    for (const { pattern } of editorComponents) {
      expect(pattern.source).toMatch(/^\^/);
      expect(pattern.flags).toBe("");
    }
  });

  it("take time in proportion to the text, whatever it is", () => {
    const parts = [
      "<Steps>",
      '<Step title="a">',
      "</Step>",
      '<Quote who="&amp;',
      ' who="x"',
      "<Facts",
      " \t\n",
      "&",
      "<",
      "| -",
    ];
    // A pattern that tries all ways would not end within the test's time.
    for (const part of parts)
      for (const text of [part.repeat(3000), `<Steps>${part.repeat(3000)}`])
        for (const { pattern } of editorComponents)
          expect(pattern.exec(text)?.index ?? 0).toBe(0);
  });
});

describe("shipped texts", () => {
  const content = path.resolve("content");
  const bodies = listFiles(content).entries.flatMap(({ file }) => {
    const text = readFileSync(path.join(content, file), "utf8");
    const parts = splitSource(text, file);
    return "body" in parts && parts.body ? [parts.body] : [];
  });

  it("keep every block byte for byte", () => {
    const kept = bodies.flatMap((body) =>
      [...body.matchAll(/(?<=\n\n)(?=\S)/g)].flatMap(({ index }) =>
        matching(body.slice(index)).map(({ component, match }) => {
          expect(component.toBlock(component.fromBlock(match))).toBe(match[0]);
          return component.id;
        }),
      ),
    );
    expect(kept.length).toBeGreaterThan(5);
  });
});
