/** The CMS's forms say what the schemas say: every field once, nothing besides. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { FormField } from "../../admin/fields.ts";
import { formCollections } from "../../admin/forms.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { core } from "../../src/schema/field.ts";
import { STORY_KINDS, kinds } from "../../src/schema/kinds.ts";
import { FIELDS, KINDS, type KnownField } from "../schema/walk.ts";

const collections = formCollections("content");
const fieldsOf = (name: string): FormField[] => {
  const { fields, files } = collections.find((one) => one.name === name)!;
  return fields ?? files!.flatMap((file) => file.fields);
};

/** A form's fields by the names that `walk.ts` gives a schema's, with those of single list items. */
function walk(fields: FormField[], name: string): [string, FormField][] {
  return fields.flatMap((field) => {
    const here = `${name}.${field.name}`;
    const inside = field.widget === "list" ? `${here}[]` : here;
    return [
      [here, field] as [string, FormField],
      ...walk(field.fields ?? [], inside),
    ];
  });
}

const FORMS = KINDS.flatMap((kind) => walk(fieldsOf(kind), kind)).filter(
  ([name]) => !/^[\w-]+\.body$/.test(name),
);
const BY_NAME = new Map(FORMS);
const formOf = ({ name }: KnownField): FormField => BY_NAME.get(name)!;

describe("the forms", () => {
  it("have each field of each schema once, and no other", () => {
    expect(FORMS.map(([name]) => name).sort()).toEqual(
      FIELDS.map(({ name }) => name).sort(),
    );
  });

  it("have the text of entries that have one, behind what must be filled in", () => {
    for (const kind of KINDS) {
      const fields = fieldsOf(kind);
      const at = fields.findIndex(({ name }) => name === "body");
      const { layout } = kinds[kind];
      expect(at >= 0, kind).toBe(layout === "story" || layout === "folder");
      if (at < 0) continue;
      expect(fields.slice(0, at).every(({ required }) => required)).toBe(true);
      expect(fields.slice(at).some(({ required }) => required)).toBe(false);
    }
  });

  it("ask for pictures right below a story's text, and for its later life last", () => {
    for (const kind of STORY_KINDS) {
      const names = fieldsOf(kind).map(({ name }) => name);
      const text = names.indexOf("body");
      expect(names.indexOf("cover") - text).toBeLessThanOrEqual(3);
      expect(names.slice(-2)).toEqual(["withdrawal", "oldAddresses"]);
      expect(names.indexOf("status")).toBeGreaterThan(names.indexOf("sources"));
    }
  });

  it("lie where the kinds' files lie", () => {
    for (const { name, folder, path, extension, files } of collections) {
      const { layout, ...kind } = kinds[name];
      if (layout === "single")
        expect(files?.map(({ file }) => file)).toEqual(["content/site.yaml"]);
      else expect(folder).toBe(`content/${kind.folder}`);
      expect([path, extension]).toEqual(
        {
          story: ["{{year}}/{{slug}}/index", "mdx"],
          folder: ["{{slug}}/index", "mdx"],
          yearly: ["{{year}}/{{slug}}", "yaml"],
          data: [undefined, "yaml"],
          single: [undefined, undefined],
        }[layout],
      );
    }
  });

  it("tell what belongs in each collection in one sentence", () => {
    const told = collections.map(({ description }) => description);
    expect(new Set(told).size).toBe(KINDS.length);
    for (const sentence of told) expect(sentence).toMatch(/^\p{Lu}[^.]+\.$/u);
  });
});

describe.each(FIELDS)("$name", (known) => {
  const { schema, meta, name } = known;

  /** Inside an object that may be left out. */
  const isLoose = FIELDS.some(
    (other) =>
      core(other.schema) instanceof z.ZodObject &&
      other.schema.safeParse(undefined).success &&
      name.startsWith(`${other.name}.`) &&
      !name.slice(other.name.length).includes("[]"),
  );

  it("has the schema's label and hint, and is marked when internal", () => {
    const { label, hint, widget, collapsed } = formOf(known);
    expect(label).toBe(meta.title);
    const isClosed = widget === "object" && collapsed;
    expect(hint).toBe(
      [
        meta.description,
        isClosed && adminText.closed,
        meta.internal && adminText.internal,
        isLoose && !schema.safeParse(undefined).success && adminText.needed,
      ]
        .filter(Boolean)
        .join(" "),
    );
  });

  it("is required when the schema requires it and what it is in is there", () => {
    const isNeeded = !schema.safeParse(undefined).success;
    expect(formOf(known).required).toBe(isNeeded && !isLoose);
  });

  it("begins with what the schema takes for nothing, and begins nothing by itself", () => {
    const { default: given, widget, fields } = formOf(known);
    const { data } = schema.safeParse(undefined);
    if (isLoose) expect(given).toBeUndefined();
    else if (widget === "list" && fields) expect(given).toEqual([]);
    else if (Array.isArray(data)) expect(given).toBeUndefined();
    else expect(given).toBe(data);
  });

  it("offers the schema's options", () => {
    const inside = core(schema);
    const options = formOf(known).options;
    if (!(inside instanceof z.ZodEnum)) return expect(options).toBeUndefined();
    expect(options?.map(({ value }) => value)).toEqual(inside.options);
    expect(
      Object.fromEntries(options!.map(({ value, label }) => [value, label])),
    ).toEqual(meta.options);
  });

  it("leads where the schema's relation leads", () => {
    const { widget, kinds: offered, collection, multiple } = formOf(known);
    const { relation } = meta;
    expect(/^(entry|relation)$/.test(widget)).toBe(relation !== undefined);
    if (!relation) return;
    expect(multiple ?? false).toBe(core(schema) instanceof z.ZodArray);
    if (widget === "entry") expect(offered).toEqual(relation);
    else
      expect(["campaign-content", "decision-recipient"]).toEqual(
        expect.arrayContaining([...relation]),
      );
    if (widget === "relation")
      expect(collection).toBe(
        relation[0] === "campaign-content" ? "campaigns" : "decisions",
      );
  });
});

