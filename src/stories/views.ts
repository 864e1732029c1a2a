/**
 * What each page shows, as plain data. A page is a function of its view alone, so the view's digest is
 * all that has to be compared to know whether the page must be made again.
 */
import { dayOf, formatDate } from "../i18n/dates.ts";
import { EMBEDS } from "../embeds/address.ts";
import { pressText } from "../i18n/press.ts";
import { shareText } from "../i18n/share.ts";
import { text } from "../i18n/vi.ts";
import { creditOf, documentView } from "../loader/beside.ts";
import type { Heading } from "../mdx/compile.ts";
import { pictureView, type PictureView } from "../media/picture.ts";
import { PRESS } from "../press/address.ts";
import {
  kinds,
  type ListedTerm,
  type Published,
  type StoryKind,
  type TermKind,
} from "../schema/kinds.ts";
import { MARKED_NEWS, NEWS_CATEGORIES } from "../schema/news.ts";
import { AWARD_LEVELS, communeName } from "../schema/taxonomy.ts";
import { SUBJECT_TYPES } from "../schema/story.ts";
import { OCCUPATIONS } from "../schema/role-model.ts";
import { href, listPath } from "./address.ts";
import {
  honoursOf,
  sortKey,
  termsOf,
  type Item,
  type Library,
  type Story,
} from "./library.ts";
import type { ListPage } from "./pagination.ts";
import { relatedStories } from "./related.ts";
import { placeLine, shareOf, type ShareView } from "./share.ts";
import { campaignState, type CampaignState } from "./state.ts";

/** A link as a page prints it. */
export interface Link {
  href: string;
  text: string;
}

export interface DateView {
  /** For a reader: `15/11/2025`. */
  text: string;
  /** For a machine, where HTML's `<time>` can hold it: a day, month or year. */
  datetime?: string;
}

/** A date in EDTF. A span has no machine form in HTML. */
export const dateView = (date: string): DateView => ({
  text: formatDate(date),
  ...(date.includes("/") ? {} : { datetime: date }),
});

/** A story's cloth, as src/weave draws it: from the slug, in the palette of its field. */
export interface ClothView {
  seed: string;
  palette?: string | undefined;
}

const clothOf = ({ id, data }: Story, { term }: Library): ClothView => {
  const field = term.get(`fields/${data.fields[0]}`)?.data;
  return {
    seed: id,
    palette: field && "palette" in field ? field.palette : undefined,
  };
};

/** The cloth of a term, where it has one: a field's own palette, another term's by chance. */
export const clothOfTerm = ({ id, data }: Item<ListedTerm>): ClothView => ({
  seed: id,
  palette: "palette" in data ? data.palette : undefined,
});

export interface Card {
  href: string;
  kind: StoryKind;
  cloth: ClothView;
  /** Whom a role model's story is about. */
  who?: string | undefined;
  title: string;
  summary: string;
  kicker: string;
  /** Whether the kicker is a mark: of press releases and corrections. */
  marked?: true | undefined;
  place: string;
  date: DateView;
  figures: { value: string; unit?: string | undefined; label: string }[];
}

const cards = new WeakMap<Story, Card>();

/** A story as lists show it. Made once: it stands in many lists. */
export function cardOf(story: Story, library: Library): Card {
  const made = cards.get(story) ?? makeCard(story, library);
  cards.set(story, made);
  return made;
}

function makeCard(story: Story, library: Library): Card {
  const { data, address, date } = story;
  return {
    href: href(address),
    kind: story.kind,
    cloth: clothOf(story, library),
    who:
      "name" in data
        ? [data.name, data.role].filter(Boolean).join(", ")
        : undefined,
    title: data.title,
    summary: data.summary,
    kicker: kickerOf(story, library),
    marked: isMarked(story),
    place: placesOf(story, library)
      .map(({ text: name }) => name)
      .join(", "),
    date: dateView(date),
    figures:
      "results" in data
        ? data.results
            .slice(0, 2)
            .map(({ value, unit, label }) => ({ value, unit, label }))
        : [],
  };
}

/** The word over a title: what the story is about, most telling first. */
function kickerOf({ kind, data }: Story, library: Library): string {
  if ("category" in data) return NEWS_CATEGORIES[data.category];
  const field = library.term.get(`fields/${data.fields[0]}`);
  if (field) return field.data.title;
  if ("occupation" in data && data.occupation)
    return OCCUPATIONS[data.occupation];
  return data.subjectType
    ? SUBJECT_TYPES[data.subjectType]
    : kinds[kind].listLabel;
}

