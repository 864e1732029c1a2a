/** What lies where in a content folder. */
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listFiles } from "../../src/loader/files.ts";
import { skeleton } from "../support/corpus.ts";
import { NEWS, entryOf, read, story, told } from "../support/content.ts";
import { ROOT, runNode, temporaryFolder } from "../support/site.ts";
import { expectVietnamese } from "../schema/language.ts";

/** A content folder with one story, and what is written into it. */
function corpusWith(files: Record<string, string | Uint8Array> = {}) {
  const corpus = skeleton();
  corpus.write(`${NEWS}/index.mdx`, story());
  for (const [file, content] of Object.entries(files))
    corpus.write(file, content);
  return corpus;
}

describe("a content folder", () => {
  it("with everything in its place has no problem", async () => {
    const reading = await read(corpusWith());
    expect(told(reading.problems)).toEqual([]);
    expect(entryOf(reading, "news", "chuyen-vi-du")).toBeDefined();
  });

  it.each<[string, string, string[]]>([
    [
      "an accented name",
      "news/2026/tin-tức/index.mdx",
      ["news/2026/tin-tức/index.mdx bad-slug"],
    ],
    [
      "a name taken apart",
      `news/2026/${"tin-tức".normalize("NFD")}/index.mdx`,
      [`news/2026/${"tin-tức".normalize("NFD")}/index.mdx bad-slug`],
    ],
    [
      "capitals",
      "news/2026/Tin/index.mdx",
      ["news/2026/Tin/index.mdx bad-slug"],
    ],
    [
      "a space",
      "news/2026/tin moi/index.mdx",
      ["news/2026/tin moi/index.mdx bad-slug"],
    ],
    [
      "an underscore",
      "news/2026/tin_moi/index.mdx",
      ["news/2026/tin_moi/index.mdx bad-slug"],
    ],
    [
      "two hyphens",
      "news/2026/tin--moi/index.mdx",
      ["news/2026/tin--moi/index.mdx bad-slug"],
    ],
    [
      "a reserved name",
      "news/2026/tu-lieu/index.mdx",
      ["news/2026/tu-lieu/index.mdx reserved-slug"],
    ],
    [
      "a page's name",
      "news/2026/trang-3/index.mdx",
      ["news/2026/trang-3/index.mdx reserved-slug"],
    ],
    [
      "a long name",
      `news/2026/${"a".repeat(91)}/index.mdx`,
      [`news/2026/${"a".repeat(91)}/index.mdx long-slug`],
    ],
    [
      "no year",
      "news/nam-nay/tin/index.mdx",
      ["news/nam-nay/tin/index.mdx bad-year"],
    ],
    [
      "a year far off",
      "news/3026/tin/index.mdx",
      ["news/3026/tin/index.mdx bad-year"],
    ],
    [
      "no folder of a year",
      "news/tin/index.mdx",
      ["news/tin/index.mdx entry-place"],
    ],
    [
      "no folder of its own",
      "news/2026/tin.mdx",
      ["news/2026/tin.mdx entry-place"],
    ],
    [
      "an unknown kind",
      "tin/2026/tin/index.mdx",
      ["tin/2026/tin/index.mdx entry-place"],
    ],
    [
      "another ending",
      "taxonomy/units/so.yml",
      ["taxonomy/units/so.yml entry-place"],
    ],
    ["a text of no kind", "ghi-chu.txt", ["ghi-chu.txt stray-file"]],
    [
      "a folder without index.mdx",
      "news/2026/tin/bai.mdx",
      ["news/2026/tin no-index"],
    ],
    [
      "another spelling of index.mdx",
      "news/2026/tin/Index.mdx",
      ["news/2026/tin no-index"],
    ],
    [
      "one folder too deep",
      "news/2026/thang-11/tin/index.mdx",
      [
        "news/2026/thang-11 no-index",
        "news/2026/thang-11/tin/index.mdx nested-file",
      ],
    ],
    [
      "a folder named index.mdx",
      "news/2026/tin/index.mdx/a.txt",
      ["news/2026/tin no-index", "news/2026/tin/index.mdx/a.txt nested-file"],
    ],
  ])("%s", async (_name, file, problems) => {
    const reading = await read(corpusWith({ [file]: story() }));
    expect(told(reading.problems)).toEqual(problems);
    reading.problems.forEach(expectVietnamese);
    expect(
      reading.entries.filter(({ kind }) => kind === "news").map(({ id }) => id),
    ).toEqual(["chuyen-vi-du"]);
  });

  it.each(["news/2026/tin", "news/2026/tin/index.mdx", "campaigns/dot"])(
    "an empty folder %s",
    async (folder) => {
      const corpus = corpusWith();
      mkdirSync(corpus.path(folder), { recursive: true });
      const { problems } = await read(corpus);
      expect(told(problems)).toEqual([
        `${folder.replace("/index.mdx", "")} no-index`,
      ]);
    },
  );

  it("what desktops leave behind is not looked at", async () => {
    const litter = [
      ".DS_Store",
      "news/.DS_Store",
      `${NEWS}/.anh.jpg.swp`,
      `${NEWS}/Thumbs.db`,
      `${NEWS}/~$bai.docx`,
      "news/desktop.ini",
      ".git/config",
    ];
    const { problems } = await read(
      corpusWith(Object.fromEntries(litter.map((file) => [file, "a"]))),
    );
    expect(problems).toEqual([]);
  });

  it("a symbolic link is told of and not followed", async () => {
    const outside = temporaryFolder("ngoai");
    const corpus = corpusWith({ "news/2026/tin/a.txt": "a" });
    symlinkSync("/etc/passwd", corpus.path(`${NEWS}/ke-hoach.pdf`));
    symlinkSync(outside, corpus.path("news/2025"));
    symlinkSync(
      corpus.path(`${NEWS}/index.mdx`),
      corpus.path("news/2026/tin/index.mdx"),
    );
    const { problems, entries } = await read(corpus);
    expect(told(problems)).toEqual([
      "news/2025 link-file",
      "news/2026/chuyen-vi-du/ke-hoach.pdf link-file",
      "news/2026/tin/index.mdx link-file",
    ]);
    expect(entries.filter(({ kind }) => kind === "news")).toHaveLength(1);
  });

  it("reserved addresses are no names of pages", async () => {
    const page = '---\ntitle: "Trang"\nsummary: "Trang thử."\n---\n';
    const { problems } = await read(
      corpusWith({
        "pages/mo-hinh/index.mdx": page,
        "pages/admin/index.mdx": page,
        "pages/lien-he/index.mdx": page,
      }),
    );
    expect(told(problems).filter((line) => line.includes("reserved"))).toEqual([
      "pages/admin/index.mdx reserved-slug",
      "pages/mo-hinh/index.mdx reserved-slug",
    ]);
  });

  it("that is not there is told in Vietnamese", () => {
    expect(() => listFiles("/khong/co")).toThrow(
      "Không mở được thư mục nội dung /khong/co",
    );
  });
});

