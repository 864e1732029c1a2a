/** The content that comes with the project. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formatProblems } from "../../src/schema/problem.ts";
import { STORY_KINDS } from "../../src/schema/kinds.ts";
import { Corpus } from "../support/corpus.ts";
import { bodyOf, read } from "../support/content.ts";
import { errorsOf } from "../blocks/fragment.ts";
import { ROOT } from "../support/site.ts";

describe("the shipped content", async () => {
  const reading = await read(new Corpus(path.join(ROOT, "content")));

  it("has neither errors nor warnings", () => {
    expect(formatProblems(reading.problems)).toBe("");
    for (const kind of STORY_KINDS)
      expect(
        reading.entries.filter((entry) => entry.kind === kind).length,
      ).toBeGreaterThan(4);
  });

  it("compiles to whole HTML", () => {
    const bodies = reading.entries.filter(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(25);
    for (const entry of bodies)
      expect(errorsOf(bodyOf(reading, entry)), entry.file).toEqual([]);
  });
});
