/** Compiled bodies, kept apart from the fields: pages read one at a time, and memory stays small. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { sha256 } from "./digest.ts";

const folderOf = (cacheDir: string): string => path.join(cacheDir, "bodies");
const fileOf = (cacheDir: string, digest: string): string =>
  path.join(folderOf(cacheDir), `${digest}.html`);

const folders = new Set<string>();

/** Keeps a body's HTML under its digest. A write that is cut short is noticed when the body is read. */
export function saveBody(cacheDir: string, digest: string, html: string): void {
  const folder = folderOf(cacheDir);
  if (!folders.has(folder) || !existsSync(folder))
    mkdirSync(folder, { recursive: true });
  folders.add(folder);
  writeFileSync(fileOf(cacheDir, digest), html);
}

export const hasBody = (cacheDir: string, digest: string): boolean =>
  existsSync(fileOf(cacheDir, digest));

/**
 * Reads a body's HTML.
 *
 * @throws CacheError when it is not what was saved: the caller clears the cache and starts again
 */
export function readBody(cacheDir: string, digest: string): string {
  let html: string;
  try {
    html = readFileSync(fileOf(cacheDir, digest), "utf8");
  } catch (cause) {
    throw new CacheError("A compiled body is missing from the cache", {
      cause,
    });
  }
  if (sha256(html) !== digest)
    throw new CacheError("A compiled body in the cache is broken");
  return html;
}

/** Removes the bodies that no entry has any more. */
export function pruneBodies(cacheDir: string, used: ReadonlySet<string>): void {
  const folder = folderOf(cacheDir);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (!used.has(name.replace(/\.html$/, "")))
      rmSync(path.join(folder, name), { force: true });
}

/** The cache does not hold what it should. */
export class CacheError extends Error {
  override readonly name = "CacheError";
}
