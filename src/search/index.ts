/**
 * The index as the browser reads it: Pagefind's files, each fetched once, when it is first asked for. Nothing
 * of Pagefind itself runs here: its runtime is 80 kB, needs a policy that lets WebAssembly run, and tells of a
 * query only what all its words together give; ranking wants each word's own places.
 */
import { bare } from "../schema/slug.ts";
import { decode } from "./cbor.ts";
import type { Facets } from "./facets.ts";
import {
  bodyOf,
  type Fragment,
  type IndexMeta,
  type PageSpots,
  type WordEntry,
} from "./format.ts";
import { Lexicon, type LexiconFile } from "./lexicon.ts";
import type { Place, Synonym } from "./terms.ts";

/** Which files belong together. Every one is named by what is in it. */
export interface Manifest {
  index: string;
  lexicon: string;
  followers: string;
  facets: string;
  places: string;
}

/**
 * Gives the bytes of a file of the index.
 *
 * @throws when it is not there, or cannot be had now
 */
export type Fetch = (name: string) => Promise<Uint8Array>;

/** Where a word stands, story by story. */
export interface Posting {
  /** The ways it is written. */
  forms: readonly string[];
  /** For every story its places in order, as `placeOf` makes them. */
  stories: ReadonlyMap<number, readonly number[]>;
}

/** The name of field 0. */
export const TEXT = "text";

const FORMS = 64;
const PLACES = 2 ** 20;

/** The number that stands for the place of a word: its field (0 is the text), its number there, its form. */
export const placeOf = (field: number, at: number, form: number): number =>
  (field * PLACES + at) * FORMS + form;

/** Where a place is: places of neighbours in one field differ by 1. */
export const spotOf = (place: number): number => Math.floor(place / FORMS);
/** The word's number in its field. */
export const atOf = (place: number): number => spotOf(place) % PLACES;
export const fieldOf = (place: number): number =>
  Math.floor(place / (FORMS * PLACES));
export const formOf = (place: number): number => place % FORMS;

/** An index that is open. */
export interface Index {
  /** How many stories there are. A later story has a higher number. */
  size: number;
  /** The names of fields, by number. */
  fields: readonly string[];
  lexicon: Lexicon;
  synonyms: readonly Synonym[];
  /** Where a word stands, whatever its marks. */
  posting(word: string): Promise<Posting>;
  story(number: number): Promise<Fragment>;
  /** Teaches the lexicon which syllables follow which. */
  learn(): Promise<void>;
  facets(): Promise<Facets>;
  places(): Promise<Place[]>;
}

/** Opens the index that a manifest tells of. */
export async function openIndex(
  fetch: Fetch,
  manifest: Manifest,
): Promise<Index> {
  const json = async <T>(name: string): Promise<T> =>
    JSON.parse(new TextDecoder().decode(await gunzip(await fetch(name)))) as T;
  const pagefind = async (name: string): Promise<Uint8Array> =>
    bodyOf(await gunzip(await fetch(name)));
  const [meta, lexiconFile] = await Promise.all([
    pagefind(manifest.index),
    json<LexiconFile & { synonyms: Synonym[] }>(manifest.lexicon),
  ]);
  const [, pages, chunks, , , fields] = decode(meta) as unknown as IndexMeta;
  const lexicon = new Lexicon(lexiconFile);
  const chunk = once(async (name) => {
    const bytes = await pagefind(`index/${name}.pf_index`);
    const [words] = decode(bytes) as unknown as [WordEntry[]];
    return new Map(words.map((word) => [word[0], word]));
  });
  const own = once(async (what: "followers" | "facets" | "places") =>
    what === "followers"
      ? lexicon.learn(await gunzip(await fetch(manifest[what])))
      : json(manifest[what]),
  );
  return {
    size: pages.length,
    fields: [TEXT, ...fields],
    lexicon,
    synonyms: lexiconFile.synonyms,
    posting: once(async (word) => {
      const range = chunks.find(([from, to]) => from <= word && word <= to);
      const entry = range && (await chunk(range[2])).get(word);
      return entry ? postingOf(entry) : { forms: [], stories: new Map() };
    }),
    story: once(async (number) => {
      const bytes = await pagefind(`fragment/${pages[number]![0]}.pf_fragment`);
      return JSON.parse(new TextDecoder().decode(bytes)) as Fragment;
    }),
    learn: () => own("followers") as Promise<void>,
    facets: () => own("facets") as Promise<Facets>,
    places: () => own("places") as Promise<Place[]>,
  };
}

/** Remembers what was asked for; what failed may be asked for again. */
function once<Key, Value>(
  get: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const found =
      known.get(key) ??
      get(key).catch((thrown: unknown) => {
        known.delete(key);
        throw thrown;
      });
    known.set(key, found);
    return found;
  };
}

async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function postingOf([word, plain, written]: WordEntry): Posting {
  const stories = new Map<number, number[]>();
  const forms = [word, ...written.map(([form]) => form)].slice(0, FORMS);
  const lists = [plain, ...written.map(([, list]) => list)];
  forms.forEach((_, form) => addPlaces(stories, lists[form]!, form));
  for (const places of stories.values()) places.sort((a, b) => a - b);
  return { forms: forms.map((form) => form.normalize("NFC")), stories };
}

function addPlaces(
  stories: Map<number, number[]>,
  pages: readonly PageSpots[],
  form: number,
): void {
  let story = 0;
  for (const [distance, text, metadata] of pages) {
    story += distance;
    let places = stories.get(story);
    if (!places) stories.set(story, (places = []));
    // A negative number in the text is a weight, and says nothing of where.
    let at = 0;
    for (const step of text)
      if (step < 0) at = 0;
      else places.push(placeOf(0, (at += step), form));
    let field = 0;
    for (const step of metadata)
      if (step < 0) [field, at] = [-step, 0];
      else places.push(placeOf(field, (at += step), form));
  }
}

/** A word as the index's words are written: no marks, small letters and digits alone. */
export const indexWord = (word: string): string =>
  bare(word).replace(/[^\p{L}\p{N}]/gu, "");
