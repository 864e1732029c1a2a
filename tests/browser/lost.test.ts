/** What was typed is there after coming back: the network gone, an answer lost, power cut. */
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Status } from "../../src/desk/publisher.ts";
import { Place, text } from "../desk/place.ts";
import { halves } from "../media/originals.ts";
import {
  crash,
  kept,
  launchProfile,
  useBrowser,
  visit,
  type Page,
} from "../support/browser.ts";
import { story } from "../support/content.ts";
import { skeleton } from "../support/corpus.ts";
import { Bench, EDITOR, enter, placeOf } from "../support/desk.ts";
import { long } from "../support/long.ts";
import { freePort, get, Started } from "../support/running.ts";
import { buildEnv, placeFor } from "../support/site.ts";
import { temporaryFolder } from "../support/temporary.ts";

useBrowser();

const STORY = "news/2026/mot/index.mdx";
const DRAFT = "cms/news/2026/mot/index";
const NEW = "Xã Tân Cương trồng hai nghìn cây xanh";

const title = (page: Page) => page.getByLabel("Tiêu đề").first();
const save = (page: Page) =>
  page.getByRole("button", { name: "Lưu", exact: true }).click();
const saved = (page: Page) =>
  page.getByText("Đã lưu", { exact: true }).first().waitFor();

describe("over a desk", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench(skeleton().dir);
    bench.put(STORY, story({}, "Đoạn đầu.\n\nĐoạn cuối."));
    await bench.start();
  });
  afterEach(() => bench.stop());

  /** Chooses a picture of her own for the cover, and says what it shows. */
  async function chooseCover(page: Page): Promise<void> {
    const cover = page
      .locator("label", { hasText: "Ảnh bìa" })
      .locator("xpath=../..");
    await cover.getByRole("button").first().click();
    await page.getByRole("button", { name: "Chọn ảnh", exact: true }).click();
    await page.locator(".nc-fileUploadButton input[type=file]").setInputFiles({
      name: "Trồng cây.jpg",
      mimeType: "image/jpeg",
      buffer: await halves(60, 40).jpeg().toBuffer(),
    });
    await page.getByText("trong-cay.jpg", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Dùng tệp đã chọn" }).click();
    for (const [label, value] of [
      ["Mô tả ảnh", "Bà con trồng cây dọc đường"],
      ["Người chụp", "Nguyễn Văn Thử"],
    ] as const)
      await cover
        .locator("label", { hasText: label })
        .first()
        .locator("xpath=../..")
        .locator("input, textarea")
        .first()
        .fill(value);
  }

  it("the network is gone while one types and saves, and comes back", async () => {
    await visit({ script: true, width: 1400 }, async ({ page }) => {
      page.setDefaultTimeout(30_000);
      await enter(page, bench, placeOf(STORY));
      await title(page).fill("Trước khi mất mạng");
      await page.context().setOffline(true);
      const noAnswer = page
        .getByRole("dialog")
        .getByText("Không liên lạc được với máy chủ.");
      for (const typed of ["Trong khi mất mạng", NEW]) {
        await title(page).click();
        await page.keyboard.press("Control+A");
        await page.keyboard.insertText(typed);
        await save(page);
        await noAnswer.waitFor();
        await page.keyboard.press("Escape");
        expect(await title(page).inputValue()).toBe(typed);
      }
      await page.context().setOffline(false);
      await save(page);
      await saved(page);
    });
    expect(bench.read(STORY, DRAFT)).toContain(`title: ${NEW}\n`);
  });

  it("the desk has saved, and its answer is lost: it may be saved again, and is saved once", async () => {
    await visit({ script: true, width: 1400 }, async ({ page }) => {
      page.setDefaultTimeout(30_000);
      await enter(page, bench, placeOf(STORY));
      await title(page).fill(NEW);
      let isCut = false;
      await page.route("**/api/desk", async (route) => {
        const isSave = (route.request().postData() ?? "").includes(
          '"persistEntry"',
        );
        if (isCut || !isSave) return route.continue();
        isCut = true;
        await route.fetch();
        return route.abort();
      });
      await save(page);
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      expect(bench.read(STORY, DRAFT)).toContain(`title: ${NEW}\n`);
      await save(page);
      await saved(page);
    });
    expect(bench.git("rev-list", "--count", `HEAD..${DRAFT}`).trim()).toBe("1");
  });

  it("the browser is killed with a picture that is not saved: text and picture are there", async () => {
    const profile = path.join(temporaryFolder("profile"), "profile");
    const before = await launchProfile(profile);
    const page = before.pages()[0]!;
    page.setDefaultTimeout(30_000);
    await enter(page, bench, placeOf(STORY));
    await chooseCover(page);
    await title(page).fill(NEW);
    await expect
      .poll(() => kept(page), { timeout: 30_000 })
      .toMatch(new RegExp(`(?=.*${NEW})(?=.*trong-cay\\.jpg)`));
    await crash(before);

    const after = await launchProfile(profile);
    const again = after.pages()[0]!;
    again.setDefaultTimeout(30_000);
    again.on("dialog", (question) => void question.accept());
    await enter(again, bench, placeOf(STORY));
    await expect
      .poll(() => title(again).inputValue(), { timeout: 30_000 })
      .toBe(NEW);
    await save(again);
    await saved(again);
    await after.close();
    expect(bench.read(STORY, DRAFT)).toContain("src: trong-cay.jpg\n");
    const files = bench.git("ls-tree", "-r", "--name-only", DRAFT);
    expect(files).toContain("content/news/2026/mot/trong-cay.jpg");
  });
});

