/** The search box that every page has, what it suggests, and the words shown on the page one lands on. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { axeFaults } from "../support/axe.ts";
import { showcase } from "../support/showcase.ts";

useBrowser();
let site: Served;

beforeAll(async () => {
  const corpus = await showcase();
  corpus.story("role-models", "bac-duong-vi-du", {
    title: "Đường vào xóm có bác giữ",
    name: "Bác Dương Ví Dụ",
    communes: ["song-cau"],
  });
  corpus.story(
    "models",
    "mo-duong",
    { title: "Chuyện đường và đương", communes: ["song-cau"] },
    "## Đường mới\n\nLàm đư**ờng** khó. Người ta đương bàn, thì **con đường\n\nmới** đã mở. ĐƯỜNG ấy rộng. Bán đường, mua đường–sữa. Lấy dương làm gương, đường.",
  );
  site = await serve(corpus);
});

const boxOf = (page: Page) => page.locator("#tim");
const optionsOf = (page: Page) => page.getByRole("option");

/** Opens a page and types into its box. */
async function type(page: Page, words: string, address = "/"): Promise<void> {
  await page.goto(site.origin + address);
  await boxOf(page).click();
  await boxOf(page).pressSequentially(words);
  await optionsOf(page).first().waitFor();
}

/** The option that is active, as assistive technology is told. */
const activeOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const id = document.activeElement!.getAttribute("aria-activedescendant");
    const option = id && document.getElementById(id);
    return option && option.getAttribute("aria-selected") === "true"
      ? option.textContent
      : null;
  });

describe("suggestions", () => {
  it("are people, communes, movements and stories, under their names", async () => {
    await visit({ script: true }, async ({ page, complaints }) => {
      await type(page, "duong");
      const groups = page.getByRole("listbox").getByRole("group");
      const names = () =>
        groups.evaluateAll((all) =>
          all.map((group) => group.getAttribute("aria-label")),
        );
      expect(await names()).toEqual([
        "Người, tập thể",
        "Phong trào",
        "Bài viết",
      ]);
      expect(
        await page
          .getByRole("group", { name: "Người, tập thể" })
          .getByRole("option")
          .allTextContents(),
      ).toEqual(["Bác Dương Ví Dụ Đường vào xóm có bác giữ"]);
      await type(page, "song c");
      expect(await names()).toContain("Xã, phường");
      expect(complaints).toEqual([]);
    });
  });

  it("are a combobox with a list, as its pattern says", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(site.origin);
      expect(await boxOf(page).getAttribute("role")).toBe(null);
      await type(page, "song cau");
      const box = page.getByRole("combobox", { name: "Tìm kiếm" });
      expect(await box.getAttribute("aria-expanded")).toBe("true");
      expect(await box.getAttribute("aria-controls")).toBe(
        await page.getByRole("listbox").getAttribute("id"),
      );
      // Nothing is chosen before the reader does: Enter sends what was typed.
      expect(await activeOf(page)).toBe(null);
      await page.keyboard.press("ArrowDown");
      expect(await activeOf(page)).toBe("Xã Sông Cầu");
      await page.keyboard.press("ArrowUp");
      expect(await activeOf(page)).toBe(null);
      await page.keyboard.press("ArrowUp");
      expect(await activeOf(page)).toBe("Tìm “song cau” trong mọi bài");
      await page.keyboard.press("Escape");
      expect(await box.getAttribute("aria-expanded")).toBe("false");
      expect(await box.inputValue()).toBe("song cau");
      expect(await page.getByRole("listbox").isVisible()).toBe(false);
      await page.keyboard.press("ArrowDown");
      await page.getByRole("listbox").waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/dia-ban/song-cau/");
    });
  });

  it("say how many there are, and go when the box is left", async () => {
    await visit({ script: true }, async ({ page }) => {
      await type(page, "doi xanh");
      const count = (await optionsOf(page).count()) - 1;
      await page
        .getByRole("status")
        .filter({ hasText: `${count} gợi ý` })
        .waitFor({ state: "attached" });
      await page.keyboard.press("Tab");
      expect(await page.getByRole("listbox").isVisible()).toBe(false);
    });
  });

  it("are touched", async () => {
    await visit({ script: true, width: 390 }, async ({ page }) => {
      await type(page, "doi xanh");
      await page
        .getByRole("group", { name: "Phong trào" })
        .getByRole("option")
        .click();
      await page.waitForURL("**/phong-trao/trong-cay/");
    });
  });

  it("lead to all results, and Enter does too", async () => {
    await visit({ script: true }, async ({ page }) => {
      await type(page, "duong moi");
      await optionsOf(page).last().click();
      await page.waitForURL("**/tim-kiem/?q=duong+moi");
      await type(page, "duong moi");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/tim-kiem/?q=duong+moi");
    });
  });

  it("cost nothing before the box is touched, and ask this site alone", async () => {
    await visit({ script: true }, async ({ page, requests }) => {
      await page.goto(site.origin);
      await page.waitForLoadState("networkidle");
      const scripts = requests.filter((url) => /\.js$|\/pagefind\//.test(url));
      expect(scripts.filter((url) => url.includes("/pagefind/"))).toEqual([]);
      expect(scripts.filter((url) => /suggestions|open/.test(url))).toEqual([]);
      await Promise.all([
        page.waitForRequest("**/pagefind/search.json"),
        boxOf(page).focus(),
      ]);
      await boxOf(page).pressSequentially("duong");
      await optionsOf(page).first().waitFor();
      expect(
        requests.filter((url) => !url.startsWith(`${site.origin}/`)),
      ).toEqual([]);
      // What is typed is in no address but that of the page.
      expect(requests.filter((url) => url.includes("duong"))).toEqual([]);
      expect(
        await page.evaluate(() => localStorage.length + sessionStorage.length),
      ).toBe(0);
    });
  });

  it("stay away when the index cannot be had; the box is a form then", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.route("**/pagefind/**", (route) =>
        route.fulfill({ status: 404 }),
      );
      await page.goto(site.origin);
      await boxOf(page).click();
      await Promise.all([
        page.waitForResponse("**/pagefind/search.json"),
        boxOf(page).pressSequentially("duong"),
      ]);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/tim-kiem/?q=duong");
    });
  });

  it.each([
    '<img src=x onerror="document.title=1">',
    "(.*)+",
    "đ \ud83d",
    "‮đường",
  ])("bear %j", async (odd) => {
    await visit({ script: true }, async ({ page, complaints }) => {
      await page.goto(site.origin);
      const title = await page.title();
      await boxOf(page).click();
      await boxOf(page).fill(odd);
      await optionsOf(page).last().waitFor();
      expect(await optionsOf(page).last().textContent()).toContain("Tìm “");
      expect(await page.title()).toBe(title);
      expect(complaints).toEqual([]);
    });
  });
});

