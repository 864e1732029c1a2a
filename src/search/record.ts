/** What the search knows of a story besides its page's text, handed from the pages' views to the index. */

/** What a result shows, and what else a story is found by. */
export interface SearchRecord {
  /** The page's path from the site's root, without the base: `/mo-hinh/ten/`. */
  path: string;
  title: string;
  kicker: string;
  /** As readers see it: `08–10/10/2025`. */
  date: string;
  place: string;
  /** Who the story is about. */
  names: string;
  /** What the places were called before they were joined. */
  former: string;
  /** The movements and fields of life it is listed under. */
  topics: string;
  /** What results are sorted by: a day, a month or a year. */
  day: string;
  /** What a search can be narrowed by: names and values of filters. */
  filters: [name: string, value: string][];
}

const NOTED = Symbol.for("guong-sang.search");
type Noting = { [NOTED]?: Map<string, SearchRecord> };

/**
 * Begins to collect records. Vite runs the pages' code in a module graph of its own: only `globalThis` is
 * common to it and to the build.
 */
export function openRecords(): void {
  (globalThis as Noting)[NOTED] = new Map();
}

/** Notes a story that has a page. Does nothing where nobody collects, as in development. */
export function noteRecord(record: SearchRecord): void {
  (globalThis as Noting)[NOTED]?.set(record.path, record);
}

/** @returns what was noted since `openRecords`, by path, whatever order it was noted in */
export function takeRecords(): SearchRecord[] {
  const noted = (globalThis as Noting)[NOTED];
  delete (globalThis as Noting)[NOTED];
  return [...(noted?.values() ?? [])].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}
