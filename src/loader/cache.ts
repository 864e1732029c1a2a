/**
 * What reading an entry gave, kept between runs: found again by the bytes it was read from and by the code
 * that read it. A cache that is broken, or was made by other code, is thrown away and said to be.
 */
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord } from "../schema/field.ts";
import { sha256 } from "./digest.ts";
import type { ReadEntry } from "./entry.ts";

/** Folders whose code decides what becomes of an entry. */
const PIPELINE = ["schema", "blocks", "mdx", "judge", "loader", "media"];

/** Stands for the code of the pipeline: any change to it makes every cached entry be read anew. */
export function pipelineVersion(): string {
  const src = fileURLToPath(new URL("../", import.meta.url));
  const files = PIPELINE.flatMap((folder) =>
    readdirSync(path.join(src, folder), { withFileTypes: true })
      .filter((item) => item.isFile() && item.name.endsWith(".ts"))
      .map(({ name }) => path.join(src, folder, name)),
  ).sort();
  return sha256(
    files.map((file) => sha256(readFileSync(file))).join() + process.version,
  );
}

interface Stored {
  version: string;
  /** Of the entries: what somebody else changed is not taken for what was read. */
  digest: string;
  entries: Record<string, { key: string; read: ReadEntry }>;
}

export interface EntryCache {
  /** Set when there was a cache that could not be used, to be told to whoever runs the program. */
  notice?: string;
  get(file: string, key: string): ReadEntry | undefined;
  set(file: string, key: string, read: ReadEntry): void;
  /** Writes what was asked for or set since opening; everything else is forgotten. Tells whether anything had changed. */
  save(): boolean;
}

/**
 * Opens the cache of read entries.
 *
 * @param cacheDir absolute path; made when missing
 * @param scope what, beside the files and the code, decides the result (the base path)
 */
export function openCache(cacheDir: string, scope: string): EntryCache {
  const file = path.join(cacheDir, "entries.json");
  const version = `${pipelineVersion()} ${scope}`;
  const { entries, notice } = load(file, version);
  const kept: Stored["entries"] = {};
  let changed = notice !== undefined;
  return {
    ...(notice ? { notice } : {}),
    get(name, key) {
      const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
      if (found?.key !== key) return undefined;
      kept[name] = found;
      return found.read;
    },
    set(name, key, read) {
      kept[name] = { key, read };
      changed = true;
    },
    save() {
      const same =
        !changed && Object.keys(kept).length === Object.keys(entries).length;
      if (!same)
        writeWhole(
          file,
          JSON.stringify({
            version,
            digest: digestOf(kept),
            entries: kept,
          } satisfies Stored),
        );
      return !same;
    },
  };
}

const digestOf = (entries: Stored["entries"]): string =>
  sha256(JSON.stringify(entries));

function load(
  file: string,
  version: string,
): { entries: Stored["entries"]; notice?: string } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { entries: {} };
  }
  try {
    const stored = JSON.parse(text) as Stored;
    if (!isRecord(stored.entries)) throw new TypeError("no entries");
    if (digestOf(stored.entries) !== stored.digest)
      throw new TypeError("changed entries");
    if (stored.version === version) return { entries: stored.entries };
    return {
      entries: {},
      notice: "Bộ nhớ đệm do phiên bản khác tạo ra: đọc lại toàn bộ nội dung.",
    };
  } catch {
    return {
      entries: {},
      notice: "Bộ nhớ đệm bị hỏng: đọc lại toàn bộ nội dung.",
    };
  }
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
}
