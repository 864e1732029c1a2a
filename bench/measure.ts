/** Runs a command and tells what it cost: the whole process tree's CPU time, the wall time, the largest memory. */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

export interface Cost {
  /** User and system seconds of the command and of everything it started. */
  cpu: number;
  /** Seconds by the clock. */
  wall: number;
  /** MB (10⁶ bytes) of resident memory that the largest process of the tree ever had. */
  rss: number;
}

export interface Command {
  argv: string[];
  cwd: string;
  env?: Record<string, string>;
}

/**
 * Bash's own `time` counts user and system time of the command and of every descendant that was waited for,
 * which no call of Node's gives for children. The command's output goes where the caller's does, the three
 * numbers to file descriptor 3.
 */
const TIMED = `TIMEFORMAT="%3R %3U %3S"; exec 4>&2; { time "$@" 2>&4 3>&- 4>&-; } 2>&3`;

/** How often memory is looked at. Linux keeps each process's peak, so only its last moments can be missed. */
const POLL_MS = 20;

/**
 * Runs a command to its end.
 *
 * @throws with the command's output when it fails
 */
export async function measure({ argv, cwd, env }: Command): Promise<Cost> {
  const child = spawn("bash", ["-c", TIMED, "bash", ...argv], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts = ["", "", "", ""];
  for (const fd of [1, 2, 3])
    child.stdio[fd]!.on(
      "data",
      (bytes: Buffer) => (texts[fd] += String(bytes)),
    );
  let rss = 0;
  const poll = setInterval(() => {
    for (const pid of treeOf(child.pid!)) rss = Math.max(rss, peakOf(pid));
  }, POLL_MS);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(poll);
  if (code !== 0)
    throw new Error(
      `${argv.join(" ")} ended with ${String(code)}:\n${texts[1]}\n${texts[2]}`,
    );
  const [wall = 0, user = 0, system = 0] = texts[3]!
    .trim()
    .split(" ")
    .map(Number);
  return { cpu: user + system, wall, rss };
}

/** The cheaper of two runs: neighbours on the machine only ever add. Memory is the larger of both. */
export const better = (a: Cost | undefined, b: Cost): Cost =>
  a ? { ...(b.cpu < a.cpu ? b : a), rss: Math.max(a.rss, b.rss) } : b;

/** A process and its descendants. Empty where there is no /proc: memory is then told as 0. */
function treeOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return []; // it has ended meanwhile
  }
}

function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0);
    return Math.round((kilobytes * 1024) / 1e5) / 10;
  } catch {
    return 0;
  }
}
