/** Programs of the machine that tests need. */
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Chromium without the program around its pages, as Debian calls it. */
export const HEADLESS_SHELL = "chromium-headless-shell";

/** The names that Chromium goes by. */
export const CHROMIUM = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  HEADLESS_SHELL,
];

/** The same for tests: there the shell comes first, which takes a third of the processor's time. */
export const HEADLESS = [HEADLESS_SHELL, ...CHROMIUM];

export const NGINX = ["nginx"];

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

/** Where servers are, which not everybody has in PATH. */
const FOR_ROOT = ["/usr/sbin", "/usr/local/sbin"];

/**
 * Looks for a program in PATH, and where root has it.
 *
 * @param names what it may be called, the likeliest first
 * @returns its absolute path, or nothing when there is none
 */
export function findProgram(names: readonly string[]): string | undefined {
  return [...(process.env.PATH ?? "").split(path.delimiter), ...FOR_ROOT]
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
