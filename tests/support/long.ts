/** Tests that build the site anew again and again, for what seldom changes: `npm run test:long`. */
import { it } from "vitest";

export const long = it.runIf(process.env.LONG);
