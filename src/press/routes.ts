/** The routes of the press for Astro: a kit for each story, releases, corrections. */
import { byPublication } from "../feeds/feed.ts";
import { dayOf } from "../i18n/dates.ts";
import { pressText } from "../i18n/press.ts";
import { readSettings } from "../loader/settings.ts";
import { kinds, type StoryKind } from "../schema/kinds.ts";
import { licenceLabel } from "../schema/picture.ts";
import { href } from "../stories/address.ts";
import { library } from "../stories/collections.ts";
import { digest, digestOnce } from "../stories/digest.ts";
import type { Library, Story } from "../stories/library.ts";
import { paginate, type ListPage } from "../stories/pagination.ts";
import { numberedPages, routesOf, type Route } from "../stories/routes.ts";
import { placeLine, sharePicture } from "../stories/share.ts";
import {
  chromeOf,
  dateView,
  listView,
  storyView,
  type Chrome,
  type DateView,
  type Link,
  type ListView,
} from "../stories/views.ts";
import { CORRECTIONS, PRESS, kitPath, zipPath } from "./address.ts";
import { kitView, type KitView } from "./kit.ts";
import { correctionsIn, newsOf, type Corrected } from "./news.ts";
import { noteKit } from "./note.ts";
import { kitTexts, senderOf } from "./texts.ts";

/** The press kits of the stories of one kind: parameter `slug`. What is packed is noted on the way. */
export async function kitRoutes(kind: StoryKind): Promise<Route<KitView>[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  const pages = shelf.storiesOf[kind].list.map((story) => {
    const view = kitView(story, shelf);
    noteKit(kitOf(story, view, shelf));
    return { params: { slug: story.id }, view };
  });
  return routesOf(pages, chromeOf(shelf));
}

function kitOf(story: Story, view: KitView, shelf: Library) {
  const { site } = shelf;
  const { title, publishedAt } = story.data;
  const { kicker, cloth, places } = storyView(story, shelf);
  const place = placeLine(places.map(({ text }) => text));
  return {
    file: zipPath(story.address).slice(1),
    story: `${story.kind}/${story.id}`,
    from: digest([digestOnce(view), senderOf(site), site.official]),
    pictures: view.pictures.flatMap((picture) =>
      picture.file
        ? [
            {
              source: picture.source,
              hash: picture.hash,
              type: picture.type,
              file: picture.file,
              label: {
                credit: picture.credit,
                licence: licenceLabel(picture.licence),
                terms: picture.terms,
                alt: picture.alt,
                caption: picture.caption,
              },
            },
          ]
        : [],
    ),
    share: sharePicture({ title, kicker, place, cloth }, site),
    day: dayOf(publishedAt!),
    texts: () => kitTexts(view, site),
  };
}

/** The press page: all that is not a list of releases stands on its front alone. */
export type PressView = ListView & {
  /** What editors say there, in place of the program's own words. */
  bodyDigest?: string | undefined;
  kits?: (Link & { date: DateView; kind: string })[];
};

/** Fewer than on other lists: there is more on the press page. */
const RELEASES_A_PAGE = 6;

/** How many stories the press page offers the kits of. */
const KITS_ON_PAGE = 8;

const ownPage = ({ pages }: Library) =>
  pages.find(({ address }) => address === PRESS);

const releaseList = (shelf: Library, total: number) => ({
  path: PRESS,
  title: pressText.press,
  summary: ownPage(shelf)?.data.summary ?? pressText.summary,
  crumbs: [],
  total,
});

/** The press page's front. */
export async function pressFront(): Promise<{
  view: PressView;
  chrome: Chrome;
}> {
  const shelf = await library();
  const releases = newsOf("press-release", shelf);
  return {
    view: {
      ...listView(
        releaseList(shelf, releases.length),
        paginate(releases, RELEASES_A_PAGE)[0]!,
        shelf,
      ),
      bodyDigest: ownPage(shelf)?.body?.digest,
      // The press wants what is new on the site, whenever it happened.
      kits: byPublication(shelf.stories, shelf)
        .slice(0, KITS_ON_PAGE)
        .map((story) => ({
          href: href(kitPath(story.address)),
          text: story.data.title,
          date: dateView(dayOf(story.data.publishedAt!)),
          kind: kinds[story.kind].listLabel,
        })),
    },
    chrome: chromeOf(shelf),
  };
}

/** The numbered pages of releases: parameter `page`. */
export async function pressPageRoutes(): Promise<Route<PressView>[]> {
  const shelf = await library();
  return routesOf(
    numberedPages(
      newsOf("press-release", shelf),
      (page): PressView => listView(releaseList(shelf, 0), page, shelf),
      RELEASES_A_PAGE,
    ),
    chromeOf(shelf),
  );
}

/** Something that was corrected: a note on a story, or news of it. */
export interface Correction {
  story: Link;
  date: DateView;
  /** What was wrong and is right now. */
  note: string;
  /** Of news: the stories it corrects. */
  corrects?: Link[];
}

/** One page of what was corrected. */
export type CorrectionsView = Omit<ListView, "cards"> & {
  corrections: Correction[];
};

function correctionsView(
  page: ListPage<Corrected>,
  total: number,
  shelf: Library,
): CorrectionsView {
  const { cards: _cards, ...list } = listView(
    {
      path: CORRECTIONS,
      title: pressText.corrections,
      summary: pressText.correctionsSummary,
      crumbs: [{ href: href(PRESS), text: pressText.press }],
      total,
    },
    { ...page, items: [] },
    shelf,
  );
  return {
    ...list,
    corrections: page.items.map(({ day, story, note }) => ({
      story: { href: href(story.address), text: story.data.title },
      date: dateView(day),
      note: note ?? story.data.summary,
      ...(note === undefined ? { corrects: correctedBy(story, shelf) } : {}),
    })),
  };
}

/** The stories that a correction names. */
const correctedBy = (story: Story, { stories }: Library): Link[] =>
  story.data.related.flatMap((name) => {
    const found = stories.find(({ kind, id }) => `${kind}/${id}` === name);
    return found ? [{ href: href(found.address), text: found.data.title }] : [];
  });

/** The front page of what was corrected. */
export async function correctionsFront(): Promise<{
  view: CorrectionsView;
  chrome: Chrome;
}> {
  const shelf = await library();
  const corrections = correctionsIn(shelf);
  return {
    view: correctionsView(paginate(corrections)[0]!, corrections.length, shelf),
    chrome: chromeOf(shelf),
  };
}

/** Its numbered pages: parameter `page`. */
export async function correctionsPageRoutes(): Promise<
  Route<CorrectionsView>[]
> {
  const shelf = await library();
  return routesOf(
    numberedPages(correctionsIn(shelf), (page) =>
      correctionsView(page, 0, shelf),
    ),
    chromeOf(shelf),
  );
}