const isMarked = ({ data }: Story): true | undefined =>
  ("category" in data && MARKED_NEWS.some((mark) => mark === data.category)) ||
  undefined;

const placesOf = (story: Story, library: Library): Link[] =>
  termLinks(story, "communes", library);

/** Links to the terms of one kind that a story names. */
function termLinks(story: Story, kind: TermKind, library: Library): Link[] {
  return termsOf(story, kind).flatMap((id) => {
    const term = library.term.get(`${kind}/${id}`);
    return term ? [{ href: href(term.address), text: termTitle(term) }] : [];
  });
}

/** A term's name in full: a commune says whether it is a xã or a phường. */
export const termTitle = ({ data }: Item<ListedTerm>): string =>
  "code" in data ? communeName(data) : data.title;

export interface ListView {
  path: string;
  title: string;
  summary?: string | undefined;
  crumbs: Link[];
  cards: Card[];
  /** How many stories the whole list holds. */
  total: number;
  page?: number | undefined;
  older?: Link | undefined;
  newer?: Link | undefined;
}

/** One page of a list. `path` is the list's own, without `trang-N/`. */
export function listView(
  list: {
    path: string;
    title: string;
    summary?: string | undefined;
    crumbs: Link[];
    total: number;
  },
  page: ListPage<Story>,
  library: Library,
): ListView {
  const link = (number: number, name: string): Link => ({
    href: href(listPath(list.path, number)),
    text: name,
  });
  return {
    path: listPath(list.path, page.number),
    title: page.number
      ? `${list.title}, ${text.pageNumber(page.number).toLowerCase()}`
      : list.title,
    summary: page.number ? undefined : list.summary,
    crumbs: page.number
      ? [...list.crumbs, { href: href(list.path), text: list.title }]
      : list.crumbs,
    cards: page.items.map((story) => cardOf(story, library)),
    total: list.total,
    page: page.number,
    older: page.older === undefined ? undefined : link(page.older, text.older),
    newer: page.newer === undefined ? undefined : link(page.newer, text.newer),
  };
}

/** A picture as the Figure and Photo blocks take it. */
export interface ShownFigure {
  props: PictureField;
  view: PictureView;
}

type PictureField = NonNullable<Published<"models">["cover"]>;

function figureOf(props: PictureField, { pictures }: Item): ShownFigure[] {
  const shown = pictures.find(
    ({ name, credit }) => name === props.src && credit === props.credit,
  );
  if (!shown) return [];
  return [{ props, view: pictureView(shown.info, href("/"), creditOf(shown)) }];
}

export interface AwardView {
  text: string;
  detail: string;
  revoked: boolean;
}

/** The awards of a story in words. */
const awardsOf = (story: Story, library: Library): AwardView[] =>
  honoursOf(story, library).map(({ decision, recipient, form }) => {
    const { title, level } = form.data;
    const { rank, number, issuer, date = decision.presentedOn } = decision;
    const isRevoked = decision.status === "revoked";
    const detail = [
      recipient.name,
      recipient.posthumous ? text.posthumous : undefined,
      number && `Quyết định ${number}`,
      issuer ?? AWARD_LEVELS[level],
      date && formatDate(date),
      isRevoked ? text.revoked : undefined,
    ];
    return {
      text: rank ? `${title} ${RANKS[rank]}` : title,
      detail: detail.filter(Boolean).join(" · "),
      revoked: isRevoked,
    };
  });

const RANKS = { first: "hạng Nhất", second: "hạng Nhì", third: "hạng Ba" };

export interface StoryView {
  path: string;
  kind: StoryKind;
  data: Story["data"];
  crumbs: Link[];
  kicker: string;
  marked?: true | undefined;
  cloth: ClothView;
  share: ShareView;
  date: DateView;
  /** The day, month or year that lists and search sort by. */
  sortKey: string;
  published: DateView;
  minutes: number;
  bodyDigest?: string | undefined;
  headings: Heading[];
  cover?: ShownFigure | undefined;
  gallery: ShownFigure[];
  places: Link[];
  unit?: string | undefined;
  awards: AwardView[];
  attachments: {
    href: string;
    title: string;
    extension: string;
    bytes: number;
  }[];
  documents: Link[];
  terms: { label: string; links: Link[] }[];
  related: Card[];
  /** The stories of the same kind on either side in time. */
  newer?: Link | undefined;
  older?: Link | undefined;
}

