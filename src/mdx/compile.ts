/**
 * An editor's checked MDX to HTML, without running any of it: Sätteri parses, blocks are rendered by their
 * own functions, everything else by the short list of elements that Markdown can make.
 */
import type { Element, ElementContent, Nodes, Properties } from "hast";
import type {} from "mdast-util-mdx";
import { mdxToHast, mdxToMdast, type Features } from "satteri";
import { escapeHtml } from "../blocks/html.ts";
import {
  blockNamed,
  blocks,
  pictureHtml,
  type Block,
  type BlockContext,
} from "../blocks/index.ts";
import { slugify } from "../schema/slug.ts";
import { addressKind, fileName } from "./address.ts";
import { isComment, literalProps, type CheckedBody } from "./check.ts";
import { shield, unshield } from "./shield.ts";
import { judgeBody, sizeFindings, type Parse } from "./source.ts";

/** The Markdown that editors have, the same for the checker, the compiler and the stock path. */
export const FEATURES: Features = {
  frontmatter: false,
  smartPunctuation: false,
  gfm: {
    footnotes: {
      label: "Chú thích",
      backLabel: "Trở lại chỗ có chú thích {reference}",
      clobberPrefix: "",
    },
  },
};

export interface Heading {
  depth: number;
  id: string;
  text: string;
}

export interface CompiledBody {
  html: string;
  headings: Heading[];
  /** Words of text, for the reading time. */
  words: number;
}

/** Sätteri, as `judgeBody` asks for a parser. */
export const parse: Parse = (shielded) =>
  mdxToMdast(shielded, { features: FEATURES }) as ReturnType<Parse>;

/** What `judgeBody` says with the parser that compiles. */
export const checkSource = (source: string, firstLine = 1): CheckedBody =>
  judgeBody(source, parse, firstLine);

/**
 * Compiles a body that has passed `checkSource`.
 *
 * @param source MDX without front matter
 * @param context where pictures and documents are found, and the site's base path
 * @throws when the body holds what the checker refuses: nothing unchecked is ever rendered
 */
export function compileBody(
  source: string,
  context: BlockContext & { base: string },
): CompiledBody {
  if (sizeFindings(source).length > 0)
    throw new Error("unchecked content: too large");
  const shielded = shield(source);
  const tree = mdxToHast(shielded, {
    features: FEATURES,
    position: false,
  }) as Nodes;
  if (shielded !== source)
    unshield(tree, ({ text }) => {
      throw new Error(`unchecked content: ${text}`);
    });
  const state: State = {
    context,
    headings: [],
    ids: new Map(RESERVED_IDS.map((id) => [id, 1])),
    tables: 0,
  };
  const html = renderAll("children" in tree ? tree.children : [], state).trim();
  return { html, headings: state.headings, words: countWords(html) };
}

/** Identifiers that the page around a body uses. */
const RESERVED_IDS = ["noi-dung", "footnote-label", "tim-kiem", "menu"];

interface State {
  context: BlockContext & { base: string };
  headings: Heading[];
  ids: Map<string, number>;
  /** How many there are so far: frames of the same name would be one to who hears them. */
  tables: number;
}

const countWords = (html: string): number =>
  html.replace(/<[^>]*>/g, " ").match(/\S+/g)?.length ?? 0;

const renderAll = (nodes: readonly Nodes[], state: State): string =>
  nodes.map((node) => render(node, state)).join("");

function render(node: Nodes, state: State): string {
  switch (node.type) {
    case "text":
      return escapeHtml(node.value);
    case "element":
      return renderElement(node, state);
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      return renderBlock(node, state);
    case "mdxFlowExpression":
    case "mdxTextExpression":
      if (!isComment(node.value))
        throw new Error(`unchecked content: {${node.value}}`);
      return "";
    default:
      throw new Error(`unchecked content: ${node.type}`);
  }
}

function renderBlock(
  node: Extract<Nodes, { type: "mdxJsxFlowElement" | "mdxJsxTextElement" }>,
  state: State,
): string {
  const block = node.name ? blockNamed(node.name) : undefined;
  if (!block) throw new Error(`unchecked content: <${node.name}>`);
  const props = literalProps(node, ({ found }) => {
    throw new Error(`unchecked content: ${found}`);
  });
  return block.render(
    block.props.parse(props),
    renderInner(block, node.children as Nodes[], state),
    state.context,
  );
}

