/**
 * The desk's judge, whose word is final: the build's own reading of an entry, and the build's own check of all
 * entries together, before anything is saved.
 */
import { Worker } from "node:worker_threads";
import type { Settings } from "../loader/settings.ts";
import type { Problem } from "../schema/problem.ts";
import type { EntryPlace } from "./guard.ts";
import type { DeskFile, Judge } from "./store.ts";

export interface JudgeOptions {
  settings: Pick<Settings, "contentDir" | "cacheDir" | "base">;
  /** Cache of the builds, which have read most entries already. Nothing is written there. */
  builtCacheDir: string;
}

/** What the judging thread is told to do. */
export type Task = What & { id: number };
type What =
  | { how: "alone" | "among"; place: EntryPlace; files: readonly DeskFile[] }
  | { how: "warm"; place?: never; files?: never };

/** What it answers. */
export type Told = { id: number } & (
  { problems: readonly Problem[] } | { failure: unknown }
);

export interface WarmJudge extends Judge {
  /** Reads what there is, so that the first who asks need not wait. */
  warm(): Promise<void>;
}

/**
 * Makes the judge of a content folder. What stands in the folder is what the site is made from, so an entry is
 * judged among those; what was read once is remembered, and only files that have changed are read again.
 */
export function openJudge(options: JudgeOptions): WarmJudge {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, PromiseWithResolvers<readonly Problem[]>>();
  const start = () => {
    const started = new Worker(new URL("./judging.ts", import.meta.url), {
      workerData: options,
    });
    // Who has nothing else to do need not wait for it to end.
    started.unref();
    started.on("message", ({ id, ...told }: Told) => {
      const { resolve, reject } = waiting.get(id)!;
      waiting.delete(id);
      if ("problems" in told) resolve(told.problems);
      else reject(told.failure);
      if (waiting.size === 0) started.unref();
    });
    started.on("error", (failure) => {
      worker = undefined;
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    });
    return started;
  };
  const ask = (what: What): Promise<readonly Problem[]> => {
    const id = ++last;
    const answer = Promise.withResolvers<readonly Problem[]>();
    waiting.set(id, answer);
    worker ??= start();
    worker.ref();
    worker.postMessage({ id, ...what });
    return answer.promise;
  };
  return {
    alone: (place, files) => ask({ how: "alone", place, files }),
    among: (place, files) => ask({ how: "among", place, files }),
    warm: async () => void (await ask({ how: "warm" })),
  };
}
