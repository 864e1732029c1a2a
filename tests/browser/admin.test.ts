/** Decap itself, in Chromium, with our configuration over the shipped content, kept in the page's memory. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { formCollections } from "../../admin/forms.ts";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { listFiles } from "../../src/loader/files.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";

useBrowser();

/** Decap needs what browsers give to secure origins alone, of which this is one. */
const ORIGIN = "http://localhost";
const content = path.resolve("content");
const decap = path.dirname(
  createRequire(import.meta.url).resolve("decap-cms/dist/decap-cms.js"),
);
const collections = formCollections("content");

/** Everything that the editor could lose a part of, between paragraphs. */
const PIECES = [
  ...Object.values<Block>(blocks).flatMap(({ examples }) =>
    examples.map(({ source }) => source),
  ),
  "| Hộ | Trước |\n| :-- | --: |\n| Bà Thử | 2 |",
  "- [x] họp xóm\n- [ ] đổ bê tông",
  "{/* lời nhắc */}",
  '<Marquee speed="9">\n\nmột\n\nhai\n\n</Marquee>',
  '![Bà con họp](hop.jpg "Nguyễn Văn Thử")',
];
const BLOCKS = "news/2026/moi-khoi";

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: path.resolve("tests/browser/admin-page.ts"),
        formats: ["iife"],
        name: "admin",
      },
    },
  });
  const [{ output }] = result as unknown as [{ output: [{ code: string }] }];
  return output[0].code;
}

type Folder = { [name: string]: Folder | { content: string } };

/** The content folder as Decap's test backend wants it: folders in folders, and those of collections by path. */
function repository(): Folder {
  const root: Folder = {};
  const folderAt = (steps: string[]): Folder =>
    steps.reduce((here, step) => (here[step] ??= {}) as Folder, root);
  const put = (file: string, text: string) => {
    const steps = ["content", ...file.split("/")];
    folderAt(steps.slice(0, -1))[steps.at(-1)!] = { content: text };
  };
  for (const { file } of listFiles(content).entries)
    put(file, readFileSync(path.join(content, file), "utf8"));
  put(
    `${BLOCKS}/index.mdx`,
    story({}, ["Đoạn đầu.", ...PIECES, "Đoạn cuối."].join("\n\n")),
  );
  for (const { folder } of collections)
    if (folder) root[folder] = folderAt(folder.split("/"));
  return root;
}

interface Draft {
  diffs: { content: string }[];
}

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';

let files: Record<string, string>;
beforeAll(async () => {
  const data = JSON.stringify(repository()).replaceAll("<", "\\u003c");
  files = {
    "": `<!doctype html><html lang="vi"><meta charset="utf-8"><title>CMS</title>
<script>window.CMS_MANUAL_INIT = true; window.repoFiles = ${data};</script>
<body><script src="/admin/decap-cms.js"></script><script src="/admin/admin.js"></script></body></html>`,
    "admin.js": await bundle(),
  };
});

/** Opens the CMS at a place, as an editor whose machine is set to New York's time. */
const open = (place: string, go: (page: Page) => Promise<void>) =>
  visit({ script: true }, async ({ page, complaints, requests }) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setTimezoneOverride", {
      timezoneId: "America/New_York",
    });
    page.setDefaultTimeout(20_000);
    await page.route(`${ORIGIN}/admin/**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(7);
      if (/\.(?:jpg|png)$/.test(name))
        return route.fulfill({ body: PICTURE, contentType: "image/svg+xml" });
      const body = files[name] ?? readFileSync(path.join(decap, name));
      const type = name ? "text/javascript" : "text/html";
      return route.fulfill({ body, contentType: `${type}; charset=utf-8` });
    });
    await page.goto(`${ORIGIN}/admin/#${place}`);
    await page.getByRole("button", { name: "Bắt đầu" }).click();
    await go(page);
    expect(complaints).toEqual([]);
    for (const address of requests)
      expect(address).toMatch(/^(?:http:\/\/localhost\/admin\/|data:|blob:)/);
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
        await page.goto(`${ORIGIN}/admin/#/collections/${name}`);
        await page.goto(`${ORIGIN}/admin/#/collections/${name}/new`);
        for (const field of fields)
          await label(page, field.label).waitFor({ state: "attached" });
      }
    });
  });
});

describe("an entry that is opened", () => {
  const place =
    "/collections/models/entries/2026/xa-tan-cuong-che-du-lich/index";

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
    await open(
      `/collections/${BLOCKS.replace("/", "/entries/")}/index`,
      async (page) => {
        const last = page.getByText("Đoạn cuối.", { exact: true });
        await last.click();
        await page.keyboard.type(" Thêm chữ.");
        await page.getByText("Chưa lưu").waitFor();
        await page.getByRole("button", { name: "Lưu", exact: true }).click();
        // Decap's test backend keeps drafts in a variable of the page.
        const saved = await page.waitForFunction(() => {
          const drafts = Object.values(
            Reflect.get(window, "repoFilesUnpublished") as Draft[],
          );
          return drafts[0]?.diffs[0]?.content;
        });
        const text = (await saved.jsonValue()) ?? "";
        const body = text.slice(text.indexOf("Đoạn đầu.")).trimEnd();
        const paragraphs = body.split("\n\n");
        // Where in its paragraph a machine's keys land, the editor does not promise.
        expect(paragraphs.pop()).toMatch(/Thêm chữ\./);
        expect(paragraphs).toEqual(
          ["Đoạn đầu.", ...PIECES].join("\n\n").split("\n\n"),
        );
      },
    );
  });
});
