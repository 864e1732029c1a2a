/** News for the press: releases, and what was corrected. */
import { dayOf } from "../i18n/dates.ts";
import { pressText } from "../i18n/press.ts";
import type { MARKED_NEWS } from "../schema/news.ts";
import type { Library, Story } from "../stories/library.ts";
import type { StoryList } from "../stories/routes.ts";
import { CORRECTIONS, PRESS } from "./address.ts";

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

/** The press's own lists, which have feeds: releases, and stories of which something was corrected. */
export const pressLists = (shelf: Library): StoryList[] => [
  {
    path: PRESS,
    title: pressText.releases,
    stories: newsOf("press-release", shelf),
  },
  {
    path: CORRECTIONS,
    title: pressText.corrections,
    summary: pressText.correctionsSummary,
    stories: [...new Set(correctionsIn(shelf).map(({ story }) => story))],
    inOrder: true,
  },
];
