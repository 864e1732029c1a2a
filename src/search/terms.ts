/** What editors and the taxonomy tell the search besides the stories. */
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
  /** As filters know it. */
  id: string;
  kind: "communes" | "movements";
  name: string;
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
      places.push({ id, kind, name: data.title });
    if (kind === "communes" && "formerUnits" in data)
      places.push({
        id,
        kind,
        name: communeName(data),
        former: data.formerUnits,
      });
  }
  const byName = (a: Place, b: Place) => (a.id < b.id ? -1 : 1);
  return {
    synonyms: synonyms.sort((a, b) => (a.means < b.means ? -1 : 1)),
    places: places.sort(byName),
  };
}
