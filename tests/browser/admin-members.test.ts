/** The CMS where there are accounts: what each role is offered, the way out, and the pages that tell who did what and how the site is. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Member } from "../../src/desk/accounts.ts";
import { Refusal } from "../../src/desk/guard.ts";
import type { Health } from "../../src/release/health.ts";
import { axeFaults } from "../support/axe.ts";
import {
  useBrowser,
  visit,
  type Page,
  type Reader,
} from "../support/browser.ts";
import { story } from "../support/content.ts";
import { skeleton } from "../support/corpus.ts";
import { Bench, placeOf } from "../support/desk.ts";

useBrowser();

const STORY = "news/2026/mot/index.mdx";
const DRAFT = "cms/news/2026/mot/index";
const NEW = "Xã Tân Cương trồng hai nghìn cây xanh";
const DAO: Member = { name: "Bà Đào", mail: "dao@a.vn", role: "editor" };
const TIN: Member = { name: "Cô Tin", mail: "tin@a.vn", role: "approver" };

let who: Member | Refusal = DAO;
const bench = new Bench(skeleton().dir);
beforeAll(async () => {
  bench.put(STORY, story({}, "Đoạn đầu."));
  bench.identify = () => {
    if (who instanceof Refusal) throw who;
    return who;
  };
  await bench.start();
});
afterAll(() => bench.stop());

/** A page of the CMS, as somebody. */
const as = (
  member: Member,
  place: string,
  go: (page: Page) => Promise<void>,
  reader: Reader = {},
) =>
  visit({ script: true, ...reader }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    who = member;
    await page.goto(`${bench.origin}/admin/${place}`);
    await go(page);
  });

const title = (page: Page) => page.getByLabel("Tiêu đề").first();
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).click();
const save = async (page: Page) => {
  await press(page, "Lưu");
  await page.getByText("Đã lưu", { exact: true }).first().waitFor();
};
const choices = async (page: Page) => {
  await page.getByRole("button", { name: /^Trạng thái:/ }).click();
  await page.getByRole("menuitem").first().waitFor();
  return page.getByRole("menuitem").allInnerTexts();
};
const width = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth);

describe("a story's way", () => {
  it("is an editor's until it waits, and then an approver's", async () => {
    await as(DAO, `#${placeOf(STORY)}`, async (page) => {
      await title(page).fill(NEW);
      await save(page);
      expect(await choices(page)).toEqual(["Đang viết", "Chờ duyệt"]);
      await page.getByRole("menuitem", { name: "Chờ duyệt" }).click();
      await page.getByRole("button", { name: /: Chờ duyệt$/ }).waitFor();
      for (const name of ["Trả lại kèm lý do", "Đăng"])
        expect(
          await page.getByRole("button", { name, exact: true }).count(),
          name,
        ).toBe(0);
    });
    await as(TIN, `#${placeOf(STORY)}`, async (page) => {
      await page.getByRole("button", { name: "Trả lại kèm lý do" }).waitFor();
      expect(await choices(page)).toContain("Đã duyệt");
      await page.getByRole("menuitem", { name: "Đã duyệt" }).click();
      await page.getByRole("button", { name: "Đăng", exact: true }).waitFor();
    });
    await as(DAO, "#/workflow", async (page) => {
      // Approved, to be seen there, and not to be published.
      await page.getByRole("heading", { name: "Đã duyệt" }).waitFor();
      await page.getByRole("link", { name: NEW }).hover();
      expect(await page.getByRole("button", { name: /^Đăng/ }).count()).toBe(0);
      await page.getByRole("link", { name: NEW }).click();
      await title(page).fill(`${NEW} ở xóm Dứa`);
      await save(page);
      const notice = page.locator(".gs-notice");
      await notice.getByText("nên trở lại «Chờ duyệt»").waitFor();
      expect(await axeFaults(page, ".gs-notice")).toEqual([]);
    });
    await as(TIN, `#${placeOf(STORY)}`, async (page) => {
      await page.getByRole("button", { name: /: Chờ duyệt$/ }).click();
      await page.getByRole("menuitem", { name: "Đã duyệt" }).click();
      await page.getByRole("button", { name: /: Đã duyệt$/ }).waitFor();
      page.on("dialog", (asked) => void asked.accept());
      await press(page, "Đăng");
      await page.getByRole("menuitem", { name: "Đăng ngay" }).click();
      await page.getByText("Đã đăng", { exact: true }).first().waitFor();
    });
    expect(bench.read(STORY)).toContain("ở xóm Dứa");
  });

  it("is not lost by an account that is gone, or changed, while one types", async () => {
    await as(DAO, `#${placeOf(STORY)}`, async (page) => {
      await title(page).fill("Viết trong khi tài khoản bị bỏ");
      for (const [status, words] of [
        [403, "Tài khoản «dao» không có trong danh sách"],
        [401, "Phiên đăng nhập đã hết."],
      ] as const) {
        who = new Refusal(status, words);
        await press(page, "Lưu");
        await page.getByRole("dialog").getByText(words).waitFor();
        await page.keyboard.press("Escape");
        expect(await title(page).inputValue()).toContain("bị bỏ");
      }
      who = DAO;
      await save(page);
    });
    expect(bench.read(STORY, DRAFT)).toContain("bị bỏ");
  });
});

