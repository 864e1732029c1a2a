/** The CMS in Chromium over the shipped content and a real desk: what it shows, and that what is not touched stays. */
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formCollections } from "../../admin/forms.ts";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { listFiles } from "../../src/loader/files.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, enter, placeOf } from "../support/desk.ts";

useBrowser();

const content = path.resolve("content");
const collections = formCollections("content");

/** Everything that the editor could lose a part of, between paragraphs. */
const PIECES = [
  ...Object.values<Block>(blocks).flatMap(({ examples }) =>
    examples.map(({ source }) => source),
  ),
  "| Hộ | Trước |\n| :-- | --: |\n| Bà Thử | 2 |",
  "- [x] họp xóm\n- [ ] đổ bê tông",
  "{/* lời nhắc */}",
  '![Bà con họp](hop.jpg "Nguyễn Văn Thử")',
];
const BLOCKS = "news/2026/moi-khoi";

const bench = new Bench();
beforeAll(async () => {
  bench.put(
    `${BLOCKS}/index.mdx`,
    story({}, ["Đoạn đầu.", ...PIECES, "Đoạn cuối."].join("\n\n")),
  );
  for (const [name] of PIECES.join().matchAll(/[\w-]+\.(?:jpg|png|pdf|xlsx)/g))
    bench.put(`${BLOCKS}/${name}`, "Một tệp.");
  await bench.start();
});

/** Opens the CMS at a place, as an editor whose machine is set to New York's time. */
const open = (place: string, go: (page: Page) => Promise<void>) =>
  visit({ script: true }, async ({ page, complaints, requests }) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setTimezoneOverride", {
      timezoneId: "America/New_York",
    });
    page.setDefaultTimeout(20_000);
    await enter(page, bench, place);
    await go(page);
    expect(complaints).toEqual([]);
    for (const address of requests)
      expect(new URL(address).origin).toMatch(
        new RegExp(`^(?:${bench.origin}|null)$`),
      );
  });

const label = (page: Page, text: string) =>
  page.locator("label", { hasText: text }).first();

describe("Decap with our configuration", () => {
  it("starts, and shows each collection with what belongs there", async () => {
    await open("/", async (page) => {
      for (const { name, label, description } of collections) {
        await page.getByRole("link", { name: label, exact: true }).click();
        await page.getByText(description).waitFor();
        const entries = page.locator("a[href*='/entries/']");
        await entries.first().waitFor();
        const shipped = listFiles(content).entries.filter(
          ({ kind }) => kind === name,
        );
        // A list shows its first ten at once.
        expect(await entries.count(), label).toBeGreaterThanOrEqual(
          Math.min(shipped.length, 10),
        );
      }
    });
  });

  it("shows every field of every kind of new entry", async () => {
    await open("/", async (page) => {
      for (const { name, fields } of collections) {
        if (!fields) continue;
        await page.goto(`${bench.origin}/admin/#/collections/${name}`);
        await page.goto(`${bench.origin}/admin/#/collections/${name}/new`);
        for (const field of fields)
          await label(page, field.label).waitFor({ state: "attached" });
      }
    });
  });
});

describe("an entry that is opened", () => {
  const place = placeOf("models/2026/xa-tan-cuong-che-du-lich/index.mdx");

  it("is shown in words, in Vietnam's time, and has not changed by it", async () => {
    await open(place, async (page) => {
      for (const chosen of [
        "Xã Tân Cương",
        "Nông nghiệp",
        "Ủy ban nhân dân xã, phường",
        "II.5 Công trình hạ tầng, kinh tế vùng, đô thị và nông thôn mới",
        "Chị Hoàng Thị Tân khởi nghiệp với nghề chè ở Tân Cương (điển hình)",
      ])
        await page.getByText(chosen, { exact: true }).first().waitFor();
      const instant = await label(page, "Đăng lần đầu lúc").getAttribute("for");
      expect(await page.locator(`#${instant}`).inputValue()).toBe(
        "2026-11-23T08:00",
      );
      expect(await page.getByText("Chưa lưu").count()).toBe(0);
    });
  });

  it("offers communes by any of their names, with or without marks", async () => {
    await open(place, async (page) => {
      const communes = await label(page, "Xã, phường").getAttribute("for");
      await page.locator(`#${communes}`).fill("dinh hoa");
      await page.getByRole("option", { name: "Xã Định Hóa" }).click();
      await page.getByText("Xã Định Hóa", { exact: true }).waitFor();
      await page.getByText("Chưa lưu").waitFor();
    });
  });

  it("keeps blocks, tables and what it does not know when its text is edited", async () => {
    await open(placeOf(`${BLOCKS}/index.mdx`), async (page) => {
      const last = page.getByText("Đoạn cuối.", { exact: true });
      await last.click();
      await page.keyboard.type(" Thêm chữ.");
      await page.getByText("Chưa lưu").waitFor();
      await page.getByRole("button", { name: "Lưu", exact: true }).click();
      await page.getByText("Đã lưu", { exact: true }).first().waitFor();
      const text = bench.read(`${BLOCKS}/index.mdx`, `cms/${BLOCKS}/index`);
      const body = text.slice(text.indexOf("Đoạn đầu.")).trimEnd();
      const paragraphs = body.split("\n\n");
      // Where in its paragraph a machine's keys land, the editor does not promise.
      expect(paragraphs.pop()).toMatch(/Thêm chữ\./);
      expect(paragraphs).toEqual(
        ["Đoạn đầu.", ...PIECES].join("\n\n").split("\n\n"),
      );
    });
  });
});
