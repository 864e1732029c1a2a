/** From release to release, and back. */
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { pictureHash } from "../../src/media/inspect.ts";
import {
  currentId,
  passingOf,
  readNote,
  releaseIds,
  releaseOf,
  writeNote,
} from "../../src/release/place.ts";
import { filesIn } from "../support/site.ts";
import { pictureOf, Released, titleOf } from "./place.ts";

const ADDRESS = "/tin-tuc/bai/";

const pageOf = async (origin: string, address = ADDRESS) => {
  const response = await fetch(origin + address);
  return { status: response.status, text: await response.text() };
};

/** nginx remembers for a second where a file lies. */
const shows = (origin: string, words: string, address?: string) =>
  expect
    .poll(async () => (await pageOf(origin, address)).text, { timeout: 3000 })
    .toContain(words);

it("goes from release to release, and back in a moment", async () => {
  const place = new Released();
  const { siteDir, corpus } = place;
  await place.tell(1);
  corpus.story("news", "khac", { title: "Bài khác" });
  await place.release();
  const first = currentId(siteDir)!;
  const origin = await place.serve();
  expect((await pageOf(origin)).text).toContain(titleOf(1));
  const pictures = (id: string) =>
    readdirSync(path.join(releaseOf(siteDir, id), "_media")).map(
      (name) => `/_media/${name}`,
    );

  // Nothing has changed: neither does a release come of it, nor is one due.
  expect(await place.release()).toContain("Không có gì khác");
  expect(releaseIds(siteDir)).toEqual([first]);
  expect(await place.release(undefined, "--if-due")).toBe("");

  // Somebody edits, and somebody makes a mistake.
  await place.tell(2);
  corpus.story("news", "hong", { title: "Bài hỏng", summary: undefined });
  await place.release(undefined, "--if-due");
  const second = currentId(siteDir)!;
  expect(releaseIds(siteDir)).toEqual([first, second]);
  expect((await pageOf(origin)).text).toContain(titleOf(2));
  expect((await pageOf(origin, "/tin-tuc/hong/")).status).toBe(404);
  expect(await place.health()).toMatchObject({
    release: { id: second },
    releases: [first, second],
    heldBack: [
      {
        file: "news/2026/hong/index.mdx",
        title: "Bài hỏng",
        reasons: [expect.stringContaining("Tóm tắt")],
      },
    ],
    rolledBack: false,
    problems: [],
  });
  // Who had the page open a moment ago still gets its pictures.
  const gone = pictures(first).filter((one) => !pictures(second).includes(one));
  expect(gone.length).toBeGreaterThan(0);
  for (const address of gone)
    expect((await pageOf(origin, address)).status, address).toBe(200);
  // What is as it was is one file, with what was compressed of it; what has changed has been compressed anew.
  const inode = (id: string, file: string) =>
    statSync(path.join(releaseOf(siteDir, id), file)).ino;
  for (const file of ["404.html", "404.html.br", "404.html.gz"])
    expect(inode(first, file), file).toBe(inode(second, file));
  for (const ending of ["", ".br", ".gz"])
    expect(inode(first, `tin-tuc/bai/index.html${ending}`)).not.toBe(
      inode(second, `tin-tuc/bai/index.html${ending}`),
    );

  // Back, and nothing happens by itself until somebody wants it to.
  const back = await place.run("rollback");
  expect(back).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(first),
  });
  await shows(origin, titleOf(1));
  await place.tell(3);
  expect(await place.release(undefined, "--if-due")).toBe("");
  expect((await pageOf(origin)).text).toContain(titleOf(1));
  expect(await place.health()).toMatchObject({
    release: { id: first },
    rolledBack: true,
    problems: [expect.stringContaining("npm run release")],
  });
  expect(await place.run("rollback")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Không có bản nào trước"),
  });
  expect(await place.run("rollback", [second])).toMatchObject({ code: 0 });
  await shows(origin, titleOf(2));
  await place.run("rollback", [first]);
  await place.release();
  await shows(origin, titleOf(3));
  // The release before is the one that readers had, whatever was made in between.
  expect(readNote(siteDir, currentId(siteDir)!)?.before).toBe(first);
  expect((await place.health()).rolledBack).toBe(false);
});

it("takes a story down for good", async () => {
  const place = new Released();
  const { siteDir, corpus } = place;
  const release = async () => {
    place.commit();
    return place.release();
  };
  await place.tell(1);
  corpus.story("news", "khac", { title: "Bài khác lúc đầu" });
  await release();
  corpus.story("news", "khac", { title: "Bài khác đã sửa" });
  await release();
  const before = currentId(siteDir)!;
  expect(readNote(siteDir, before)?.commit).toMatch(/^[0-9a-f]{40}$/);
  const kept = path.join(corpus.dir, "..", `${path.basename(corpus.dir)}-kept`);
  cpSync(releaseOf(siteDir, before), kept, { recursive: true });

  corpus.story("news", "bai", {
    title: titleOf(1),
    status: "withdrawn",
    withdrawal: {
      at: "2026-11-20T08:00:00+07:00",
      reason: "Bài có chỗ chưa đúng.",
    },
    cover: { src: "anh.jpg", alt: "Một tấm ảnh", credit: "Người Ví Dụ" },
  });
  expect(await release()).toMatch(
    /Đã gỡ hẳn: xóa 2 bản cũ[\s\S]*Đã dựng lại bản trước/,
  );
  const origin = await place.serve();
  expect((await pageOf(origin)).text).toContain("Bài có chỗ chưa đúng.");
  // Nowhere: neither in what readers get nor in what could be gone back to.
  const hash = pictureHash(await pictureOf(1));
  for (const folder of [
    ...releaseIds(siteDir).map((id) => releaseOf(siteDir, id)),
    passingOf(siteDir),
  ])
    for (const [name, bytes] of filesIn(folder)) {
      expect(name).not.toContain(hash);
      for (const trace of [titleOf(1), hash])
        expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
    }
  const rebuilt = `${before}-2`;
  expect(releaseIds(siteDir)).toEqual([rebuilt, currentId(siteDir)]);

  // The way back leads to the release before, without the story.
  corpus.story("news", "khac", { title: "Bài khác sửa hỏng" });
  await release();
  const [, withdrawn, broken] = releaseIds(siteDir);
  await shows(origin, "sửa hỏng", "/tin-tuc/khac/");
  await place.run("rollback");
  expect(currentId(siteDir)).toBe(withdrawn);
  await place.run("rollback");
  expect(currentId(siteDir)).toBe(rebuilt);
  await shows(origin, "đã sửa", "/tin-tuc/khac/");
  expect((await pageOf(origin)).text).toContain("Bài có chỗ chưa đúng.");

  // A copy that somebody has kept elsewhere is not gone back to, whatever its note says.
  cpSync(kept, releaseOf(siteDir, before), { recursive: true });
  const note = readNote(siteDir, broken!)!;
  writeNote(siteDir, { ...note, id: before, withdrawn: [] });
  expect(await place.run("rollback", [before])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`còn bài đã gỡ (${ADDRESS})`),
  });
  expect(currentId(siteDir)).toBe(rebuilt);
  await place.release();
  expect(existsSync(releaseOf(siteDir, before))).toBe(false);
});
