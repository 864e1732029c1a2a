import { beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { blocks } from "../../src/blocks/index.ts";
import { core, metaOf } from "../../src/schema/field.ts";
import { kinds, type KindName } from "../../src/schema/kinds.ts";
import {
  NOW,
  SITE_FIELDS,
  jpeg,
  skeleton,
  storyFields,
  type Corpus,
  type Fields,
} from "../support/corpus.ts";
import { build, filesIn, placeFor, unpacked } from "../support/site.ts";

type Path = (string | number)[];

const shapeOf = (schema: z.ZodType): [string, z.ZodType][] => {
  const inside = core(schema);
  return "shape" in inside
    ? Object.entries(inside.shape as Record<string, z.ZodType>)
    : [];
};

/** The paths of all internal fields of a schema, the outermost of each; a list is looked at by its first item. */
function internalPaths(schema: z.ZodType, above: Path = []): Path[] {
  const inside = core(schema);
  if ("element" in inside)
    return internalPaths(inside.element as z.ZodType, [...above, 0]);
  return shapeOf(inside).flatMap(([key, field]) =>
    metaOf(field).internal
      ? [[...above, key]]
      : internalPaths(field, [...above, key]),
  );
}

function schemaAt(schema: z.ZodType, at: Path): z.ZodType {
  return at.reduce<z.ZodType>((here, step) => {
    const inside = core(here);
    return typeof step === "number" && "element" in inside
      ? (inside.element as z.ZodType)
      : new Map(shapeOf(inside)).get(String(step))!;
  }, schema);
}

/** What must not be seen, as it was written and as a page would write it. */
const secrets: { what: string; words: string[] }[] = [];
let count = 0;

/** A value that the field takes, and that stands nowhere else. */
function secretFor(schema: z.ZodType, what: string): unknown {
  const number = ++count;
  const word = `zqkin${number}zq`;
  const year = 1900 + number;
  const candidates: { value: unknown; words: string[] }[] = [
    { value: word, words: [word] },
    {
      value: `${year}-06-05`,
      words: [`${year}-06-05`, `05/06/${year}`, `5/6/${year}`],
    },
    {
      value: {
        basis: "written",
        papers: word,
        source: `https://${word}.example/`,
      },
      words: [word],
    },
  ];
  const taken = candidates.find(({ value }) => schema.safeParse(value).success);
  if (!taken)
    throw new Error(`No value for ${what}: give this test one that it takes.`);
  secrets.push({ what, words: taken.words });
  return taken.value;
}

/** Puts a secret into every internal field of an entry. */
function fill(kind: string, schema: z.ZodType, data: Fields): Fields {
  for (const at of internalPaths(schema)) {
    const what = `${kind}: ${at.join(".")}`;
    const holder = at
      .slice(0, -1)
      .reduce<unknown>(
        (here, step) => (here as Fields | undefined)?.[step],
        data,
      ) as Fields | undefined;
    if (!holder)
      throw new Error(`Give this test's ${kind} a value for ${what}.`);
    holder[at.at(-1)!] = secretFor(schemaAt(schema, at), what);
  }
  expect(schema.safeParse(data).error).toBeUndefined();
  return data;
}

const SHOWN = "ZqCongKhaiZq";
const photo = (): Fields => ({
  src: "bia.jpg",
  alt: "Bà con đổ bê tông đường nội đồng",
  caption: SHOWN,
  credit: SHOWN,
  showsChildren: true,
});
const story = (kind: "models" | "role-models" | "news"): Fields => ({
  ...storyFields(kind),
  byline: SHOWN,
  showsChildren: true,
  cover: photo(),
  gallery: [photo()],
});

/** An entry of every kind in which all that may hold an internal field is there. */
const ENTRIES: Partial<Record<KindName, Fields>> = {
  models: {
    ...story("models"),
    contact: { name: SHOWN, email: "xom@vidu.example" },
    awards: [{ decision: "khen", recipient: "xom" }],
  },
  "role-models": { ...story("role-models"), subjectType: "person" },
  news: story("news"),
  decisions: {
    number: SHOWN,
    form: "bang-khen",
    recipients: [{ id: "xom", name: "Xóm Ví Dụ", subjectType: "person" }],
  },
  site: {
    ...SITE_FIELDS,
    contacts: [{ purpose: "changes", name: SHOWN }],
  },
};

let dist: Map<string, Buffer>;

beforeAll(async () => {
  const corpus: Corpus = skeleton();
  for (const kind of Object.keys(kinds) as KindName[]) {
    const { schema } = kinds[kind];
    const data = ENTRIES[kind];
    if (!data) {
      expect(
        internalPaths(schema),
        `this test has no entry of ${kind}`,
      ).toEqual([]);
      continue;
    }
    const filled = fill(kind, schema, data);
    if (kind === "site") corpus.data("site.yaml", filled);
    else if (kind === "decisions")
      corpus.data("decisions/2026/khen.yaml", filled);
    else
      corpus.story(kind as "models", "bai", filled, await body(), {
        "bia.jpg": await jpeg("red"),
      });
  }
  const place = placeFor(corpus.dir, NOW);
  await build(place);
  dist = unpacked(filesIn(place.out));
});

/** Blocks have internal properties as well. */
async function body(): Promise<string> {
  const written = Object.values(blocks).flatMap(({ name, props, parent }) =>
    internalPaths(props).map((at) => {
      const secret = secretFor(
        schemaAt(props, at),
        `<${name} ${at.join(".")}>`,
      );
      const element = `<${name} src="bia.jpg" alt="Bà con đổ bê tông đường" credit="${SHOWN}" showsChildren ${at.join(".")}="${String(secret)}" />`;
      return parent ? `<${parent}>\n${element}\n</${parent}>` : element;
    }),
  );
  expect(written.length).toBeGreaterThan(0);
  return [`Chữ ${SHOWN}.`, ...written].join("\n\n");
}

/** The files that hold some words, in whatever case. */
const holding = (files: Map<string, Buffer>, words: string[]): string[] =>
  [...files]
    .filter(([, bytes]) => {
      const text = bytes.toString("latin1").toLowerCase();
      return words.some((word) => text.includes(word));
    })
    .map(([name]) => name);

describe("internal fields", () => {
  it("are many, and of several kinds", () => {
    const kindsMet = new Set(secrets.map(({ what }) => what.split(":")[0]));
    expect([...kindsMet]).toEqual(
      expect.arrayContaining([
        "models",
        "role-models",
        "news",
        "decisions",
        "site",
      ]),
    );
    expect(secrets.length).toBeGreaterThan(20);
  });

  it("are in no file of the site, neither page nor picture nor the search's index", () => {
    const seen = secrets
      .map(({ what, words }) => ({ what, files: holding(dist, words) }))
      .filter(({ files }) => files.length > 0);
    expect(seen).toEqual([]);
  });

  it("stand beside fields that are shown, on pages and in pictures", () => {
    const shown = holding(dist, [SHOWN.toLowerCase()]);
    for (const list of ["mo-hinh", "dien-hinh", "tin-tuc"])
      expect(shown).toContain(`${list}/bai/index.html`);
    expect(shown.some((name) => name.startsWith("_media/"))).toBe(true);
    expect(shown.some((name) => name.endsWith(".pf_fragment"))).toBe(true);
  });
});
