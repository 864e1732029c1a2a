/** `npm run check`, as it is run. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PDF } from "../media/archives.ts";
import { exifBlock, halves, withSegments } from "../media/originals.ts";
import { skeleton, type Corpus } from "../support/corpus.ts";
import { NEWS, story } from "../support/content.ts";
import { ROOT, runNode, temporaryFolder } from "../support/site.ts";

const check = (corpus: Corpus, ...args: string[]) =>
  runNode(["src/cli/check.ts", ...args], {
    PATH: process.env.PATH,
    CONTENT_DIR: corpus.dir,
    CACHE_DIR: temporaryFolder("cache"),
  });

/** A content folder with one good story and two bad ones, of which one only has its fields in another order. */
function corpus(): Corpus {
  const made = skeleton();
  made.write(`${NEWS}/index.mdx`, story());
  made.write("news/2026/hong/index.mdx", story({ layout: "a" }, "{b}"));
  made.write(
    "models/2026/lon-xon/index.mdx",
    "---\nsummary: 'a'\ntitle: \"b\"\n---\nChữ.  \r\n",
  );
  return made;
}

describe("npm run check", () => {
  it("tells that nothing is wrong, and exits with 0", async () => {
    const made = skeleton();
    made.write(`${NEWS}/index.mdx`, story());
    const { code, stdout, stderr } = await check(made);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Đã xem \d+ mục: không có lỗi\.\n$/);
    expect(code).toBe(0);
  });

  it("counts warnings, which are no error", async () => {
    const made = skeleton();
    made.write(`${NEWS}/index.mdx`, story({ title: "Ngắn" }));
    const { code, stdout } = await check(made);
    expect(stdout).toContain("lưu ý dòng 2, «Tiêu đề»: dài 4 ký tự.");
    expect(stdout).toMatch(/Đã xem \d+ mục: không có lỗi, 1 lưu ý\.\n$/);
    expect(code).toBe(0);
  });

  it("tells every error with file, line, field and remedy, and exits with 1", async () => {
    const { code, stdout, stderr } = await check(corpus());
    expect(stderr).toBe("");
    expect(stdout).toContain(
      "news/2026/hong/index.mdx\n  LỖI dòng 9, «layout»: không có trường nào tên «layout».\n      → ",
    );
    expect(stdout).toContain("LỖI dòng 12: có biểu thức «{b}».");
    expect(stdout).toContain("models/2026/lon-xon/index.mdx\n");
    expect(stdout).toMatch(
      /Có 3 lỗi, 3 lưu ý\. Nội dung chưa đăng được cho tới khi sửa hết lỗi\.\n$/,
    );
    expect(code).toBe(1);
  });

  it("looks at the paths it is given, from the content folder or from here", async () => {
    const made = corpus();
    const fromHere = (file: string) => path.relative(ROOT, made.path(file));
    for (const asked of [
      "news/2026/hong",
      fromHere("news/2026/hong/index.mdx"),
      made.path("news/2026/hong/"),
      "./news/2026/hong/anh.jpg",
    ]) {
      const { code, stdout } = await check(made, asked);
      expect(stdout, asked).toMatch(/Có 2 lỗi, 0 lưu ý\./);
      expect(stdout, asked).not.toContain("lon-xon");
      expect(code).toBe(1);
    }
    const good = await check(made, NEWS, fromHere("site.yaml"));
    expect(good.stdout).toBe("Đã xem 2 mục: không có lỗi.\n");
    expect(good.code).toBe(0);
  });

  it("does not take a path without content for one without errors", async () => {
    const { code, stdout } = await check(corpus(), "news/2026/hon", NEWS);
    expect(stdout).toContain("Không có nội dung nào ở «news/2026/hon».");
    expect(stdout).not.toContain("không có lỗi");
    expect(code).toBe(1);
  });

  it("--fix puts files into the canonical form, and tells which", async () => {
    const made = corpus();
    const { stdout } = await check(made, "--fix", "models");
    expect(stdout).toContain("đã sửa models/2026/lon-xon/index.mdx\n");
    expect(made.read("models/2026/lon-xon/index.mdx")).toBe(
      "---\ntitle: b\nsummary: a\n---\n\nChữ.  \n",
    );
    expect(made.read("taxonomy/units/so-vi-du.yaml")).toContain('"');
    const again = await check(made, "--fix", "models");
    expect(again.stdout).not.toContain("đã sửa");
    const all = await check(made, "--fix");
    expect(all.stdout).toContain("đã sửa taxonomy/units/so-vi-du.yaml");
    expect(made.read("taxonomy/units/so-vi-du.yaml")).toBe(
      "title: Sở Ví Dụ\ntype: department\n",
    );
    expect((await check(made, "--fix")).stdout).not.toContain("đã sửa");
  });

  it("--files looks into pictures and documents as the desk does, and --report writes it down for GitLab", async () => {
    const made = skeleton();
    made.write(`${NEWS}/index.mdx`, story());
    const pixels = await halves(90, 60).jpeg().toBuffer();
    const photo = withSegments(pixels, { exif: exifBlock({ orientation: 1 }) });
    made.write(`${NEWS}/anh.jpg`, photo);
    made.write(`${NEWS}/don.pdf`, PDF);
    made.write(
      `${NEWS}/chay.pdf`,
      PDF.toString("latin1").replace("%%EOF", "/JavaScript\n%%EOF"),
    );
    expect((await check(made)).code).toBe(0);
    const report = path.join(temporaryFolder("report"), "report.json");
    const asked = ["--files", "--report", report, NEWS];
    const { code, stdout } = await check(made, ...asked);
    expect(code).toBe(1);
    expect(stdout).toContain("Có 2 lỗi, 3 lưu ý.");
    const told = JSON.parse(readFileSync(report, "utf8")) as {
      severity: string;
    }[];
    const at = (name: string) => ({
      location: {
        path: `${path.basename(made.dir)}/${NEWS}/${name}`,
        lines: { begin: 1 },
      },
    });
    expect(told.filter(({ severity }) => severity === "blocker")).toMatchObject(
      [
        { ...at("anh.jpg"), check_name: "picture-unclean" },
        { ...at("chay.pdf"), check_name: "document-active" },
      ],
    );
    const fixed = await check(made, "--files", "--fix", `${NEWS}/anh.jpg`);
    expect(fixed.stdout).toContain(`đã sửa ${NEWS}/anh.jpg\n`);
    expect(made.read(`${NEWS}/anh.jpg`)).not.toContain("DienThoaiBiMat");
    expect((await check(made, "--files", `${NEWS}/anh.jpg`)).code).toBe(0);
  });

  it("told what it does not understand, tells how it is used", async () => {
    const { code, stdout, stderr } = await check(corpus(), "--sua");
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^Cách dùng: npm run check/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  it("without a content folder, says so", async () => {
    const made = skeleton();
    made.remove(".");
    const { code, stderr } = await check(made);
    expect(stderr).toBe(
      `Không mở được thư mục nội dung ${made.dir}. Đặt CONTENT_DIR là thư mục có site.yaml.\n`,
    );
    expect(code).toBe(1);
  });
});
