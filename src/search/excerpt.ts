/** Excerpts as Pagefind gives them, taken apart so that nothing of the index is ever parsed as HTML. */
import { unfold } from "./fold.ts";

export interface ExcerptPart {
  text: string;
  /** Whether it is what was looked for. */
  marked: boolean;
}

/**
 * The parts of an excerpt. In it `<mark>` is Pagefind's own; a text's own angle brackets are entities.
 *
 * @param excerpt Pagefind's `excerpt`
 */
export const partsOf = (excerpt: string): ExcerptPart[] =>
  excerpt
    .split(/<mark>(.*?)<\/mark>/s)
    .map((text, index) => ({
      text: unfold(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
      marked: index % 2 === 1,
    }))
    .filter(({ text }) => text !== "");
