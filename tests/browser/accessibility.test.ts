import axe from "axe-core";
import { beforeAll, describe, expect, it } from "vitest";
import { serve, useBrowser, visit, type Served } from "../support/browser.ts";
import { ROOT } from "../support/site.ts";
import { OFFICIAL, THEME, showcase } from "../support/showcase.ts";
import { PAGES } from "./pages.ts";

useBrowser();
let site: Served;
let coloured: Served;
let shipped: Served;
beforeAll(async () => {
  site = await serve(await showcase());
  coloured = await serve(await showcase({ ...OFFICIAL, ...THEME }));
  shipped = await serve({ dir: `${ROOT}/content` });
});

const SCREENS = [320, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

/** What axe finds wrong with a page, on narrow and wide screens, by day and by night. */
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
    // By way of the debugger: the page's own policy lets no script in.
    await page.evaluate(axe.source);
    const found: string[] = [];
    for (const { width, colorScheme } of SCREENS) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
          runOnly: [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
          ],
        }),
      );
      for (const { id, nodes } of violations)
        for (const { html, failureSummary } of nodes)
          found.push(
            `${id} at ${width} px, ${colorScheme}: ${html}\n${failureSummary}`,
          );
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

  it.each(["/", "/mo-hinh/", "/gioi-thieu/"])(
    "the shipped content: %s",
    async (path) => {
      expect(await faults(shipped.origin + path)).toEqual([]);
    },
  );
});

it("axe is there and finds what is wrong", async () => {
  const found = await visit({ script: true }, async ({ page }) => {
    await page.setContent("<main><img src='x'></main>");
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    return violations.map(({ id }) => id);
  });
  expect(found).toContain("image-alt");
  expect(found).toContain("document-title");
});
