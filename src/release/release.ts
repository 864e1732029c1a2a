/** A release, from the content to readers; and whether one is due. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { buildSite, ROOT, type BuildResult } from "../build/build.ts";
import { HIDEABLE_FOLDERS, type Hidden } from "../build/hidden.ts";
import type { Progress } from "../build/integration.ts";
import type { Stamps } from "../build/sweep.ts";
import { releaseText as text } from "../i18n/release.ts";
import { writeWhole } from "../loader/cache.ts";
import type { Settings } from "../loader/settings.ts";
import { buildMoment } from "../stories/clock.ts";
import { checkRelease, hiddenKey } from "./check.ts";
import { commitOf } from "./commit.ts";
import { fromOf } from "./due.ts";
import { takeLock, type Lock } from "./lock.ts";
import { makeRelease, type Made } from "./make.ts";
import { keepPassing, tidyPassing } from "./passing.ts";
import {
  currentId,
  draftOf,
  idOf,
  noteState,
  readJson,
  readNote,
  readState,
  releaseIds,
  releaseOf,
  writeNote,
  type Note,
} from "./place.ts";
import {
  heal,
  heldSince,
  markLive,
  point,
  prune,
  switching,
} from "./switch.ts";
import { Held, prepare, sayWhy, Trouble, troubleOf } from "./trouble.ts";

/** What is to be released, where, and who is told. */
export interface Order {
  /** With a cache and an output folder that only the builds of a running site use: see `liveCache`. */
  settings: Settings;
  siteDir: string;
  /** Whether somebody asked for it: that ends being held since going back. */
  isAsked: boolean;
  /** How long to wait for a release that is under way. */
  waitMs?: number;
  /** Told in Vietnamese what is going on. */
  tell: (message: string) => void;
  progress?: (progress: Progress) => void;
}

export interface Released {
  id: string;
  /** Whether readers were given another release: without a difference the current one stays. */
  isNew: boolean;
  result: BuildResult;
}

/**
 * Builds beside the running site, checks what was built, and gives it to readers in one moment. Whatever goes wrong,
 * and whenever it is ended, they have a whole site.
 *
 * @throws Busy when another release is under way; Held; Trouble, with a sentence for whoever keeps the server
 */
export async function release(order: Order): Promise<Released> {
  const { settings, siteDir, waitMs = 0 } = order;
  prepare(siteDir, settings.cacheDir);
  const site = await takeLock(path.join(siteDir, "lock"), waitMs);
  try {
    const cache = await takeLock(path.join(settings.cacheDir, "lock"), waitMs);
    try {
      return await attempt(order, site);
    } finally {
      cache.free();
    }
  } finally {
    site.free();
  }
}

async function attempt(order: Order, lock: Lock): Promise<Released> {
  const { settings, siteDir, isAsked } = order;
  const started = new Date().toISOString();
  const from = await fromOf(settings);
  const draft = { folder: "" };
  try {
    await switching(siteDir, () => heal(siteDir));
    const held = heldSince(siteDir);
    if (held && !isAsked) throw new Held(text.heldSince(held));
    return await publish(order, { started, from, lock, draft });
  } catch (thrown) {
    // What it took is given back first: on a full disk nothing could be noted.
    if (draft.folder) rmSync(draft.folder, { recursive: true, force: true });
    if (thrown instanceof Held) throw thrown;
    const trouble =
      troubleOf(thrown, siteDir, settings.cacheDir) ??
      new Trouble(text.failed(sayWhy(thrown)), { cause: thrown });
    noteEnd(siteDir, {
      at: started,
      ok: false,
      message: trouble.message,
      from,
    });
    throw trouble;
  }
}

/** How an attempt ended; where nothing can be written, nothing is. */
function noteEnd(
  siteDir: string,
  last: NonNullable<ReturnType<typeof readState>["last"]>,
): void {
  try {
    noteState(siteDir, { last });
  } catch {
    // The trouble itself is told.
  }
}

/** An attempt that is under way. */
interface Attempt {
  started: string;
  /** What the content and the program were when it began. */
  from: string;
  lock: Lock;
  /** What it has made so far. */
  draft: { folder: string };
}

