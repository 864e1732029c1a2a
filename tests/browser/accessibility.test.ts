import type axe from "axe-core";
import { beforeAll, describe, expect, it } from "vitest";
import { TAGS, axeFaults } from "../support/axe.ts";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { ROOT } from "../support/site.ts";
import { OFFICIAL, THEME, everything, showcase } from "../support/showcase.ts";
import { PAGES } from "./pages.ts";

useBrowser();
let site: Served;
let coloured: Served;
let shipped: Served;
beforeAll(async () => {
  site = await serve(await everything());
  coloured = await serve(await showcase({ ...OFFICIAL, ...THEME }));
  shipped = await serve({ dir: `${ROOT}/content` });
});

const WIDTHS = [320, 1280];

/** What can change with the colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** Who asks for more contrast gets what WCAG calls enhanced. */
const ENHANCED = [...COLOUR_RULES, "color-contrast-enhanced"];

/** How a page may be coloured, and what is looked at in these colours. */
const COLOURS: {
  name: string;
  media: Parameters<Page["emulateMedia"]>[0];
  asked: axe.RunOptions;
  /** Colours alone are the same on every screen. */
  widths: readonly number[];
}[] = [
  {
    name: "light",
    media: { colorScheme: "light" },
    // Axe leaves the size of targets out unless it is named.
    asked: { runOnly: TAGS, rules: { "target-size": { enabled: true } } },
    widths: WIDTHS,
  },
  {
    name: "dark",
    media: { colorScheme: "dark" },
    asked: { runOnly: COLOUR_RULES },
    widths: [1280],
  },
  {
    name: "more contrast",
    media: { colorScheme: "light", contrast: "more" },
    asked: { runOnly: ENHANCED },
    widths: [1280],
  },
  {
    name: "more contrast, dark",
    media: { colorScheme: "dark", contrast: "more" },
    asked: { runOnly: ENHANCED },
    widths: [1280],
  },
  {
    // The browser paints its own colours here, while axe is told the page's: contrast is not ours to prove. What is
    // left is nearly what light has: by hand, `npm run test:long`.
    name: "forced colours",
    media: { colorScheme: "light", forcedColors: "active" },
    asked: {
      runOnly: TAGS,
      rules: Object.fromEntries(
        COLOUR_RULES.map((rule) => [rule, { enabled: false }]),
      ),
    },
    widths: process.env.LONG ? [320] : [],
  },
];
const PLAIN = { contrast: "no-preference", forcedColors: "none" } as const;

/** What axe finds wrong with a page, on narrow and wide screens, in every way it may be coloured. */
async function faults(address: string): Promise<string[]> {
  return visit({ script: true }, async ({ page }) => {
    // A redirect would lead on before it could be looked at.
    await page.route("**/*", async (route) => {
      if (route.request().resourceType() !== "document")
        return route.continue();
      const response = await route.fetch();
      const html = await response.text();
      return route.fulfill({
        response,
        body: html.replace(/<meta http-equiv="refresh"[^>]*>/, ""),
      });
    });
    await page.goto(address);
    const found: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const { name, media, asked, widths } of COLOURS) {
        if (!widths.includes(width)) continue;
        await page.emulateMedia({ ...PLAIN, ...media });
        for (const fault of await axeFaults(page, "html", asked))
          found.push(`at ${width} px, ${name}: ${fault}`);
      }
    }
    return found;
  });
}

describe("axe has no fault with", () => {
  it.each(Object.entries(PAGES))("the %s", async (_name, path) => {
    expect(await faults(site.origin + path)).toEqual([]);
  });

  it.each(["/", PAGES["model with everything"]!])(
    "an official site in its own colours: %s",
    async (path) => {
      expect(await faults(coloured.origin + path)).toEqual([]);
    },
  );

  it.each(["/", "/mo-hinh/", "/dot-thi-dua/dai-hoi-xiv/", "/gioi-thieu/"])(
    "the shipped content: %s",
    async (path) => {
      expect(await faults(shipped.origin + path)).toEqual([]);
    },
  );
});

it("axe is there and finds what is wrong", async () => {
  const found = await visit({ script: true }, async ({ page }) => {
    await page.setContent("<main><img src='x'></main>");
    return axeFaults(page);
  });
  expect(found).toContainEqual(expect.stringMatching(/^image-alt: /));
  expect(found).toContainEqual(expect.stringMatching(/^document-title: /));
});