long(
  "power is cut: browser and program go at once, in the middle of a save; both come back, and nothing is lost",
  async () => {
    const place = new Place("content", skeleton().dir);
    const built = placeFor(place.contentDir);
    const port = await freePort();
    const start = async () => {
      const started = new Started("src/cli/start.ts", {
        ...buildEnv(built),
        PORT: String(port),
      });
      await started.says("Trang đang chạy ở");
      return started;
    };
    const profile = path.join(temporaryFolder("profile"), "profile");
    const open = async () => {
      const context = await launchProfile(profile);
      const page = context.pages()[0]!;
      page.setDefaultTimeout(60_000);
      await page.addInitScript(
        (editor) => localStorage.setItem("guong-sang-writer", editor),
        JSON.stringify(EDITOR),
      );
      page.on("dialog", (question) => void question.accept());
      await page.goto(`http://localhost:${port}/admin/#${placeOf(STORY)}`);
      return { context, page };
    };

    const program = await start();
    const before = await open();
    await title(before.page).fill(NEW);
    await expect
      .poll(() => kept(before.page), { timeout: 30_000 })
      .toContain(NEW);
    const sent = before.page.waitForRequest((request) =>
      (request.postData() ?? "").includes('"persistEntry"'),
    );
    await save(before.page);
    await sent;
    await Promise.all([program.stop("SIGKILL"), crash(before.context)]);
    place.git("fsck", "--strict");

    await start();
    expect(place.status()).toBe("");
    const { body } = await get(port, "/admin/api/status");
    expect(JSON.parse(body) as Status).toMatchObject({
      state: "idle",
      held: [],
    });
    const { context, page } = await open();
    await expect
      .poll(() => title(page).inputValue(), { timeout: 60_000 })
      .toBe(NEW);
    // Either the save had landed, or what was typed is taken up again and saved now.
    if ((await page.getByText("Chưa lưu", { exact: true }).count()) > 0) {
      await save(page);
      await saved(page);
    }
    await context.close();
    expect(
      place.git("show", `cms/news/2026/mot/index:content/${STORY}`),
    ).toContain(`title: ${NEW}\n`);
    expect(place.read(STORY)).toBe(text("Một"));
  },
);
