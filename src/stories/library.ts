/** Everything the pages are made from: published stories, newest first, and what they are sorted under. */
import { dayOf } from "../i18n/dates.ts";
import type { PublishedEntry } from "../loader/handing.ts";
import {
  STORY_KINDS,
  addressOf,
  LISTED_TERMS,
  TERM_KINDS,
  type KindName,
  type ListedTerm,
  type Published,
  type StoryKind,
  type TermKind,
} from "../schema/kinds.ts";
import { stateAt, type StoryState } from "./state.ts";

/** An entry as the pages know it. */
export interface Item<K extends KindName = KindName> extends PublishedEntry<K> {
  kind: K;
  id: string;
  /** Its page, from the site's root without the base: `/mo-hinh/ten/`. Empty for kinds without pages. */
  address: string;
}

export const itemOf = <K extends KindName>(
  kind: K,
  id: string,
  entry: PublishedEntry<K>,
): Item<K> => ({ kind, id, address: addressOf(kind, id) ?? "", ...entry });

export interface Story<K extends StoryKind = StoryKind> extends Item<K> {
  state: StoryState;
  /** What lists show and sort by: the event's date, else the day of publication. EDTF. */
  date: string;
}

export interface Library {
  now: Date;
  site: Published<"site">;
  /** Published stories of every kind, newest first. */
  stories: Story[];
  /** The same, kind by kind, with the place of each in its list. */
  storiesOf: Record<
    StoryKind,
    { list: Story[]; position: ReadonlyMap<Story, number> }
  >;
  /** Withdrawn and expired stories: their addresses carry a notice. */
  gone: Story[];
  campaigns: Item<"campaigns">[];
  documents: Item<"documents">[];
  pages: Item<"pages">[];
  decisions: Map<string, Item<"decisions">>;
  units: Map<string, Item<"units">>;
  terms: { [K in ListedTerm]: Item<K>[] };
  /** The same by kind and identifier: `movements/nong-thon-moi`. */
  term: Map<string, Item<ListedTerm>>;
  /** Published stories under a term, newest first: `movements/nong-thon-moi`. */
  storiesUnder: Map<string, Story[]>;
}

/** All published entries of a kind, in whatever order. */
export type ItemsOf = <K extends KindName>(kind: K) => Item<K>[];

/**
 * Puts published entries in order.
 *
 * @param items gives a new list each time
 * @param now the moment that decides the states of stories
 * @throws when there is no site
 */
export function libraryOf(items: ItemsOf, now: Date): Library {
  const all = STORY_KINDS.flatMap((kind): Item<StoryKind>[] => items(kind));
  const timed = all.map((item): Story => ({
    ...item,
    state: stateAt(item.data, now),
    date: dateOf(item.data),
  }));
  const stories = timed
    .filter(({ state }) => state === "published")
    .sort(newestFirst);
  const [siteItem] = items("site");
  if (!siteItem) throw new Error("The content folder has no site.yaml");
  const decisions = byId(items("decisions"));
  const terms = {
    movements: items("movements").sort(inOrder),
    fields: items("fields").sort(inOrder),
    groups: items("groups").sort(inOrder),
    communes: items("communes").sort(
      (a, b) =>
        a.data.title.localeCompare(b.data.title, "vi") ||
        (a.id < b.id ? -1 : 1),
    ),
    "award-forms": items("award-forms").sort(inOrder),
  };
  return {
    now,
    site: siteItem.data,
    stories,
    storiesOf: {
      models: shelfOf("models", stories),
      "role-models": shelfOf("role-models", stories),
      news: shelfOf("news", stories),
    },
    gone: timed.filter(
      ({ state }) => state === "withdrawn" || state === "expired",
    ),
    campaigns: items("campaigns").sort(
      latestFirst(({ data }) => data.startDate),
    ),
    // What has not been compared with the full text is kept as data and not shown.
    documents: items("documents")
      .filter(({ data }) => data.verified)
      .sort(latestFirst(({ data }) => data.date ?? "")),
    pages: items("pages").sort(
      (a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1),
    ),
    decisions,
    units: byId(items("units")),
    terms,
    term: new Map(
      Object.values(terms).flatMap((list: Item<ListedTerm>[]) =>
        list.map((term) => [`${term.kind}/${term.id}`, term] as const),
      ),
    ),
    storiesUnder: sortUnder(stories, decisions),
  };
}

