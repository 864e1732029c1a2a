import { beforeAll, describe, expect, it, vi } from "vitest";
import type { FeedItem, FeedView } from "../../src/feeds/feed.ts";
import { writeFeed } from "../../src/feeds/write.ts";
import { escapeHtml } from "../../src/blocks/html.ts";
import {
  NOT_XML,
  readWithFeedparser,
  readWithRssParser,
} from "../support/feeds.ts";
import { HOSTILE, UNSPEAKABLE } from "./hostile.ts";

beforeAll(() => vi.stubEnv("SITE", "https://guong.example"));

const data = {
  title: UNSPEAKABLE,
  summary: UNSPEAKABLE,
  owner: UNSPEAKABLE,
  problem: UNSPEAKABLE,
  method: [],
  results: [],
  spread: [],
  recognition: [],
  changes: [{ date: "2026-11-10", note: UNSPEAKABLE }],
  sources: [{ publisher: UNSPEAKABLE }],
} as unknown as FeedItem["article"]["data"];

const item = (published = "2026-11-01T23:30:00+07:00"): FeedItem => ({
  id: "tag:guong.example,2026-11-01:/mo-hinh/bai/",
  url: "https://guong.example/mo-hinh/bai/",
  title: UNSPEAKABLE,
  summary: UNSPEAKABLE,
  published,
  updated: published,
  author: UNSPEAKABLE,
  categories: [UNSPEAKABLE],
  picture: {
    url: "https://guong.example/a.webp?a=1&b=%22",
    type: "image/webp",
    width: 3,
    height: 2,
    alt: UNSPEAKABLE,
    caption: UNSPEAKABLE,
    credit: UNSPEAKABLE,
    licence: UNSPEAKABLE,
  },
  article: {
    path: "/mo-hinh/bai/",
    data,
    gallery: [],
    awards: [],
    attachments: [],
    documents: [],
  },
});

const feed = (items: FeedItem[] = [item()]): FeedView => ({
  path: "/mo-hinh/",
  url: "https://guong.example/mo-hinh/",
  title: UNSPEAKABLE,
  summary: UNSPEAKABLE,
  author: UNSPEAKABLE,
  site: UNSPEAKABLE,
  image: "https://guong.example/anh.png",
  updated: "2026-11-01T23:30:00+07:00",
  items,
});

/** A reader may trim, and run spaces together. */
const tidy = (words: string) => words.replace(/\s+/g, " ").trim();

const TITLE_WITHOUT_TAGS = tidy(
  HOSTILE.replace(/^.*?<script>/, "")
    .replace("</script>", "")
    .replace(/<!.*?-->/, ""),
);

describe.each(["rss", "atom"] as const)("hostile words in %s", (format) => {
  const xml = () => writeFeed(feed(), format);

  it.each([
    ["rss-parser", readWithRssParser, tidy(HOSTILE)],
    ["feedparser", readWithFeedparser, TITLE_WITHOUT_TAGS],
  ])("reach %s as words", async (_name, read, words) => {
    const { title, items } = await read(xml());
    expect(tidy(title)).toBe(words);
    expect(items).toHaveLength(1);
    const [only] = items;
    expect(tidy(only!.title)).toBe(words);
    expect([words, tidy(HOSTILE)]).toContain(tidy(only!.author));
    expect(only!.content).toContain(`<p>${escapeHtml(HOSTILE)}</p>`);
    expect(only!.content).not.toMatch(/<script/);
    expect(only!.published).toEqual(new Date("2026-11-01T16:30:00Z"));
  });

  it("leave a document that XML allows, with no element of their own", () => {
    expect(xml()).not.toMatch(NOT_XML);
    const outside = xml().replace(/<!\[CDATA\[[^]*?\]\]>/g, "");
    expect(outside).not.toContain("script>");
    expect(outside).not.toContain("<b");
  });

  it("say the moment in Vietnam's time", () => {
    expect(xml()).toContain(
      format === "rss"
        ? "<pubDate>Sun, 01 Nov 2026 23:30:00 +0700</pubDate>"
        : "<published>2026-11-01T23:30:00+07:00</published>",
    );
  });
});

describe("hostile words in JSON Feed", () => {
  it("are words", () => {
    const read = JSON.parse(writeFeed(feed(), "json"));
    expect(read.title).toBe(HOSTILE);
    expect(read.items[0].title).toBe(HOSTILE);
    expect(read.items[0].content_html).toContain(
      `<p>${escapeHtml(HOSTILE)}</p>`,
    );
    expect(read.items[0].date_published).toBe("2026-11-01T23:30:00+07:00");
  });
});
