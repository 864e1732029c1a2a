/** The moment in which readers are given another release, and what follows from it. */
import {
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { isRunning } from "../build/workshop.ts";
import { locked } from "./lock.ts";
import { tidyPassing } from "./passing.ts";
import {
  currentId,
  currentOf,
  draftOf,
  isId,
  namesIn,
  noteOf,
  readNote,
  readState,
  releaseIds,
  releaseOf,
  releasesOf,
  writeNote,
  type Note,
  type State,
} from "./place.ts";

/** How many releases are kept. */
const KEPT = 10;
/** A switch takes milliseconds; who waits longer waits for something else. */
const PATIENCE_MS = 10_000;

/** Does something in which nobody else may switch. */
export const switching = <Result>(
  siteDir: string,
  work: () => Result,
): Promise<Result> =>
  locked(path.join(siteDir, "switching"), PATIENCE_MS, work);

/** Shows readers a release from now on. To be called while `switching`. */
export function point(siteDir: string, id: string): void {
  const draft = `${currentOf(siteDir)}.${process.pid}.tmp`;
  rmSync(draft, { force: true });
  symlinkSync(path.join("releases", id), draft);
  renameSync(draft, currentOf(siteDir));
}

/** Whether somebody has gone back, and to what: nothing is published by itself since. */
export function heldSince(siteDir: string): State["rolledBack"] {
  const { rolledBack } = readState(siteDir);
  // Any other release has been asked for since, or the way back was never gone.
  return rolledBack?.to === currentId(siteDir) ? rolledBack : undefined;
}

/** An address of a withdrawn story that a release shows as it was. */
export function withdrawnIn(siteDir: string, id: string): string | undefined {
  const notices = new Set(readNote(siteDir, id)?.withdrawn);
  return readState(siteDir).withdrawn?.find(
    (address) =>
      !notices.has(address) &&
      existsSync(path.join(releaseOf(siteDir, id), address, "index.html")),
  );
}

/** The releases that readers have seen and that may be shown again, the oldest first. */
export const usableIds = (siteDir: string): string[] =>
  releaseIds(siteDir).filter(
    (id) =>
      readNote(siteDir, id) !== undefined &&
      withdrawnIn(siteDir, id) === undefined,
  );

/** The release that was there before the current one, and may be shown again. */
export function previousId(siteDir: string): string | undefined {
  const usable = new Set(usableIds(siteDir));
  const current = currentId(siteDir);
  const tried = new Set<string>();
  let id = current;
  while (id !== undefined && !tried.has(id)) {
    tried.add(id);
    const before: string | null | undefined = readNote(siteDir, id)?.before;
    id = before ?? undefined;
    if (id !== undefined && usable.has(id)) return id;
  }
  // Its own release before has gone.
  const ids = releaseIds(siteDir);
  return ids
    .slice(0, current === undefined ? ids.length : ids.indexOf(current))
    .findLast((one) => usable.has(one));
}

/**
 * Drops releases that show what is withdrawn, and the oldest of too many. To be called while `switching`, and
 * `removeDrafts` after it.
 *
 * @returns the notes of those that showed what is withdrawn
 */
export function prune(siteDir: string): Note[] {
  const current = currentId(siteDir);
  const others = releaseIds(siteDir).filter((id) => id !== current);
  const showing = others.filter((id) => withdrawnIn(siteDir, id));
  const notes = showing.flatMap((id) => readNote(siteDir, id) ?? []);
  const before = previousId(siteDir);
  const rest = others.filter((id) => !showing.includes(id) && id !== before);
  const room = KEPT - 1 - (before === undefined ? 0 : 1);
  for (const id of [
    ...showing,
    ...rest.slice(0, Math.max(0, rest.length - room)),
  ])
    dropRelease(siteDir, id);
  return notes;
}

/** Takes a release's name away: half of it never passes for one. `removeDrafts` does what takes its time. */
function dropRelease(siteDir: string, id: string): void {
  const aside = draftOf(siteDir, id);
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(releaseOf(siteDir, id)))
    renameSync(releaseOf(siteDir, id), aside);
  rmSync(noteOf(siteDir, id), { force: true });
}

/**
 * Puts in order what a process that was ended has left: releases that nobody has seen, whole or not; what lies beside.
 * To be called while `switching`, and while nobody else makes a release; `removeDrafts` after it.
 */
export function heal(siteDir: string): void {
  const folder = releasesOf(siteDir);
  const current = currentId(siteDir);
  for (const id of releaseIds(siteDir)) {
    const note = readNote(siteDir, id);
    if (id === current) {
      if (note && !note.liveSince) markLive(siteDir, note);
    } else if (!note?.liveSince) dropRelease(siteDir, id);
  }
  for (const name of namesIn(folder)) {
    const id = name.replace(/\.json$/, "");
    if (isId(id) && !existsSync(releaseOf(siteDir, id)))
      rmSync(path.join(folder, name), { force: true });
  }
  for (const place of [siteDir, folder]) removeParts(place);
  prune(siteDir);
  tidyPassing(siteDir);
}

/** Removes what is left of releases that were dropped, or not made to their end. */
export function removeDrafts(siteDir: string): void {
  const folder = releasesOf(siteDir);
  for (const name of namesIn(folder))
    if (name.startsWith("."))
      rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** Notes that readers see a release. */
export const markLive = (siteDir: string, note: Note): void =>
  writeNote(siteDir, { ...note, liveSince: new Date().toISOString() });

/** Files that were to be put in their places by processes that are no more. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.(?:tmp|old)$/.exec(name) ?? [];
    if (pid && !isRunning(Number(pid)))
      rmSync(path.join(folder, name), { force: true });
  }
}
