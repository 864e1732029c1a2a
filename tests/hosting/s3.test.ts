/** A built site carried to a store by the real rclone; the store is a folder here. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { runNode, temporaryFolder } from "../support/site.ts";

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(folder, path.join(item.parentPath, item.name)))
    .sort();

/** A folder with these files. */
function site(files: Record<string, string>): string {
  const folder = temporaryFolder("site");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const send = (from: string, to: string) =>
  runNode(["deploy/s3.ts", from, to], { PATH: process.env.PATH });

const BEFORE = {
  "index.html": "Một bài",
  "tin-tuc/bai/index.html": "Bài",
  "_astro/cu.css": "a {}",
  "_media/anh.webp": "ảnh",
  "pagefind/manh.packed": "Bài",
  // For nginx alone.
  "index.html.br": "nén",
  "_hosting/hosted.json": '{"embedHosts":[],"moved":{}}',
  _headers: "/*",
};
const AFTER = {
  "index.html": "Không còn",
  "tin-tuc/bai/index.html": "Bài",
  "tin-tuc/moi/index.html": "Mới",
  "_astro/moi.css": "b {}",
};

it("what readers need is sent, what has gone is removed but for code, and the addresses that changed are told", async () => {
  const store = path.join(temporaryFolder("store"), "kho");
  const first = await send(site(BEFORE), store);
  expect(first).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(filesIn(store)).toEqual(Object.keys(BEFORE).slice(0, 5).sort());

  const after = site(AFTER);
  const second = await send(after, store);
  expect(second.stdout.trim().split("\n").sort()).toEqual([
    "/",
    "/_media/anh.webp",
    "/pagefind/manh.packed",
  ]);
  expect(filesIn(store)).toEqual(
    [...Object.keys(AFTER), "_astro/cu.css"].sort(),
  );
  expect(readFileSync(path.join(store, "index.html"), "utf8")).toBe(
    AFTER["index.html"],
  );
  expect(await send(after, store)).toMatchObject({ code: 0, stdout: "" });
});

it("says what is wrong", async () => {
  const { code, stderr } = await send(site({ "a.txt": "" }), "/nowhere");
  expect(code).toBe(1);
  expect(stderr).toMatch(/không phải trang đã dựng: không có index\.html\.\n$/);
  expect((await send("", "")).stderr).toMatch(/^Cách dùng: /);
});
