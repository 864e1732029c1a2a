/**
 * Keeps the served site up to date: an incremental build in a process of its own after every change of the
 * content and at every moment when something changes by itself. One build at a time; whatever becomes of it,
 * the last site stays up and the desk answers.
 */
import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildResult, HeldSummary, NextTurn } from "../build/build.ts";
import type { Progress } from "../build/integration.ts";
import { deskText } from "../i18n/desk.ts";
import { releaseText } from "../i18n/release.ts";
import type { Settings } from "../loader/settings.ts";
import { printOf } from "../release/due.ts";
import { isUntidy, tidyPassing } from "../release/passing.ts";
import { liveCache, siteDirOf } from "../release/place.ts";
import { heldSince, switching } from "../release/switch.ts";
import { sayTurn } from "../release/turn.ts";
import { buildMoment } from "../stories/clock.ts";
import { json, type Room } from "./room.ts";
import { STATES, type Draft, type State, type Store } from "./store.ts";

/** How a publication ended. */
export type Ended = { result: BuildResult } | { failure: string };

/** The same; or the program has changed since the process loaded it, and nothing was done. */
export type Outcome = Ended | "outdated";

/** What a publication sends while it goes on, and at its end; empty to show that it works. */
export interface Sign {
  told?: string;
  progress?: Progress;
  outcome?: Outcome;
}

/** What there is to know of the site, for the editors' status strip. */
export interface Status {
  /** `failed`: the last build gave no site; it is tried again by itself. */
  state: "idle" | "building" | "failed";
  /** When what is served was built; nothing before the first build of this run. */
  builtAt: string | null;
  /** Changes that readers do not see yet. */
  behind: number;
  /** What is left out of the site, and why. */
  held: HeldSummary[];
  /** What changes next by itself: «Đăng tin «Tết trồng cây»». */
  next?: { at: string; file: string; what: string };
  /** Why the last build failed. */
  message?: string;
  /** How many drafts wait for an approver, and are at each step; absent where nothing can be written. */
  waiting?: number;
  drafts?: Record<State, number>;
  /** Why nothing can be written, and what to do. */
  closed?: string;
}

export interface PublisherOptions {
  settings: Settings;
  /** Where releases are made; without it the served folder follows what is built. */
  siteDir?: string | undefined;
  /** How long a build may give no sign that it gets on. */
  patienceMs?: number;
  /** The program that builds. */
  program?: string;
  tell?: (message: string) => void;
  progress?: (progress: Progress) => void;
  /** Told of every build's end. */
  ended?: (outcome: Ended) => void;
}

export { liveCache };

const PROGRAM = fileURLToPath(new URL("../cli/publish.ts", import.meta.url));
const PATIENCE_MS = 10 * 60_000;
/** How often to look whether files or the hour call for a build. Short, as a machine may sleep in between. */
const LOOK_MS = 1000;
const RETRY_MS = { first: 5000, most: 5 * 60_000 };
/** Looking through the folder takes at most this part of the time. */
const LOOK_SHARE = 1 / 20;

export class Publisher {
  readonly #options: Required<
    Pick<PublisherOptions, "patienceMs" | "program">
  > &
    PublisherOptions;
  #child: ChildProcess | undefined;
  /** The next build's process, which has loaded its code and waits: that is a third of a small build's work. */
  #spare: ChildProcess | undefined;
  /** The build that is under way, or the last one. */
  #work: Promise<void> = Promise.resolve();
  #isBuilding = false;
  #isClosed = false;
  /** Changes that no finished build has taken in. */
  #behind = 0;
  #isWanted = false;
  /** What the folder was like when the last build began, and when it was last looked at. */
  #built = "";
  #seen = "";
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #retryAt = Infinity;
  #builtAt: string | null = null;
  #heldBack: HeldSummary[] = [];
  #next: NextTurn | undefined;
  #dueAt: string | undefined;
  #message: string | undefined;

