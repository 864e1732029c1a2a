/** The stories of the search benchmark: a corpus of them, as pages of ours and as an index of ours. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { escapeHtml } from "../src/blocks/html.ts";
import { ROOT } from "../src/build/build.ts";
import { publishIndex } from "../src/build/search.ts";
import { loadContent } from "../src/loader/content.ts";
import type { SearchRecord } from "../src/search/record.ts";
import { searchTerms, type SearchTerms } from "../src/search/terms.ts";

/** A story as a corpus file has it. */
export interface MadeStory {
  id: number;
  slug: string;
  title: string;
  person: string;
  commune: string;
  communeFull: string;
  collection: string;
  movement: string;
  field: string;
  group: string;
  award: string;
  date: string;
  year: string;
  body: string[];
  h2: string[];
}

/** Queries with the stories that answer them. */
export interface Judged {
  queries: { qid: string; cls: string; q: string }[];
  /** By the number of stories in the corpus, then by query. */
  qrels: Record<string, Record<string, number[]>>;
}

/** Reads a JSON file, compressed or not. */
export function readJson<T>(file: string): T {
  const bytes = readFileSync(file);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString()) as T;
}

export const pathOf = ({ slug }: Pick<MadeStory, "slug">): string =>
  `/bai/${slug}/`;

/** The page of a story, with the parts that our story pages have. */
export function pageOf(story: MadeStory): string {
  const { title, person, communeFull, body, h2 } = story;
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  const heading = (text: string | undefined) =>
    text ? `<h2>${escapeHtml(text)}</h2>` : "";
  return [
    `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><main>`,
    `<article class="story" data-pagefind-body>`,
    `<h1>${escapeHtml(title)}</h1><p class="who">${escapeHtml(person)}</p><p class="meta">${escapeHtml(communeFull)}</p>`,
    ...body.slice(0, 1).map(paragraph),
    heading(h2[0]),
    ...body.slice(1, 3).map(paragraph),
    heading(h2[1]),
    ...body.slice(3).map(paragraph),
    "</article></main></body></html>",
  ].join("");
}

/** What editors own of the search: the repository's own synonyms and communes. */
export async function shippedTerms(cacheDir: string): Promise<SearchTerms> {
  const contentDir = path.join(ROOT, "content");
  const { entries } = await loadContent({ contentDir, cacheDir, base: "/" });
  return searchTerms(entries);
}

/**
 * Writes a corpus as built pages, and publishes our index of them beside.
 *
 * @param folder gets `dist` and `cache`
 * @returns the folder of the pages
 */
export async function publishStories(
  folder: string,
  stories: readonly MadeStory[],
): Promise<string> {
  const [outDir, cacheDir] = [
    path.join(folder, "dist"),
    path.join(folder, "cache"),
  ];
  const terms = await shippedTerms(cacheDir);
  const former = new Map(
    terms.places.map(({ name, former }) => [name.toLowerCase(), former ?? []]),
  );
  const records = stories.map((story): SearchRecord => {
    const page = path.join(outDir, pathOf(story));
    mkdirSync(page, { recursive: true });
    writeFileSync(path.join(page, "index.html"), pageOf(story));
    return {
      path: pathOf(story),
      title: story.title,
      kicker: story.collection,
      date: story.date.split("-").reverse().join("/"),
      place: story.communeFull,
      names: story.person,
      former: (former.get(story.communeFull.toLowerCase()) ?? []).join(", "),
      topics: `${story.movement}, ${story.field}`,
      day: story.date,
      filters: [
        ["kind", story.collection],
        ["movement", story.movement],
        ["field", story.field],
        ["group", story.group],
        ["commune", story.commune],
        ["award", story.award],
        ["year", story.year],
      ],
    };
  });
  await publishIndex({ outDir, cacheDir }, records, terms);
  return outDir;
}
