/** Other people's sites as they treat what is pasted into them, in a real browser: another host altogether. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../../src/cli/serve.ts";
import { NEWEST, listEmbed, oembedOf } from "../../src/embeds/address.ts";
import { SANDBOX, type CodeName } from "../../src/embeds/snippets.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { NOW } from "../support/corpus.ts";
import {
  Host,
  WORDPRESS_SCRIPT,
  hostPage,
  liferay,
  nukeViet,
  nukeVietSavedAgain,
  strictPolicy,
  wordPress,
  wordPressEmbed,
} from "../support/hosts.ts";
import { showcase } from "../support/showcase.ts";
import { build, placeFor } from "../support/site.ts";

const WIDTHS = [320, 1280];
const STORY = "/mo-hinh/mo-hinh-day-du/";

useBrowser();
const host = new Host();
let origin: string;
let site: Awaited<ReturnType<typeof serveFolder>>;

/** A port of this machine that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  await host.open();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const place = {
    ...placeFor((await showcase()).dir, NOW),
    env: { SITE_URL: origin },
  };
  await build(place);
  site = await serveFolder({ outDir: place.out, base: "/" }, port);
});
afterAll(() => {
  host.close();
  site?.closeAllConnections();
  site?.close();
});

const known = new Map<string, Promise<Record<CodeName, string>>>();

/** The codes that the builder gives for what its address asks for. */
function codes(query: string): Promise<Record<CodeName, string>> {
  const made =
    known.get(query) ??
    visit({ script: true }, async ({ page }) => {
      await page.goto(`${origin}/nhung/${query}`);
      await page
        .locator("[data-code=frame]")
        .first()
        .waitFor({ state: "attached" });
      await page.locator(".preview iframe[data-shown]").waitFor();
      return page.evaluate(() =>
        Object.fromEntries(
          [
            ...document.querySelectorAll<HTMLTextAreaElement>("[data-code]"),
          ].map((box) => [box.dataset.code, box.value]),
        ),
      ) as Promise<Record<CodeName, string>>;
    });
  known.set(query, made);
  return made;
}

/** Shows a page of the host to a reader. */
const at = <T>(
  address: string,
  look: (page: Page, complaints: string[]) => Promise<T>,
): Promise<T> =>
  visit({ width: WIDTHS[0]!, script: true }, async ({ page, complaints }) => {
    await page.goto(address);
    return look(page, complaints);
  });

const inFrame = (page: Page): FrameLocator =>
  page.frameLocator("iframe >> nth=0");

const hrefOf = (link: Locator): Promise<string> =>
  link.evaluate(({ href }: HTMLAnchorElement) => href);

/** The HTML of the oEmbed answer for a page. */
async function oembed(path: string): Promise<string> {
  const answer = await fetch(origin + oembedOf(path));
  return ((await answer.json()) as { html: string }).html;
}

/** How high the first frame is, and what it shows. */
async function heights(
  page: Page,
): Promise<{ frame: number; shown: number; width: number }> {
  const frame = page.locator("iframe").first();
  const main = inFrame(page).locator("main");
  await main.waitFor();
  const box = (await frame.boundingBox())!;
  const shown = (await main.boundingBox())!;
  return { frame: box.height, shown: shown.height, width: box.width };
}

/** Waits for a frame to be as high as what it shows, to a pixel. */
const expectExact = (page: Page) =>
  expect
    .poll(async () => {
      const { frame, shown } = await heights(page);
      return Math.abs(frame - shown);
    })
    .toBeLessThanOrEqual(1);

const scrolls = (page: Page): Promise<boolean> =>
  inFrame(page)
    .locator("html")
    .evaluate(
      ({ scrollHeight, clientHeight, scrollWidth, clientWidth }) =>
        scrollHeight > clientHeight || scrollWidth > clientWidth,
    );

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** Clicks something that leads to a window of its own. @returns its address */
async function opened(page: Page, link: Locator): Promise<string> {
  const [popup] = await Promise.all([
    page.context().waitForEvent("page"),
    link.click(),
  ]);
  await popup.waitForURL(/^http/);
  return popup.url();
}

const LIST = "?muc=/mo-hinh/&so=3";

/** What can be embedded, as the builder's address asks for it. */
const SHOWN = {
  "a list": LIST,
  "a list of twelve with pictures": "?muc=/tin-tuc/&so=12&anh=co",
  "a list without stories": "?muc=/dia-ban/tan-lap/",
  "a story": `?bai=${STORY}`,
  "a story's text": `?bai=${STORY}&dang=text`,
  "a story's figures": `?bai=${STORY}&dang=figures`,
  "the search box": "?gi=tim-kiem",
};

