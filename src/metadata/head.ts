/**
 * What the head of a page says of it to browsers, search engines and those who show links to it, as plain data: pure,
 * from what the page shows and what stands around it.
 */
import { oembedOf } from "../embeds/address.ts";
import { feedsOf } from "../feeds/address.ts";
import { canonical } from "../stories/address.ts";
import type { ShareView } from "../stories/share.ts";
import type { Chrome, Link, ListView, StoryView } from "../stories/views.ts";
import { DUBLIN_CORE, dublinOfList, dublinOfStory } from "./dublin.ts";
import { graphOf, scriptText } from "./graph.ts";
import { TEXT_LICENCE } from "../stories/licence.ts";
import { cardMetas } from "./social.ts";

/** What a page shows, where machines ask for more than its words. */
export type Subject =
  | { story: StoryView }
  | { list: ListView }
  | { campaign: true }
  | { site: true };

export interface HeadPage {
  /** The page's path from the site's root, for its canonical link. */
  path: string;
  title: string;
  description?: string | undefined;
  crumbs?: Link[] | undefined;
  /** Keeps the page out of search engines: notices, the page that is not found. */
  hidden?: boolean | undefined;
  /** The page's own picture for those who share a link to it. */
  share?: ShareView | undefined;
  subject?: Subject | undefined;
}

/** A meta element: named by one vocabulary, or by two that say the same. */
export interface Meta {
  property?: string;
  name?: string;
  content: string;
}

export interface HeadLink {
  rel: string;
  href: string;
  type?: string;
  title?: string;
}

export interface Head {
  title: string;
  /** Before all else that is fetched: some read only the beginning. */
  first: HeadLink[];
  metas: Meta[];
  links: HeadLink[];
  /** JSON-LD, ready to stand in a script element. */
  graph?: string;
}

/** All that a page's head says. */
export function headOf(page: HeadPage, chrome: Chrome): Head {
  const { site } = chrome;
  const { path, hidden } = page;
  const title = titleOf(page, chrome);
  const description = page.description ?? `${page.title}. ${site.description}`;
  const metas = [{ name: "description", content: description }];
  const robots =
    hidden || !site.official ? "noindex" : "max-image-preview:large";
  metas.push({ name: "robots", content: robots });
  if (hidden) return { title, first: [], metas, links: [] };
  const said = {
    path,
    title: path === "/" ? title : page.title,
    description,
  };
  const dublin = dublinMetas(page, said, chrome);
  const graph = graphOf(page, chrome);
  return {
    title,
    first: firstLinks(page),
    metas: merged([
      ...metas,
      ...cardMetas(said, page.share ?? chrome.share, site, storyOf(page)),
      ...dublin,
    ]),
    links: [
      { rel: "canonical", href: canonical(path) },
      ...feedLinks(page),
      ...(dublin.length > 0
        ? [
            { rel: "license", href: TEXT_LICENCE.url },
            { rel: "schema.DC", href: DUBLIN_CORE },
          ]
        : []),
    ],
    ...(graph ? { graph: scriptText(graph) } : {}),
  };
}

// A movement and a field may have the same name: the list a page stands in tells them apart.
function titleOf({ path, title, crumbs }: HeadPage, { site }: Chrome): string {
  if (path === "/") return `${site.name}: ${site.tagline}`;
  const shelf = crumbs?.[0]?.text;
  return [title, !title.startsWith(shelf ?? "") && shelf, site.name]
    .filter(Boolean)
    .join(" | ");
}

const storyOf = ({ subject }: HeadPage): StoryView | undefined =>
  subject && "story" in subject ? subject.story : undefined;

/** A list's own page, not one of its numbered ones. */
const isFront = ({ subject }: HeadPage): boolean =>
  subject !== undefined && !("list" in subject && subject.list.page);

/** Where a page can be had to put into another, for those who are given its address alone. */
const firstLinks = (page: HeadPage): HeadLink[] =>
  isFront(page)
    ? [
        {
          rel: "alternate",
          type: "application/json+oembed",
          href: canonical(oembedOf(page.path)),
        },
      ]
    : [];

/** The feeds of a list; of the list that a story stands in. */
function feedLinks(page: HeadPage): HeadLink[] {
  if (!isFront(page)) return [];
  const list = storyOf(page) ? page.path.replace(/[^/]+\/$/, "") : page.path;
  return feedsOf(list).map((feed) => ({ rel: "alternate", ...feed }));
}

function dublinMetas(
  { subject }: HeadPage,
  said: { path: string; title: string; description: string },
  { site }: Chrome,
): Meta[] {
  if (!subject || "site" in subject) return [];
  return "story" in subject
    ? dublinOfStory(subject.story, site)
    : dublinOfList(said, site);
}

/** One element for what two vocabularies, one of properties and one of names, say alike: pages are to be light. */
function merged(metas: readonly Meta[]): Meta[] {
  const made: Meta[] = [];
  for (const { property, name, content } of metas) {
    const same = made.find(
      (other) =>
        other.content === content &&
        (property ? !other.property : !other.name) &&
        // Engines look for these two by their names, wherever they stand.
        !/^(?:robots|twitter:card)$/.test(other.name ?? ""),
    );
    if (same) Object.assign(same, property ? { property } : { name });
    else
      made.push({
        ...(property ? { property } : {}),
        ...(name ? { name } : {}),
        content,
      });
  }
  return made;
}
