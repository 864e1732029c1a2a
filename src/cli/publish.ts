/**
 * One publication, in a process of its own that the publisher starts and may end at any moment. It loads all its
 * code and waits to be told; then a lenient build in a folder that nobody serves, and a release of it. What came of it
 * is sent to the parent.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { buildSite } from "../build/build.ts";
import type { Progress } from "../build/integration.ts";
import { mirror } from "../build/mirror.ts";
import { checkOurs, noteOurs, programVersion } from "../build/stamp.ts";
import type { Outcome, Sign } from "../desk/publisher.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { locked } from "../release/lock.ts";
import { siteDirOf } from "../release/place.ts";
import { release } from "../release/release.ts";
import { reportFailure } from "./report.ts";

const send = (sign: Sign, then?: () => void) =>
  void process.send!(sign, undefined, {}, then);
/** How often it is shown that there is work: a tenth of the time computing, in microseconds, is. */
const SIGN_MS = 10_000;
const [servedDir] = process.argv.slice(2);

// Without a parent nobody hears the outcome, and the next parent may already be building.
process.on("disconnect", () => process.exit(1));
if (!process.connected) process.exit(1);

// Pictures take long and say nothing. What computes and still answers its timers gets on; what waits for ever
// does not compute, what turns in circles does not answer.
let spent = process.cpuUsage();
setInterval(() => {
  const { user, system } = process.cpuUsage(spent);
  if (user + system > SIGN_MS * 100) send({});
  spent = process.cpuUsage();
}, SIGN_MS).unref();

/**
 * How long to wait for a build that is under way: a release that somebody has asked for, or one whose parent was
 * killed and which ends itself at its next breath. Then the publisher tries again by itself.
 */
const WAIT_MS = 5 * 60_000;

const order = (settings: Settings) => ({
  settings,
  tell: (told: string) => send({ told }),
  progress: (progress: Progress) => send({ progress }),
});

/** Where releases are made, the next one; elsewhere the served folder follows the built one. */
async function publish(servedDir: string): Promise<Outcome> {
  const settings = readSettings();
  const siteDir = siteDirOf();
  const { result } = siteDir
    ? await release({
        ...order(settings),
        siteDir,
        isAsked: false,
        waitMs: WAIT_MS,
      })
    : await follow(settings, servedDir);
  return { result };
}

async function follow(settings: Settings, servedDir: string) {
  const served = { ...settings, outDir: servedDir };
  checkOurs(served, "served.json");
  mkdirSync(settings.cacheDir, { recursive: true });
  const lock = path.join(settings.cacheDir, "lock");
  return locked(lock, WAIT_MS, async () => {
    const result = await buildSite({ ...order(settings), strict: false });
    noteOurs(served, "served.json");
    mirror(settings.outDir, servedDir);
    return { result };
  });
}

const loaded = programVersion();
// What Astro will load with it is there by then.
await import("../../astro.config.mjs");

process.once("message", async () => {
  const outcome: Outcome =
    programVersion() === loaded
      ? await publish(servedDir!).catch((thrown: unknown) => ({
          failure: reportFailure(thrown),
        }))
      : "outdated";
  send({ outcome }, () => process.exit(0));
});
