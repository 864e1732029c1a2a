/** Folders in which something is made before it is put in its place. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../.astro/builds", import.meta.url));
const PACKAGES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/**
 * A new folder for one build's code, named after this process; those of processes that were killed are removed.
 *
 * @param folder where it is made
 */
export function openWorkshop(folder = FOLDER): string {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (!isRunning(parseInt(name)))
      rmSync(path.join(folder, name), { recursive: true, force: true });
  return mkdtempSync(path.join(folder, `${process.pid}-`));
}

/**
 * The same in the cache: what is made there is moved into the site, which on a server lies on another disk than the
 * program. The code finds the program's packages there by a link.
 */
export function openWorkshopIn(cacheDir: string): string {
  mkdirSync(cacheDir, { recursive: true });
  const link = path.join(cacheDir, "node_modules");
  if (leadsTo(link) !== realpathSync(PACKAGES)) {
    rmSync(link, { force: true });
    symlinkSync(PACKAGES, link, "junction");
  }
  return openWorkshop(path.join(cacheDir, "builds"));
}

function leadsTo(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/** Whether there is a process of this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
