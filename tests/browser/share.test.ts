/** Passing a story on: plain links for everybody; its link copied and its code drawn where scripts run. */
import { beforeAll, describe, expect, it } from "vitest";
import { skeleton } from "../support/corpus.ts";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";

useBrowser();
const BASE = "/vi-du/";
const STORY = `${BASE}mo-hinh/lam-duong/`;
const ADDRESS = `http://localhost:4321${STORY}`;
let site: Served;
beforeAll(async () => {
  const corpus = skeleton();
  corpus.story(
    "models",
    "lam-duong",
    { title: `Làm đường </script><script>alert(1)</script> ]]> "kép"` },
    "Bà con cùng làm.\n\n".repeat(60),
  );
  site = await serve(corpus, BASE);
});

const tools = (page: Page) => page.locator("#chia-se");
const open = async (page: Page) => {
  await page.goto(new URL(STORY, site.origin).href);
  await tools(page).scrollIntoViewIfNeeded();
};
const copy = (page: Page) =>
  tools(page).getByRole("button", { name: "Sao chép liên kết" });

describe("without script", () => {
  it("a story has links alone, each for a finger, and asks nobody else for anything", () =>
    visit({ width: 320 }, async ({ page, complaints, requests }) => {
      await open(page);
      const links = await tools(page)
        .getByRole("link")
        .evaluateAll((all) =>
          all.map((link) => ({
            words: link.textContent,
            href: link.getAttribute("href"),
            height: link.getBoundingClientRect().height,
            right: link.getBoundingClientRect().right,
          })),
        );
      expect(links.map(({ words, href }) => [words, href])).toEqual([
        [
          "Chia sẻ lên Facebook",
          `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(ADDRESS)}`,
        ],
        ["Mã QR", `${STORY}tu-lieu/#ma-qr`],
        ["Lấy mã nhúng", `${BASE}nhung/?bai=/mo-hinh/lam-duong/`],
        ["Tư liệu cho báo chí", `${STORY}tu-lieu/`],
      ]);
      for (const { words, height, right } of links) {
        expect(height, words).toBeGreaterThanOrEqual(44);
        expect(right, words).toBeLessThanOrEqual(320);
      }
      expect(await tools(page).getByRole("button").count()).toBe(0);
      expect(complaints).toEqual([]);
      for (const url of requests) expect(new URL(url).origin).toBe(site.origin);
    }));

  it("a list leads to its feed and to its embed", () =>
    visit({}, async ({ page }) => {
      await page.goto(`${site.origin}${BASE}mo-hinh/`);
      const links = page.locator(".page-head .tools a");
      expect(
        await links.evaluateAll((all) =>
          all.map((link) => link.getAttribute("href")),
        ),
      ).toEqual([`${BASE}mo-hinh/rss.xml`, `${BASE}nhung/?muc=/mo-hinh/`]);
      const feed = await page.request.get(
        `${site.origin}${BASE}mo-hinh/rss.xml`,
      );
      expect(feed.status()).toBe(200);
    }));

  it("nothing of it is printed", () =>
    visit({}, async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      await page.goto(new URL(STORY, site.origin).href);
      expect(await tools(page).isVisible()).toBe(false);
    }));
});

describe("with script", () => {
  it("the story's public link is copied, and that is said", () =>
    visit({ script: true }, async ({ page, complaints }) => {
      await page
        .context()
        .grantPermissions(["clipboard-read", "clipboard-write"]);
      await open(page);
      await copy(page).click();
      await expect
        .poll(() => tools(page).getByRole("status").textContent())
        .toBe("Đã sao chép liên kết.");
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        ADDRESS,
      );
      expect(complaints).toEqual([]);
    }));

  it("where a browser does not let it be copied, it is shown", () =>
    visit({ script: true }, async ({ page }) => {
      await page.addInitScript(() =>
        Object.defineProperty(navigator, "clipboard", { value: undefined }),
      );
      await open(page);
      await copy(page).click();
      await expect
        .poll(() => tools(page).getByRole("status").textContent())
        .toContain(ADDRESS);
    }));

  it("its code is drawn on the page, by the keyboard too, and put away", () =>
    visit({ script: true }, async ({ page, complaints, requests }) => {
      await open(page);
      const code = tools(page).getByRole("button", { name: "Mã QR" });
      await code.focus();
      await page.keyboard.press("Enter");
      const drawn = tools(page).getByRole("img", {
        name: `Mã QR dẫn tới ${ADDRESS}`,
      });
      await drawn.waitFor();
      const box = (await drawn.boundingBox())!;
      expect(box.width).toBeGreaterThan(150);
      expect(Math.abs(box.width - box.height)).toBeLessThan(1);
      expect(await code.getAttribute("aria-expanded")).toBe("true");
      await page.keyboard.press("Enter");
      await drawn.waitFor({ state: "hidden" });
      expect(complaints).toEqual([]);
      for (const url of requests) expect(new URL(url).origin).toBe(site.origin);
    }));

  it("a telephone's own ways are offered where it has some, with the public link", () =>
    visit({ script: true }, async ({ page }) => {
      await page.addInitScript(() =>
        Object.defineProperty(navigator, "share", {
          value: (shared: unknown) => {
            document.title = JSON.stringify(shared);
            return Promise.reject(new DOMException("", "AbortError"));
          },
        }),
      );
      await open(page);
      await tools(page).getByRole("button", { name: "Chia sẻ…" }).click();
      expect(JSON.parse(await page.title())).toEqual({
        title: expect.stringContaining("Làm đường </script>"),
        url: ADDRESS,
      });
    }));

  it("is fetched by who has nearly read the story, not before", () =>
    visit({ script: true }, async ({ page, requests }) => {
      await page.setViewportSize({ width: 1280, height: 100 });
      await page.goto(new URL(STORY, site.origin).href);
      await page.waitForLoadState("networkidle");
      const asked = () => requests.filter((url) => /\/share\./.test(url));
      expect(asked()).toEqual([]);
      await tools(page).scrollIntoViewIfNeeded();
      await copy(page).waitFor();
      expect(asked()).not.toEqual([]);
    }));

  it("who is at a link when it comes, by a slow network, stays there", () =>
    visit({ script: true }, async ({ page }) => {
      const { promise: asked, resolve: come } = Promise.withResolvers<void>();
      await page.route(/\/share\.[^/]*\.js$/, async (route) => {
        await asked;
        await route.continue();
      });
      await open(page);
      await tools(page).getByRole("link", { name: "Mã QR" }).focus();
      come();
      await copy(page).waitFor();
      const code = tools(page).getByRole("button", { name: "Mã QR" });
      expect(await code.evaluate((one) => one === document.activeElement)).toBe(
        true,
      );
    }));
});
