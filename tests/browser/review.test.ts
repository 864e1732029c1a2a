/** From a writer to an approver and back, until a story is out: what Decap alone has no words for. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, enter, placeOf } from "../support/desk.ts";

useBrowser();

const STORY = "news/2026/mot/index.mdx";
const DRAFT = "cms/news/2026/mot/index";
const TITLE = "Xã Tân Cương trồng một nghìn cây xanh";
const TEXT = story({ title: TITLE, status: undefined, publishedAt: undefined });

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  bench.put(STORY, TEXT);
  await bench.start();
});
afterEach(() => bench.stop());

/** Somebody at the story. */
const as = (name: string, go: (page: Page) => Promise<void>, width = 1280) =>
  visit({ script: true, width }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    const writer = { name, mail: "ai@example.vn" };
    await enter(page, bench, placeOf(STORY), writer);
    await title(page).waitFor();
    await go(page);
  });

const title = (page: Page) => page.getByLabel("Tiêu đề").first();
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).click();
const notice = (page: Page) => page.locator(".gs-notice");
const save = async (page: Page) => {
  await press(page, "Lưu");
  await page.getByText("Đã lưu", { exact: true }).first().waitFor();
};
/** Moves the draft by Decap's own menu. */
const move = async (page: Page, from: string, to: string) => {
  await page.getByRole("button", { name: `Trạng thái: ${from}` }).click();
  await page.getByRole("menuitem", { name: to }).click();
  await page.getByRole("button", { name: `Trạng thái: ${to}` }).waitFor();
};
describe("a draft", () => {
  it("goes back with its reason, is sent again, and is out", async () => {
    await as("Bà Đào", async (page) => {
      await title(page).fill(`${TITLE} mới`);
      await save(page);
      expect(
        await page.getByRole("button", { name: "Trả lại kèm lý do" }).count(),
      ).toBe(0);
      await move(page, "Đang viết", "Chờ duyệt");
    });
    await as("Ông Tư", async (page) => {
      await press(page, "Trả lại kèm lý do");
      const dialog = page.getByRole("dialog");
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
      await dialog.getByRole("button", { name: "Trả lại" }).click();
      await dialog.getByLabel("Lý do").fill("Thiếu tên xóm.\n<b>Hỏi</b> lại.");
      await dialog.getByRole("button", { name: "Trả lại" }).click();
      await page
        .getByRole("button", { name: "Trạng thái: Đang viết" })
        .waitFor();
    });
    expect(bench.git("log", "-1", "--format=%an %s", DRAFT)).toContain(
      "Ông Tư Trả lại tin",
    );
    await as("Bà Đào", async (page) => {
      await notice(page).getByText("Ông Tư trả lại bài này lúc").waitFor();
      expect(await notice(page).innerText()).toContain("<b>Hỏi</b> lại.");
      expect(await axeFaults(page, ".gs-notice")).toEqual([]);
      // Above the form, which is all there.
      const top = (await notice(page).boundingBox())!;
      expect(top.y).toBeGreaterThanOrEqual(60);
      const form = (await title(page).boundingBox())!;
      expect(form.y).toBeGreaterThan(top.y + top.height);
      expect(form.width).toBeGreaterThan(300);
      await title(page).fill(`${TITLE} ở xóm Dứa`);
      await save(page);
      await notice(page).waitFor();
      await move(page, "Đang viết", "Chờ duyệt");
      await notice(page).waitFor({ state: "detached" });
    });
    await as("Ông Tư", async (page) => {
      expect(await notice(page).count()).toBe(0);
      await move(page, "Chờ duyệt", "Đã duyệt");
      page.on("dialog", (asked) => void asked.accept());
      await press(page, "Đăng");
      await page.getByRole("menuitem", { name: "Đăng ngay" }).click();
      await page.getByText("Đã đăng", { exact: true }).first().waitFor();
      // What the desk decided stands in the form.
      await page.getByText("Đăng", { exact: true }).first().waitFor();
      expect(
        await page.getByRole("button", { name: "Xóa bài đã đăng" }).count(),
      ).toBe(0);
      await press(page, "Đã đăng");
      expect(await page.getByRole("menuitem").allInnerTexts()).toEqual([
        "Chép thành bài mới",
      ]);
    });
    expect(bench.read(STORY)).toMatch(
      /^status: published\npublishedAt: '?\d{4}-\d\d-\d\dT\d\d:\d\d:00\+07:00/m,
    );
    expect(bench.read(STORY)).toContain(`${TITLE} ở xóm Dứa`);
    expect(bench.git("branch", "--list", "cms/*")).toBe("");
  });

  it("is not returned or put on the newest with what is not saved", async () => {
    await as("Bà Đào", async (page) => {
      await title(page).fill(`${TITLE} mới`);
      await save(page);
      await move(page, "Đang viết", "Chờ duyệt");
      await title(page).fill(`${TITLE} mới nữa`);
      await page.getByText("Chưa lưu", { exact: true }).waitFor();
      await press(page, "Trả lại kèm lý do");
      await page
        .getByRole("heading", { name: "Bài còn chỗ chưa lưu" })
        .waitFor();
      await press(page, "Đóng");
      await save(page);
      await page
        .getByText("Chưa lưu", { exact: true })
        .waitFor({ state: "detached" });
      await press(page, "Trả lại kèm lý do");
      await page.getByLabel("Lý do", { exact: true }).waitFor();
    });
  });

  it("whose published entry has changed is kept, when its writer says so", async () => {
    await as("Bà Đào", async (page) => {
      await title(page).fill(`${TITLE} mới`);
      await save(page);
      await move(page, "Đang viết", "Đã duyệt");
    });
    bench.put(STORY, TEXT.replace(TITLE, "Người khác viết tiêu đề này đây"));
    await as(
      "Bà Đào",
      async (page) => {
        await notice(page).getByText("Bài đang đăng đã được sửa").waitFor();
        expect(await axeFaults(page, ".gs-notice")).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
        ).toBe(390);
        expect(
          await notice(page)
            .getByRole("link", { name: "Xem bản đang đăng" })
            .getAttribute("href"),
        ).toBe("/tin-tuc/mot/");
        await press(page, "Giữ bản nháp này");
        expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
        await press(page, "Giữ bản nháp");
        await page
          .getByRole("button", { name: "Trạng thái: Chờ duyệt" })
          .waitFor();
        expect(await notice(page).count()).toBe(0);
      },
      390,
    );
    expect(bench.read(STORY, DRAFT)).toContain(`${TITLE} mới`);
  });
});

