/**
 * An entry's text and what is changed in it, by the CMS's form or by the desk. What is written has the
 * canonical form; what was left alone keeps its text, so that an untouched entry is the same file and a changed
 * field changes itself only. Needs no Node.
 */
import { z } from "zod";
import { instantOf } from "../i18n/dates.ts";
import { childOf, core, isRecord } from "../schema/field.ts";
import { kinds, type KindName } from "../schema/kinds.ts";
import { inOrder, trimLines } from "./canonical.ts";
import { splitSource } from "./parts.ts";
import { cleanText, plain } from "./text.ts";
import { parseYaml, writeYaml, type ParsedYaml } from "./yaml.ts";

type Fields = Record<string, unknown>;

/** Which entry: its kind, and its file's path below the content folder. */
interface Place {
  kind: KindName;
  file: string;
}

/** An entry as a form holds it. */
export interface Edited {
  fields: Fields;
  /** Absent for kinds that have none. */
  body?: string;
}

/**
 * Opens an entry for a form.
 *
 * @param text the file's text
 * @param file its path below the content folder
 * @returns its fields as they are written, unchecked, and its body; nothing when the fields cannot be read
 */
export function openEntry(text: string, file: string): Edited | undefined {
  const opened = open(text, file);
  return (
    opened && {
      fields: opened.fields,
      ...(opened.body === undefined ? {} : { body: trimLines(opened.body) }),
    }
  );
}

interface Opened extends Edited {
  front: string;
  lineOf: ParsedYaml["lineOf"];
}

function open(text: string, file: string): Opened | undefined {
  const parts = splitSource(cleanText(text).text ?? "", file);
  if ("finding" in parts) return undefined;
  const yaml = parseYaml(parts.front);
  if ("finding" in yaml || !isRecord(yaml.data)) return undefined;
  const { front, body } = parts;
  return { front, body, fields: yaml.data, lineOf: yaml.lineOf };
}

/**
 * The text of an entry as it is to be saved.
 *
 * @param edited what the form holds; empty values are left out
 * @param original the text of the file that was opened; left out for a new entry
 * @param repair writes a body that was changed
 */
export function writeEntry(
  { kind, file }: Place,
  edited: Edited,
  original: string | undefined,
  repair: (body: string) => string,
): string {
  const before = original === undefined ? undefined : open(original, file);
  const written = withoutBlanks(kinds[kind].schema, edited.fields);
  const fields = (tidy(written) ?? {}) as Fields;
  const front = before
    ? mergeFields(kind, before, fields)
    : writeFields(kind, fields);
  const newBody = edited.body ?? "";
  const kept = before && trimLines(before.body ?? "");
  const isSameBody = kept === trimLines(plain(newBody));
  if (isSameBody && front === before?.front) return original!;
  if (file.endsWith(".yaml")) return front;
  const body = isSameBody ? kept : repair(newBody);
  return `---\n${front}---\n${body && `\n${body}\n`}`;
}

/**
 * A story's text as it is published: a draft becomes «Đăng», and the hours that nobody has given are now. Given
 * hours stay. Texts of other kinds, and what cannot be read, stay as they are.
 */
export function publishedText(place: Place, text: string, now: Date): string {
  if (kinds[place.kind].layout !== "story") return text;
  const edited = openEntry(text, place.file);
  if (!edited) return text;
  const fields = { ...edited.fields, ...decided(edited.fields, now) };
  return writeEntry(place, { ...edited, fields }, text, plain);
}

/** What publishing decides of a story. */
function decided({ status, publishedAt, withdrawal }: Fields, now: Date) {
  const at = instantOf(now);
  if (status === "withdrawn") {
    const given = withdrawal ?? {};
    return isRecord(given) && !given.at ? { withdrawal: { ...given, at } } : {};
  }
  if (status && status !== "draft" && status !== "published") return {};
  // To the minute, as people give hours: what is withdrawn within that minute has been out.
  return {
    status: "published",
    publishedAt: publishedAt || at.replace(/:\d\d\+/, ":00+"),
  };
}

