/**
 * One publication, in a process of its own that the publisher starts and may end at any moment: a lenient build
 * in a folder that nobody serves, then the served folder follows. What came of it is sent to the parent.
 */
import { mirror } from "../build/mirror.ts";
import { buildSite } from "../build/build.ts";
import { checkOurs, noteOurs } from "../build/stamp.ts";
import { readSettings } from "../loader/settings.ts";
import type { Outcome, Sign } from "../desk/publisher.ts";
import { reportFailure } from "./report.ts";

const send = (sign: Sign, then?: () => void) =>
  void process.send!(sign, undefined, {}, then);
const [servedDir] = process.argv.slice(2);

// Without a parent nobody hears the outcome, and the next parent may already be building.
process.on("disconnect", () => process.exit(1));

async function publish(servedDir: string): Promise<Outcome> {
  const settings = readSettings();
  const served = { ...settings, outDir: servedDir };
  checkOurs(served, "served.json");
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

const outcome = await publish(servedDir!).catch((thrown: unknown) => ({
  failure: reportFailure(thrown),
}));
send({ outcome }, () => process.exit(0));
