/** Feeds in their three formats. feedsmith writes them; what it is given here is text that XML can hold. */
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { escapeHtml, speakable } from "../blocks/html.ts";
import { text } from "../i18n/vi.ts";
import { GENERATOR } from "../loader/settings.ts";
import { canonical } from "../stories/address.ts";
import { FEED_FORMATS, feedPath, type FeedFormat } from "./address.ts";
import type { FeedItem, FeedPicture, FeedView } from "./feed.ts";
import { articleHtml } from "./plain.ts";

/** A feed's text in one of the formats. */
export const writeFeed = (view: FeedView, format: FeedFormat): string =>
  WRITERS[format](spoken(view));

const WRITERS: Record<FeedFormat, (view: FeedView) => string> = {
  rss: writeRss,
  atom: writeAtom,
  json: writeJson,
};

/** The same data without the code points that XML cannot hold. The articles' HTML is free of them already. */
const spoken = (view: FeedView): FeedView => ({
  ...(speak({ ...view, items: [] }) as FeedView),
  items: view.items.map(({ article, ...item }) => ({
    ...(speak(item) as Omit<FeedItem, "article">),
    article,
  })),
});

function speak(value: unknown): unknown {
  if (typeof value === "string") return speakable(value);
  if (Array.isArray(value)) return value.map(speak);
  return value && typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, speak(inner)]),
      )
    : value;
}

const MINUTES_EAST = 7 * 60;

/** A moment that writes itself in Vietnam's time, where feedsmith would have a Date write Greenwich's. */
class VietnamDate extends Date {
  #local(): Date {
    return new Date(this.getTime() + MINUTES_EAST * 60_000);
  }
  override toUTCString(): string {
    return Date.prototype.toUTCString
      .call(this.#local())
      .replace(/GMT$/, "+0700");
  }
  override toISOString(): string {
    return Date.prototype.toISOString
      .call(this.#local())
      .replace(/\.\d+Z$/, "+07:00");
  }
}
const moment = (instant: string): Date => new VietnamDate(instant);

const self = ({ path }: FeedView, format: FeedFormat): string =>
  canonical(feedPath(path, format));

function writeRss(view: FeedView): string {
  return generateRssFeed({
    title: view.title,
    link: view.url,
    description: view.summary,
    language: "vi",
    copyright: text.licence,
    generator: GENERATOR,
    lastBuildDate: moment(view.updated),
    image: { url: view.image, title: view.title, link: view.url },
    atom: {
      links: [
        { href: self(view, "rss"), rel: "self", type: FEED_FORMATS.rss.type },
      ],
    },
    items: view.items.map((item) => ({
      title: item.title,
      link: item.url,
      guid: { value: item.id, isPermaLink: false },
      pubDate: moment(item.published),
      // Readers take a description for HTML.
      description: escapeHtml(item.summary),
      categories: item.categories.map((name) => ({ name })),
      dc: { creators: [item.author] },
      content: { encoded: articleHtml(item.article, view.site) },
      ...(item.picture ? { media: { contents: [mediaOf(item.picture)] } } : {}),
    })),
  });
}

const mediaOf = ({
  url,
  type,
  width,
  height,
  alt,
  caption,
  credit,
  licence,
}: FeedPicture) => ({
  url,
  type,
  medium: "image" as const,
  width,
  height,
  description: { value: caption ?? alt, type: "plain" as const },
  credits: [{ value: credit, role: "photographer" }],
  copyright: { value: licence },
});

function writeAtom(view: FeedView): string {
  return generateAtomFeed({
    id: view.url,
    title: { value: view.title },
    subtitle: { value: view.summary },
    updated: moment(view.updated),
    authors: [{ name: view.author }],
    rights: { value: text.licence },
    generator: { text: GENERATOR },
    logo: view.image,
    links: [
      { href: self(view, "atom"), rel: "self", type: FEED_FORMATS.atom.type },
      { href: view.url, rel: "alternate", type: "text/html" },
    ],
    xml: { lang: "vi" },
    entries: view.items.map((item) => ({
      id: item.id,
      title: { value: item.title },
      published: moment(item.published),
      updated: moment(item.updated),
      authors: [{ name: item.author }],
      links: [{ href: item.url, rel: "alternate", type: "text/html" }],
      categories: item.categories.map((name) => ({ term: name })),
      summary: { value: item.summary },
      content: { type: "html", value: articleHtml(item.article, view.site) },
      ...(item.picture ? { media: { contents: [mediaOf(item.picture)] } } : {}),
    })),
  });
}

function writeJson(view: FeedView): string {
  return JSON.stringify(
    generateJsonFeed({
      title: view.title,
      home_page_url: view.url,
      feed_url: self(view, "json"),
      description: view.summary,
      language: "vi",
      authors: [{ name: view.author }],
      items: view.items.map((item) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        summary: item.summary,
        content_html: articleHtml(item.article, view.site),
        date_published: moment(item.published),
        date_modified: moment(item.updated),
        authors: [{ name: item.author }],
        tags: item.categories,
        language: "vi",
        ...(item.picture ? { image: item.picture.url } : {}),
      })),
    }),
  );
}
