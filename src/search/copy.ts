/** The copy of a story's page that is indexed: its article alone, folded, with what a result shows. */
import { escapeHtml } from "../blocks/html.ts";
import { fold, withWordsApart } from "./fold.ts";
import type { SearchRecord } from "./record.ts";

/**
 * Makes the copy of a page that Pagefind reads.
 *
 * @param html the built page
 * @param record what a result shows of it
 * @throws when the page has no whole article marked `data-pagefind-body`
 */
export function searchCopy(html: string, record: SearchRecord): string {
  const inside = articleOf(html, record.path);
  const { path: _path, day: _day, filters, ...shown } = record;
  const meta = Object.entries({
    ...shown,
    // Else Pagefind takes the first picture's file name for words of the story.
    image: "",
    image_alt: "",
  });
  // One element each: Pagefind takes all that follows an inline value's colon, commas too, for the value.
  return [
    `<html lang="vi"><body>`,
    ...meta.map(([name, value]) =>
      holding("meta", name, withWordsApart(fold(value))),
    ),
    ...filters.map(([name, value]) => holding("filter", name, value)),
    `<article data-pagefind-body>${parted(fold(inside))}</article></body></html>`,
  ].join("");
}

/** Where Pagefind sees no end of a word: it reads `<dt>Nhà</dt><dd>31</dd>` as «Nhà31». */
const END = /^<(?:br\b|\/(?:dt|dd|cite|summary)>)/;

const parted = (html: string): string =>
  html.replace(/<[^>]*>|[^<]+/g, (piece) =>
    piece.startsWith("<") ? piece.replace(END, " $&") : withWordsApart(piece),
  );

const holding = (what: string, name: string, value: string): string =>
  `<meta data-pagefind-${what}="${name}[content]" content="${escapeHtml(value)}">`;

/**
 * The article that is marked to be indexed, up to its own end: it may hold others.
 *
 * @throws when there is none, or no end of it
 */
export function articleOf(html: string, path: string): string {
  const start = /<article\b[^>]*\bdata-pagefind-body\b[^>]*>/.exec(html);
  if (start) {
    const from = start.index + start[0].length;
    const tags = /<(\/?)article\b/g;
    tags.lastIndex = from;
    let depth = 1;
    for (let tag; (tag = tags.exec(html));) {
      depth += tag[1] ? -1 : 1;
      if (depth === 0) return html.slice(from, tag.index);
    }
  }
  throw new Error(`The page ${path} has no article with data-pagefind-body`);
}
