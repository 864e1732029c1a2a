/**
 * What an editor's text goes through on its way out of the CMS, whose Markdown knows nothing of MDX: it
 * takes the backslashes off `\{` and `\<`, rewrites comments, and has its own ways to write lists. What
 * an editor writes is text, so signs that MDX would read become signs again; only the tags of known blocks,
 * comments and code stay as they are. Repairing twice changes nothing more.
 */
import type { Nodes, Parents } from "mdast";
import { blocks } from "../src/blocks/index.ts";
import { trimLines } from "../src/judge/canonical.ts";
import { plain } from "../src/judge/text.ts";
import { sizeFindings } from "../src/mdx/source.ts";
import { commentEnd, shield } from "../src/mdx/shield.ts";
import { parse } from "./parse.ts";

/** Part of a text and what takes its place. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Repairs a body that the CMS has written.
 *
 * @returns the body without blank lines around, NFC, LF; a body with a tag that cannot be read is otherwise
 *   left as it is, for the judge to tell of
 */
export function repairBody(written: string): string {
  const text = trimLines(plain(written));
  if (sizeFindings(text).length > 0) return text;
  const escaped = applyEdits(text, escapes);
  return STYLES.reduce((before, style) => {
    const after = applyEdits(before, style);
    return meaningOf(after) === meaningOf(before) ? after : before;
  }, escaped);
}

/** Applies the edits that a function finds in a text's tree; none when the text cannot be parsed. */
function applyEdits(
  text: string,
  find: (text: string, nodes: readonly Placed[]) => Edit[],
): string {
  let nodes: Placed[];
  try {
    nodes = placedNodes(parse(mask(text)));
  } catch {
    return text;
  }
  let result = "";
  let done = 0;
  for (const { start, end, text: instead } of find(text, nodes).sort(
    (a, b) => a.start - b.start || b.end - a.end,
  )) {
    if (start < done) continue;
    result += text.slice(done, start) + instead;
    done = end;
  }
  return result + text.slice(done);
}

/** A node with where it stands in the text and what it stands in, outermost first. */
interface Placed {
  node: Nodes;
  around: readonly Parents[];
  start: number;
  end: number;
}

function placedNodes(node: Nodes, around: readonly Parents[] = []): Placed[] {
  const here = {
    node,
    around,
    start: node.position?.start.offset ?? 0,
    end: node.position?.end.offset ?? 0,
  };
  const inside =
    "children" in node
      ? (node.children as Nodes[]).flatMap((child) =>
          placedNodes(child, [...around, node]),
        )
      : [];
  return [here, ...inside];
}

/** Stands for a sign that MDX would read, so that the rest can be parsed; as long as what it stands for. */
const MASK = "\ufdd0";

const NAME = `(?:${Object.keys(blocks).join("|")})`;
/** A tag of a block with literal properties; or what was meant as one, which the judge shall see. */
const KNOWN_TAG = new RegExp(
  String.raw`<\/?${NAME}(?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s*\/?>|<\/?${NAME}(?![\w.:-])|<!--`,
  "y",
);
const SIGNS = /\\[^]|[{}<]/g;

/** Where the signs are that MDX would read: braces but of comments, and `<` but of known tags. Code is not told apart. */
function signsIn(text: string): number[] {
  const found: number[] = [];
  SIGNS.lastIndex = 0;
  for (let sign; (sign = SIGNS.exec(text));) {
    const [written] = sign;
    if (written.length > 1) continue;
    const kept =
      written === "<"
        ? tagEnd(text, sign.index)
        : written === "{"
          ? commentEnd(text, sign.index)
          : undefined;
    if (kept) SIGNS.lastIndex = kept;
    else if (!/^<[ \t]/.test(text.slice(sign.index, sign.index + 2)))
      found.push(sign.index);
  }
  return found;
}

function tagEnd(text: string, start: number): number | undefined {
  const tag = matchAt(KNOWN_TAG, text, start);
  return tag ? start + tag[0].length : undefined;
}

/** The text with its signs masked, and the braces inside comments, which the parser would stumble over. */
function mask(text: string): string {
  const characters = text.split("");
  for (const at of signsIn(text)) characters[at] = MASK;
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at + 1)) {
    const end = characters[at] === "{" && commentEnd(text, at);
    for (let inside = at + 1; end && inside < end - 1; inside++)
      if (/[{}]/.test(characters[inside]!)) characters[inside] = MASK;
  }
  return characters.join("");
}

/** An address in angle brackets, which MDX does not know. */
const AUTOLINK =
  /<(?:((?:https?|mailto|tel):[^\s<>{}]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+))>/iy;
/** What the CMS makes of a comment between words. */
const MANGLED_COMMENT = /\{\/ ?\*([^*{}\n]+)\* ?\/\}/y;

