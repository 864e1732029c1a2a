/**
 * What search engines are told of: every page that is meant to be found, when it last changed, its pictures
 * (sitemaps.org's protocol, with Google's extensions for images and news). Pure.
 */
import { markup, trusted, type Markup } from "../blocks/html.ts";
import { EMBEDS } from "../embeds/address.ts";
import { creditOf } from "../loader/beside.ts";
import { MEDIA_FOLDER, renditions } from "../media/picture.ts";
import { CORRECTIONS, PRESS } from "../press/address.ts";
import { LISTED_TERMS, YEARS_ADDRESS, kinds } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";
import type { Library, Story } from "../stories/library.ts";
import { storyLists } from "../stories/routes.ts";
import { inNews } from "../stories/state.ts";
import { timesOf } from "../stories/times.ts";
import { storyView } from "../stories/views.ts";

/** The file that names all others. */
export const SITEMAP_INDEX = "sitemap-index";
/** The news of the last two days. */
export const NEWS_SITEMAP = "news-sitemap";

/** A file holds fifty thousand addresses at most; with their pictures so many stay well below. */
const MOST_STORIES = 5000;

/** Pages that are neither lists nor made of entries. */
const OWN_PAGES = ["/tim-kiem/", PRESS, CORRECTIONS, EMBEDS, "/api/"];

/** A sitemap by its name: the last part of its address without its ending. */
export interface Sitemap {
  name: string;
  xml: string;
  /** The latest change of the pages it names, where it is known. */
  updated?: string | undefined;
}

/** A page: when it last changed, where that is known, and its pictures. */
interface Page {
  path: string;
  updated?: string | undefined;
  pictures: string[];
}

/** The sitemaps of all pages: one of lists and the like, and one a year of stories, or several. */
export function sitemapsOf(shelf: Library): Sitemap[] {
  const years = Map.groupBy(
    // From the oldest on: a new story changes the last of its year alone.
    shelf.stories
      .map((story) => ({ story, ...timesOf(story) }))
      .sort((a, b) =>
        a.published === b.published
          ? a.story.address < b.story.address
            ? -1
            : 1
          : a.published < b.published
            ? -1
            : 1,
      ),
    ({ published }) => published.slice(0, 4),
  );
  return [
    sitemapOf("trang", otherPages(shelf)),
    ...[...years].flatMap(([year, members]) =>
      chunksOf(members).map((chunk, index) =>
        sitemapOf(
          index === 0 ? year : `${year}-${index + 1}`,
          chunk.map(({ story, updated }) => ({
            path: story.address,
            updated,
            pictures: picturesOf(story, shelf),
          })),
        ),
      ),
    ),
  ];
}

function chunksOf<T>(list: readonly T[]): T[][] {
  return Array.from(
    { length: Math.ceil(list.length / MOST_STORIES) },
    (_, index) => list.slice(index * MOST_STORIES, (index + 1) * MOST_STORIES),
  );
}

/** The lists that have stories, their indexes, documents and pages about the site. */
function otherPages(shelf: Library): Page[] {
  const paths = [
    ...[...LISTED_TERMS, "campaigns" as const, "documents" as const].map(
      (kind) => `/${kinds[kind].address}/`,
    ),
    `/${YEARS_ADDRESS}/`,
    ...OWN_PAGES,
    ...[...shelf.documents, ...shelf.pages].map(({ address }) => address),
  ];
  return [
    ...storyLists(shelf)
      .filter(
        ({ path, stories }) => path === "/" || isPlan(path) || stories.length,
      )
      .map(({ path, stories }) => ({
        path,
        updated: latest(stories.map((story) => timesOf(story).updated)),
        pictures: [],
      })),
    ...paths.map((path) => ({ path, pictures: [] })),
  ];
}

/** A campaign's page says what is planned before there is a story. */
const isPlan = (path: string): boolean =>
  path.startsWith(`/${kinds.campaigns.address}/`);

/** Instants in one zone, written alike, sort as they are. */
const latest = (instants: readonly string[]): string | undefined =>
  instants.reduce<string | undefined>(
    (last, instant) => (last && last > instant ? last : instant),
    undefined,
  );

/** The pictures of a story as large as they are published; its share picture where it has none. */
function picturesOf(story: Story, shelf: Library): string[] {
  const files = story.pictures.map((shown) =>
    canonical(
      `/${MEDIA_FOLDER}/${renditions(shown.info, creditOf(shown)).at(-1)!.file}`,
    ),
  );
  return files.length > 0
    ? [...new Set(files)]
    : [storyView(story, shelf).share.href];
}

const sitemapOf = (name: string, pages: readonly Page[]): Sitemap => ({
  name,
  updated: latest(pages.flatMap(({ updated }) => updated ?? [])),
  xml: urlset(
    "image",
    pages.map(
      ({ path, updated, pictures }) =>
        markup`<url><loc>${canonical(path)}</loc>${lastmod(updated)}${pictures.map(
          (picture) =>
            markup`<image:image><image:loc>${picture}</image:loc></image:image>`,
        )}</url>`,
    ),
  ),
});

/** The file that names all others. */
export const sitemapIndex = (sitemaps: readonly Sitemap[]): string =>
  xmlOf(
    markup`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${sitemaps.map(
      ({ name, updated }) =>
        markup`<sitemap><loc>${canonical(`/sitemaps/${name}.xml`)}</loc>${lastmod(updated)}</sitemap>`,
    )}</sitemapindex>`,
  );

/** The news of the last two days, newest first. */
export const newsSitemap = ({ storiesOf, site, now }: Library): string =>
  urlset(
    "news",
    storiesOf.news.list
      .filter(({ data }) => inNews(data, now))
      .map((story) => ({ story, ...timesOf(story) }))
      .sort((a, b) => (a.published < b.published ? 1 : -1))
      .slice(0, MOST_NEWS)
      .map(
        ({ story, published }) =>
          markup`<url><loc>${canonical(story.address)}</loc><news:news><news:publication><news:name>${site.name}</news:name><news:language>vi</news:language></news:publication><news:publication_date>${published}</news:publication_date><news:title>${story.data.title}</news:title></news:news></url>`,
      ),
  );

/** Google reads no more. */
const MOST_NEWS = 1000;

const urlset = (extension: "image" | "news", urls: readonly Markup[]) =>
  xmlOf(
    markup`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ${trusted(`xmlns:${extension}="http://www.google.com/schemas/sitemap-${extension}/${extension === "image" ? "1.1" : "0.9"}"`)}>${urls}</urlset>`,
  );

const lastmod = (updated: string | undefined): Markup | undefined =>
  updated ? markup`<lastmod>${updated}</lastmod>` : undefined;

const xmlOf = ({ html }: Markup): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${html}\n`;
