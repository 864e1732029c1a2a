/** Where something is made before it is put in its place, and what builds at the same time share. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../loader/cache.ts";

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

const NO_IMPORTS = "export default new Map();";

/**
 * Puts there what Astro writes of the collections' imports, of which ours have none. It would write them itself when
 * they are not there, but all builds of a program by the same temporary name: one could take away another's.
 *
 * @param folder Astro's own, `.astro`
 */
export function shareImports(folder: string): void {
  for (const name of ["content-assets.mjs", "content-modules.mjs"]) {
    const file = path.join(folder, name);
    if (!existsSync(file) || readFileSync(file, "utf8") !== NO_IMPORTS)
      writeWhole(file, NO_IMPORTS);
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
