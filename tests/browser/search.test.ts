/** The search page as readers use it, on a built site. */
import { existsSync } from "node:fs";
import path from "node:path";
import { close, createIndex } from "pagefind";
import { beforeAll, describe, expect, it } from "vitest";
import { TAGS, axeFaults } from "../support/axe.ts";
import { storyAddress } from "../support/corpus.ts";
import {
  serve,
  useBrowser,
  visit,
  type Page,
  type Served,
} from "../support/browser.ts";
import { long } from "../support/long.ts";
import { all, attribute, readPage, type Element } from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import { filesIn } from "../support/site.ts";

useBrowser();
let site: Served;
let below: Served;

beforeAll(async () => {
  const corpus = await showcase();
  corpus.story(
    "role-models",
    "bac-dien-hinh",
    {
      title: "Bác Điền Hình Ví Dụ giữ rừng ở Thuỷ Nguyên",
      name: "Bác Ví Dụ",
      subjectType: "small-collective",
      communes: ["song-cau"],
      movements: ["trong-cay"],
    },
    "Bác bắc cầu treo gỗ lim qua suối, treo biển ở hai đầu.",
  );
  corpus.story(
    "models",
    "xay-mo-hinh",
    {
      title: "Xây dựng điển hình tiên tiến từ những việc nhỏ nhất",
      communes: ["song-cau"],
      movements: ["hoc-so"],
    },
    "Mỗi xóm có một điển hình. Viết `<mark>` & <b>&lt;i&gt;</b> thì vẫn là chữ. Bên cầu có quán nước bán từ sáng sớm. Trước cửa quán treo đèn, thắp đến khuya cho người đi đường. Bàn trong quán đóng bằng gỗ, mặt bàn rộng ba gang tay. Ngoài vườn có hàng lim già.".replace(
      /<\/?b>/g,
      "**",
    ),
  );
  site = await serve(corpus);
  below = await serve(corpus, "/vi-du/");
});

const HEADING = "#tim-thay h2";
const address = (query = "", origin = site.origin) =>
  `${origin}/tim-kiem/${query && `?${new URLSearchParams({ q: query })}`}`;

/** Waits until what was found for some words is told. */
const told = (page: Page, words: string): Promise<void> =>
  page.locator(HEADING).filter({ hasText: words }).waitFor();

const titles = (page: Page): Promise<string[]> =>
  page.locator("#ket-qua h3").allTextContents();

/** Opens the results of some words. */
async function open(page: Page, query: string): Promise<string[]> {
  await page.goto(address(query));
  await page.locator(HEADING).waitFor();
  await page.locator("#ket-qua li").first().waitFor();
  return titles(page);
}

/** Every result, however many pages of them. */
async function everyResult(page: Page): Promise<string[]> {
  const more = page.locator("#ket-qua > button");
  const items = page.locator("#ket-qua li");
  while (await more.isVisible()) {
    const count = await items.count();
    await more.click();
    await items.nth(count).waitFor();
  }
  return page
    .locator("#ket-qua h3 a")
    .evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).pathname),
    );
}

const ADVANCED = "Xây dựng điển hình tiên tiến từ những việc nhỏ nhất";

