/** Routes for Astro: each with its view, and a key that changes exactly when the view does. */
import { formatDate } from "../i18n/dates.ts";
import { text } from "../i18n/vi.ts";
import {
  LISTED_TERMS,
  STORY_KINDS,
  YEARS_ADDRESS,
  kinds,
  type ListedTerm,
  type StoryKind,
} from "../schema/kinds.ts";
import { AWARD_LEVELS } from "../schema/taxonomy.ts";
import { noteRecord, type SearchRecord } from "../search/record.ts";
import { PRESS } from "../press/address.ts";
import { href } from "./address.ts";
import { library } from "./collections.ts";
import { digest, digestOnce } from "./digest.ts";
import {
  listedBy,
  yearOf,
  type Item,
  type Library,
  type Story,
} from "./library.ts";
import { paginate, type ListPage } from "./pagination.ts";
import { campaignState } from "./state.ts";
import {
  TERM_FILTERS,
  campaignView,
  cardOf,
  chromeOf,
  clothOfTerm,
  entryView,
  listView,
  storyView,
  termTitle,
  type CampaignView,
  type Chrome,
  type ClothView,
  type EntryView,
  type Link,
  type ListView,
  type StoryView,
} from "./views.ts";

export interface Route<View> {
  params: Record<string, string>;
  props: { view: View; chrome: Chrome };
  /** Stands for the view and the chrome: while it is the same the page is left as it is (src/build). */
  cacheKey: string;
}

/**
 * Routes from views.
 *
 * @param pages the parameters and the view of each page
 */
export function routesOf<View extends object>(
  pages: { params: Record<string, string>; view: View }[],
  chrome: Chrome,
): Route<View>[] {
  const around = digest(chrome);
  return pages.map(({ params, view }) => ({
    params,
    props: { view, chrome },
    cacheKey: `${digestOnce(view)}${around}`,
  }));
}

/** What an address says when its story is no longer there. */
export interface GoneView {
  path: string;
  gone: { withdrawal?: { at: string; reason: string } | undefined };
}

/** The story pages of one kind, and the notices of those that are gone: parameter `slug`. */
export async function storyRoutes(
  kind: StoryKind,
): Promise<Route<StoryView | GoneView>[]> {
  const shelf = await library();
  const here = (story: Story) => story.kind === kind;
  return routesOf<StoryView | GoneView>(
    [
      ...shelf.stories.filter(here).map((story) => {
        const view = storyView(story, shelf);
        noteRecord(recordOf(story, view, shelf));
        return { params: { slug: story.id }, view };
      }),
      ...shelf.gone.filter(here).map((story) => ({
        params: { slug: story.id },
        view: {
          path: story.address,
          gone: {
            withdrawal:
              story.state === "withdrawn" ? story.data.withdrawal : undefined,
          },
        },
      })),
    ],
    chromeOf(shelf),
  );
}

const kindList = (kind: StoryKind, total: number) => ({
  path: `/${kinds[kind].address}/`,
  title: kinds[kind].listLabel,
  crumbs: [],
  total,
});

/** The front page of one kind's list. */
export async function kindFront(
  kind: StoryKind,
): Promise<{ view: ListView; chrome: Chrome }> {
  const shelf = await library();
  const stories = shelf.storiesOf[kind].list;
  return {
    view: listView(
      kindList(kind, stories.length),
      paginate(stories)[0]!,
      shelf,
    ),
    chrome: chromeOf(shelf),
  };
}

/** The numbered pages of one kind's list: parameter `page`. */
export async function kindPageRoutes(
  kind: StoryKind,
): Promise<Route<ListView>[]> {
  const shelf = await library();
  const stories = shelf.storiesOf[kind].list;
  const list = kindList(kind, stories.length);
  return routesOf(
    numberedPages(stories, (page) =>
      listView({ ...list, total: 0 }, page, shelf),
    ),
    chromeOf(shelf),
  );
}

/** The numbered pages of a list: parameter `page`. */
export function numberedPages<View extends object, T = Story>(
  list: T[],
  view: (page: ListPage<T>) => View,
  size?: number,
): { params: Record<string, string>; view: View }[] {
  return paginate(list, size)
    .slice(1)
    .map((page) => ({
      params: { page: String(page.number) },
      view: view(page),
    }));
}

/** A term's own facts, shown over its list's front page. */
export type TermView<K extends ListedTerm = ListedTerm> = ListView & {
  term: { kind: K; data: Item<K>["data"] };
  /** What a campaign asks of a group. */
  criteria: { campaign: Link; items: string[] }[];
};

