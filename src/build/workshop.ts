/** Folders in which something is made before it is put in its place, below the project's `.astro`. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../.astro/builds", import.meta.url));

/** A new folder for one build's code, named after this process; those of processes that were killed are removed. */
export function openWorkshop(): string {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER))
    if (!isRunning(parseInt(name)))
      rmSync(path.join(FOLDER, name), { recursive: true, force: true });
  return mkdtempSync(path.join(FOLDER, `${process.pid}-`));
}

/** Whether there is a process of this number. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
