/** The library of a build: what the loader has put into Astro's collections. */
import { getCollection } from "astro:content";
import type { EntryMetadata } from "../loader/astro.ts";
import {
  addressOf,
  kinds,
  type KindName,
  type Published,
} from "../schema/kinds.ts";
import { buildMoment } from "./clock.ts";
import { libraryOf, type Item, type Library } from "./library.ts";

let loaded: Promise<Library> | undefined;

/** The library at the build's moment. Read once a build; in development once a request. */
export const library = (): Promise<Library> =>
  import.meta.env.DEV ? load() : (loaded ??= load());

async function load(): Promise<Library> {
  const names = Object.keys(kinds) as KindName[];
  const lists = await Promise.all(names.map(items));
  const byKind = new Map(names.map((kind, index) => [kind, lists[index]!]));
  return libraryOf(
    <K extends KindName>(kind: K) => [...byKind.get(kind)!] as Item<K>[],
    buildMoment(),
  );
}

async function items<K extends KindName>(kind: K): Promise<Item<K>[]> {
  const entries = await getCollection(kind);
  return entries.map((entry) => ({
    kind,
    id: entry.id,
    address: addressOf(kind, entry.id) ?? "",
    data: entry.data as unknown as Published<K>,
    ...(entry.rendered!.metadata as unknown as EntryMetadata),
  }));
}
