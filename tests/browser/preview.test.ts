/** The preview in the CMS: the page beside the form, as one types, in a frame where nothing runs. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewRoom } from "../../src/desk/preview.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { Preview } from "../../src/preview/preview.ts";
import { axeFaults } from "../support/axe.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { jpeg, NOW, skeleton } from "../support/corpus.ts";
import { Bench, enter } from "../support/desk.ts";
import { build, buildEnv, type BuildPlace } from "../support/site.ts";

useBrowser();

const words = adminText.preview;
const TITLE = "Tin dài của xóm Ví Dụ để thử khung xem trước";
const STORY = "/collections/news/entries/2026/tin-dai/index";
/** Long enough to be scrolled. */
const BODY = `Đoạn đầu, xem [cuối bài](#ket) và [các mô hình](/mo-hinh/).

<Figure src="hop.jpg" alt="Bà con họp ở nhà văn hóa" credit="Nguyễn Văn Thử" />

${Array.from({ length: 40 }, (_, index) => `Đoạn thứ ${index + 1} của bài.`).join("\n\n")}

## Kết

Đoạn cuối.`;
let bench: Bench;
let preview: Preview;

beforeAll(async () => {
  const corpus = skeleton();
  corpus.story("news", "tin-dai", { title: TITLE }, BODY, {
    "hop.jpg": await jpeg("navy", 640, 480),
  });
  bench = new Bench(corpus.dir);
  const place: BuildPlace = {
    content: bench.content,
    out: bench.out,
    cache: path.join(bench.root, "cache"),
    now: NOW,
  };
  await build(place);
  preview = new Preview(readSettings(buildEnv(place)));
  await startBench();
});
const startBench = () =>
  bench.start(undefined, { preview: previewRoom(preview, bench.content) });
afterAll(async () => {
  preview.close();
  await bench.stop();
});

/** Opens an entry and waits until its preview is there. */
const open = (place: string, go: (page: Page) => Promise<void>) =>
  visit(
    { script: true, width: 1600 },
    async ({ page, complaints, requests }) => {
      page.setDefaultTimeout(20_000);
      await enter(page, bench, place);
      await go(page);
      // What Chromium says when a frame that runs nothing is clicked into.
      const refused = /^Blocked script execution in 'about:srcdoc'/;
      expect(complaints.filter((words) => !refused.test(words))).toEqual([]);
      for (const address of requests)
        expect(address).toMatch(
          new RegExp(`^(?:${bench.origin}/|data:|blob:|about:)`),
        );
    },
  );

const pane = (page: Page) => page.frameLocator("#preview-pane");
const shown = (page: Page) => pane(page).frameLocator("iframe");
const title = (page: Page) => shown(page).locator("h1");
/** A field that must be filled in. */
const field = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).first();

/** Types at the end of a field that holds one line. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await field(page, label).click();
  await page.keyboard.press("End");
  await page.keyboard.type(text);
}

/** Opens the story and waits until its page is there. */
const openStory = (go: (page: Page) => Promise<void>) =>
  open(STORY, async (page) => {
    await title(page).waitFor({ timeout: 90_000 });
    await go(page);
  });

