/** What the API's answers say, as plain data. */
import { formatDate, instantOf } from "../i18n/dates.ts";
import { text } from "../i18n/vi.ts";
import { feedsOf } from "../feeds/address.ts";
import { byPublication, permanentId, pictureOf } from "../feeds/feed.ts";
import { whoIn } from "../feeds/plain.ts";
import { NEWS_CATEGORIES } from "../schema/news.ts";
import { OCCUPATIONS } from "../schema/role-model.ts";
import { kinds, type StoryKind } from "../schema/kinds.ts";
import { SUBJECT_TYPES } from "../schema/story.ts";
import { AWARD_LEVELS } from "../schema/taxonomy.ts";
import { canonical, inFull } from "../stories/address.ts";
import {
  honoursOf,
  listedBy,
  termsOf,
  yearOf,
  type Honour,
  type Item,
  type Library,
  type Story,
} from "../stories/library.ts";
import { TEXT_LICENCE } from "../stories/licence.ts";
import { paginate } from "../stories/pagination.ts";
import { publisherOf } from "../stories/publisher.ts";
import { storyLists, type NamedList } from "../stories/routes.ts";
import { timesOf } from "../stories/times.ts";
import {
  documentLinks,
  storyView,
  termTitle,
  type Link,
} from "../stories/views.ts";
import {
  API_PAGE,
  API_VERSION,
  apiUrl,
  listFile,
  storyFile,
} from "./address.ts";
import {
  CAMPAIGN_PLAN,
  EDITING,
  SCHEMAS,
  TAXONOMIES,
  schemaFile,
  type Brief,
  type Counts,
  type Gone,
  type Index,
  type StoryPage,
  type Taxonomy,
  type Whole,
} from "./schema.ts";

/** Stories on a page of the API; a list's first holds up to twice as many less one. */
export const API_PAGE_SIZE = 100;

const headOf = (story: Story) => {
  const { kind, id, address, data } = story;
  const { published, updated } = timesOf(story);
  return {
    id: permanentId(story),
    kind,
    slug: id,
    url: canonical(address),
    data: apiUrl(storyFile(kind, id)),
    title: data.title,
    summary: data.summary,
    publishedAt: published,
    updatedAt: updated,
  };
};

const briefs = new WeakMap<Story, Brief>();

/** A story as lists hold it. Made once: it stands in a dozen. */
export function briefOf(story: Story, shelf: Library): Brief {
  const made = briefs.get(story) ?? makeBrief(story, shelf);
  briefs.set(story, made);
  return made;
}

function makeBrief(story: Story, shelf: Library): Brief {
  const { data } = story;
  const view = storyView(story, shelf);
  const shown = view.cover ?? view.gallery[0];
  return {
    ...headOf(story),
    eventDate: data.eventDate,
    who: whoIn(data),
    category: "category" in data ? data.category : undefined,
    subjectType: data.subjectType,
    campaign: data.campaign,
    movements: data.movements,
    fields: data.fields,
    group: data.group,
    communes: data.communes,
    awardForms: listedBy(story, "award-forms", shelf.decisions),
    picture: shown && pictureOf(shown),
  };
}

/** A story's own answer, less its text, which is read when it is written. */
export type WholeHead = Omit<Whole, "html" | "text">;

/** What a story's own answer says of it. */
export function wholeOf(story: Story, shelf: Library): WholeHead {
  const { data } = story;
  const view = storyView(story, shelf);
  const own: Record<string, unknown> = { ...data };
  for (const name of EDITING) delete own[name];
  const terms = (kind: Parameters<typeof termsOf>[1]) =>
    termsOf(story, kind).flatMap((id) => {
      const item = shelf.term.get(`${kind}/${id}`);
      return item ? [refOf(item.id, termTitle(item), item.address)] : [];
    });
  const campaign = shelf.campaigns.find(({ id }) => id === data.campaign);
  return {
    ...own,
    ...headOf(story),
    unit:
      data.unit && view.unit ? { id: data.unit, title: view.unit } : undefined,
    campaign:
      campaign &&
      refOf(campaign.id, campaign.data.shortTitle, campaign.address),
    movements: terms("movements"),
    fields: terms("fields"),
    group: terms("groups")[0],
    communes: terms("communes"),
    subjectTypeLabel: data.subjectType && SUBJECT_TYPES[data.subjectType],
    occupationLabel:
      "occupation" in data && data.occupation
        ? OCCUPATIONS[data.occupation]
        : undefined,
    categoryLabel:
      "category" in data ? NEWS_CATEGORIES[data.category] : undefined,
    cover: view.cover && pictureOf(view.cover),
    gallery: view.gallery.map(pictureOf),
    awards: awardsOf(story, shelf),
    documents: "documents" in data ? view.documents.map(linkOf) : undefined,
    attachments:
      "attachments" in data
        ? view.attachments.map(({ title, href, extension, bytes }) => ({
            title,
            url: inFull(href),
            extension,
            bytes,
          }))
        : undefined,
    licence: TEXT_LICENCE.deed,
  };
}