/** Texts of which each schema's pattern takes some and refuses others. */
const SAMPLES = [
  "a",
  "Xóm Dứa",
  "  Xóm Dứa ",
  "hai\ndòng",
  "hai\r\ndòng",
  "cuối\n",
  "2025",
  "2025-11",
  "2025-11-15",
  "2025-1-5",
  "2025-10-08/2025-10-10",
  "15/11/2025",
  "nga@vidu.example",
  "nga@vidu",
  "@",
  "xa-tan-cuong",
  "Xã Tân Cương",
  "xa--tan",
  "/tin-tuc/ten-cu/",
  "tin-tuc/ten-cu",
  "05449",
  "5449",
  "054490",
  "anh.jpg",
  "anh.JPG",
  "ảnh bìa.jpg",
  "a.pdf",
  "a.exe",
  "#a3161b",
  "#A3161B",
  "#a3161b0",
  "thainguyen.gov.vn",
  "*.gov.vn",
  "https://gov.vn",
  "#+.\n+#+\n.+#",
  "\n #+.\n +#+\n .+#\n",
  "#+.",
];

/** Fields that texts are typed into, and the items of such lists: what is chosen needs no pattern. */
const TEXTS = FIELDS.flatMap((known) => {
  if (known.meta.relation) return [];
  const inside = core(known.schema);
  const form = formOf(known);
  const [schema, field] =
    inside instanceof z.ZodArray
      ? [core(inside.element as z.ZodType), form.field]
      : [inside, form];
  return schema.def.type === "string" && field?.widget !== "datetime" && field
    ? [{ name: known.name, schema, field }]
    : [];
});

/** What the schema says of a text by a pattern of its own. */
const patternIssue = (schema: z.ZodType, text: string): string | undefined =>
  schema
    .safeParse(text)
    .error?.issues.find(
      (issue) => issue.code === "invalid_format" && issue.format !== "url",
    )?.message;

describe("patterns", () => {
  const withPattern = TEXTS.filter(({ field }) => field.pattern);

  it("are those of many fields of several sorts", () => {
    const sources = new Set(withPattern.map(({ field }) => field.pattern![0]));
    expect(sources.size).toBeGreaterThanOrEqual(9);
    for (const source of sources) {
      const taken = SAMPLES.filter((text) => new RegExp(source).test(text));
      expect(taken.length, source).toBeGreaterThan(0);
      expect(taken.length, source).toBeLessThan(SAMPLES.length);
    }
  });

  it.each(TEXTS)(
    "$name: as the schema's, in its words",
    ({ schema, field }) => {
      for (const text of SAMPLES) {
        const issue = patternIssue(schema, text);
        const [source, message] = field.pattern ?? ["", ""];
        expect(new RegExp(source).test(text), text).toBe(issue === undefined);
        if (issue) expect(message).toBe(issue);
      }
    },
  );
});

describe("dates", () => {
  /** Decap's format with a moment filled in, as Day.js writes it. */
  const written = ({ format }: FormField): string =>
    String(format)
      .replace("YYYY", "2026")
      .replace("MM", "11")
      .replace("DD", "23")
      .replace("HH", "08")
      .replace("mm", "05")
      .replace("ss", "00")
      .replace(/[[\]]/g, "");

  const dates = FIELDS.filter((known) => formOf(known).widget === "datetime");
  it.each(dates)("$name is written as its schema reads it", (known) => {
    const text = written(formOf(known));
    expect(core(known.schema).safeParse(text).data).toBe(text);
    if (text.includes("T")) expect(text).toBe("2026-11-23T08:05:00+07:00");
    else expect(text).toBe("2026-11-23");
  });

  it("are all days and instants, and nothing else", () => {
    expect(dates.map(({ name }) => name)).toEqual(
      FIELDS.filter(({ schema }) => {
        const inside = core(schema);
        return (
          inside instanceof z.ZodISODate || inside instanceof z.ZodISODateTime
        );
      }).map(({ name }) => name),
    );
  });
});

describe("bounds", () => {
  it.each<[string, Partial<FormField>]>([
    ["decisions.recipients", { min: 1, max: 2000 }],
    ["site.weaving.palettes[].colours", { min: 5, max: 5 }],
    ["models.movements", { multiple: true }],
    ["pages.order", { min: 0, max: 99, value_type: "int" }],
    ["communes.latitude", { min: -90, max: 90, value_type: "float" }],
  ])("%s: %j", (name, expected) => {
    expect(BY_NAME.get(name)).toMatchObject(expected);
  });

  it("are given by fields of lists, which keep commas", () => {
    for (const [name, { widget, fields, field }] of FORMS)
      if (widget === "list") expect(!fields, name).toBe(field !== undefined);
  });
});
