/** Where the feeds of a list are. Readers subscribe to these addresses: what is here stays. */
import { href } from "../stories/address.ts";

export const FEED_FORMATS = {
  rss: { file: "rss.xml", type: "application/rss+xml", name: "RSS" },
  atom: { file: "atom.xml", type: "application/atom+xml", name: "Atom" },
  json: { file: "feed.json", type: "application/feed+json", name: "JSON Feed" },
} as const;
export type FeedFormat = keyof typeof FEED_FORMATS;

/** A list's feed, without the site's base: `/mo-hinh/` has `/mo-hinh/rss.xml`. */
export const feedPath = (list: string, format: FeedFormat): string =>
  `${list}${FEED_FORMATS[format].file}`;

/** What a page says of a feed: `<link rel="alternate">`, or a link to read. */
export interface FeedLink {
  type: string;
  href: string;
  title: string;
}

/**
 * The feeds of a list, as its page links to them.
 *
 * @param list the list's own address, `/` for the whole site
 * @param name what the list is called; the feeds are called by their formats alone without it
 */
export const feedsOf = (list: string, name?: string): FeedLink[] =>
  (Object.keys(FEED_FORMATS) as FeedFormat[]).map((format) => ({
    type: FEED_FORMATS[format].type,
    href: href(feedPath(list, format)),
    title: name
      ? `${name} (${FEED_FORMATS[format].name})`
      : FEED_FORMATS[format].name,
  }));