describe("the preview in the CMS", () => {
  it("shows the page in the site's own styles, with the pictures that the browser has", async () => {
    await openStory(async (page) => {
      expect(await title(page).textContent()).toBe(TITLE);
      const family = await title(page).evaluate(
        (element) => getComputedStyle(element).fontFamily,
      );
      expect(family).toContain("Newsreader");
      const picture = shown(page).locator("figure img");
      await picture.evaluate((image: HTMLImageElement) => image.decode());
      expect(await picture.getAttribute("src")).toMatch(/^blob:/);
      expect(
        await picture.evaluate((image: HTMLImageElement) => image.naturalWidth),
      ).toBe(640);
    });
  });

  it("changes as one types, and only where something changed", async () => {
    await openStory(async (page) => {
      const last = shown(page).getByText("Đoạn cuối.");
      await last.scrollIntoViewIfNeeded();
      const scrolled = () =>
        last.evaluate((element) => element.ownerDocument.defaultView!.scrollY);
      const before = await scrolled();
      expect(before).toBeGreaterThan(0);
      const picture = shown(page).locator("figure img");
      await picture.evaluate((image) => Object.assign(image, { same: true }));
      await type(page, "Tiêu đề", " và nữa");
      await title(page).getByText(`${TITLE} và nữa`).waitFor();
      expect(await scrolled()).toBe(before);
      expect(
        await picture.evaluate(
          (image) => Reflect.get(image, "same") as unknown,
        ),
      ).toBe(true);
    });
  });

  it("keeps the last good page while something is wrong, and says what, by its label", async () => {
    await openStory(async (page) => {
      const summary = await field(page, "Tóm tắt").inputValue();
      await field(page, "Tóm tắt").fill("");
      await pane(page).getByText(words.kept).waitFor();
      await pane(page)
        .getByText(/^Tóm tắt: /)
        .waitFor();
      expect(await title(page).textContent()).toBe(TITLE);
      await field(page, "Tóm tắt").fill(`${summary} Thêm.`);
      await pane(page).getByText(words.kept).waitFor({ state: "detached" });
      await shown(page).getByText(`${summary} Thêm.`).waitFor();
    });
  });

  it("is as wide as a phone or a desktop, whatever room there is", async () => {
    await openStory(async (page) => {
      const width = () =>
        title(page).evaluate(
          (element) => element.ownerDocument.defaultView!.innerWidth,
        );
      const frame = pane(page).locator("iframe");
      expect(await width()).toBe(1280);
      expect((await frame.boundingBox())!.width).toBeLessThan(800);
      await pane(page).getByLabel(words.phone).check();
      expect(await width()).toBe(390);
      await pane(page).getByLabel(words.desktop).check();
      expect(await width()).toBe(1280);
    });
  });

  it("leads nowhere and runs nothing, whatever is written", async () => {
    await openStory(async (page) => {
      const view = () =>
        title(page).evaluate((element) => ({
          address: element.ownerDocument.defaultView!.location.href,
          y: element.ownerDocument.defaultView!.scrollY,
        }));
      const before = await view();
      for (const name of ["các mô hình", "cuối bài"]) {
        // Playwright's own click would have to run a script in the frame.
        const link = shown(page).getByRole("link", { name });
        const { x, y } = (await link.boundingBox())!;
        await page.mouse.click(x + 5, y + 5);
      }
      const after = await view();
      expect(after.address).toBe(before.address);
      expect(after.y).toBeGreaterThan(before.y);
      const hostile = `<img src=x onerror="top.ran=1"><script>top.ran=1</script>`;
      await type(page, "Tiêu đề", hostile);
      await title(page).getByText(hostile).waitFor();
      expect(await shown(page).locator("h1 *, script").count()).toBe(0);
      expect(
        await page.evaluate(() => Reflect.get(window, "ran") as unknown),
      ).toBeUndefined();
      expect(await pane(page).locator("iframe").getAttribute("sandbox")).toBe(
        "allow-same-origin",
      );
      expect(page.context().pages()).toHaveLength(1);
    });
  });

  it("tells what a new entry still needs, then shows it", async () => {
    await open("/collections/news/new", async (page) => {
      await pane(page).getByText(words.first).waitFor({ timeout: 90_000 });
      await pane(page)
        .getByText(/^Tóm tắt: /)
        .waitFor();
      await field(page, "Tiêu đề").fill(TITLE);
      await field(page, "Tóm tắt").fill(
        "Tóm tắt của một bài vừa bắt đầu viết.",
      );
      await field(page, "Loại tin").click();
      await page.getByRole("option", { name: "Hoạt động" }).click();
      await title(page).getByText(TITLE).waitFor();
    });
  });

  it("can be used by everybody", async () => {
    await openStory(async (page) => {
      await field(page, "Tóm tắt").fill("");
      await pane(page).getByText(words.kept).waitFor();
      const handle = await page.locator("#preview-pane").elementHandle();
      const inner = (await handle!.contentFrame())!;
      const faults = await axeFaults(inner, ".preview", {
        iframes: false,
        runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
      });
      expect(faults).toEqual([]);
    });
  });

  it("says when the desk does not answer, and comes back", async () => {
    await visit({ script: true, width: 1600 }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      await enter(page, bench, STORY);
      await title(page).waitFor({ timeout: 90_000 });
      await bench.stop();
      await type(page, "Tiêu đề", " mới");
      await pane(page).getByText(words.offline).waitFor();
      expect(await title(page).textContent()).toBe(TITLE);
      await startBench();
      await pane(page).getByRole("button", { name: words.again }).click();
      await title(page).getByText(`${TITLE} mới`).waitFor();
    });
  });
});
