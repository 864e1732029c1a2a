/** `npm run build`: the static site in `dist/`. Strict: with any error in the content, nothing is built and the exit code is 1. */
import { buildSite } from "../build/build.ts";
import { readSettings } from "../loader/settings.ts";
import { progressLine, reportBuild, reportFailure } from "./report.ts";

const progress = progressLine();
console.log("Đang kiểm tra nội dung và dựng trang…");
try {
  const result = await buildSite({
    settings: readSettings(),
    strict: true,
    tell: (message) => progress.tell(message),
    progress: progress.show,
  });
  progress.end();
  console.log(reportBuild(result));
  process.exitCode = result.built ? 0 : 1;
} catch (thrown) {
  progress.end();
  console.error(reportFailure(thrown));
  if (process.env.DEBUG) console.error(thrown);
  process.exitCode = 1;
}
