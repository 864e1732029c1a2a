/** What keeps a release from being made: a sentence, and the site untouched. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hidden } from "../../src/build/hidden.ts";
import { filesIn as stampsIn } from "../../src/build/mirror.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { checkRelease, type Candidate } from "../../src/release/check.ts";
import { currentId, releaseOf, releasesOf } from "../../src/release/place.ts";
import { temporaryFolder } from "../support/site.ts";
import { Released, titleOf } from "./place.ts";

const place = new Released();
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

/** What readers get, in one word. */
const untouched = () => [
  readlinkSync(path.join(place.siteDir, "current")),
  readFileSync(
    path.join(place.siteDir, "current/tin-tuc/bai/index.html"),
    "utf8",
  ),
];

/** Tries to release, which must not work. */
async function refused(sentence: string | RegExp): Promise<void> {
  const before = untouched();
  const { code, stderr } = await place.run("release");
  expect(stderr).toMatch(sentence);
  expect(code).toBe(1);
  expect(untouched()).toEqual(before);
  expect(
    readdirSync(releasesOf(place.siteDir)).filter((name) =>
      name.startsWith("."),
    ),
  ).toEqual([]);
}

beforeAll(async () => {
  await place.tell(1);
  await place.release();
});

it("two at once: the second says so; going back waits for nobody", async () => {
  await place.tell(2);
  await place.release();
  await place.tell(3);
  const first = place.start("release");
  let said = "";
  first.stderr!.on("data", (text) => (said += text));
  const ended = once(first, "close");
  const lock = path.join(place.siteDir, "lock");
  while (!existsSync(lock)) await pause(5);
  await refused(`tiến trình ${first.pid}`);
  expect(await place.run("release", ["--if-due"])).toEqual({
    code: 0,
    stdout: "",
    stderr: "",
  });
  expect((await place.run("rollback")).code).toBe(0);
  await ended;
  // It began before: to show it now would undo what somebody has just done.
  expect(said).toContain("quay lại bản trước trong lúc bản này đang dựng");
  expect(untouched()[1]).toContain(titleOf(1));
  await place.release();
  expect(untouched()[1]).toContain(titleOf(3));
});

it("a folder that is not for it", async () => {
  const elsewhere = new Released(place.corpus);
  mkdirSync(elsewhere.siteDir, { recursive: true });
  writeFileSync(path.join(elsewhere.siteDir, "luan-van.docx"), "");
  expect(await elsewhere.run("release")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("luan-van.docx"),
  });
  rmSync(elsewhere.siteDir, { recursive: true });
  writeFileSync(elsewhere.siteDir, "");
  expect(await elsewhere.run("release")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("không phải thư mục"),
  });
});

it.runIf(isRoot)("another owner, and nobody's right to write", async () => {
  chownSync(place.siteDir, NOBODY, NOBODY);
  await refused("là của nobody, còn lệnh này chạy bằng root");
  chownSync(place.siteDir, 0, 0);
  chmodSync(place.siteDir, 0o755);
  // Root may write anywhere: another user tries.
  const { status, stderr } = spawnSync(
    process.execPath,
    ["src/cli/rollback.ts"],
    {
      env: place.env(),
      uid: NOBODY,
      encoding: "utf8",
    },
  );
  expect(stderr).toMatch(/Người dùng nobody không được ghi vào/);
  expect(status).toBe(1);
});

it.runIf(isRoot)("a full disk, and one that may only be read", async () => {
  const { siteDir } = place;
  const before = `${siteDir}.before`;
  cpSync(siteDir, before, { recursive: true, verbatimSymlinks: true });
  const mount = (...args: string[]) =>
    execFileSync("mount", [...args, siteDir], { stdio: "ignore" });
  try {
    mount("-t", "tmpfs", "-o", "size=64m", "tmpfs");
  } catch {
    return; // in a container that may not
  }
  try {
    cpSync(before, siteDir, { recursive: true, verbatimSymlinks: true });
    const filler = path.join(siteDir, ".filler");
    spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=64k"]);
    await place.tell(5);
    await refused(/đã đầy \(còn 0 MB\)/);
    // Full while it is being made.
    execFileSync("truncate", ["-s", "-64K", filler]);
    await refused(/đã đầy \(còn 0 MB\)/);
    rmSync(filler);
    mount("-o", "remount,ro");
    await refused("chỉ cho đọc");
    mount("-o", "remount,rw");
    await place.release();
    expect(untouched()[1]).toContain(titleOf(5));
  } finally {
    execFileSync("umount", [siteDir]);
  }
});

