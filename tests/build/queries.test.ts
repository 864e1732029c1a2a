/** What readers ask for is found among the shipped stories. Which answer a query was judged by reading them. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { meanOf, qualityOf, type Quality } from "../../bench/quality.ts";
import { readJson } from "../../bench/stories.ts";
import { addressOf, type StoryKind } from "../../src/schema/kinds.ts";
import { Search } from "../../src/search/engine.ts";
import { openIndex, type Manifest } from "../../src/search/index.ts";
import { NOW } from "../support/corpus.ts";
import { build, placeFor, ROOT, type BuildPlace } from "../support/site.ts";

/** Queries, and for each the stories that answer it: `models/htx-tai-hoan`. */
const { queries, qrels } = readJson<{
  queries: { qid: string; cls: string; q: string }[];
  qrels: { shipped: Record<string, string[]> };
}>("tests/fixtures/search/real.json");

let place: BuildPlace;
let search: Search;

beforeAll(async () => {
  place = placeFor(path.join(ROOT, "content"), NOW);
  await build(place);
  const fetch = async (name: string) =>
    new Uint8Array(readFileSync(path.join(place.out, "pagefind", name)));
  const manifest = new TextDecoder().decode(await fetch("search.json"));
  search = new Search(
    await openIndex(fetch, JSON.parse(manifest) as Manifest),
    "",
  );
});

const addressOfStory = (id: string): string => {
  const [kind, slug] = id.split("/") as [StoryKind, string];
  return addressOf(kind, slug)!;
};

describe("of the shipped stories", () => {
  it("all that answer a query are still there; where not, real.json has to follow", () => {
    const named = new Set(Object.values(qrels.shipped).flat());
    const gone = [...named].filter(
      (id) => !existsSync(path.join(place.out, addressOfStory(id))),
    );
    expect(gone).toEqual([]);
  });

  it("those are found that answer a query", async () => {
    const each: Quality[] = [];
    const wrong: string[] = [];
    for (const { qid, q } of queries) {
      const { hits, scattered } = await search.find({ words: q });
      const first = [...hits, ...scattered].slice(0, 10);
      const shown = await Promise.all(first.map((hit) => hit()));
      const answers = new Set(qrels.shipped[qid]!.map(addressOfStory));
      const quality = qualityOf(
        shown.map(({ href }) => href),
        answers,
      );
      each.push(quality);
      if (quality.recall < 1 || quality.mrr < 1) wrong.push(q);
    }
    const { recall, mrr } = meanOf(each);
    expect(recall, wrong.join("; ")).toBeGreaterThanOrEqual(0.99);
    expect(mrr, wrong.join("; ")).toBeGreaterThanOrEqual(0.97);
  });
});
