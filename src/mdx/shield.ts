/**
 * Keeps MDX's code from the parser. Text that an editor may not write anyway makes Sätteri hang (every
 * `<a b={` doubles its time) or ends the whole process (`import ="\`), and one story would stop all. So
 * an opening brace and a line's first `import` or `export` reach it as stand-ins, which are plain text to
 * it, and are found in the tree afterwards.
 */

/** Code points that are no characters: no text holds them, and what is written as HTML drops them. */
const BRACE = "\ufdd0";
const MODULE = "\ufdd1";
/** For a brace that closes inside a comment: a parser that reads no JavaScript would take it for the end. */
const CLOSING = "\ufdd2";
/** For `<` before a blank, which opens no tag: at the end of a heading or cell some parsers miss the blank. */
const LESS = "\ufdd3";
const STAND_INS = /[\ufdd0-\ufdd3]/g;

/** In addresses, which the parser encodes. */
const ENCODED = /%EF%B7%9[0-3]/i;

/** `import` or `export` where a statement can start: first in a line, after the marks of lists and quotations. */
const STATEMENT = /^((?:[ \t>*+-]|\d+[.)])*)(?=(?:import|export)\b)/gm;

/**
 * Puts stand-ins for what the parser must not meet. Lines stay where they are.
 *
 * @param source MDX without front matter
 * @returns MDX that holds no code; comments in braces stay
 */
export function shield(source: string): string {
  const text = source
    .replace(STAND_INS, "")
    .replace(/<(?=[ \t])/g, (sign, at: number, whole: string) =>
      isEscaped(whole, at) ? sign : LESS,
    )
    .replace(STATEMENT, (before) => before + MODULE);
  let shielded = "";
  let done = 0;
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", done)) {
    const end = commentEnd(text, at);
    const inside = end ? hideBraces(text.slice(at + 1, end - 1)) + "}" : "";
    const opening = end || isEscaped(text, at) ? "{" : BRACE;
    shielded += text.slice(done, at) + opening + inside;
    done = end ?? at + 1;
  }
  return shielded + text.slice(done);
}

const hideBraces = (comments: string): string =>
  comments.replaceAll("{", BRACE).replaceAll("}", CLOSING);

/** Where the braces that hold nothing but comments end; nothing when they hold something else. */
export function commentEnd(text: string, open: number): number | undefined {
  let at = afterSpace(text, open + 1);
  if (!text.startsWith("/*", at)) return undefined;
  while (text.startsWith("/*", at)) {
    const end = text.indexOf("*/", at + 2);
    if (end < 0) return undefined;
    at = afterSpace(text, end + 2);
  }
  return text[at] === "}" ? at + 1 : undefined;
}

function afterSpace(text: string, at: number): number {
  while (/\s/.test(text[at] ?? "")) at++;
  return at;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

/** What stood where code is refused. */
export interface Shielded {
  kind: "expression" | "module";
  /** The text from there on, as the editor wrote it. */
  text: string;
  /** 1-based line, counted from the start of the body; absent in a tree without positions. */
  line: number | undefined;
}

/** Whether the tag at the start of a shielded text holds a brace: what the parser stumbles over. */
export const opensWithCode = (shielded: string): boolean =>
  /^<[^>]*\ufdd0/.test(shielded);

interface Node {
  type: string;
  tagName?: string;
  position?: { start: { line: number } } | undefined;
}

/**
 * Puts back, in a tree, what the stand-ins stand for.
 *
 * @param root mdast or hast; its texts are changed
 * @param report told of each stand-in outside code and properties
 */
export function unshield(
  root: object,
  report: (found: Shielded) => void,
): void {
  restore(root as Node, [], report);
}

function restore(
  node: Node,
  around: readonly Node[],
  report: (found: Shielded) => void,
): void {
  const literal = isLiteral(node) || around.some(isLiteral);
  for (const [key, value] of Object.entries(node) as [keyof Node, unknown][]) {
    if (key === "position") continue;
    if (typeof value === "string") {
      if (!literal) reportIn(value, node, around, report);
      Object.assign(node, { [key]: value.replace(STAND_INS, original) });
    } else if (typeof value === "object" && value !== null)
      restore(
        value as Node,
        "type" in node ? [...around, node] : around,
        report,
      );
  }
}

const original = (standIn: string): string =>
  ({ [BRACE]: "{", [CLOSING]: "}", [LESS]: "<" })[standIn] ?? "";

/** Code as text, comments, and the properties of blocks: braces and words mean nothing there. */
const isLiteral = ({ type, tagName }: Node): boolean =>
  tagName === "code" ||
  /^(?:code|inlineCode|mdx(?:Flow|Text)Expression|mdxJsxAttribute)$/.test(type);

/** Tells of a text, once a line. */
function reportIn(
  value: string,
  { position }: Node,
  around: readonly Node[],
  report: (found: Shielded) => void,
): void {
  const isStatement = startsStatement(around);
  for (const [index, line] of value.split("\n").entries()) {
    const statement = isStatement ? line.indexOf(MODULE) : -1;
    const brace = line.indexOf(BRACE);
    const at = Math.max(statement, statement < 0 ? brace : -1);
    if (at < 0 && !ENCODED.test(line)) continue;
    report({
      kind: statement < 0 ? "expression" : "module",
      text: line.slice(Math.max(at, 0)).replace(STAND_INS, original),
      line: position && position.start.line + index,
    });
  }
}

/** In lists, quotations and headings the words are only words. */
function startsStatement(around: readonly Node[]): boolean {
  const [paragraph, parent] = [around.at(-1), around.at(-2)];
  return (
    (paragraph?.type === "paragraph" || paragraph?.tagName === "p") &&
    (parent?.type === "root" || parent?.type === "mdxJsxFlowElement")
  );
}
