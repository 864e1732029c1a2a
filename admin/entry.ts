/** The text of an entry as the CMS saves it. */
import { writeEntry, type Edited } from "../src/judge/entry.ts";
import { repairBody } from "./repair.ts";

export { openEntry } from "../src/judge/entry.ts";

/**
 * The text of an entry as it is to be saved, with its body repaired where it was changed.
 *
 * @param place the entry's kind, and its file's path below the content folder
 * @param edited what the form holds; empty values are left out
 * @param original the text of the file that was opened; left out for a new entry
 */
export const entryText = (
  place: Parameters<typeof writeEntry>[0],
  edited: Edited,
  original?: string,
): string => writeEntry(place, edited, original, repairBody);
