/** `npm run rollback [-- ID]`: readers get the release before, or the one that is named; in less than a second. */
import { releaseText } from "../i18n/release.ts";
import { siteDirOr } from "../release/place.ts";
import { rollback } from "../release/rollback.ts";
import { reportFailure } from "./report.ts";

try {
  const { from, to } = await rollback(siteDirOr(), process.argv[2]);
  console.log(releaseText.wentBack(to, from));
} catch (thrown) {
  console.error(reportFailure(thrown));
  if (process.env.DEBUG) console.error(thrown);
  process.exitCode = 1;
}
