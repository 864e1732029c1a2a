/** Routes for Astro: each with its view, and a key that changes exactly when the view does. */
import { createHash } from "node:crypto";
import { kinds, type StoryKind, type TermKind } from "../schema/kinds.ts";
import { href } from "./address.ts";
import { library, type Item, type Library, type Story } from "./library.ts";
import { paginate, type ListPage } from "./pagination.ts";
import {
  chromeOf,
  listView,
  storyView,
  termTitle,
  type Chrome,
  type ListView,
  type StoryView,
} from "./views.ts";

export interface Route<View> {
  params: Record<string, string>;
  props: { view: View; chrome: Chrome };
  /** Astro makes the page again when this changes (`experimental.incrementalBuild`). */
  cacheKey: string;
}

const digest = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(value))
    .digest("base64url")
    .slice(0, 22);

/**
 * Routes from views.
 *
 * @param pages the parameters and the view of each page
 */
export function routesOf<View>(
  pages: { params: Record<string, string>; view: View }[],
  chrome: Chrome,
): Route<View>[] {
  const around = digest(chrome);
  return pages.map(({ params, view }) => ({
    params,
    props: { view, chrome },
    cacheKey: `${digest(view)}${around}`,
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
      ...shelf.stories
        .filter(here)
        .map((story) => ({
          params: { slug: story.id },
          view: storyView(story, shelf),
        })),
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

const storiesOf = (kind: StoryKind, { stories }: Library): Story[] =>
  stories.filter((story) => story.kind === kind);

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
  const stories = storiesOf(kind, shelf);
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
  const stories = storiesOf(kind, shelf);
  const list = kindList(kind, stories.length);
  return routesOf(
    numberedPages(stories, (page) =>
      listView({ ...list, total: 0 }, page, shelf),
    ),
    chromeOf(shelf),
  );
}

function numberedPages<View>(
  stories: Story[],
  view: (page: ListPage<Story>) => View,
): { params: Record<string, string>; view: View }[] {
  return paginate(stories)
    .slice(1)
    .map((page) => ({
      params: { page: String(page.number) },
      view: view(page),
    }));
}

/** A term's own facts, shown over its list's front page. */
export type TermView<K extends TermKind = TermKind> = ListView & {
  term: { kind: K; data: Item<K>["data"] };
};

function termPages(kind: TermKind, shelf: Library) {
  const chrome = chromeOf(shelf);
  return (shelf.terms[kind] as Item<TermKind>[]).map((term) => {
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
    return { term, stories, list, chrome };
  });
}

/** The front pages of one kind's terms: parameter `slug`. */
export async function termRoutes(kind: TermKind): Promise<Route<TermView>[]> {
  const shelf = await library();
  const pages = termPages(kind, shelf).map(({ term, stories, list }) => ({
    params: { slug: term.id },
    view: {
      ...listView(list, paginate(stories)[0]!, shelf),
      term: { kind, data: term.data },
    },
  }));
  return routesOf<TermView>(pages, chromeOf(shelf));
}

/** The numbered pages of one kind's terms: parameters `slug` and `page`. */
export async function termPageRoutes(
  kind: TermKind,
): Promise<Route<ListView>[]> {
  const shelf = await library();
  const pages = termPages(kind, shelf).flatMap(({ term, stories, list }) =>
    numberedPages(stories, (page) =>
      listView({ ...list, total: 0 }, page, shelf),
    ).map(({ params, view }) => ({
      params: { ...params, slug: term.id },
      view,
    })),
  );
  return routesOf(pages, chromeOf(shelf));
}

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
