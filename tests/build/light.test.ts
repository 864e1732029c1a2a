/** The bars that every page keeps: what it weighs, what runs in it, how it is marked up. */
import { createHash } from "node:crypto";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { SAVE_DATA } from "../../src/layouts/policy.ts";
import { NOW } from "../support/corpus.ts";
import { markupFaults } from "../support/markup.ts";
import {
  all,
  attribute,
  elementsOf,
  readPage,
  textOf,
  type Page,
} from "../support/page.ts";
import {
  MOST_WORDS,
  OFFICIAL,
  THEME,
  everything,
} from "../support/showcase.ts";
import { ROOT, build, filesIn, isPage, placeFor } from "../support/site.ts";

/** Bytes on the wire: a page with its styles, and all fonts together. */
const HEAVIEST_PAGE = 14_336;
const HEAVIEST_FONTS = 64_000;

const LONGEST = "mo-hinh/mo-hinh-dai/index.html";

const contents: Record<string, () => Promise<string>> = {
  "the shipped content": async () => path.join(ROOT, "content"),
  "a content folder with everything": async () => (await everything()).dir,
  "an official site in its own colours": async () =>
    (await everything({ ...OFFICIAL, ...THEME })).dir,
};

describe.each(Object.entries(contents))("%s", (name, content) => {
  let files: Map<string, Buffer>;
  let pages: Map<string, Page>;
  beforeAll(async () => {
    const place = placeFor(await content(), NOW);
    await build(place);
    files = filesIn(place.out);
    pages = new Map(
      [...files]
        .filter(([name]) => isPage(name))
        .map(([name, bytes]) => [name, readPage(bytes)]),
    );
    expect(pages.size).toBeGreaterThan(50);
  });

  /** Runs a check on every page; what it gives back is listed by page. */
  function onEveryPage(
    check: (page: Page, name: string) => unknown[],
    wanted: (page: Page) => boolean = () => true,
  ): void {
    const found = [...pages]
      .filter(([, page]) => wanted(page))
      .map(([name, page]) => ({ name, wrong: check(page, name) }))
      .filter(({ wrong }) => wrong.length > 0);
    expect(found).toEqual([]);
  }

  const weights = new Map<string, number>();
  const weightOf = (name: string): number => {
    const known = weights.get(name);
    if (known !== undefined) return known;
    const weight = brotliCompressSync(files.get(name)!).length;
    weights.set(name, weight);
    return weight;
  };

  it(`has no page over ${HEAVIEST_PAGE} bytes: HTML and styles in brotli`, () =>
    onEveryPage((page, name) => {
      const sheets = all(page, "link")
        .filter((element) => attribute(element, "rel") === "stylesheet")
        .map((element) => attribute(element, "href")!.slice(1));
      const weight = [name, ...sheets].map(weightOf).reduce((a, b) => a + b);
      return weight <= HEAVIEST_PAGE ? [] : [`${weight} bytes`];
    }));

  if (name !== "the shipped content")
    it(`has a story of ${MOST_WORDS} words with tables, figures and footnotes among them`, () => {
      const [article] = all(pages.get(LONGEST)!, "article");
      const words = textOf(article!).split(" ").length;
      expect(words).toBeGreaterThanOrEqual(MOST_WORDS);
      const tags = elementsOf(article!).map(({ tagName }) => tagName);
      for (const tag of ["table", "figure", "img", "sup", "dl", "blockquote"])
        expect(tags, tag).toContain(tag);
    });

  it(`has fonts of no more than ${HEAVIEST_FONTS} bytes in all, each named by a stylesheet`, () => {
    const fonts = [...files.keys()].filter((name) => name.endsWith(".woff2"));
    expect(fonts.length).toBeGreaterThan(0);
    const total = fonts.map((name) => files.get(name)!.length);
    expect(total.reduce((a, b) => a + b)).toBeLessThanOrEqual(HEAVIEST_FONTS);
    const named = [...files]
      .filter(([name]) => name.endsWith(".css"))
      .flatMap(([, bytes]) => [
        ...bytes.toString().matchAll(/url\(["']?\/?([^"')]+\.woff2)/g),
      ])
      .map(([, font]) => font);
    expect([...new Set(named)].sort()).toEqual(fonts);
  });

  it("holds no code in its pages but the one script that its policy names", () => {
    const digest = createHash("sha256").update(SAVE_DATA).digest("base64");
    onEveryPage(
      (page) => {
        const policy = all(page, "meta").find(
          (element) =>
            attribute(element, "http-equiv") === "Content-Security-Policy",
        );
        const rule = (policy && attribute(policy, "content")) ?? "";
        // What engines read is data, and is never run.
        const scripts = all(page, "script").filter(
          (element) =>
            attribute(element, "src") === undefined &&
            attribute(element, "type") !== "application/ld+json",
        );
        return [
          ...(rule.includes(`'sha256-${digest}'`) ? [] : ["not in the policy"]),
          ...(/'unsafe-(?:inline|eval)'/.test(rule) ? [rule] : []),
          ...scripts
            .map((element) => textOf(element))
            .filter((code, index) => index > 0 || code !== SAVE_DATA),
          ...page.elements.flatMap(({ tagName, attrs }) =>
            attrs
              .filter(({ name }) => name === "style" || name.startsWith("on"))
              .map(({ name }) => `<${tagName} ${name}>`),
          ),
        ];
      },
      (page) => !isRedirect(page),
    );
    onEveryPage((page) => all(page, "script", "style"), isRedirect);
  });

  it("has one main part on every page, and a way to it before anything else", () => {
    onEveryPage((page) =>
      all(page, "main").length === 1 ? [] : ["not one main part"],
    );
    onEveryPage(
      (page) => {
        const [first] = all(page, "a", "button", "input", "select");
        const [main] = all(page, "main");
        return attribute(first!, "href") === `#${attribute(main!, "id")}`
          ? []
          : [attribute(first!, "href")];
      },
      (page) => !isRedirect(page),
    );
  });

  it("is valid HTML", () => onEveryPage(({ html }) => markupFaults(html)));
});

const isRedirect = (page: Page): boolean =>
  all(page, "meta").some(
    (element) => attribute(element, "http-equiv") === "refresh",
  );

it("markup that is wrong is told", () => {
  expect(
    markupFaults(
      '<!DOCTYPE html><html lang="vi"><head><title>a</title></head><body><ul><p></ul></body></html>',
    ),
  ).not.toEqual([]);
});
