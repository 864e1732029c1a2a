/** The routes of feeds for Astro: of every list, in every format. */
import type { APIRoute } from "astro";
import { readSettings } from "../loader/settings.ts";
import { library } from "../stories/collections.ts";
import { digest, digestOnce } from "../stories/digest.ts";
import type { Library } from "../stories/library.ts";
import { pressLists } from "../press/news.ts";
import { storyLists, type StoryList } from "../stories/routes.ts";
import { FEED_FORMATS, type FeedFormat } from "./address.ts";
import { feedView, type FeedView } from "./feed.ts";
import { writeFeed } from "./write.ts";

/** The answer to a question for one feed, all that it depends on, and a key that changes exactly with that. */
interface FeedRoute {
  params: { list: string | undefined };
  props: { view: FeedView };
  cacheKey: string;
}

const allLists = (shelf: Library): StoryList[] => [
  ...storyLists(shelf),
  ...pressLists(shelf),
];

/**
 * Routes of feeds: parameter `list`, the list's path without slashes at its ends.
 *
 * @param lists whose feeds; every list of stories, and the press's, unless told otherwise
 */
export async function feedRoutes(
  lists: (shelf: Library) => StoryList[] = allLists,
): Promise<FeedRoute[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  return lists(shelf).map((list) => {
    const view = feedView(list, shelf);
    const { items, ...head } = view;
    return {
      params: { list: list.path.slice(1, -1) || undefined },
      props: { view },
      cacheKey: digest([head, items.map(digestOnce)]),
    };
  });
}

/** Answers with a feed in one format. */
export const feedAnswer =
  (format: FeedFormat): APIRoute<{ view: FeedView }> =>
  ({ props }) =>
    new Response(writeFeed(props.view, format), {
      headers: {
        "content-type": `${FEED_FORMATS[format].type}; charset=utf-8`,
      },
    });
