/**
 * Pagefind's bundle, as files: taken apart, several joined to one, cut into smaller pieces.
 *
 * Pagefind can neither change a part of an index nor choose how large its pieces are. Both are done here, on
 * what Pagefind 1.6 writes; the result is a bundle that Pagefind's own runtime reads as well, which
 * tests/browser/search.test.ts holds it to.
 */
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { close, createIndex } from "pagefind";
import { decode, encode } from "../search/cbor.ts";
import {
  bodyOf,
  SEARCHED,
  SIGNATURE,
  type ChunkRange,
  type Fragment,
  type IndexMeta,
  type PageSpots,
  type WordEntry,
} from "../search/format.ts";

/** One file of a bundle, by its path in it. */
interface BundleFile {
  path: string;
  content: Uint8Array;
}

/** A file that is to be written. Making its bytes takes longer than anything else here. */
export interface Unpacked {
  path: string;
  /** Whether the path tells what is in it. */
  isNamedByContent: boolean;
  pack(): Uint8Array;
}

/** What is indexed of a page. */
export interface Copy {
  url: string;
  content: string;
}

/** An index of some pages, taken apart. Pages are counted in the order they were given in. */
export interface Shard {
  /** Names of metadata, in the order that the words' places refer to them. */
  fields: string[];
  fragments: Fragment[];
  words: WordEntry[];
}

/**
 * Has Pagefind index some pages.
 *
 * @param copies in the order they shall be counted in
 * @throws when Pagefind fails, or writes otherwise than the version this was written for
 */
export async function indexed(copies: readonly Copy[]): Promise<Shard> {
  try {
    const { index, errors } = await createIndex({ forceLanguage: "vi" });
    if (!index) throw new Error(`Pagefind: ${errors.join(", ")}`);
    for (const copy of copies) failOn((await index.addHTMLFile(copy)).errors);
    const { errors: failed, files } = await index.getFiles();
    failOn(failed);
    return takenApart(files, copies);
  } finally {
    await close();
  }
}

function failOn(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`Pagefind: ${errors.join(", ")}`);
}

function takenApart(
  files: readonly BundleFile[],
  copies: readonly Copy[],
): Shard {
  const inside = (suffix: string) =>
    files
      .filter(({ path }) => path.endsWith(suffix))
      .map(({ content }) => bodyOf(gunzipSync(content)));
  const [meta] = inside(".pf_meta");
  if (!meta) throw new Error("Pagefind wrote no metadata");
  const [, pages, , , , fields] = decode(meta) as unknown as IndexMeta;
  const fragments = new Map(
    inside(".pf_fragment").map((bytes) => {
      const fragment = JSON.parse(new TextDecoder().decode(bytes)) as Fragment;
      return [fragment.url, fragment];
    }),
  );
  const words = inside(".pf_index")
    .flatMap((bytes) => (decode(bytes) as unknown as [WordEntry[]])[0])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const ordered = copies.map(({ url }) => {
    const fragment = fragments.get(url);
    if (!fragment) throw new Error(`Pagefind left out ${url}`);
    return fragment;
  });
  // Words refer to pages by number: that of the order they were given in.
  ordered.forEach(({ url, word_count }, number) => {
    if (pages[number]?.[1] !== word_count)
      throw new Error(`Pagefind counts pages in another order: ${url}`);
  });
  return { fields, fragments: ordered, words };
}

/** Joins indexes: the pages of each are counted on from those before it. */
export function joined(shards: readonly Shard[]): Shard {
  const fields = [...SEARCHED].sort();
  const words = new Map<string, Joining>();
  let first = 0;
  for (const shard of shards) {
    const numbers = shard.fields.map((name) => fields.indexOf(name));
    for (const [word, pages, variants] of shard.words) {
      const known = words.get(word) ?? { plain: new Pages(), forms: new Map() };
      words.set(word, known);
      known.plain.add(pages, first, numbers);
      for (const [form, formPages] of variants) {
        if (!known.forms.has(form)) known.forms.set(form, new Pages());
        known.forms.get(form)!.add(formPages, first, numbers);
      }
    }
    first += shard.fragments.length;
  }
  return {
    fields,
    fragments: shards.flatMap((shard) => shard.fragments),
    words: [...words]
      .filter(([, { plain, forms }]) =>
        [plain, ...forms.values()].some(({ list }) => list.length > 0),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([word, { plain, forms }]): WordEntry => [
        word,
        plain.list,
        [...forms]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([form, { list }]) =>
            list.length > 0 ? [[form, list]] : [],
          ),
      ]),
  };
}

