/** Answers queries, from an index that is open. */
import { excerptOf, type ExcerptPart } from "./excerpt.ts";
import { rowsFor, type Row } from "./expand.ts";
import { countsOf, passes, type Counts, type Filters } from "./facets.ts";
import { unfold } from "./fold.ts";
import type { Index, Posting } from "./index.ts";
import { isBareRow, NEAR, Ranking, type Match, type Term } from "./rank.ts";
import type { Place } from "./terms.ts";
import {
  COST,
  likelihood,
  rowsOf,
  termOf,
  withPlainQuotes,
  wordsOf,
} from "./typing.ts";

/** What is looked for: words, filters, or both. */
export interface Query {
  /** As the reader typed them. In quotation marks: nothing but exactly these words in a row. */
  words: string;
  filters?: Filters;
  /** Newest first instead of best first. */
  byDate?: boolean;
  /** What was typed, and no other reading of it. */
  literal?: boolean;
}

/** A story that was found, as readers see it. */
export interface Hit {
  href: string;
  title: string;
  kicker: string;
  date: string;
  place: string;
  names: string;
  excerpt: ExcerptPart[];
  /** What was looked for as the story writes it, when its words stand there in a row. */
  phrase?: string;
}

/** Stories in their order. A story's texts are fetched when they are asked for. */
export type Hits = (() => Promise<Hit>)[];

export interface Found {
  /** What was looked for: its words in a row, or together in a name, or most of them in a row. */
  hits: Hits;
  /** Stories in which the words merely occur. */
  scattered: Hits;
  /** What was looked for instead, when nothing was found as it was typed: `literal` asks for that. */
  instead?: string;
  /** For every filter how many stories each value gives, fetched when it is asked for. */
  counts(): Promise<Counts>;
}

/** What is suggested while somebody types. */
export interface Suggestions {
  stories: Hit[];
  people: Hit[];
  places: { name: string; kind: Place["kind"]; href: string }[];
}

/** A story and the row of words that found it best. */
interface Candidate extends Match {
  row: Row;
}
type Candidates = Map<number, Candidate>;

/** How many other readings of a query are tried on the index. */
const READINGS = 5;
/** How many ways to end an unfinished word are tried, and what finishing costs. */
const ENDINGS = 8;
const UNFINISHED = 5;
/** What ranks from here on has the very words in a row, the right marks on them. */
const EXACTLY = 130;
/** What ranks from here on is an answer; what is below shares words with one. */
const ANSWER = 75;
/** Where no story has all words, those are shown that have this part of what the fullest has. */
const ENOUGH = 0.6;
/** So much better must what another reading finds be. */
const BETTER = 12;
/** So much better than what a likelier reading finds must what another finds be. */
const LIKELIER = 4;

/** An open index, and what is asked of it. */
export class Search {
  readonly #index: Index;
  readonly #base: string;

  /** @param base the site's base path, without the slash at its end */
  constructor(index: Index, base: string) {
    this.#index = index;
    this.#base = base;
  }