/** What stands between a block's tags, in the form its `inner` asks for. */
function renderInner(block: Block, children: Nodes[], state: State): string {
  const rest = children.filter((child) => !isBlank(child));
  switch (block.inner) {
    case "none":
      if (rest.length > 0) throw new Error(`unchecked content: ${block.name}`);
      return "";
    case "text": {
      const paragraphs = children.filter(isParagraph);
      return paragraphs.length > 0
        ? paragraphs
            .map((paragraph) => renderAll(paragraph.children, state).trim())
            .join("<br>")
        : renderAll(children, state).trim();
    }
    case "blocks":
      // Items on lines of their own come wrapped in a paragraph by some spellings; the wrapping is not content.
      return renderAll(
        rest
          .flatMap((child): Nodes[] =>
            isParagraph(child) ? child.children : [child],
          )
          .filter((child) => !isBlank(child)),
        state,
      );
    case "flow": {
      const inner = renderAll(children, state).trim();
      return children.some((child) => isFlow(child))
        ? inner
        : `<p>${inner}</p>`;
    }
  }
}

const isBlank = (node: Nodes): boolean =>
  node.type === "text" && node.value.trim() === "";
/** Comments, once the checker has passed. */
const isExpression = ({ type }: Nodes): boolean =>
  type === "mdxFlowExpression" || type === "mdxTextExpression";
const isParagraph = (node: Nodes): node is Element =>
  node.type === "element" && node.tagName === "p";
const PHRASING = new Set([
  "a",
  "br",
  "code",
  "del",
  "em",
  "img",
  "strong",
  "sup",
]);
const isFlow = (node: Nodes): boolean =>
  node.type === "element" && !PHRASING.has(node.tagName);

/** The elements Markdown makes, with the properties each may keep. */
const ELEMENTS: Record<string, readonly string[]> = {
  a: [
    "href",
    "title",
    "id",
    "dataFootnoteRef",
    "dataFootnoteBackref",
    "ariaDescribedBy",
    "ariaLabel",
  ],
  blockquote: [],
  br: [],
  code: ["className"],
  del: [],
  em: [],
  hr: [],
  li: ["className", "id"],
  ol: ["start", "className"],
  pre: [],
  section: ["dataFootnotes", "className"],
  strong: [],
  sup: [],
  table: [],
  tbody: [],
  thead: [],
  tr: [],
  ul: ["className"],
};
const VOID = new Set(["br", "hr"]);

function renderElement(node: Element, state: State): string {
  const { tagName, properties } = node;
  if (/^h[1-6]$/.test(tagName)) return renderHeading(node, state);
  switch (tagName) {
    case "p":
      return renderParagraph(node, state);
    case "img":
      return renderImage(properties, state);
    case "input":
      return properties.checked
        ? '<input type="checkbox" checked="" disabled="" aria-label="Đã xong">'
        : '<input type="checkbox" disabled="" aria-label="Chưa xong">';
    case "table":
      // A wide table scrolls inside its own frame, which the keyboard can reach.
      state.tables++;
      return `<div class="table-scroll" role="region" aria-label="Bảng${state.tables > 1 ? ` ${state.tables}` : ""}" tabindex="0">${tag("table", "", renderAll(node.children, state))}</div>`;
    case "th":
    case "td":
      return renderCell(node, state);
    case "a":
      return tag(
        "a",
        attributes("a", {
          ...properties,
          href: address(properties.href, state),
        }),
        renderAll(node.children, state),
      );
  }
  if (!Object.hasOwn(ELEMENTS, tagName))
    throw new Error(`unchecked content: <${tagName}>`);
  const opening = attributes(tagName, properties);
  return VOID.has(tagName)
    ? `<${tagName}${opening}>`
    : tag(tagName, opening, renderAll(node.children, state));
}

const tag = (name: string, opening: string, inner: string): string =>
  `<${name}${opening}>${inner}</${name}>`;

