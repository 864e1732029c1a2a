/** What the browser is told of the stories besides their index: their syllables, and what they are sorted by. */
import { bare } from "../schema/slug.ts";
import type { Facets } from "../search/facets.ts";
import type { Fragment } from "../search/format.ts";
import { PAIR, writeLexicon } from "../search/lexicon.ts";
import type { Shard } from "./bundle.ts";

/** How often one syllable follows another. */
export type Pairs = Map<string, number>;

/** No syllable is longer than `nghieng`; abbreviations may be a little. */
const LONGEST = 8;
const SYLLABLE = new RegExp(`^[a-z]{1,${LONGEST}}$`);

/** Pairs that come once are no evidence, except in what names a story or somebody. */
const NAMING = ["title", "names", "place", "former", "topics"];

/** How many pairs are kept: the commonest. */
const MOST_PAIRS = 40_000;

/** The syllables that follow each other in the stories. */
export function pairsIn({ fragments }: Shard): Pairs {
  const pairs: Pairs = new Map();
  const count = (text: string, weight: number) => {
    let last = "";
    for (const word of bare(text).match(/[a-z]+|[^a-z\s]+/g) ?? []) {
      const isWord = SYLLABLE.test(word);
      if (isWord && last) {
        const pair = `${last}${PAIR}${word}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + weight);
      }
      // A full stop ends what belongs together; readers type no commas.
      if (isWord || /[.!?\d]/.test(word)) last = isWord ? word : "";
    }
  };
  for (const { content, meta } of fragments) {
    count(content, 1);
    for (const name of NAMING) count(meta[name] ?? "", 2);
  }
  return pairs;
}

/** The lexicon of an index. */
export function lexiconOf({ words }: Shard, pairs: Pairs) {
  const stories = new Map(
    words
      .filter(([word]) => SYLLABLE.test(word))
      .map(([word, pages, forms]) => [
        word,
        forms.reduce((sum, [, list]) => sum + list.length, pages.length),
      ]),
  );
  const kept = [...pairs]
    .filter(([, count]) => count > 1)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_PAIRS);
  return writeLexicon(stories, new Map(kept));
}

/** What each story is filtered by, in the order of the index. */
export function facetsOf(fragments: readonly Fragment[]): Facets {
  const names = new Set(
    fragments.flatMap(({ filters }) => Object.keys(filters)),
  );
  return Object.fromEntries(
    [...names].sort().map((name) => {
      const values = [
        ...new Set(fragments.flatMap(({ filters }) => filters[name] ?? [])),
      ].sort();
      const numbers = new Map(values.map((value, index) => [value, index]));
      return [
        name,
        {
          values,
          stories: fragments.map(({ filters }) =>
            (filters[name] ?? []).map((value) => numbers.get(value)!),
          ),
        },
      ];
    }),
  );
}
