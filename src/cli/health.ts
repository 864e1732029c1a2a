/** `npm run -s health`: how the site is doing, as JSON; exit code 1 when somebody has to see to something. */
import { healthOf } from "../release/health.ts";
import { siteDirOr } from "../release/place.ts";

const health = healthOf(siteDirOr());
console.log(JSON.stringify(health, null, 2));
process.exitCode = health.problems.length > 0 ? 1 : 0;