function termPages(kind: ListedTerm, shelf: Library) {
  return (shelf.terms[kind] as Item<ListedTerm>[]).map((term) => {
    const stories = shelf.storiesUnder.get(`${kind}/${term.id}`) ?? [];
    const list = {
      path: term.address,
      title: termTitle(term),
      summary: "summary" in term.data ? term.data.summary : undefined,
      crumbs: [
        { href: href(`/${kinds[kind].address}/`), text: kinds[kind].listLabel },
      ],
      total: stories.length,
    };
    return { id: term.id, term, stories, list };
  });
}

/** The years that have stories, the latest first. */
function yearPages({ stories }: Library) {
  const years = { href: href(`/${YEARS_ADDRESS}/`), text: text.years };
  return [...Map.groupBy(stories, yearOf)]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([id, stories]) => ({
      id,
      stories,
      list: {
        path: `/${YEARS_ADDRESS}/${id}/`,
        title: text.year(id),
        crumbs: [years],
        total: stories.length,
      },
    }));
}

/** Stories that belong together and have a page of their own. */
export interface StoryList {
  /** That page, from the site's root without the base. */
  path: string;
  title: string;
  summary?: string | undefined;
  stories: readonly Story[];
  /** What is told of them is newer than they are: feeds keep this order instead of publication's. */
  inOrder?: true;
}

/** The same with what the API calls it: `models`, `movements/nong-thon-moi`, `years/2026`; the site's is `stories`. */
export type NamedList = StoryList & { name: string };

/** Every list of stories: of the site, of each kind, term, year and campaign. */
export function storyLists(shelf: Library): NamedList[] {
  const { site, stories, storiesOf, campaigns } = shelf;
  return [
    {
      name: "stories",
      path: "/",
      title: site.name,
      summary: site.description,
      stories,
    },
    ...STORY_KINDS.map((kind) => ({
      name: kind,
      path: `/${kinds[kind].address}/`,
      title: kinds[kind].listLabel,
      stories: storiesOf[kind].list,
    })),
    ...LISTED_TERMS.flatMap((kind) =>
      termPages(kind, shelf).map(({ id, list, stories: members }) => ({
        ...list,
        name: `${kind}/${id}`,
        stories: members,
      })),
    ),
    ...yearPages(shelf).map(({ id, list, stories: members }) => ({
      ...list,
      name: `years/${id}`,
      stories: members,
    })),
    ...campaigns.map(({ id, address, data }) => ({
      name: `campaigns/${id}`,
      path: address,
      title: data.shortTitle,
      summary: data.summary,
      stories: stories.filter((story) => story.data.campaign === id),
    })),
  ];
}

/** The front pages of one kind's terms: parameter `slug`. */
export async function termRoutes(kind: ListedTerm): Promise<Route<TermView>[]> {
  const shelf = await library();
  const pages = termPages(kind, shelf).map(({ term, stories, list }) => ({
    params: { slug: term.id },
    view: {
      ...listView(list, paginate(stories)[0]!, shelf),
      term: { kind, data: term.data },
      criteria: kind === "groups" ? criteriaFor(term.id, shelf) : [],
    },
  }));
  return routesOf<TermView>(pages, chromeOf(shelf));
}

const criteriaFor = (group: string, { campaigns }: Library) =>
  campaigns.flatMap(({ address, data }) =>
    data.criteria
      .filter((criteria) => criteria.group === group)
      .map(({ items }) => ({
        campaign: { href: href(address), text: data.shortTitle },
        items,
      })),
  );

/** The numbered pages of one kind's terms: parameters `slug` and `page`. */
export async function termPageRoutes(
  kind: ListedTerm,
): Promise<Route<ListView>[]> {
  const shelf = await library();
  return numberedRoutes(termPages(kind, shelf), shelf);
}

/** The front pages of years: parameter `slug`. */
export async function yearRoutes(): Promise<Route<ListView>[]> {
  const shelf = await library();
  const pages = yearPages(shelf).map(({ id, stories, list }) => ({
    params: { slug: id },
    view: listView(list, paginate(stories)[0]!, shelf),
  }));
  return routesOf(pages, chromeOf(shelf));
}

/** The numbered pages of years: parameters `slug` and `page`. */
export async function yearPageRoutes(): Promise<Route<ListView>[]> {
  const shelf = await library();
  return numberedRoutes(yearPages(shelf), shelf);
}

const numberedRoutes = (
  lists: {
    id: string;
    stories: Story[];
    list: Parameters<typeof listView>[0];
  }[],
  shelf: Library,
): Route<ListView>[] =>
  routesOf(
    lists.flatMap(({ id, stories, list }) =>
      numberedPages(stories, (page) =>
        listView({ ...list, total: 0 }, page, shelf),
      ).map(({ params, view }) => ({ params: { ...params, slug: id }, view })),
    ),
    chromeOf(shelf),
  );

