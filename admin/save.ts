/** What happens when an editor saves: the text is made and judged; with an error in it, it is not sent. */
import { adminText } from "../src/i18n/admin.ts";
import { publishedText } from "../src/judge/entry.ts";
import { hasBody, kinds, type KindName } from "../src/schema/kinds.ts";
import { error, type Finding } from "../src/schema/problem.ts";
import { judge } from "./judge.ts";
import {
  isReadable,
  originalOf,
  textOf,
  withFinal,
  type Data,
} from "./format.ts";

/** Decap's immutable maps, as far as they are used here. */
export interface Fields {
  get(name: string): unknown;
  set(name: string, value: unknown): this;
  map(change: (value: unknown) => unknown): this;
  toJS(): Data;
}

/** An entry as Decap gives it to `preSave`. */
export interface Saved {
  get(name: "collection" | "path" | "slug"): string;
  get(name: "data"): Fields;
  get(name: "newRecord"): boolean | undefined;
  get(name: "mediaFiles"): { toJS(): { name: string }[] };
}

export interface SaveEvents {
  /** Told why a save did not happen. */
  refused: (text: string, findings: readonly Finding[]) => void;
  /** Told of what does not stop a save. */
  warned: (text: string, findings: readonly Finding[]) => void;
}

/** Stops Decap's save; its words follow Decap's own. */
class Stop extends Error {
  override toString(): string {
    return this.message;
  }
}

/** What is known of the texts in entries' files: those that one session showed, and saved after that. */
export class Texts {
  readonly #known = new Map<string, Set<string>>();

  /** A file holds this text. If another is known for it, somebody else has changed it. */
  shown(path: string, text: string): void {
    if (!this.#known.get(path)?.has(text))
      this.#known.set(path, new Set([text]));
  }

  saved(path: string, text: string): void {
    const known = this.#known.get(path) ?? new Set();
    this.#known.set(path, known.add(text));
  }

  /** Whether what was written on top of this text may take the place of what the file holds now. */
  isOnTop(path: string, original: string): boolean {
    return this.#known.get(path)?.has(original) ?? false;
  }
}

/**
 * Makes the handler of Decap's event `preSave`.
 *
 * @returns a handler that gives the fields with the text to save, or throws
 */
export const preSave =
  (texts: Texts, events: SaveEvents) =>
  ({ entry }: { entry: Saved }): Fields => {
    const kind = entry.get("collection") as KindName;
    const data = composed(entry.get("data")) as Fields;
    const fields = data.toJS();
    const text = textOf(kind, fields);
    const file = fileOf(entry, kind);
    // As the desk judges it: what publishing will decide, its writer need not.
    const published = publishedText({ kind, file }, text, new Date());
    const findings = [
      ...checkBase(entry, kind, fields, texts),
      ...judge({
        kind,
        file,
        text: published,
        ...beside(entry, kind),
      }).findings,
    ];
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      events.refused(published, errors);
      throw new Stop(adminText.save.stopped);
    }
    events.warned(published, findings);
    return withFinal(data, text);
  };

/** Titles become addresses: letters that were typed in parts would fall apart there. */
const composed = (value: unknown): unknown =>
  typeof value === "string"
    ? value.normalize("NFC")
    : typeof (value as Partial<Fields> | undefined | null)?.map === "function"
      ? (value as Fields).map(composed)
      : value;

/** Where the entry lies below the content folder; a new one's name is not known yet. */
const fileOf = (entry: Saved, kind: KindName): string =>
  entry.get("path").replace(/^[^/]*\//, "") ||
  `${kinds[kind].folder}/${hasBody(kind) ? "moi/index.mdx" : "moi.yaml"}`;

/** The files beside an entry, where it has a folder of its own. */
const beside = (entry: Saved, kind: KindName): { beside?: string[] } =>
  hasBody(kind)
    ? {
        beside: entry
          .get("mediaFiles")
          .toJS()
          .map(({ name }) => name),
      }
    : {};

/** Whether what is to be saved may stand in place of what the file holds. */
function checkBase(
  entry: Saved,
  kind: KindName,
  fields: Data,
  texts: Texts,
): Finding[] {
  const { unreadable, outdated } = adminText.save;
  if (!isReadable(kind, fields))
    return [error("unreadable", unreadable.found, unreadable.remedy)];
  const original = originalOf(fields);
  const isNew = entry.get("newRecord") || original === undefined;
  return isNew || texts.isOnTop(entry.get("path"), original)
    ? []
    : [error("outdated", outdated.found, outdated.remedy)];
}
