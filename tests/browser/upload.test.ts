/** An editor's pictures, from the phone to git: Decap in Chromium over the real desk. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import sharp from "sharp";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDesk } from "../../src/desk/desk.ts";
import { Store } from "../../src/desk/store.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { judge } from "../desk/judge.ts";
import { Place } from "../desk/place.ts";
import {
  exifBlock,
  grain,
  halves,
  SECRETS,
  withSegments,
} from "../media/originals.ts";
import type { Locator } from "playwright-core";
import { useBrowser, visit, type Page } from "../support/browser.ts";

useBrowser();

const words = adminText.upload;
const decap = path.dirname(
  createRequire(import.meta.url).resolve("decap-cms/dist/decap-cms.js"),
);
const PAGE = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>CMS</title>
<script>window.CMS_MANUAL_INIT = true</script>
<body><script src="/admin/decap-cms.js"></script><script src="/admin/page.js"></script></body></html>`;

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: {
        entry: path.resolve("tests/browser/upload-page.ts"),
        formats: ["iife"],
        name: "admin",
      },
    },
  });
  const [{ output }] = result as unknown as [{ output: [{ code: string }] }];
  return output[0].code;
}

let script: string;
let photo: Buffer;
const servers: Server[] = [];
beforeAll(async () => {
  script = await bundle();
  const pixels = await grain(4032, 3024).jpeg({ quality: 97 }).toBuffer();
  photo = withSegments(pixels, {
    exif: exifBlock({ orientation: 6, artist: Buffer.from("Nguyễn Văn Thử") }),
  });
});
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** The page, Decap and the desk on one address. */
async function serve(place: Place): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const store = await Store.open(place.contentDir, judge);
  const desk = openDesk({ store, hosts: [host] });
  server.on("request", (request, response) => {
    const { pathname } = new URL(request.url!, "http://desk");
    const name = pathname.slice("/admin/".length);
    if (name.startsWith("api/")) return void desk(request, response);
    const file = path.join(decap, name);
    const [type, body] =
      name === ""
        ? ["text/html", PAGE]
        : name === "page.js"
          ? ["text/javascript", script]
          : ["text/javascript", existsSync(file) ? readFileSync(file) : ""];
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
    response.end(body);
  });
  return `http://${host}`;
}

interface Open {
  place: Place;
  page: Page;
}

/** Opens a story of a new repository in the editor. */
async function open(go: (open: Open) => Promise<void>): Promise<void> {
  const place = new Place();
  const origin = await serve(place);
  await visit({ script: true, width: 1400 }, async ({ page }) => {
    page.setDefaultTimeout(20_000);
    await page.goto(
      `${origin}/admin/#/collections/news/entries/2026/mot/index`,
    );
    await page.getByText("Ảnh bìa").first().waitFor();
    await go({ place, page });
  });
}

const NAME = "Bà Đào gieo chữ.JPG".normalize("NFD");
const pictureFile = (name: string, buffer: Buffer) => ({
  name,
  mimeType: "image/jpeg",
  buffer,
});
const INPUT = ".nc-fileUploadButton input[type=file]";
const choose = (page: Page) =>
  page.getByRole("button", { name: "Chọn ảnh" }).first().click();
const use = (page: Page) =>
  page.getByRole("button", { name: "Dùng tệp đã chọn" }).click();

/** The part of the form with the story's first picture. */
const cover = (page: Page) =>
  page.locator("label", { hasText: "Ảnh bìa" }).locator("xpath=../..");

/** Fills in a field of a part of the form, by its label. */
const fill = (part: Locator, label: string, value: string) =>
  part
    .locator("label", { hasText: label })
    .locator("xpath=../..")
    .locator("input, textarea")
    .first()
    .fill(value);

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  await page.getByText("Đã lưu", { exact: true }).waitFor();
}

const DRAFT = "cms/news/2026/mot/index";
/** A file of the draft, as git has it. */
const drafted = (place: Place, file: string): Buffer =>
  execFileSync("git", ["show", `${DRAFT}:content/news/2026/mot/${file}`], {
    cwd: place.root,
    maxBuffer: 1e8,
  });

const small = await halves(60, 40).jpeg().toBuffer();

