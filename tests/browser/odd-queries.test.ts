/** Queries that nobody means well with, or that nobody meant at all, on the search page. */
import { beforeAll, expect, it } from "vitest";
import { serve, useBrowser, visit, type Served } from "../support/browser.ts";
import { showcase } from "../support/showcase.ts";

useBrowser();
let site: Served;
beforeAll(async () => {
  site = await serve(await showcase());
});

it.each([
  ["ten thousand letters", "đường".repeat(2000)],
  ["two hundred words", "làm đường mới ".repeat(67)],
  ["pictures", "🎉🚜 đường 👩‍🌾"],
  ["signs of patterns", "(.*)+?[^$]{1,}\\d|^đường$"],
  ["markup", `"><img src=x onerror="document.title='ran'"><script>1</script>`],
  ["right to left", "\u202eđường مرحبا"],
  ["half a letter", "\ud83d đường"],
  ["names of objects", "__proto__ constructor"],
])("%s are looked for like others", async (_what, words) => {
  await visit({ script: true }, async ({ page, complaints }) => {
    await page.goto(`${site.origin}/tim-kiem/`);
    const box = page.locator("#tim-bai input[name=q]");
    await box.fill(words);
    await box.press("Enter");
    await page.locator("#tim-thay h2").waitFor();
    expect(await page.title()).not.toBe("ran");
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
