/**
 * The content blocks as forms in Decap's editor. A block that nobody touched is written back byte for byte;
 * what no form understands whole is kept as it is, as one piece of text, and never lost.
 */
import { z } from "zod";
import { blockNamed, blocks, type Block } from "../src/blocks/index.ts";
import { adminText } from "../src/i18n/admin.ts";
import { core } from "../src/schema/field.ts";
import { pictureShape } from "../src/schema/picture.ts";
import { formFields, type FormField } from "./fields.ts";

/** What a form holds: properties by name, `content` for the text between the tags, `items` for what it holds. */
export interface BlockData {
  content?: string;
  items?: BlockData[];
  [name: string]: unknown;
}

/** What `CMS.registerEditorComponent` takes. */
export interface EditorComponent {
  id: string;
  label: string;
  fields: FormField[];
  /** Matches at the start of a text; Decap tries it on all that follows. No two components match the same. */
  pattern: RegExp;
  fromBlock(match: RegExpMatchArray): BlockData;
  /** Takes what `fromBlock` gave, as it is or changed, or what a new form holds. */
  toBlock(data: BlockData): string;
}

/** Where a form keeps the text it was read from. */
const RAW = "raw";

const TOP = Object.values<Block>(blocks).filter(({ parent }) => !parent);

/** The names of the blocks an editor is offered, in their order. */
export const componentIds: string[] = TOP.map(({ name }) => name);

/*
 * Patterns are strict: they match what they can read whole and nothing else, and no part of a text in two
 * ways, so that their time grows only with its length.
 */

/** An entity that is not one of these means something that `decode` does not know. */
const VALUE =
  '(?:[^"&]|&(?:amp|lt|gt|quot|apos|#\\d{1,7}|#[xX][\\da-fA-F]{1,6});|&(?![\\w#]))*';

const isFlag = (schema: z.ZodType): boolean =>
  core(schema) instanceof z.ZodBoolean;

const propsOf = ({ props }: Block): [string, z.ZodType][] =>
  Object.entries(props.shape as Record<string, z.ZodType>);

/** A tag's attributes: only the block's own, texts with a value, flags without. */
function attributes(block: Block): string {
  const one = propsOf(block).map(([name, schema]) =>
    isFlag(schema) ? `${name}(?=[\\s/>])` : `${name}="${VALUE}"`,
  );
  return one.length > 0 ? `(?:\\s+(?:${one.join("|")}))*\\s*` : "\\s*";
}

/** The block from its first to its last character, without groups. */
function whole(block: Block): string {
  const { name, inner, children = [] } = block;
  const open = `<${name}${attributes(block)}`;
  if (inner === "none") return `${open}\\/>`;
  const between =
    inner === "blocks"
      ? `\\s*(?:(?:${children.map((child) => whole(blockNamed(child)!)).join("|")})\\s*)+`
      : `(?:(?!<\\/?${name}[\\s/>])[\\s\\S])*`;
  return `${open}>${between}<\\/${name}>`;
}

/** Nothing else may stand on the block's last line. */
const END = "(?=[ \\t]*(?:\\n|$))";

const patternOf = (block: Block): RegExp =>
  new RegExp(`^${whole(block)}${END}`);

/** The parts of a text that `whole` matches: attributes and what stands between the tags. */
function read(block: Block, text: string): BlockData {
  const open = new RegExp(`^<${block.name}(${attributes(block)})(\\/?)>`).exec(
    text,
  )!;
  const data: BlockData = defaults(block);
  for (const [, name = "", value] of open[1]!.matchAll(
    /([\w-]+)(?:="([^"]*)")?/g,
  ))
    data[name] = value === undefined ? true : decode(value);
  if (open[2]) return data;
  const between = text.slice(open[0].length, -`</${block.name}>`.length);
  if (block.inner === "blocks") data.items = readItems(block, between);
  else data.content = unindented(between);
  return data;
}

function readItems({ children = [] }: Block, text: string): BlockData[] {
  const child = blockNamed(children[0] ?? "")!;
  const items = text.match(new RegExp(whole(child), "g")) ?? [];
  return items.map((item) => read(child, item));
}

const defaults = (block: Block): BlockData =>
  Object.fromEntries(
    propsOf(block).flatMap(([name, schema]) =>
      schema instanceof z.ZodDefault ? [[name, schema.def.defaultValue]] : [],
    ),
  );

/** Without the blank lines around it and the indentation that all its lines share. */
function unindented(text: string): string {
  const lines = text.replace(/^(?:[ \t]*\n)+|\s+$/g, "").split("\n");
  const depths = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)![0].length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join("\n");
}

/** A block as canonical MDX. */
function write(block: Block, data: BlockData): string {
  const { name, inner, children = [] } = block;
  const open = `<${name}${writeAttributes(block, data)}`;
  if (inner === "none") return `${open} />`;
  if (inner === "blocks") {
    const child = blockNamed(children[0] ?? "")!;
    const items = (data.items || []).map((item) => write(child, item));
    return [`${open}>`, ...items, `</${name}>`].join("\n");
  }
  const content = (data.content ?? "").trim();
  return inner === "text"
    ? `${open}>${content}</${name}>`
    : `${open}>\n\n${content}\n\n</${name}>`;
}