/** Looks at a page at every width, one after another, as when a reader turns the screen. */
async function atEachWidth(
  page: Page,
  look: (width: number) => Promise<void>,
): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await look(width);
    expect(await scrollsSideways(page), `${width} px`).toBe(false);
  }
}

/** The first frame has room for what it shows, and not more than half as much again. */
async function expectRoom(page: Page): Promise<void> {
  const { frame, shown } = await heights(page);
  expect(frame).toBeGreaterThanOrEqual(shown);
  expect(frame).toBeLessThanOrEqual(Math.max(shown * 1.5, shown + 50));
}

describe("a frame", () => {
  it.each(Object.entries(SHOWN))(
    "of %s has its height where the script may run",
    async (_name, query) => {
      const { scripted } = await codes(query);
      await at(host.put(hostPage(scripted)), async (page) => {
        await atEachWidth(page, async () => {
          await expectExact(page);
          expect(await scrolls(page)).toBe(false);
        });
      });
    },
  );

  it("has it where a page has two, and the script twice", async () => {
    const { scripted } = await codes(LIST);
    await at(host.put(hostPage(scripted + scripted)), async (page) => {
      await expectExact(page);
      const [one, other] = await page
        .locator("iframe")
        .evaluateAll((frames) =>
          frames.map(({ clientHeight }) => clientHeight),
        );
      // The second comes when a reader comes near.
      await page.locator("iframe").nth(1).scrollIntoViewIfNeeded();
      await expect
        .poll(() =>
          page
            .locator("iframe")
            .nth(1)
            .evaluate(({ clientHeight }) => clientHeight),
        )
        .toBe(one);
      expect(other).toBeGreaterThan(0);
    });
  });

  it.each(Object.entries(SHOWN).filter(([name]) => name !== "a story's text"))(
    "of %s has room without a script",
    async (_name, query) => {
      const { frame } = await codes(query);
      await at(host.put(hostPage(frame)), async (page) => {
        await atEachWidth(page, async (width) => {
          await expectRoom(page);
          expect((await heights(page)).width).toBe(Math.min(width, 800));
          expect(await scrolls(page)).toBe(false);
        });
      });
    },
  );

  it("has room as the page gives its code to who runs no script", async () => {
    const { frame } = await visit({ script: false }, async ({ page }) => {
      await page.goto(`${origin}/nhung/`);
      return { frame: await page.locator("#khac-frame").inputValue() };
    });
    await at(host.put(hostPage(frame)), async (page) => {
      await atEachWidth(page, () => expectRoom(page));
    });
  });

  it("of a narrow column has room there", async () => {
    const { frame } = await codes(`${LIST}&cho=side`);
    const column = `<div style="width:300px">${frame}</div>`;
    await at(host.put(hostPage(column)), (page) => expectRoom(page));
  });
});

describe("NukeViet", () => {
  it("keeps the card: its colours, and its links", async () => {
    const { card, page: listed } = await codes(LIST);
    await at(host.put(hostPage(nukeViet(card))), async (page) => {
      const shown = page.locator("main > div");
      expect(
        await shown.evaluate((element) => getComputedStyle(element).color),
      ).toBe("rgb(29, 26, 22)");
      expect(await shown.locator("img").count()).toBe(0);
      expect(await shown.locator("a").count()).toBeGreaterThan(3);
      await atEachWidth(page, async () => {});
      await shown.locator("a").first().click();
      expect(page.url()).toBe(listed);
    });
  });

  it("shows nothing of the frame before the host is trusted", async () => {
    const { frame } = await codes(LIST);
    await at(host.put(hostPage(nukeViet(frame))), async (page) => {
      expect(await page.locator("iframe").getAttribute("src")).toBeNull();
    });
  });

  it("shows it afterwards, with links that open windows", async () => {
    const { frame } = await codes(LIST);
    const trusted = nukeViet(frame, ["localhost"]);
    await at(host.put(hostPage(trusted)), async (page) => {
      await atEachWidth(page, () => expectRoom(page));
      const link = inFrame(page).locator("h2 a").first();
      expect(await opened(page, link)).toBe(await hrefOf(link));
    });
  });

  it("has the frame lead on inside when the article was saved again", async () => {
    const { frame } = await codes(LIST);
    const again = nukeVietSavedAgain(nukeViet(frame, ["localhost"]));
    await at(host.put(hostPage(again)), async (page) => {
      const link = inFrame(page).locator("h2 a").first();
      const title = await link.textContent();
      await link.click();
      await inFrame(page).locator("article h1").waitFor();
      expect(await inFrame(page).locator("h1").textContent()).toBe(title);
      expect(page.context().pages()).toHaveLength(1);
    });
  });
});

