/**
 * A story's text for elsewhere: readers of feeds, users of the API, editors of newspapers. Few elements, no classes
 * or scripts, every address in full, so that it says the same wherever it is put. Made from the very parts that the
 * story's page shows.
 */
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { articleParts, type ArticleView } from "../article/parts.ts";
import { escapeHtml, markup, trusted } from "../blocks/html.ts";
import { text } from "../i18n/vi.ts";
import { readBody } from "../loader/bodies.ts";
import { readSettings } from "../loader/settings.ts";
import { canonical } from "../stories/address.ts";
import { TEXT_LICENCE } from "../stories/licence.ts";
import type { StoryView } from "../stories/views.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** What the plain text of a story is made of, and all that it depends on. */
export interface Article extends ArticleView {
  path: string;
  bodyDigest?: string | undefined;
}

const articles = new WeakMap<StoryView, Article>();

/** A story's view without what stands around its text; the same of the same view. */
export function articleOf(view: StoryView): Article {
  const made = articles.get(view) ?? makeArticle(view);
  articles.set(view, made);
  return made;
}

const makeArticle = ({
  path,
  data,
  cover,
  gallery,
  awards,
  attachments,
  documents,
  bodyDigest,
}: StoryView): Article => ({
  path,
  data,
  cover,
  gallery,
  awards,
  attachments,
  documents,
  bodyDigest,
});

/**
 * A story's whole text as plain HTML, from its summary to where it comes from.
 *
 * @param site the site's name
 */
export function articleHtml(article: Article, site: string): string {
  const { data, path, bodyDigest } = article;
  const body = bodyDigest ? readBody(readSettings().cacheDir, bodyDigest) : "";
  const parts = articleParts(article, body).map(({ name, title, html }) => {
    // On the page its large numerals speak for themselves.
    const heading = name === "figures" ? text.results : title;
    return markup`${heading && markup`<h2>${heading}</h2>`}${trusted(html)}`;
  });
  const who = whoIn(data);
  const page = canonical(path);
  return plainHtml(
    markup`${who && markup`<p>${who}</p>`}<p>${data.summary}</p>${parts}<p>${text.thisSource}: <a href="${page}">${site}</a>, <a href="${TEXT_LICENCE.deed}">${TEXT_LICENCE.title}</a>.</p>`
      .html,
    page,
  );
}

/** Whom a story is about. */
export const whoIn = (data: StoryView["data"]): string | undefined =>
  "owner" in data
    ? data.owner
    : "name" in data
      ? [data.name, data.role].filter(Boolean).join(", ")
      : undefined;

/** The elements that are kept; links and pictures are seen to apart. */
const KEPT = new Set(
  "blockquote br code dd del dl dt em figcaption figure h2 h3 h4 h5 h6 hr li ol p pre strong sup table tbody td th thead tr ul".split(
    " ",
  ),
);
/** The elements whose content alone is kept. */
const OPENED = new Set(
  "aside div picture s section small span time".split(" "),
);
const VOID = new Set(["br", "hr"]);

/**
 * Our own HTML with nothing but what any reader understands: elements and attributes of a short list, pictures in one
 * size, addresses in full. What is not on the list is left out with all that is in it.
 *
 * @param html made by this program
 * @param page the address that relative ones start from
 */
export const plainHtml = (html: string, page: string): string =>
  parseFragment(html)
    .childNodes.map((node) => write(node, page))
    .join("");

function write(node: Node, page: string): string {
  if (node.nodeName === "#text" && "value" in node)
    return escapeHtml(node.value);
  if (!("tagName" in node)) return "";
  const { tagName } = node;
  const inside = () =>
    node.childNodes.map((child) => write(child, page)).join("");
  if (OPENED.has(tagName))
    // What is struck through would otherwise read as if it stood.
    return tagName === "s" ? `<del>${inside()}</del>` : inside();
  if (tagName === "input")
    return attribute(node, "checked") === undefined ? "☐ " : "☑ ";
  if (tagName === "a") return link(node, inside(), page);
  if (tagName === "img") return picture(node, page);
  if (!KEPT.has(tagName)) return "";
  const kept =
    tagName === "ol" ? written("start", attribute(node, "start")) : "";
  if (VOID.has(tagName)) return `<${tagName}>`;
  // Titles of blocks and steps are told by their class alone, which does not travel.
  const isTitle = attribute(node, "class")?.endsWith("-title");
  return `<${tagName}${kept}>${isTitle ? `<strong>${inside()}</strong>` : inside()}</${tagName}>`;
}

/** The value of one attribute. */
export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

const written = (name: string, value: string | number | undefined): string =>
  value === undefined ? "" : ` ${name}="${escapeHtml(String(value))}"`;

/** A link that leads somewhere from anywhere; else its words alone. There is nothing to lead back to from a note. */
function link(element: Element, words: string, page: string): string {
  if (attribute(element, "data-footnote-backref") !== undefined) return "";
  const href = attribute(element, "href");
  const address = href?.startsWith("#") ? undefined : absolute(href, page);
  return address ? `<a${written("href", address)}>${words}</a>` : words;
}

/** An address in full; nothing for one that does not lead to a page or a mailbox. */
function absolute(
  address: string | undefined,
  page: string,
): string | undefined {
  const url = address === undefined ? null : URL.parse(address, page);
  return url && /^(?:https?|mailto):$/.test(url.protocol)
    ? url.href
    : undefined;
}

/** A picture in the one size that `src` names, which the sources beside it tell the width of. */
function picture(element: Element, page: string): string {
  const src = attribute(element, "src");
  const address = absolute(src, page);
  const alt = attribute(element, "alt") ?? "";
  if (!address?.startsWith("http")) return escapeHtml(alt);
  const [width, height] = ["width", "height"].map((name) =>
    Number(attribute(element, name)),
  ) as [number, number];
  const size = { width, height, src: src!, sources: sourcesBeside(element) };
  return `<img${written("src", address)}${Object.entries(shownSize(size))
    .map(([name, value]) => written(name, value))
    .join("")}${written("alt", alt)}>`;
}

const sourcesBeside = ({ parentNode }: Element): { srcset: string }[] =>
  (parentNode?.childNodes ?? []).flatMap((sibling) => {
    const srcset =
      "attrs" in sibling ? attribute(sibling, "srcset") : undefined;
    return srcset ? [{ srcset }] : [];
  });

/**
 * The size of the one rendition that is shown where `srcset` is not understood.
 *
 * @param view a picture's, whose own size is the original's
 */
export function shownSize(view: {
  src: string;
  width: number;
  height: number;
  sources: readonly { srcset: string }[];
}): { width: number; height: number } {
  const candidate = view.sources
    .flatMap(({ srcset }) => srcset.split(", "))
    .find((one) => one.startsWith(`${view.src} `));
  const width = Number(candidate?.slice(view.src.length + 1, -1)) || view.width;
  return {
    width,
    height: Math.max(1, Math.round((view.height * width) / view.width)),
  };
}
