/** Shows a reader who comes from the search the words that were looked for. */
import { fold } from "../search/fold.ts";
import { FOUND_WORDS } from "./found.ts";

let marks: HTMLElement[] = [];

/** Marks the words that the address names now in the story, and goes to the first of them. */
export function markFound(): void {
  const words = new URLSearchParams(location.hash.slice(1)).getAll(FOUND_WORDS);
  const story = document.querySelector("[data-pagefind-body]");
  const pattern = patternOf(words);
  if (!story || !pattern) return;
  for (const mark of marks) mark.replaceWith(...mark.childNodes);
  story.normalize();
  const texts = textsIn(story);
  const whole = texts.map(({ before, node }) => before + node.data).join("");
  // As long as the text itself, letter by letter: the story is in NFC.
  const places = [...fold(whole).matchAll(pattern)].map(
    ({ index, 0: found }) => [index, index + found.length] as const,
  );
  marks = markPlaces(texts, places);
  // The heading is in sight anyway.
  const first = marks.find((mark) => !mark.closest("header")) ?? marks[0];
  first?.scrollIntoView({ block: "center" });
}

/** Matches any of the words, each by itself, whatever stands between the words of a phrase. */
function patternOf(phrases: readonly string[]): RegExp | undefined {
  const each = phrases
    .map((phrase) => fold(phrase).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .filter((words) => words.length > 0)
    .sort((one, other) => other.length - one.length)
    .map((words) => words.join("[^\\p{L}\\p{M}\\p{N}]+"));
  return each.length === 0
    ? undefined
    : new RegExp(
        `(?<![\\p{L}\\p{M}\\p{N}])(?:${each.join("|")})(?![\\p{L}\\p{M}\\p{N}])`,
        "giu",
      );
}

/** A piece of text, and what keeps it apart from the piece before it. */
interface Piece {
  node: Text;
  before: "" | "\n";
}

/** What may stand inside a line. Between all else words end. */
const INLINE =
  ":not(a, abbr, b, code, del, em, i, mark, s, span, strong, sub, sup, time, u)";

/** The texts of a story in their order; menus in it are none. */
function textsIn(story: Element): Piece[] {
  const walker = document.createTreeWalker(
    story,
    NodeFilter.SHOW_TEXT,
    (node) =>
      node.parentElement?.closest("nav, svg")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  );
  const pieces: Piece[] = [];
  let last: Element | null | undefined;
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const block = node.parentElement?.closest(INLINE);
    pieces.push({ node, before: block === last ? "" : "\n" });
    last = block;
  }
  return pieces;
}

/** Puts a mark around each piece of text between two places of all texts together. */
function markPlaces(
  texts: readonly Piece[],
  places: readonly (readonly [from: number, to: number])[],
): HTMLElement[] {
  let end = 0;
  return texts.flatMap(({ node, before }) => {
    const start = end + before.length;
    end = start + node.length;
    // From the end, so that what stands before keeps its places.
    return places
      .filter(([from, to]) => from < end && to > start)
      .reverse()
      .map(([from, to]) => {
        const piece = node.splitText(Math.max(0, from - start));
        piece.splitText(Math.min(piece.length, to - Math.max(from, start)));
        const mark = document.createElement("mark");
        piece.replaceWith(mark);
        mark.append(piece);
        return mark;
      })
      .reverse();
  });
}
