/**
 * `npm run release`: the site built beside the running one, checked, and given to readers in one moment, in `SITE_DIR`
 * (or `site`). `--if-due`: only when the content or the hour calls for it and nobody else is at it; otherwise it says
 * nothing and ends well.
 */
import { enableCompileCache } from "node:module";
import path from "node:path";
import { releaseText } from "../i18n/release.ts";
import { readSettings } from "../loader/settings.ts";
import { isDue } from "../release/due.ts";
import { Busy } from "../release/lock.ts";
import { isUntidy, tidyPassing } from "../release/passing.ts";
import { liveCache, siteDirOr } from "../release/place.ts";
import { switching } from "../release/switch.ts";
import { Held } from "../release/trouble.ts";
import { progressLine, reportBuild, reportFailure } from "./report.ts";

const isQuiet = process.argv.includes("--if-due");
const progress = progressLine();

async function run(siteDir: string): Promise<void> {
  const settings = readSettings();
  if (isQuiet) {
    if (isUntidy(siteDir)) await switching(siteDir, () => tidyPassing(siteDir));
    if (!(await isDue(settings, siteDir))) return;
  }
  const cacheDir = liveCache(settings);
  // Astro reads them from here.
  process.env.CACHE_DIR = cacheDir;
  process.env.OUT_DIR = path.join(cacheDir, "site");
  // The same program each time: what was compiled once need not be again.
  enableCompileCache(path.join(cacheDir, "compiled"));
  const { release } = await import("../release/release.ts");
  if (!isQuiet) console.log("Đang kiểm tra nội dung và dựng trang…");
  const { id, isNew, result } = await release({
    settings: readSettings(),
    siteDir,
    isAsked: !isQuiet,
    tell: (message) => progress.tell(message),
    progress: progress.show,
  });
  progress.tell(reportBuild(result));
  console.log(
    isNew
      ? releaseText.released(id, settings.siteUrl + settings.base)
      : releaseText.unchanged(id),
  );
}

try {
  await run(siteDirOr());
} catch (thrown) {
  progress.end();
  // Who only looks whether there is work leaves it to who is at it.
  if (!isQuiet || !(thrown instanceof Busy || thrown instanceof Held)) {
    console.error(reportFailure(thrown));
    if (process.env.DEBUG) console.error(thrown);
    process.exitCode = 1;
  }
}