const writeFields = (kind: KindName, fields: Fields): string =>
  Object.keys(fields).length > 0
    ? writeYaml(inOrder(kinds[kind].schema, fields))
    : "";

/** A form's value as it is written: plain text, and nothing that is empty. */
function tidy(value: unknown): unknown {
  if (typeof value === "string") return plain(value).trim() || undefined;
  if (Array.isArray(value)) {
    const items = value.map(tidy).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isRecord(value)) return value ?? undefined;
  const fields = Object.entries(value)
    .map(([name, inner]) => [name, tidy(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/**
 * A form's value without the groups of fields that nobody has written in: Decap gives each, and the first item
 * of every list, the defaults of its fields, so that it looks begun.
 */
function withoutBlanks(schema: z.ZodType | undefined, value: unknown): unknown {
  const inside = schema && core(schema);
  if (inside instanceof z.ZodArray && Array.isArray(value))
    return value
      .map((item) => withoutBlanks(inside.element as z.ZodType, item))
      .filter((item) => item !== undefined);
  if (!(inside instanceof z.ZodObject) || !isRecord(value)) return value;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      withoutBlanks(childOf(inside, name), inner),
    ]),
  );
  return isBlank(inside, fields) ? undefined : fields;
}

/** Whether there is nothing but defaults, which alone could not be published. */
const isBlank = (schema: z.ZodObject, fields: Fields): boolean =>
  Object.entries(fields).every(
    ([name, value]) =>
      tidy(value) === undefined || isDefault(schema, name, value),
  ) && !schema.safeParse(tidy(fields) ?? {}).success;

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(tidy(a))) === JSON.stringify(sorted(tidy(b)));

/** With the names of fields in one order: forms have their own. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isRecord(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((name) => [name, sorted(value[name])]),
        )
      : value;

/** The fields' YAML with those that changed written anew, each in its place. */
function mergeFields(kind: KindName, before: Opened, fields: Fields): string {
  const { schema } = kinds[kind];
  const sections = sectionsOf(before);
  if (!sections) return writeFields(kind, fields);
  const names = Object.keys(inOrder(schema, { ...before.fields, ...fields })!);
  const merged = sections.flatMap(({ name, text }): Section[] => {
    if (isSame(before.fields[name], fields[name])) return [{ name, text }];
    return Object.hasOwn(fields, name)
      ? [{ name, text: writeFields(kind, { [name]: fields[name] }) }]
      : [];
  });
  for (const name of names) {
    if (Object.hasOwn(before.fields, name)) continue;
    if (isDefault(schema, name, fields[name])) continue;
    const earlier = names.slice(0, names.indexOf(name));
    const at = merged.findLastIndex((section) =>
      earlier.includes(section.name),
    );
    const text = writeFields(kind, { [name]: fields[name] });
    merged.splice(at + 1, 0, { name, text });
  }
  return merged.map(({ text }) => text).join("");
}

/** What a form fills in by itself where nothing was written. */
function isDefault(schema: z.ZodType, name: string, value: unknown): boolean {
  const filled = childOf(core(schema), name)?.safeParse(undefined);
  return filled?.success === true && isSame(filled.data, value);
}

/** A field and the lines that hold it, with the comments above. */
interface Section {
  name: string;
  text: string;
}

/** The YAML cut into its fields; nothing when they do not each begin a line, one after the other. */
function sectionsOf({ front, fields, lineOf }: Opened): Section[] | undefined {
  const lines = front.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const names = Object.keys(fields);
  const starts = names.map((name) => lineOf([name]) - 1);
  const isApart = starts.every(
    (start, index) =>
      /^[\w"']/.test(lines[start] ?? "") && start > (starts[index - 1] ?? -1),
  );
  if (!isApart || !front.endsWith("\n")) return undefined;
  const cuts = starts.map((start, index) => {
    let cut = start;
    while (index > 0 && /^\s*(?:#|$)/.test(lines[cut - 1]!)) cut--;
    return index > 0 ? cut : 0;
  });
  return names.map((name, index) => ({
    name,
    text: lines.slice(cuts[index], cuts[index + 1]).join(""),
  }));
}