/** Signs of MDX, to be written so that they are signs; code and comments are left alone. */
function escapes(text: string, nodes: readonly Placed[]): Edit[] {
  const kept = nodes.filter(({ node }) =>
    /^(?:code|inlineCode|mdx(?:Flow|Text)Expression)$/.test(node.type),
  );
  const bare = nodes.filter(
    ({ node, start }) => node.type === "link" && text[start] !== "[",
  );
  const isIn = (places: readonly Placed[], at: number) =>
    places.some(({ start, end }) => start <= at && at < end);
  const edits = signsIn(text)
    .filter((at) => !isIn(kept, at))
    .map((at) => escape(text, at, isIn(bare, at)));
  return [
    ...edits,
    ...statements(text, nodes, (at) => isIn(kept, at)),
    ...falseItems(text, nodes),
  ];
}

/** The CMS numbers lists from one and puts `*` before other items: what begins with these is a paragraph. */
const FALSE_ITEM = /\+|\d{4,}[.)]/y;

/** Words that begin as a list's item would: «+ cấp xã», «1986. Năm ấy». Blocks and task lists keep their text. */
const falseItems = (text: string, nodes: readonly Placed[]): Edit[] =>
  nodes.flatMap(({ node, around, start }) => {
    if (node.type !== "listItem" || typeof node.checked === "boolean")
      return [];
    if (around.some(({ type }) => type === "mdxJsxFlowElement")) return [];
    const sign = matchAt(FALSE_ITEM, text, start);
    if (!sign) return [];
    const at = start + sign[0].length - 1;
    return [{ start: at, end: at, text: "\\" }];
  });

/** @param isInAddress whether the sign is part of an address that is written without any mark */
function escape(text: string, at: number, isInAddress: boolean): Edit {
  const link = matchAt(AUTOLINK, text, at);
  if (link) {
    const [whole, address, mail] = link;
    return {
      start: at,
      end: at + whole.length,
      text: `[${address ?? mail}](${address ?? `mailto:${mail}`})`,
    };
  }
  const comment = matchAt(MANGLED_COMMENT, text, at);
  if (comment)
    return {
      start: at,
      end: at + comment[0].length,
      text: `{/* ${comment[1]!.trim()} */}`,
    };
  const sign = text[at]!;
  return {
    start: at,
    end: at + 1,
    text: isInAddress ? encodeURIComponent(sign) : `\\${sign}`,
  };
}

function matchAt(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The words `import` and `export` where MDX would take them for statements. */
const STATEMENT = /^[ \t]*(?=(?:import|export)\b)/gm;

function statements(
  text: string,
  nodes: readonly Placed[],
  isKept: (at: number) => boolean,
): Edit[] {
  const paragraphs = nodes.filter(
    ({ node, around }) =>
      node.type === "paragraph" &&
      /^(?:root|mdxJsxFlowElement)$/.test(around.at(-1)!.type),
  );
  return [...text.matchAll(STATEMENT)]
    .map(({ index, 0: { length } }) => index + length)
    .filter(
      (at) =>
        !isKept(at) &&
        paragraphs.some(({ start, end }) => start <= at && at < end),
    )
    .map((at) => ({
      start: at,
      end: at + 1,
      text: `&#${text.charCodeAt(at)};`,
    }));
}

/** How content is written here. Each way is taken only where the text stays the same to a reader. */
const STYLES: readonly ((text: string, nodes: readonly Placed[]) => Edit[])[] =
  [
    // `- ` before items
    (text, nodes) =>
      nodes
        .filter(
          ({ node, start }) =>
            node.type === "listItem" && /[*+]/.test(text[start]!),
        )
        .map(({ start }) => ({ start, end: start + 1, text: "-" })),
    // `*nghiêng*`, `**đậm**`
    (text, nodes) =>
      nodes.flatMap(({ node, start, end }) => {
        if (text[start] !== "_") return [];
        const length =
          node.type === "strong" ? 2 : node.type === "emphasis" ? 1 : 0;
        const marks = "*".repeat(length);
        return length
          ? [
              { start, end: start + length, text: marks },
              { start: end - length, end, text: marks },
            ]
          : [];
      }),
    // `---` between parts
    (_text, nodes) =>
      nodes
        .filter(({ node }) => node.type === "thematicBreak")
        .map(({ start, end }) => ({ start, end, text: "---" })),
    // `\` where a line ends and the paragraph goes on
    (text, nodes) =>
      nodes
        .filter(
          ({ node, start }) => node.type === "break" && text[start] === " ",
        )
        .map(({ start }) => ({
          start,
          end: start + /^ +/.exec(text.slice(start))![0].length,
          text: "\\",
        })),
    // no blanks at the end of lines, but in code and comments
    (text, nodes) =>
      [...text.matchAll(/[ \t]+$/gm)]
        .map(({ index, 0: { length } }) => ({
          start: index,
          end: index + length,
          text: "",
        }))
        .filter(
          (edit) =>
            text[edit.start - 1] !== "\\" &&
            !nodes.some(
              ({ node, start, end }) =>
                /^(?:break|code|inlineCode|mdx(?:Flow|Text)Expression)$/.test(
                  node.type,
                ) &&
                start < edit.end &&
                edit.start < end,
            ),
        ),
  ];

/** What a text says, however it is written: its tree without positions. */
function meaningOf(text: string): string {
  try {
    return JSON.stringify(parse(shield(text)), (key, value: unknown) =>
      key === "position" ? undefined : value,
    );
  } catch {
    return text;
  }
}
