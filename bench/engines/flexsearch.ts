/** FlexSearch, set up for Vietnamese as its guide allows: folded words with their neighbours. */
import FlexSearch from "flexsearch";
import { fetchWhole, folded } from "./whole.ts";

const FIELDS = ["title", "person", "place", "text"];

const made = () =>
  new FlexSearch.Document({
    document: { id: "id", index: FIELDS },
    encode: (text: string) => folded(text).match(/[a-z0-9]+/g) ?? [],
    tokenize: "forward",
    context: { depth: 2, resolution: 5, bidirectional: false },
  });

export async function write(documents: object[]): Promise<string> {
  const index = made();
  for (const document of documents) index.add(document);
  const parts: Record<string, string | undefined> = {};
  await index.export((key, value) => {
    parts[key] = value;
  });
  return JSON.stringify(parts);
}

let opened: Promise<ReturnType<typeof made>> | undefined;

export async function ask(query: string): Promise<string[]> {
  opened ??= fetchWhole("flexsearch").then((text) => {
    const index = made();
    const parts = JSON.parse(text) as Record<string, string>;
    for (const [key, value] of Object.entries(parts)) index.import(key, value);
    return index;
  });
  const index = await opened;
  const found = index.search(query, { limit: 10, merge: true });
  return found.slice(0, 10).map(({ id }) => id);
}
