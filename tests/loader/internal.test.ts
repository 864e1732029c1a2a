/** What is internal ends in the loader: for every internal field that a schema has. */
import type { LoaderContext } from "astro/loaders";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { core, isRecord, metaOf } from "../../src/schema/field.ts";
import { kinds, type KindName } from "../../src/schema/kinds.ts";
import {
  contentLoader,
  handContent,
  takeContent,
} from "../../src/loader/astro.ts";
import { publishedOf, type Entry } from "../../src/loader/entry.ts";
import { publishedEntry } from "../../src/loader/handing.ts";
import {
  SITE_FIELDS,
  jpeg,
  pdf,
  skeleton,
  storyFields,
  type Corpus,
  type Fields,
} from "../support/corpus.ts";
import { bodyOf, read, type Reading } from "../support/content.ts";
import { FIELDS } from "../schema/walk.ts";

const PICTURE = {
  src: "a.jpg",
  alt: "Các em xóm Ví Dụ tập bơi",
  credit: "Nguyễn Văn Thử",
  showsChildren: true,
};
const STORY: Fields = {
  cover: PICTURE,
  gallery: [PICTURE],
  showsChildren: true,
};

/** An entry of each kind that has internal fields, with everything in it that such a field lies in. */
const ENTRIES: { kind: KindName; file: string; fields: Fields }[] = [
  {
    kind: "models",
    file: "models/2026/a/index.mdx",
    fields: {
      ...storyFields("models"),
      ...STORY,
      contact: { name: "Ủy ban xã Ví Dụ" },
    },
  },
  {
    kind: "role-models",
    file: "role-models/2026/a/index.mdx",
    fields: { ...storyFields("role-models"), ...STORY, subjectType: "person" },
  },
  {
    kind: "news",
    file: "news/2026/a/index.mdx",
    fields: { ...storyFields("news"), ...STORY },
  },
  {
    kind: "decisions",
    file: "decisions/2026/a.yaml",
    fields: {
      number: "1/QĐ-VD",
      form: "bang-khen",
      recipients: [
        { id: "a", name: "Bà Thử", subjectType: "person" },
        { id: "b", name: "Ông Thử", subjectType: "person" },
      ],
    },
  },
  {
    kind: "site",
    file: "site.yaml",
    fields: {
      ...SITE_FIELDS,
      contacts: [{ purpose: "changes" }],
    },
  },
];

/** Values that no field holds by chance: the same of each kind of value for every field, but for the round. */
const MARKS = {
  first: {
    text: "KIN-MOT",
    day: "1911-11-11",
    web: "https://kin-mot.example/",
  },
  second: {
    text: "KIN-HAI",
    day: "1922-12-22",
    web: "https://kin-hai.example/",
  },
};
type Marks = (typeof MARKS)["first"];

/** A value that a schema accepts and that tells itself. */
function marked(schema: z.ZodType, marks: Marks): unknown {
  const inside = core(schema);
  if (inside instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(inside.shape as Record<string, z.ZodType>).map(
        ([key, child]) => [key, marked(child, marks)],
      ),
    );
  if (inside instanceof z.ZodEnum) return inside.options[0];
  return [marks.text, marks.day, marks.web].find(
    (value) => schema.safeParse(value).success,
  );
}

const filled = new Set<string>();

/** A copy of an entry's fields with every internal field filled in, at any depth. */
function withInternal(
  schema: z.ZodType,
  data: unknown,
  marks: Marks,
  name: string,
): unknown {
  const inside = core(schema);
  if (inside instanceof z.ZodArray && Array.isArray(data))
    return data.map((item) =>
      withInternal(inside.element as z.ZodType, item, marks, `${name}[]`),
    );
  if (!(inside instanceof z.ZodObject) || !isRecord(data)) return data;
  const copy: Fields = { ...data };
  for (const [key, child] of Object.entries(
    inside.shape as Record<string, z.ZodType>,
  )) {
    if (metaOf(child).internal) {
      copy[key] = marked(child, marks);
      filled.add(`${name}.${key}`);
    } else if (key in data)
      copy[key] = withInternal(child, data[key], marks, `${name}.${key}`);
  }
  return copy;
}

