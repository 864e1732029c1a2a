/** News for the press: releases, and what was corrected. */
import { dayOf } from "../i18n/dates.ts";
import type { MARKED_NEWS } from "../schema/news.ts";
import type { Library, Story } from "../stories/library.ts";

/** News of one of the categories that bear a mark of their own. */
export const newsOf = (
  category: (typeof MARKED_NEWS)[number],
  { storiesOf }: Library,
): Story[] =>
  storiesOf.news.list.filter(
    ({ data }) => "category" in data && data.category === category,
  );

/** Something that was corrected: a note on a story, or else the story is itself news of it. */
export interface Corrected {
  day: string;
  story: Story;
  note?: string;
}

/** Notes on stories and news of corrections, the newest first. */
export function correctionsIn(shelf: Library): Corrected[] {
  const notes = shelf.stories.flatMap((story) =>
    story.data.changes.map(({ date, note }) => ({ day: date, story, note })),
  );
  const news = newsOf("correction", shelf).map((story) => ({
    day: dayOf(story.data.publishedAt!),
    story,
  }));
  return [...notes, ...news].sort((a, b) =>
    a.day === b.day
      ? a.story.address < b.story.address
        ? -1
        : 1
      : a.day < b.day
        ? 1
        : -1,
  );
}
