/** The words around what was found. */
import { bare } from "../schema/slug.ts";
import { LEFT_OUT, likeness, unfold } from "./fold.ts";
import type { Fragment } from "./format.ts";
import { indexWord } from "./index.ts";
import type { Term, Tier } from "./rank.ts";

export interface ExcerptPart {
  text: string;
  /** Whether it is what was looked for. */
  marked: boolean;
}

/** How many words an excerpt has, and how many of them stand before what was found. */
const LENGTH = 32;
const BEFORE = 8;

/**
 * The part of a story's text that shows best why it was found.
 *
 * @param terms the row of words that found it; none for the story's beginning
 * @param tier how they found it: of a phrase nothing is marked but the phrase
 */
export function excerptOf(
  { content, meta }: Fragment,
  terms: readonly Term[],
  tier: Tier,
): { excerpt: ExcerptPart[]; phrase?: string } {
  const words = content.split(/\s+/);
  const marks = new Set(
    tier === "phrase" ? phraseAt(words, terms) : termsAt(words, terms),
  );
  const body = endOfTitle(words, meta.title ?? "");
  const inBody = [...marks].filter((at) => at >= body);
  const first = densest(inBody) ?? body;
  const from = Math.max(
    Math.min(body, first),
    Math.min(first - BEFORE, words.length - LENGTH),
  );
  const phrase = inBody[0] ?? [...marks][0];
  return {
    excerpt: partsOf(words, marks, from, from + LENGTH),
    ...(tier === "phrase" && phrase !== undefined
      ? { phrase: shown(words.slice(phrase, phrase + terms.length)) }
      : {}),
  };
}

/** Where the title ends that the text begins with, behind what may stand over it. */
function endOfTitle(words: readonly string[], title: string): number {
  const wanted = title.split(/\s+/).map(indexWord);
  const start = words.findIndex((_, at) =>
    wanted.every((word, index) => indexWord(words[at + index] ?? "") === word),
  );
  return start < 0 ? 0 : start + wanted.length;
}

const isTerm = (word: string, { word: own, isOpen }: Term): boolean =>
  isOpen
    ? indexWord(word).startsWith(own)
    : indexWord(word) === own ||
      (/\d/.test(own) &&
        bare(word)
          .split(/[^a-z0-9]+/)
          .includes(own));

/** The places of all words of all places where the words stand in a row. */
function* phraseAt(words: readonly string[], terms: readonly Term[]) {
  const row = terms.filter(({ isPart }) => !isPart);
  if (row.length === 0) return;
  for (let at = 0; at + row.length <= words.length; at++)
    if (row.every((term, index) => isTerm(words[at + index]!, term)))
      for (let index = 0; index < row.length; index++) yield at + index;
}

/** The places of all words that are looked for; of marks that were typed, only forms they go with. */
function* termsAt(words: readonly string[], terms: readonly Term[]) {
  for (const [at, word] of words.entries()) {
    const form = word.replace(/[^\p{L}\p{M}\p{N}]/gu, "").toLowerCase();
    const isFound = terms.some(
      (term) =>
        isTerm(word, term) &&
        (term.typed === term.word || likeness(term.typed, form) >= LEFT_OUT),
    );
    if (isFound) yield at;
  }
}

/** The place from which most others are within an excerpt's length. */
function densest(places: readonly number[]): number | undefined {
  let best: number | undefined;
  let most = 0;
  places.forEach((at, index) => {
    let count = index;
    while (places[count]! < at + LENGTH - BEFORE) count++;
    if (count - index <= most) return;
    most = count - index;
    best = at;
  });
  return best;
}

/** Words without what stands between them. */
const shown = (words: readonly string[]): string =>
  unfold(words.join(" "))
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean)
    .join(" ");

/** Punctuation around a word is not what was looked for. */
const WORD = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;

function partsOf(
  words: readonly string[],
  marks: ReadonlySet<number>,
  from: number,
  to: number,
): ExcerptPart[] {
  const parts: ExcerptPart[] = [];
  const add = (text: string, marked: boolean) => {
    const last = parts.at(-1);
    if (!text) return;
    if (last?.marked === marked) last.text += text;
    else parts.push({ text, marked });
  };
  if (from > 0) add("… ", false);
  words.slice(from, to).forEach((word, index) => {
    const at = from + index;
    // The space between two marked words belongs to them.
    if (index > 0) add(" ", marks.has(at) && marks.has(at - 1));
    const [, before, inside, after] = WORD.exec(word)!;
    add(before!, false);
    add(inside!, marks.has(at));
    add(after!, marks.has(at) && marks.has(at + 1));
  });
  if (to < words.length) add(" …", false);
  return parts.map(({ text, marked }) => ({ text: unfold(text), marked }));
}