/** A body's first level is 2: the page's title is the one h1. */
function renderHeading(node: Element, state: State): string {
  const depth = Math.max(2, Number(node.tagName[1]));
  const text = textOf(node).trim();
  const id =
    typeof node.properties.id === "string"
      ? node.properties.id
      : uniqueId(headingId(text), state);
  if (id !== "footnote-label") state.headings.push({ depth, id, text });
  return tag(
    `h${depth}`,
    ` id="${escapeHtml(id)}"`,
    renderAll(node.children, state),
  );
}

/** Identifiers that begin with `fn` belong to the notes. */
const headingId = (text: string): string =>
  slugify(text).replace(/^(?=fn(?:ref)?-)/, "muc-") || "muc";

function uniqueId(wanted: string, { ids }: State): string {
  let id = wanted;
  for (let count = ids.get(wanted) ?? 0; ids.has(id); count++)
    id = `${wanted}-${count + 1}`;
  ids.set(wanted, (ids.get(wanted) ?? 0) + 1);
  ids.set(id, 1);
  return id;
}

/** A picture on a line of its own is a figure, the same as the block makes. */
function renderParagraph(node: Element, state: State): string {
  const [only, ...others] = node.children.filter(
    (child) => !isBlank(child) && !isExpression(child),
  );
  if (!only) return ""; // nothing but comments
  if (only.type !== "element" || only.tagName !== "img" || others.length > 0)
    return tag("p", "", renderAll(node.children, state));
  const { src, alt, title } = only.properties;
  assertFile(src);
  return blocks.Figure.render(
    blocks.Figure.props.parse({
      src: fileName(String(src)),
      alt,
      credit: title,
    }),
    "",
    state.context,
  );
}

function assertFile(src: Properties[string]): void {
  if (addressKind(String(src)) !== "file")
    throw new Error(`unchecked content: ${String(src)}`);
}

/** A picture between words: its credit follows it. */
function renderImage(properties: Properties, { context }: State): string {
  assertFile(properties.src);
  const alt = String(properties.alt ?? "");
  const credit = String(properties.title ?? "");
  const view = context.picture(fileName(String(properties.src)), {
    credit,
    licence: "all-rights",
  });
  return `${view ? pictureHtml(view, { alt }) : escapeHtml(alt)} <small class="credit">(Ảnh: ${escapeHtml(credit)})</small>`;
}

/** Sätteri aligns cells with a style attribute, which the content security policy blocks. */
function renderCell(node: Element, state: State): string {
  const align = /text-align:\s*(left|center|right)/.exec(
    String(node.properties.style ?? ""),
  )?.[1];
  const opening = `${node.tagName === "th" ? ' scope="col"' : ""}${align ? ` class="align-${align}"` : ""}`;
  return tag(node.tagName, opening, renderAll(node.children, state));
}

/** An address as the page needs it: a site path under the base path, a file beside the story where it is published. */
function address(href: Properties[string], { context }: State): string {
  const text = String(href);
  switch (addressKind(text)) {
    case "site":
      return `${context.base}${text.slice(1)}`;
    case "file":
      return context.document(fileName(text))?.href ?? "";
    case "refused":
      throw new Error(`unchecked content: ${text}`);
    default:
      return text;
  }
}

const ATTRIBUTE_NAMES: Record<string, string> = {
  className: "class",
  ariaDescribedBy: "aria-describedby",
  ariaLabel: "aria-label",
  dataFootnoteBackref: "data-footnote-backref",
  dataFootnoteRef: "data-footnote-ref",
  dataFootnotes: "data-footnotes",
};

function attributes(tagName: string, properties: Properties): string {
  return (ELEMENTS[tagName] ?? [])
    .map((name) => {
      const value = properties[name];
      if (value === undefined || value === null || value === false) return "";
      const text =
        value === true
          ? ""
          : Array.isArray(value)
            ? value.join(" ")
            : String(value);
      return ` ${ATTRIBUTE_NAMES[name] ?? name}="${escapeHtml(text)}"`;
    })
    .join("");
}

/** The words of a heading, without the numbers of notes. */
const textOf = (node: ElementContent | Element): string =>
  node.type === "text"
    ? node.value
    : "children" in node && !("tagName" in node && node.tagName === "sup")
      ? (node.children as ElementContent[]).map(textOf).join("")
      : "";
