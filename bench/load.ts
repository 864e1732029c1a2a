/**
 * `npm run bench -- load`: a server as docs/install.md sets it up, on this machine: the desk behind nginx, releases,
 * readers at a steady rate, and editors who write and have published meanwhile. Then how many stories nginx serves a
 * second, beside a bare file of the same size.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ROOT } from "../src/build/build.ts";
import { writeYaml } from "../src/judge/yaml.ts";
import { kinds } from "../src/schema/kinds.ts";
import { findProgram } from "../tests/support/programs.ts";
import { extraStory, makeCorpus } from "./corpus.ts";
import type { Met } from "./readers.ts";
import { APPROVER, editor, openServer, type Server } from "./server.ts";

/** How long an editor thinks between two stories. */
const THINK_MS = 5000;
/** How often memory is looked at. */
const LOOK_MS = 5000;
/** How long a published story may take until readers have it. */
const PATIENCE_MS = 300_000;

export async function benchLoad(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      stories: { type: "string", default: "1000" },
      minutes: { type: "string", default: "10" },
      rate: { type: "string", default: "200" },
      editors: { type: "string", default: "10" },
      json: { type: "boolean", default: false },
    },
  });
  const [stories, minutes, rate, editors] = (
    ["stories", "minutes", "rate", "editors"] as const
  ).map((name) => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} takes a number above 0.`);
    return value;
  }) as [number, number, number, number];
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-load-"));
  let server: Server | undefined;
  try {
    const content = path.join(folder, "repository", "content");
    const made = makeCorpus(content, stories);
    console.error("Building the site for the first time.");
    server = await openServer(folder, content, editors);
    console.error(`${rate} readers a second for ${minutes} minutes.`);
    const work = await underLoad(server, { stories, minutes, rate, editors });
    const { slug, kind } = made[0]!;
    const served = await throughput(server, `/${kinds[kind].address}/${slug}/`);
    const figures = {
      stories,
      minutes,
      rate,
      editors,
      ...work,
      ...served,
      load: loadavg()[0],
    };
    console.log(
      JSON.stringify(figures, undefined, values.json ? undefined : 2),
    );
  } finally {
    await server?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Work {
  stories: number;
  minutes: number;
  rate: number;
  editors: number;
}

/** Readers and editors at once, and what the server's programs hold meanwhile. */
async function underLoad(
  server: Server,
  { stories, minutes, rate, editors }: Work,
) {
  const until = performance.now() + minutes * 60_000;
  const memory: Record<string, number[]> = {};
  const look = setInterval(() => {
    for (const [name, pids] of Object.entries(server.processes()))
      (memory[name] ??= []).push(sum(pids.map(residentMB)));
  }, LOOK_MS);
  const live: number[] = [];
  const [readers] = await Promise.all([
    read(server.origin, rate, minutes * 60),
    ...Array.from({ length: editors }, (_, at) =>
      write(server, at, stories, editors, until, live),
    ),
  ]);
  clearInterval(look);
  live.sort((a, b) => a - b);
  return {
    readers,
    published: live.length,
    "from publishing until live, s": {
      median: live[Math.floor(live.length / 2)],
      longest: live.at(-1),
    },
    "memory, MB: after a fifth of the time, at the end, most":
      Object.fromEntries(
        Object.entries(memory).map(([name, seen]) => [
          name,
          [
            median(around(seen, 0.2)),
            median(around(seen, 0.95)),
            Math.max(...seen),
          ],
        ]),
      ),
  };
}

async function read(
  origin: string,
  rate: number,
  seconds: number,
): Promise<Met> {
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, "bench/readers.ts"),
      origin,
      String(rate),
      String(seconds),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(said) as Met;
}

/** One editor: writes a story, has it approved, and looks at it on the site, again and again. */
async function write(
  server: Server,
  at: number,
  first: number,
  step: number,
  until: number,
  live: number[],
): Promise<void> {
  for (let count = first + at; performance.now() < until; count += step) {
    const { kind, slug, file, front, body } = extraStory(count);
    const name = { collection: kind, slug: file.slice(kind.length + 1, -4) };
    const raw = `---\n${writeYaml(front)}---\n\n${body}\n`;
    let { version: seen } = await server.ask(editor(at), "persistEntry", {
      dataFiles: [{ slug: name.slug, path: `content/${file}`, raw }],
      assets: [],
      options: { collectionName: kind, useWorkflow: true },
      seen: null,
    });
    const step = async (who: string, action: string, more = {}) => {
      await server.ask(who, action, { ...name, ...more, seen });
      seen = undefined;
    };
    await step(editor(at), "updateUnpublishedEntryStatus", {
      newStatus: "pending_review",
    });
    await step(APPROVER, "updateUnpublishedEntryStatus", {
      newStatus: "pending_publish",
    });
    await step(APPROVER, "publishUnpublishedEntry");
    const published = performance.now();
    const address = new URL(`/${kinds[kind].address}/${slug}/`, server.origin);
    while ((await fetch(address)).status !== 200) {
      if (performance.now() - published > PATIENCE_MS)
        throw new Error(`${slug} did not come out`);
      await pause(500);
    }
    live.push(Math.round((performance.now() - published) / 100) / 10);
    await pause(THINK_MS);
  }
}

/** Requests a second for a story as nginx serves it, beside those for a bare file of so many bytes. */
async function throughput(server: Server, address: string) {
  const wrk = findProgram(["wrk"]);
  if (!wrk) throw new Error("There is no wrk: apt-get install wrk");
  const story = await fetch(new URL(address, server.origin), {
    headers: { "accept-encoding": "gzip" },
  });
  const bytes = Number(story.headers.get("content-length"));
  if (!bytes) throw new Error(`${address} comes without its length`);
  const bare = server.bareFile(bytes);
  const rate = (url: string) =>
    Number(
      /Requests\/sec:\s+([\d.]+)/.exec(
        execFileSync(
          wrk,
          ["-t1", "-c32", "-d8s", "-H", "Accept-Encoding: gzip", url],
          { encoding: "utf8" },
        ),
      )?.[1],
    );
  const rounds = Array.from({ length: 5 }, () => ({
    story: rate(new URL(address, server.origin).href),
    bare: rate(bare),
  }));
  return {
    "bytes of the story on the wire": bytes,
    "stories a second": Math.round(median(rounds.map(({ story }) => story))),
    "bare files a second": Math.round(median(rounds.map(({ bare }) => bare))),
    "story / bare file": Number(
      median(rounds.map(({ story, bare }) => story / bare)).toFixed(3),
    ),
  };
}

const sum = (values: readonly number[]) =>
  Math.round(values.reduce((a, b) => a + b, 0));
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A tenth of what was seen, around a part of the time. */
function around(seen: readonly number[], share: number): number[] {
  const from = Math.max(0, Math.floor((share - 0.05) * seen.length));
  return seen.slice(
    from,
    Math.max(from + 1, Math.ceil((share + 0.05) * seen.length)),
  );
}

function residentMB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended meanwhile
  }
}
