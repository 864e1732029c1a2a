/** What the design promises to every reader: letters whole, nothing that jumps, less where less is asked for. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { OFFICIAL, everything } from "../support/showcase.ts";
import { PAGES } from "./pages.ts";

// Chromium has this media feature behind a switch.
useBrowser("--enable-blink-features=PrefersReducedData");
let site: Served;
beforeAll(async () => {
  site = await serve(await everything(OFFICIAL));
});

const STORY = PAGES["model with everything"]!;
const TALL = PAGES["longest model"]!;
const READ = { front: "/", story: STORY, "tall letters": TALL };

/** A redirect leads on before it can be looked at. */
const STAYING = Object.entries(PAGES).filter(([name]) => name !== "redirect");

const isFont = (url: string) => url.endsWith(".woff2");

/** Waits until what changed has been painted. */
const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done())),
      ),
  );

/** An entry of that kind, which TypeScript does not know yet. */
interface LayoutShift extends PerformanceEntry {
  value: number;
}

describe("fonts", () => {
  it.each(Object.entries(READ))(
    "come without a jump: %s",
    async (_name, address) => {
      await visit({ width: 390, script: true }, async ({ page, requests }) => {
        let release = () => {};
        const asked = new Promise<void>((go) => (release = go));
        await page.route(isFontAddress, async (route) => {
          await asked;
          await route.continue();
        });
        await page.goto(site.origin + address, { waitUntil: "commit" });
        await page.waitForFunction(
          () =>
            document.readyState !== "loading" &&
            [...document.fonts].some(({ status }) => status === "loading"),
        );
        await painted(page);
        const before = await page.evaluate(
          () => document.documentElement.scrollHeight,
        );
        expect(before).toBeGreaterThan(500);
        release();
        await page.evaluate(async () => {
          await document.fonts.ready;
        });
        await painted(page);
        expect(requests.filter(isFont).length).toBeGreaterThan(1);
        const shifts = await page.evaluate(
          () =>
            new Promise<number[]>((done) => {
              new PerformanceObserver((list) =>
                done(
                  list
                    .getEntries()
                    .map((entry) => (entry as LayoutShift).value),
                ),
              ).observe({ type: "layout-shift", buffered: true });
              requestAnimationFrame(() =>
                requestAnimationFrame(() => done([])),
              );
            }),
        );
        // Words may move along their line by a few pixels; a line more or less would be ten times this.
        expect(
          shifts.reduce((sum, shift) => sum + shift, 0),
          JSON.stringify(shifts),
        ).toBeLessThan(0.005);
      });
    },
  );

  it("are not fetched for a reader whose browser saves data, who reads all the same", async () => {
    await visit({ width: 390, script: true }, async ({ page, requests }) => {
      const session = await page.context().newCDPSession(page);
      await session.send("Emulation.setDataSaverOverride", {
        dataSaverEnabled: true,
      });
      await page.goto(site.origin + STORY);
      await painted(page);
      await expectReadable(page);
      expect(requests.filter(isFont)).toEqual([]);
    });
  });

  it("are not fetched for a reader who asks for less data, who reads all the same, scripts or none", async () => {
    for (const script of [true, false])
      await visit({ width: 390, script }, async ({ page, requests }) => {
        const session = await page.context().newCDPSession(page);
        await session.send("Emulation.setEmulatedMedia", {
          features: [{ name: "prefers-reduced-data", value: "reduce" }],
        });
        await page.goto(site.origin + STORY);
        await expectReadable(page);
        expect(requests.filter(isFont)).toEqual([]);
      });
  });

  it("are fetched for everybody else: three, from this site", async () => {
    await visit({ width: 390, script: true }, async ({ page, requests }) => {
      await page.goto(site.origin + STORY);
      await painted(page);
      const fonts = requests.filter(isFont);
      expect(fonts).toHaveLength(3);
      for (const font of fonts) expect(new URL(font).origin).toBe(site.origin);
    });
  });
});

const isFontAddress = (url: URL) => isFont(url.pathname);

/** The headline stands there in letters of a good size. */
async function expectReadable(page: Page): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  expect(await heading.isVisible()).toBe(true);
  expect((await heading.boundingBox())!.height).toBeGreaterThan(30);
}

describe("the room a page has", () => {
  it.each(STAYING)(
    "is enough for the %s at every width: nothing scrolls sideways",
    async (_name, address) => {
      await visit({ script: true }, async ({ page }) => {
        await page.goto(site.origin + address);
        for (const width of [320, 390, 768, 1280, 1920]) {
          await page.setViewportSize({ width, height: 900 });
          const content = await page.evaluate(
            () => document.documentElement.scrollWidth,
          );
          expect(content, `${width} px`).toBe(width);
        }
      });
    },
  );

  it.each(Object.entries({ ...READ, list: "/mo-hinh/" }))(
    "is enough for letters with two marks: their ink stays in its line (%s)",
    async (_name, address) => {
      await visit({ script: true }, async ({ page }) => {
        await page.goto(site.origin + address);
        await page.evaluate(async () => {
          await document.fonts.ready;
        });
        for (const width of [320, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await page.evaluate(linesTooTight), `${width} px`).toEqual([]);
        }
      });
    },
  );
});

