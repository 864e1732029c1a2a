/** Our search, as its page uses it. */
import { find } from "../../src/search/open.ts";

export async function ask(query: string): Promise<string[]> {
  const { hits, scattered } = await find("/pagefind/", { words: query });
  const shown = [...hits, ...scattered].slice(0, 10);
  const cards = await Promise.all(shown.map((load) => load()));
  return cards.map(({ href }) => href);
}
