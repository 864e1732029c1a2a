/** What is known from the last reading, and what is read anew. */
import {
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CacheError, readBody, saveBody } from "../../src/loader/bodies.ts";
import { jpeg, pdf, skeleton, type Corpus } from "../support/corpus.ts";
import {
  NEWS,
  bodyOf,
  entryOf,
  read,
  story,
  told,
  type Reading,
} from "../support/content.ts";

const COVER = {
  cover: {
    src: "a.jpg",
    alt: "Bà con xóm Ví Dụ làm đường",
    credit: "Nguyễn Văn Thử",
  },
};

async function corpus(): Promise<Corpus> {
  const made = skeleton();
  made.write(`${NEWS}/index.mdx`, story(COVER, "Chữ [tệp](b.pdf)."));
  made.write(`${NEWS}/a.jpg`, await jpeg("red"));
  made.write(`${NEWS}/b.pdf`, pdf("b"));
  made.write("news/2026/hong/index.mdx", story({}, "{hong}"));
  return made;
}

/** What a reading came to, without how it came to it. */
const outcome = (reading: Reading) => ({
  entries: reading.entries,
  problems: told(reading.problems),
  html: bodyOf(reading, entryOf(reading, "news", "chuyen-vi-du")!),
});
const entriesFile = ({ cacheDir }: Reading) =>
  path.join(cacheDir, "entries.jsonl");

describe("a second reading", () => {
  it("reads nothing anew when nothing changed, wrong entries neither", async () => {
    const content = await corpus();
    const first = await read(content);
    const second = await read(content, first);
    expect(first.read).toBe(first.entries.length + 1);
    expect(second.read).toBe(0);
    expect(second.notice).toBeUndefined();
    expect(outcome(second)).toEqual(outcome(first));
    expect(second.problems).toEqual(first.problems);
  });

  it("reads what changed, and nothing else", async () => {
    const content = await corpus();
    const first = await read(content);
    content.write(`${NEWS}/index.mdx`, story(COVER, "Chữ khác [tệp](b.pdf)."));
    const second = await read(content, first);
    expect(second.read).toBe(1);
    expect(entryOf(second, "news", "chuyen-vi-du")?.digest).not.toBe(
      entryOf(first, "news", "chuyen-vi-du")?.digest,
    );
    expect(outcome(second).html).toContain("Chữ khác");
  });

  it("goes by a file's bytes, not by its time", async () => {
    const content = await corpus();
    const first = await read(content);
    utimesSync(content.path(`${NEWS}/index.mdx`), new Date(0), new Date(0));
    expect((await read(content, first)).read).toBe(0);
  });

  it.each<[string, (content: Corpus) => Promise<void> | void]>([
    [
      "a changed picture",
      async (content) => content.write(`${NEWS}/a.jpg`, await jpeg("blue")),
    ],
    [
      "a changed document",
      (content) => content.write(`${NEWS}/b.pdf`, pdf("khác")),
    ],
  ])("notices %s beside", async (_name, change) => {
    const content = await corpus();
    const first = await read(content);
    await change(content);
    const second = await read(content, first);
    expect(second.read).toBe(1);
    expect(entryOf(second, "news", "chuyen-vi-du")?.digest).not.toBe(
      entryOf(first, "news", "chuyen-vi-du")?.digest,
    );
  });

  it("notices a changed picture of the same size and time", async () => {
    const content = await corpus();
    const file = content.path(`${NEWS}/b.pdf`);
    const first = await read(content);
    const { mtime, size } = statSync(file);
    content.write(`${NEWS}/b.pdf`, pdf("c"));
    utimesSync(file, mtime, mtime);
    expect(statSync(file).size).toBe(size);
    const second = await read(content, first);
    expect(entryOf(second, "news", "chuyen-vi-du")?.documents).not.toEqual(
      entryOf(first, "news", "chuyen-vi-du")?.documents,
    );
  });

  it("notices what comes to lie beside, goes, and comes again", async () => {
    const content = await corpus();
    const first = await read(content);
    content.remove(`${NEWS}/a.jpg`);
    const second = await read(content, first);
    expect(told(second.problems)).toContain(
      `${NEWS}/index.mdx:10 file-missing`,
    );
    expect(entryOf(second, "news", "chuyen-vi-du")).toBeUndefined();
    content.write(`${NEWS}/a.jpg`, await jpeg("red"));
    content.write(`${NEWS}/c.jpg`, await jpeg("red"));
    const third = await read(content, second);
    expect(entryOf(third, "news", "chuyen-vi-du")).toEqual(
      entryOf(first, "news", "chuyen-vi-du"),
    );
    expect(told(third.problems)).toContain(`${NEWS}/index.mdx unused-picture`);
  });

  it("does not mistake an entry for one that was at its place", async () => {
    const content = await corpus();
    content.write("news/2026/khac/index.mdx", story({}, "Một."));
    const first = await read(content);
    content.move("news/2026/khac", "news/2026/moi");
    const second = await read(content, first);
    expect(second.read).toBe(1);
    expect(entryOf(second, "news", "khac")).toBeUndefined();
    expect(entryOf(second, "news", "moi")).toMatchObject({
      id: "moi",
      file: "news/2026/moi/index.mdx",
    });
  });

  it("under another base path is another reading", async () => {
    const content = await corpus();
    const first = await read(content);
    const second = await read(content, {
      cacheDir: first.cacheDir,
      base: "/goc/",
    });
    expect(second.read).toBe(first.read);
    expect(second.notice).toContain("phiên bản khác");
    expect(outcome(second).html).toContain('href="/goc/_files/');
  });
});

