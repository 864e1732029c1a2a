/** What the search finds of what is looked for, and what that costs, in a browser over a thousand stories. */
import { beforeAll, describe, expect, it } from "vitest";
import { measureSearch, type Figures } from "../../bench/search.ts";
import { readJson, type Judged, type MadeStory } from "../../bench/stories.ts";

const FIXTURES = "tests/fixtures/search";
/** Figures of a class of fewer queries say little. */
const MANY = 20;

/** Both sets in one, so that the stories are indexed once: classes of the second have an h before them. */
function bothSets(): Judged {
  const [first, second] = ["judged.json", "held-out.json.gz"].map((name) =>
    readJson<Judged>(`${FIXTURES}/${name}`),
  ) as [Judged, Judged];
  const answers = Object.entries(second.qrels["1000"]!);
  return {
    queries: [
      ...first.queries,
      ...second.queries.map(({ qid, cls, q }) => ({
        qid: `h-${qid}`,
        cls: `h-${cls}`,
        q,
      })),
    ],
    qrels: {
      1000: {
        ...first.qrels["1000"],
        ...Object.fromEntries(answers.map(([qid, ids]) => [`h-${qid}`, ids])),
      },
    },
  };
}

let ours: Figures;
beforeAll(async () => {
  const stories = readJson<MadeStory[]>(`${FIXTURES}/corpus-1000.json.gz`);
  ours = (await measureSearch(stories, bothSets(), ["ours"])).ours!;
});

/** The mean over the classes of one set. */
function meanOf(
  isIn: (cls: string) => boolean,
  what: "recall" | "mrr",
): number {
  const classes = Object.entries(ours.classes).filter(([cls]) => isIn(cls));
  const queries = classes.reduce((sum, [, own]) => sum + own.queries, 0);
  return (
    classes.reduce((sum, [, own]) => sum + own[what] * own.queries, 0) / queries
  );
}

describe("of a thousand stories", () => {
  const isHeldOut = (cls: string) => cls.startsWith("h-");

  it("what the judged queries ask for is found", () => {
    expect(meanOf((cls) => !isHeldOut(cls), "recall")).toBeGreaterThan(0.99);
    expect(meanOf((cls) => !isHeldOut(cls), "mrr")).toBeGreaterThan(0.98);
  });

  it("what other queries ask for is found", () => {
    expect(meanOf(isHeldOut, "recall")).toBeGreaterThan(0.98);
    expect(meanOf(isHeldOut, "mrr")).toBeGreaterThan(0.97);
  });

  it("no way to ask for it is much worse than others", () => {
    const weak = Object.entries(ours.classes).filter(
      ([, { queries, recall, mrr }]) =>
        queries >= MANY && Math.min(recall, mrr) < 0.92,
    );
    expect(weak).toEqual([]);
  });

  it("the first query weighs less than 100 KB, later ones less than 20 KB", () => {
    expect(ours.bytes.first).toBeLessThan(100_000);
    expect(ours.bytes.later).toBeLessThan(20_000);
  });
});
