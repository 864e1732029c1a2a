/** Saving in the CMS: who writes, what is refused and how that is told, and that nothing typed is lost. */
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  crash,
  kept,
  launchProfile,
  useBrowser,
  visit,
  type Page,
  type Visit,
} from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, EDITOR, enter, placeOf } from "../support/desk.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { Refusal } from "../../src/desk/guard.ts";
import type { Judge } from "../../src/desk/store.ts";
import { judge } from "../desk/judge.ts";
import { error } from "../../src/schema/problem.ts";

useBrowser();

const STORY = "news/2026/mot/index.mdx";
const DRAFT = "cms/news/2026/mot/index";
/** With all that a rewritten file would lose: a comment, quotes, another order, escapes. */
const TEXT = story(
  { title: "'Xã Tân Cương trồng một nghìn cây xanh' # ghi chú" },
  'Một \\{đoạn\\}.\n\n<Quote who="Bà Thử">\n\nTốt lắm.\n\n</Quote>\n\nĐoạn cuối.',
).replaceAll(
  /^title: .*$/gm,
  "title: 'Xã Tân Cương trồng một nghìn cây xanh' # ghi chú",
);

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  bench.put(STORY, TEXT);
});
afterEach(() => bench.stop());

/** An editor at the story. */
const atStory = (go: (visit: Visit) => Promise<void>, place = placeOf(STORY)) =>
  visit({ script: true }, async (visited) => {
    visited.page.setDefaultTimeout(20_000);
    await enter(visited.page, bench, place);
    await go(visited);
  });

const title = (page: Page) => page.getByLabel("Tiêu đề").first();
const summary = (page: Page) => page.getByLabel("Tóm tắt").first();
const save = (page: Page) =>
  page.getByRole("button", { name: "Lưu", exact: true }).click();
const saved = async (page: Page) => {
  await page
    .getByText("Đã lưu", { exact: true })
    .or(page.getByRole("dialog"))
    .first()
    .waitFor();
  expect(await page.getByRole("dialog").allInnerTexts()).toEqual([]);
};
const dialog = (page: Page) => page.getByRole("dialog");

describe("who writes", () => {
  it("is asked once, may be changed, and stands in the history", async () => {
    await bench.start();
    await visit({ script: true }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      await page.goto(`${bench.origin}/admin/#${placeOf(STORY)}`);
      await dialog(page).getByLabel("Họ và tên").fill("Bà Nguyễn Thị Đào");
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await dialog(page).getByLabel("Thư điện tử").fill("dao@example.vn");
      await page.getByRole("button", { name: "Vào viết bài" }).click();
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      await save(page);
      await saved(page);
      await page.reload();
      await title(page).waitFor();
      expect(await dialog(page).count()).toBe(0);
      await page.getByRole("button", { name: "Đổi tên" }).click();
      await dialog(page).getByLabel("Họ và tên").fill("Ông Trần Văn Thử");
      await page.getByRole("button", { name: "Vào viết bài" }).click();
      await page.getByText("Người viết: Ông Trần Văn Thử").waitFor();
      await title(page).fill("Xã Tân Cương trồng ba nghìn cây xanh");
      await save(page);
      await saved(page);
    });
    expect(bench.git("log", "-2", "--format=%an <%ae>", DRAFT)).toBe(
      "Ông Trần Văn Thử <dao@example.vn>\nBà Nguyễn Thị Đào <dao@example.vn>\n",
    );
  });

  it("is not asked where a proxy says it", async () => {
    bench.identify = () => ({
      name: "Cô Lý Thị Tin",
      mail: "tin@example.vn",
      role: "approver",
    });
    await bench.start();
    await visit({ script: true }, async ({ page }) => {
      page.setDefaultTimeout(20_000);
      await page.goto(`${bench.origin}/admin/#${placeOf(STORY)}`);
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      expect(await page.getByRole("button", { name: "Đổi tên" }).count()).toBe(
        0,
      );
      await save(page);
      await saved(page);
    });
    expect(bench.git("log", "-1", "--format=%an", DRAFT)).toBe(
      "Cô Lý Thị Tin\n",
    );
  });
});

