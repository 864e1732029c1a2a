/** From one entry straight to another: what was open is never under the other's address. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, enter, placeOf } from "../support/desk.ts";

useBrowser();

const bench = new Bench();
const place = (name: string) => placeOf(`news/2026/${name}/index.mdx`);
const title = (name: string) => `Chuyện ${name} ở xóm Ví Dụ`;
beforeAll(async () => {
  for (const name of ["mot", "hai"])
    bench.put(`news/2026/${name}/index.mdx`, story({ title: title(name) }));
  await bench.start();
});
afterAll(() => bench.stop());

const open = (go: (page: Page) => Promise<void>) =>
  visit({ script: true }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await enter(page, bench, place("mot"));
    await expectTitle(page, title("mot"));
    await go(page);
  });

const field = (page: Page) => page.getByLabel("Tiêu đề").first();
const expectTitle = (page: Page, text: string) =>
  expect
    .poll(() => field(page).inputValue({ timeout: 20_000 }), {
      timeout: 20_000,
    })
    .toBe(text);
const goTo = (page: Page, name: string) =>
  page.evaluate((hash) => void (location.hash = hash), place(name));

describe("the address of another entry", () => {
  it("shows that entry", async () => {
    await open(async (page) => {
      await goTo(page, "hai");
      await expectTitle(page, title("hai"));
    });
  });

  it.each<[what: string, answer: "accept" | "dismiss", then: string]>([
    [
      "leaves what is not saved where it is, when one wants to stay",
      "dismiss",
      "mot",
    ],
    ["is asked about once, when one wants to leave", "accept", "hai"],
  ])("%s", async (_what, answer, then) => {
    await open(async (page) => {
      await field(page).fill("Chữ chưa lưu");
      await page.getByText("Chưa lưu").first().waitFor();
      const asked: string[] = [];
      page.on("dialog", (dialog) => {
        asked.push(dialog.type());
        void dialog[answer]();
      });
      await goTo(page, "hai");
      await expect.poll(() => asked).toEqual(["beforeunload"]);
      await expect.poll(() => new URL(page.url()).hash).toBe(`#${place(then)}`);
      await expectTitle(page, then === "mot" ? "Chữ chưa lưu" : title(then));
      expect(asked).toEqual(["beforeunload"]);
    });
  });
});
