/** Whether another tool made the same site: the same pages, and the same HTML but for what no reader could see. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";

/** Elements that stand inside a line: spaces beside them can be seen, spaces beside all others cannot. */
const INLINE = new Set(
  "a abbr b cite code data del dfn em i img input ins kbd mark q s samp small span strong sub sup time u var".split(
    " ",
  ),
);

/** Paths of all HTML files below a folder, sorted. */
export const htmlFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith(".html"))
    .map((item) => path.relative(folder, path.join(item.parentPath, item.name)))
    .sort();

/**
 * Compares two built sites.
 *
 * @param sample the files to compare; that both have the same files is always compared
 * @returns nothing when they are the same, else what to tell whoever changed the pages
 */
export function difference(
  ours: string,
  theirs: string,
  sample: readonly string[],
): string | undefined {
  const [here, there] = [htmlFiles(ours), htmlFiles(theirs)].map(
    (files) => new Set(files),
  );
  const missing = here!.difference(there!);
  const extra = there!.difference(here!);
  if (missing.size + extra.size > 0)
    return `pages differ: ${missing.size} missing (${[...missing].slice(0, 3).join(", ")}), ${extra.size} too many (${[...extra].slice(0, 3).join(", ")})`;
  for (const file of sample) {
    const [a, b] = [ours, theirs].map((folder) =>
      tokensOf(readFileSync(path.join(folder, file), "utf8")),
    );
    const at = a!.findIndex((token, index) => token !== b![index]);
    if (at >= 0 || a!.length !== b!.length)
      return diffAt(file, a!, b!, at >= 0 ? at : a!.length);
  }
  return undefined;
}

function diffAt(file: string, a: string[], b: string[], at: number): string {
  const lines = (sign: string, tokens: string[]) =>
    tokens.slice(at, at + 6).map((token) => `${sign} ${token}`);
  return [
    `${file}:`,
    ...a.slice(Math.max(0, at - 6), at).map((token) => `  ${token}`),
    ...lines("- ours  ", a),
    ...lines("+ theirs", b),
  ].join("\n");
}

/**
 * A page as tags and texts, one each: attributes sorted, comments gone, spaces collapsed and dropped at the
 * edges of blocks, footnotes reduced to their text (every tool has its own fixed markup for them).
 */
export function tokensOf(html: string): string[] {
  const tokens: { tag?: string; text: string }[] = [];
  const walk = (node: Tree.Node): void => {
    if (node.nodeName === "#comment" || node.nodeName === "#documentType")
      return;
    if ("value" in node) {
      const last = tokens.at(-1);
      if (last && !last.tag) last.text += node.value;
      else tokens.push({ text: node.value });
      return;
    }
    const tag = "tagName" in node ? node.tagName : undefined;
    const footnote = tag && footnoteText(node as Tree.Element);
    if (footnote !== undefined) {
      tokens.push({ tag: "footnote", text: footnote });
      return;
    }
    if (tag)
      tokens.push({
        tag,
        text: `<${tag}${attributes(node as Tree.Element)}>`,
      });
    if ("childNodes" in node) node.childNodes.forEach(walk);
    if (tag) tokens.push({ tag, text: `</${tag}>` });
  };
  walk(parse(html));
  const isBlock = (index: number): boolean => {
    const token = tokens[index];
    return !token || (token.tag !== undefined && !INLINE.has(token.tag));
  };
  return tokens.flatMap(({ tag, text }, index) => {
    if (tag) return text ? [text] : [];
    let line = text.replace(/[ \t\n\r\f]+/g, " ");
    if (isBlock(index - 1)) line = line.replace(/^ /, "");
    if (isBlock(index + 1)) line = line.replace(/ $/, "");
    return line ? [line] : [];
  });
}

const attributes = ({ attrs }: Tree.Element): string =>
  attrs
    .map(({ name, value }) => ` ${name}="${value.replace(/\s+/g, " ").trim()}"`)
    .sort()
    .join("");

const attribute = ({ attrs }: Tree.Element, wanted: string) =>
  attrs.find(({ name }) => name === wanted)?.value;

/** What stands for a reference to a footnote, or for the list of footnotes; nothing for any other element. */
function footnoteText(element: Tree.Element): string | undefined {
  const classes = attribute(element, "class")?.split(/\s+/) ?? [];
  if (element.tagName === "sup" && firstLink(element))
    return `[footnote ${textOf(element).replace(/\D/g, "")}]`;
  if (classes.includes("footnotes"))
    return `[footnotes: ${textOf(element).replace(/\s+/g, " ").trim()}]`;
  // markdown-it draws a line over the footnotes, outside of their section.
  if (element.tagName === "hr" && classes.includes("footnotes-sep")) return "";
  return undefined;
}

const firstLink = ({ childNodes }: Tree.Element): boolean =>
  childNodes.some((child) => "tagName" in child && child.tagName === "a");

/** Text without a heading and without the links back. */
function textOf(node: Tree.Node): string {
  if ("value" in node) return node.value;
  if (!("childNodes" in node)) return "";
  if ("tagName" in node) {
    const href = attribute(node, "href") ?? "";
    if (node.tagName === "h2" || href.startsWith("#fnref")) return "";
  }
  return node.childNodes.map(textOf).join("");
}
