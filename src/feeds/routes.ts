/** The routes of feeds for Astro: of every list, in every format. */
import { hash } from "node:crypto";
import type { APIRoute } from "astro";
import { readSettings } from "../loader/settings.ts";
import { library } from "../stories/collections.ts";
import type { Library } from "../stories/library.ts";
import { storyLists, type StoryList } from "../stories/routes.ts";
import { FEED_FORMATS, type FeedFormat } from "./address.ts";
import { feedView, type FeedItem, type FeedView } from "./feed.ts";
import { writeFeed } from "./write.ts";

/** The answer to a question for one feed, all that it depends on, and a key that changes exactly with that. */
interface FeedRoute {
  params: { list: string | undefined };
  props: { view: FeedView };
  cacheKey: string;
}

const digest = (value: unknown): string =>
  hash("sha256", JSON.stringify(value), "base64url").slice(0, 22);

const digests = new WeakMap<FeedItem, string>();

/** A story stands in a dozen feeds of three formats: what it holds is looked through once. */
function digestOf(item: FeedItem): string {
  const made = digests.get(item) ?? digest(item);
  digests.set(item, made);
  return made;
}

/**
 * Routes of feeds: parameter `list`, the list's path without slashes at its ends.
 *
 * @param lists whose feeds; every list of stories, unless told otherwise
 */
export async function feedRoutes(
  lists: (shelf: Library) => StoryList[] = storyLists,
): Promise<FeedRoute[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  return lists(shelf).map((list) => {
    const view = feedView(list, shelf);
    const { items, ...head } = view;
    return {
      params: { list: list.path.slice(1, -1) || undefined },
      props: { view },
      cacheKey: digest([head, items.map(digestOf)]),
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
