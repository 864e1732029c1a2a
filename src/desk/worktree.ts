/**
 * The working tree and index of whoever works in the repository by hand. They follow what editors publish,
 * file by file, and only where nobody has changed them.
 */
import { createHash } from "node:crypto";
import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
} from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning } from "../build/workshop.ts";
import { deskText } from "../i18n/desk.ts";
import { quoted } from "../schema/problem.ts";
import { checkWay, Refusal } from "./guard.ts";
import { GitError, type Change, type Repository } from "./git.ts";

/**
 * Refuses changes to files that somebody has changed, on disk or in the index, and not committed.
 *
 * @throws Refusal naming the first such file
 */
export async function checkClean(
  repository: Repository,
  changes: readonly Change[],
): Promise<void> {
  const staged = await stagedOids(repository, changes);
  for (const change of changes) {
    await checkWay(repository.root, change.path);
    const onDisk = await diskOid(repository, change);
    if (
      onDisk !== change.old ||
      (staged.get(change.path) ?? null) !== change.old
    )
      throw new Refusal(409, deskText.dirty(quoted(change.path)));
  }
}

/**
 * Lets files and index entries follow a commit, each whole or not at all. What is not as it was before the
 * commit is somebody's work and stays; doing it twice is doing it once.
 *
 * @throws GitError when the index is locked for long
 */
export async function follow(
  repository: Repository,
  changes: readonly Change[],
): Promise<void> {
  for (const change of changes) await followOnDisk(repository, change);
  const staged = await stagedOids(repository, changes);
  const clean = changes.filter(
    ({ path: file, old }) => (staged.get(file) ?? null) === old,
  );
  if (clean.length > 0) await patiently(() => repository.stage(clean));
}

let written = 0;

/** Where a file's new bytes wait: hidden, so no content; the process in its name tells whether it is left over. */
const draftOf = (full: string): string =>
  path.join(
    path.dirname(full),
    `.${path.basename(full)}.${process.pid}-${++written}.desk`,
  );

/** Removes what killed desks left beside a file. */
async function removeLeftovers(full: string): Promise<void> {
  const folder = path.dirname(full);
  const start = `.${path.basename(full)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    // Whatever has another name is not ours to remove.
    const pid = /\.(\d+)-\d+\.desk$/.exec(name)?.[1];
    if (name.startsWith(start) && pid && !isRunning(Number(pid)))
      await rm(path.join(folder, name), { force: true });
  }
}

async function followOnDisk(
  repository: Repository,
  change: Change,
): Promise<void> {
  await checkWay(repository.root, change.path);
  const full = path.join(repository.root, change.path);
  await removeLeftovers(full);
  if ((await diskOid(repository, change)) !== change.old) return;
  if (change.new === null) {
    await rm(full, { force: true });
    await removeEmptyFolders(repository.root, change.path);
    return;
  }
  const [bytes] = await repository.read([change.new]);
  await mkdir(path.dirname(full), { recursive: true });
  const draft = draftOf(full);
  const file = await open(draft, "wx");
  try {
    await file.writeFile(bytes!);
    // Without the flush a power cut could keep the new name and lose the bytes.
    await file.sync();
  } finally {
    await file.close();
  }
  // Looked at once more: an editor program may have saved while the bytes were written.
  if ((await diskOid(repository, change)) === change.old)
    await rename(draft, full);
  else await rm(draft, { force: true });
}

async function removeEmptyFolders(root: string, file: string): Promise<void> {
  for (
    let folder = path.dirname(file);
    folder !== ".";
    folder = path.dirname(folder)
  )
    try {
      await rmdir(path.join(root, folder));
    } catch {
      return;
    }
}

/** What git would call a file on disk; `null` when there is none, something else when it is no plain file. */
async function diskOid(
  { root }: Repository,
  { path: file, old, new: next }: Change,
): Promise<string | null> {
  const full = path.join(root, file);
  const status = await lstat(full).catch(() => undefined);
  if (!status) return null;
  if (!status.isFile()) return "other";
  const bytes = await readFile(full);
  // A repository names its objects by SHA-1 or SHA-256; the length tells which.
  return createHash((old ?? next)!.length === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

async function stagedOids(
  repository: Repository,
  changes: readonly Change[],
): Promise<Map<string, string>> {
  const staged = await repository.staged(changes.map(({ path: file }) => file));
  const oids = new Map<string, string>();
  // A file in conflict has several lines; whichever it will be, it is somebody's work.
  for (const { path: file, oid } of staged)
    oids.set(file, oids.has(file) ? "other" : oid);
  return oids;
}

const TRIES = 25;
const PAUSE_MS = 100;

/** Tries again while another git has the index: most commands hold it for an instant. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return await act();
    } catch (thrown) {
      if (!isLocked(thrown) || tries === TRIES) throw thrown;
      await pause(PAUSE_MS);
    }
}

/** Whether git failed because another git, running or killed, holds a lock. */
export const isLocked = (thrown: unknown): boolean =>
  thrown instanceof GitError && /\.lock'?: File exists/.test(thrown.message);
