/**
 * What the pages of the release before still ask for: a reader who opened one a moment ago gets its styles, scripts
 * and pictures though the current release has others. Only files whose address says what is in them.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
} from "node:fs";
import path from "node:path";
import { sweep } from "../build/sweep.ts";
import { headerRules, headersFor } from "../hosting/headers.ts";
import { MEDIA_FOLDER } from "../media/picture.ts";
import { currentOf, passingOf, readJson, writeJson } from "./place.ts";

/** Until when each file stays, by its path on the site. */
type Passing = Record<string, number>;

const MINUTE = 60_000;
/** Pages stay open; their code does not change what anybody may know. */
const CODE_MS = 24 * 60 * MINUTE;
/** What shows content goes soon, and at once when something was taken down. */
const CONTENT_MS = 10 * MINUTE;

const areas = headerRules({ embedHosts: [] });

/** Whether an address never means another file. */
const isLasting = (file: string): boolean =>
  /immutable/.test(headersFor(areas, `/${file}`)["cache-control"] ?? "");

/** Where such files lie: `/admin/decap-cms-*` in `admin`. */
const FOLDERS = new Set(
  areas
    .filter(({ headers }) => /immutable/.test(headers["cache-control"] ?? ""))
    .flatMap(({ at }) =>
      at.map((pattern) => pattern.slice(1, pattern.lastIndexOf("/"))),
    ),
);

/** The files of one release that another lacks and whose addresses never mean others. */
export const lastingOnlyIn = (one: string, other: string): string[] =>
  [...FOLDERS].flatMap((folder) =>
    existsSync(path.join(one, folder))
      ? readdirSync(path.join(one, folder), {
          recursive: true,
          withFileTypes: true,
        })
          .filter((item) => item.isFile())
          .map(({ parentPath, name }) =>
            path.relative(one, path.join(parentPath, name)),
          )
          .filter(
            (file) => isLasting(file) && !existsSync(path.join(other, file)),
          )
      : [],
  );

/** Pictures, and pieces of the search index. */
const isContent = (file: string): boolean =>
  file.startsWith(`${MEDIA_FOLDER}/`) || file.startsWith("pagefind/");

const listOf = (siteDir: string): string => path.join(siteDir, "passing.json");

/**
 * Keeps what a release will miss when another takes its place. To be called before the switch; `tidyPassing` after it.
 *
 * @param from absolute path of the release that readers see
 * @param gone its files that the next one lacks
 * @param takesDown whether the next one takes something down: then of content nothing stays
 */
export function keepPassing(
  siteDir: string,
  from: string,
  gone: readonly string[],
  takesDown: boolean,
): void {
  const now = Date.now();
  const before = Object.entries(readJson<Passing>(listOf(siteDir)) ?? {});
  const kept = gone
    .filter(isLasting)
    .map((file): [string, number] => [
      file,
      now + (isContent(file) ? CONTENT_MS : CODE_MS),
    ]);
  const list = [...before, ...kept].filter(
    ([file]) => !takesDown || !isContent(file),
  );
  writeJson(listOf(siteDir), Object.fromEntries(list));
  for (const [file] of list) {
    const to = path.join(passingOf(siteDir), file);
    if (existsSync(to) || !existsSync(path.join(from, file))) continue;
    mkdirSync(path.dirname(to), { recursive: true });
    linkOrCopy(path.join(from, file), to);
  }
}

/** Removes what nobody is to have any more, or has from the current release. */
export function tidyPassing(siteDir: string): void {
  const folder = passingOf(siteDir);
  const list = Object.entries(readJson<Passing>(listOf(siteDir)) ?? {});
  const now = Date.now();
  const kept = list.filter(
    ([file, until]) =>
      until > now && !existsSync(path.join(currentOf(siteDir), file)),
  );
  mkdirSync(folder, { recursive: true });
  sweep(folder, new Set(kept.map(([file]) => file)));
  if (kept.length < list.length)
    writeJson(listOf(siteDir), Object.fromEntries(kept));
}

/** Whether there is something to tidy. */
export const isUntidy = (siteDir: string): boolean =>
  Object.values(readJson<Passing>(listOf(siteDir)) ?? {}).some(
    (until) => until <= Date.now(),
  );

/** A second name of a file where the disk allows it: other disks and some file systems take no links. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (thrown) {
    if (!LINKLESS.has((thrown as NodeJS.ErrnoException).code ?? ""))
      throw thrown;
    copyFileSync(from, to);
  }
}

const LINKLESS = new Set(["EXDEV", "EPERM", "EMLINK", "ENOTSUP", "ENOSYS"]);