describe("what may not be read", () => {
  it("is told, and stops nothing else", async () => {
    const corpus = corpusWith({
      "news/2026/kin/index.mdx": story(),
      "models/2026/kin/index.mdx": story(),
    });
    chmodSync(corpus.path("news/2026/kin/index.mdx"), 0);
    chmodSync(corpus.path("models/2026"), 0);
    // Root reads everything: the check has to be somebody else's.
    const isRoot = process.getuid?.() === 0;
    const cache = temporaryFolder("cache");
    chmodSync(corpus.dir, 0o755);
    chmodSync(cache, 0o777);
    const { code, stdout, stderr } = await runNode(
      [
        "--input-type=module",
        "-e",
        `${isRoot ? "process.setgid(65534); process.setuid(65534);" : ""} await import(${JSON.stringify(`${ROOT}src/cli/check.ts`)});`,
      ],
      { PATH: process.env.PATH, CONTENT_DIR: corpus.dir, CACHE_DIR: cache },
    );
    chmodSync(corpus.path("models/2026"), 0o755);
    expect(stderr).toBe("");
    expect(stdout).toBe(
      [
        "models/2026",
        "  LỖI: không mở được để đọc.",
        "      → Cho phép đọc tệp hoặc thư mục này, hoặc chép lại.",
        "",
        "news/2026/kin/index.mdx",
        "  LỖI: không mở được để đọc.",
        "      → Cho phép đọc tệp hoặc thư mục này, hoặc chép lại.",
        "",
        "Có 2 lỗi, 0 lưu ý. Nội dung chưa đăng được cho tới khi sửa hết lỗi.",
        "",
      ].join("\n"),
    );
    expect(code).toBe(1);
  });
});