describe("what people type", () => {
  it.each([
    ["without accents", "dien hinh tien tien"],
    ["with accents", "điển hình tiên tiến"],
    ["in capitals", "ĐIỂN HÌNH TIÊN TIẾN"],
    ["decomposed", "điển hình tiên tiến".normalize("NFD")],
    ["in quotation marks", '"điển hình tiên tiến"'],
    ["in a telephone's quotation marks", "“dien hinh tien tien”"],
  ])("%s: %s", async (_how, query) => {
    await visit({ script: true }, async ({ page, complaints }) => {
      expect(await open(page, query)).toEqual([ADVANCED]);
      expect(complaints).toEqual([]);
    });
  });

  it("duong finds đường, and marks it", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, "duong");
      const marked = await page.locator("#ket-qua mark").allTextContents();
      expect(marked.length).toBeGreaterThan(5);
      for (const words of marked) expect(words).toMatch(/^[đĐ]ường/u);
    });
  });

  it("thúy and thuý are one", async () => {
    await visit({ script: true }, async ({ page }) => {
      const [found] = await open(page, "thủy nguyên");
      expect(found).toContain("Thủy Nguyên");
    });
  });

  it("a result shows its kicker, title, excerpt, date and place", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, '"mỗi nhà một việc, một năm"');
      const item = page.locator("#ket-qua li");
      expect(await item.locator(".kicker").textContent()).toBe("Hạ tầng");
      const link = item.getByRole("link");
      expect(await link.textContent()).toBe(
        "Xóm Ví Dụ làm đường nội đồng, mỗi nhà một việc, một năm xong",
      );
      expect(await link.getAttribute("href")).toBe(
        `/mo-hinh/mo-hinh-day-du/#${new URLSearchParams({ tim: "mỗi nhà một việc một năm" })}`,
      );
      expect(await item.locator(".meta").textContent()).toBe(
        "08–10/10/2026 · Xã Bản Mai, Phường Đồi Chè",
      );
      expect(await item.locator(".excerpt").textContent()).toMatch(/đường/);
    });
  });

  it("a story's own angle brackets stay words", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, '"vẫn là chữ"');
      const excerpt = page.locator("#ket-qua .excerpt");
      expect(await excerpt.textContent()).toContain("Viết <mark> & <i> thì");
      expect(await excerpt.locator("mark").allTextContents()).toEqual([
        "vẫn là chữ",
      ]);
    });
  });

  it.each(["xóm Ví Dụ", "làm đường nội đồng", "một điển hình", "họp ba lần"])(
    "the phrase “%s” is found in just the stories that have it",
    async (phrase) => {
      await visit({ script: true }, async ({ page }) => {
        await open(page, `"${phrase}"`);
        const found = await everyResult(page);
        expect(found.sort()).toEqual(storiesWith(phrase));
      });
    },
  );

  it("while typing, from two letters on", async () => {
    await visit({ script: true }, async ({ page, requests }) => {
      await page.goto(address());
      expect(requests.filter((url) => url.includes("/pagefind/"))).toEqual([]);
      const box = page.getByLabel("Từ cần tìm");
      await box.pressSequentially("d");
      await page.waitForTimeout(500);
      expect(await page.locator("#tim-thay").textContent()).toBe("");
      await box.pressSequentially("ien hinh tien");
      await told(page, "“dien hinh tien”");
      await expect.poll(() => titles(page)).toEqual([ADVANCED]);
    });
  });
});

