/** What readers type, and what they may have meant by it: a word at a time. */
import { bare } from "../schema/slug.ts";
import { fold, withWordsApart } from "./fold.ts";
import { indexWord } from "./index.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Term } from "./rank.ts";

/** Longer queries are cut: nobody looks for more, and time grows with them. */
export const LONGEST_QUERY = 300;
const MOST_TERMS = 20;

/** A query with plain quotation marks: telephones write them their own way. */
export const withPlainQuotes = (query: string): string =>
  query.replace(/[“”„«»]/g, '"');

/** The words of a query, folded, as Pagefind parts a text's. */
export const wordsOf = (query: string): string[] =>
  withWordsApart(fold(query.slice(0, LONGEST_QUERY).toLowerCase()))
    .split(/\s+/)
    .filter((word) => indexWord(word) !== "")
    .slice(0, MOST_TERMS);

/** One word as a term. */
export const termOf = (folded: string): Term => ({
  typed: folded.replace(/[^\p{L}\p{M}\p{N}]/gu, "").toLowerCase(),
  word: indexWord(folded),
});

const DATE = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;

/** What follows "lần thứ", "hạng", "quý" and the like, from 1 on: in words and in Roman numbers. */
const ORDERS = [
  ["một", "nhất", "i"],
  ["hai", "nhì", "ii"],
  ["ba", "iii"],
  ["bốn", "tư", "iv"],
  ["năm", "v"],
  ["sáu", "vi"],
  ["bảy", "vii"],
  ["tám", "viii"],
  ["chín", "ix"],
  ["mười", "x"],
  ...[
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
    "xvii",
    "xviii",
    "xix",
    "xx",
  ].map((roman) => [roman]),
];

/** Other ways to write a number or a date: whole, with and without zeros, in words, in parts. */
export function otherWays(word: string): Term[][] {
  const order = ORDERS.findIndex((names) => names.at(-1) === word) + 1;
  if (order > 0) return [[termOf(String(order))]];
  if (!/\d/.test(word)) return [];
  const names = /^\d{1,2}$/.test(word) ? ORDERS[Number(word) - 1] : undefined;
  if (names) return names.map((name) => [termOf(name)]);
  const date = DATE.exec(word);
  const ways: Term[][] = [];
  if (date) {
    const [day, month] = [Number(date[1]), Number(date[2])];
    const two = (number: number) => String(number).padStart(2, "0");
    for (const written of [
      `${two(day)}${two(month)}${date[3]}`,
      `${day}${month}${date[3]}`,
      `${two(day)} tháng ${month} năm ${date[3]}`,
      `${day} tháng ${month} năm ${date[3]}`,
    ])
      ways.push(written.split(" ").map(termOf));
  }
  if (partsOf(word).length > 1) ways.push(partsOf(word));
  return ways;
}

/** The letters and numbers of which a word is made, in one piece. */
const partsOf = (word: string): Term[] =>
  (word.match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []).map((part, index) => ({
    ...termOf(part),
    isPart: index > 0,
  }));

const SAID_DATE = /^(?:(\d{1,2}) )?thang (\d{1,2}) nam (\d{4})$/;
/** How many words a date has at most. */
export const DATE_WORDS = 5;

/** A month or a day in words as a text writes it in numbers, with and without zeros: `15/11/2025`, `11/2025`. */
export function datesIn(words: readonly Term[]): Term[][] {
  const said = SAID_DATE.exec(words.map(({ word }) => word).join(" "));
  if (!said) return [];
  const [day, month, year] = said.slice(1);
  const numbers = [day, month].filter((number) => number !== undefined);
  const ways = [1, 2].map((digits) =>
    [
      ...numbers.map((number) => String(Number(number)).padStart(digits, "0")),
      year,
    ].join("/"),
  );
  return [...new Set(ways)].flatMap((way) => [[termOf(way)], partsOf(way)]);
}

/** What somebody may have meant by a word: other words, and how unlikely that is. */
export interface Reading {
  terms: Term[];
  cost: number;
}

const VOWEL = /[aeiouy]/;
const TONES: Record<string, string> = {
  s: "\u0301",
  f: "\u0300",
  r: "\u0309",
  x: "\u0303",
  j: "\u0323",
  1: "\u0301",
  2: "\u0300",
  3: "\u0309",
  4: "\u0303",
  5: "\u0323",
};
const [CIRCUMFLEX, BREVE, HORN] = ["\u0302", "\u0306", "\u031b"];

/**
 * Keystrokes of Telex or VNI that no keyboard driver took up: `dduwowngf`, `d9u7o7ng2` are `đường`.
 *
 * @returns the word, folded; nothing when there is no such keystroke in it
 */