interface Joining {
  plain: Pages;
  forms: Map<string, Pages>;
}

/** A list of pages that grows: each page's number is written as the distance to the one before it. */
class Pages {
  readonly list: PageSpots[] = [];
  #last = 0;

  add(pages: PageSpots[], first: number, fields: number[]): void {
    let number = first;
    for (const [distance, body, meta] of pages) {
      number += distance;
      const kept = renumbered(meta, fields);
      if (body.length === 0 && kept.length === 0) continue;
      this.list.push([number - this.#last, body, kept]);
      this.#last = number;
    }
  }
}

/** Places in metadata under the fields' new numbers, without those in fields that have none. */
function renumbered(places: number[], fields: readonly number[]): number[] {
  let isKept = false;
  return places.flatMap((at) => {
    // A negative number says which field the places after it are in: -1 is the first.
    if (at >= 0) return isKept ? [at] : [];
    const field = fields[-1 - at]!;
    isKept = field >= 0;
    return isKept ? [-1 - field] : [];
  });
}

/** A piece of the index is closed when it has this many bytes before compression. A query fetches a piece a word. */
const PIECE = 12_000;
const VERSION = "1.6.0";

/**
 * An index as Pagefind's files, each named by what is in it.
 *
 * @returns the files, and the name that stands for all of them
 */
export function bundleOf({ fields, fragments, words }: Shard): {
  release: string;
  files: Unpacked[];
} {
  const files: Unpacked[] = [];
  const taken = new Set<string>();
  const add = (folder: string, suffix: string, bytes: Uint8Array): string => {
    const digest = createHash("sha256").update(bytes).digest("hex");
    let length = 7;
    while (taken.has(folder + digest.slice(0, length))) length++;
    taken.add(folder + digest.slice(0, length));
    const name = `vi_${digest.slice(0, length)}`;
    files.push({
      path: `${folder}${name}${suffix}`,
      isNamedByContent: true,
      pack: () => packed(Buffer.concat([SIGNATURE, bytes])),
    });
    return name;
  };
  const pages = fragments.map((fragment): [string, number, string] => [
    add("fragment/", ".pf_fragment", Buffer.from(JSON.stringify(fragment))),
    fragment.word_count,
    "",
  ]);
  const chunks = cut(words).map((piece): ChunkRange => [
    piece[0]![0],
    piece.at(-1)![0],
    add("index/", ".pf_index", encode([piece as never])),
  ]);
  const meta: IndexMeta = [VERSION, pages, chunks, [], [], fields];
  const release = add("pagefind.", ".pf_meta", encode(meta as never));
  const languages = {
    vi: { hash: release, wasm: null, page_count: pages.length },
  };
  files.push({
    path: "pagefind-entry.json",
    isNamedByContent: false,
    pack: () =>
      Buffer.from(
        JSON.stringify({ version: VERSION, languages, include_characters: [] }),
      ),
  });
  return { release, files };
}

/** Compressed: the same bytes wherever it is done. */
export function packed(bytes: Uint8Array): Uint8Array {
  const content = gzipSync(bytes, { level: 9 });
  // The byte that tells the system the file was made on.
  content[9] = 255;
  return content;
}

function cut(words: WordEntry[]): WordEntry[][] {
  const pieces: WordEntry[][] = [];
  let piece: WordEntry[] = [];
  let size = 0;
  for (const word of words) {
    const own = sizeOf(word);
    // A word that many pages have is a piece of its own: whoever asks for its neighbour need not fetch it.
    if (piece.length > 0 && size + own > PIECE) {
      pieces.push(piece);
      piece = [];
      size = 0;
    }
    piece.push(word);
    size += own;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** About how many bytes a word's entry takes. */
function sizeOf([, pages, variants]: WordEntry): number {
  const of = (list: PageSpots[]) =>
    list.reduce(
      (sum, [, body, meta]) => sum + 4 + 2 * (body.length + meta.length),
      0,
    );
  return variants.reduce((sum, [, list]) => sum + of(list), 10 + of(pages));
}