/** The words of a text as the search takes them: no accents, no capitals, no punctuation. */
const wordsOf = (text: string): string =>
  ` ${text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

/** The text of a story, elements parted; menus in it are no text of it. */
const textIn = (element: Element): string =>
  element.childNodes
    .map((child) =>
      "tagName" in child
        ? child.tagName === "nav"
          ? ""
          : textIn(child)
        : "value" in child
          ? child.value
          : "",
    )
    .join(" ");

/** The addresses of the stories whose page has a phrase, looked for by hand. */
function storiesWith(phrase: string): string[] {
  return [...filesIn(site.out)]
    .filter(([name]) => name.endsWith(".html"))
    .filter(([, bytes]) => {
      const article = all(readPage(bytes), "article").find(
        (element) => attribute(element, "data-pagefind-body") !== undefined,
      );
      if (!article) return false;
      return wordsOf(textIn(article)).includes(wordsOf(phrase));
    })
    .map(([name]) => `/${name.replace(/index\.html$/, "")}`)
    .sort();
}

/** Ticks a value of a filter, which may have to be opened. */
async function choose(page: Page, filter: string, value: string) {
  const group = page.getByRole("group", { name: filter, exact: true });
  if (!(await group.isVisible()))
    await page.locator("#loc summary").filter({ hasText: filter }).click();
  await group.getByLabel(value).check();
}

describe("narrowing", () => {
  it("by kind, movement and commune, with words and without", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, "ví dụ");
      await choose(page, "Xã, phường", "Xã Sông Cầu");
      await told(page, "Tìm thấy 3 bài cho “ví dụ”");
      await choose(page, "Loại bài", "Người tốt, việc tốt");
      await told(page, "Tìm thấy 2 bài cho “ví dụ”");
      await choose(page, "Phong trào", "Đồi xanh");
      await told(page, "Tìm thấy 1 bài cho “ví dụ”");
      expect(new URL(page.url()).search).toBe(
        `?${new URLSearchParams({
          q: "ví dụ",
          loai: "role-models",
          "phong-trao": "trong-cay",
          "dia-ban": "song-cau",
        })}`,
      );
      await page.reload();
      await told(page, "Tìm thấy 1 bài cho “ví dụ”");
      await page.getByLabel("Từ cần tìm").fill("");
      await page
        .getByRole("button", { name: "Bỏ lọc Phong trào: Đồi xanh" })
        .click();
      await told(page, "Tìm thấy 2 bài");
    });
  });

  it("by several values of one filter, each with how many stories it would give", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(`${site.origin}/tim-kiem/?dia-ban=song-cau`);
      await told(page, "Tìm thấy 3 bài");
      const kinds = page.getByRole("group", { name: "Loại bài" });
      await expect
        .poll(() => kinds.getByRole("listitem").allInnerTexts())
        .toEqual(["Mô hình hay\n1", "Người tốt, việc tốt\n2"]);
      await choose(page, "Loại bài", "Mô hình hay");
      await told(page, "Tìm thấy 1 bài");
      // A filter's own choice does not narrow what its other values would give.
      expect(await kinds.getByRole("listitem").allInnerTexts()).toEqual([
        "Mô hình hay\n1",
        "Người tốt, việc tốt\n2",
      ]);
      await choose(page, "Loại bài", "Người tốt, việc tốt");
      await told(page, "Tìm thấy 3 bài");
      expect(new URL(page.url()).searchParams.getAll("loai")).toEqual([
        "models",
        "role-models",
      ]);
    });
  });

  it("counts the whole site again when the words are cleared, and hides a filter that has nothing to give", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address());
      const values = page.locator("#loc li:not([hidden])");
      const shown = page.locator("#loc details:not([hidden]) > summary");
      const [all, filters] = [
        await values.allTextContents(),
        await shown.allTextContents(),
      ];
      expect(filters).toHaveLength(7);
      const box = page.getByLabel("Từ cần tìm");
      await box.fill("bắc cầu treo");
      await expect
        .poll(() => shown.allTextContents())
        .toEqual(["Loại bài", "Phong trào", "Xã, phường", "Năm"]);
      await box.fill("");
      await expect.poll(() => values.allTextContents()).toEqual(all);
      expect(await shown.allTextContents()).toEqual(filters);
      await box.fill("zzqzz");
      await expect.poll(() => shown.count()).toBe(0);
    });
  });

  it("is taken back with the keyboard, which goes on at the next one", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(`${site.origin}/tim-kiem/?loai=role-models&nam=2026`);
      await told(page, "Tìm thấy 2 bài");
      const chips = page.getByRole("list", { name: "Đang lọc theo" });
      await chips.getByRole("button").first().focus();
      await page.keyboard.press("Enter");
      await told(page, "Tìm thấy 49 bài");
      expect(await chips.getByRole("button").allTextContents()).toEqual([
        "Năm 2026",
      ]);
      const focused = page.locator(":focus");
      expect(await focused.textContent()).toBe("Năm 2026");
      await page.keyboard.press("Enter");
      await expect.poll(() => page.url()).toBe(address());
      expect(await focused.getAttribute("id")).toBe("tu-can-tim");
      expect(await page.locator("#tim-thay").textContent()).toBe("");
    });
  });

  it("offers every filter, on a phone behind one heading", async () => {
    await visit({ script: true, width: 390 }, async ({ page }) => {
      await page.goto(address());
      const groups = page.locator("#loc fieldset");
      expect(await groups.first().isVisible()).toBe(false);
      await page.getByText("Lọc kết quả").click();
      expect(await groups.first().isVisible()).toBe(true);
      expect(
        await groups.evaluateAll((all) =>
          all.map((group) => group.querySelector("legend")!.textContent),
        ),
      ).toEqual([
        "Loại bài",
        "Lĩnh vực",
        "Phong trào",
        "Xã, phường",
        "Nhóm đối tượng",
        "Hình thức khen thưởng",
        "Năm",
      ]);
    });
  });

  it("without words gives the newest first", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(`${site.origin}/tim-kiem/?loai=news`);
      await told(page, "Tìm thấy 44 bài");
      await page.locator("#ket-qua li").first().waitFor();
      const days = (await page.locator("#ket-qua .meta").allTextContents()).map(
        (meta) => meta.slice(0, 10).split("/").reverse().join(),
      );
      expect(days).toEqual(days.toSorted().reverse());
      expect(days[0]).toBe("2026,11,01");
    });
  });

  it("takes no notice of a filter it does not know", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(`${site.origin}/tim-kiem/?q=duong&loai=khong-co`);
      await told(page, "cho “duong”");
      expect(await page.locator("#loc :checked").count()).toBe(0);
    });
  });
});

it("more than ten come ten at a time, and the keyboard goes on at the first new one", async () => {
  await visit({ script: true }, async ({ page }) => {
    await open(page, "xóm");
    const items = page.locator("#ket-qua li");
    expect(await items.count()).toBe(10);
    const more = page.getByRole("button", { name: "Xem thêm 10 bài" });
    await more.focus();
    await page.keyboard.press("Enter");
    await items.nth(19).waitFor();
    const focused = await page.evaluate(
      () => (document.activeElement as HTMLAnchorElement).href,
    );
    expect(focused).toBe(
      await items
        .nth(10)
        .getByRole("link")
        .evaluate((link) => (link as HTMLAnchorElement).href),
    );
    expect(new Set(await everyResult(page)).size).toBe(49);
    expect(await more.isVisible()).toBe(false);
  });
});

it("when nothing is found it says so, and what to try", async () => {
  await visit({ script: true }, async ({ page, complaints }) => {
    await page.goto(address("zzqzz"));
    await told(page, "Không tìm thấy bài nào cho “zzqzz”");
    const status = page.getByRole("status");
    expect(await status.textContent()).toContain("Mời bạn thử");
    expect(complaints).toEqual([]);
    await status.getByRole("link", { name: "Xem những bài mới nhất" }).click();
    await told(page, "Tìm thấy 49 bài");
    await page.goto(`${address('"cầu treo gỗ lim"')}&loai=models`);
    await told(page, "Không tìm thấy");
    await status
      .getByRole("button", { name: "Bỏ điều kiện lọc: có 1 bài" })
      .click();
    await told(page, "Tìm thấy 1 bài");
    await page.goto(address('"dụ ví xóm"'));
    await told(page, "Không tìm thấy");
    await status.getByRole("link", { name: /ngoặc kép/ }).click();
    await page.locator(".search-results li").first().waitFor();
    await page.goto(address("zzqzz"));
    await told(page, "Không tìm thấy bài nào cho “zzqzz”");
    expect(await titles(page)).toEqual([]);
    await page.getByRole("heading", { name: "Xem theo mục" }).waitFor();
  });
});

describe("how results stand", () => {
  it("those in which the words merely occur stand apart, under a heading of their own", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, "cầu treo gỗ lim");
      await page
        .getByRole("heading", {
          name: "Có các từ này, nhưng ở các chỗ khác nhau",
        })
        .waitFor();
      const loose = await page
        .locator("#rai-rac h3 a")
        .evaluateAll((links) => links.map((link) => link.textContent));
      const best = await titles(page);
      expect(loose.length).toBeGreaterThan(0);
      expect(best.filter((title) => loose.includes(title))).toEqual([]);
      expect(await page.getByRole("status").textContent()).toContain(
        `Tìm thấy ${best.length} bài`,
      );
    });
  });

  it("the best first, or the newest", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, "đường");
      await page.getByLabel("Sắp xếp").selectOption("Mới nhất trước");
      await expect
        .poll(() => new URL(page.url()).searchParams.get("sap-xep"))
        .toBe("moi-nhat");
      const days = async () =>
        (await page.locator("#ket-qua .meta").allTextContents()).map((meta) =>
          /(\d\d)\/(\d\d)\/(\d{4})/.exec(meta)!.slice(1).reverse().join(),
        );
      const areSorted = async () => {
        const all = await days();
        return all.length > 0 && all.join() === all.toSorted().reverse().join();
      };
      await expect.poll(areSorted).toBe(true);
      await page.reload();
      await page.locator("#ket-qua li").first().waitFor();
      expect(await page.getByLabel("Sắp xếp").inputValue()).toBe("moi-nhat");
      await expect.poll(areSorted).toBe(true);
    });
  });

  it("what was meant is shown, with the way back to what was typed", async () => {
    await visit({ script: true }, async ({ page }) => {
      await open(page, "ddieern hinhf tieen tieens");
      const status = page.getByRole("status");
      expect(await status.textContent()).toContain(
        "Có phải bạn tìm “điển hình tiên tiến”?",
      );
      expect(await titles(page)).toEqual([ADVANCED]);
      await status.getByRole("link", { name: /^Tìm đúng/ }).click();
      await told(page, "“ddieern hinhf tieen tieens”");
      expect(await status.textContent()).toContain("Đang tìm đúng như đã gõ.");
      expect(await titles(page)).toEqual([]);
      await status
        .getByRole("link", { name: "Tìm cả cách viết gần giống" })
        .click();
      await told(page, "“điển hình tiên tiến”");
    });
  });

  it("a commune or movement of that name is a page to see", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address("song cau"));
      await page
        .locator("#trang-lien-quan")
        .getByRole("link", { name: "Xã Sông Cầu" })
        .click();
      await page.waitForURL("**/dia-ban/song-cau/");
    });
  });
});

describe("the address", () => {
  it("leads another reader to the same results", async () => {
    const url = await visit({ script: true }, async ({ page }) => {
      await page.goto(address());
      await page.getByLabel("Từ cần tìm").fill("đường nội đồng");
      await page.keyboard.press("Enter");
      await told(page, "“đường nội đồng”");
      return page.url();
    });
    await visit({ script: true }, async ({ page }) => {
      await page.goto(url);
      await told(page, "“đường nội đồng”");
      expect(await page.getByLabel("Từ cần tìm").inputValue()).toBe(
        "đường nội đồng",
      );
    });
  });

  it("goes back search by search, not letter by letter", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address());
      const box = page.getByLabel("Từ cần tìm");
      for (const words of ["đường", "máy tính"]) {
        await box.fill("");
        await box.pressSequentially(words, { delay: 120 });
        await told(page, `“${words}”`);
        await page.keyboard.press("Enter");
      }
      await page.goBack();
      await told(page, "“đường”");
      expect(await box.inputValue()).toBe("đường");
      await page.goBack();
      await page.waitForURL(address());
      expect(await titles(page)).toEqual([]);
      await page.goForward();
      await told(page, "“đường”");
    });
  });

  it("is reached from the box that other pages have, without a script as well", async () => {
    for (const script of [true, false])
      await visit({ script }, async ({ page }) => {
        await page.goto(site.origin);
        await page.getByRole("searchbox").fill("đường");
        await page.keyboard.press("Enter");
        await page.waitForURL(address("đường").replace(/%20/g, "+"));
        if (script) await told(page, "“đường”");
        else
          expect(await page.locator("main").textContent()).toContain(
            "không chạy JavaScript",
          );
      });
  });

  it("may lie below a base path", async () => {
    await visit({ script: true }, async ({ page, complaints }) => {
      await page.goto(address("dien hinh tien", `${below.origin}/vi-du`));
      const link = page.locator("#ket-qua a");
      await link.click();
      await page.waitForURL((url) =>
        url.href.startsWith(
          `${below.origin}/vi-du/${storyAddress("models", "xay-mo-hinh")}#tim=`,
        ),
      );
      expect(complaints).toEqual([]);
    });
  });
});