/** In the page: the headings and the clipping boxes in which the tallest letters reach out of their line. */
function linesTooTight(): string[] {
  const TALLEST = "ẤẪỰỸỘ";
  const LOWEST = "Ậợgỵ";
  const context = document.createElement("canvas").getContext("2d")!;
  const clips = (element: Element) =>
    getComputedStyle(element).overflow !== "visible" &&
    element.textContent.trim() !== "" &&
    element.clientHeight > 1 &&
    !element.querySelector("svg, img");
  return [...document.querySelectorAll("body *")]
    .filter((element) => /^H[1-4]$/.test(element.tagName) || clips(element))
    .filter((element) => {
      const { fontFamily, fontWeight, fontSize, lineHeight } =
        getComputedStyle(element);
      // Measured large: at the size of text the browser rounds to whole pixels.
      context.font = `${fontWeight} 1000px ${fontFamily}`;
      const line = (parseFloat(lineHeight) / parseFloat(fontSize)) * 1000;
      const tall = context.measureText(TALLEST);
      const above = tall.actualBoundingBoxAscent;
      const below = context.measureText(LOWEST).actualBoundingBoxDescent;
      // Where nothing clips, a line may reach into the empty part of the one above it.
      if (!clips(element)) return above + below > line;
      const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = tall;
      const leading = (line - up - down) / 2;
      return above > up + leading || below > down + leading;
    })
    .map(
      (element) =>
        `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`,
    );
}

describe("on paper", () => {
  const printing = (address: string, look: (page: Page) => Promise<void>) =>
    visit({ width: 794, script: true }, async ({ page }) => {
      await page.goto(site.origin + address);
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      await look(page);
    });

  it("there is nothing to press: menus, search, the way here", async () => {
    await printing(STORY, async (page) => {
      for (const nothing of ["nav", "form", ".skip", ".related"])
        for (const element of await page.locator(nothing).all())
          expect(
            await element.isVisible(),
            `${nothing}: ${await element.textContent()}`,
          ).toBe(false);
      await expectReadable(page);
    });
  });

  it("a source says where it is to be found", async () => {
    await printing(STORY, async (page) => {
      const printed = await page
        .locator(".after-story ol a")
        .evaluateAll((links) =>
          links.map((link) => getComputedStyle(link, "::after").content),
        );
      expect(printed).toEqual(['" (https://vidu.example/bao)"']);
    });
  });

  it.each(Object.entries(READ))(
    "of the cloth there is a thin band: %s",
    async (_name, address) => {
      await printing(address, async (page) => {
        const heights = await page.locator(".hung").evaluateAll((boxes) =>
          boxes
            .map((box) => box.getBoundingClientRect())
            .filter(({ width }) => width > 100)
            .map(({ height }) => height),
        );
        expect(heights.length).toBeGreaterThan(0);
        expect(heights.length).toBeLessThan(4);
        for (const height of heights) expect(height).toBeLessThan(60);
      });
    },
  );

  it("a page is printed as it would be in the dark: black on white", async () => {
    await visit({ dark: true, script: true }, async ({ page }) => {
      await page.goto(site.origin + STORY);
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const colours = await page.evaluate(() =>
        ["body", "h1", ".summary", ".foot"].map(
          (part) => getComputedStyle(document.querySelector(part)!).color,
        ),
      );
      for (const colour of colours)
        for (const channel of colour.match(/[\d.]+/g)!.slice(0, 3))
          expect(Number(channel)).toBeLessThan(128);
    });
  });
});

describe("without styles", () => {
  it("a story reads in order, scripts or none, and its cloth stays small", async () => {
    for (const script of [true, false])
      await visit({ width: 390, script }, async ({ page }) => {
        await page.route(/\.css$/, (route) => route.abort());
        await page.goto(site.origin + STORY);
        const tops = await Promise.all(
          [
            ".site-name",
            "header nav",
            ".breadcrumbs",
            "h1",
            ".story .summary",
            ".story .meta",
            ".results",
            ".toc",
            ".prose h2",
            ".after-story ol",
            ".ask-change",
            "footer",
          ].map(async (part) => ({
            part,
            top: (await page.locator(part).first().boundingBox())!.y,
          })),
        );
        expect(tops.toSorted((a, b) => a.top - b.top)).toEqual(tops);
        for (const cloth of await page.locator(".hung").all())
          expect((await cloth.boundingBox())!.height).toBeLessThanOrEqual(160);
      });
  });
});
