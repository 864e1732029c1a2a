/** An editor's pictures, from the phone to git: the CMS in Chromium over the real desk. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import type { Locator } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminText } from "../../src/i18n/admin.ts";
import { PDF } from "../media/archives.ts";
import {
  exifBlock,
  grain,
  halves,
  SECRETS,
  withSegments,
} from "../media/originals.ts";
import { axeFaults } from "../support/axe.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, enter } from "../support/desk.ts";

useBrowser();

const words = adminText.upload;
const NAME = "Bà Đào gieo chữ.JPG".normalize("NFD");

let photo: Buffer;
const bench = new Bench();
beforeAll(async () => {
  const pixels = await grain(4032, 3024).jpeg({ quality: 97 }).toBuffer();
  photo = withSegments(pixels, {
    exif: exifBlock({ orientation: 6, artist: Buffer.from("Nguyễn Văn Thử") }),
  });
  await bench.start();
});
afterAll(() => bench.stop());

/** Opens a story of its own in the editor. */
async function open(
  slug: string,
  go: (page: Page) => Promise<void>,
): Promise<void> {
  bench.put(`news/2026/${slug}/index.mdx`, story({}, "Chữ của bài."));
  await visit({ script: true, width: 1400 }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await enter(page, bench, `/collections/news/entries/2026/${slug}/index`);
    await page.getByText("Ảnh bìa").first().waitFor();
    await go(page);
  });
}

const pictureFile = (name: string, buffer: Buffer) => ({
  name,
  mimeType: "image/jpeg",
  buffer,
});
const INPUT = ".nc-fileUploadButton input[type=file]";
const choose = (page: Page) =>
  page.getByRole("button", { name: "Chọn ảnh", exact: true }).first().click();
const use = (page: Page) =>
  page.getByRole("button", { name: "Dùng tệp đã chọn" }).click();

/** The part of the form with the story's first picture. */
const cover = (page: Page) =>
  page.locator("label", { hasText: "Ảnh bìa" }).locator("xpath=../..");

/** A field of a part of the form, by its label. */
const field = (part: Locator, label: string) =>
  part.locator("label", { hasText: label }).first().locator("xpath=../..");

const fill = (part: Locator, label: string, value: string) =>
  field(part, label).locator("input, textarea").first().fill(value);

async function save(page: Page): Promise<void> {
  await page.getByText("Chưa lưu", { exact: true }).waitFor();
  const saved = page.waitForResponse((response) =>
    (response.request().postData() ?? "").includes('"persistEntry"'),
  );
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  expect((await saved).status()).toBe(200);
  await page.getByText("Đã lưu", { exact: true }).first().waitFor();
}

const draftOf = (slug: string) => `cms/news/2026/${slug}/index`;
/** A file of a story's draft, as git has it. */
const drafted = (slug: string, file: string): Buffer =>
  execFileSync(
    "git",
    ["show", `${draftOf(slug)}:content/news/2026/${slug}/${file}`],
    { cwd: path.dirname(bench.content), maxBuffer: 1e8 },
  );

/** Pictures that differ by their width. */
const small = (width: number) => halves(width, 40).jpeg().toBuffer();

describe("a phone's photograph", () => {
  it("reaches git beside its story: upright, small, without its place, safely named", async () => {
    await open("anh-bia", async (page) => {
      expect(photo.length).toBeGreaterThan(9_000_000);
      // What may be left out is closed at first.
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.locator(INPUT).setInputFiles(pictureFile(NAME, photo));
      await page.getByText("ba-dao-gieo-chu.jpg").waitFor();
      await use(page);
      await fill(cover(page), "Mô tả ảnh", "Bà Đào dạy các em đọc chữ");
      await fill(cover(page), "Người chụp", "Nguyễn Văn Thử");
      await save(page);

      const kept = drafted("anh-bia", "ba-dao-gieo-chu.jpg");
      expect(await sharp(kept).metadata()).toMatchObject({
        width: 1920,
        height: 2560,
      });
      expect(kept.length).toBeLessThan(3_000_000);
      for (const secret of SECRETS) expect(kept.includes(secret)).toBe(false);
      expect(kept.includes("Nguyễn Văn Thử")).toBe(true);
      expect(drafted("anh-bia", "index.mdx").toString()).toContain(
        "src: ba-dao-gieo-chu.jpg\n",
      );
      const files = bench.git(
        "ls-tree",
        "-r",
        "--name-only",
        draftOf("anh-bia"),
      );
      expect(files.match(/.*gieo-chu.*/g)).toEqual([
        "content/news/2026/anh-bia/ba-dao-gieo-chu.jpg",
      ]);
    });
  });
});

