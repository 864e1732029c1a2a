/** Reading content folders as the commands do, and texts of single entries. */
import path from "node:path";
import { writeYaml } from "../../src/judge/yaml.ts";
import { loadContent, type Content } from "../../src/loader/content.ts";
import type { Entry } from "../../src/loader/entry.ts";
import { readBody } from "../../src/loader/bodies.ts";
import type { KindName } from "../../src/schema/kinds.ts";
import type { Problem } from "../../src/schema/problem.ts";
import { storyFields, type Corpus, type Fields } from "./corpus.ts";
import { temporaryFolder } from "./site.ts";

/** A content folder as it was read, with the cache that the reading filled. */
export interface Reading extends Content {
  cacheDir: string;
}

/**
 * Reads a content folder.
 *
 * @param cacheDir a cache of an earlier reading; else an empty one
 */
export async function read(
  corpus: Corpus,
  {
    cacheDir = path.join(temporaryFolder("cache"), "cache"),
    base = "/",
  }: { cacheDir?: string; base?: string } = {},
): Promise<Reading> {
  const settings = { contentDir: corpus.dir, cacheDir, base };
  return { ...(await loadContent(settings)), cacheDir };
}

/** The entry of a kind, if it may be published. */
export const entryOf = <K extends KindName>(
  { entries }: Content,
  kind: K,
  id: string,
): Entry<K> | undefined =>
  entries.find((entry) => entry.kind === kind && entry.id === id) as
    Entry<K> | undefined;

/** The compiled body of an entry. */
export const bodyOf = ({ cacheDir }: Reading, entry: Entry): string =>
  readBody(cacheDir, entry.body!.digest);

/** What was told, one line a problem: `news/2026/a/index.mdx:3 missing «Tiêu đề»`. */
export const told = (problems: readonly Problem[]): string[] =>
  problems
    .map(
      ({ file, line, code, field }) =>
        `${file}${line ? `:${line}` : ""} ${code}${field ? ` «${field}»` : ""}`,
    )
    .sort();

/**
 * The text of a news story's `index.mdx`, one field a line, valid unless `fields` make it otherwise.
 *
 * @param fields what differs; `undefined` leaves a field out
 */
export const story = (fields: Fields = {}, body = "Chữ của bài."): string => {
  const all = Object.entries({ ...storyFields("news"), ...fields }).filter(
    ([, value]) => value !== undefined,
  );
  return `---\n${writeYaml(Object.fromEntries(all))}---\n\n${body}\n`;
};

/** Where the stories of these tests lie. */
export const NEWS = "news/2026/chuyen-vi-du";