const BODY = (marks: Marks): string =>
  [
    "Chữ.",
    `<Figure src="a.jpg" alt="Các em xóm Ví Dụ tập bơi" credit="Nguyễn Văn Thử" showsChildren consent="${marks.text}" />`,
    `<Gallery><Photo src="a.jpg" alt="Các em xóm Ví Dụ tập bơi" credit="Nguyễn Văn Thử" consent="${marks.text}" /></Gallery>`,
    '<Document src="b.pdf" title="Kế hoạch" />',
  ].join("\n\n");

/** The content with internal fields filled in with one set of marks. */
async function corpusWith(marks: Marks): Promise<Corpus> {
  const corpus = skeleton();
  for (const { kind, file, fields } of ENTRIES) {
    const all = withInternal(kinds[kind].schema, fields, marks, kind) as Fields;
    if (!file.endsWith(".mdx")) {
      corpus.data(file, all);
      continue;
    }
    corpus.text(file, all, BODY(marks));
    corpus.write(file.replace("index.mdx", "a.jpg"), await jpeg("red"));
    corpus.write(file.replace("index.mdx", "b.pdf"), pdf("b"));
  }
  return corpus;
}

const first = await read(await corpusWith(MARKS.first));
const second = await read(await corpusWith(MARKS.second));
const entryAt = ({ entries }: Reading, file: string): Entry =>
  entries.find((entry) => entry.file === file)!;

describe("the entries here", () => {
  it("have every internal field there is, and nothing wrong", () => {
    expect([...filled].sort()).toEqual(
      FIELDS.filter(({ meta }) => meta.internal)
        .map(({ name }) => name)
        .sort(),
    );
    expect(first.problems).toEqual([]);
    expect(second.problems).toEqual([]);
  });

  it.each(ENTRIES)("hold the marks inside: $file", ({ file }) => {
    expect(JSON.stringify(entryAt(first, file).data)).toContain(
      MARKS.first.text,
    );
  });
});

describe.each(ENTRIES)("$file", ({ file }) => {
  const entry = entryAt(first, file);
  const marks = Object.values(MARKS.first);

  it("publishes nothing internal", () => {
    const { data: _data, ...rest } = entry;
    const published = JSON.stringify([publishedOf(entry), rest]);
    for (const mark of marks) expect(published).not.toContain(mark);
    for (const key of [
      "consent",
      "childConsent",
      "verifiedBy",
      "verifiedOn",
      "noteToApprover",
      "note",
    ])
      expect(published).not.toContain(`"${key}"`);
    expect(published).toContain(entry.id);
  });

  it("hands the pages what is published, and Astro's store a name", async () => {
    handContent(Promise.resolve(first));
    const stored: unknown[] = [];
    const store = { keys: () => [], set: (one: unknown) => stored.push(one) };
    await contentLoader(entry.kind).load({ store } as unknown as LoaderContext);
    await takeContent();
    const handed = publishedEntry(entry.kind, entry.id)!;
    expect(handed.data).toEqual(publishedOf(entry));
    for (const mark of marks)
      expect(JSON.stringify([handed, stored])).not.toContain(mark);
    expect(stored).toContainEqual({
      id: entry.id,
      data: {},
      digest: entry.digest,
    });
  });

  it("keeps its digest when only what is internal changes", () => {
    expect(JSON.stringify(entryAt(second, file).data)).not.toBe(
      JSON.stringify(entry.data),
    );
    expect(entryAt(second, file).digest).toBe(entry.digest);
    expect(entryAt(second, file).body).toEqual(entry.body);
  });
});

describe("a compiled body", () => {
  it.each(ENTRIES.filter(({ file }) => file.endsWith(".mdx")))(
    "has nothing internal in it: $file",
    ({ file }) => {
      const html = bodyOf(first, entryAt(first, file));
      expect(html).toContain("<figure");
      for (const mark of Object.values(MARKS.first))
        expect(html).not.toContain(mark);
      expect(html).not.toContain("consent");
    },
  );
});
