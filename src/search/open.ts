/** Opens the published index in a browser. Nothing of it is fetched before that. */
import { Search, type Found, type Query, type Suggestions } from "./engine.ts";
import { openIndex, type Manifest } from "./index.ts";

export { withPlainQuotes } from "./typing.ts";

/** Where the manifest lies, beside the index. */
const MANIFEST = "search.json";
/** A page may stay open for days; a new index is looked for when the last look is this long ago. */
const FRESH_MS = 60_000;

interface Opened {
  search: Search;
  /** The manifest's text: another text, another index. */
  release: string;
  checked: number;
}

let opened: Promise<Opened> | undefined;

/**
 * Opens the index, once; after a failure it may be tried again. When another index has been published since,
 * that one is opened, and nothing of the old one is used any more.
 *
 * @param address the folder of the index, with a slash at its end
 * @throws when it cannot be had
 */
export async function openSearch(address: string): Promise<Search> {
  const last = await opened?.catch(() => undefined);
  if (last && Date.now() - last.checked < FRESH_MS) return last.search;
  opened = open(address, last);
  return (await opened).search;
}

async function open(address: string, last?: Opened): Promise<Opened> {
  try {
    const bytes = await get(address + MANIFEST, { cache: "no-cache" });
    const release = new TextDecoder().decode(bytes);
    const checked = Date.now();
    if (last?.release === release) return { ...last, checked };
    const manifest = JSON.parse(release) as Manifest;
    const index = await openIndex((name) => get(address + name), manifest);
    const base = new URL("..", new URL(address, location.href)).pathname;
    const search = new Search(index, base.replace(/\/$/, ""));
    return { search, release, checked };
  } catch (thrown) {
    opened = undefined;
    throw thrown;
  }
}

async function get(address: string, options?: RequestInit) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Looks for stories, in the index that is published now.
 *
 * @throws when the index cannot be had or read
 */
export const find = (address: string, query: Query): Promise<Found> =>
  asked(address, (search) => search.find(query));

/**
 * What to offer somebody who has typed so much.
 *
 * @throws when the index cannot be had or read
 */
export const suggest = (address: string, words: string): Promise<Suggestions> =>
  asked(address, (search) => search.suggest(words));

/**
 * Asks the index: a part that is not there any more is taken for a sign that there is another index, and what
 * was asked is asked of that one.
 */
async function asked<Answer>(
  address: string,
  ask: (search: Search) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(await openSearch(address));
  } catch {
    opened = undefined;
    return ask(await openSearch(address));
  }
}

/** Has the next search look for a new index: a story's text was not there any more. */
export function forgetSearch(): void {
  opened = undefined;
}