describe.each([320, 1280])("the suggestions, %i px wide", (width) => {
  it.each([false, true])(
    "have nothing that axe finds (dark: %s)",
    async (dark) => {
      await visit({ script: true, width, dark }, async ({ page }) => {
        await type(page, "xom vi du");
        await page.keyboard.press("ArrowDown");
        expect(await axeFaults(page)).toEqual([]);
        const { scroll, screen } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          screen: document.documentElement.clientWidth,
        }));
        expect(scroll).toBe(screen);
      });
    },
  );
});

describe("on the page one lands on", () => {
  const EVERY_ROAD = [
    "Đường",
    "đư",
    "ờng",
    "đường",
    "ĐƯỜNG",
    "đường",
    "đường",
    "đường",
  ];

  it("the words that were looked for are marked, on the right syllables", async () => {
    await visit({ script: true }, async ({ page, complaints }) => {
      await page.goto(`${site.origin}/mo-hinh/mo-duong/#tim=đường`);
      const marks = page.locator("article mark:not(header mark)");
      await marks.first().waitFor();
      expect(await marks.allTextContents()).toEqual(EVERY_ROAD);
      expect(complaints).toEqual([]);
    });
  });

  it("other words are marked when one looks for them from that page", async () => {
    await visit({ script: true }, async ({ page }) => {
      await type(page, "mua đường", "/mo-hinh/mo-duong/#tim=đường");
      await optionsOf(page).first().click();
      const marks = page.locator("article mark:not(header mark)");
      await expect.poll(() => marks.allTextContents()).toEqual(["mua đường"]);
      expect(await optionsOf(page).count()).toBe(0);
      await page.goBack();
      await expect.poll(() => marks.allTextContents()).toEqual(EVERY_ROAD);
    });
  });

  it("a phrase is marked whole, and is in sight", async () => {
    await visit({ script: true, width: 390 }, async ({ page }) => {
      await page.goto(`${site.origin}/tim-kiem/?q=hop+ba+lan`);
      const link = page.locator("#ket-qua h3 a").first();
      await link.click();
      await page.waitForURL("**/#tim=*");
      const mark = page.locator("article mark").first();
      await mark.waitFor();
      expect(await mark.textContent()).toMatch(/^họp ba lần$/i);
      await expect
        .poll(() =>
          mark.evaluate((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          }),
        )
        .toBe(true);
    });
  });

  it.each(["#tim=", "#tim=<img src=x>", "#tim=((&tim=[", "#tim=%E0%A4%A"])(
    "%s does nothing",
    async (hash) => {
      await visit({ script: true }, async ({ page, complaints }) => {
        await page.goto(`${site.origin}/mo-hinh/mo-duong/${hash}`);
        await page.waitForLoadState("networkidle");
        expect(await page.locator("article mark").count()).toBe(0);
        expect(complaints).toEqual([]);
      });
    },
  );
});
