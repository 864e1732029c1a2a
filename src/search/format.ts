/** What stands in the files of a Pagefind 1.6 index, for who reads them and who writes them. */

/** Every file begins so, once it is uncompressed. */
export const SIGNATURE: Uint8Array = new TextEncoder().encode("pagefind_dcd");

/**
 * A file's content behind the signature.
 *
 * @throws when it is no file of Pagefind's
 */
export function bodyOf(bytes: Uint8Array): Uint8Array {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte))
    throw new Error("This is no file of a Pagefind index");
  return bytes.subarray(SIGNATURE.length);
}

/**
 * Where a word stands on a page: how many pages on from the page before it; its places in the text, counted
 * in words; its places in the metadata. Among a text's places a negative number is the weight of those that
 * follow it, among metadata's the field they are in, counted from -1.
 */
export type PageSpots = [distance: number, text: number[], metadata: number[]];

/** A word without marks: the pages that write it so, and those that write it with marks, form by form. */
export type WordEntry = [
  word: string,
  pages: PageSpots[],
  forms: [form: string, pages: PageSpots[]][],
];

/** The first and the last word of a piece of the index, and its name. */
export type ChunkRange = [from: string, to: string, name: string];

export type IndexMeta = [
  version: string,
  pages: [name: string, words: number, group: string][],
  chunks: ChunkRange[],
  filters: unknown[],
  sorts: unknown[],
  fields: string[],
];

/** The metadata that is searched. The rest is only shown, or says what every other story says as well. */
export const SEARCHED = ["title", "names", "place", "former", "topics", "date"];

/** A page as it is shown. */
export interface Fragment {
  url: string;
  content: string;
  word_count: number;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
}
