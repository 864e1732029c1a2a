import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FACES, face } from "../scripts/fonts.ts";
import { HEAD_LETTERS, LETTERS, TEXT_LETTERS } from "../src/fonts/letters.ts";
import { codePointsOf } from "./support/font.ts";
import { ROOT } from "./support/site.ts";

const NAMES = Object.keys(FACES) as (keyof typeof FACES)[];
const committed = (name: string, form: "woff2" | "ttf"): Buffer =>
  readFileSync(path.join(ROOT, `src/fonts/${name}.${form}`));

/** What the pages may load in all: a bare article of WordPress, with everything, is 35 628 B. */
const HEAVIEST = 25_000;

/** Every letter of Vietnamese, put together from vowels and tones and not from our own list. */
const VIETNAMESE = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
  .flatMap((vowel) =>
    ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"].map((tone) =>
      `${vowel}${tone}`.normalize("NFC"),
    ),
  )
  .concat([..."bcdđghklmnpqrstvx"])
  .flatMap((letter) => [letter, letter.toUpperCase()]);

/** Code points of a text that stand for nothing to be seen. */
const UNSEEN = /[\n\r\t]/;

const lettersIn = (text: string): Set<string> =>
  new Set([...text.normalize("NFC")].filter((letter) => !UNSEEN.test(letter)));

function missingFrom(text: string, list = TEXT_LETTERS): string[] {
  const have = new Set(list.normalize("NFC"));
  return [...lettersIn(text)].filter((letter) => !have.has(letter));
}

describe.each(NAMES)("%s", (name) => {
  it("is what `npm run fonts` makes", async () => {
    const { woff2, truetype } = await face(name);
    const told = `src/fonts/${name} is not what scripts/fonts.ts makes: run npm run fonts`;
    expect(committed(name, "woff2").equals(woff2), told).toBe(true);
    expect(committed(name, "ttf").equals(truetype), told).toBe(true);
  });

  it("has a glyph for every letter of the list, and for every letter of Vietnamese", () => {
    const codes = codePointsOf(committed(name, "ttf"));
    const lacking = [...LETTERS, ...VIETNAMESE].filter(
      (letter) => !codes.has(letter.codePointAt(0)!),
    );
    expect(lacking).toEqual([]);
  });
});

it("the faces together are light", () => {
  const sizes = NAMES.map((name) => committed(name, "woff2").length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(HEAVIEST);
});

it("every letter of Vietnamese is in every list", () => {
  expect(VIETNAMESE).toHaveLength(2 * (12 * 6 + 17));
  for (const list of [HEAD_LETTERS, TEXT_LETTERS, LETTERS])
    expect(missingFrom(VIETNAMESE.join(""), list)).toEqual([]);
});

it("every letter of the interface is in the list", () => {
  expect(
    missingFrom(readFileSync(path.join(ROOT, "src/i18n/vi.ts"), "utf8")),
  ).toEqual([]);
});

it("every letter of the shipped content is in the list", () => {
  const content = path.join(ROOT, "content");
  const texts = readdirSync(content, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:mdx|yaml)$/.test(name))
    .map((name) => ({
      name,
      missing: missingFrom(readFileSync(path.join(content, name), "utf8")),
    }));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter(({ missing }) => missing.length > 0)).toEqual([]);
});

it("every letter of the shipped headlines is in the list for headlines", () => {
  const content = path.join(ROOT, "content");
  const titles = readdirSync(content, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:mdx|yaml)$/.test(name))
    .flatMap((name) =>
      readFileSync(path.join(content, name), "utf8")
        .split("\n")
        .filter((line) => /^(?:title: |#{2,} )/.test(line)),
    );
  expect(titles.length).toBeGreaterThan(200);
  // The marks of a heading and of YAML are no part of it.
  expect(
    missingFrom(titles.join("").replaceAll("#", ""), HEAD_LETTERS),
  ).toEqual([]);
});