describe("a phone's photograph", () => {
  it("reaches git beside its story: upright, small, without its place, safely named", async () => {
    await open(async ({ page, place }) => {
      expect(photo.length).toBeGreaterThan(9_000_000);
      // What may be left out is closed at first.
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.locator(INPUT).setInputFiles(pictureFile(NAME, photo));
      await page.getByText("ba-dao-gieo-chu.jpg").waitFor();
      await use(page);
      await fill(cover(page), "Mô tả ảnh", "Bà Đào dạy các em đọc chữ");
      await fill(cover(page), "Người chụp", "Nguyễn Văn Thử");
      await save(page);

      const kept = drafted(place, "ba-dao-gieo-chu.jpg");
      expect(await sharp(kept).metadata()).toMatchObject({
        width: 1920,
        height: 2560,
      });
      expect(kept.length).toBeLessThan(3_000_000);
      for (const secret of SECRETS) expect(kept.includes(secret)).toBe(false);
      expect(kept.includes("Nguyễn Văn Thử")).toBe(true);
      expect(drafted(place, "index.mdx").toString()).toContain(
        "src: ba-dao-gieo-chu.jpg\n",
      );
      expect(place.changed(DRAFT)).toEqual([
        "A content/news/2026/mot/ba-dao-gieo-chu.jpg",
        "M content/news/2026/mot/index.mdx",
      ]);
    });
  });
});

describe("pictures of one story", () => {
  it("never take another's name, saved or not; blocks and lists say them plainly", async () => {
    await open(async ({ page, place }) => {
      await page.getByRole("button", { name: "Thêm bộ ảnh" }).click();
      const album = page
        .locator("label", { hasText: "Bộ ảnh" })
        .locator("xpath=../..");
      await choose(page);
      for (const name of ["anh.jpg", "anh-2.jpg"]) {
        await page.locator(INPUT).setInputFiles(pictureFile("Ảnh.jpg", small));
        await page.getByText(name, { exact: true }).waitFor();
      }
      await use(page);
      await fill(album, "Mô tả ảnh", "Bà con đổ bê tông");
      await fill(album, "Người chụp", "Nguyễn Văn Thử");

      await page.getByText("Chữ của bài.").first().click();
      await page.getByRole("button", { name: "Thêm khối" }).click();
      await page.getByRole("menuitem", { name: "Ảnh", exact: true }).click();
      await page.waitForTimeout(1000);
      await page.screenshot({ path: "/tmp/pictures-7.png" });
      await choose(page);
      await page.locator(INPUT).setInputFiles(pictureFile("Ảnh.jpg", small));
      await page.getByText("anh-3.jpg", { exact: true }).waitFor();
      await use(page);
      await page.screenshot({ path: "/tmp/pictures-8.png" });
      await save(page);
      console.log(drafted(place, "index.mdx").toString(), place.changed(DRAFT));
    });
  });
});

describe("what may not in", () => {
  it("is told, and Decap gets nothing", async () => {
    await open(async ({ page }) => {
      await cover(page).getByRole("button").first().click();
      await choose(page);
      const page_ = Buffer.from("<!doctype html><script>alert(1)</script>");
      await page.locator(INPUT).setInputFiles(pictureFile("Bà.jpg", page_));
      const told = page.getByRole("dialog", { name: words.refused });
      await told.getByText("«Bà.jpg» là trang web HTML").waitFor();
      await told.getByRole("button", { name: words.close }).click();
      await page.getByText("Chưa có ảnh nào.").waitFor();
      expect(await page.getByText("Chưa lưu", { exact: true }).count()).toBe(0);
    });
  });

  it("is dropped beside the place for it: the page stays, and says where", async () => {
    await open(async ({ page }) => {
      await drop(page, small, "a.jpg");
      const told = page.getByRole("dialog", { name: words.where });
      await told.getByRole("button", { name: words.close }).click();
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.locator(INPUT).waitFor({ state: "attached" });
      await drop(page, small, "Đã thả.jpg");
      await page.getByText("da-tha.jpg", { exact: true }).waitFor();
    });
  });
});

/** Drops a file onto the page's text. */
const drop = (page: Page, bytes: Buffer, name: string) =>
  page.evaluate(
    ({ content, name }) => {
      const data = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([data], name, { type: "image/jpeg" }));
      const how = { bubbles: true, cancelable: true, dataTransfer };
      const isKept = !document.body.dispatchEvent(
        new DragEvent("dragover", how),
      );
      const isTaken = !document.body.dispatchEvent(new DragEvent("drop", how));
      // Otherwise a browser would open the file.
      if (!isKept || !isTaken) throw new Error("the page would be gone");
    },
    { content: bytes.toString("base64"), name },
  );

describe("a network that fails", () => {
  it("loses nothing: the file is sent again", async () => {
    await open(async ({ page }) => {
      await cover(page).getByRole("button").first().click();
      await choose(page);
      await page.route("**/api/pictures?*", (route) => route.abort());
      await page.locator(INPUT).setInputFiles(pictureFile("Hè.jpg", small));
      const told = page.getByRole("dialog", { name: words.failed });
      await told.waitFor();
      await page.unroute("**/api/pictures?*");
      await told.getByRole("button", { name: words.again }).click();
      await page.getByText("he.jpg", { exact: true }).waitFor();
    });
  });
});