function shelfOf(kind: StoryKind, stories: Story[]) {
  const list = stories.filter((story) => story.kind === kind);
  return {
    list,
    position: new Map(list.map((story, index) => [story, index])),
  };
}

const byId = <K extends KindName>(list: Item<K>[]): Map<string, Item<K>> =>
  new Map(list.map((item) => [item.id, item]));

type Ordered = { id: string; data: { order: number; title: string } };
const inOrder = (a: Ordered, b: Ordered) =>
  a.data.order - b.data.order || (a.id < b.id ? -1 : 1);

/** By a day, the latest first. What has the same day stands in the order of names, however it came to be read. */
const latestFirst =
  <T extends { id: string }>(dayIn: (item: T) => string) =>
  (a: T, b: T): number => {
    const [one, other] = [dayIn(a), dayIn(b)];
    return one === other ? (a.id < b.id ? -1 : 1) : one < other ? 1 : -1;
  };

const dateOf = ({ eventDate, publishedAt }: Item<StoryKind>["data"]): string =>
  eventDate ?? (publishedAt ? dayOf(publishedAt) : "");

/** A span counts by its end, a month or year before the days that lie in it. */
export const sortKey = ({ date }: Story): string => date.split("/").at(-1)!;

/** The year a story is found under: `2026`. */
export const yearOf = (story: Story): string => sortKey(story).slice(0, 4);

function newestFirst(a: Story, b: Story): number {
  const [one, other] = [sortKey(a), sortKey(b)];
  if (one !== other) return one < other ? 1 : -1;
  const published =
    Date.parse(b.data.publishedAt!) - Date.parse(a.data.publishedAt!);
  return published || (a.address < b.address ? -1 : 1);
}

/** The identifiers of the terms of one kind that a story names. */
export const termsOf = ({ data }: Item<StoryKind>, kind: TermKind): string[] =>
  [data[TERM_KINDS[kind]] ?? []].flat();

/** The identifiers of the terms of one kind that a story is listed by. An award that was revoked is none. */
export const listedBy = (
  story: Item<StoryKind>,
  kind: ListedTerm,
  decisions: Library["decisions"],
): string[] =>
  kind === "award-forms"
    ? [
        ...new Set(
          story.data.awards.flatMap(({ decision }) => {
            const data = decisions.get(decision)?.data;
            return data && data.status !== "revoked" ? [data.form] : [];
          }),
        ),
      ]
    : termsOf(story, kind);

function sortUnder(
  stories: Story[],
  decisions: Library["decisions"],
): Map<string, Story[]> {
  const under = new Map<string, Story[]>();
  for (const story of stories)
    for (const kind of LISTED_TERMS)
      for (const id of listedBy(story, kind, decisions)) {
        const key = `${kind}/${id}`;
        const list = under.get(key);
        if (list) list.push(story);
        else under.set(key, [story]);
      }
  return under;
}

/** One of a story's awards: the recipient of a decision, and the form of what they were given. */
export interface Honour {
  decision: Item<"decisions">["data"];
  recipient: Item<"decisions">["data"]["recipients"][number];
  form: Item<"award-forms">;
}

/** The awards that a story points to, those that were revoked too. */
export const honoursOf = (
  { data }: Item<StoryKind>,
  { decisions, term }: Pick<Library, "decisions" | "term">,
): Honour[] =>
  data.awards.flatMap(({ decision: id, recipient: name }) => {
    const decision = decisions.get(id)?.data;
    const recipient = decision?.recipients.find((one) => one.id === name);
    const form =
      decision &&
      (term.get(`award-forms/${decision.form}`) as
        Item<"award-forms"> | undefined);
    return decision && recipient && form ? [{ decision, recipient, form }] : [];
  });
