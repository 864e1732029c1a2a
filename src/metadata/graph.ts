/**
 * What a page says to search engines, in the words of schema.org (JSON-LD). Pure. Kept lean: what they do not use,
 * and what other parts of the head say, is not said.
 */
import type {
  Article,
  BreadcrumbList,
  CollectionPage,
  Graph,
  ImageObject,
  NewsArticle,
  Organization,
  Person,
  Thing,
  WebSite,
  WithActionConstraints,
  SearchAction,
} from "schema-dts";
import { text } from "../i18n/vi.ts";
import { PRESS } from "../press/address.ts";
import type { Published } from "../schema/kinds.ts";
import { canonical, href, inFull } from "../stories/address.ts";
import { timesOf } from "../stories/times.ts";
import type {
  Chrome,
  Link,
  ListView,
  ShownFigure,
  StoryView,
} from "../stories/views.ts";
import type { HeadPage } from "./head.ts";
import { TEXT_LICENCE, licencePage } from "../stories/licence.ts";
import { authorOf, creatorOf, publisherParty } from "./who.ts";

/** A headline that is longer may be cut where it is shown. */
const HEADLINE_LETTERS = 110;

/** What there is to say of a page, if anything. */
export function graphOf(page: HeadPage, chrome: Chrome): Graph | undefined {
  const things = [
    ...thingsOf(page, chrome),
    ...(page.crumbs ? [breadcrumbs(page, page.crumbs)] : []),
  ];
  return things.length > 0
    ? { "@context": "https://schema.org", "@graph": things }
    : undefined;
}

/** A graph as the text of a script element: nothing in it ends the element or begins a comment. */
export const scriptText = (graph: Graph): string =>
  JSON.stringify(graph).replaceAll("<", "\\u003c");

function thingsOf({ subject }: HeadPage, { site }: Chrome): Thing[] {
  if (!subject) return [];
  if ("story" in subject) {
    const { story } = subject;
    return [
      articleOf(story, site),
      ...[...(story.cover ? [story.cover] : []), ...story.gallery].map(imageOf),
    ];
  }
  if ("list" in subject) return [collectionOf(subject.list)];
  return "site" in subject ? [siteOf(site)] : [];
}

function articleOf(
  view: StoryView,
  site: Published<"site">,
): Article | NewsArticle {
  const { data, kind, path, places } = view;
  const { published, updated } = timesOf(view);
  const about = subjectOf(view);
  return {
    "@type": kind === "news" ? "NewsArticle" : "Article",
    url: canonical(path),
    headline: shortened(data.title),
    image: [
      view.share.href,
      ...(view.cover ? [inFull(view.cover.view.src)] : []),
    ],
    datePublished: published,
    dateModified: updated,
    author: authorOf(view, site),
    publisher: publisherParty(site),
    isAccessibleForFree: true,
    license: TEXT_LICENCE.url,
    inLanguage: "vi",
    ...(about ? { about } : {}),
    ...(places.length > 0
      ? {
          contentLocation: places.map(
            ({ text: name }) => ({ "@type": "Place", name }) as const,
          ),
        }
      : {}),
  };
}

/** Whom a story is about, with the awards that a decision still stands for. */
function subjectOf({
  data,
  awards,
}: StoryView): Person | Organization | undefined {
  const name =
    "name" in data ? data.name : "owner" in data ? data.owner : undefined;
  if (name === undefined) return undefined;
  const award = awards
    .filter(({ revoked }) => !revoked)
    .map(({ text: form, detail }) => `${form}: ${detail}`);
  const common = { name, ...(award.length > 0 ? { award } : {}) };
  return data.subjectType === "person"
    ? {
        "@type": "Person",
        ...common,
        ...("role" in data && data.role ? { jobTitle: data.role } : {}),
      }
    : { "@type": "Organization", ...common };
}

const imageOf = ({
  props: { credit, licence },
  view,
}: ShownFigure): ImageObject => ({
  "@type": "ImageObject",
  contentUrl: inFull(view.src),
  creator: creatorOf(credit),
  creditText: credit,
  // What belongs to everybody is nobody's.
  ...(licence === "public-domain" ? {} : { copyrightNotice: `© ${credit}` }),
  license: licencePage(licence),
  acquireLicensePage: canonical(PRESS),
});

const collectionOf = (view: ListView): CollectionPage => ({
  "@type": "CollectionPage",
  url: canonical(view.path),
  name: view.title,
  mainEntity: {
    "@type": "ItemList",
    ...(view.total > 0 ? { numberOfItems: view.total } : {}),
    itemListElement: view.cards.map(({ href: address }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      url: inFull(address),
    })),
  },
});

function siteOf(site: Published<"site">): WebSite {
  const search: WithActionConstraints<SearchAction> = {
    "@type": "SearchAction",
    target: {
      "@type": "EntryPoint",
      urlTemplate: `${canonical("/tim-kiem/")}?q={q}`,
    },
    "query-input": "required name=q",
  };
  return {
    "@type": "WebSite",
    url: canonical("/"),
    name: site.name,
    description: site.description,
    inLanguage: "vi",
    publisher: publisherParty(site),
    potentialAction: search,
  };
}

const breadcrumbs = (
  { path, title }: HeadPage,
  crumbs: readonly Link[],
): BreadcrumbList => ({
  "@type": "BreadcrumbList",
  itemListElement: [
    { href: href("/"), text: text.home },
    ...crumbs,
    { href: href(path), text: title },
  ].map((link, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name: link.text,
    item: inFull(link.href),
  })),
});

/** At the end of a word, where there is no room for all. */
function shortened(title: string): string {
  const letters = [...title];
  if (letters.length <= HEADLINE_LETTERS) return title;
  const start = letters.slice(0, HEADLINE_LETTERS - 1).join("");
  return `${start.slice(0, start.lastIndexOf(" ")) || start}…`;
}
