/**
 * What the embeddable views show, as plain data: little of a story and nothing of its neighbours, so that a view
 * is made again only when what it shows has changed.
 */
import { articleParts } from "../article/parts.ts";
import { embedText } from "../i18n/embeds.ts";
import { text } from "../i18n/vi.ts";
import type { Published } from "../schema/kinds.ts";
import { dayOf } from "../i18n/dates.ts";
import type { Library, Story } from "../stories/library.ts";
import { whoseLine } from "../stories/publisher.ts";
import { storyLists } from "../stories/routes.ts";
import {
  cardOf,
  dateView,
  storyView,
  type Card,
  type ClothView,
  type ShownFigure,
  type StoryView,
} from "../stories/views.ts";
import { COUNTS, NEWEST, type Count } from "./address.ts";

/** What stands around every view. */
export interface EmbedFrame {
  site: Pick<Published<"site">, "name" | "theme" | "weaving">;
  /** The line that says whether the site is official. */
  whose: string;
  cloth: ClothView;
}

/** A story as embeds show it. */
export interface EmbedCard extends Omit<Card, "href" | "kind"> {
  /** Its own address, without the site's base. */
  address: string;
  cover?: ShownFigure | undefined;
}

interface Shown {
  /** The page that this is an embed of, without the site's base. */
  path: string;
  title: string;
}

/** The newest stories of a list. */
export interface ListEmbed extends Shown {
  shows: "list";
  cards: EmbedCard[];
}

/** A story's card; with its figures' HTML, the figures alone. */
export interface CardEmbed extends Shown {
  shows: "card" | "figures";
  card: EmbedCard;
  figures?: string;
}

/** A story's whole text. */
export interface TextEmbed extends Shown {
  shows: "text";
  card: EmbedCard;
  story: StoryView;
}

export interface SearchEmbed extends Shown {
  shows: "search";
}

/** What frames that others made say of a story that is no longer there. */
export interface GoneEmbed extends Shown {
  shows: "gone";
  notice: string;
}

/** What an embed shows, whatever its theme. */
export type EmbedView =
  ListEmbed | CardEmbed | TextEmbed | SearchEmbed | GoneEmbed;

/** What stands around every view of a site. */
export const frameOf = ({ site }: Library): EmbedFrame => ({
  site: {
    name: site.name,
    theme: site.theme,
    weaving: site.weaving,
  },
  whose: whoseLine(site),
  cloth: { seed: site.name, palette: "flag" },
});

/** A list that can be embedded. */
export interface EmbeddableList {
  /** As `listEmbed` takes it. */
  list: string;
  /** The page that shows the whole list. */
  path: string;
  title: string;
  stories: readonly Story[];
}

/** Every list that can be embedded: those without stories too, for these may come. */
export const embeddableLists = (library: Library): EmbeddableList[] =>
  storyLists(library).map(({ path, title, stories }) =>
    path === "/"
      ? { list: NEWEST, path, title: embedText.newest, stories }
      : { list: path, path, title, stories },
  );

/** A list's view for each count; short lists are the same at all of them. */
export function listEmbeds(
  { path, title, stories }: EmbeddableList,
  library: Library,
): Map<Count, ListEmbed> {
  const cards = stories
    .slice(0, Math.max(...COUNTS))
    .map((story) => embedCard(story, library));
  return new Map(
    COUNTS.map((count) => [
      count,
      { shows: "list", path, title, cards: cards.slice(0, count) },
    ]),
  );
}

const cards = new WeakMap<Story, EmbedCard>();

/** A story as embeds show it. Made once: it stands in many lists. */
function embedCard(story: Story, library: Library): EmbedCard {
  const known = cards.get(story);
  if (known) return known;
  const { href: _, kind: __, ...card } = cardOf(story, library);
  const { cover } = storyView(story, library);
  const made = { ...card, address: story.address, cover };
  cards.set(story, made);
  return made;
}

/** The views of a story: its card, its text and, if it has figures, these. */
export interface StoryEmbeds {
  card: CardEmbed;
  text: TextEmbed;
  figures?: CardEmbed;
}

const embedsOf = new WeakMap<Story, StoryEmbeds>();

/** Made once: several routes go by them. */
export function storyEmbeds(story: Story, library: Library): StoryEmbeds {
  const made = embedsOf.get(story) ?? makeStoryEmbeds(story, library);
  embedsOf.set(story, made);
  return made;
}

function makeStoryEmbeds(story: Story, library: Library): StoryEmbeds {
  const card = embedCard(story, library);
  const shown = { path: story.address, title: card.title, card };
  const view = aloneView(storyView(story, library));
  const figures = articleParts(view, "").find(({ name }) => name === "figures");
  return {
    card: { shows: "card", ...shown },
    text: { shows: "text", ...shown, story: view },
    ...(figures
      ? { figures: { shows: "figures", ...shown, figures: figures.html } }
      : {}),
  };
}

/** A story's view without what changes when another story does. */
const aloneView = (view: StoryView): StoryView => ({
  ...view,
  related: [],
  newer: undefined,
  older: undefined,
});

/** The search box. */
export const searchEmbedView = (): SearchEmbed => ({
  shows: "search",
  path: "/tim-kiem/",
  title: text.search,
});

/** The notice in a story's place. */
export function goneEmbed({ address, state, data }: Story): GoneEmbed {
  const withdrawn = state === "withdrawn";
  return {
    shows: "gone",
    path: address,
    title: withdrawn ? text.withdrawnTitle : text.expiredTitle,
    notice:
      withdrawn && data.withdrawal
        ? text.withdrawn(dateView(dayOf(data.withdrawal.at)).text)
        : text.expired,
  };
}
