/** What holds for every block, read off its examples. */
import { readFileSync, readdirSync } from "node:fs";
import { mdxToMdast } from "satteri";
import { describe, expect, it } from "vitest";
import { blockNamed, blocks } from "../../src/blocks/index.ts";
import type { Block } from "../../src/blocks/index.ts";
import { metaOf } from "../../src/schema/field.ts";
import {
  childTags,
  elementsIn,
  errorsOf,
  reread,
  spelling,
} from "./fragment.ts";
import { elementsOf, everyFile, noFile, renderMdx } from "./mdx.ts";

const all: [string, Block][] = Object.entries(blocks);
const examples = all.flatMap(([name, { examples }]) =>
  examples.map(({ title, source }) => [name, title, source] as const),
);

describe.each(all)("%s", (name, block) => {
  it("is named and explained in Vietnamese", () => {
    expect(block.name).toBe(name);
    expect(block.label).toMatch(/^\p{Lu}/u);
    expect(block.hint).toMatch(/\.$/);
  });

  it("labels every property and takes no other", () => {
    for (const [key, schema] of Object.entries(block.props.shape))
      expect(metaOf(schema as never).title, key).toMatch(/^\p{Lu}/u);
    const codes = block.props
      .safeParse({ onclick: "x" })
      .error?.issues.map(({ code }) => code);
    expect(codes).toContain("unrecognized_keys");
  });

  it("agrees with the blocks it holds or stands in", () => {
    expect(block.inner === "blocks").toBe(block.children !== undefined);
    for (const child of block.children ?? [])
      expect(blockNamed(child)?.parent).toBe(name);
    if (block.parent)
      expect(blockNamed(block.parent)?.children).toContain(name);
  });

  it("has two to four examples, which use every property", () => {
    expect(block.examples.length).toBeGreaterThanOrEqual(2);
    expect(block.examples.length).toBeLessThanOrEqual(4);
    const holder = block.parent ? blockNamed(block.parent) : undefined;
    const used = [...block.examples, ...(holder?.examples ?? [])]
      .flatMap(({ source }) => elementsOf(mdxToMdast(source)))
      .filter((element) => element.name === name)
      .flatMap(({ attributes }) =>
        attributes.map((attribute) => "name" in attribute && attribute.name),
      );
    // What Photo shares with Figure, Figure's examples show.
    const asked =
      name === "Photo"
        ? ["src", "alt", "caption", "credit", "licence"]
        : Object.keys(block.props.shape);
    for (const key of asked) expect(used).toContain(key);
  });
});

describe.each(examples)("%s: %s", (name, _title, source) => {
  it("is MDX that opens with the block or what holds it", () => {
    const names = elementsOf(mdxToMdast(source)).map((element) => element.name);
    expect(names[0]).toBe(blockNamed(name)?.parent ?? name);
    expect(names).toContain(name);
  });

  it.each([
    ["with its files", everyFile],
    ["without them", noFile],
  ])("is read by a browser as it was written, %s", (_case, context) => {
    const html = renderMdx(source, context);
    expect(errorsOf(html)).toEqual([]);
    expect(reread(html)).toBe(spelling(html));
    expect(elementsIn(html)).not.toEqual([]);
  });

  it("carries nothing that runs, styles or names one place on a page", () => {
    for (const { tagName, attrs } of elementsIn(renderMdx(source))) {
      expect(tagName).not.toMatch(/^(script|style|iframe|object|embed|h\d)$/);
      for (const attribute of attrs)
        expect(attribute.name).not.toMatch(/^(on.*|style|id)$/);
    }
  });

  it("keeps to HTML's rules for lists, figures and pictures", () => {
    for (const element of elementsIn(renderMdx(source))) {
      const tags = childTags(element);
      if (element.tagName === "dl")
        expect(new Set(tags)).toEqual(new Set(["div"]));
      if (/^[ou]l$/.test(element.tagName))
        expect(new Set(tags)).toEqual(new Set(["li"]));
      if (tags.includes("dt")) expect(tags.join(" ")).toMatch(/^dt( dd)+$/);
      if (element.tagName === "figure") expect(tags.at(-1)).toBe("figcaption");
      if (element.tagName === "img")
        expect(element.attrs.map((attribute) => attribute.name)).toEqual(
          expect.arrayContaining(["src", "alt", "width", "height"]),
        );
    }
  });

  it("is the same every time", () => {
    expect(renderMdx(source)).toBe(renderMdx(source));
  });
});

it("finds no block by a name that objects inherit", () => {
  expect(blockNamed("constructor")).toBeUndefined();
  expect(blockNamed("quote")).toBeUndefined();
  expect(blockNamed("Quote")).toBe(blocks.Quote);
});

it("needs nothing of Node, so that the CMS can run it", () => {
  const room = new URL("../../src/blocks/", import.meta.url);
  const imported = readdirSync(room).flatMap((file) =>
    [
      ...readFileSync(new URL(file, room), "utf8").matchAll(/ from "(.+?)"/g),
    ].map((match) => match[1]),
  );
  expect(imported).toContain("zod");
  for (const path of imported)
    expect(path).toMatch(/^(zod|\.\/|\.\.\/schema\/)/);
});