it("without JavaScript it leads to the stories by every filter", async () => {
  await visit({ script: false }, async ({ page }) => {
    await page.goto(address());
    const browse = page.getByRole("region", { name: "Xem theo mục" });
    const links = await browse.getByRole("listitem").allTextContents();
    expect(
      links.map((text) => text.replace(/\s*(\d+ bài)\s*$/, " $1").trim()),
    ).toEqual([
      "Mô hình hay 3 bài",
      "Người tốt, việc tốt 2 bài",
      "Tin thi đua 44 bài",
      "Nông nghiệp 1 bài",
      "Hạ tầng 1 bài",
      "Số hóa 1 bài",
      "Cả tỉnh làm đường 44 bài",
      "Đồi xanh 2 bài",
      "Học dùng máy 3 bài",
      "Xã Bản Mai 30 bài",
      "Phường Đồi Chè 1 bài",
      "Xã Sông Cầu 3 bài",
      "Tập thể nhỏ 1 bài",
      "Cá nhân 1 bài",
      "Bằng khen 1 bài",
      "Năm 2026 49 bài",
    ]);
    await browse.getByRole("link", { name: "Xã Sông Cầu" }).click();
    await page.waitForURL("**/dia-ban/song-cau/");
  });
});

describe("when it cannot search, it says so and leaves the lists", () => {
  const FAILED = "Chưa tìm được vì không mở được chỉ mục tìm kiếm.";
  const says = async (page: Page, words: string) => {
    await page.getByRole("status").filter({ hasText: words }).waitFor();
    await page.getByRole("link", { name: "Xã Bản Mai" }).waitFor();
  };

  it.each(["search.json", "pagefind.vi_", "lexicon.", "index/"])(
    "%s is not there, and then is",
    async (missing) => {
      await visit({ script: true }, async ({ page }) => {
        const lost = `**/pagefind/${missing}*`;
        await page.route(lost, (route) => route.fulfill({ status: 404 }));
        await page.goto(address("đường"));
        await says(page, FAILED);
        await page.unroute(lost);
        await page.getByRole("button", { name: "Tìm" }).last().click();
        await told(page, "“đường”");
      });
    },
  );

  it("there is no network", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address());
      await page.context().setOffline(true);
      await page.getByLabel("Từ cần tìm").fill("đường");
      await says(page, "Máy đang không có mạng");
    });
  });

  it("the network goes after the index was opened", async () => {
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address());
      await page.getByLabel("Từ cần tìm").fill("zzqzz");
      await told(page, "Không tìm thấy");
      await page.context().setOffline(true);
      await page.getByLabel("Từ cần tìm").fill("đường");
      await says(page, "Máy đang không có mạng");
    });
  });
});

