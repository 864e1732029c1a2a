/** The editors' guide: what is in docs/editors.md is on its page, and what it calls things the CMS calls so too. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formCollections } from "../../admin/forms.ts";
import { componentIds } from "../../admin/components.ts";
import { vietnamese, type Phrases } from "../../admin/locale.ts";
import { blockNamed } from "../../src/blocks/index.ts";
import { GUIDE, writeGuide } from "../../src/build/guide.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { kinds } from "../../src/schema/kinds.ts";
import { markupFaults } from "../support/markup.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";
import { temporaryFolder } from "../support/temporary.ts";

const guide = readFileSync(GUIDE, "utf8");
const folder = temporaryFolder("guide");
let html = "";
beforeAll(async () => {
  await writeGuide(folder);
  html = readFileSync(path.join(folder, "index.html"), "utf8");
});

describe("the guide's page", () => {
  it("has every heading, each with its own anchor, and leads to all parts", () => {
    const page = readPage(html);
    const headings = ["h1", "h2", "h3"].flatMap((name) => all(page, name));
    const written = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, text]) => text!);
    expect(headings.map(textOf).sort()).toEqual(
      [...written, adminText.guide.contents].sort(),
    );
    const ids = headings.map((heading) => attribute(heading, "id"));
    expect(new Set(ids).size).toBe(ids.length);
    const parts = [...guide.matchAll(/^## (.+)$/gm)].map(([, text]) => text!);
    const links = all(page, "a").filter((link) =>
      attribute(link, "href")?.startsWith("#"),
    );
    expect(links.map(textOf)).toEqual(parts);
    for (const link of links)
      expect(ids).toContain(attribute(link, "href")!.slice(1));
  });

  it("has every picture with its words and its size, and every file beside it is used", () => {
    const images = all(readPage(html), "img");
    const written = [
      ...guide.matchAll(/!\[([^\]]+)\]\(editors\/(\w+)\.webp\)/g),
    ];
    expect(written.length).toBeGreaterThan(5);
    expect(images.map((image) => attribute(image, "alt"))).toEqual(
      written.map(([, alt]) => alt),
    );
    expect(written.map(([, , name]) => `${name}.webp`).sort()).toEqual(
      readdirSync(GUIDE.replace(/\.md$/, "")).sort(),
    );
    const files = readdirSync(folder);
    for (const [at, image] of images.entries()) {
      const src = attribute(image, "src")!;
      expect(src).toMatch(
        new RegExp(`^${written[at]![2]}-[\\da-f]{8}\\.webp$`),
      );
      expect(files).toContain(src);
      expect(attribute(image, "width")).toMatch(/^\d+$/);
      expect(attribute(image, "height")).toMatch(/^\d+$/);
    }
  });

  it("is valid, runs nothing and is not for search engines", () => {
    expect(markupFaults(html)).toEqual([]);
    const page = readPage(html);
    expect(all(page, "script")).toEqual([]);
    const metas = all(page, "meta");
    const policy = metas.find((meta) => attribute(meta, "http-equiv"));
    expect(attribute(policy!, "content")).toMatch(/^default-src 'none';/);
    expect(attribute(policy!, "content")).not.toContain("script-src");
    expect(metas.some((meta) => attribute(meta, "content") === "noindex")).toBe(
      true,
    );
  });
});

describe("the names that the guide gives to what is on the screen", () => {
  /** Names that are not the CMS's. */
  const OTHERS = new Map([["Tương thích nhất", "a setting of iPhones"]]);

  it("are those of the CMS", async () => {
    const words = await phrases();
    // What Decap or we fill in may be anything.
    const patterns = words.map(
      (word) =>
        new RegExp(
          `^${word
            .split(/%\{\w+\}/)
            .map((part) => RegExp.escape(part))
            .join(".+")}$`,
        ),
    );
    const names = [...guide.matchAll(/«([^»]+)»/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(40);
    const unknown = names.filter(
      (name) =>
        !OTHERS.has(name) && !patterns.some((pattern) => pattern.test(name)),
    );
    expect(unknown).toEqual([]);
  });
});

/** Everything that the CMS calls something; `%{…}` stands for what is filled in. */
async function phrases(): Promise<string[]> {
  const file = path.resolve(
    "node_modules/decap-cms-locales/dist/esm/vi/index.js",
  );
  const { default: theirs } = (await import(file)) as { default: Phrases };
  const labels = (value: unknown): string[] =>
    value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, child]) =>
          /^label(?:_singular)?$/.test(key) && typeof child === "string"
            ? [child]
            : labels(child),
        )
      : [];
  return [
    ...texts(vietnamese(theirs)),
    ...texts(adminText),
    ...labels(formCollections("content")),
    ...componentIds.map((id) => blockNamed(id)?.label ?? ""),
    ...Object.values(kinds).map(({ listLabel }) => listLabel),
  ].filter((word) => /\p{L}{2}/u.test(word.replace(/%\{\w+\}/g, "")));
}

const texts = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(texts);
};
