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

/** The first line of the file; each line after it is one `Stored` entry. */
interface Head {
  version: string;
  /** Of the lines after: what somebody else changed is not taken for what was read. */
  digest: string;
}
type Stored = [file: string, key: string, read: ReadEntry];

/** An entry as it was stored, with its line: what stays as it was is not put into words again. */
interface Known {
  key: string;
  read: ReadEntry;
  line: string;
}

/** In the cache's folder. */
export const ENTRIES_FILE = "entries.jsonl";

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
  const file = path.join(cacheDir, ENTRIES_FILE);
  const version = `${pipelineVersion()} ${scope}`;
  const { entries, notice } = load(file, version);
  const kept = new Map<string, string>();
  let changed = notice !== undefined;
  return {
    ...(notice ? { notice } : {}),
    get(name, key) {
      const found = entries.get(name);
      if (found?.key !== key) return undefined;
      kept.set(name, found.line);
      return found.read;
    },
    set(name, key, read) {
      kept.set(name, JSON.stringify([name, key, read] satisfies Stored));
      changed = true;
    },
    save() {
      const same = !changed && kept.size === entries.size;
      if (!same) {
        const text = [...kept.values()].join("\n");
        const head: Head = { version, digest: sha256(text) };
        writeWhole(file, `${JSON.stringify(head)}\n${text}`);
      }
      return !same;
    },
  };
}

function load(
  file: string,
  version: string,
): { entries: ReadonlyMap<string, Known>; notice?: string } {
  const entries = new Map<string, Known>();
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return { entries };
  }
  try {
    const end = bytes.indexOf("\n");
    const head = JSON.parse(bytes.toString("utf8", 0, end)) as Head;
    const rest = bytes.subarray(end + 1);
    if (sha256(rest) !== head.digest) throw new TypeError("changed entries");
    if (head.version !== version)
      return {
        entries,
        notice:
          "Bộ nhớ đệm do phiên bản khác tạo ra: đọc lại toàn bộ nội dung.",
      };
    for (const line of rest.toString("utf8").split("\n").filter(Boolean)) {
      const [name, key, read] = JSON.parse(line) as Stored;
      entries.set(name, { key, read, line });
    }
    return { entries };
  } catch {
    return {
      entries: new Map(),
      notice: "Bộ nhớ đệm bị hỏng: đọc lại toàn bộ nội dung.",
    };
  }
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(file: string, content: string | Uint8Array): void {
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
