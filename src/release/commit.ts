/** The content's history, as far as a release is concerned. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { cleanEnv, safely } from "../desk/git.ts";

const git = (
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): string =>
  execFileSync("git", safely(args), {
    cwd: folder,
    encoding: "utf8",
    env: { ...cleanEnv(), ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });

/** The commit that a content folder is at; nothing when it is not in git, or has changes that are in no commit. */
export function commitOf(contentDir: string): string | null {
  try {
    if (git(contentDir, ["status", "--porcelain", "--", "."]) !== "")
      return null;
    return git(contentDir, ["rev-parse", "HEAD"]).trim();
  } catch {
    return null;
  }
}

/**
 * Lays out a content folder as it was.
 *
 * @param contentDir absolute path of the content folder
 * @param to absolute path of an empty folder
 * @throws when there is no such commit, or it has no such folder
 */
export function checkOut(contentDir: string, commit: string, to: string): void {
  const told = (...args: string[]) => git(contentDir, args).trim();
  const root = told("rev-parse", "--show-toplevel");
  const below = told("rev-parse", "--show-prefix").replace(/\/$/, "");
  const index = { GIT_INDEX_FILE: path.join(to, ".index") };
  git(root, ["read-tree", `${commit}:${below}`], index);
  git(
    root,
    ["-c", "core.autocrlf=false", "checkout-index", "-a", `--prefix=${to}/`],
    index,
  );
  rmSync(index.GIT_INDEX_FILE);
}
