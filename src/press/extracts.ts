/** What a newspaper takes out of a story's text: words of people, facts, figures. */
import { parseFragment, serialize, type DefaultTreeAdapterTypes } from "parse5";
import { attribute, plainHtml } from "../feeds/plain.ts";
import { plainText } from "../feeds/text.ts";

type Element = DefaultTreeAdapterTypes.Element;

/** Somebody's words, and whose they are. */
export interface Quotation {
  words: string;
  who: string;
  role?: string | undefined;
}

/** Something said in a few words. */
export interface Fact {
  label: string;
  value: string;
}

export interface Extracts {
  quotations: Quotation[];
  facts: Fact[];
}

/**
 * Takes quotations and facts out of HTML that the blocks have written.
 *
 * @param page the address that relative ones start from
 */
export function extractsOf(html: string, page: string): Extracts {
  const found: Extracts = { quotations: [], facts: [] };
  const words = (element: Element) =>
    plainText(plainHtml(serialize(element), page));
  const visit = (element: Element): void => {
    const classes = classesOf(element);
    if (element.tagName === "figure" && classes.includes("quote"))
      found.quotations.push(quotationIn(element, words));
    else if (
      element.tagName === "dl" &&
      (classes.includes("facts") || classes.includes("key-figures"))
    )
      found.facts.push(...factsIn(element, words));
    else childrenOf(element).forEach(visit);
  };
  childrenOf(parseFragment(html)).forEach(visit);
  return found;
}

type Words = (element: Element) => string;

function quotationIn(figure: Element, words: Words): Quotation {
  const part = (wanted: (element: Element) => boolean): string | undefined => {
    const element = elementsIn(figure).find(wanted);
    return element && words(element);
  };
  const named = (name: string) =>
    part((element) => classesOf(element).includes(name));
  return {
    words: part(({ tagName }) => tagName === "blockquote") ?? "",
    who: named("who") ?? "",
    role: named("role"),
  };
}

/** A figure's first value is what is, the second what was before. */
const factsIn = (list: Element, words: Words): Fact[] =>
  childrenOf(list).map((pair) => {
    const [label, ...values] = childrenOf(pair).map(words);
    return { label: label ?? "", value: values.join("; ") };
  });

const classesOf = (element: Element): string[] =>
  (attribute(element, "class") ?? "").split(" ");

const childrenOf = (
  node: Pick<DefaultTreeAdapterTypes.ParentNode, "childNodes">,
): Element[] =>
  node.childNodes.filter((child): child is Element => "tagName" in child);

const elementsIn = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) => [child, ...elementsIn(child)]);