describe("Liferay", () => {
  it("shows a list and a story's text where frames may do nothing", async () => {
    const { frame } = await codes(LIST);
    await at(host.put(hostPage(liferay(frame))), async (page) => {
      await atEachWidth(page, () => expectRoom(page));
      await inFrame(page).locator(".here").first().click();
      await inFrame(page).locator("article.story").waitFor();
    });
  });

  it("lets the frame do what its administrator was asked for", async () => {
    const { frame } = await codes(LIST);
    await at(host.put(hostPage(liferay(frame, SANDBOX))), async (page) => {
      const link = inFrame(page).locator("h2 a").first();
      expect(await opened(page, link)).toBe(await hrefOf(link));
    });
  });
});

describe("WordPress", () => {
  it("keeps an author's card, with its picture", async () => {
    const { pictureCard } = await codes(`?bai=${STORY}`);
    await at(host.put(hostPage(wordPress(pictureCard))), async (page) => {
      const picture = page.locator("main img");
      await expect
        .poll(() =>
          picture.evaluate((element: HTMLImageElement) => element.naturalWidth),
        )
        .toBe(1200);
      await atEachWidth(page, async () => {});
      await page.locator("main a").first().click();
      expect(new URL(page.url()).pathname).toBe(STORY);
    });
  });

  it.each([STORY, "/"])("embeds the address %s", async (path) => {
    const html = wordPressEmbed(await oembed(path), "Secret1234");
    // Its block is as wide as the column; by itself the frame has the width that the answer says.
    const block = `<style>iframe{width:100%}</style>${html}`;
    await at(host.put(hostPage(block, WORDPRESS_SCRIPT)), async (page) => {
      await atEachWidth(page, () =>
        expect
          .poll(async () => {
            const { frame, shown } = await heights(page);
            return Math.abs(frame - Math.min(1000, Math.max(200, shown)));
          })
          .toBeLessThanOrEqual(1),
      );
      expect(await page.locator("blockquote").isVisible()).toBe(false);
      const link = inFrame(page).locator("article h1 a, h2 a").first();
      const address = await hrefOf(link);
      await page.locator("iframe").focus();
      await link.click();
      await page.waitForURL(address);
    });
  });

  it("shows the link alone where no script runs", async () => {
    const html = wordPressEmbed(await oembed(STORY), "a");
    await visit({ script: false }, async ({ page }) => {
      await page.goto(host.put(hostPage(html)));
      expect(await page.locator("blockquote a").isVisible()).toBe(true);
    });
  });
});

describe("the element", () => {
  it("shows what it names in its right height", async () => {
    const { element } = await codes(`${LIST}&nen=dark`);
    await at(host.put(hostPage(element)), async (page) => {
      await atEachWidth(page, () => expectExact(page));
      const shown = await page
        .locator("iframe")
        .evaluate(({ src }: HTMLIFrameElement) => new URL(src).pathname);
      expect(shown).toBe(listEmbed("/mo-hinh/", 3, "dark"));
      expect(await page.locator("guong-sang > a").isVisible()).toBe(false);
    });
  });

  it.each([
    ["NukeViet", nukeViet],
    ["WordPress", wordPress],
  ] as const)("leaves its link in %s", async (_name, filter) => {
    const { element, page: listed } = await codes(LIST);
    await at(host.put(hostPage(filter(element))), async (page) => {
      await page.locator("main a").click();
      expect(page.url()).toBe(listed);
    });
  });
});

describe("a host with a strict policy", () => {
  it("shows our frames where it lets them in, and no style or script of ours", async () => {
    const { scripted } = await codes(LIST);
    const address = host.put(hostPage(scripted), strictPolicy(origin));
    await at(address, async (page, complaints) => {
      await atEachWidth(page, async () => {
        const { frame, shown } = await heights(page);
        expect(frame).toBeGreaterThanOrEqual(shown);
      });
      expect(complaints.length).toBeGreaterThan(0);
      for (const each of complaints)
        expect(each).toMatch(/inline style|nhung\.js/);
    });
  });

  it("shows the card where it lets nobody in", async () => {
    const { frame, card } = await codes(LIST);
    const address = host.put(
      hostPage(frame + card),
      "default-src 'none'; style-src 'self'",
    );
    await at(address, async (page, complaints) => {
      await expect.poll(() => complaints.join()).toMatch(/frame-src|Framing/);
      expect(await page.locator("main > div a").first().isVisible()).toBe(true);
    });
  });
});

it("the newest stories are where the builder says", async () => {
  const { view, page } = await codes("");
  expect(view).toBe(origin + listEmbed(NEWEST));
  expect(page).toBe(`${origin}/`);
});