describe("checks", () => {
  const settings = () => readSettings(place.env());
  /** A copy of the release, spoilt. */
  const spoilt = (
    spoil: (folder: string) => void,
    more: Partial<Candidate> = {},
  ) => {
    const folder = path.join(temporaryFolder("spoilt"), "site");
    cpSync(releaseOf(place.siteDir, currentId(place.siteDir)!), folder, {
      recursive: true,
    });
    spoil(folder);
    const files = new Map(
      [...stampsIn(folder)].filter(([name]) => !/\.(?:br|gz)$/.test(name)),
    );
    return checkRelease({
      settings: { ...settings(), cacheDir: path.dirname(folder) },
      folder,
      files,
      changed: [...files.keys()],
      hidden: [],
      hiddenBefore: new Set(),
      samples: [{ title: "Bài số", address: "/tin-tuc/bai/" }],
      version: "",
      ...more,
    });
  };
  const append = (file: string, words: string) => (folder: string) =>
    writeFileSync(
      path.join(folder, file),
      readFileSync(path.join(folder, file), "utf8") + words,
    );
  const hidden = (state: Hidden["state"]): Hidden => ({
    address: "/tin-tuc/bi-mat/",
    kind: "news",
    id: "bi-mat",
    file: "news/2026/bi-mat/index.mdx",
    state,
    files: ["_media/0123456789abcdef"],
  });
  const write =
    (file: string, words = "x") =>
    (folder: string) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), words);
    };

  it("let a good release pass, and say what they looked at", async () => {
    expect(await spoilt(() => {})).toEqual({
      checked: {
        pages: expect.any(Number),
        links: expect.any(Number),
        feeds: expect.any(Number),
        search: true,
      },
      warnings: [],
    });
  });

  it.each([
    [
      "a link",
      append("index.html", '<a href="/khong-co/">x</a>'),
      "/khong-co/",
    ],
    [
      "a picture in one of its sizes",
      append(
        "index.html",
        '<img srcset="/favicon.svg 1x, /_media/khong.webp 2x">',
      ),
      "/_media/khong.webp",
    ],
    [
      "a card's picture",
      append(
        "index.html",
        '<meta property="og:image" content="http://localhost:4321/_media/khong.png">',
      ),
      "/_media/khong.png",
    ],
    ["a feed", append("rss.xml", "<"), "/rss.xml"],
    [
      "the index",
      (folder: string) =>
        rmSync(path.join(folder, "pagefind/fragment"), { recursive: true }),
      "tìm kiếm",
    ],
    [
      "the front page",
      (folder: string) => rmSync(path.join(folder, "index.html")),
      "trang chủ",
    ],
  ])("refuse when %s is spoilt", async (_what, spoil, said) => {
    await expect(spoilt(spoil)).rejects.toThrow(said);
  });

  it.each([
    ["scheduled", append("feed.json", " "), undefined],
    [
      "scheduled",
      write("tin-tuc/bi-mat/index.html", "</html>"),
      "/tin-tuc/bi-mat/index.html thuộc",
    ],
    ["withdrawn", write("tin-tuc/bi-mat/index.html", "</html>"), undefined],
    [
      "withdrawn",
      write("tin-tuc/bi-mat/tu-lieu/bi-mat.pdf"),
      "bi-mat.pdf thuộc",
    ],
    [
      "withdrawn",
      write("_media/0123456789abcdef-480.webp"),
      "_media/0123456789abcdef-480.webp thuộc",
    ],
    [
      "expired",
      append(
        "sitemap-index.xml",
        "<!-- https://guong.example/tin-tuc/bi-mat/ -->",
      ),
      "sitemap-index.xml còn nhắc tới",
    ],
    [
      "draft",
      append("index.html", "<!-- /tin-tuc/bi-mat/ -->"),
      "/index.html còn nhắc tới",
    ],
    [
      "held",
      append("index.html", "<!-- /tin-tuc/bi-mat/ -->"),
      "/index.html còn nhắc tới",
    ],
    [
      "embargoed",
      append("index.html", "<!-- /tin-tuc/bi-mat-khac/ -->"),
      undefined,
    ],
  ] as const)("look for what is %s (%#)", async (state, spoil, said) => {
    const checked = spoilt(spoil, { hidden: [hidden(state)] });
    if (said === undefined) await checked;
    else await expect(checked).rejects.toThrow(said);
  });

  it("tell of an address that an editor has written, and hold up nobody", async () => {
    place.corpus.story(
      "news",
      "dan",
      { title: "Bài dẫn" },
      "Xem http://localhost:4321/tin-tuc/bi-mat/ nhé.",
    );
    const { warnings } = await spoilt(
      append("index.html", '<a href="/tin-tuc/bi-mat/">x</a>'),
      { hidden: [hidden("draft")] },
    );
    expect(warnings.join()).toContain("/tin-tuc/bi-mat/");
  });
});
