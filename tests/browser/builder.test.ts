/** The page where others get the code of an embed. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { showcase } from "../support/showcase.ts";

useBrowser();
let site: Served;
beforeAll(async () => {
  site = await serve(await showcase(), "/goc/");
});

const STORY = "/mo-hinh/mo-hinh-day-du/";

/** Opens the builder with a query. */
const open = <T>(
  query: string,
  look: (page: Page, complaints: string[], requests: string[]) => Promise<T>,
  reader = { script: true, width: 1280 },
): Promise<T> =>
  visit(reader, async ({ page, complaints, requests }) => {
    await page.goto(`${site.origin}/goc/nhung/${query}`);
    return look(page, complaints, requests);
  });

const frame = (page: Page) => page.locator(".preview iframe");
const shown = (page: Page) => page.frameLocator(".preview iframe");
const code = (page: Page, id: string) => page.locator(`#${id}`).inputValue();

describe("without a script", () => {
  it("is a guide with the code of the newest stories for every system", async () => {
    await open(
      "",
      async (page, complaints) => {
        for (const system of ["nukeviet", "liferay", "wordpress", "khac"])
          expect(await page.locator(`#${system}`).isVisible()).toBe(true);
        expect(await code(page, "khac-frame")).toContain(
          "/goc/nhung/moi-nhat/",
        );
        expect(await code(page, "nukeviet-card")).toContain("<a href=");
        expect(await page.locator("#chon-nhung").isVisible()).toBe(false);
        expect(await page.locator("[data-copy]").first().isVisible()).toBe(
          false,
        );
        expect(complaints).toEqual([]);
      },
      { script: false, width: 320 },
    );
  });
});

describe("with a script", () => {
  it("shows what is chosen, and asks nobody else", async () => {
    await open("", async (page, complaints, requests) => {
      await shown(page).locator("h1").waitFor();
      expect(await page.locator(".system:visible").count()).toBe(1);
      await page.selectOption("#muc", "/phong-trao/lam-duong/");
      await page.selectOption("#so", "3");
      await page.selectOption("#nen", "dark");
      await expect
        .poll(() => frame(page).getAttribute("src"))
        .toBe("/goc/nhung/phong-trao/lam-duong/3/toi/");
      await expect
        .poll(() => code(page, "nukeviet-frame"))
        .toContain("/goc/nhung/phong-trao/lam-duong/3/toi/");
      expect(await code(page, "nukeviet-card")).toContain("#171410");
      expect(await shown(page).locator(".items > li").count()).toBe(3);
      const titles = await shown(page).locator("h2").allTextContents();
      for (const title of titles)
        expect(await code(page, "nukeviet-card")).toContain(title);
      expect(complaints).toEqual([]);
      for (const address of requests)
        expect(new URL(address).origin).toBe(site.origin);
    });
  });

  it("keeps the choice in its address, for who comes back", async () => {
    await open("?muc=/linh-vuc/ha-tang/", async (page) => {
      expect(await page.locator("#muc").inputValue()).toBe(
        "/linh-vuc/ha-tang/",
      );
      await page.getByRole("radio", { name: "WordPress" }).check();
      await page.selectOption("#so", "12");
      await page.getByLabel("Có hình").check();
      await expect
        .poll(() => frame(page).getAttribute("src"))
        .toBe("/goc/nhung/linh-vuc/ha-tang/12/?anh=co");
      expect(new URL(page.url()).search).toBe(
        "?muc=%2Flinh-vuc%2Fha-tang%2F&so=12&anh=co&he=wordpress",
      );
      await page.reload();
      await expect
        .poll(() => frame(page).getAttribute("src"))
        .toBe("/goc/nhung/linh-vuc/ha-tang/12/?anh=co");
      expect(await page.locator("#wordpress").isVisible()).toBe(true);
      expect(await page.locator("#nukeviet").isVisible()).toBe(false);
    });
  });

  it.each([STORY, `/goc${STORY}`, "whole"])(
    "takes a story by its address: %s",
    async (given) => {
      const address = given === "whole" ? `${site.origin}/goc${STORY}` : given;
      await open(`?bai=${encodeURIComponent(address)}`, async (page) => {
        await expect
          .poll(() => frame(page).getAttribute("src"))
          .toBe(`/goc/nhung/bai${STORY}`);
        const title = await shown(page).locator("h1").textContent();
        expect(await code(page, "nukeviet-card")).toContain(title!);
        expect(await code(page, "wordpress-page")).toMatch(
          new RegExp(`/goc${STORY}$`),
        );
        expect(await code(page, "khac-pictureCard")).toMatch(
          /<img src="[^"]*\/goc\/_media\//,
        );
        await page.selectOption("#dang", "figures");
        await expect
          .poll(() => frame(page).getAttribute("src"))
          .toBe(`/goc/nhung/bai${STORY}so-lieu/`);
      });
    },
  );

  it.each([
    "/mo-hinh/khong-co/",
    "javascript:alert(1)",
    "https://vidu.example/a/b/c/",
  ])("says that there is no story at %s", async (address) => {
    await open(`?bai=${encodeURIComponent(address)}`, async (page) => {
      await page
        .getByRole("alert")
        .filter({ hasText: "Không có bài" })
        .waitFor();
      expect(await frame(page).isVisible()).toBe(false);
    });
  });

  it("copies, and says so", async () => {
    await open("?he=khac", async (page) => {
      await page
        .context()
        .grantPermissions(["clipboard-read", "clipboard-write"]);
      await shown(page).locator("h1").waitFor();
      const way = page.locator("#khac .way").first();
      await way.getByRole("button", { name: "Chép" }).press("Enter");
      await way.getByRole("status").filter({ hasText: "Đã chép" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        await code(page, "khac-scripted"),
      );
    });
  });

  it("shows the card as it will stand, and lets no colour through that nobody can read", async () => {
    await open("?mau=fdfdf0&he=nukeviet", async (page, complaints) => {
      await page.getByText("Màu này khó đọc").waitFor();
      await expect.poll(() => code(page, "nukeviet-card")).toContain("#a3161b");
      await page.locator("#nukeviet .look summary").click();
      const card = page.locator("#nukeviet [data-look] > div");
      expect(
        await card.evaluate(
          (element) => getComputedStyle(element).borderTopColor,
        ),
      ).toBe("rgb(163, 22, 27)");
      expect(complaints).toEqual([]);
    });
  });

  it.each([320, 390, 1280])("fits a screen of %i px", async (width) => {
    await open(
      "?bai=/mo-hinh/mo-hinh-day-du/&mau=0b4f9c",
      async (page) => {
        await shown(page).locator("h1").waitFor();
        expect(
          await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          ),
        ).toBeLessThanOrEqual(0);
      },
      { script: true, width },
    );
  });
});
