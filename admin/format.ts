/**
 * How Decap reads and writes our files: what the form holds is made by `openEntry`, what is saved by
 * `entryText`. The file's text travels with the form's fields, so that what was not touched keeps its bytes.
 */
import { hasBody, kinds, type KindName } from "../src/schema/kinds.ts";
import { LISTED } from "../src/desk/room.ts";
import { entryText, openEntry } from "./entry.ts";

/** An entry's fields and body, and under names no field can have what travels with them. */
export type Data = Record<string, unknown>;

/** What Decap calls a formatter. */
interface Format {
  fromFile(text: string): Data;
  toFile(data: Data): string;
}

/** Decap's, as far as it is needed here. */
interface Formats {
  registerCustomFormat(name: string, extension: string, format: Format): void;
}

/** The text of the file that was opened. */
const ORIGINAL = "\0original";
/** The text that is to be saved: only what passed the judge has it. */
const FINAL = "\0final";
/** Stands after a text that may be saved: Decap would add a line's end to one that has none. */
const END = "\0";
/** Stands between a text and the form as it was, in what Decap keeps in the browser while one types. */
const BACKUP = "\n\n\0";

/** A file name of this kind: of the path, reading and writing want no more. */
const fileOf = (kind: KindName): string =>
  hasBody(kind) ? "index.mdx" : "entry.yaml";

/** Registers a format for every kind, under the kind's name. */
export function registerFormats(cms: Formats): void {
  for (const kind of Object.keys(kinds) as KindName[])
    cms.registerCustomFormat(
      kind,
      hasBody(kind) ? "mdx" : "yaml",
      formatOf(kind),
    );
}

/**
 * A kind's format.
 *
 * Decap writes an entry for two ends: to save it, and every two seconds while one types, to keep it in the
 * browser. The latter must bring back the form as it was, half filled in or not; and in front of it stands
 * the text, as Decap shows it to be copied when it has broken down.
 */
export const formatOf = (kind: KindName): Format => ({
  fromFile(text) {
    // Of a list, where the fields are enough. It has no original that could be read: it cannot be saved.
    if (text.startsWith(LISTED))
      return {
        ...(JSON.parse(text.slice(LISTED.length)) as Data),
        [ORIGINAL]: LISTED,
      };
    const at = text.indexOf(BACKUP);
    if (at >= 0) return JSON.parse(text.slice(at + BACKUP.length)) as Data;
    const { fields, body } = openEntry(text, fileOf(kind)) ?? {};
    return {
      ...fields,
      ...(body === undefined ? {} : { body }),
      [ORIGINAL]: text,
    };
  },
  toFile(data) {
    const final = data[FINAL];
    return typeof final === "string"
      ? final + END
      : textOf(kind, data) + BACKUP + JSON.stringify(data);
  },
});

/** The text of an entry as it is to be saved. */
export function textOf(kind: KindName, data: Data): string {
  const { body, [ORIGINAL]: original, [FINAL]: _final, ...fields } = data;
  return entryText(
    { kind, file: fileOf(kind) },
    hasBody(kind) ? { fields, body: String(body ?? "") } : { fields },
    original as string | undefined,
  );
}

/** The text of the file that an entry was opened from; nothing for a new one. */
export const originalOf = (data: Data): string | undefined =>
  data[ORIGINAL] as string | undefined;

/** Whether the form shows what is in the file. A file whose fields cannot be read gives an empty form. */
export const isReadable = (kind: KindName, data: Data): boolean => {
  const original = originalOf(data);
  return (
    original === undefined || openEntry(original, fileOf(kind)) !== undefined
  );
};

/**
 * Lets an entry be saved with this text.
 *
 * @param data Decap's own map of fields
 */
export const withFinal = <T extends { set(name: string, value: unknown): T }>(
  data: T,
  text: string,
): T => data.set(FINAL, text);

/**
 * The text that Decap sends, as it is to be saved.
 *
 * @returns nothing for a text that did not go through `withFinal`
 */
export const finalOf = (raw: string): string | undefined =>
  /^([^\0]*)\0\n?$/.exec(raw)?.[1];