/** What says no more than its absence is left out. */
const writeAttributes = (block: Block, data: BlockData): string =>
  propsOf(block)
    .map(([name, schema]) => {
      const value = data[name];
      if (value === undefined || value === null || value === "") return "";
      if (value === defaults(block)[name] || value === false) return "";
      return isFlag(schema)
        ? ` ${name}`
        : ` ${name}="${encode(String(value))}"`;
    })
    .join("");

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

const encode = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const decode = (text: string): string =>
  text.replace(
    /&(?:(\w+)|#(\d+)|#[xX]([\da-fA-F]+));/g,
    (_all, name?: string, decimal?: string, hex?: string) =>
      name === undefined
        ? String.fromCodePoint(
            Math.min(parseInt(decimal ?? hex!, decimal ? 10 : 16), 0x10ffff),
          )
        : (ENTITIES[name] ?? ""),
  );

/** The form of a block: its properties, then what stands between its tags. */
function fieldsOf(block: Block): FormField[] {
  const fields = formFields(block.props);
  if (block.inner === "none") return fields;
  if (block.inner !== "blocks")
    return [
      ...fields,
      {
        name: "content",
        label: adminText.blockText,
        hint: adminText.blockTextHint,
        widget: "text",
        required: true,
      },
    ];
  const child = blockNamed(block.children?.[0] ?? "")!;
  const items: FormField = {
    name: "items",
    label: child.label,
    hint: child.hint,
    widget: "list",
    required: true,
    default: [],
    min: 1,
    fields: fieldsOf(child),
  };
  return [...fields, items];
}

/** Writes back what was read where nothing was changed. */
function preserving(
  component: Omit<EditorComponent, "fromBlock" | "toBlock"> & {
    read(text: string): BlockData;
    write(data: BlockData): string;
  },
): EditorComponent {
  const { read, write, ...rest } = component;
  const untouched = (data: BlockData, raw: string): boolean =>
    write(data) === write(read(raw));
  return {
    ...rest,
    fromBlock: ([text]) => ({ ...read(text), [RAW]: text }),
    toBlock: ({ [RAW]: raw, ...data }) =>
      typeof raw === "string" && untouched(data, raw) ? raw : write(data),
  };
}

const ofBlock = (block: Block): EditorComponent =>
  preserving({
    id: block.name,
    label: block.label,
    fields: fieldsOf(block),
    pattern: patternOf(block),
    read: (text) => read(block, text),
    write: (data) => write(block, data),
  });

/** Markdown's own picture on a line of its own, with the words that Figure has for it. */
const IMAGE = /^!\[([^\]\\\n]*)\]\(([\w.-]+)(?:[ \t]+"([^"\\\n]*)")?\)/;

const image = preserving({
  id: "image",
  label: blocks.Figure.label,
  fields: formFields(
    z.strictObject({
      alt: pictureShape.alt,
      image: pictureShape.src,
      title: pictureShape.credit,
    }),
  ),
  pattern: new RegExp(`${IMAGE.source}${END}`),
  read: (text) => {
    const [, alt = "", image = "", title = ""] = IMAGE.exec(text) ?? [];
    return { alt, image, title };
  },
  write: ({ alt, image, title }) =>
    `![${plain(alt)}](${plain(image)}${title ? ` "${plain(title)}"` : ""})`,
});

/** A picture's words in Markdown, without what would end them. */
const plain = (text: unknown): string =>
  String(text ?? "")
    .replace(/[\\[\]\s]+/g, " ")
    .replaceAll('"', "”");

/**
 * What the editor would lose a part of: tags without a form, braces, code lines, tables, task lists, footnotes. Ends
 * with its own closing tag, else before the next blank line that no indented text follows.
 */
const KEPT = [
  "<([A-Z]\\w*)(?=[\\s>])[\\s\\S]*?<\\/\\1>[^\\n]*",
  `(?:<(?=[A-Za-z!/>])|\\{|(?:import|export)\\s|${[
    "(?:[-*+]|\\d+[.)])[ \\t]+\\[[ xX]\\][ \\t]",
    // One of a single word, such as an address, the editor takes for a link's.
    "\\[\\^[^\\]\\s]+\\]:",
    "[^\\n]*\\|[^\\n]*\\n[ \\t]*\\|?[ \\t]*:?-+:?[ \\t]*(?:\\||\\n|$)",
  ].join("|")})[\\s\\S]*?(?=\\s*$|\\n[ \\t]*\\n(?![ \\t]))`,
].join("|");

const kept: EditorComponent = {
  id: "kept",
  label: adminText.kept,
  fields: [
    {
      name: "content",
      label: adminText.kept,
      hint: adminText.keptHint,
      widget: "text",
      required: true,
    },
  ],
  // Decap asks components in no order of ours: this one leaves to the blocks what is theirs.
  pattern: new RegExp(
    `^(?!${TOP.map((block) => `${whole(block)}${END}`).join("|")})(?:${KEPT})`,
  ),
  fromBlock: ([text]) => ({ content: text }),
  toBlock: ({ content = "" }) => content.trimEnd(),
};

/** All components, in the order an editor is offered them; pictures and what is kept are not offered. */
export const editorComponents: EditorComponent[] = [
  ...TOP.map(ofBlock),
  image,
  kept,
];
