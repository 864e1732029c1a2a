/** The content folder, read whole: every entry that may be published, and everything that is wrong. */
import { statSync } from "node:fs";
import path from "node:path";
import { RESERVED_ADDRESSES, RESERVED_SLUG } from "../schema/kinds.ts";
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

export interface Content {
  /** Entries without an error, in the order of their files. */
  entries: Entry[];
  /** Everything found, errors and warnings, in no particular order. */
  problems: Problem[];
  /** How many entries were read anew; the others were known from the last time. */
  read: number;
  /** What whoever runs the program should know of the cache. */
  notice?: string;
}

/**
 * Reads, checks and compiles the content folder. An entry with an error is left out with its reason;
 * it stops no other.
 *
 * @param keep whether the cache is brought up to what was read; who only looks leaves it to the builds
 * @throws when there is no content folder
 */
export async function loadContent(
  settings: Pick<Settings, "contentDir" | "cacheDir" | "base">,
  { keep = true } = {},
): Promise<Content> {
  const { contentDir, cacheDir, base } = settings;
  const files = listFiles(contentDir);
  const cache = openCache(cacheDir, base);
  const problems = [...files.problems];
  const entries: Entry[] = [];
  const held: HeldEntry[] = [];
  let read = 0;
  const resultOf = async (
    source: EntryFile,
    bytes: Uint8Array,
  ): Promise<ReadEntry> => {
    const key = keyOf(source, contentDir, bytes);
    const known = cache.get(source.file, key);
    if (known && !isBodyLost(known, cacheDir)) return known;
    const { html, ...fresh } = await readEntry(source, bytes, settings);
    if (keep && html !== undefined && fresh.entry?.body)
      saveBody(cacheDir, fresh.entry.body.digest, html);
    cache.set(source.file, key, fresh);
    read++;
    return fresh;
  };
  for (const source of files.entries) {
    const named = checkName(source, (id) => isReserved(source, id));
    const { bytes, finding } = readSource(path.join(contentDir, source.file));
    const result = bytes
      ? await resultOf(source, bytes)
      : { findings: [finding] };
    problems.push(
      ...named,
      ...result.findings.map((finding) => ({ file: source.file, ...finding })),
    );
    if (result.entry && named.length === 0) entries.push(result.entry);
    else held.push(result.entry ?? result.held ?? unknown(source));
  }
  if (!files.entries.some(({ kind }) => kind === "site"))
    problems.push({ file: "site.yaml", ...NO_SITE });
  if (keep && cache.save())
    pruneBodies(
      cacheDir,
      new Set(entries.flatMap(({ body }) => (body ? [body.digest] : []))),
    );
  const related = checkRelations(entries, held);
  return {
    entries: related.entries,
    problems: [...problems, ...related.problems],
    read,
    ...(cache.notice ? { notice: cache.notice } : {}),
  };
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
  (kind === "pages" && RESERVED_ADDRESSES.includes(id));

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
