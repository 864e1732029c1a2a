/** What a feed holds, as plain data: the newest stories of a list, for readers of feeds. */
import { instantOf } from "../i18n/dates.ts";
import { licenceLabel } from "../schema/picture.ts";
import { canonical, inFull } from "../stories/address.ts";
import { termsOf, type Library, type Story } from "../stories/library.ts";
import { publisherName } from "../stories/publisher.ts";
import type { StoryList } from "../stories/routes.ts";
import { outAt } from "../stories/state.ts";
import { timesOf } from "../stories/times.ts";
import {
  chromeOf,
  storyView,
  termTitle,
  type ShownFigure,
} from "../stories/views.ts";
import { articleOf, shownSize, type Article } from "./plain.ts";

/** How many stories a feed holds. */
export const FEED_SIZE = 30;

export interface FeedItem {
  /** Stays the same for ever. */
  id: string;
  url: string;
  title: string;
  summary: string;
  /** When the story was first out, and when it was last corrected: ISO 8601 in Vietnam's time. */
  published: string;
  updated: string;
  author: string;
  categories: string[];
  picture?: FeedPicture | undefined;
  article: Article;
}

export interface FeedPicture {
  url: string;
  type: string;
  width: number;
  height: number;
  alt: string;
  caption?: string | undefined;
  credit: string;
  licence: string;
}

export interface FeedView {
  /** The list's own page, and the same with the public origin. */
  path: string;
  url: string;
  /** The list's title with the site's name. */
  title: string;
  summary: string;
  /** Whose feed it is: the site, or its publisher once it is official. */
  author: string;
  site: string;
  image: string;
  /** When its newest story came out or was corrected. */
  updated: string;
  items: FeedItem[];
}

/**
 * A list's feed: newest publication first, as readers of feeds expect, where the site's own lists go by the event.
 * Of corrections, the newest first.
 */
export function feedView(
  { path, title, summary, stories, inOrder }: StoryList,
  shelf: Library,
): FeedView {
  const { site } = shelf;
  const items = (inOrder ? stories : byPublication(stories, shelf))
    .slice(0, FEED_SIZE)
    .map((story) => itemOf(story, shelf));
  return {
    path,
    url: canonical(path),
    title: path === "/" ? title : `${title} | ${site.name}`,
    summary: summary ?? `${title}. ${site.description}`,
    author: publisherName(site),
    site: site.name,
    image: chromeOf(shelf).share.href,
    // Never the moment of the build: a feed of the same stories is the same feed.
    updated:
      items
        .map(({ updated }) => updated)
        .sort()
        .at(-1) ?? beginningOf(shelf),
    items,
  };
}

const orders = new WeakMap<Library, Map<Story, number>>();

/** Each story's place when all are put in order of publication, the latest first. Found out once. */
function orderOf(shelf: Library): Map<Story, number> {
  let order = orders.get(shelf);
  if (!order) {
    const timed = shelf.stories.map(
      (story) => [story, outAt(story.data)] as const,
    );
    // What came out together stands in the order of the site's own lists.
    timed.sort(([, first], [, second]) => second - first);
    order = new Map(timed.map(([story], index) => [story, index]));
    orders.set(shelf, order);
  }
  return order;
}

/** Stories that are out by when they came out, the latest first. */
export function byPublication(
  stories: readonly Story[],
  shelf: Library,
): Story[] {
  const order = orderOf(shelf);
  return [...stories].sort((a, b) => order.get(a)! - order.get(b)!);
}

/** When the site's first story came out: since then there has been nothing in a list without stories. */
function beginningOf(shelf: Library): string {
  const first = [...orderOf(shelf).keys()].at(-1);
  return first ? timesOf(first).published : NEVER;
}

/** A site without stories: Atom wants a moment all the same. */
const NEVER = "1970-01-01T07:00:00+07:00";

const items = new WeakMap<Story, FeedItem>();

/** A story as feeds hold it. Made once: it stands in many feeds. */
export function itemOf(story: Story, shelf: Library): FeedItem {
  const made = items.get(story) ?? makeItem(story, shelf);
  items.set(story, made);
  return made;
}

function makeItem(story: Story, shelf: Library): FeedItem {
  const { data, address } = story;
  const view = storyView(story, shelf);
  const shown = view.cover ?? view.gallery[0];
  return {
    id: permanentId(story),
    url: canonical(address),
    title: data.title,
    summary: data.summary,
    ...timesOf(story),
    author: data.byline ?? view.unit ?? shelf.site.name,
    categories: categoriesOf(story, shelf),
    picture: shown && pictureOf(shown),
    article: articleOf(view),
  };
}

/**
 * What a story is known by for ever, as a tag URI (RFC 4151): the site's host, the day the story came out, its path.
 * A title may be corrected, the site may move to https or below another base: readers must not be shown the story anew.
 */
export const permanentId = ({ data, address }: Story): string =>
  `tag:${new URL(canonical("/")).hostname},${instantOf(new Date(outAt(data))).slice(0, 10)}:${address}`;

const categoriesOf = (story: Story, { term }: Library): string[] => [
  ...new Set(
    (["fields", "movements", "communes"] as const).flatMap((kind) =>
      termsOf(story, kind).flatMap((id) => {
        const item = term.get(`${kind}/${id}`);
        return item ? [termTitle(item)] : [];
      }),
    ),
  ),
];

/** A picture as it is shown elsewhere, with whom to name. */
export function pictureOf({ props, view }: ShownFigure): FeedPicture {
  return {
    url: inFull(view.src),
    type: "image/webp",
    ...shownSize(view),
    alt: props.alt,
    caption: props.caption,
    credit: props.credit,
    licence: licenceLabel(props.licence),
  };
}