export function keystrokes(typed: string): string | undefined {
  const letters: string[] = [];
  let tone = "";
  let isChanged = false;
  for (const key of typed) {
    const mark = letters.some((letter) => VOWEL.test(letter))
      ? markBy(key, letters)
      : startBy(key, letters);
    if (mark === "tone") tone = TONES[key]!;
    if (mark) isChanged = true;
    else letters.push(key);
  }
  if (!isChanged) return undefined;
  const at = toneAt(letters);
  return fold(
    letters
      .map((letter, index) => letter + (index === at ? tone : ""))
      .join(""),
  );
}

/** A key before any vowel: the second d, VNI's 9, Telex's w for ư. */
function startBy(key: string, letters: string[]): string | undefined {
  if (letters[0] === "d" && letters.length === 1 && /[d9]/.test(key)) {
    letters[0] = "đ";
    return "letter";
  }
  if (key !== "w") return undefined;
  letters.push(`u${HORN}`);
  return "letter";
}

/** A key after a vowel: a tone, or a mark on a letter before it. */
function markBy(key: string, letters: string[]): string | undefined {
  if (key in TONES) return "tone";
  const put = (on: RegExp, mark: string): string | undefined => {
    const index = letters.findLastIndex((letter) => on.test(letter));
    if (index < 0) return undefined;
    letters[index] += mark;
    // ươ takes one key for both.
    if (letters[index] === `o${HORN}` && letters[index - 1] === "u")
      letters[index - 1] = `u${HORN}`;
    return "letter";
  };
  switch (key) {
    case "w":
      return put(/^[ou]$/, HORN!) ?? put(/^a$/, BREVE!) ?? put(/\u031b/, "");
    case "7":
      return put(/^[ou]$/, HORN!) ?? put(/\u031b/, "");
    case "8":
      return put(/^a$/, BREVE!);
    case "6":
      return put(/^[aeo]$/, CIRCUMFLEX!);
    case "a":
    case "e":
    case "o":
      return put(new RegExp(`^${key}$`), CIRCUMFLEX!);
    case "d":
    case "9":
      if (letters[0] !== "d") return undefined;
      letters[0] = "đ";
      return "letter";
    default:
      return undefined;
  }
}

/** The letter that a syllable's tone stands on. */
function toneAt(letters: readonly string[]): number {
  const isGlide = (index: number) =>
    (letters[index] === "u" && letters[index - 1] === "q") ||
    (letters[index] === "i" &&
      letters[index - 1] === "g" &&
      VOWEL.test(letters[index + 1] ?? ""));
  const vowels = letters.flatMap((letter, index) =>
    VOWEL.test(letter) && !isGlide(index) ? [index] : [],
  );
  const marked = vowels.findLast((index) => letters[index]!.length > 1);
  if (marked !== undefined) return marked;
  const isOpen = vowels.at(-1) === letters.length - 1;
  if (vowels.length === 3) return vowels[1]!;
  return (vowels.length === 2 && isOpen ? vowels[0] : vowels.at(-1)) ?? -1;
}

/** Sounds that speech in the north, or spelling, mixes up: at the beginning of a syllable and at its end. */
const STARTS = [
  ["n", "l"],
  ["s", "x"],
  ["tr", "ch"],
  ["d", "gi", "r"],
  ["ng", "ngh"],
  ["g", "gh"],
  ["c", "k", "q"],
];
const ENDS = [
  ["n", "ng", "nh"],
  ["t", "c", "ch"],
  ["i", "y"],
];

/** Words that sound alike to many, by what is written instead of what. */
export function alike(word: string): string[] {
  const found = new Set<string>();
  // Longest first: `ngh` is not `n` and `gh`.
  const consonants = /^[^aeiouy]*(?:(?<=g)i(?=[aeouy]))?/.exec(bare(word))![0];
  for (const group of STARTS)
    if (group.includes(consonants))
      for (const other of group)
        found.add(other + word.slice(consonants.length));
  const end = /(?:[^aeiouy]+|[iy])$/.exec(bare(word))?.[0] ?? "";
  for (const group of ENDS)
    if (end && group.includes(end))
      for (const other of group) found.add(word.slice(0, -end.length) + other);
  found.delete(word);
  return [...found];
}

/**
 * How many letters have to be added, taken away, changed or exchanged with their neighbour.
 *
 * @returns the number, or more than `most` when it is more
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

export const COST = {
  keystrokes: 0.5,
  alike: 1.5,
  wrong: 2.5,
  wrongTwice: 5,
  parted: 1.5,
  unknown: 9,
  /** Added where what was typed is a word. */
  known: 1.5,
};
/** Two letters may be wrong in a word of this many. */
const LONG = 5;
/** The most readings that a word gets. */
const MOST_READINGS = 100;

