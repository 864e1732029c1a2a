/** Other ways to say what was typed: abbreviations in full and the other way round, dates, joined numbers. */
import { bare } from "../schema/slug.ts";
import type { Term } from "./rank.ts";
import type { Synonym } from "./terms.ts";
import { DATE_WORDS, datesIn, otherWays, termOf, wordsOf } from "./typing.ts";

/** A row of words that answers a query, and how much less it is worth than what was typed. */
export interface Row {
  terms: Term[];
  penalty: number;
  /** Whether the query had no marks, where the words do not tell. */
  isBare?: boolean;
}

/** The most rows a query is spread into. */
const MOST_ROWS = 8;
/** An abbreviation that a text writes for what was typed in full is a little further away. */
const REVERSED = 4;

const key = (terms: readonly Term[]): string =>
  terms.map(({ word }) => word).join(" ");

/** Rows that say the same as a query's words, those words first. */
export function rowsFor(
  words: readonly string[],
  synonyms: readonly Synonym[],
): Row[] {
  const typed = words.map(termOf);
  const isBare = typed.every((term) => term.typed === term.word);
  const swaps = swapsOf(synonyms, isBare);
  const longest = Math.max(
    DATE_WORDS,
    ...[...swaps.keys()].map((k) => k.split(" ").length),
  );
  let rows: Row[] = [{ terms: [], penalty: 0 }];
  // Grows rows a word at a time; a swap takes as many words as it stands for.
  const finished: Row[][] = [rows];
  for (let end = 1; end <= words.length; end++) {
    rows = finished[end - 1]!.map(({ terms, penalty }) => ({
      terms: [...terms, typed[end - 1]!],
      penalty,
    }));
    for (const way of otherWays(words[end - 1]!))
      rows.push(...after(finished[end - 1]!, { terms: way, penalty: 1 }));
    for (let from = Math.max(0, end - longest); from < end; from++) {
      const span = typed.slice(from, end);
      const options = [...(swaps.get(key(span)) ?? []), ...inNumbers(span)];
      for (const option of options)
        rows.push(...after(finished[from]!, option));
    }
    finished.push(
      rows.sort((a, b) => a.penalty - b.penalty).slice(0, MOST_ROWS),
    );
  }
  return finished.at(-1)!;
}

const after = (rows: readonly Row[], { terms, penalty }: Row): Row[] =>
  rows.map((row) => ({
    terms: [...row.terms, ...terms],
    penalty: row.penalty + penalty,
  }));

/** `141 KH UBND` is `141/KH-UBND`, `tháng 11 năm 2025` is `11/2025`. */
function inNumbers(span: readonly Term[]): Row[] {
  const isNumber =
    span.length > 1 && span.length < 5 && /^\d/.test(span[0]!.word);
  const joined = span.map(({ typed }) => typed).join("");
  return [...(isNumber ? [[termOf(joined)]] : []), ...datesIn(span)].map(
    (terms) => ({ terms, penalty: 1 }),
  );
}

/** What each span of words may be said by instead. */
function swapsOf(
  synonyms: readonly Synonym[],
  isBare: boolean,
): Map<string, Row[]> {
  const swaps = new Map<string, Row[]>();
  const written = (text: string) =>
    wordsOf(isBare ? bare(text) : text).map(termOf);
  const add = (from: Term[], terms: Term[], penalty: number) => {
    if (key(from) === key(terms)) return;
    swaps.set(key(from), [...(swaps.get(key(from)) ?? []), { terms, penalty }]);
  };
  for (const { words, means } of synonyms)
    for (const word of words) {
      add(written(word), written(means), 0);
      add(written(means), written(word), REVERSED);
    }
  return swaps;
}