describe("a published story", () => {
  it("is withdrawn by its state and a reason, which is asked for", async () => {
    const published = {
      title: TITLE,
      status: "published",
      publishedAt: "2026-11-20T08:00:00+07:00",
    };
    bench.put(STORY, story(published));
    await as("Bà Đào", async (page) => {
      await page.getByLabel("Trạng thái", { exact: false }).first().click();
      await page.getByRole("option", { name: "Đã gỡ" }).click();
      await press(page, "Lưu");
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Gỡ bài › Lý do gỡ").waitFor();
      expect(await dialog.innerText()).not.toContain("Gỡ lúc");
      await press(page, "Đóng, sửa tiếp");
      expect(bench.git("branch", "--list", "cms/*")).toBe("");
      const reason = page.getByLabel("Lý do gỡ").first();
      if (!(await reason.isVisible()))
        await page
          .locator("[aria-label]", { has: page.getByText("Gỡ bài") })
          .last()
          .getByRole("button")
          .first()
          .click();
      await reason.fill("Bài có chỗ chưa đúng.");
      await save(page);
      expect(await dialog.count()).toBe(0);
    });
    expect(bench.read(STORY, DRAFT)).toContain(
      "withdrawal:\n  reason: Bài có chỗ chưa đúng.\n",
    );
  });
});
