/** Pages as parse5 sees them. */
import { parse, type DefaultTreeAdapterTypes, type ParserError } from "parse5";

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

export interface Page {
  html: string;
  document: DefaultTreeAdapterTypes.Document;
  errors: ParserError[];
  /** Every element, in the order of the page. */
  elements: Element[];
}

export function readPage(bytes: Buffer | string): Page {
  const html = bytes.toString();
  const errors: ParserError[] = [];
  const document = parse(html, { onParseError: (error) => errors.push(error) });
  return { html, document, errors, elements: elementsOf(document) };
}

const childrenOf = (node: Node): Node[] =>
  "childNodes" in node ? node.childNodes : [];

/** Every element below a node, outermost first. */
export const elementsOf = (node: Node): Element[] =>
  childrenOf(node).flatMap((child) => [
    ...("tagName" in child ? [child] : []),
    ...elementsOf(child),
  ]);

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name)?.value;

/** The text below a node, spaces run together. */
export const textOf = (node: Node): string =>
  rawText(node).replace(/\s+/g, " ").trim();

const rawText = (node: Node): string =>
  "value" in node ? node.value : childrenOf(node).map(rawText).join("");

/** The elements with a tag, in order. */
export const all = (page: Page, ...tags: string[]): Element[] =>
  page.elements.filter(({ tagName }) => tags.includes(tagName));

/** The content of a named meta element. */
export const meta = (page: Page, name: string): string | undefined => {
  const found = all(page, "meta").find(
    (element) => attribute(element, "name") === name,
  );
  return found && attribute(found, "content");
};