describe("a save", () => {
  it("keeps the text of an entry that was opened from the list, which has none", async () => {
    await bench.start();
    await atStory(async ({ page }) => {
      await page.locator(`a[href$="/entries/2026/mot/index"]`).first().click();
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      await save(page);
      await saved(page);
    }, "/collections/news");
    expect(bench.read(STORY, DRAFT)).toBe(
      TEXT.replace(
        "'Xã Tân Cương trồng một nghìn cây xanh' # ghi chú",
        "Xã Tân Cương trồng hai nghìn cây xanh",
      ),
    );
  });

  it("changes the field that was changed, and no other byte", async () => {
    await bench.start();
    await atStory(async ({ page }) => {
      await summary(page).fill(
        "Sáng 22/11, bà con xã Tân Cương ra quân trồng cây dọc các tuyến đường liên xóm.",
      );
      await save(page);
      await saved(page);
      // Once more on top of it: Decap does not open an entry again after saving it.
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      await save(page);
      await saved(page);
      await page.getByText("Chưa lưu").waitFor({ state: "detached" });
    });
    const lines = bench.read(STORY, DRAFT).split("\n");
    const before = TEXT.split("\n");
    const changed = lines.filter((line, at) => line !== before[at]);
    expect(lines).toHaveLength(before.length);
    expect(changed).toEqual([
      "title: Xã Tân Cương trồng hai nghìn cây xanh",
      "summary: Sáng 22/11, bà con xã Tân Cương ra quân trồng cây dọc các tuyến đường liên xóm.",
    ]);
  });

  it("does not happen while the form lacks something, and tells where", async () => {
    await bench.start();
    await atStory(async ({ page, complaints }) => {
      await summary(page).fill("");
      await title(page).focus();
      await save(page);
      await dialog(page).getByText("Điền «Tóm tắt».").waitFor();
      await dialog(page).getByRole("button", { name: "Đến chỗ ấy" }).click();
      await expect
        .poll(() =>
          summary(page).evaluate((one) => one === document.activeElement),
        )
        .toBe(true);
      expect(complaints).toEqual([]);
    });
    expect(bench.git("branch", "--list", "cms/*")).toBe("");
  });

  it("does not happen while the judge finds an error, and tells which", async () => {
    bench.put(
      STORY,
      TEXT.replace("Đoạn cuối.", "![Bà con trồng cây](khong-co.jpg)"),
    );
    await bench.start();
    await atStory(async ({ page }) => {
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      await save(page);
      await dialog(page)
        .getByRole("heading", { name: "Chưa lưu được" })
        .waitFor();
      const told = await dialog(page).innerText();
      expect(told).toContain(
        "Nội dung bài: không thấy tệp «khong-co.jpg» cạnh bài.",
      );
      expect(told).toContain("Đặt tệp vào cùng thư mục với bài, hoặc sửa tên.");
    });
    expect(bench.git("branch", "--list", "cms/*")).toBe("");
  });

  it("is refused for a file whose fields cannot be read: the form would empty it", async () => {
    bench.put(STORY, TEXT.replace("---\n", "---\nhỏng: [\n"));
    await bench.start();
    await atStory(async ({ page }) => {
      await title(page).fill("Xã Tân Cương trồng hai nghìn cây xanh");
      await summary(page).fill(
        "Sáng 22/11, bà con xã Tân Cương ra quân trồng cây dọc các tuyến đường liên xóm.",
      );
      await save(page);
      await dialog(page).waitFor();
    });
    expect(bench.git("branch", "--list", "cms/*")).toBe("");
  });

  it("tells what the desk's judge found, and who was quicker", async () => {
    const alone: Judge["alone"] = async (place, files) => {
      const [file] = files;
      return file?.bytes.includes("Cấm")
        ? [
            {
              file: file.path,
              ...error("ban", "có chữ «Cấm»", "Bỏ chữ ấy đi.", {
                field: "Tiêu đề",
              }),
            },
          ]
        : judge.alone(place, files);
    };
    await bench.start({ alone, among: alone });
    await atStory(async ({ page }) => {
      await title(page).fill("Cấm xe tải qua đường liên xóm Tân Cương");
      await save(page);
      await dialog(page).getByText("Tiêu đề: có chữ «Cấm».").waitFor();
      await dialog(page).getByText("Bỏ chữ ấy đi.", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      bench.put(STORY, TEXT.replace("Đoạn cuối.", "Người khác viết."));
      // Decap puts the caret back after a refused save, which makes Playwright's fill() append.
      await title(page).click();
      await page.keyboard.press("Control+A");
      await page.keyboard.type("Xã Tân Cương trồng hai nghìn cây xanh");
      await save(page);
      await dialog(page).waitFor();
      expect(await dialog(page).innerText()).toContain(
        "vừa được Người phát triển sửa",
      );
      await page.keyboard.press("Escape");
      expect(await title(page).inputValue()).toBe(
        "Xã Tân Cương trồng hai nghìn cây xanh",
      );
    });
    expect(bench.read(STORY)).toContain("Người khác viết.");
  });
});

describe("what was typed", () => {
  const NEW = "Xã Tân Cương trồng hai nghìn cây xanh";

  it("stays while the server is gone, and is saved when it is back", async () => {
    await bench.start();
    await atStory(async ({ page }) => {
      await title(page).fill(NEW);
      await bench.stop();
      await save(page);
      await dialog(page)
        .getByText("Không liên lạc được với máy chủ.")
        .waitFor();
      await page.keyboard.press("Escape");
      await bench.start();
      await save(page);
      await saved(page);
    });
    expect(bench.read(STORY, DRAFT)).toContain(`title: ${NEW}\n`);
  });

  it("stays while nobody is logged in, and is saved after", async () => {
    let isIn = true;
    bench.identify = () => {
      if (!isIn) throw new Refusal(401, "Chưa đăng nhập.");
      return { ...EDITOR, role: "editor" };
    };
    await bench.start();
    await atStory(async ({ page }) => {
      await title(page).fill(NEW);
      isIn = false;
      await save(page);
      await dialog(page).getByText("Phiên đăng nhập đã hết.").waitFor();
      await page.keyboard.press("Escape");
      isIn = true;
      await save(page);
      await saved(page);
    });
    expect(bench.read(STORY, DRAFT)).toContain(`title: ${NEW}\n`);
  });

  it("is not left by a click aside", async () => {
    await bench.start();
    await atStory(async ({ page }) => {
      await title(page).fill(NEW);
      const asked = page.waitForEvent("dialog");
      const away = page.getByText("Về danh sách Tin thi đua").click();
      const question = await asked;
      expect(question.message()).toBe("Bài chưa lưu. Vẫn rời trang này?");
      await question.dismiss();
      await away;
      expect(await title(page).inputValue()).toBe(NEW);
    });
  });
});

describe("a browser that is killed", () => {
  const NEW = "Xã Tân Cương trồng hai nghìn cây xanh";

  /** Types, waits until it is kept, and kills the browser. */
  async function typeAndKill(profile: string): Promise<void> {
    const context = await launchProfile(profile);
    const page = context.pages()[0]!;
    await enter(page, bench, placeOf(STORY));
    await title(page).fill(NEW);
    await page.getByText("Đoạn cuối.").first().click();
    await page.keyboard.type("Thêm chữ ");
    await expect
      .poll(() => kept(page), { timeout: 20_000 })
      .toContain("Thêm chữ");
    await crash(context);
  }

  /** Opens the story again and takes up what was kept. */
  async function takeUp(profile: string, go: (page: Page) => Promise<void>) {
    const context = await launchProfile(profile);
    const page = context.pages()[0]!;
    page.setDefaultTimeout(20_000);
    const asked = page.waitForEvent("dialog");
    void asked.then((question) => question.accept());
    await enter(page, bench, placeOf(STORY));
    expect((await asked).message()).toBe(
      "Máy này còn giữ phần bạn viết dở lần trước. Viết tiếp từ đó?",
    );
    await expect
      .poll(() => title(page).inputValue(), { timeout: 20_000 })
      .toBe(NEW);
    await go(page);
    await context.close();
  }

  it("has kept the text, and saves it as if nothing had been", async () => {
    await bench.start();
    const profile = path.join(temporaryFolder("profile"), "profile");
    await typeAndKill(profile);
    await takeUp(profile, async (page) => {
      await save(page);
      await saved(page);
    });
    const text = bench.read(STORY, DRAFT);
    expect(text).toContain(`title: ${NEW}\n`);
    expect(text).toContain("Thêm chữ");
    // What was not touched is as it was: blocks, escapes.
    expect(text).toContain(
      'Một \\{đoạn\\}.\n\n<Quote who="Bà Thử">\n\nTốt lắm.\n\n</Quote>\n',
    );
  });

  it("does not put the old text over what another wrote since", async () => {
    await bench.start();
    const profile = path.join(temporaryFolder("profile"), "profile");
    await typeAndKill(profile);
    bench.put(STORY, TEXT.replace("Một ", "Người khác viết một "));
    await takeUp(profile, async (page) => {
      await save(page);
      await dialog(page).getByText("có người đã sửa bài này").waitFor();
    });
    expect(bench.git("branch", "--list", "cms/*")).toBe("");
    expect(bench.read(STORY)).toContain("Người khác viết");
  });
});
