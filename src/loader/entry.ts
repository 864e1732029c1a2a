/** One content file to one checked entry. */
import path from "node:path";
import { judgeEntry } from "../judge/judge.ts";
import type { EntryReference } from "../judge/references.ts";
import { readText } from "../judge/text.ts";
import {
  compileBody,
  parse,
  type CompiledBody,
  type Heading,
} from "../mdx/compile.ts";
import { bodyUnreadable } from "../mdx/source.ts";
import { pictureView } from "../media/picture.ts";
import { toPublic } from "../schema/field.ts";
import {
  kinds,
  type Checked,
  type KindName,
  type Published,
} from "../schema/kinds.ts";
import type { Finding } from "../schema/problem.ts";
import { NOTHING_UNSAVED, openAttached, type Unsaved } from "./attached.ts";
import {
  creditOf,
  documentView,
  type DocumentInfo,
  type ShownPicture,
} from "./beside.ts";
import { sha256 } from "./digest.ts";
import type { EntryFile } from "./files.ts";
import type { PublishedEntry } from "./handing.ts";
import type { Settings } from "./settings.ts";

/** Everything that is known of an entry once its file has been read. */
export interface Entry<K extends KindName = KindName> {
  kind: K;
  id: string;
  file: string;
  /** Changes whenever anything that is published of the entry changes. */
  digest: string;
  /** With internal fields: `publishedOf` is what may leave the loader. */
  data: Checked<K>;
  /** The compiled body; absent for kinds that have none. Its HTML is kept apart, see bodies.ts. */
  body?: { digest: string; headings: Heading[]; words: number };
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
  references: EntryReference[];
  links: { address: string; line: number | undefined }[];
}

/** What is known of an entry that has an error: enough to check what it refers to all the same. */
export type HeldEntry = Pick<
  Entry,
  "kind" | "id" | "file" | "data" | "references" | "links"
>;

/** What people call an entry; nothing when it cannot be read, or has no name of its own. */
export function titleOf({ data }: Pick<HeldEntry, "data">): string | undefined {
  const { title, name } = data as { title?: unknown; name?: unknown };
  return [title, name].find((one) => typeof one === "string") as
    string | undefined;
}

/** What reading a file gave: an entry when it has no error. */
export interface ReadEntry {
  entry?: Entry;
  held?: HeldEntry;
  findings: Finding[];
}

/** The published form of an entry's data: without its internal fields. */
export const publishedOf = <K extends KindName>({
  kind,
  data,
}: Entry<K>): Published<K> =>
  toPublic(kinds[kind].schema, data as never) as unknown as Published<K>;

/** An entry as the pages know it. */
export const handedForm = <K extends KindName>(
  entry: Entry<K>,
): PublishedEntry<K> => {
  const { body, pictures, documents } = entry;
  return {
    data: publishedOf(entry),
    ...(body ? { body } : {}),
    pictures,
    documents,
  };
};

/**
 * Reads, checks and compiles one entry. Relations to other entries are left to `checkRelations`.
 *
 * @param source the entry's file and what lies beside it
 * @param bytes the file's content
 * @param place absolute paths of the content folder and the cache, and the site's base path
 * @param unsaved what lies beside it for its editor alone
 * @returns the entry unless it has an error, with its body's HTML; and every finding
 */
export async function readEntry(
  source: EntryFile,
  bytes: Uint8Array,
  place: Pick<Settings, "contentDir" | "cacheDir" | "base">,
  unsaved: Unsaved = NOTHING_UNSAVED,
): Promise<ReadEntry & { html?: string }> {
  const { raw, finding } = readText(bytes);
  if (raw === undefined) return { findings: [finding] };
  const { findings, fields, body } = judgeEntry(
    { ...source, text: raw },
    parse,
  );
  if (!fields) return { findings };
  const { pictures, documents, ...attached } = await openAttached(
    {
      folder: path.join(place.contentDir, path.dirname(source.file)),
      beside: source.beside,
      pictures: fields.pictures,
      documents: fields.documents,
      unsaved,
    },
    place.cacheDir,
  );
  findings.push(...attached.findings);
  const held: HeldEntry = {
    kind: source.kind,
    id: source.id,
    file: source.file,
    data: fields.data,
    references: fields.references,
    links: fields.links,
  };
  if (findings.some(({ severity }) => severity === "error"))
    return { findings, held };
  const compiled = compile(body, blockContext(pictures, documents, place.base));
  if (compiled && "severity" in compiled)
    return { findings: [...findings, compiled], held };
  const compiledBody = compiled && {
    digest: sha256(compiled.html),
    headings: compiled.headings,
    words: compiled.words,
  };
  const entry: Entry = {
    ...held,
    digest: "",
    ...(compiledBody ? { body: compiledBody } : {}),
    pictures,
    documents,
  };
  entry.digest = sha256(
    JSON.stringify([publishedOf(entry), compiledBody, pictures, documents]),
  );
  return { findings, entry, ...(compiled ? { html: compiled.html } : {}) };
}

/** Whatever a body that passed the checks turns out to be, it stops no other. */
function compile(
  body: string | undefined,
  context: Parameters<typeof compileBody>[1],
): CompiledBody | Finding | undefined {
  try {
    return body === undefined ? undefined : compileBody(body, context);
  } catch {
    return bodyUnreadable;
  }
}

function blockContext(
  pictures: ShownPicture[],
  documents: Record<string, DocumentInfo>,
  base: string,
) {
  return {
    base,
    picture: (
      name: string,
      { credit, licence }: { credit?: string; licence?: string },
    ) => {
      const shown = pictures.find((candidate) => candidate.name === name);
      return (
        shown &&
        pictureView(
          shown.info,
          base,
          creditOf({ credit, licence: licence as ShownPicture["licence"] }),
        )
      );
    },
    document: (name: string) => {
      const info = Object.hasOwn(documents, name) ? documents[name] : undefined;
      return info && documentView(name, info, base);
    },
  };
}
