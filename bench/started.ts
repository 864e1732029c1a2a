/** What benchmarks of the desk begin with: content in git, and the desk itself. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../src/build/build.ts";

/** Makes a repository of a folder, with all that is in it in one commit. */
export function commit(repository: string): void {
  mkdirSync(repository, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: repository, stdio: "ignore" });
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Phép đo");
  git("config", "user.email", "do@example.vn");
  git("add", "-A");
  git("commit", "-q", "-m", "Nội dung");
}

/**
 * Starts `npm start`.
 *
 * @param env says where it reads and writes
 * @returns when the site is there
 * @throws with what it said, when it ends before
 */
export function startDesk(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(ROOT, "src/cli/start.ts")], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (text.includes("Bàn biên tập")) resolve(child);
      });
    child.once("close", () => reject(new Error(said)));
  });
}
