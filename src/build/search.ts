/** Makes the search's index from the built pages of stories, and again only what of it is not the last build's. */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeWhole } from "../loader/cache.ts";
import { sha256 } from "../loader/digest.ts";
import type { Settings } from "../loader/settings.ts";
import { articleOf, searchCopy } from "../search/copy.ts";
import type { Manifest } from "../search/index.ts";
import type { SearchRecord } from "../search/record.ts";
import type { SearchTerms } from "../search/terms.ts";
import {
  bundleOf,
  indexed,
  joined,
  packed,
  type Copy,
  type Shard,
} from "./bundle.ts";
import { facetsOf, lexiconOf, pairsIn, type Pairs } from "./lexicon.ts";
import { programVersion } from "./stamp.ts";

/** Below the output folder. */
const FOLDER = "pagefind";
/** Says which files belong together. */
const MANIFEST = "search.json";

/** What the last build left. The stamp tells whether it is still as it was left. */
interface Left {
  digest: string;
  /** Relative to the output folder. */
  files: string[];
}

/** A year of stories, as the cache keeps it. */
interface Year {
  shard: Shard;
  pairs: [string, number][];
}

/**
 * Publishes the index of stories into the output folder, where their pages already are. Stories are indexed a
 * year at a time, by Pagefind, and only the years in which something changed; then the years are joined to one
 * index, whose bytes depend on nothing but the stories.
 *
 * @param records the stories to index
 * @param terms what else queries are understood by
 * @returns the files that belong there, relative to the output folder; none when there is no story
 * @throws when a page is missing or has no article to index, or Pagefind fails
 */
export async function publishIndex(
  { outDir, cacheDir }: Pick<Settings, "outDir" | "cacheDir">,
  records: readonly SearchRecord[],
  terms: SearchTerms,
): Promise<string[]> {
  const years = yearsOf(outDir, records);
  const note = path.join(cacheDir, "search.json");
  const digest = sha256([...years.keys(), JSON.stringify(terms)].join(" "));
  const left = readLeft(note);
  if (
    left?.digest === digest &&
    left.files.every((file) => existsSync(path.join(outDir, file)))
  )
    return left.files;
  const files =
    records.length > 0
      ? writeIndex(outDir, await readYears(cacheDir, years), terms, left)
      : [];
  const kept = new Set(files);
  for (const file of left?.files ?? [])
    if (!kept.has(file)) rmSync(path.join(outDir, file), { force: true });
  writeWhole(note, JSON.stringify({ digest, files } satisfies Left));
  return files;
}

/** The copies of each year's stories, oldest first, by a digest of all that they are made from and of the program. */
function yearsOf(
  outDir: string,
  records: readonly SearchRecord[],
): Map<string, () => Copy[]> {
  const version = programVersion();
  const pageOf = (record: SearchRecord): string =>
    readFileSync(path.join(outDir, record.path, "index.html"), "utf8");
  const byYear = Map.groupBy(records.toSorted(oldestFirst), ({ day }) =>
    day.slice(0, 4),
  );
  return new Map(
    [...byYear.values()].map((year) => {
      const hash = createHash("sha256").update(version);
      for (const record of year) {
        const article = articleOf(pageOf(record), record.path);
        hash.update(JSON.stringify([record, article]));
      }
      const copies = () =>
        year.map((record) => ({
          url: record.path,
          content: searchCopy(pageOf(record), record),
        }));
      return [hash.digest("base64url"), copies];
    }),
  );
}

const oldestFirst = (a: SearchRecord, b: SearchRecord): number =>
  a.day === b.day ? (a.path < b.path ? -1 : 1) : a.day < b.day ? -1 : 1;

/** The years' indexes, from the cache where it has them; what it has besides is forgotten. */
async function readYears(
  cacheDir: string,
  years: ReadonlyMap<string, () => Copy[]>,
): Promise<Year[]> {
  const folder = path.join(cacheDir, "search");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (!years.has(name)) rmSync(path.join(folder, name), { recursive: true });
  const read: Year[] = [];
  for (const [digest, copies] of years) {
    const file = path.join(folder, digest);
    let year = readYear(file);
    if (!year) {
      const shard = await indexed(copies());
      year = { shard, pairs: [...pairsIn(shard)] };
      writeWhole(file, gzipSync(JSON.stringify(year), { level: 1 }));
    }
    read.push(year);
  }
  return read;
}

/** Nothing when it is not there, or broken. */
function readYear(file: string): Year | undefined {
  try {
    return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Year;
  } catch {
    return undefined;
  }
}

/** Nothing when there is no note, or a broken one. */
function readLeft(note: string): Left | undefined {
  try {
    const { digest, files } = JSON.parse(readFileSync(note, "utf8")) as Left;
    return Array.isArray(files) ? { digest, files } : undefined;
  } catch {
    return undefined;
  }
}

/** Joins the years, and writes what of all that the browser reads is not there from the last build. */
function writeIndex(
  outDir: string,
  years: readonly Year[],
  terms: SearchTerms,
  left: Left | undefined,
): string[] {
  const shard = joined(years.map((year) => year.shard));
  const pairs: Pairs = new Map();
  for (const year of years)
    for (const [pair, count] of year.pairs)
      pairs.set(pair, (pairs.get(pair) ?? 0) + count);
  const { release, files } = bundleOf(shard);
  const { lexicon, followers } = lexiconOf(shard, pairs);
  const add = (name: string, content: Uint8Array): string => {
    // Not .gz: hosts say of such a file that it is another one, compressed.
    const file = `${name}.${sha256(content).slice(0, 10)}.packed`;
    files.push({
      path: file,
      isNamedByContent: true,
      pack: () => packed(content),
    });
    return file;
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const { synonyms, places } = terms;
  const manifest: Manifest = {
    index: `pagefind.${release}.pf_meta`,
    lexicon: add("lexicon", json({ ...lexicon, synonyms })),
    followers: add("followers", followers),
    facets: add("facets", json(facetsOf(shard.fragments))),
    places: add("places", json(places)),
  };
  files.push({
    path: MANIFEST,
    isNamedByContent: false,
    pack: () => json(manifest),
  });
  const known = new Set(left?.files);
  return files.map(({ path: name, isNamedByContent, pack }) => {
    const file = path.join(FOLDER, name);
    const target = path.join(outDir, file);
    if (!(isNamedByContent && known.has(file) && existsSync(target))) {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, pack());
    }
    return file;
  });
}
