/** Programs of the machine that tests need. */
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The names that Chromium goes by. */
export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"];

/** What Chromium is started with: as root in a container, and silent on the network. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Looks for a program in PATH.
 *
 * @param names what it may be called, the likeliest first
 * @returns its absolute path, or nothing when there is none
 */
export function findProgram(names: readonly string[]): string | undefined {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
