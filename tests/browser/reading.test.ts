import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { THEME, everything, showcase } from "../support/showcase.ts";
import { PAGES } from "./pages.ts";

useBrowser();
let site: Served;
let coloured: Served;
beforeAll(async () => {
  site = await serve(await everything());
  coloured = await serve(await showcase(THEME));
});

const STORY = PAGES["model with everything"]!;
const LEADS_ON = PAGES.redirect!;

/** Scrolls to every picture, which waits to be seen before it is fetched. */
async function readThrough(page: Page): Promise<void> {
  for (const image of await page.locator("img").all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((element: HTMLImageElement) => element.decode());
  }
}

/** A redirect leads on before it can be looked at. */
const STAYING = Object.entries(PAGES).filter(([name]) => name !== "redirect");

/** What the browser tells of pages that are not answered with 200. */
const STATUSES: Record<string, string> = {
  "page that is not there": "404",
  "withdrawn story": "410",
  "expired story": "410",
};

describe.each(STAYING)("%s", (name, address) => {
  it("asks for nothing from other hosts, and the browser complains of nothing", async () => {
    await visit({ script: true }, async ({ page, complaints, requests }) => {
      await page.goto(site.origin + address);
      await readThrough(page);
      expect(
        requests.filter((url) => new URL(url).origin !== site.origin),
      ).toEqual([]);
      const status = STATUSES[name];
      const expected =
        status === undefined ? [] : [expect.stringContaining(status)];
      expect(complaints).toEqual(expected);
    });
  });
});

describe("pictures", () => {
  it("are shown, in a format the browser chose, each in a place that was kept for it", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(site.origin + STORY);
      await readThrough(page);
      const pictures = await page.evaluate(() =>
        Array.from(document.images, (image) => ({
          shown: image.complete && image.naturalWidth > 0,
          address: new URL(image.currentSrc).pathname,
          kept:
            Math.abs(
              image.width / image.height -
                Number(image.getAttribute("width")) /
                  Number(image.getAttribute("height")),
            ) < 0.02,
        })),
      );
      expect(pictures.length).toBeGreaterThan(5);
      for (const { shown, address, kept } of pictures) {
        expect(shown, address).toBe(true);
        expect(address).toMatch(/^\/_media\/[\w-]+\.avif$/);
        expect(kept, address).toBe(true);
      }
    });
  });

  it("come small to a narrow screen", async () => {
    await visit({ width: 320, script: true }, async ({ page }) => {
      await page.goto(site.origin + STORY);
      await readThrough(page);
      const address = await page.evaluate(
        () =>
          (document.querySelector(".figure img") as HTMLImageElement)
            .currentSrc,
      );
      expect(address).toMatch(/-480\.avif$/);
    });
  });
});

describe("styles", () => {
  it("apply: the page is laid out, by day and by night", async () => {
    const paper = (dark: boolean, origin: string) =>
      visit({ dark, script: true }, async ({ page }) => {
        await page.goto(origin);
        return page.evaluate(
          () => getComputedStyle(document.documentElement).backgroundColor,
        );
      });
    const day = await paper(false, site.origin);
    const night = await paper(true, site.origin);
    expect(day).not.toBe(night);
    expect(day).not.toBe("rgba(0, 0, 0, 0)");
  });

  it("take a site's own colours, which its policy lets in", async () => {
    await visit({ script: true }, async ({ page, complaints }) => {
      await page.goto(coloured.origin);
      const colours = await page.evaluate(() => [
        getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.querySelector("main .kicker")!).color,
      ]);
      expect(colours).toEqual(["rgb(255, 255, 255)", "rgb(11, 79, 156)"]);
      expect(complaints).toEqual([]);
    });
  });
});

describe("without JavaScript", () => {
  it("the way from the front page to a story and back is all there", async () => {
    await visit({ script: false, width: 320 }, async ({ page }) => {
      await page.goto(site.origin);
      await page
        .getByRole("navigation", { name: "Các chuyên mục" })
        .getByRole("link", { name: "Mô hình hay" })
        .click();
      await page.waitForURL("**/mo-hinh/");
      await page
        .getByRole("link", { name: /^Xóm Ví Dụ làm đường nội đồng, mỗi nhà/ })
        .click();
      await page.waitForURL(`**${STORY}`);
      await page.getByRole("link", { name: "Còn lại" }).click();
      expect(new URL(page.url()).hash).toBe("#con-lai");
      await page
        .getByRole("navigation", { name: "Đường dẫn" })
        .getByRole("link", { name: "Trang chủ" })
        .click();
      await page.waitForURL(`${site.origin}/`);
    });
  });

  it("an old address leads to the story", async () => {
    await visit({ script: false }, async ({ page }) => {
      await page.goto(site.origin + LEADS_ON);
      await page.waitForURL(`**${STORY}`);
      expect(
        await page.getByRole("heading", { level: 1 }).textContent(),
      ).toContain("mỗi nhà một việc");
    });
  });

  it("older news is reached page by page", async () => {
    await visit({ script: false }, async ({ page }) => {
      await page.goto(`${site.origin}/tin-tuc/`);
      await page.getByRole("link", { name: "Cũ hơn" }).click();
      await page.waitForURL("**/tin-tuc/trang-2/");
      await page.getByRole("link", { name: "Cũ hơn" }).click();
      await page.waitForURL("**/tin-tuc/trang-1/");
      await page.getByRole("link", { name: "Mới hơn" }).click();
      await page.waitForURL("**/tin-tuc/trang-2/");
      await page.getByRole("link", { name: "Mới hơn" }).click();
      await page.waitForURL("**/tin-tuc/");
    });
  });
});