describe("a new story", () => {
  it("keeps its picture and its attachment in its own folder", async () => {
    await visit({ script: true, width: 1400 }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      await enter(page, bench, "/collections/news/new");
      const form = page.locator("body");
      await fill(form, "Tiêu đề", "Hội nghị ở xã Ví Dụ");
      await fill(form, "Tóm tắt", "Bà con họp bàn việc đổ bê tông. ".repeat(3));
      await field(form, "Loại tin").locator("input").first().fill("Hoạt");
      await page.keyboard.press("Enter");
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await upload(page, "Họp xóm.jpg", 60, "hop-xom.jpg");
      await use(page);
      await fill(cover(page), "Mô tả ảnh", "Bà con họp ở nhà văn hóa");
      await fill(cover(page), "Người chụp", "Nguyễn Văn Thử");
      await page.getByRole("button", { name: "Thêm nguồn" }).click();
      await fill(form, "Nơi đăng", "Báo Ví Dụ");
      await page
        .getByRole("button", { name: "Thêm tài liệu kèm theo" })
        .click();
      await page.getByRole("button", { name: "Chọn tệp" }).first().click();
      await page.locator(INPUT).setInputFiles({
        name: "Kế hoạch.pdf",
        mimeType: "application/pdf",
        buffer: PDF,
      });
      await page.getByText("ke-hoach.pdf", { exact: true }).waitFor();
      await use(page);
      await fill(form, "Tên tài liệu", "Kế hoạch họp xóm");
      await save(page);

      const [draft] = bench
        .git("branch", "--list", "cms/*hoi-nghi*")
        .match(/cms\S+/)!;
      const [folder] = draft.match(/\d{4}\/hoi-nghi[a-z-]*/)!;
      const files = bench.git("ls-tree", "-r", "--name-only", draft);
      expect(
        files.match(/content\/(?:_media.*|.*(?:hop-xom|ke-hoach)\.\w+)/g),
      ).toEqual([
        `content/news/${folder}/hop-xom.jpg`,
        `content/news/${folder}/ke-hoach.pdf`,
      ]);
      const text = bench.git(
        "show",
        `${draft}:content/news/${folder}/index.mdx`,
      );
      expect(text).toContain("src: hop-xom.jpg\n");
      expect(text).toContain("src: ke-hoach.pdf\n");
    });
  });
});

describe("pictures of one story", () => {
  it("never take another's name, saved or not; lists and blocks say them plainly", async () => {
    await open("nhieu-anh", async (page) => {
      await page.getByRole("button", { name: "Thêm bộ ảnh" }).click();
      const album = page
        .locator("label", { hasText: "Bộ ảnh" })
        .locator("xpath=../..");
      await choose(page);
      await upload(page, "Ảnh.jpg", 60, "anh.jpg");
      await upload(page, "Ảnh.jpg", 61, "anh-2.jpg");
      await use(page);
      await fill(album, "Mô tả ảnh", "Bà con đổ bê tông");
      await fill(album, "Người chụp", "Nguyễn Văn Thử");
      await save(page);

      await page.getByText("Chữ của bài.").first().click();
      await page.getByRole("button", { name: "Thêm khối" }).click();
      await page.getByRole("menuitem", { name: "Ảnh", exact: true }).click();
      const block = page.locator("[data-slate-void]").first();
      await choose(page);
      await upload(page, "Ảnh.jpg", 62, "anh-3.jpg");
      await use(page);
      await fill(block, "Mô tả ảnh", "Các em tập bơi ở xã");
      await fill(block, "Người chụp", "Nguyễn Văn Thử");
      await save(page);

      const text = drafted("nhieu-anh", "index.mdx").toString();
      expect(text).toContain("src: anh-2.jpg\n");
      expect(text).toMatch(
        /<Figure src="anh-3\.jpg" alt="Các em tập bơi ở xã"/,
      );
      for (const [name, width] of [
        ["anh.jpg", 60],
        ["anh-2.jpg", 61],
        ["anh-3.jpg", 62],
      ] as const)
        expect(drafted("nhieu-anh", name)).toEqual(await small(width));
    });
  });

  it("are kept once: the same again is told", async () => {
    await open("trung-anh", async (page) => {
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await upload(page, "a.jpg", 60, "a.jpg");
      const again = pictureFile("b.jpg", await small(60));
      await page.locator(INPUT).setInputFiles(again);
      const told = page.getByRole("dialog", { name: words.known });
      await told.getByText("«a.jpg»").waitFor();
      await told.getByRole("button", { name: words.close }).click();
      expect(await page.getByText("b.jpg", { exact: true }).count()).toBe(0);
    });
  });
});

