/** What every field must say of itself, and the lists that go by it. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { core, labelOf, metaOf, walkFields } from "../../src/schema/field.ts";
import { kinds, STORY_KINDS, TERM_KINDS } from "../../src/schema/kinds.ts";
import { FIELDS, KINDS } from "./walk.ts";

/** A Vietnamese phrase: starts with a capital or a digit, has no code in it. */
const PHRASE = /^[\p{Lu}\d][^{}<>_`]*$/u;

describe("every field", () => {
  it("is found by the walk", () => {
    const names = FIELDS.map(({ name }) => name);
    expect(names).toContain("models.contact.phone");
    expect(names).toContain("role-models.gallery[].consent");
    expect(names).toContain("decisions.recipients[].note");
    expect(names).toContain("site.theme.light.ink");
    expect(new Set(names.map((name) => name.split(".")[0]))).toEqual(
      new Set(KINDS),
    );
  });

  it.each(FIELDS)("$name has a label and a hint", ({ meta }) => {
    expect(meta.title).toMatch(PHRASE);
    expect(meta.description).toMatch(PHRASE);
    expect(meta.description).toMatch(/[.!?…]$/);
    expect(meta.description).not.toBe(meta.title);
  });

  const choices = FIELDS.filter(
    ({ schema }) => core(schema) instanceof z.ZodEnum,
  );
  it.each(choices)("$name has a label for every option", ({ schema, meta }) => {
    const options = (core(schema) as z.ZodEnum).options as string[];
    expect(Object.keys(meta.options ?? {}).sort()).toEqual([...options].sort());
    for (const label of Object.values(meta.options ?? {}))
      expect(label).toMatch(/^\p{L}/u);
  });

  it("refuses what it does not know, in every object at any depth", () => {
    const objects = [
      ...KINDS.map((kind) => kinds[kind].schema as z.ZodType),
      ...FIELDS.map(({ schema }) => schema),
    ]
      .map((schema) => core(schema))
      .map((schema) =>
        schema instanceof z.ZodArray
          ? core(schema.element as z.ZodType)
          : schema,
      )
      .filter((schema) => schema instanceof z.ZodObject);
    expect(objects.length).toBeGreaterThan(30);
    for (const object of objects)
      expect(object.safeParse({ "khong-co": 1 }).error?.issues).toContainEqual(
        expect.objectContaining({ code: "unrecognized_keys" }),
      );
  });
});

describe("internal fields", () => {
  it("are these and no others", () => {
    const story = STORY_KINDS.flatMap((kind) =>
      [
        "childConsent",
        "cover.consent",
        "gallery[].consent",
        "noteToApprover",
        "verifiedBy",
        "verifiedOn",
      ].map((name) => `${kind}.${name}`),
    );
    expect(
      FIELDS.filter(({ meta }) => meta.internal)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      [
        ...story,
        "decisions.recipients[].note",
        "models.contact.phone",
        "role-models.consent",
        "site.contacts[].phone",
      ].sort(),
    );
  });
});

describe("awards", () => {
  it("are decisions with recipients; other recognition has fields of its own", () => {
    const names = FIELDS.map(({ name }) => name);
    expect(
      names.filter((name) => /^models\.(awards|recognition)/.test(name)),
    ).toEqual([
      "models.awards",
      "models.awards[].decision",
      "models.awards[].recipient",
      "models.recognition",
      "models.recognition[].title",
      "models.recognition[].issuer",
      "models.recognition[].year",
    ]);
    const form = FIELDS.find(({ name }) => name === "decisions.form");
    expect(form?.meta.relation).toEqual(["award-forms"]);
  });
});

describe("relations", () => {
  it("lead to kinds that there are", () => {
    const targets = FIELDS.flatMap(({ meta }) => meta.relation ?? []);
    const known = [...KINDS, "campaign-content", "decision-recipient"];
    expect(targets.length).toBeGreaterThan(20);
    for (const target of targets) expect(known).toContain(target);
  });

  it("of stories name every kind of term", () => {
    for (const [kind, field] of Object.entries(TERM_KINDS))
      expect(
        FIELDS.find(({ name }) => name === `news.${field}`)?.meta.relation,
      ).toEqual([kind]);
  });
});

describe("labelOf", () => {
  const { schema } = kinds.models;
  it.each([
    [["title"], "Tiêu đề"],
    [["sources", 0, "url"], "Nguồn (1) › Địa chỉ"],
    [["cover", "consent"], "Ảnh bìa › Sự đồng ý của người trong ảnh"],
    [["gallery", 2, "alt"], "Bộ ảnh (3) › Mô tả ảnh"],
    [["khong-co"], "khong-co"],
    [["khong-co", 1, "x"], "khong-co (2) › x"],
    [["constructor"], "constructor"],
    [["__proto__"], "__proto__"],
    [["cover", "toString"], "Ảnh bìa › toString"],
    [[], ""],
  ])("names %j", (path, label) => {
    expect(labelOf(schema, path)).toBe(label);
  });
});

describe("walkFields", () => {
  it("visits what has a value, and nothing inside what is left out", () => {
    const seen: string[] = [];
    walkFields(
      kinds.models.schema,
      {
        title: "a",
        cover: { src: "a.jpg", consent: "b" },
        gallery: [{ alt: "c" }, { alt: "d" }],
        constructor: 1,
      },
      (_meta, _value, path) => {
        seen.push(path.join("."));
        return path[0] !== "cover";
      },
    );
    expect(seen).toEqual([
      "title",
      "cover",
      "gallery",
      "gallery.0.alt",
      "gallery.1.alt",
    ]);
  });

  it("bears data of the wrong shape", () => {
    for (const data of [
      null,
      [],
      "a",
      { gallery: "a", cover: [1], contact: null },
    ])
      expect(() =>
        walkFields(kinds.models.schema, data, () => {}),
      ).not.toThrow();
  });
});

describe("metaOf", () => {
  it("finds a mark under optional and default", () => {
    expect(metaOf(z.string().meta({ title: "A" }).optional()).title).toBe("A");
    expect(metaOf(z.string()).title).toBeUndefined();
  });
});