describe("the policy", () => {
  it("stops a script that got into a page all the same", async () => {
    const html = readFileSync(path.join(site.out, "index.html"), "utf8");
    await visit({ script: true }, async ({ page, complaints }) => {
      await page.route(`${site.origin}/`, (route) =>
        route.fulfill({
          contentType: "text/html",
          body: html.replace(
            "</body>",
            `<script>document.title = "chạy"</script><img src="x" onerror="document.title = 'chạy'"></body>`,
          ),
        }),
      );
      await page.goto(site.origin);
      await page.waitForLoadState("networkidle");
      expect(await page.title()).not.toBe("chạy");
      expect(complaints.join("\n")).toContain("Content Security Policy");
    });
  });
});

describe("the keyboard", () => {
  /** The element that has the keyboard's attention, and how it shows: a card shows it for its title. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement!;
      const isOutlined = (each: Element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      };
      const luminance = (colour: string) => {
        const [r = 0, g = 0, b = 0] = colour
          .match(/[\d.]+/g)!
          .map(Number)
          .map((value) => value / (colour.startsWith("color(") ? 1 : 255))
          .map((value) =>
            value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
          );
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paperBehind = (each: Element): string => {
        const { backgroundColor } = getComputedStyle(each);
        return backgroundColor === "rgba(0, 0, 0, 0)" && each.parentElement
          ? paperBehind(each.parentElement)
          : backgroundColor;
      };
      const shown = isOutlined(element)
        ? element
        : (element.closest("article") ?? element);
      const tones = [
        getComputedStyle(shown).outlineColor,
        paperBehind(shown.parentElement ?? shown),
      ].map(luminance);
      const { top, left, width, height } = element.getBoundingClientRect();
      return {
        text: element.textContent.trim(),
        id: element.id,
        tag: element.tagName,
        outlined: isOutlined(shown),
        contrast: (Math.max(...tones) + 0.05) / (Math.min(...tones) + 0.05),
        onScreen:
          width > 0 && height > 0 && left >= 0 && top >= 0 && top < innerHeight,
      };
    });
  const REACHABLE =
    "a[href], button:not([hidden]), input:not([disabled]), select, summary, [tabindex='0']";

  it.each([320, 1280])(
    "meets the way to the content first, and takes it (%i px)",
    async (width) => {
      await visit({ width, script: true }, async ({ page }) => {
        await page.goto(site.origin + STORY);
        await page.keyboard.press("Tab");
        expect(await focused(page)).toMatchObject({
          text: "Tới nội dung chính",
          outlined: true,
          onScreen: true,
        });
        await page.keyboard.press("Enter");
        expect(await focused(page)).toMatchObject({
          tag: "MAIN",
          id: "noi-dung",
        });
        await page.keyboard.press("Tab");
        const next = await page.evaluate(
          () => document.activeElement!.closest("main") !== null,
        );
        expect(next).toBe(true);
      });
    },
  );

  it.each([
    ["a story", STORY, false],
    ["a story by night", STORY, true],
    ["the front page", "/", false],
    ["the front page by night", "/", true],
    ["a list", "/mo-hinh/", false],
    ["the search", "/tim-kiem/", false],
  ])(
    "reaches everything once, in order, and shows where it is: %s",
    async (_name, address, dark) => {
      await visit({ script: true, dark }, async ({ page }) => {
        await page.goto(site.origin + address);
        if (address === STORY) {
          // What passes a story on comes when its end is near; then back to where one begins.
          await page.locator("#chia-se").scrollIntoViewIfNeeded();
          await page.locator("#chia-se button").first().waitFor();
          await page.evaluate(() => scrollTo(0, 0));
        }
        const reachable = await page
          .locator(REACHABLE)
          .filter({ visible: true })
          .count();
        const places: number[] = [];
        for (let index = 0; index < reachable; index++) {
          await page.keyboard.press("Tab");
          const { outlined, contrast, text, tag } = await focused(page);
          expect(outlined, `${tag} ${text} is not outlined`).toBe(true);
          expect(contrast, `${tag} ${text} is outlined`).toBeGreaterThan(3);
          // A busy browser scrolls a frame later.
          await expect
            .poll(async () => (await focused(page)).onScreen, {
              message: `${tag} ${text} is out of sight`,
            })
            .toBe(true);
          places.push(
            await page.evaluate(
              (all) =>
                Array.from(document.querySelectorAll(all))
                  .filter((element) => element.checkVisibility())
                  .indexOf(document.activeElement!),
              REACHABLE,
            ),
          );
        }
        expect(places).toEqual(
          Array.from({ length: reachable }, (_, index) => index),
        );
      });
    },
  );

  it("scrolls a wide table inside its frame", async () => {
    await visit({ width: 320, script: true }, async ({ page }) => {
      await page.goto(site.origin + STORY);
      const frame = page.getByRole("region", { name: "Bảng" });
      await frame.focus();
      expect((await focused(page)).outlined).toBe(true);
    });
  });
});

it("at 200 % text a narrow screen still scrolls one way only", async () => {
  await visit({ width: 640, script: true }, async ({ page }) => {
    await page.goto(site.origin + STORY);
    await page.evaluate(() => {
      document.documentElement.style.setProperty("font-size", "200%");
    });
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(content).toBe(screen);
  });
});