describe("a cache that cannot be used", () => {
  it.each<[string, (reading: Reading) => void, string]>([
    [
      "is no JSON",
      (reading) => writeFileSync(entriesFile(reading), "{"),
      "bị hỏng",
    ],
    [
      "is cut short",
      (reading) =>
        writeFileSync(
          entriesFile(reading),
          readFileSync(entriesFile(reading), "utf8").slice(0, -100),
        ),
      "bị hỏng",
    ],
    [
      "is empty",
      (reading) => writeFileSync(entriesFile(reading), ""),
      "bị hỏng",
    ],
    [
      "holds nothing",
      (reading) => writeFileSync(entriesFile(reading), "null"),
      "bị hỏng",
    ],
    [
      "holds something else",
      (reading) =>
        writeFileSync(entriesFile(reading), '{"version":"1","entries":null}'),
      "bị hỏng",
    ],
    [
      "is of other code",
      (reading) =>
        writeFileSync(
          entriesFile(reading),
          readFileSync(entriesFile(reading), "utf8").replace(
            /"version":"./,
            '"version":"x',
          ),
        ),
      "phiên bản khác",
    ],
  ])(
    "%s: is said to be so, and everything is read anew to the same end",
    async (_name, spoil, notice) => {
      const content = await corpus();
      const first = await read(content);
      spoil(first);
      const second = await read(content, first);
      expect(second.notice).toContain(notice);
      expect(second.read).toBe(first.read);
      expect(outcome(second)).toEqual(outcome(first));
      const third = await read(content, second);
      expect(third.notice).toBeUndefined();
      expect(third.read).toBe(0);
    },
  );

  it("a first reading is no cause for a notice", async () => {
    expect((await read(await corpus())).notice).toBeUndefined();
  });
});

describe("compiled bodies", () => {
  it("that are gone are made again", async () => {
    const content = await corpus();
    const first = await read(content);
    const before = outcome(first);
    rmSync(path.join(first.cacheDir, "bodies"), { recursive: true });
    const second = await read(content, first);
    expect(second.read).toBeGreaterThan(0);
    expect(outcome(second)).toEqual(before);
  });

  it("that are not what they were are noticed when they are read", async () => {
    const first = await read(await corpus());
    const { digest } = entryOf(first, "news", "chuyen-vi-du")!.body!;
    const file = path.join(first.cacheDir, "bodies", `${digest}.html`);
    const html = readBody(first.cacheDir, digest);
    for (const spoilt of [html.slice(0, -1), "", html.replace("Chữ", "Chứ")]) {
      writeFileSync(file, spoilt);
      expect(() => readBody(first.cacheDir, digest)).toThrow(CacheError);
    }
    rmSync(file);
    expect(() => readBody(first.cacheDir, digest)).toThrow(CacheError);
    saveBody(first.cacheDir, digest, html);
    expect(readBody(first.cacheDir, digest)).toBe(html);
  });

  it("that no entry has any more are removed", async () => {
    const content = await corpus();
    const first = await read(content);
    const before = readdirSync(path.join(first.cacheDir, "bodies"));
    content.write(`${NEWS}/index.mdx`, story(COVER, "Chữ khác [tệp](b.pdf)."));
    const second = await read(content, first);
    const after = readdirSync(path.join(second.cacheDir, "bodies"));
    expect(after).toHaveLength(before.length);
    expect(after.filter((name) => !before.includes(name))).toEqual([
      `${entryOf(second, "news", "chuyen-vi-du")!.body!.digest}.html`,
    ]);
  });
});
