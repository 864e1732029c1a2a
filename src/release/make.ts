/**
 * Makes a release of a built folder. What is as it was in the release before is that release's file under a second
 * name, with what was compressed of it; so a release costs the disk and the clock what changed.
 */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  utimesSync,
} from "node:fs";
import path from "node:path";
import { filesIn } from "../build/mirror.ts";
import type { Stamps } from "../build/sweep.ts";
import { COMPRESSED, writeCompressed } from "../hosting/compress.ts";
import { linkOrCopy } from "./passing.ts";

/** What a release has, against the one before. */
export interface Made {
  /** Its files, without compressed ones, with their sizes and times. */
  files: ReadonlyMap<string, string>;
  /** Those that are new or have changed. */
  changed: readonly string[];
  /** Files of the release before that it lacks, compressed ones too. */
  gone: readonly string[];
}

/**
 * Fills a new folder with a built site.
 *
 * @param from absolute path of the built site
 * @param to absolute path of the release's folder, which is not there yet
 * @param before absolute path of the release before, whose files are not touched
 * @param known what the built site's files were when that one was made of them
 */
export function makeRelease(
  from: string,
  to: string,
  before?: string,
  known: Stamps = {},
): Made {
  const built = filesIn(from);
  const old: ReadonlyMap<string, string> =
    before && existsSync(before) ? filesIn(before) : new Map();
  const isSame = ([file, stamp]: [string, string]): boolean =>
    (known[file] === stamp && old.has(file)) ||
    old.get(file) === stamp ||
    (sizeOf(old.get(file)) === sizeOf(stamp) &&
      readFileSync(path.join(from, file)).equals(
        readFileSync(path.join(before!, file)),
      ));
  // Some of what is built comes compressed already.
  const beside = (file: string): string[] =>
    COMPRESSED.map((ending) => file + ending).filter(
      (name) => !built.has(name),
    );
  const folders = new Set<string>();
  const changed: string[] = [];
  const laid = new Set<string>();
  for (const item of built) {
    const [file] = item;
    const folder = path.dirname(path.join(to, file));
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    if (!isSame(item)) {
      copyWithTime(path.join(from, file), path.join(to, file), item[1]);
      changed.push(file);
      continue;
    }
    for (const name of [file, ...beside(file)])
      if (old.has(name)) {
        linkOrCopy(path.join(before!, name), path.join(to, name));
        laid.add(name);
      }
  }
  for (const file of changed)
    if (beside(file).length > 0) writeCompressed(path.join(to, file));
  const gone = [...old.keys()].filter(
    (file) => !laid.has(file) && !existsSync(path.join(to, file)),
  );
  return { files: built, changed, gone };
}

const sizeOf = (stamp: string | undefined): string | undefined =>
  stamp?.split(" ")[0];

function copyWithTime(from: string, to: string, stamp: string): void {
  // Where the disk can, a copy shares its blocks until one of the two is written to.
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  utimesSync(to, new Date(), new Date(Number(stamp.split(" ")[1])));
}
