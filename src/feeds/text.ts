/** Plain HTML as text: for answers of the API and for press kits. */
import { parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { text } from "../i18n/vi.ts";
import { attribute } from "./plain.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/**
 * A paragraph a block, an item or a row a line, addresses in brackets behind the words that lead to them.
 *
 * @param html as `plainHtml` gives it
 */
export const plainText = (html: string): string =>
  textIn(parseFragment(html).childNodes)
    .replace(/[^\S\n\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

const textIn = (nodes: readonly Node[]): string => nodes.map(textOf).join("");

const elementsIn = (element: Element, ...names: string[]): Element[] =>
  element.childNodes.filter(
    (node): node is Element =>
      "tagName" in node && names.includes(node.tagName),
  );

function textOf(node: Node): string {
  if (node.nodeName === "#text" && "value" in node)
    return node.parentNode?.nodeName === "code"
      ? node.value
      : node.value.replace(/\s*\n\s*/g, " ");
  if (!("tagName" in node)) return "";
  const inside = () => textIn(node.childNodes);
  switch (node.tagName) {
    case "br":
      return "\n";
    case "img":
      return block(text.inPicture(attribute(node, "alt") ?? ""));
    case "a":
      return withAddress(inside(), attribute(node, "href"));
    case "del":
      return text.struck(inside());
    case "ul":
    case "ol":
      return block(items(node).join("\n"));
    case "dl":
      return block(facts(node).join("\n"));
    case "tr":
      return `${elementsIn(node, "th", "td")
        .map((cell) => textIn(cell.childNodes).trim())
        .join(" | ")}\n`;
    case "figcaption":
      return `\n${inside()}\n`;
    case "blockquote":
    case "figure":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
    case "hr":
    case "p":
    case "pre":
    case "table":
      return block(inside());
    default:
      return inside();
  }
}

const block = (words: string): string => `\n\n${words.trim()}\n\n`;

/** The items of a list, each behind its number or a dash, without empty lines between its own paragraphs. */
function items(list: Element): string[] {
  const first = Number(attribute(list, "start") ?? 1);
  return elementsIn(list, "li").map((item, index) => {
    const words = textIn(item.childNodes)
      .trim()
      .replace(/\n{2,}/g, "\n");
    return `${list.tagName === "ol" ? `${first + index}.` : "-"} ${words}`;
  });
}

/** The names of a list of facts, each with what is said of it. */
function facts(list: Element): string[] {
  const lines: string[][] = [];
  for (const { tagName, childNodes } of elementsIn(list, "dt", "dd")) {
    const words = textIn(childNodes).trim();
    if (tagName === "dt") lines.push([`${words}: `]);
    else lines.at(-1)?.push(words);
  }
  return lines.map(([name = "", ...words]) => name + words.join("; "));
}

function withAddress(words: string, address = ""): string {
  const bare = address.replace(/^mailto:/, "");
  return bare && words !== bare ? `${words} (${bare})` : words;
}