  /**
   * Looks for stories. Without words it gives all that the filters let through, the newest first.
   *
   * @throws when a part of the index cannot be had
   */
  async find({ words, filters = {}, byDate, literal }: Query): Promise<Found> {
    const asked = await this.#candidates(words, literal ?? false);
    const isChosen = Object.values(filters).some(({ length }) => length > 0);
    const isIn = isChosen
      ? passes(await this.#index.facets(), filters)
      : () => true;
    const newest = [...asked.found]
      .filter(([story]) => isIn(story))
      .sort(([a], [b]) => b - a);
    const all = byDate ? newest : bestFirst(newest);
    const loaders = (list: typeof all): Hits =>
      list.map(
        ([story, candidate]) =>
          () =>
            this.#hit(story, candidate),
      );
    return {
      hits: loaders(all.filter(([, { tier }]) => tier !== "scattered")),
      scattered: loaders(all.filter(([, { tier }]) => tier === "scattered")),
      ...(asked.instead && all.length > 0
        ? { instead: await this.#shown(all[0]!, asked.instead) }
        : {}),
      counts: async () =>
        countsOf(await this.#index.facets(), filters, [...asked.found.keys()]),
    };
  }

  /** What to offer somebody who has typed so much. */
  async suggest(words: string, most = 4): Promise<Suggestions> {
    const { hits } = await this.find({ words });
    const asked = wordsOf(words).map(termOf);
    const [shown, places] = await Promise.all([
      Promise.all(hits.slice(0, 2 * most).map((hit) => hit())),
      this.#index.places(),
    ]);
    const isIn = (text: string) => {
      const own = wordsOf(text).map(termOf);
      return own.some((_, at) =>
        asked.every(({ word }, index) =>
          index === asked.length - 1
            ? own[at + index]?.word.startsWith(word)
            : own[at + index]?.word === word,
        ),
      );
    };
    return {
      stories: shown.filter(({ names }) => !isIn(names)).slice(0, most),
      people: shown.filter(({ names }) => isIn(names)).slice(0, most),
      places:
        asked.length === 0
          ? []
          : places
              .filter(({ name, former = [] }) =>
                [name, ...former].some((one) => isIn(one)),
              )
              .slice(0, most)
              .map(({ name, kind, path }) => ({
                name,
                kind,
                href: this.#base + path,
              })),
    };
  }

  /** Everything a query finds, and the reading it was found by when that is not how it was typed. */
  async #candidates(
    words: string,
    literal: boolean,
  ): Promise<{ found: Candidates; instead?: Term[] }> {
    const text = withPlainQuotes(words);
    const typed = wordsOf(text);
    if (typed.length === 0) return { found: this.#everything() };
    const row = { terms: typed.map(termOf), penalty: 0 };
    if (/^\s*".*"\s*$/s.test(text)) {
      const found = await this.#answers([row]);
      for (const [story, { tier }] of found)
        if (tier !== "phrase") found.delete(story);
      return { found };
    }
    const isTyping = !/\s$/.test(words);
    const rows = rowsFor(typed, this.#index.synonyms);
    const endings = isTyping ? await this.#endings(row.terms) : [];
    const found = await this.#answers([...rows, ...endings]);
    const best = bestOf(found);
    if (literal || best >= EXACTLY) return { found };
    const mended = await this.#mended(row.terms, best);
    // What was typed may be no words at all.
    const isLost =
      found.size === 0 &&
      typed.some((word) => !this.#index.lexicon.has(termOf(word).word));
    const least = isLost ? BETTER : Math.max(ANSWER, best + BETTER);
    if (mended && bestOf(mended.found) >= least)
      return {
        found: joinedCandidates(mended.found, found),
        instead: mended.terms,
      };
    if (found.size > 0) return { found };
    return { found: await this.#some(rows) };
  }

  #everything(): Candidates {
    const row = { terms: [], penalty: 0 };
    return new Map(
      Array.from({ length: this.#index.size }, (_, story) => [
        story,
        { tier: "phrase", score: 0, row },
      ]),
    );
  }

  #postings = (terms: readonly Term[]): Promise<Posting[]> =>
    Promise.all(terms.map(({ word }) => this.#index.posting(word)));

  async #ranking({ terms, isBare }: Row): Promise<Ranking> {
    const postings = await this.#postings(terms);
    return new Ranking(terms, postings, this.#index.fields, isBare);
  }

  /** The stories that any of the rows finds, each by the row that finds it best. */
  async #answers(rows: readonly Row[]): Promise<Candidates> {
    const rankings = await Promise.all(rows.map((row) => this.#ranking(row)));
    const found: Candidates = new Map();
    rankings.forEach((ranking, index) => {
      const row = rows[index]!;
      for (const [story, match] of ranking.all())
        keepBetter(found, story, match, row);
    });
    return found;
  }

  /** The last word finished in the ways that stories know. */
  async #endings(terms: readonly Term[]): Promise<Row[]> {
    const last = terms.at(-1)!;
    const before = terms.at(-2)?.word;
    const { lexicon } = this.#index;
    const longer = lexicon
      .beginning(last.word)
      .filter((syllable) => syllable !== last.word);
    if (before !== undefined && longer.length > 0) await this.#index.learn();
    const following = longer.filter(
      (syllable) => before === undefined || lexicon.pair(before, syllable),
    );
    return (following.length > 0 ? following : longer)
      .map((word) => ({ word, likely: likelihood(before, word, lexicon) }))
      .sort((a, b) => b.likely - a.likely)
      .slice(0, ENDINGS)
      .map(({ word }) => ({
        terms: [
          ...terms.slice(0, -1),
          {
            typed: last.typed,
            word,
            isOpen: true,
          },
        ],
        penalty: UNFINISHED,
        isBare: isBareRow(terms),
      }));
  }

  /**
   * The likeliest other reading that has an answer.
   *
   * @param found how well the best story answers what was typed
   */
  async #mended(
    terms: readonly Term[],
    found: number,
  ): Promise<{ terms: Term[]; found: Candidates } | undefined> {
    const { lexicon } = this.#index;
    await this.#index.learn();
    const asTyped = terms.map(({ word }) => word).join(" ");
    // Words that are words may just not stand in a row; they are changed to what sounds the same at most.
    const isApart = terms.length < 3 || (isBareRow(terms) && found >= NEAR);
    const most =
      isApart && terms.every(({ word }) => lexicon.has(word))
        ? COST.alike + COST.known
        : Infinity;
    const readings = rowsOf(terms, lexicon)
      .filter(
        (row) =>
          row.cost <= most &&
          row.terms.map(({ word }) => word).join(" ") !== asTyped,
      )
      .slice(0, READINGS);
    let best: { terms: Term[]; found: Candidates } | undefined;
    for (const reading of readings) {
      // What was guessed has no marks, and is worth less where others were typed.
      const row = {
        terms: reading.terms,
        penalty: 0,
        isBare: isBareRow(terms),
      };
      const other = await this.#answers([row]);
      if (bestOf(other) > (best ? bestOf(best.found) + LIKELIER : 0))
        best = { terms: reading.terms, found: other };
    }
    return best;
  }

  /** Stories with many of the words of a row, when none has all. */
  async #some(rows: readonly Row[]): Promise<Candidates> {
    const found = await Promise.all(
      rows.map(async (row) => {
        const ranking = await this.#ranking(row);
        return { row, ranking, shares: ranking.shares() };
      }),
    );
    const most = greatest(found.flatMap(({ shares }) => [...shares.values()]));
    const best: Candidates = new Map();
    for (const { row, ranking, shares } of found)
      for (const [story, share] of shares) {
        if (share >= most * ENOUGH)
          keepBetter(best, story, ranking.match(story), row);
      }
    return best;
  }

  async #hit(story: number, { row, tier }: Candidate): Promise<Hit> {
    const fragment = await this.#index.story(story);
    const shown = (name: string) => unfold(fragment.meta[name] ?? "");
    return {
      href: this.#base + fragment.url,
      title: shown("title"),
      kicker: shown("kicker"),
      date: shown("date"),
      place: shown("place"),
      names: shown("names"),
      ...excerptOf(fragment, row.terms, tier),
    };
  }

  /** A reading as the best story writes it, with its marks. */
  async #shown(
    [story, candidate]: [number, Candidate],
    terms: readonly Term[],
  ): Promise<string> {
    const { phrase } = await this.#hit(story, candidate);
    return (
      phrase?.toLowerCase() ?? unfold(terms.map(({ typed }) => typed).join(" "))
    );
  }
}

/**
 * The best first; of those that are equal, those that write the words in other ways take turns (nobody knows
 * which Hoa was meant, the lady Hòa or the lady Hoa); then the newer comes first.
 */
function bestFirst(
  newest: readonly [number, Candidate][],
): [number, Candidate][] {
  const counts = new Map<string, number>();
  return newest
    .map((found) => {
      const [, { score, forms }] = found;
      const key = `${score} ${forms}`;
      const turn = counts.get(key) ?? 0;
      counts.set(key, turn + 1);
      return { found, score, turn };
    })
    .sort((a, b) => b.score - a.score || a.turn - b.turn)
    .map(({ found }) => found);
}

/** Notes that a row finds a story, unless another row found it better. */
function keepBetter(
  found: Candidates,
  story: number,
  match: Match,
  row: Row,
): void {
  const score = match.score - row.penalty;
  if (score > (found.get(story)?.score ?? -Infinity))
    found.set(story, { ...match, score, row });
}

/** How well the best story answers. */
const bestOf = (found: Candidates): number =>
  greatest([...found.values()].map(({ score }) => score));

/** The greatest of numbers, and at least 0. */
const greatest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), 0);

/** Both, the first before the second. */
function joinedCandidates(first: Candidates, second: Candidates): Candidates {
  const all: Candidates = new Map(first);
  for (const [story, candidate] of second)
    if (!all.has(story)) all.set(story, { ...candidate, tier: "scattered" });
  return all;
}
