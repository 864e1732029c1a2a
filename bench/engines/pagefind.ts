/** Pagefind as it comes: its own index of the pages as they are, its own runtime, the words as they were typed. */
interface Runtime {
  search(query: string): Promise<{
    results: { data(): Promise<{ url: string }> }[];
  }>;
}

export async function ask(query: string): Promise<string[]> {
  const address = "/plain/pagefind.js";
  const { search } = (await import(/* @vite-ignore */ address)) as Runtime;
  const { results } = await search(query);
  const cards = await Promise.all(
    results.slice(0, 10).map(({ data }) => data()),
  );
  return cards.map(({ url }) => url);
}
