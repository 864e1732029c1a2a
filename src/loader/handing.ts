/**
 * Published entries, handed from the loader to the pages. Vite runs the pages' code in a module graph of
 * its own: only `globalThis` is common to it and to the loader.
 */
import type { Heading } from "../mdx/compile.ts";
import type { KindName, Published } from "../schema/kinds.ts";
import type { DocumentInfo, ShownPicture } from "./beside.ts";

/** An entry with its published fields alone. */
export interface PublishedEntry<K extends KindName = KindName> {
  data: Published<K>;
  /** Its HTML is kept apart, see bodies.ts. */
  body?: { digest: string; headings: Heading[]; words: number };
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
}

const HANDED = Symbol.for("guong-sang.published");
type Handing = { [HANDED]?: Map<KindName, Map<string, PublishedEntry>> };

/** Lays down all entries of one kind, by identifier, in place of those that were there. */
export function handPublished(
  kind: KindName,
  entries: Map<string, PublishedEntry>,
): void {
  ((globalThis as Handing)[HANDED] ??= new Map()).set(kind, entries);
}

/** One of the entries laid down last. */
export const publishedEntry = <K extends KindName>(
  kind: K,
  id: string,
): PublishedEntry<K> | undefined =>
  (globalThis as Handing)[HANDED]?.get(kind)?.get(id) as
    PublishedEntry<K> | undefined;
