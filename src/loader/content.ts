/** The content folder, read whole: every entry that may be published, and everything that is wrong. */
import { statSync } from "node:fs";
import path from "node:path";
import {
  PRESS_PAGE,
  RESERVED_ADDRESSES,
  RESERVED_SLUG,
} from "../schema/kinds.ts";
import { error, type Problem } from "../schema/problem.ts";
import { hasBody, pruneBodies, saveBody } from "./bodies.ts";
import { openCache } from "./cache.ts";
import { sha256 } from "./digest.ts";
import {
  readEntry,
  type Entry,
  type HeldEntry,
  type ReadEntry,
} from "./entry.ts";
import { checkName, listFiles, readSource, type EntryFile } from "./files.ts";
import { checkRelations } from "./relations.ts";
import type { Settings } from "./settings.ts";

/** Every entry as its own file makes it, before entries are held against one another. */
export interface Reading {
  /** Entries without an error of their own, in the order of their files. */
  entries: Entry[];
  /** The others, as far as they can be read. */
  held: HeldEntry[];
  /** Everything found, errors and warnings, in no particular order. */
  problems: Problem[];
  /** How many entries were read anew; the others were known from the last time. */
  read: number;
}

export interface Content extends Reading {
  /** What whoever runs the program should know of the cache. */
  notice?: string;
}

/** What reading an entry gave, found again by all that it was made from. */
export interface Shelf {
  get(file: string, key: string): ReadEntry | undefined;
  set(file: string, key: string, read: ReadEntry & { html?: string }): void;
}

/**
 * Reads, checks and compiles the content folder. An entry with an error is left out with its reason;
 * it stops no other.
 *
 * @param keep whether the cache is brought up to what was read; who only looks leaves it to the builds
 * @returns the entries that may be published; the others, held back; everything that is wrong
 * @throws when there is no content folder
 */
export async function loadContent(
  settings: Pick<Settings, "contentDir" | "cacheDir" | "base">,
  { keep = true } = {},
): Promise<Content> {
  const { cacheDir, base } = settings;
  const cache = openCache(cacheDir, base);
  const reading = await readAll(settings, {
    get: (file, key) => {
      const known = cache.get(file, key);
      return known && !isBodyLost(known, cacheDir) ? known : undefined;
    },
    set: (file, key, { html, ...fresh }) => {
      if (keep && html !== undefined && fresh.entry?.body)
        saveBody(cacheDir, fresh.entry.body.digest, html);
      cache.set(file, key, fresh);
    },
  });
  if (keep && cache.save())
    pruneBodies(
      cacheDir,
      new Set(
        reading.entries.flatMap(({ body }) => (body ? [body.digest] : [])),
      ),
    );
  const related = checkRelations(reading.entries, reading.held);
  const kept = new Set(related.entries);
  return {
    entries: related.entries,
    held: [
      ...reading.held,
      ...reading.entries.filter((entry) => !kept.has(entry)),
    ],
    problems: [...reading.problems, ...related.problems],
    read: reading.read,
    ...(cache.notice ? { notice: cache.notice } : {}),
  };
}

/**
 * Reads and checks every entry by itself.
 *
 * @param shelf where what is known of unchanged files lies
 * @throws when there is no content folder
 */
export async function readAll(
  settings: Pick<Settings, "contentDir" | "cacheDir" | "base">,
  shelf: Shelf,
): Promise<Reading> {
  const { contentDir } = settings;
  const files = listFiles(contentDir);
  const reading: Reading = {
    entries: [],
    held: [],
    problems: [...files.problems],
    read: 0,
  };
  const resultOf = async (
    source: EntryFile,
    bytes: Uint8Array,
  ): Promise<ReadEntry> => {
    const key = keyOf(source, contentDir, bytes);
    const known = shelf.get(source.file, key);
    if (known) return known;
    const fresh = await readEntry(source, bytes, settings);
    shelf.set(source.file, key, fresh);
    reading.read++;
    return fresh;
  };
  for (const source of files.entries) {
    const named = checkName(source, (id) => isReserved(source, id));
    const { bytes, finding } = readSource(path.join(contentDir, source.file));
    const result = bytes
      ? await resultOf(source, bytes)
      : { findings: [finding] };
    reading.problems.push(
      ...named,
      ...result.findings.map((finding) => ({ file: source.file, ...finding })),
    );
    if (result.entry && named.length === 0) reading.entries.push(result.entry);
    else reading.held.push(result.entry ?? result.held ?? unknown(source));
  }
  if (!files.entries.some(({ kind }) => kind === "site"))
    reading.problems.push({ file: "site.yaml", ...NO_SITE });
  return reading;
}

const NO_SITE = error(
  "no-site",
  "chưa có thông tin trang",
  "Tạo tệp site.yaml với tên trang, dòng giới thiệu, mô tả và tỉnh.",
);

/** An entry of which nothing can be read: it is there all the same. */
const unknown = ({ kind, id, file }: EntryFile): HeldEntry => ({
  kind,
  id,
  file,
  data: {} as HeldEntry["data"],
  references: [],
  links: [],
});

const isBodyLost = ({ entry }: ReadEntry, cacheDir: string): boolean =>
  entry?.body !== undefined && !hasBody(cacheDir, entry.body.digest);

/** Whether an address belongs to the site itself. */
export const isReserved = (
  { kind }: Pick<EntryFile, "kind">,
  id: string,
): boolean =>
  RESERVED_SLUG.test(id) ||
  (kind === "pages" && id !== PRESS_PAGE && RESERVED_ADDRESSES.includes(id));

/**
 * Stands for everything an entry is made from: its own bytes, and size and times of what lies beside it
 * (pictures are large; their bytes are read only when these change).
 */
function keyOf(
  source: EntryFile,
  contentDir: string,
  bytes: Uint8Array,
): string {
  const folder = path.join(contentDir, path.dirname(source.file));
  const beside = source.beside.map((name) => {
    const status = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return [name, status?.size, status?.mtimeMs, status?.ctimeMs, status?.ino];
  });
  return sha256(
    sha256(bytes) + JSON.stringify([source.kind, source.id, beside]),
  );
}

export type { Entry, ReadEntry };