/** Vietnamese words are one syllable each; this many are read in a minute. */
const WORDS_A_MINUTE = 220;

const storyViews = new WeakMap<Story, StoryView>();

/** Everything on a story's page. Made once: feeds, the API and more show parts of it. */
export function storyView(story: Story, library: Library): StoryView {
  const made = storyViews.get(story) ?? makeStoryView(story, library);
  storyViews.set(story, made);
  return made;
}

function makeStoryView(story: Story, library: Library): StoryView {
  const { kind, data, address, body, documents } = story;
  const list = kinds[kind];
  const kicker = kickerOf(story, library);
  const cloth = clothOf(story, library);
  const places = placesOf(story, library);
  return {
    path: address,
    kind,
    data,
    crumbs: [{ href: href(`/${list.address}/`), text: list.listLabel }],
    kicker,
    marked: isMarked(story),
    cloth,
    share: shareOf(
      {
        title: data.title,
        kicker,
        place: placeLine(places.map(({ text: name }) => name)),
        cloth,
      },
      library.site,
    ),
    date: dateView(story.date),
    sortKey: sortKey(story),
    published: dateView(dayOf(data.publishedAt!)),
    minutes: Math.max(1, Math.round((body?.words ?? 0) / WORDS_A_MINUTE)),
    bodyDigest: body?.digest,
    headings: (body?.headings ?? []).filter(({ depth }) => depth === 2),
    cover: data.cover && figureOf(data.cover, story)[0],
    gallery: data.gallery.flatMap((picture) => figureOf(picture, story)),
    places,
    unit: data.unit && library.units.get(data.unit)?.data.title,
    awards: awardsOf(story, library),
    attachments:
      "attachments" in data
        ? data.attachments.flatMap(({ title, src }) => {
            const info = documents[src];
            return info
              ? [{ title, ...documentView(src, info, href("/")) }]
              : [];
          })
        : [],
    documents:
      "documents" in data ? documentLinks(data.documents, library) : [],
    terms: [
      { label: "Đợt thi đua", links: campaignLinks(data, library) },
      ...(["movements", "fields", "groups", "communes"] as const).map(
        (term) => ({
          label: kinds[term].listLabel,
          links: termLinks(story, term, library),
        }),
      ),
    ].filter(({ links }) => links.length > 0),
    related: relatedStories(story, library).map((other) =>
      cardOf(other, library),
    ),
    newer: beside(story, -1, library),
    older: beside(story, 1, library),
  };
}

/** What a search can be narrowed by besides kind and year: filters of the index, and the terms they stand for. */
export const TERM_FILTERS = {
  field: "fields",
  movement: "movements",
  commune: "communes",
  group: "groups",
  award: "award-forms",
} as const satisfies Record<string, ListedTerm>;

/** The story of the same kind that stands before (-1) or after (1) a story in its list. */
function beside(
  story: Story,
  step: -1 | 1,
  { storiesOf }: Library,
): Link | undefined {
  const { list, position } = storiesOf[story.kind];
  const other = list[position.get(story)! + step];
  return other && { href: href(other.address), text: other.data.title };
}

function campaignLinks(
  { campaign: id, contents }: Story["data"],
  { campaigns }: Library,
): Link[] {
  const campaign = campaigns.find((candidate) => candidate.id === id);
  if (!campaign) return [];
  const parts = contents.flatMap((part) => {
    const content = campaign.data.contents.find(
      (candidate) => candidate.id === part,
    );
    return content
      ? [
          {
            href: `${href(campaign.address)}#${contentId(part)}`,
            text: `${part}. ${content.title}`,
          },
        ]
      : [];
  });
  return [
    { href: href(campaign.address), text: campaign.data.shortTitle },
    ...parts,
  ];
}

