/** Feeds as two readers' parsers see them. */
import { Readable } from "node:stream";
import FeedParser from "feedparser";
import RssParser from "rss-parser";

export interface ReadItem {
  id: string;
  link: string;
  title: string;
  content: string;
  author: string;
  /** As the reader understood it. */
  published: Date;
}

export interface ReadFeed {
  title: string;
  items: ReadItem[];
}

/** rss-parser stops at XML that is not well-formed. */
export async function readWithRssParser(xml: string): Promise<ReadFeed> {
  const parser = new RssParser<object, Record<string, string>>({
    customFields: {
      item: ["id", "content:encoded", "dc:creator", "published"],
    },
  });
  const feed = await parser.parseString(xml);
  return {
    title: feed.title!,
    items: feed.items.map((item) => ({
      id: item.guid ?? item.id!,
      link: item.link!,
      title: item.title!,
      content: item["content:encoded"] ?? item.content!,
      author: item["dc:creator"] ?? item.creator ?? item.author!,
      published: new Date(item.isoDate!),
    })),
  };
}

/** feedparser stops as well. Out of titles and names it takes what looks like a tag. */
export async function readWithFeedparser(xml: string): Promise<ReadFeed> {
  const parser = new FeedParser({});
  const items: FeedParser.Item[] = [];
  parser.on("readable", () => {
    for (let item = parser.read(); item; item = parser.read()) items.push(item);
  });
  await new Promise((resolve, reject) => {
    parser.on("end", resolve).on("error", reject);
    Readable.from([xml]).pipe(parser);
  });
  return {
    title: parser.meta.title,
    items: items.map((item) => ({
      id: item.guid,
      link: item.link,
      title: item.title,
      content: item.description,
      author: item.author,
      published: item.pubdate!,
    })),
  };
}

/** What a document of XML 1.0 may not hold. */
export const NOT_XML =
  /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
