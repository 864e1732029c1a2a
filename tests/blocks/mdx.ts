/** A small MDX renderer for the examples of blocks: reads attributes, checks them, renders inside out. */
import { mdxToMdast } from "satteri";
import type { MdxJsxFlowElement, MdxJsxTextElement } from "satteri";
import { blockNamed } from "../../src/blocks/index.ts";
import type { Block, BlockContext } from "../../src/blocks/index.ts";
import { escapeHtml } from "../../src/blocks/html.ts";

export type Tree = ReturnType<typeof mdxToMdast>;
type Element = MdxJsxFlowElement | MdxJsxTextElement;

/** Offers every file asked for. */
export const everyFile: BlockContext = {
  picture: (src) => ({
    src: `/_media/${src}`,
    width: 1200,
    height: 800,
    sources: [
      {
        type: "image/avif",
        srcset: `/_media/${src}.600.avif 600w, /_media/${src}.1200.avif 1200w`,
      },
    ],
  }),
  document: (src) => ({
    href: `/_media/${src}`,
    extension: src.split(".").at(-1) ?? "",
    bytes: 1_234_567,
  }),
};

export const noFile: BlockContext = {
  picture: () => undefined,
  document: () => undefined,
};

export const isElement = (node: Tree): node is Element =>
  node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement";

export const childrenOf = (node: Tree): Tree[] =>
  "children" in node ? (node.children as Tree[]) : [];

/** Every block element of a tree, outermost first. */
export const elementsOf = (node: Tree): Element[] => [
  ...(isElement(node) ? [node] : []),
  ...childrenOf(node).flatMap(elementsOf),
];

/** @throws for an attribute that is no plain text */
export const attributesOf = (element: Element): Record<string, unknown> =>
  Object.fromEntries(
    element.attributes.map((attribute) => {
      if (attribute.type !== "mdxJsxAttribute")
        throw new Error("An example may not spread attributes.");
      const value = attribute.value ?? true;
      if (typeof value === "object")
        throw new Error(`${attribute.name} may not be an expression.`);
      return [attribute.name, value];
    }),
  );

/** @throws when a block is unknown, or its attributes are not what it asks for */
export function renderMdx(source: string, context = everyFile): string {
  return renderAll(childrenOf(mdxToMdast(source)), context);
}

const renderAll = (nodes: Tree[], context: BlockContext): string =>
  nodes.map((node) => renderNode(node, context)).join("");

const TAGS: Readonly<Record<string, string>> = {
  paragraph: "p",
  strong: "strong",
  emphasis: "em",
  listItem: "li",
};

function renderNode(node: Tree, context: BlockContext): string {
  if (isElement(node)) return renderElement(node, context);
  if (node.type === "text") return escapeHtml(node.value);
  const inner = renderAll(childrenOf(node), context);
  if (node.type === "link")
    return `<a href="${escapeHtml(node.url)}">${inner}</a>`;
  const tag =
    node.type === "list" ? (node.ordered ? "ol" : "ul") : TAGS[node.type];
  if (!tag) throw new Error(`No example may hold ${node.type}.`);
  return `<${tag}>${inner}</${tag}>`;
}

function renderElement(element: Element, context: BlockContext): string {
  const block = blockNamed(element.name ?? "");
  if (!block) throw new Error(`There is no block ${element.name}.`);
  const props = block.props.parse(attributesOf(element));
  return block.render(props, renderInner(block, element, context), context);
}

function renderInner(
  block: Block,
  element: Element,
  context: BlockContext,
): string {
  const nodes = childrenOf(element as Tree);
  if (block.inner === "none" && nodes.length > 0)
    throw new Error(`${block.name} holds nothing.`);
  if (block.inner === "blocks")
    for (const node of nodes)
      if (!isElement(node) || !block.children?.includes(node.name ?? ""))
        throw new Error(`${block.name} does not hold ${node.type}.`);
  const bare =
    block.inner === "text"
      ? nodes.flatMap((node) =>
          node.type === "paragraph" ? childrenOf(node) : [node],
        )
      : nodes;
  return renderAll(bare, context);
}
