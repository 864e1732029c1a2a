/**
 * Checks texts made of pieces that have ended or hung the parser, in a process of its own: it prints how
 * many it has read when it comes to the end. `node tests/mdx/survive.ts <seed> <texts>`
 */
import { checkSource, compileBody } from "../../src/mdx/compile.ts";
import { noFile } from "../blocks/mdx.ts";

const PIECES = [
  "import ",
  "export ",
  "\nimport ",
  "\n\nexport ",
  'import ="\\',
  "export `\\",
  "//",
  "/*",
  "*/",
  "\\",
  "`",
  "```",
  "~~~\n",
  "<a b={",
  "<>{",
  "<a{",
  "={",
  "{",
  "}",
  "{...a}",
  "{/* a */}",
  "{/*",
  "\\{",
  "<a ",
  "<Quote>",
  "</Quote>",
  "</a>",
  "<>",
  "</>",
  "/>",
  ">",
  "<",
  '="',
  "='",
  '"',
  "'",
  "\n",
  "\n\n",
  "    ",
  "\t",
  "- ",
  "1. ",
  "> ",
  "# ",
  "[^1]: ",
  "[^1]",
  "[a]: ",
  "](",
  "![",
  "|",
  "|-|\n",
  "*",
  "_",
  "~~",
  "&#x6A;",
  "&nbsp;",
  "https://a.vn",
  "<https://a.vn>",
  "ấ",
  "😀",
  "\u00a0",
  "\u200b",
  "\ufdd0",
  "\ufdd1",
  "chữ ",
  "=>",
  "await ",
  "<!--",
  "-->",
];

let state = Number(process.argv[2]) >>> 0;
const next = (limit: number): number =>
  ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) % limit;

const texts = Number(process.argv[3]);
for (let count = 0; count < texts; count++) {
  const few = Array.from(
    { length: 2 + next(5) },
    () => PIECES[next(PIECES.length)]!,
  );
  const from = next(3) === 0 ? PIECES : few;
  const text = Array.from(
    { length: 1 + next(24) },
    () => from[next(from.length)],
  ).join("");
  const source = text.repeat(next(4) === 0 ? 1 + next(40) : 1);
  const { findings } = checkSource(source);
  if (findings.some(({ severity }) => severity === "error")) continue;
  compileBody(source, { ...noFile, base: "/" });
}
console.log(`read ${texts}`);