describe("the CMS", () => {
  it("offers an editor texts, says why, and the way out", async () => {
    await as(DAO, "", async (page) => {
      const lists = page.locator("#nc-root aside a");
      await lists.first().waitFor();
      const names = (await lists.allInnerTexts()).map((name) => name.trim());
      expect(names).toContain("Tin thi đua");
      expect(names).not.toContain("Phong trào");
      expect(names).not.toContain("Thông tin trang");
      const strip = page.locator(".gs-strip");
      await strip.getByText("Bà Đào (người viết)").waitFor();
      await press(page, "Thêm");
      const dialog = page.getByRole("dialog");
      await dialog.getByText("là việc của người duyệt").waitFor();
      expect(await axeFaults(page, ".gs-dialog")).toEqual([]);
      expect(await axeFaults(page, ".gs-strip")).toEqual([]);
      expect(
        await dialog
          .getByRole("link", { name: "Đăng xuất" })
          .getAttribute("href"),
      ).toBe(`${bench.origin}/admin/api/logout?mail=dao%40a.vn`);
    });
    await as(
      TIN,
      "",
      async (page) => {
        await press(page, "Thêm");
        await page.getByText("Cô Tin (người duyệt)").last().waitFor();
        await page.getByRole("link", { name: "Đăng xuất" }).waitFor();
        await page.keyboard.press("Escape");
        expect(await width(page)).toBe(390);
      },
      { width: 390 },
    );
  });

  it("tells whoever has no account", async () => {
    await visit({ script: true }, async ({ page }) => {
      who = new Refusal(403, "Tài khoản «la» không có trong danh sách.");
      await page.goto(`${bench.origin}/admin/`);
      await page.getByText("«la» không có trong danh sách").waitFor();
    });
  });
});

describe("the log", () => {
  /** Deeds of long ago, as the desk would have written them. */
  beforeAll(() => {
    const lines = Array.from(
      { length: 60 },
      (_, at) =>
        `commit refs/desk/log\ncommitter Ông Thử <thu@a.vn> ${1_702_402_000 - (59 - at) * 40_000} +0000\ndata <<X\nGửi duyệt tin «Bài thử ${at}»\n\nDesk-Entry: news/2026/mot\n${at % 10 ? "" : 'Desk-Reason: "Thiếu tên.\\n<b>Hỏi</b> lại."\n'}X\n\n`,
    );
    bench.git("update-ref", "-d", "refs/desk/log");
    bench.feed(["fast-import", "--quiet", "--force"], lines.join(""));
  });

  it.each([
    { width: 1280, dark: false },
    { width: 390, dark: true },
  ])("is read by both roles, a page at a time: %o", async (reader) => {
    await as(
      DAO,
      "nhat-ky/",
      async (page) => {
        const lines = page.locator(".deeds li");
        await lines.first().waitFor();
        expect(await lines.count()).toBe(50);
        expect(await lines.first().innerText()).toContain(
          "Gửi duyệt tin «Bài thử 59»\n\nÔng Thử, thu@a.vn",
        );
        // In London it is the day before.
        expect(await page.locator("h2").first().innerText()).toBe("13/12/2023");
        expect(await page.locator("time").first().innerText()).toBe("00:26");
        expect(await page.locator(".reason").first().innerText()).toContain(
          "<b>Hỏi</b> lại.",
        );
        await press(page, "Xem các việc trước đó");
        await page.getByText("Đã hết nhật ký.").waitFor();
        expect(await lines.count()).toBe(60);
        expect(await axeFaults(page)).toEqual([]);
        expect(await width(page)).toBe(reader.width);
        await page.getByRole("link", { name: "Bài thử 59" }).click();
        await title(page).waitFor();
      },
      reader,
    );
  });

  it("tells what it cannot show", async () => {
    await visit({ script: true }, async ({ page }) => {
      who = new Refusal(403, "Tài khoản «la» không có trong danh sách.");
      await page.goto(`${bench.origin}/admin/nhat-ky`);
      await page.getByText("«la» không có trong danh sách").waitFor();
      who = TIN;
      await press(page, "Thử lại");
      await page.locator(".deeds li").first().waitFor();
    });
  });
});

describe("the health page", () => {
  const FINE: Health = {
    release: {
      id: "20261123-174510",
      at: "2026-11-23T10:45:10Z",
      ageSeconds: 7300,
      commit: "0123456789abcdef",
    },
    releases: ["20261123-174510"],
    last: { at: "2026-11-23T10:45:10Z", ok: true, message: "" },
    heldBack: [],
    rolledBack: false,
    due: null,
    disk: { freeBytes: 12_340_000_000, totalBytes: 50_000_000_000 },
    problems: [],
  };

  it.each([
    { width: 1280, dark: false },
    { width: 390, dark: true },
  ])(
    "says in a line that all is well, else what is wrong: %o",
    async (reader) => {
      bench.health = FINE;
      await as(
        DAO,
        "suc-khoe/",
        async (page) => {
          const told = page.getByRole("status");
          await expect
            .poll(() => told.innerText())
            .toBe("Trang đang chạy tốt.");
          const main = await page.locator("main").innerText();
          expect(main).toContain("17:45 23/11/2026 (2 giờ trước)");
          expect(main).toContain("còn 12,3 GB trong 50 GB");
          expect(await axeFaults(page)).toEqual([]);
          bench.health = {
            ...FINE,
            problems: ["Trang đã được đưa về bản cũ."],
            heldBack: [
              {
                file: STORY,
                title: "Một",
                reasons: ["Phong trào: không có. Chọn lại."],
              },
            ],
          };
          await page.reload();
          await expect.poll(() => told.innerText()).toBe("Có 2 việc cần làm");
          // Above all that only informs.
          const wrong = (await page.getByText("Chọn lại.").boundingBox())!;
          const facts = (await page.locator("dl").boundingBox())!;
          expect(wrong.y).toBeLessThan(facts.y);
          expect(await axeFaults(page)).toEqual([]);
          expect(await width(page)).toBe(reader.width);
        },
        reader,
      );
    },
  );
});