long(
  "another index that is published while the page is open takes the old one's place whole",
  async () => {
    const corpus = await showcase();
    corpus.story("models", "bai-moi-nhat", {
      title: "Khai trương chiếc cầu treo mới qua suối",
    });
    const next = await serve(corpus);
    await visit({ script: true }, async ({ page }) => {
      await page.goto(address("điển hình tiên tiến"));
      await told(page, "Tìm thấy");
      await page.route("**/pagefind/**", (route) => {
        const file = path.join(
          next.out,
          new URL(route.request().url()).pathname,
        );
        return existsSync(file)
          ? route.fulfill({ path: file })
          : route.fulfill({ status: 404 });
      });
      await page.getByLabel("Từ cần tìm").fill("chiếc cầu treo");
      await page.keyboard.press("Enter");
      await told(page, "“chiếc cầu treo”");
      expect(await titles(page)).toEqual([
        "Khai trương chiếc cầu treo mới qua suối",
      ]);
    });
  },
);

it("Pagefind's own runtime reads the index, and finds the same stories", async () => {
  const { index } = await createIndex();
  await index!.addHTMLFile({
    url: "/",
    content: `<html lang="vi"><body>chữ</body></html>`,
  });
  const { files } = await index!.getFiles();
  await close();
  await visit({ script: true }, async ({ page }) => {
    for (const { path: name, content } of files)
      if (/^(?:pagefind(?:-worker)?\.js|wasm\.unknown\.pagefind)$/.test(name))
        await page.route(`**/pagefind/${name}*`, (route) =>
          route.fulfill({
            body: Buffer.from(content),
            contentType: name.endsWith(".js")
              ? "text/javascript"
              : "application/octet-stream",
          }),
        );
    await page.route("**/rong.html", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!doctype html><html lang="vi"><title>Rỗng</title></html>`,
      }),
    );
    for (const phrase of ["xóm Ví Dụ", "làm đường nội đồng", "họp ba lần"]) {
      await page.goto(`${site.origin}/rong.html`);
      const asked = JSON.stringify(`"${phrase.replaceAll("đ", "ḏ")}"`);
      // As a text: this test's own loader would put its import in the place of the browser's.
      const found = await page.evaluate<string[]>(
        `import("/pagefind/pagefind.js")
          .then(({ search }) => search(${asked}))
          .then(({ results }) => Promise.all(results.map((one) => one.data())))
          .then((stories) => stories.map(({ url }) => url))`,
      );
      expect(found.sort()).toEqual(storiesWith(phrase));
    }
  });
});

it("asks other hosts for nothing, and nothing of the index before it is used", async () => {
  await visit({ script: true }, async ({ page, requests, complaints }) => {
    await page.goto(address());
    await page.waitForLoadState("networkidle");
    const ofIndex = () => requests.filter((url) => url.includes("/pagefind/"));
    expect(ofIndex()).toEqual([]);
    await Promise.all([
      page.waitForRequest("**/pagefind/search.json"),
      page.getByLabel("Từ cần tìm").focus(),
    ]);
    await page.getByLabel("Từ cần tìm").fill("đường");
    await told(page, "“đường”");
    expect(
      requests.filter((url) => !url.startsWith(`${site.origin}/`)),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe.each([320, 1280])("with results, %i px wide", (width) => {
  it.each(["light", "dark"])("axe has no fault with it: %s", async (scheme) => {
    await visit(
      { script: true, width, dark: scheme === "dark" },
      async ({ page }) => {
        await open(page, "đường");
        expect(await axeFaults(page, "html", { runOnly: TAGS })).toEqual([]);
      },
    );
  });

  it("nothing scrolls sideways", async () => {
    await visit({ script: true, width }, async ({ page }) => {
      await open(page, "đường");
      const [content, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(content).toBe(screen);
    });
  });
});
