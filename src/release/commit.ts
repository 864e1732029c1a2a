/** The content's history, as far as a release is concerned. */
import { execFileSync } from "node:child_process";
import { devNull } from "node:os";

/** Runs git in a folder; nothing that the repository may have set up runs with it. */
export const git = (folder: string, ...args: string[]): string =>
  execFileSync(
    "git",
    [
      ...["core.fsmonitor=false", `core.hooksPath=${devNull}`].flatMap(
        (setting) => ["-c", setting],
      ),
      "--no-optional-locks",
      ...args,
    ],
    {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );

/** The commit that a content folder is at; nothing when it is not in git, or has changes that are in no commit. */
export function commitOf(contentDir: string): string | null {
  try {
    if (git(contentDir, "status", "--porcelain", "--", ".") !== "") return null;
    return git(contentDir, "rev-parse", "HEAD").trim();
  } catch {
    return null;
  }
}
