/** The library of a build: what the loader has put into Astro's collections. */
import { getCollection } from "astro:content";
import { publishedEntry } from "../loader/handing.ts";
import { kinds, type KindName } from "../schema/kinds.ts";
import { buildMoment } from "./clock.ts";
import { itemOf, libraryOf, type Item, type Library } from "./library.ts";

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
  return (await getCollection(kind)).flatMap(({ id }) => {
    const entry = publishedEntry(kind, id);
    // In development an entry may be gone a moment before Astro hears of it.
    return entry ? [itemOf(kind, id, entry)] : [];
  });
}
