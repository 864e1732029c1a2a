/** From an empty form to a reader who finds the story: Chromium, the program that `npm start` runs, git. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import type { Status } from "../../src/desk/publisher.ts";
import { Place, text } from "../desk/place.ts";
import { halves } from "../media/originals.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { skeleton } from "../support/corpus.ts";
import { freePort, get, Started } from "../support/running.ts";
import { buildEnv, placeFor, temporaryFolder } from "../support/site.ts";

useBrowser();

const TITLE = "Bà con xóm Dứa góp công làm cầu qua suối Nặm Cắt";
const WORDS = "Cây cầu dài mười hai mét, cả xóm làm trong chín ngày.";

/** Someone's browser at the CMS. */
const as = (
  name: string,
  address: string,
  go: (page: Page) => Promise<void>,
): Promise<void> =>
  visit({ script: true, width: 1400 }, async ({ page }) => {
    page.setDefaultTimeout(60_000);
    page.on("dialog", (question) => void question.accept());
    await page.addInitScript(
      (writer) => localStorage.setItem("guong-sang-writer", writer),
      JSON.stringify({ name, mail: "nguoi-viet@example.vn" }),
    );
    await page.goto(address);
    await go(page);
  });

const field = (part: Page | Locator, label: string): Locator =>
  part.locator("label", { hasText: label }).first().locator("xpath=../..");
const fill = (part: Page | Locator, label: string, value: string) =>
  field(part, label).locator("input, textarea").first().fill(value);
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();

async function choose(page: Page, label: string, option: string) {
  await field(page, label).locator("input").first().fill(option);
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function setState(page: Page, from: string, to: string) {
  await page.getByRole("button", { name: `Trạng thái: ${from}` }).click();
  await page.getByRole("menuitem", { name: to, exact: true }).click();
  await page.getByRole("button", { name: `Trạng thái: ${to}` }).waitFor();
}

it("a story with its picture goes from the form to readers; what nobody may write stays outside", async () => {
  const place = new Place("content", skeleton().dir);
  const built = placeFor(place.contentDir);
  const port = await freePort();
  const started = new Started("src/cli/start.ts", {
    ...buildEnv(built),
    PORT: String(port),
  });
  await started.says("Trang đang chạy ở");
  const origin = `http://localhost:${port}`;
  const until = async (isSo: (status: Status) => boolean): Promise<Status> => {
    for (;;) {
      const { body } = await get(port, "/admin/api/status");
      const status = JSON.parse(body) as Status;
      if (status.state === "idle" && status.behind === 0 && isSo(status))
        return status;
      await pause(100);
    }
  };

  let slug = "";
  await as("Bà Đào", `${origin}/admin/#/collections/news/new`, async (page) => {
    await fill(page, "Tiêu đề", TITLE);
    await fill(
      page,
      "Tóm tắt",
      "Mùa lũ nào các em cũng phải nghỉ học; năm nay bà con góp tre, góp công làm cầu.",
    );
    await choose(page, "Loại tin", "Hoạt động");
    const cover = field(page, "Ảnh bìa");
    await cover.getByRole("button").first().click();
    await press(page, "Chọn ảnh");
    await page.locator(".nc-fileUploadButton input[type=file]").setInputFiles({
      name: "Cầu mới.JPG",
      mimeType: "image/jpeg",
      buffer: await halves(900, 600).jpeg().toBuffer(),
    });
    await page.getByText("cau-moi.jpg", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Dùng tệp đã chọn" }).click();
    await fill(cover, "Mô tả ảnh", "Bà con bắc cầu qua suối Nặm Cắt");
    await fill(cover, "Người chụp", "Nguyễn Văn Thử");
    await page.getByRole("button", { name: "Thêm nguồn" }).click();
    await fill(page, "Nơi đăng", "Báo Ví Dụ");
    await page.locator("[data-slate-editor]").first().click();
    await page.keyboard.type(WORDS);
    // Where publication does not say by itself that, and since when, a story is out, its writer says it.
    const since = page.getByLabel("Đăng lần đầu lúc");
    if ((await since.count()) > 0) {
      await since.first().fill("2026-11-02T08:00");
      await choose(page, "Trạng thái", "Đăng");
    }
    await press(page, "Lưu");
    await page.getByText("Đã lưu", { exact: true }).first().waitFor();
    await page.waitForURL(/\/index$/);
    [, slug = ""] = /\/2026\/([a-z0-9-]+)\/index/.exec(page.url())!;
    await setState(page, "Đang viết", "Chờ duyệt");
  });
  expect((await get(port, `/tin-tuc/${slug}/`)).status).toBe(404);

  const entry = `${origin}/admin/#/collections/news/entries/2026/${slug}/index`;
  await as("Ông Tư", entry, async (page) => {
    await setState(page, "Chờ duyệt", "Đã duyệt");
    await press(page, "Đăng");
    await page.getByRole("menuitem", { name: "Đăng ngay" }).click();
    await page.getByText("Đã đăng", { exact: true }).first().waitFor();
  });
  await until(() => true);
  expect(
    place.git("log", "-1", "--format=%an, %cn, %s", "--", "content/news"),
  ).toBe(`Bà Đào, Ông Tư, Đăng tin «${TITLE}»`);
  expect(place.status()).toBe("");

  // A reader looks for it with the words that are only in its text, without their marks.
  await visit({ script: true }, async ({ page, complaints }) => {
    await page.goto(`${origin}/tim-kiem/?q=cay+cau+dai+muoi+hai+met`);
    const found = page.locator("#ket-qua a", { hasText: TITLE }).first();
    await found.click();
    await page.waitForURL(`${origin}/tin-tuc/${slug}/#tim=*`);
    expect(await page.locator("h1").textContent()).toContain(TITLE);
    await page.getByText(WORDS).waitFor();
    const photo = page.locator("img[alt='Bà con bắc cầu qua suối Nặm Cắt']");
    await photo.first().scrollIntoViewIfNeeded();
    await expect
      .poll(() =>
        photo.first().evaluate((one) => (one as HTMLImageElement).naturalWidth),
      )
      .toBeGreaterThan(300);
    expect(complaints).toEqual([]);
  });

  // By a push: what would run, beside what may be out.
  const nest = temporaryFolder("nest");
  const sing = `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(path.join(nest, "ran"))}, "")`;
  place.put("news/2026/xau/index.mdx", text("Xấu", {}, `{${sing}}`));
  place.put("news/2026/bo-cuc/index.mdx", text("Bố cục", { layout: "./a.js" }));
  place.put("news/2026/tot/index.mdx", text("Bài tốt"));
  for (const name of ["a.js", "index.astro", "la.html"])
    place.put(`news/2026/tot/${name}`, `${sing}<script>alert(1)</script>`);
  writeFileSync(path.join(place.root, "astro.config.mjs"), sing);
  place.git("add", "-A");
  place.git("commit", "-qm", "Từ nơi khác");
  const { held } = await until((now) => now.held.length > 0);
  expect(held.map(({ file }) => file).sort()).toEqual([
    "news/2026/bo-cuc/index.mdx",
    "news/2026/xau/index.mdx",
  ]);
  expect((await get(port, "/tin-tuc/tot/")).status).toBe(200);
  for (const name of ["xau/", "bo-cuc/", "tot/a.js", "tot/la.html"])
    expect((await get(port, `/tin-tuc/${name}`)).status, name).toBe(404);
  expect(readdirSync(nest)).toEqual([]);
});
