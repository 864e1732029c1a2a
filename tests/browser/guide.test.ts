/** The editors' guide in Chromium: found from the CMS, readable by everybody, without script. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminText } from "../../src/i18n/admin.ts";
import { axeFaults } from "../support/axe.ts";
import { useBrowser, visit } from "../support/browser.ts";
import { Bench, enter } from "../support/desk.ts";

useBrowser();

const bench = new Bench();
beforeAll(() => bench.start());
afterAll(() => bench.stop());

const words = adminText.guide;
const address = () => `${bench.origin}/admin/${words.folder}/`;

describe("the guide", () => {
  it("opens beside every screen of the CMS, and leads back", async () => {
    await visit({ script: true }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      for (const place of ["/", "/collections/news/new", "/workflow"]) {
        await enter(page, bench, place);
        const opened = page.context().waitForEvent("page");
        await page.getByRole("link", { name: words.link, exact: true }).click();
        const guide = await opened;
        await guide.getByRole("heading", { level: 1 }).waitFor();
        expect(guide.url()).toBe(address());
        const back = guide.getByRole("link", { name: words.back });
        await back.first().click();
        await guide.waitForURL(`${bench.origin}/admin/**`);
        await guide.close();
      }
    });
  });

  it("shows all its pictures and fits a narrow screen, without script", async () => {
    await visit({ width: 320 }, async ({ page, complaints }) => {
      // The address as people type it.
      await page.goto(address().slice(0, -1));
      expect(page.url()).toBe(address());
      for (const image of await page.locator("img").all()) {
        await image.scrollIntoViewIfNeeded();
        await expect
          .poll(() =>
            image.evaluate((one: HTMLImageElement) => one.naturalWidth),
          )
          .toBeGreaterThan(0);
      }
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth,
      );
      expect(width).toBe(320);
      expect(complaints).toEqual([]);
    });
  });

  it.each([false, true])(
    "has nothing that axe finds (dark: %s)",
    async (dark) => {
      await visit({ script: true, dark }, async ({ page }) => {
        await page.goto(address());
        expect(await axeFaults(page)).toEqual([]);
      });
    },
  );
});
