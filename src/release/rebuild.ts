/**
 * A way back after something was withdrawn. The release before showed it and is gone; its content, as git has it, is
 * built once more without what is kept from readers today.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { Hidden } from "../build/hidden.ts";
import { releaseText as text } from "../i18n/release.ts";
import { checkOut } from "./commit.ts";
import { flush, makeDraft, type Order } from "./draft.ts";
import {
  currentId,
  draftOf,
  readNote,
  releaseIds,
  releaseOf,
  writeNote,
  type Note,
} from "./place.ts";
import { prune, removeDrafts, switching, withdrawnIn } from "./switch.ts";
import { sayWhy } from "./trouble.ts";

/**
 * Makes the release to go back to. Readers already have the new one: what goes wrong here is told and stops nothing.
 *
 * @param lost the note of the release that is gone
 * @param hidden what is kept from readers today
 */
export async function rebuild(
  order: Order,
  lost: Note,
  hidden: readonly Hidden[],
): Promise<void> {
  const { settings, siteDir, tell } = order;
  const { CONTENT_DIR } = process.env;
  const contentDir = path.join(settings.cacheDir, "before");
  // One that was ended has left it.
  rmSync(contentDir, { recursive: true, force: true });
  mkdirSync(contentDir);
  try {
    if (!lost.commit) throw new Error(text.noGit);
    checkOut(settings.contentDir, lost.commit, contentDir);
    layOver(settings.contentDir, contentDir, hidden);
    // Astro reads it from here.
    process.env.CONTENT_DIR = contentDir;
    const id = nextId(siteDir, lost.id);
    const { note } = await makeDraft(
      { ...order, settings: { ...settings, contentDir } },
      { id, from: "" },
    );
    flush(draftOf(siteDir, id));
    await switching(siteDir, () =>
      keep(siteDir, { ...lost, ...note, ...placeOf(lost) }),
    );
    tell(text.rebuilt(id));
  } catch (thrown) {
    tell(text.notRebuilt(sayWhy(thrown)));
  } finally {
    if (CONTENT_DIR === undefined) delete process.env.CONTENT_DIR;
    else process.env.CONTENT_DIR = CONTENT_DIR;
    rmSync(contentDir, { recursive: true, force: true });
    removeDrafts(siteDir);
  }
}

/** Where the lost release stood among the others. */
const placeOf = ({ at, commit, before, liveSince }: Note) => ({
  at,
  commit,
  before,
  takesDown: false,
  ...(liveSince ? { liveSince } : {}),
});

/** Puts it among the others, before the current one. */
function keep(siteDir: string, note: Note): void {
  const current = readNote(siteDir, currentId(siteDir)!);
  writeNote(siteDir, note);
  renameSync(draftOf(siteDir, note.id), releaseOf(siteDir, note.id));
  // By whatever other name the same story may go.
  if (withdrawnIn(siteDir, note.id) !== undefined) {
    prune(siteDir);
    throw new Error(text.stillThere);
  }
  if (current) writeNote(siteDir, { ...current, before: note.id });
}

/** The name of the same moment's next release. */
function nextId(siteDir: string, id: string): string {
  const taken = new Set(releaseIds(siteDir));
  const [moment] = /^\d{8}-\d{6}/.exec(id)!;
  for (let count = Number(id.slice(moment.length + 1)) || 1; ;) {
    const name = `${moment}-${++count}`;
    if (!taken.has(name)) return name;
  }
}

/** What is kept from readers today was not, then: it is taken as it is today. */
function layOver(from: string, to: string, hidden: readonly Hidden[]): void {
  for (const { file, state } of hidden) {
    if (state === "held") continue;
    const folder = path.dirname(file);
    rmSync(path.join(to, folder), { recursive: true, force: true });
    if (existsSync(path.join(from, folder)))
      cpSync(path.join(from, folder), path.join(to, folder), {
        recursive: true,
        preserveTimestamps: true,
      });
  }
}
