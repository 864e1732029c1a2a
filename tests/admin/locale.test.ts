/** Decap speaks Vietnamese: every word it has, none of its own English. */
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { vietnamese, type Phrases } from "../../admin/locale.ts";

/** Decap's words as it has them; its main file is for browsers. */
async function theirs(language: string): Promise<Phrases> {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve(`decap-cms-locales/dist/esm/${language}/index.js`);
  const { default: phrases } = (await import(file)) as { default: Phrases };
  return phrases;
}

const [en, vi] = await Promise.all([theirs("en"), theirs("vi")]);

/** Every phrase with the names that lead to it. */
const flat = (phrases: Phrases, path = ""): [string, string][] =>
  Object.entries(phrases).flatMap(([name, phrase]): [string, string][] =>
    typeof phrase === "string"
      ? [[`${path}${name}`, phrase]]
      : flat(phrase, `${path}${name}.`),
  );

const english = new Map(flat(en));
const ours = new Map(flat(vietnamese(vi)));

/** The places that Decap fills in. */
const places = (phrase: string): string[] =>
  (phrase.match(/%\{\w+\}/g) ?? []).sort();

/** What is spelt the same in both languages. */
const SAME =
  /^(?:[\s＋|.:«»]|Netlify Identity|Bitbucket|GitHub|GitLab|Gitea|Azure|Forgejo|Markdown|DD\/MM\/YYYY)*$/;

describe("the Vietnamese of the CMS", () => {
  it("has every phrase that the English has, and no other", () => {
    expect(english.size).toBeGreaterThan(200);
    expect([...ours.keys()].sort()).toEqual([...english.keys()].sort());
    expect(flat(vi).length).toBeLessThan(english.size);
  });

  it.each([...english])("%s", (name, phrase) => {
    const words = ours.get(name) ?? "";
    expect(places(words)).toEqual(places(phrase));
    expect(words).toBe(words.normalize("NFC"));
    const said = words.replace(/%\{\w+\}/g, "");
    if (SAME.test(said)) return;
    expect(words).not.toBe(phrase);
    expect(said).toMatch(/[à-ỹđ]/i);
    // Words of programmers and of Decap, which editors need not know.
    expect(said).not.toMatch(
      /backend|config|widget|issue|debug|bộ sưu tập|file/i,
    );
  });

  it("leaves Decap's own as it was", () => {
    const before = structuredClone(vi);
    vietnamese(vi);
    expect(vi).toEqual(before);
  });
});