const refOf = (id: string, title: string, address: string) => ({
  id,
  title,
  url: canonical(address),
});

const linkOf = ({ href, text: title }: Link) => ({ title, url: inFull(href) });

/** The awards that a story points to, with what their decisions say. */
const awardsOf = (story: Story, shelf: Library): Whole["awards"] =>
  honoursOf(story, shelf).map(({ decision, recipient, form }) => {
    const { level, title } = form.data;
    const { name, subjectType, posthumous } = recipient;
    const { rank, number, date, presentedOn, issuer } = decision;
    const { occasion, citation, status } = decision;
    return {
      form: { id: form.id, title, level, levelLabel: AWARD_LEVELS[level] },
      rank,
      recipient: { name, subjectType, posthumous },
      number,
      date,
      presentedOn,
      issuer,
      occasion,
      citation,
      status,
    };
  });

/**
 * The pages of a list, newest publication first. As the site's own lists they are numbered from the oldest, so that a
 * new story changes the first page and no other: who follows `next` need not know.
 */
export function storyPages(
  { name, path, title, stories }: NamedList,
  shelf: Library,
): { file: string; page: StoryPage }[] {
  return paginate(byPublication(stories, shelf), API_PAGE_SIZE).map(
    ({ items, number, older, newer }) => ({
      file: listFile(name, number),
      page: {
        title,
        url: canonical(path),
        self: apiUrl(listFile(name, number)),
        // On the first page alone: every other page would change with every story.
        total: number ? undefined : stories.length,
        next: older === undefined ? undefined : apiUrl(listFile(name, older)),
        prev: newer === undefined ? undefined : apiUrl(listFile(name, newer)),
        stories: items.map((story) => briefOf(story, shelf)),
      },
    }),
  );
}

type Counted = Counts["kinds"];

/** How many stories there are of what, for reports. Awards are counted by recipients, not by stories. */
export function countsOf(
  title: string,
  stories: readonly Story[],
  shelf: Library,
): Counts {
  const by = (
    of: (story: Story) => readonly (string | undefined)[],
    titleOf: (id: string) => string | undefined,
  ): Counted => tally(stories.flatMap(of), titleOf);
  const labels = (options: Record<string, string>) => (id: string) =>
    options[id];
  const terms = (kind: Parameters<typeof termsOf>[1]) =>
    by(
      (story) => termsOf(story, kind),
      (id) => {
        const item = shelf.term.get(`${kind}/${id}`);
        return item && termTitle(item);
      },
    );
  const awards = validHonours(stories, shelf);
  return {
    title,
    stories: stories.length,
    kinds: by(
      ({ kind }) => [kind],
      (id) => kinds[id as StoryKind].listLabel,
    ),
    categories: by(
      ({ data }) => ("category" in data ? [data.category] : []),
      labels(NEWS_CATEGORIES),
    ),
    subjectTypes: by(({ data }) => [data.subjectType], labels(SUBJECT_TYPES)),
    occupations: by(
      ({ data }) => ("occupation" in data ? [data.occupation] : []),
      labels(OCCUPATIONS),
    ),
    campaigns: by(
      ({ data }) => [data.campaign],
      (id) => shelf.campaigns.find((one) => one.id === id)?.data.shortTitle,
    ),
    movements: terms("movements"),
    fields: terms("fields"),
    groups: terms("groups"),
    communes: terms("communes"),
    months: by((story) => [timesOf(story).published.slice(0, 7)], formatDate),
    years: by(
      (story) => [yearOf(story)],
      (id) => id,
    ),
    awards: awards.length,
    awardForms: tally(
      awards.map(({ form }) => form.id),
      (id) => shelf.term.get(`award-forms/${id}`)?.data.title,
    ),
    awardLevels: tally(
      awards.map(({ form }) => form.data.level),
      labels(AWARD_LEVELS),
    ),
  };
}

