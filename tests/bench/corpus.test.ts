import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { tokensOf } from "../../bench/compare.ts";
import { extraStory, makeCorpus, writeStory } from "../../bench/corpus.ts";
import { loadContent } from "../../src/loader/content.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-corpus-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the benchmark's corpus", () => {
  const contentDir = path.join(folder, "one");
  const stories = makeCorpus(contentDir, 30);

  test("passes the content checks without a word", async () => {
    writeStory(contentDir, extraStory(30));
    const { problems, entries } = await loadContent({
      contentDir,
      cacheDir: path.join(folder, "cache"),
      base: "/",
    });
    expect(problems).toEqual([]);
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "news")).toHaveLength(15);
    expect(kinds.filter((kind) => kind === "role-models")).toHaveLength(6);
  });

  test("is the same every time", () => {
    const again = makeCorpus(path.join(folder, "again"), 30);
    expect(again).toEqual(stories);
    for (const { file } of stories)
      expect(readFileSync(path.join(folder, "again", file))).toEqual(
        readFileSync(path.join(contentDir, file)),
      );
  });

  test("has stories of the length that editors write", () => {
    const words = stories.map(({ body }) => body.split(/\s+/).length);
    const mean = words.reduce((sum, count) => sum + count) / words.length;
    expect(mean).toBeGreaterThan(380);
    expect(mean).toBeLessThan(500);
  });
});

describe("comparing pages", () => {
  const same = (a: string, b: string) =>
    expect(tokensOf(a)).toEqual(tokensOf(b));
  const differ = (a: string, b: string) =>
    expect(tokensOf(a)).not.toEqual(tokensOf(b));

  test("overlooks what no reader can see", () => {
    same('<p class="a" id="b">x\n  y</p>', "<p id=b class=a> x y </p>\n");
    same("<ul><li>a</li></ul>", "<ul>\n  <li> a</li>\n</ul><!-- c -->");
  });

  test("sees other words, tags, attributes and spaces inside a line", () => {
    differ("<p>x</p>", "<p>y</p>");
    differ("<p>x</p>", "<div>x</div>");
    differ('<p class="a">x</p>', "<p>x</p>");
    differ("<p><b>x</b> y</p>", "<p><b>x</b>y</p>");
    differ("<a>x</a> <a>y</a>", "<a>x</a><a>y</a>");
  });
});
