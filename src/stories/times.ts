/** When a story came out and was last corrected, for machines: feeds, search engines, press. */
import { dayStart, instantOf } from "../i18n/dates.ts";
import type { Story } from "./library.ts";
import { outAt } from "./state.ts";

/** When a story was first out, and when it was last corrected, as its public notes of changes tell. */
export function timesOf({ data }: Pick<Story, "data">): {
  published: string;
  updated: string;
} {
  const out = outAt(data);
  // A note knows its day, which may have begun before the story was out.
  const changed = data.changes.map(({ date }) => dayStart(date));
  return {
    published: instantOf(new Date(out)),
    updated: instantOf(new Date(Math.max(out, ...changed))),
  };
}
