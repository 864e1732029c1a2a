/**
 * The one form of a content file: fields in the order of the schema, YAML as `writeYaml` writes it, NFC,
 * LF, one line break at the end. What the CMS saves has this form, so that saving changes nothing else.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { core, isRecord } from "../schema/field.ts";
import { kinds } from "../schema/kinds.ts";
import { writeWhole } from "./cache.ts";
import { splitSource } from "./entry.ts";
import { listFiles } from "./files.ts";
import { decodeText } from "./text.ts";
import { parseYaml, writeYaml } from "./yaml.ts";

/**
 * Rewrites content files that are not in canonical form. A file that cannot be read as YAML is left as it is.
 *
 * @param wanted which files, by their path below the content folder
 * @returns the files that were rewritten
 */
export function fixFiles(
  contentDir: string,
  wanted: (file: string) => boolean,
): string[] {
  return listFiles(contentDir)
    .entries.filter(({ file }) => wanted(file))
    .flatMap(({ kind, file }) => {
      const full = path.join(contentDir, file);
      const bytes = readFileSync(full);
      const canonical = canonicalText(bytes, file, kinds[kind].schema);
      if (canonical === undefined || bytes.equals(Buffer.from(canonical)))
        return [];
      writeWhole(full, canonical);
      return [file];
    });
}

/** A file's text in canonical form; nothing when it is not text or its YAML cannot be read. */
export function canonicalText(
  bytes: Uint8Array,
  file: string,
  schema: z.ZodType,
): string | undefined {
  const { text } = decodeText(bytes);
  const parts = text === undefined ? undefined : splitSource(text, file);
  if (!parts || "finding" in parts) return undefined;
  const yaml = parseYaml(parts.front);
  if ("finding" in yaml || !isRecord(yaml.data)) return undefined;
  // YAML's comments would be lost: a file that has any is left to its author.
  if (
    /^\s*#|\s#\s/m.test(parts.front.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, ""))
  )
    return undefined;
  const front = writeYaml(inOrder(schema, yaml.data));
  if (parts.body === undefined) return front;
  const body = parts.body
    .replace(/[ \t]+$/gm, (end) => (end === "  " ? end : ""))
    .replace(/^\n+|\s+$/g, "");
  return body ? `---\n${front}---\n\n${body}\n` : `---\n${front}---\n`;
}

/** The same data with known keys in the schema's order; unknown ones keep theirs, behind. */
function inOrder(schema: z.ZodType, data: unknown): unknown {
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
