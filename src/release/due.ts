/** Whether there is anything to release, told without building. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { programVersion } from "../build/stamp.ts";
import { sha256 } from "../loader/digest.ts";
import type { Settings } from "../loader/settings.ts";
import { buildMoment } from "../stories/clock.ts";
import { currentId, currentOf, readNote, readState } from "./place.ts";
import { heldSince } from "./switch.ts";

/** After a failure nothing is tried for so long, unless something has changed. */
const RETRY_MS = 5 * 60_000;
/** Files that somebody is changing, a merge for example, are left to come to rest. */
const REST_MS = 1000;

/**
 * Tells whether a release is due: the content, the program or the site's address is another than the current release's,
 * or its hour has come. Not when somebody has gone back, nor soon after a failure.
 */
export async function isDue(
  settings: Settings,
  siteDir: string,
): Promise<boolean> {
  if (heldSince(siteDir)) return false;
  const { last } = readState(siteDir);
  const from = await fromOf(settings);
  const isNew = !last?.ok && last?.from !== from;
  const age = last ? Date.now() - Date.parse(last.at) : Infinity;
  // A clock that was put back must not keep it waiting for ever.
  if (last && !last.ok && !isNew && age >= 0 && age < RETRY_MS) return false;
  const id = currentId(siteDir);
  const note = id === undefined ? undefined : readNote(siteDir, id);
  if (!note || !existsSync(currentOf(siteDir))) return true;
  if (buildMoment().getTime() >= Date.parse(note.dueAt)) return true;
  if (from === note.from) return false;
  await atRest(settings.contentDir);
  return true;
}

/** Waits until a folder's files stay as they are. */
async function atRest(folder: string): Promise<void> {
  for (let seen = ""; ;) {
    const now = await printOf(folder);
    if (now === seen) return;
    seen = now;
    await pause(REST_MS);
  }
}

/** Stands for all but time that decides a site: the content's files, the program, the address. */
export const fromOf = async ({
  contentDir,
  siteUrl,
  base,
}: Settings): Promise<string> =>
  sha256(
    [await printOf(contentDir), programVersion(), siteUrl, base].join(" "),
  );

/**
 * What stands for a folder's files as they are now: their names, sizes and times. Looked at again and again
 * rather than watched: watching costs a file handle for each file, tells nothing on network drives, and has to
 * be doubted all the same.
 */
export async function printOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const visit = async (below: string): Promise<void> => {
    const items = (await readdir(below, { withFileTypes: true }))
      .filter(({ name }) => !name.startsWith("."))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const files = await Promise.all(
      items.map(async (item) => {
        if (item.isDirectory()) return "";
        const full = path.join(below, item.name);
        const status = await stat(full).catch(() => undefined);
        return `${full} ${status?.size} ${status?.mtimeMs} ${status?.ino}\n`;
      }),
    );
    hash.update(files.join(""));
    for (const item of items)
      if (item.isDirectory()) await visit(path.join(below, item.name));
  };
  await visit(folder);
  return hash.digest("hex");
}