/** What occurs how often, in the order of names; what has no title is not shown anywhere. */
function tally(
  ids: readonly (string | undefined)[],
  titleOf: (id: string) => string | undefined,
): Counted {
  return [...Map.groupBy(ids, (id) => id)]
    .flatMap(([id, all]) => {
      const title = id === undefined ? undefined : titleOf(id);
      return id === undefined || title === undefined
        ? []
        : [{ id, title, count: all.length }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The valid awards that stories point to. Two stories may tell of the same. */
const validHonours = (stories: readonly Story[], shelf: Library): Honour[] =>
  [
    ...new Map(
      stories
        .flatMap((story) => honoursOf(story, shelf))
        .map((honour) => [honour.recipient, honour] as const),
    ).values(),
  ].filter(({ decision }) => decision.status !== "revoked");

/** Stories that are no longer there: who keeps copies is to remove them. No word of what they said. */
export const goneOf = ({ gone }: Library): Gone => ({
  gone: gone
    .map((story) => ({
      id: permanentId(story),
      kind: story.kind,
      slug: story.id,
      url: canonical(story.address),
      state:
        story.state === "withdrawn"
          ? ("withdrawn" as const)
          : ("expired" as const),
      at: instantOf(
        new Date(
          (story.state === "withdrawn"
            ? story.data.withdrawal?.at
            : story.data.expiresAt)!,
        ),
      ),
    }))
    .sort((a, b) =>
      a.at === b.at ? (a.url < b.url ? -1 : 1) : a.at < b.at ? 1 : -1,
    ),
});

/** The entries of a taxonomy. */
export function taxonomyOf(
  kind: Taxonomy,
  shelf: Library,
): { items: unknown[] } {
  const entries: Item[] =
    kind === "campaigns" ? shelf.campaigns : shelf.terms[kind];
  return {
    items: entries.map((item) => {
      const { [CAMPAIGN_PLAN]: _plan, ...own } = item.data as Record<
        string,
        unknown
      >;
      return {
        ...own,
        id: item.id,
        url: canonical(item.address),
        stories: apiUrl(listFile(`${kind}/${item.id}`)),
        ...(item.kind === "campaigns" && "plan" in item.data
          ? {
              counts: apiUrl(`campaigns/${item.id}/counts.json`),
              documents: documentLinks(
                [item.data.plan, ...item.data.documents],
                shelf,
              ).map(linkOf),
            }
          : {}),
      };
    }),
  };
}

const FILES: Record<string, string> = {
  "counts.json": text.api.counts,
  "gone.json": text.api.gone,
  "stories.csv": text.api.csv,
};

/** What there is. */
export function indexOf(shelf: Library): Index {
  const { site } = shelf;
  const lists = storyLists(shelf);
  const publisher = publisherOf(site);
  return {
    version: API_VERSION,
    name: site.name,
    description: site.description,
    province: site.province,
    language: "vi",
    url: canonical("/"),
    official: site.official,
    notice: publisher ? undefined : text.unofficial,
    publisher: publisher && {
      name: publisher.name,
      decision: publisher.decision,
      responsible: publisher.responsible,
    },
    licence: { title: TEXT_LICENCE.title, url: TEXT_LICENCE.deed },
    documentation: canonical(API_PAGE),
    updatedAt: shelf.stories
      .map((story) => timesOf(story).updated)
      .sort()
      .at(-1),
    feeds: feedsOf("/").map(({ type, href }) => ({ type, url: inFull(href) })),
    files: [
      ...Object.entries(FILES).map(([file, title]) => fileOf(file, title)),
      ...TAXONOMIES.map((kind) =>
        fileOf(`${kind}.json`, kinds[kind].listLabel),
      ),
    ],
    lists: lists.map(({ name, title, path }) => ({
      name,
      title,
      url: canonical(path),
      data: apiUrl(listFile(name)),
    })),
  };
}

function fileOf(file: string, title: string) {
  const name = file.replace(/\.json$/, "");
  return {
    title,
    url: apiUrl(file),
    schema: SCHEMAS.includes(name) ? apiUrl(schemaFile(name)) : undefined,
  };
}