/** Addresses that stories once had: parameter `old`. */
export async function redirectRoutes(): Promise<
  Route<{ path: string; to: string; title: string }>[]
> {
  const shelf = await library();
  const pages = shelf.stories.flatMap(({ address, data }) =>
    data.oldAddresses.map((old) => ({
      params: { old: old.slice(1, -1) },
      view: { path: address, to: href(address), title: data.title },
    })),
  );
  return routesOf(pages, chromeOf(shelf));
}

const recordOf = (
  story: Story,
  view: StoryView,
  library: Library,
): SearchRecord => ({
  path: view.path,
  title: view.data.title,
  kicker: view.kicker,
  date: view.date.text,
  place: view.places.map((place) => place.text).join(", "),
  names: namesIn(view).join(", "),
  former: view.data.communes
    .flatMap((id) => {
      const data = library.term.get(`communes/${id}`)?.data;
      return data && "formerUnits" in data ? data.formerUnits : [];
    })
    .join(", "),
  topics: [
    ...view.data.movements.map((id) => `movements/${id}` as const),
    ...view.data.fields.map((id) => `fields/${id}` as const),
  ]
    .flatMap((key) => {
      const item = library.term.get(key);
      return item ? [termTitle(item)] : [];
    })
    .join(", "),
  day: view.sortKey,
  filters: [
    ["kind", story.kind],
    ...Object.entries(TERM_FILTERS).flatMap(([name, kind]) =>
      listedBy(story, kind, library.decisions).map((id): [string, string] => [
        name,
        id,
      ]),
    ),
    ["year", yearOf(story)],
  ],
});

const namesIn = ({ data }: StoryView): string[] => [
  ...("name" in data ? [data.name] : []),
  ...("owner" in data ? [data.owner] : []),
];

/** Links with how many stories each leads to, in titled groups. */
export interface IndexView {
  path: string;
  title: string;
  groups: {
    title?: string;
    /** Communes have no cloth of their own: ninety of them would be too many. */
    links: (Link & { count: number; cloth?: ClothView })[];
  }[];
}

/** The index of one kind of term. */
export async function termIndex(
  kind: ListedTerm,
): Promise<{ view: IndexView; chrome: Chrome }> {
  const shelf = await library();
  const links = termPages(kind, shelf).map(({ term, stories, list }) => ({
    term,
    link: {
      href: href(term.address),
      text: list.title,
      count: stories.length,
      ...(kind === "communes" ? {} : { cloth: clothOfTerm(term) }),
    },
  }));
  const groups = [
    ...Map.groupBy(links, ({ term, link }) => groupTitle(term, link.count)),
  ].map(([title, members]) => ({
    ...(title ? { title } : {}),
    links: members.map(({ link }) => link),
  }));
  // Places with stories come before those still waiting for one.
  if (kind === "communes")
    groups.sort(
      (a, b) =>
        Number((b.links[0]?.count ?? 0) > 0) -
        Number((a.links[0]?.count ?? 0) > 0),
    );
  return {
    view: {
      path: `/${kinds[kind].address}/`,
      title: kinds[kind].listLabel,
      groups,
    },
    chrome: chromeOf(shelf),
  };
}

/** The index of years. */
export async function yearIndex(): Promise<{
  view: IndexView;
  chrome: Chrome;
}> {
  const shelf = await library();
  const links = yearPages(shelf).map(({ list }) => ({
    href: href(list.path),
    text: list.title,
    count: list.total,
  }));
  return {
    view: {
      path: `/${YEARS_ADDRESS}/`,
      title: text.years,
      groups: [{ links }],
    },
    chrome: chromeOf(shelf),
  };
}

function groupTitle(
  { data }: Item<ListedTerm>,
  count: number,
): string | undefined {
  if ("code" in data) return count > 0 ? text.withStories : text.withoutStories;
  if ("level" in data) return AWARD_LEVELS[data.level];
  if ("type" in data)
    return data.type === "named" ? text.namedMovements : text.themes;
  return undefined;
}

/** What a search can be narrowed by, and each of its values with the list of its stories. */
export interface SearchFilter {
  /** As the index names it: `kind`, `commune`. */
  name: string;
  /** As the page's address names it: `loai`, `dia-ban`. */
  param: string;
  title: string;
  /** Each has stories. */
  choices: (Link & { id: string; count: number })[];
}

/** The search page: what a search can be narrowed to is also what there is to browse without one. */
export interface SearchView {
  path: string;
  filters: SearchFilter[];
}