  constructor(options: PublisherOptions) {
    this.#options = {
      siteDir: siteDirOf(),
      patienceMs: PATIENCE_MS,
      program: PROGRAM,
      ...options,
    };
  }

  /**
   * Builds, and from then on whenever it has to be.
   *
   * @returns when the first build has ended, whatever came of it
   */
  async start(): Promise<void> {
    this.#want();
    await this.#work;
    this.#lookLater(LOOK_MS);
  }

  /** Tells that what is published has changed. */
  changed(): void {
    this.#behind++;
    this.#failures = 0;
    this.#want();
  }

  status(): Status {
    const held = this.#heldSince();
    const message = held ? releaseText.heldSince(held) : this.#message;
    return {
      state: this.#isBuilding
        ? "building"
        : message === undefined
          ? "idle"
          : "failed",
      builtAt: this.#builtAt,
      behind: this.#behind,
      held: this.#heldBack,
      ...(this.#next ? { next: sayNext(this.#next) } : {}),
      ...(message === undefined ? {} : { message }),
    };
  }

  /** Ends the build that is under way; nothing is built any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#child?.kill("SIGKILL");
    this.#spare?.kill("SIGKILL");
    await this.#work;
  }

  /** Since when nothing is published by itself: somebody has gone back. */
  #heldSince() {
    const { siteDir } = this.#options;
    return siteDir === undefined ? undefined : heldSince(siteDir);
  }

  #want(): void {
    this.#isWanted = true;
    if (!this.#isBuilding) this.#work = this.#buildWhileWanted();
  }

  async #buildWhileWanted(): Promise<void> {
    this.#isBuilding = true;
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      const taken = this.#behind;
      const startedAt = new Date();
      this.#built = await this.#print();
      if (this.#isClosed) break;
      const outcome = await this.#build();
      if (this.#isClosed) break;
      if ("failure" in outcome) this.#fail(outcome.failure);
      else this.#succeed(outcome.result, taken, startedAt);
      this.#options.ended?.(outcome);
    }
    this.#isBuilding = false;
    if (!this.#isClosed) this.#spare ??= this.#fork();
  }

  #succeed(
    { content: { held, next, dueAt } }: BuildResult,
    taken: number,
    startedAt: Date,
  ): void {
    this.#behind -= taken;
    this.#builtAt = startedAt.toISOString();
    this.#heldBack = held;
    this.#next = next;
    this.#dueAt = dueAt;
    this.#message = undefined;
    this.#failures = 0;
    this.#retryAt = Infinity;
  }

  #fail(message: string): void {
    this.#message = message;
    const pause = RETRY_MS.first * 2 ** this.#failures++;
    this.#retryAt = Date.now() + Math.min(pause, RETRY_MS.most);
  }

  /** One build: by the process that waits for it, if its code is still the program's, else by a new one. */
  async #build(): Promise<Ended> {
    for (;;) {
      const child = this.#spare ?? this.#fork();
      this.#spare = undefined;
      const outcome = await this.#run(child);
      if (outcome !== "outdated") return outcome;
    }
  }

  #fork(): ChildProcess {
    const { settings, siteDir, program } = this.#options;
    const cacheDir = liveCache(settings);
    const child = fork(program, [settings.outDir], {
      env: {
        ...process.env,
        // The same program each time: what was compiled once need not be again.
        NODE_COMPILE_CACHE: path.join(cacheDir, "compiled"),
        CONTENT_DIR: settings.contentDir,
        OUT_DIR: path.join(cacheDir, "site"),
        CACHE_DIR: cacheDir,
        ...(siteDir ? { SITE_DIR: siteDir } : {}),
      },
      silent: true,
    });
    const forget = () => {
      if (this.#spare === child) this.#spare = undefined;
    };
    return child.on("error", forget).on("exit", forget);
  }

  /** Lets a process build, to its end or as long as it shows that it gets on. */
  #run(child: ChildProcess): Promise<Outcome> {
    const { patienceMs, tell, progress } = this.#options;
    this.#child = child;
    let outcome: Outcome | undefined;
    let said = "";
    for (const stream of [child.stdout!, child.stderr!])
      stream
        .setEncoding("utf8")
        .on("data", (text: string) => (said = (said + text).slice(-2000)));
    return new Promise((resolve) => {
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, patienceMs);
      child.on("message", (sign: Sign) => {
        patience.refresh();
        if (sign.told) tell?.(sign.told);
        if (sign.progress) progress?.(sign.progress);
        outcome ??= sign.outcome;
      });
      const end = () => {
        clearTimeout(patience);
        this.#child = undefined;
        const failure = isLate
          ? deskText.buildHangs(Math.round(patienceMs / 60_000))
          : deskText.buildDied;
        // Whoever keeps the machine reads it on the terminal; to editors it would say nothing.
        if (!outcome && said.trim()) tell?.(said.trim());
        resolve(outcome ?? { failure });
      };
      child.on("close", end);
      child.on("error", ({ message }) => {
        said += message;
        end();
      });
      child.send("build", () => {});
    });
  }

  #lookLater(after: number): void {
    if (!this.#isClosed)
      this.#timer = setTimeout(() => void this.#look(), after);
  }

  /** Looks whether a build is due: for the hour, for one that failed, for files that anybody has changed. */
  async #look(): Promise<void> {
    const started = performance.now();
    const at = this.#dueAt;
    // After a failure its own pause counts: the hour that has come would call every second.
    const isDue =
      this.#retryAt === Infinity
        ? at !== undefined && buildMoment().getTime() >= Date.parse(at)
        : Date.now() >= this.#retryAt;
    if (this.#isBuilding) {
      // The build under way says what comes next.
    } else if (this.#heldSince()) {
      // Tried again as soon as somebody has released.
      this.#retryAt = 0;
    } else if (isDue) this.#want();
    else {
      const now = await this.#print();
      // Once more the same: whoever is changing files, a merge for example, has come to an end.
      if (now !== this.#built && now === this.#seen && !this.#isBuilding)
        this.changed();
      this.#seen = now;
    }
    await this.#tidy();
    const took = performance.now() - started;
    this.#lookLater(Math.max(LOOK_MS, took / LOOK_SHARE));
  }

  async #tidy(): Promise<void> {
    const { siteDir } = this.#options;
    if (siteDir === undefined || !isUntidy(siteDir)) return;
    // Who holds the lock tidies as well.
    await switching(siteDir, () => tidyPassing(siteDir)).catch(() => {});
  }

  async #print(): Promise<string> {
    try {
      return await printOf(this.#options.settings.contentDir);
    } catch {
      return "";
    }
  }
}

const sayNext = (next: NextTurn) => ({
  at: next.at,
  file: next.file,
  what: sayTurn(next),
});

/** What is going on, and how many drafts are at which step. */
export const statusRoom = (
  publisher: Publisher,
  store: Store | string,
): Room => ({
  method: "GET",
  answer: async () => json(await statusOf(publisher, store)),
});

async function statusOf(
  publisher: Publisher,
  store: Store | string,
): Promise<Status> {
  const status = publisher.status();
  if (typeof store === "string") return { ...status, closed: store };
  const drafts = countDrafts(await store.drafts());
  return { ...status, waiting: drafts.pending_review, drafts };
}

const countDrafts = (drafts: readonly Draft[]) =>
  Object.fromEntries(
    STATES.map((state) => [
      state,
      drafts.filter((draft) => draft.state === state).length,
    ]),
  ) as Record<State, number>;
