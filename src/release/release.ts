/** A release, from the content to readers. */
import { existsSync, renameSync } from "node:fs";
import path from "node:path";
import type { BuildResult } from "../build/build.ts";
import { releaseText as text } from "../i18n/release.ts";
import {
  flush,
  keepKnown,
  makeDraft,
  type Draft,
  type Order,
} from "./draft.ts";
import { fromOf } from "./due.ts";
import { locked, type Lock } from "./lock.ts";
import { keepPassing, tidyPassing } from "./passing.ts";
import {
  currentId,
  draftOf,
  idOf,
  noteState,
  readNote,
  readState,
  releaseIds,
  releaseOf,
  writeNote,
  type Note,
} from "./place.ts";
import { rebuild } from "./rebuild.ts";
import {
  heal,
  heldSince,
  markLive,
  point,
  prune,
  removeDrafts,
  switching,
} from "./switch.ts";
import { Held, prepare, sayWhy, Trouble, troubleOf } from "./trouble.ts";

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
  try {
    return await locked(path.join(siteDir, "lock"), waitMs, (site) =>
      locked(path.join(settings.cacheDir, "lock"), waitMs, () =>
        attempt(order, site),
      ),
    );
  } catch (thrown) {
    throw troubleOf(thrown, siteDir, settings.cacheDir) ?? thrown;
  }
}

async function attempt(order: Order, lock: Lock): Promise<Released> {
  const { settings, siteDir, isAsked } = order;
  const started = new Date().toISOString();
  const from = await fromOf(settings);
  try {
    await switching(siteDir, () => heal(siteDir));
    removeDrafts(siteDir);
    const held = heldSince(siteDir);
    if (held && !isAsked) throw new Held(text.heldSince(held));
    const draft = await makeDraft(order, { id: newId(siteDir), from });
    return await publish(order, draft, { started, lock });
  } catch (thrown) {
    // What it took is given back first: on a full disk nothing could be noted.
    removeDrafts(siteDir);
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

/** Gives readers a release that has been checked, unless it shows them nothing new. */
async function publish(
  order: Order,
  draft: Draft,
  { started, lock }: { started: string; lock: Lock },
): Promise<Released> {
  const { settings, siteDir, isAsked, tell } = order;
  const { folder, note, made, result } = draft;
  const before = currentId(siteDir);
  const last = before === undefined ? undefined : readNote(siteDir, before);
  const isNew = !last || made.changed.length > 0 || made.gone.length > 0;
  const id = isNew ? note.id : last.id;
  if (isNew) flush(folder);
  const removed = await switching(siteDir, () => {
    const held = heldSince(siteDir);
    if (held && (!isAsked || held.at >= started))
      throw new Held(isAsked ? text.overtaken : text.heldSince(held));
    if (!lock.isHeld()) throw new Trouble(text.lockLost);
    noteState(siteDir, { withdrawn: withdrawnNow(siteDir, draft) });
    if (isNew) show(siteDir, note, made.gone);
    else writeNote(siteDir, asBefore(last, note));
    noteState(siteDir, {
      last: {
        at: new Date().toISOString(),
        ok: true,
        message: isNew ? text.madeLive(id) : text.unchanged(id),
        from: note.from,
      },
      rolledBack: undefined,
    });
    tidyPassing(siteDir);
    return prune(siteDir);
  });
  keepKnown(settings, id, made);
  removeDrafts(siteDir);
  if (removed.length > 0) {
    tell(text.tookDown(removed.length));
    const lost = removed.find((one) => one.id === before);
    if (lost) await rebuild(order, lost, result.content.hidden);
  }
  return { id, isNew, result };
}

/** The note of a release that was made again, to the same bytes. */
const asBefore = (last: Note, note: Note): Note => ({
  ...note,
  id: last.id,
  before: last.before,
  takesDown: last.takesDown,
  ...(last.liveSince ? { liveSince: last.liveSince } : {}),
});

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

/** All that is withdrawn, by whatever build that was told; what is out again is not. */
function withdrawnNow(
  siteDir: string,
  { folder, note: { withdrawn, hidden } }: Draft,
): string[] {
  const kept = new Set(hidden.map((key) => key.split(" ")[0]));
  const isOut = (address: string) =>
    !kept.has(address) && existsSync(path.join(folder, address, "index.html"));
  const before = readState(siteDir).withdrawn ?? [];
  return [...new Set([...before, ...withdrawn])].filter(
    (address) => !isOut(address),
  );
}