async function publish(
  { settings, siteDir, tell, progress, isAsked }: Order,
  { started, from, lock, draft }: Attempt,
): Promise<Released> {
  const at = buildMoment();
  const commit = commitOf(settings.contentDir);
  const result = await buildSite({
    settings,
    strict: false,
    tell,
    ...(progress ? { progress } : {}),
  });
  const before = currentId(siteDir);
  const id = newId(siteDir);
  draft.folder = draftOf(siteDir, id);
  const made = makeRelease(
    settings.outDir,
    draft.folder,
    before && releaseOf(siteDir, before),
    knownOf(settings, before),
  );
  const note = {
    ...noteFrom(result, { at, from, commit, settings }),
    id,
    before: before ?? null,
    takesDown: takesDown(siteDir, before, made, result.content.hidden),
  };
  const last = before === undefined ? undefined : readNote(siteDir, before);
  const { checked, warnings } = await checkRelease({
    settings,
    folder: draft.folder,
    files: made.files,
    changed: last ? made.changed : [...made.files.keys()],
    hidden: result.content.hidden,
    hiddenBefore: new Set(last?.hidden),
    samples: result.content.samples,
    version: from,
  });
  warnings.forEach(tell);
  const isNew = !last || made.changed.length > 0 || made.gone.length > 0;
  if (isNew) flush(draft.folder);
  const taken = await switching(siteDir, () => {
    const held = heldSince(siteDir);
    if (held && (!isAsked || held.at >= started))
      throw new Held(isAsked ? text.overtaken : text.heldSince(held));
    if (!lock.isHeld()) throw new Trouble(text.lockLost);
    noteState(siteDir, {
      withdrawn: withdrawnNow(siteDir, draft.folder, note),
    });
    if (isNew) show(siteDir, { ...note, checked, warnings }, made.gone);
    else
      writeNote(siteDir, {
        ...last,
        ...noteFrom(result, { at, from, commit, settings }),
        warnings,
      });
    noteState(siteDir, {
      last: {
        at: new Date().toISOString(),
        ok: true,
        message: isNew ? text.madeLive(id) : text.unchanged(last.id),
        from,
      },
      rolledBack: undefined,
    });
    const removed = prune(siteDir);
    tidyPassing(siteDir);
    return removed;
  });
  keepKnown(settings, isNew ? id : last.id, made);
  if (!isNew) rmSync(draft.folder, { recursive: true, force: true });
  if (taken.length > 0) tell(text.tookDown(taken.length));
  return { id: isNew ? id : last.id, isNew, result };
}

/** What the built files were when a release was made of them: their times need not be those of the release's. */
interface Known {
  id: string;
  stamps: Stamps;
}
const knownFile = ({ cacheDir }: Settings): string =>
  path.join(cacheDir, "released.json");

function knownOf(settings: Settings, id?: string): Stamps | undefined {
  const known = readJson<Known>(knownFile(settings));
  return known?.id === id ? known?.stamps : undefined;
}

const keepKnown = (settings: Settings, id: string, { files }: Made): void =>
  writeWhole(
    knownFile(settings),
    JSON.stringify({ id, stamps: Object.fromEntries(files) } satisfies Known),
  );

/** Gives a finished release its name, and readers the release. */
function show(siteDir: string, note: Note, gone: readonly string[]): void {
  writeNote(siteDir, note);
  renameSync(draftOf(siteDir, note.id), releaseOf(siteDir, note.id));
  if (note.before !== null)
    keepPassing(siteDir, releaseOf(siteDir, note.before), gone, note.takesDown);
  point(siteDir, note.id);
  markLive(siteDir, note);
}

const newId = (siteDir: string): string => {
  const taken = new Set(releaseIds(siteDir));
  return idOf(
    new Date(),
    (id) => taken.has(id) || existsSync(draftOf(siteDir, id)),
  );
};

/** What a release's note says of the content, and of the moment. */
const noteFrom = (
  { content, pages }: BuildResult,
  {
    at,
    from,
    commit,
    settings,
  }: { at: Date; from: string; commit: string | null; settings: Settings },
) => ({
  at: at.toISOString(),
  commit,
  version: packageVersion(),
  from,
  address: settings.siteUrl + settings.base,
  dueAt: content.dueAt,
  ...(content.next ? { next: content.next } : {}),
  counts: content.counts,
  pages,
  heldBack: content.held,
  withdrawn: content.hidden
    .filter(({ state }) => state === "withdrawn")
    .map(({ address }) => address),
  hidden: content.hidden.map(hiddenKey),
});

const packageVersion = (): string =>
  (
    JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

const STORY_PAGE = new RegExp(
  `^(?:${HIDEABLE_FOLDERS.join("|")})/[^/]+/index\\.html$`,
);

/** Whether a release takes from readers what the one before showed them. */
function takesDown(
  siteDir: string,
  before: string | undefined,
  made: Made,
  hidden: readonly Hidden[],
): boolean {
  if (before === undefined) return false;
  const known = new Set(
    readNote(siteDir, before)?.hidden.map((key) => key.split(" ")[0]),
  );
  return (
    made.gone.some((file) => STORY_PAGE.test(file)) ||
    hidden.some(
      ({ address }) =>
        !known.has(address) &&
        existsSync(
          path.join(releaseOf(siteDir, before), address, "index.html"),
        ),
    )
  );
}

/** All that is withdrawn, by whatever build that was told; what is out again is not. */
function withdrawnNow(
  siteDir: string,
  folder: string,
  { withdrawn, hidden }: Pick<Note, "withdrawn" | "hidden">,
): string[] {
  const kept = new Set(hidden.map((key) => key.split(" ")[0]));
  const isOut = (address: string) =>
    !kept.has(address) && existsSync(path.join(folder, address, "index.html"));
  const before = readState(siteDir).withdrawn ?? [];
  return [...new Set([...before, ...withdrawn])].filter(
    (address) => !isOut(address),
  );
}

/** Has the disk keep a release before readers are sent to it: a power cut would leave its files empty. */
function flush(folder: string): void {
  try {
    execFileSync("sync", ["-f", folder], { stdio: "ignore" });
  } catch {
    // Not on this system.
  }
}