describe("what may not in", () => {
  it("is told, and Decap gets nothing", async () => {
    await open("trang-web", async (page) => {
      await cover(page).getByRole("button").first().click();
      await choose(page);
      const html = Buffer.from("<!doctype html><script>alert(1)</script>");
      await page.locator(INPUT).setInputFiles(pictureFile("Bà.jpg", html));
      const told = page.getByRole("dialog", { name: words.refused });
      await told.getByText("«Bà.jpg» là trang web HTML").waitFor();
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
      await told.getByRole("button", { name: words.close }).click();
      await page.getByText(/^Chưa có (?:ảnh|tệp) nào\.$/).waitFor();
      expect(await page.getByText("Chưa lưu", { exact: true }).count()).toBe(0);
    });
  });

  it("is dropped beside the place for it: the page stays, and says where; there it may be pasted too", async () => {
    await open("tha-anh", async (page) => {
      await drop(page, await small(60), "a.jpg");
      const told = page.getByRole("dialog", { name: words.where });
      await told.getByRole("button", { name: words.close }).click();
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.locator(INPUT).waitFor({ state: "attached" });
      await drop(page, await small(60), "Đã thả.jpg");
      await page.getByText("da-tha.jpg", { exact: true }).waitFor();
      await drop(page, await small(61), "Đã dán.jpg", "paste");
      await page.getByText("da-dan.jpg", { exact: true }).waitFor();
    });
  });
});

describe("a network that fails", () => {
  it("loses nothing: the file is sent again", async () => {
    await open("mat-mang", async (page) => {
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.route("**/api/pictures?*", (route) => route.abort());
      const file = pictureFile("Hè.jpg", await small(60));
      await page.locator(INPUT).setInputFiles(file);
      const told = page.getByRole("dialog", { name: words.failed });
      await told.waitFor();
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
      await page.unroute("**/api/pictures?*");
      await told.getByRole("button", { name: words.again }).click();
      await page.getByText("he.jpg", { exact: true }).waitFor();
    });
  });
});

/** Chooses a file where Decap's choice of files is open, and waits for it there under its new name. */
async function upload(
  page: Page,
  name: string,
  width: number,
  shown: string,
): Promise<void> {
  await page
    .locator(INPUT)
    .setInputFiles(pictureFile(name, await small(width)));
  await page.getByText(shown, { exact: true }).first().waitFor();
}

/** Drops a file onto the page, or pastes it. */
const drop = (
  page: Page,
  bytes: Buffer,
  name: string,
  how: "drop" | "paste" = "drop",
) =>
  page.evaluate(
    ({ content, name, how }) => {
      const data = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], name, { type: "image/jpeg" }));
      const far = { bubbles: true, cancelable: true };
      const events =
        how === "paste"
          ? [new ClipboardEvent("paste", { ...far, clipboardData: transfer })]
          : ["dragover", "drop"].map(
              (type) => new DragEvent(type, { ...far, dataTransfer: transfer }),
            );
      const isOpened = events.some((event) =>
        document.body.dispatchEvent(event),
      );
      if (isOpened) throw new Error("a browser would open the file");
    },
    { content: bytes.toString("base64"), name, how },
  );