/** The identifier of one of a campaign's contents on its page: `noi-dung-ii-4`. */
export const contentId = (id: string): string =>
  `noi-dung-${id.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;

/** Links to documents that are shown. */
export const documentLinks = (ids: string[], { documents }: Library): Link[] =>
  ids.flatMap((id) => {
    const document = documents.find((candidate) => candidate.id === id);
    return document
      ? [
          {
            href: href(document.address),
            text: `${document.data.number}: ${document.data.title}`,
          },
        ]
      : [];
  });

/** What stands around every page. */
export interface Chrome {
  site: Published<"site">;
  cloth: ClothView;
  /** For every page that has no share picture of its own. */
  share: ShareView;
  /** The main menu. */
  menu: Link[];
  /** The other ways through the stories. */
  browse: Link[];
  /** Pages about the site. */
  foot: Link[];
}

const MENU = ["models", "role-models", "news", "communes"] as const;
const BROWSE = [
  "movements",
  "fields",
  "groups",
  "award-forms",
  "documents",
] as const;

export function chromeOf({ site, campaigns, pages }: Library): Chrome {
  const list = (kind: (typeof MENU | typeof BROWSE)[number] | "campaigns") => ({
    href: href(`/${kinds[kind].address}/`),
    text: kinds[kind].listLabel,
  });
  const cloth = { seed: site.name, palette: "flag" };
  return {
    site,
    cloth,
    share: shareOf({ title: site.name, kicker: site.tagline, cloth }, site),
    menu: [
      ...MENU.map(list),
      ...(campaigns.length > 0 ? [list("campaigns")] : []),
    ],
    browse: BROWSE.map(list),
    foot: [
      ...pages.map(({ address, data }) => ({
        href: href(address),
        text: data.title,
      })),
      ...(pages.some(({ address }) => address === PRESS)
        ? []
        : [{ href: href(PRESS), text: pressText.press }]),
      { href: href(EMBEDS), text: shareText.embed },
      { href: href("/api/"), text: text.api.title },
    ],
  };
}

/** Everything on a campaign's page. */
export interface CampaignView {
  path: string;
  data: Item<"campaigns">["data"];
  state: CampaignState;
  cloth: ClothView;
  share: ShareView;
  bodyDigest?: string | undefined;
  headings: Heading[];
  plan: Link[];
  documents: Link[];
  contents: {
    id: string;
    anchor: string;
    title: string;
    summary?: string | undefined;
    /** The newest, of how many. */
    stories: Link[];
    total: number;
  }[];
  movements: Link[];
}

/** How many stories stand as examples under one of a campaign's contents. */
const EXAMPLES = 6;

/** What stands on a campaign's page. */
export function campaignView(
  { id, address, data, body }: Item<"campaigns">,
  shelf: Library,
): CampaignView {
  const own = shelf.stories.filter((story) => story.data.campaign === id);
  const cloth = { seed: id, palette: "flag" };
  return {
    path: address,
    data,
    state: campaignState(data, shelf.now),
    cloth,
    share: shareOf(
      {
        title: data.shortTitle,
        kicker: text.campaign,
        place: data.endDate
          ? formatDate(`${data.startDate}/${data.endDate}`)
          : formatDate(data.startDate),
        cloth,
      },
      shelf.site,
    ),
    bodyDigest: body?.digest,
    headings: (body?.headings ?? []).filter(({ depth }) => depth === 2),
    plan: documentLinks([data.plan], shelf),
    documents: documentLinks(data.documents, shelf),
    contents: data.contents.map((content) => {
      const examples = own.filter((story) =>
        story.data.contents.includes(content.id),
      );
      return {
        ...content,
        anchor: contentId(content.id),
        total: examples.length,
        stories: examples.slice(0, EXAMPLES).map((story) => ({
          href: href(story.address),
          text: story.data.title,
        })),
      };
    }),
    movements: shelf.terms.movements
      .filter((movement) => movement.data.campaign === id)
      .map((movement) => ({
        href: href(movement.address),
        text: movement.data.title,
      })),
  };
}

/** Everything on the page of a document or of a page about the site. */
export interface EntryView<K extends "documents" | "pages"> {
  path: string;
  data: Item<K>["data"];
  bodyDigest?: string | undefined;
  file?: { href: string; extension: string; bytes: number } | undefined;
}

/** What stands on the page of a document or of a page about the site. */
export function entryView<K extends "documents" | "pages">({
  address,
  data,
  body,
  documents,
}: Item<K>): EntryView<K> {
  const file = "file" in data && data.file ? documents[data.file] : undefined;
  return {
    path: address,
    data,
    bodyDigest: body?.digest,
    file:
      file && "file" in data
        ? documentView(data.file!, file, href("/"))
        : undefined,
  };
}
