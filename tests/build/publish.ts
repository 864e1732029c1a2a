/** Publishing as the CMS and `npm run release` do it: entries with errors are held back, the rest goes out. */
import { buildSite } from "../../src/build/build.ts";
import { reportBuild } from "../../src/cli/report.ts";
import { readSettings } from "../../src/loader/settings.ts";

const result = await buildSite({
  settings: readSettings(),
  strict: false,
  tell: console.log,
});
console.log(reportBuild(result));
