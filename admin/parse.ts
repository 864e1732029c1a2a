/**
 * The parser of the editor's browser, where Sätteri, which is native, cannot be: what remark-parse,
 * remark-gfm and remark-mdx are made of, but without their JavaScript parser, as `shield` leaves no code
 * to be parsed. That halves its size.
 */
import type { Nodes, Parents } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { mdxFromMarkdown } from "mdast-util-mdx";
import { gfm } from "micromark-extension-gfm";
import { mdx } from "micromark-extension-mdx";
import type { Parse } from "../src/mdx/source.ts";

/** micromark, as `judgeBody` asks for a parser. */
export const parse: Parse = (shielded) => {
  try {
    const tree = fromMarkdown(shielded, {
      extensions: [gfm(), mdx()],
      mdastExtensions: [gfmFromMarkdown(), mdxFromMarkdown()],
    });
    unravel(tree);
    return tree;
  } catch (thrown) {
    const { message, line, column } = placed(thrown as Slip, shielded);
    throw line
      ? new SyntaxError(`${line}:${column}: ${message}`, { cause: thrown })
      : thrown;
  }
};

/** What micromark throws, as far as it is needed: a message of vfile. */
interface Slip {
  message: string;
  line?: number | undefined;
  column?: number | undefined;
}

/**
 * Where the tag begins that could not be read: micromark names the character it stopped at, and for a tag
 * that is never closed, the opening one in its words.
 */
function placed({ message, line, column }: Slip, text: string): Slip {
  const opening = /\((\d+):(\d+)-/.exec(message);
  if (opening)
    return { message, line: Number(opening[1]), column: Number(opening[2]) };
  if (!line || !column) return { message };
  const lines = text.split("\n").slice(0, line);
  lines[line - 1] = lines[line - 1]!.slice(0, column);
  while (lines.length > 1 && !lines.at(-1)!.includes("<")) lines.pop();
  return {
    message,
    line: lines.length,
    column: lines.at(-1)!.lastIndexOf("<") + 1 || 1,
  };
}

/**
 * Takes off the paragraph around tags and comments that stand on a line of their own, as remark-mdx's users
 * do and Sätteri does by itself.
 */
function unravel(node: Parents): void {
  node.children = (node.children as Nodes[]).flatMap((child): Nodes[] => {
    if ("children" in child) unravel(child);
    if (child.type !== "paragraph") return [child];
    const rest = child.children.filter(
      (inner) => inner.type !== "text" || /[^ \t\n]/.test(inner.value),
    );
    return rest.length > 0 && rest.every(({ type }) => type in FLOW)
      ? rest.map((inner) => Object.assign(inner, { type: FLOW[inner.type] }))
      : [child];
  }) as never;
}

const FLOW: Record<string, string> = {
  mdxJsxTextElement: "mdxJsxFlowElement",
  mdxTextExpression: "mdxFlowExpression",
};
