/** The judge as it runs in an editor's browser, before anything is sent. */
import {
  judgeEntry,
  type JudgedSource,
  type Judgement,
} from "../src/judge/judge.ts";
import type { Around } from "../src/judge/references.ts";
import { parse } from "./parse.ts";

export { entryText, openEntry } from "./entry.ts";

/**
 * Judges an entry's text in the browser. The desk judges again when it is saved, and its word is final.
 *
 * @param around what the browser knows of other entries; left out when it knows nothing
 */
export const judge = (source: JudgedSource, around?: Around): Judgement =>
  judgeEntry(source, parse, around);
