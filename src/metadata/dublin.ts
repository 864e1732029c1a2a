/**
 * Dublin Core's fifteen elements, as state portals print them. What is not known of a page is left out. Pure.
 */
import type { Published } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";
import { timesOf } from "../stories/times.ts";
import { publisherName } from "../stories/publisher.ts";
import type { StoryView } from "../stories/views.ts";
import { TEXT_LICENCE } from "../stories/licence.ts";
import type { Meta } from "./head.ts";
import { authorOf } from "./who.ts";

/** Where the elements are explained. */
export const DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";

type Element =
  | "title"
  | "creator"
  | "subject"
  | "description"
  | "publisher"
  | "contributor"
  | "date"
  | "type"
  | "format"
  | "identifier"
  | "source"
  | "language"
  | "relation"
  | "coverage"
  | "rights";

const metas = (said: Partial<Record<Element, string | undefined>>): Meta[] =>
  Object.entries(said).flatMap(([element, content]) =>
    content ? [{ name: `DC.${element}`, content }] : [],
  );

const together = (words: readonly string[]): string => words.join("; ");

/** What a story is called, who made it, when, of what and where. */
export function dublinOfStory(
  view: StoryView,
  site: Published<"site">,
): Meta[] {
  const { data, terms, places, sources } = { ...view, ...view.data };
  return metas({
    title: data.title,
    creator: authorOf(view, site).name,
    subject: together(
      terms.flatMap(({ links }) => links.map(({ text: name }) => name)),
    ),
    description: data.summary,
    publisher: publisherName(site),
    contributor: data.byline && view.unit,
    date: timesOf(view).published,
    type: "Text",
    format: "text/html",
    identifier: canonical(view.path),
    source: together(sources.map(({ url, publisher }) => url ?? publisher)),
    language: "vi",
    relation: canonical(listOf(view.path)),
    coverage: together([
      ...places.map(({ text: name }) => name),
      site.province,
    ]),
    rights: TEXT_LICENCE.url,
  });
}

/** The same of a list. */
export const dublinOfList = (
  {
    path,
    title,
    description,
  }: { path: string; title: string; description: string },
  site: Published<"site">,
): Meta[] =>
  metas({
    title,
    creator: publisherName(site),
    subject: title,
    description,
    publisher: publisherName(site),
    type: "Collection",
    format: "text/html",
    identifier: canonical(path),
    language: "vi",
    relation: canonical(listOf(path)),
    coverage: site.province,
    rights: TEXT_LICENCE.url,
  });

/** What an address stands below: the list of a story, the index of a list. */
const listOf = (path: string): string => path.replace(/[^/]+\/$/, "");
