/** MiniSearch, set up for Vietnamese as its guide allows: folded words, titles above, prefixes and slips. */
import MiniSearch from "minisearch";
import { fetchWhole, folded } from "./whole.ts";

const OPTIONS = {
  fields: ["title", "person", "place", "text"],
  processTerm: (term: string) => folded(term) || null,
  searchOptions: {
    boost: { title: 4, person: 4, place: 3 },
    combineWith: "AND",
    prefix: (_term: string, index: number, terms: readonly string[]) =>
      index === terms.length - 1,
    fuzzy: (term: string) => (term.length > 3 ? 0.2 : false),
  },
};

export function write(documents: object[]): string {
  const index = new MiniSearch(OPTIONS);
  index.addAll(documents);
  return JSON.stringify(index);
}

let opened: Promise<MiniSearch> | undefined;

export async function ask(query: string): Promise<string[]> {
  opened ??= fetchWhole("minisearch").then((text) =>
    MiniSearch.loadJSON(text, OPTIONS),
  );
  const index = await opened;
  return index
    .search(query)
    .slice(0, 10)
    .map(({ id }) => id);
}
