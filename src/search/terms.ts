/** What editors and the taxonomy tell the search besides the stories. */
import { addressOf } from "../schema/kinds.ts";
import { communeName } from "../schema/taxonomy.ts";
import type { Entry } from "../loader/entry.ts";

/** Words that stand for one another. */
export interface Synonym {
  words: string[];
  /** What they stand for, written in full. */
  means: string;
}

/** A commune, or a movement, that stories are sorted under. */
export interface Place {
  kind: "communes" | "movements";
  name: string;
  /** Its page's address from the site's root, without the base: `/dia-ban/ten/`. */
  path: string;
  /** What it was made of. */
  former?: string[];
}

export interface SearchTerms {
  synonyms: Synonym[];
  places: Place[];
}

/** What the search goes by, of all entries; in the order of their names. */
export function searchTerms(entries: readonly Entry[]): SearchTerms {
  const synonyms: Synonym[] = [];
  const places: Place[] = [];
  for (const { kind, id, data } of entries as readonly Entry<
    "synonyms" | "communes" | "movements"
  >[]) {
    if (kind === "synonyms" && "words" in data)
      synonyms.push({ words: data.words, means: data.title });
    if (kind === "movements" && "title" in data)
      places.push({ kind, name: data.title, path: addressOf(kind, id)! });
    if (kind === "communes" && "formerUnits" in data)
      places.push({
        kind,
        name: communeName(data),
        path: addressOf(kind, id)!,
        former: data.formerUnits,
      });
  }
  const byName = (a: Place, b: Place) => (a.path < b.path ? -1 : 1);
  return {
    synonyms: synonyms.sort((a, b) => (a.means < b.means ? -1 : 1)),
    places: places.sort(byName),
  };
}
