/** How a site is doing, for machines that watch it and for people. */
import { existsSync, statfsSync } from "node:fs";
import type { HeldSummary } from "../build/build.ts";
import { releaseText } from "../i18n/release.ts";
import {
  currentId,
  currentOf,
  readNote,
  readState,
  releaseIds,
} from "./place.ts";
import { heldSince } from "./switch.ts";
import { sayTurn } from "./turn.ts";

export interface Health {
  /** What readers see. */
  release: {
    id: string;
    at: string;
    ageSeconds: number;
    commit: string | null;
  } | null;
  /** Those that are kept, the oldest first. */
  releases: string[];
  /** How the last attempt ended. */
  last: { at: string; ok: boolean; message: string } | null;
  /** What is left out of the site, and why. */
  heldBack: { file: string; title: string | null; reasons: string[] }[];
  /** Somebody has gone back: nothing is published by itself. */
  rolledBack: boolean;
  /** What changes next by itself, and when; `what` only where it is an entry. */
  due: { at: string; what: string | null } | null;
  disk: { freeBytes: number; totalBytes: number };
  /** What somebody has to see to, in Vietnamese; empty where all is well. */
  problems: string[];
}

/** So long a change may wait for its turn. */
const LATE_MS = 5 * 60_000;
const SCARCE_BYTES = 512 * 1024 * 1024;

/** Tells how the site in a folder of releases is doing. */
export function healthOf(siteDir: string): Health {
  const id = currentId(siteDir);
  const note = id === undefined ? undefined : readNote(siteDir, id);
  const { last } = readState(siteDir);
  const held = heldSince(siteDir);
  const disk = diskOf(siteDir);
  const text = releaseText.health;
  const isLate = note && !held && Date.now() > Date.parse(note.dueAt) + LATE_MS;
  const problems = [
    ...(id === undefined ? [text.none] : []),
    ...(id !== undefined && !existsSync(currentOf(siteDir))
      ? [text.missing(id)]
      : []),
    ...(last && !last.ok ? [last.message] : []),
    ...(held ? [releaseText.heldSince(held)] : []),
    ...(isLate ? [text.overdue(note.dueAt)] : []),
    ...scarcityOf(disk),
  ];
  const since = note?.liveSince ?? note?.at;
  return {
    release:
      note && since
        ? {
            id: note.id,
            at: note.at,
            ageSeconds: Math.max(
              0,
              Math.round((Date.now() - Date.parse(since)) / 1000),
            ),
            commit: note.commit,
          }
        : null,
    releases: releaseIds(siteDir),
    last: last ? { at: last.at, ok: last.ok, message: last.message } : null,
    heldBack: (note?.heldBack ?? []).map(heldBackOf),
    rolledBack: held !== undefined,
    due: note
      ? {
          at: note.dueAt,
          what: note.next?.at === note.dueAt ? sayTurn(note.next) : null,
        }
      : null,
    disk,
    problems,
  };
}

/** What is left out, as machines and people are told it. */
export const heldBackOf = ({
  file,
  title,
  problems,
}: HeldSummary): Health["heldBack"][number] => ({
  file,
  title: title ?? null,
  reasons: problems.map(
    ({ field, found, remedy }) =>
      `${field ? `${field}: ` : ""}${found}. ${remedy}`,
  ),
});

/** What has to be said of a disk that is nearly full. */
export const scarcityOf = ({ freeBytes }: Health["disk"]): string[] =>
  freeBytes < SCARCE_BYTES
    ? [releaseText.health.disk(Math.floor(freeBytes / 1024 / 1024))]
    : [];

/** The room on the disk that a folder lies on. */
export function diskOf(folder: string): Health["disk"] {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return { freeBytes: 0, totalBytes: 0 };
  }
}
