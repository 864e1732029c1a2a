/**
 * The folder of the releases: how it is laid out, and reading it. Every step of a release leaves it so that a server
 * that looks at any moment finds one whole site:
 *
 *     current -> releases/<id>    replaced by rename
 *     releases/<id>/              a whole site, never written to again
 *     releases/<id>.json          its note
 *     releases/.<id>/             one that is being made, or was left by a release that was ended
 *     passing/                    what pages of the release before still ask for, see passing.ts
 *     passing.json                until when
 *     state.json                  how the last attempt ended; whether somebody has gone back
 *     lock, switching             held while a release is made; for the moment of a switch
 */
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { HeldSummary, NextTurn } from "../build/build.ts";
import { instantOf } from "../i18n/dates.ts";
import { writeWhole } from "../loader/cache.ts";
import type { Settings } from "../loader/settings.ts";

/** What is known of a release. */
export interface Note {
  id: string;
  /** The moment that it shows: `BUILD_NOW` counts. */
  at: string;
  /** Of the content; nothing where it is not in git, or was not as committed. */
  commit: string | null;
  /** The program's, as package.json tells it. */
  version: string;
  /** Stands for the content's files, the program and the site's address: while it is the same, only time changes the site. */
  from: string;
  /** Where it was made to be served. */
  address: string;
  /** When it has to be made anew though nobody changes anything; and what changes then, where it is an entry. */
  dueAt: string;
  next?: NextTurn;
  counts: Partial<Record<string, number>>;
  pages: number;
  heldBack: HeldSummary[];
  /** Addresses of stories that are withdrawn: `/tin-tuc/ten/`. */
  withdrawn: string[];
  /** All that is kept from readers, of any kind; see hidden.ts. */
  hidden: string[];
  /** What the checks looked at: they have all passed. */
  checked: Checked;
  /** What is wrong because an editor has written it so, and holds up nobody. */
  warnings: string[];
  /** What it was made to follow, and to go back to. */
  before: string | null;
  /** Whether the switch to it took down what the release before it showed. */
  takesDown: boolean;
  /** When readers first saw it; absent until then. */
  liveSince?: string;
}

/** What the checks looked at. */
export interface Checked {
  pages: number;
  links: number;
  feeds: number;
  /** Whether a story was looked for, and found. */
  search: boolean;
}

/** What outlasts releases. */
export interface State {
  /** The last attempt. */
  last?: { at: string; ok: boolean; message: string; from?: string };
  /** Somebody has gone back: nothing is published by itself until somebody releases. */
  rolledBack?: { at: string; from: string; to: string };
  /** Addresses of stories that are withdrawn, as the newest build knew it: no release that shows one is gone back to. */
  withdrawn?: string[];
}

/** The folder of the releases that the environment names; nothing without `SITE_DIR`. */
export const siteDirOf = (
  env: NodeJS.ProcessEnv = process.env,
  root: string = process.cwd(),
): string | undefined =>
  env.SITE_DIR ? path.resolve(root, env.SITE_DIR) : undefined;

/** Where a command publishes that is given no folder. */
export const siteDirOr = (folder = "site"): string =>
  siteDirOf() ?? path.resolve(folder);

/** Where the running site is built, with a cache that no other command uses. */
export const liveCache = ({ cacheDir }: Pick<Settings, "cacheDir">): string =>
  path.join(cacheDir, "live");

/** Where servers find the site. */
export const currentOf = (siteDir: string): string =>
  path.join(siteDir, "current");
export const passingOf = (siteDir: string): string =>
  path.join(siteDir, "passing");
export const releasesOf = (siteDir: string): string =>
  path.join(siteDir, "releases");
export const releaseOf = (siteDir: string, id: string): string =>
  path.join(releasesOf(siteDir), id);
/** Where a release is made. */
export const draftOf = (siteDir: string, id: string): string =>
  path.join(releasesOf(siteDir), `.${id}`);
export const noteOf = (siteDir: string, id: string): string =>
  `${releaseOf(siteDir, id)}.json`;

const ID = /^\d{8}-\d{6}(?:-(\d+))?$/;

/** Whether a name is a release's. */
export const isId = (name: string): boolean => ID.test(name);

/** A release's name, by its moment in the one zone. */
export function idOf(at: Date, isTaken: (id: string) => boolean): string {
  const id = instantOf(at).slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  for (let count = 1; ; count++) {
    const name = count === 1 ? id : `${id}-${count}`;
    if (!isTaken(name)) return name;
  }
}

/** The release that readers see; nothing before the first. */
export function currentId(siteDir: string): string | undefined {
  try {
    const id = path.basename(readlinkSync(currentOf(siteDir)));
    return isId(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** All releases, the oldest first: `-10` comes after `-9`. */
export const releaseIds = (siteDir: string): string[] =>
  namesIn(releasesOf(siteDir))
    .filter(isId)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));

/** The names in a folder that need not be there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export const readNote = (siteDir: string, id: string): Note | undefined =>
  readJson<Note>(noteOf(siteDir, id));

export const writeNote = (siteDir: string, note: Note): void =>
  writeJson(noteOf(siteDir, note.id), note);

export const readState = (siteDir: string): State =>
  readJson<State>(path.join(siteDir, "state.json")) ?? {};

/** Changes what the state says of some things. */
export const noteState = (siteDir: string, change: Partial<State>): void =>
  writeJson(path.join(siteDir, "state.json"), {
    ...readState(siteDir),
    ...change,
  });

/** What a file holds; nothing when it is not there or broken. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}

export const writeJson = (file: string, content: unknown): void =>
  writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
