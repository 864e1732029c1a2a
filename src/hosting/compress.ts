/** What a server may send in a file's place to who can unpack it: made once, when the file is published. */
import {
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Text. All else of a site comes compressed already: pictures, fonts, archives, the pieces of the search index. */
const TEXT = new Set(
  ["css", "html", "ics", "js", "json", "svg", "txt", "xml"].map(
    (name) => `.${name}`,
  ),
);

/** A file that fits into the first packet with its headers comes no sooner for being smaller. */
const WORTH = 1024;

/** Of a page 8 % larger than the best, in a fourteenth of its time: ten thousand pages take seconds. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const WAYS = {
  ".br": (bytes: Buffer) => brotliCompressSync(bytes, BROTLI),
  ".gz": (bytes: Buffer) => gzipSync(bytes, { level: 9 }),
};

/** How the names of such files end. */
export const COMPRESSED = Object.keys(WAYS);

/**
 * Puts a `.br` and a `.gz` of the same time beside a file, where it is worth it; what lay there before goes. Never
 * writes into a file that is there: it may have another name, in an earlier release.
 */
export function writeCompressed(file: string): void {
  if (!TEXT.has(path.extname(file))) return;
  const { atime, mtime } = statSync(file);
  const bytes = readFileSync(file);
  for (const [ending, compress] of Object.entries(WAYS)) {
    rmSync(file + ending, { force: true });
    if (bytes.length < WORTH) continue;
    const smaller = compress(bytes);
    if (smaller.length >= bytes.length) continue;
    writeFileSync(file + ending, smaller);
    utimesSync(file + ending, atime, mtime);
  }
}