/** What a word may stand for, itself first. */
function readingsOf(term: Term, lexicon: Lexicon): Reading[] {
  const { typed, word } = term;
  const isKnown = lexicon.has(word) || /\d/.test(word);
  const readings: Reading[] = [
    { terms: [term], cost: isKnown ? 0 : COST.unknown },
  ];
  const push = (terms: Term[], cost: number) =>
    readings.push({ terms, cost: cost + (isKnown ? COST.known : 0) });
  const add = (written: string, cost: number) => {
    const reading = termOf(written);
    if (lexicon.has(reading.word)) push([reading], cost);
  };
  const meant = keystrokes(typed);
  if (meant) add(meant, COST.keystrokes);
  if (/\d/.test(word)) return readings;
  for (const other of alike(typed)) add(other, COST.alike);
  for (const { terms, cost } of misspelt(term, lexicon)) push(terms, cost);
  if (word.length > 3)
    for (const terms of apart(word, lexicon)) push(terms, COST.parted);
  return readings.sort((a, b) => a.cost - b.cost).slice(0, MOST_READINGS);
}

function misspelt({ typed, word }: Term, lexicon: Lexicon): Reading[] {
  const marks = typed.normalize("NFD").replace(/\P{M}/gu, "");
  return lexicon.syllables
    .flatMap((syllable): Reading[] => {
      const most = Math.max(word.length, syllable.length) >= LONG ? 2 : 1;
      const far = distance(word, syllable, most);
      if (far === 0 || far > most) return [];
      const common = lexicon.common(syllable);
      // The first letter is seldom wrong, and a word is more often meant when it is common.
      const cost =
        (far > 1 ? COST.wrongTwice : COST.wrong) +
        (syllable[0] === word[0] ? 0 : 0.5) -
        common / 20;
      return [{ terms: [{ typed: syllable, word: syllable, marks }], cost }];
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST_READINGS);
}

/** How many ways of parting letters are followed at a time. */
const WAYS = 6;

/** Ways to read letters without spaces as syllables, likeliest first: `nongthonmoi`. */
export function apart(letters: string, lexicon: Lexicon): Term[][] {
  type Way = { syllables: string[]; score: number };
  const ways: Way[][] = [[{ syllables: [], score: 0 }]];
  for (let end = 1; end <= letters.length; end++) {
    const here: Way[] = [];
    for (let from = Math.max(0, end - 7); from < end; from++) {
      const syllable = letters.slice(from, end);
      if (!lexicon.has(syllable)) continue;
      for (const { syllables, score } of ways[from]!)
        here.push({
          syllables: [...syllables, syllable],
          score: score + likelihood(syllables.at(-1), syllable, lexicon),
        });
    }
    ways.push(here.sort((a, b) => b.score - a.score).slice(0, WAYS));
  }
  return ways
    .at(-1)!
    .filter(({ syllables }) => syllables.length > 1)
    .map(({ syllables }) =>
      syllables.map((syllable) => ({ typed: syllable, word: syllable })),
    );
}

/** How likely a syllable is after another. */
export const likelihood = (
  before: string | undefined,
  syllable: string,
  lexicon: Lexicon,
): number => {
  const pair = before === undefined ? 0 : lexicon.pair(before, syllable);
  const follows = pair > 0 ? 1 + pair * 0.35 : -1.5;
  return (before === undefined ? 0 : follows) + lexicon.common(syllable) * 0.05;
};

/** How many readings of a whole query are followed at a time. */
const BEAM = 24;

/**
 * The likeliest readings of a whole query: each word's readings, held together by which syllables follow each
 * other in the stories.
 *
 * @returns rows of words, best first; the row as it was typed may be among them
 */
export function rowsOf(terms: readonly Term[], lexicon: Lexicon): Reading[] {
  type Way = Reading & { score: number };
  let rows: Way[] = [{ terms: [], cost: 0, score: 0 }];
  for (const term of terms) {
    const readings = readingsOf(term, lexicon);
    rows = rows
      .flatMap((row) =>
        readings.map((reading) => {
          let score = row.score - reading.cost;
          let before = row.terms.at(-1)?.word;
          for (const { word } of reading.terms) {
            score += likelihood(before, word, lexicon);
            before = word;
          }
          return {
            terms: [...row.terms, ...reading.terms],
            cost: row.cost + reading.cost,
            score,
          };
        }),
      )
      .sort((a, b) => b.score - a.score)
      .slice(0, BEAM);
  }
  return rows;
}
