/** What tests ask of HTML: does a browser read it as it was written, and what is in it. */
import { parseFragment, serialize } from "parse5";
import type { DefaultTreeAdapterTypes, ParserError } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** @returns the parser's complaints, by their code */
export function errorsOf(html: string): string[] {
  const errors: string[] = [];
  parseFragment(html, {
    sourceCodeLocationInfo: true,
    onParseError: (error: ParserError) => errors.push(error.code),
  });
  return errors;
}

/** What a browser makes of it, in the parser's spelling of characters. */
export const reread = (html: string): string =>
  spelling(serialize(parseFragment(html)));

/** The one difference that is only spelling: which quotes and spaces are written as entities. */
export const spelling = (html: string): string =>
  html
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("\u00a0", "&nbsp;");

const descendants = (node: Node): Node[] =>
  "childNodes" in node
    ? node.childNodes.flatMap((child) => [child, ...descendants(child)])
    : [];

/** Every element, in order. */
export const elementsIn = (html: string): HtmlElement[] =>
  descendants(parseFragment(html)).filter(
    (node): node is HtmlElement => "tagName" in node,
  );

/** Every element with its attributes' names: what an editor's text must never change. */
export const skeleton = (html: string): string[] =>
  elementsIn(html).map(({ tagName, attrs }) =>
    [tagName, ...attrs.map(({ name }) => name)].join(" "),
  );

/** All words of a fragment, those in attributes included. */
export const wordsIn = (html: string): string =>
  descendants(parseFragment(html))
    .flatMap((node) => {
      if ("attrs" in node) return node.attrs.map(({ value }) => value);
      return node.nodeName === "#text" && "value" in node ? [node.value] : [];
    })
    .join("\n");

/** The names of an element's own children. */
export const childTags = (element: HtmlElement): string[] =>
  element.childNodes.flatMap((child) =>
    "tagName" in child ? [child.tagName] : [],
  );
