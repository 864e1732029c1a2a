/** The CMS's screens: what a server says of them, the strip at their foot, on a phone, for a screen reader. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { useBrowser, visit } from "../support/browser.ts";
import { Bench, enter, placeOf } from "../support/desk.ts";

useBrowser();

const STORY = "models/2026/xa-tan-cuong-che-du-lich/index.mdx";
const bench = new Bench();
beforeAll(() => bench.start());
afterAll(() => bench.stop());

const HELD = {
  file: STORY,
  kind: "models",
  title: "Chè Tân Cương",
  problems: [{ field: "Phong trào", found: "không có", remedy: "Chọn lại." }],
};

describe("the files of the CMS", () => {
  it("come compressed, are kept for ever but for the page, and have their own policy", async () => {
    const ask = (address: string) =>
      fetch(`${bench.origin}/admin/${address}`, {
        headers: { "accept-encoding": "br" },
      });
    const page = await ask("");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(page.headers.get("content-security-policy")).toContain(
      "frame-ancestors 'none'",
    );
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    const [script = ""] = /assets\/[\w-]+\.js/.exec(await page.text()) ?? [];
    const code = await ask(script);
    expect(code.headers.get("content-encoding")).toBe("br");
    expect(code.headers.get("cache-control")).toContain("immutable");
    expect(readFileSync(path.join(bench.out, "admin", script), "utf8")).toBe(
      await code.text(),
    );
  });
});

it.each([
  ["", 1280],
  [", above what takes more lines too", 840],
])("a menu that opens low is to be seen whole%s", async (_where, width) => {
  await visit({ script: true }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await page.setViewportSize({ width, height: 700 });
    // Straight to the form: Decap, as it starts, would lead away from one that is asked for afterwards.
    await enter(page, bench, "/collections/models/new");
    const more = page.getByRole("button", { name: "Thêm khối" }).first();
    await more.scrollIntoViewIfNeeded();
    await more.click();
    const last = page.getByRole("menuitem", { name: "Tài liệu tải về" });
    const bottomOf = async (place: Locator): Promise<number> => {
      const { y, height } = (await place.boundingBox())!;
      return y + height;
    };
    await last.waitFor();
    const { y } = (await page.locator(".gs-strip").boundingBox())!;
    await expect.poll(() => bottomOf(last)).toBeLessThanOrEqual(y);
  });
});

describe("the strip at the foot", () => {
  it("tells how the site is, what waits and what is held back, with the way there", async () => {
    bench.status = {
      state: "building",
      builtAt: null,
      waiting: 2,
      held: [HELD],
    };
    await visit({ script: true }, async ({ page, complaints }) => {
      page.setDefaultTimeout(20_000);
      await enter(page, bench);
      await page.getByText("Đang dựng trang…").waitFor();
      await page.getByRole("link", { name: "2 bài chờ duyệt" }).waitFor();
      bench.status = { state: "failed", waiting: 0, held: [HELD] };
      // Nobody asks for it: the strip itself looks again.
      await page.getByText("bản cũ vẫn đang đăng").waitFor();
      await page.getByRole("button", { name: "1 mục bị giữ lại" }).click();
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
      expect(await axeFaults(page, ".gs-strip")).toEqual([]);
      await page.getByRole("link", { name: "mô hình «Chè Tân Cương»" }).click();
      await page.getByLabel("Đơn vị có mô hình").first().waitFor();
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });
});

describe("the question who writes", () => {
  it("has nothing that axe finds", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(`${bench.origin}/admin/`);
      await page.getByRole("dialog").waitFor();
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
    });
  });
});

describe("on a phone", () => {
  it("no screen scrolls sideways, and one can save", async () => {
    await visit({ script: true, width: 390 }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      const width = () =>
        page.evaluate(() => document.documentElement.scrollWidth);
      await enter(page, bench);
      await page.locator("a[href*='/entries/']").first().waitFor();
      expect(await width()).toBe(390);
      await page.goto(`${bench.origin}/admin/#/workflow`);
      await page.getByRole("heading", { name: "Bài chờ" }).waitFor();
      expect(await width()).toBe(390);
      await page.goto(`${bench.origin}/admin/#${placeOf(STORY)}`);
      const title = page.getByLabel("Tiêu đề").first();
      await title.fill("Các cơ sở chè ở Tân Cương mời khách hái chè");
      expect(await width()).toBe(390);
      expect((await title.boundingBox())!.width).toBeGreaterThan(300);
      await page.getByRole("button", { name: "Lưu", exact: true }).click();
      await page.getByText("Đã lưu", { exact: true }).first().waitFor();
    });
  });
});