/** The search page. */
export async function searchPage(): Promise<{
  view: SearchView;
  chrome: Chrome;
}> {
  const shelf = await library();
  const filters: SearchFilter[] = [
    {
      name: "kind",
      param: "loai",
      title: text.storyKind,
      choices: choicesOf(
        STORY_KINDS.map((kind) => ({
          id: kind,
          list: kindList(kind, shelf.storiesOf[kind].list.length),
        })),
      ),
    },
    ...Object.entries(TERM_FILTERS).map(([name, kind]) => ({
      name,
      param: kinds[kind].address,
      title: kinds[kind].listLabel,
      choices: choicesOf(termPages(kind, shelf)),
    })),
    {
      name: "year",
      param: YEARS_ADDRESS,
      title: text.years,
      choices: choicesOf(yearPages(shelf)),
    },
  ];
  return {
    view: {
      path: "/tim-kiem/",
      filters: filters.filter(({ choices }) => choices.length > 0),
    },
    chrome: chromeOf(shelf),
  };
}

const choicesOf = (
  pages: { id: string; list: { path: string; title: string; total: number } }[],
): SearchFilter["choices"] =>
  pages
    .filter(({ list }) => list.total > 0)
    .map(({ id, list: { path, title, total } }) => ({
      id,
      href: href(path),
      text: title,
      count: total,
    }));

/** How many stories of each kind stand on the front page. */
const ON_FRONT: Record<StoryKind, number> = {
  models: 6,
  "role-models": 4,
  news: 6,
};

/** Everything on the front page. */
export async function frontPage() {
  const shelf = await library();
  const { site, stories, storiesOf, terms } = shelf;
  const current = shelf.campaigns.find(({ id }) => id === site.campaign);
  const lead =
    stories.find(({ kind, id }) => `${kind}/${id}` === site.lead) ??
    storiesOf.models.list[0] ??
    stories[0];
  const section = (kind: StoryKind) => {
    const { list } = storiesOf[kind];
    return {
      title: kinds[kind].listLabel,
      href: href(`/${kinds[kind].address}/`),
      total: list.length,
      cards: list
        .filter((story) => story !== lead)
        .slice(0, ON_FRONT[kind])
        .map((story) => cardOf(story, shelf)),
    };
  };
  const named = terms.movements.filter(({ data }) => data.type === "named");
  return {
    lead: lead && cardOf(lead, shelf),
    campaign: current && {
      href: href(current.address),
      title: current.data.shortTitle,
      state: campaignState(current.data, shelf.now),
      end: current.data.endDate,
    },
    models: section("models"),
    people: section("role-models"),
    news: section("news"),
    places: {
      withStories: terms.communes.filter(({ id }) =>
        shelf.storiesUnder.has(`communes/${id}`),
      ).length,
      all: terms.communes.length,
    },
    movements: (named.length > 0 ? named : terms.movements).map((term) => ({
      href: href(term.address),
      text: term.data.title,
      count: shelf.storiesUnder.get(`movements/${term.id}`)?.length ?? 0,
      cloth: clothOfTerm(term),
    })),
    chrome: chromeOf(shelf),
  };
}

/** The pages of campaigns: parameter `slug`. */
export async function campaignRoutes(): Promise<Route<CampaignView>[]> {
  const shelf = await library();
  const pages = shelf.campaigns.map((campaign) => ({
    params: { slug: campaign.id },
    view: campaignView(campaign, shelf),
  }));
  return routesOf(pages, chromeOf(shelf));
}

/** The pages of documents, or the pages about the site but the press's: parameter `slug`. */
export async function entryRoutes<K extends "documents" | "pages">(
  kind: K,
): Promise<Route<EntryView<K>>[]> {
  const shelf = await library();
  const pages = (shelf[kind] as Item<K>[])
    .filter(({ address }) => address !== PRESS)
    .map((item) => ({
      params: { slug: item.id },
      view: entryView(item),
    }));
  return routesOf(pages, chromeOf(shelf));
}

/** The index of campaigns or of documents. */
export async function entryIndex(kind: "campaigns" | "documents") {
  const shelf = await library();
  const links =
    kind === "campaigns"
      ? shelf.campaigns.map(({ address, data }) => ({
          href: href(address),
          text: data.title,
          note: text.campaignStates[campaignState(data, shelf.now)],
        }))
      : shelf.documents.map(({ address, data }) => ({
          href: href(address),
          text: `${data.number}: ${data.title}`,
          note: data.date ? formatDate(data.date) : "",
        }));
  return {
    view: {
      path: `/${kinds[kind].address}/`,
      title: kinds[kind].listLabel,
      links,
    },
    chrome: chromeOf(shelf),
  };
}

/** What stands around a page that has nothing else to know: the page that is not found. */
export const chrome = async (): Promise<Chrome> => chromeOf(await library());
