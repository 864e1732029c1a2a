/** A lock that is a file, and says who holds it: a process that was killed holds nothing. */
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning } from "../build/workshop.ts";
import { releaseText } from "../i18n/release.ts";
import { Trouble } from "./trouble.ts";

/** A process: its number alone may by now be another's. */
interface Holder {
  pid: number;
  /** When it started, as the system counts; empty where the system does not tell. */
  since: string;
}

/** Somebody else holds the lock. */
export class Busy extends Trouble {
  constructor(pid: number) {
    super(releaseText.busy(pid));
  }
}

export interface Lock {
  /** Whether it is still ours. */
  isHeld(): boolean;
  free(): void;
}

const LOOK_MS = 50;

/**
 * Takes a lock, from a dead holder too.
 *
 * @param file absolute path; its folder is there
 * @param waitMs how long to wait for a living one
 * @throws Busy when it does not let go
 */
async function takeLock(file: string, waitMs = 0): Promise<Lock> {
  const until = Date.now() + waitMs;
  for (;;) {
    const lock = tryLock(file);
    if ("free" in lock) return lock;
    if (Date.now() >= until) throw new Busy(lock.pid);
    await pause(LOOK_MS);
  }
}

/** Does something while holding a lock, see `takeLock`. */
export async function locked<Result>(
  file: string,
  waitMs: number,
  work: (lock: Lock) => Result | Promise<Result>,
): Promise<Result> {
  const lock = await takeLock(file, waitMs);
  try {
    return await work(lock);
  } finally {
    lock.free();
  }
}

function tryLock(file: string): Lock | Holder {
  const mine = JSON.stringify({
    pid: process.pid,
    since: startOf(process.pid) ?? "",
  });
  for (;;) {
    if (put(file, mine))
      return {
        isHeld: () => textOf(file) === mine,
        free: () => {
          if (textOf(file) === mine) rmSync(file, { force: true });
        },
      };
    const found = textOf(file);
    if (found === undefined) continue;
    const holder = parse(found);
    if (holder && isAlive(holder)) return holder;
    takeAway(file, found);
  }
}

/** A link is made only where nothing is; and the file has its words from the first moment. */
function put(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    linkSync(draft, file);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead holder's lock; when another has meanwhile taken its place, that one's goes back. */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else was quicker
  }
  const taken = textOf(aside);
  rmSync(aside, { force: true });
  if (taken !== undefined && taken !== dead) put(file, taken);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

const isAlive = ({ pid, since }: Holder): boolean =>
  isRunning(pid) && (since === "" || startOf(pid) === since);

/** When a process started, since the machine did; nothing of one that has ended, or where there is no `/proc`. */
function startOf(pid: number): string | undefined {
  const status = textOf(`/proc/${pid}/stat`);
  const [state, ...rest] =
    status?.slice(status.lastIndexOf(")") + 2).split(" ") ?? [];
  if (state === undefined || state === "Z") return undefined;
  // Not which boot: a service's own /proc may tell another than the machine's, where that is a container.
  return rest[18];
}
