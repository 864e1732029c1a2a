/**
 * The one form of a content file: fields in the order of the schema, YAML as `writeYaml` writes it, NFC,
 * LF, one line break at the end. What the CMS saves has this form, so that saving changes nothing else.
 */
import { z } from "zod";
import { core, isRecord } from "../schema/field.ts";
import { splitSource } from "./parts.ts";
import { decodeText } from "./text.ts";
import { parseYaml, writeYaml } from "./yaml.ts";

/**
 * A file's text in canonical form; nothing when it is no text. YAML that has comments, which would be lost,
 * or that cannot be read is left as it is written: only its characters and line ends change.
 */
export function canonicalText(
  bytes: Uint8Array,
  file: string,
  schema: z.ZodType,
): string | undefined {
  const { text } = decodeText(bytes);
  if (text === undefined) return undefined;
  const parts = splitSource(text, file);
  if ("finding" in parts) return text;
  const yaml = parseYaml(parts.front);
  if ("finding" in yaml || !isRecord(yaml.data) || yaml.hasComments())
    return text;
  if (Object.keys(yaml.data).length === 0) return text;
  const front = writeYaml(inOrder(schema, yaml.data));
  if (parts.body === undefined) return front;
  const body = trimLines(parts.body);
  return body ? `---\n${front}---\n\n${body}\n` : `---\n${front}---\n`;
}

/** Without blank lines before and after. What stands in the lines is content: code may end in spaces. */
export function trimLines(text: string): string {
  const lines = text.split("\n");
  const isFull = (line: string) => /[^ \t]/.test(line);
  const first = lines.findIndex(isFull);
  return first < 0
    ? ""
    : lines.slice(first, lines.findLastIndex(isFull) + 1).join("\n");
}

/** The same data with known keys in the schema's order; unknown ones keep theirs, behind. */
export function inOrder(schema: z.ZodType, data: unknown): unknown {
  const inside = core(schema);
  if (inside instanceof z.ZodObject && isRecord(data)) {
    const shape = inside.shape as Record<string, z.ZodType>;
    const known = Object.keys(shape).filter((key) => Object.hasOwn(data, key));
    const unknown = Object.keys(data).filter(
      (key) => !Object.hasOwn(shape, key),
    );
    return Object.fromEntries([
      ...known.map((key) => [key, inOrder(shape[key]!, data[key])]),
      ...unknown.map((key) => [key, data[key]]),
    ]);
  }
  if (inside instanceof z.ZodArray && Array.isArray(data))
    return data.map((item) => inOrder(inside.element as z.ZodType, item));
  return data;
}
