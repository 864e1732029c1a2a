/**
 * One publication, in a process of its own that the publisher starts and may end at any moment. It loads all its
 * code and waits to be told; then a lenient build in a folder that nobody serves, and the served folder follows.
 * What came of it is sent to the parent.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { buildSite } from "../build/build.ts";
import { isRunning } from "../build/workshop.ts";
import { mirror } from "../build/mirror.ts";
import { checkOurs, noteOurs, programVersion } from "../build/stamp.ts";
import { writeWhole } from "../loader/cache.ts";
import { readSettings } from "../loader/settings.ts";
import type { Outcome, Sign } from "../desk/publisher.ts";
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

const PAUSE_MS = 50;
const MOST_PAUSES = 200;

/**
 * Takes the build's place. One whose parent was killed ends itself at its next breath; until then two would
 * write into one folder.
 */
async function takePlace(cacheDir: string): Promise<void> {
  const note = path.join(cacheDir, "builder");
  const before = existsSync(note) ? Number(readFileSync(note, "utf8")) : 0;
  for (let pauses = 0; before && isRunning(before); pauses++) {
    if (pauses === MOST_PAUSES) break; // another program by now
    await pause(PAUSE_MS);
  }
  writeWhole(note, String(process.pid));
}

async function publish(servedDir: string): Promise<Outcome> {
  const settings = readSettings();
  const served = { ...settings, outDir: servedDir };
  checkOurs(served, "served.json");
  await takePlace(settings.cacheDir);
  const result = await buildSite({
    settings,
    strict: false,
    tell: (told) => send({ told }),
    progress: (progress) => send({ progress }),
  });
  noteOurs(served, "served.json");
  mirror(settings.outDir, servedDir);
  return { result };
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
