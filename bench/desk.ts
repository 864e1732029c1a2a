/**
 * `npm run bench -- desk`: how long editors wait. Chromium and Decap over the real `npm start`, whose content is
 * N news in a git repository of its own.
 */
import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium, type CDPSession, type Page } from "playwright-core";
import { ROOT } from "../src/build/build.ts";
import { freePort } from "../tests/support/port.ts";
import {
  CHROMIUM,
  CHROMIUM_ARGS,
  findProgram,
} from "../tests/support/programs.ts";
import { makeCorpus } from "./corpus.ts";
import { commit, startDesk } from "./started.ts";

/** What was measured, in the order it was done: milliseconds, unless the name says otherwise. */
export type Figures = Record<string, number>;

const EDITOR = { name: "Bà Nguyễn Thị Đào", mail: "dao@example.vn" };
const PATIENCE_MS = 120_000;
/** How often to look whether a page is live. */
const LOOK_MS = 25;

export async function benchDesk(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      stories: { type: "string", default: "1000" },
      shipped: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const stories = Number(values.stories);
  if (!Number.isInteger(stories) || stories < 1)
    throw new Error("--stories takes a number from 1.");
  const executablePath = findProgram(CHROMIUM);
  if (!executablePath)
    throw new Error("There is no Chromium: node tests/setup/system.ts");
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-desk-"));
  const browser = await chromium.launch({
    executablePath,
    args: CHROMIUM_ARGS,
  });
  let server: ChildProcess | undefined;
  try {
    const content = path.join(folder, "repository", "content");
    if (values.shipped)
      cpSync(path.join(ROOT, "content"), content, { recursive: true });
    else makeNews(content, stories);
    commit(path.dirname(content));
    const figures: Figures = {};
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    console.error("Building the site for the first time.");
    await timed(figures, "first build", async () => {
      server = await startDesk({
        ...process.env,
        CONTENT_DIR: content,
        OUT_DIR: path.join(folder, "dist"),
        CACHE_DIR: path.join(folder, "cache"),
        PORT: String(port),
      });
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.addInitScript(
      (editor) => localStorage.setItem("guong-sang-writer", editor),
      JSON.stringify(EDITOR),
    );
    await edit(page, origin, figures);
    await publish(origin, figures);
    const load = round(loadavg()[0]!, 1);
    console.log(
      values.json
        ? JSON.stringify({ stories, load, figures }, undefined, 2)
        : table(figures, load),
    );
  } finally {
    await browser.close();
    server?.kill("SIGTERM");
    await pause(500);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** News alone: the longest list that so many stories can make. Half of a corpus are news. */
function makeNews(content: string, stories: number): void {
  makeCorpus(content, 2 * stories);
  for (const kind of ["models", "role-models"])
    rmSync(path.join(content, kind), { recursive: true, force: true });
}

async function timed<T>(
  figures: Figures,
  name: string,
  act: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const result = await act();
  figures[name] = Math.round(performance.now() - started);
  console.error(`${name}: ${figures[name]}`);
  return result;
}

/** What an editor does with the form, and how long she waits for it. */
async function edit(
  page: Page,
  origin: string,
  figures: Figures,
): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const wire = await countBytes(cdp);
  const cards = page.locator('a[href*="#/collections/news/entries/"]');
  const title = page.getByLabel("Tiêu đề").first();
  const admin = `${origin}/admin/`;

  await timed(figures, "bare list", () => listNews(origin));
  await timed(figures, "bare list again", () => listNews(origin));
  await timed(figures, "opening the CMS until its list is shown", async () => {
    await page.goto(`${admin}#/collections/news`);
    await cards.first().waitFor();
  });
  figures["rows in the list"] = await cards.count();
  figures["bytes of the list on the wire"] = wire.largest("desk");
  await page.goto(`${admin}#/collections/movements`);
  await page.getByRole("heading", { name: "Phong trào" }).first().waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Phong trào" }).first().waitFor();
  await quiet(page);
  await timed(figures, "list of news", async () => {
    await page.evaluate(() => (location.hash = "#/collections/news"));
    await cards.first().waitFor();
    await painted(page);
  });
  figures["heap with the list, MB"] = await heap(cdp);
  await timed(figures, "search in the list", async () => {
    await page.evaluate(
      () => (location.hash = "#/collections/news/search/thôn"),
    );
    await page.getByText("Kết quả tìm").first().waitFor();
    await cards.first().waitFor();
    await painted(page);
  });
  await page.goBack();
  await cards.first().waitFor();
  await quiet(page);
  wire.reset();
  const previewed = page.waitForResponse(/\/api\/preview/);
  const begun = performance.now();
  await timed(figures, "opening an entry", async () => {
    await cards.first().click();
    await title.waitFor();
    await painted(page);
  });
  await previewed;
  figures["first preview"] = Math.round(performance.now() - begun);
  await quiet(page);
  figures["bytes on the wire while opening"] = wire.total();
  figures["heap with the form, MB"] = await heap(cdp);
  const later = page.waitForResponse(/\/api\/preview/);
  await title.fill("Một tiêu đề khác để đo việc xem trước và lưu bài");
  await timed(figures, "later preview, since typing", () => later);
  const communes = await page
    .locator("label", { hasText: /^Xã, phường/ })
    .first()
    .getAttribute("for");
  await timed(figures, "first choices of communes", async () => {
    await page.locator(`[id="${communes}"]`).click();
    await page.getByRole("option").first().waitFor();
  });
  await page.keyboard.press("Escape");
  await timed(figures, "saving a draft", async () => {
    await page.getByRole("button", { name: "Lưu", exact: true }).click();
    await page.getByText("Đã lưu", { exact: true }).first().waitFor();
  });
  await quiet(page);
  await timed(figures, "opening an entry by its address", async () => {
    await page.reload();
    await title.waitFor();
    await painted(page);
  });
}

/** From the press of the button, as the desk's protocol has it, until readers see it. */
async function publish(origin: string, figures: Figures): Promise<void> {
  const ids = (await ask(origin, "unpublishedEntries")) as string[];
  const id = ids[0]!;
  const [collection] = id.split("/");
  const slug = id.slice(collection!.length + 1);
  const name = { collection, slug };
  const seen = async () => {
    const { version } = (await ask(origin, "unpublishedEntry", { id })) as {
      version: string;
    };
    return version;
  };
  await ask(origin, "updateUnpublishedEntryStatus", {
    ...name,
    newStatus: "pending_publish",
    seen: await seen(),
  });
  const version = await seen();
  await timed(figures, "publishing, until answered", () =>
    ask(origin, "publishUnpublishedEntry", { ...name, seen: version }),
  );
  const address = `${origin}/tin-tuc/${slug.split("/").at(-2)!}/`;
  await timed(figures, "from the answer until live", async () => {
    for (;;) {
      const html = await (await fetch(address)).text();
      if (html.includes("Một tiêu đề khác để đo việc")) break;
      await pause(LOOK_MS);
    }
  });
}

async function ask(
  origin: string,
  action: string,
  params: object = {},
): Promise<unknown> {
  const response = await fetch(`${origin}/admin/api/desk`, {
    method: "POST",
    headers: {
      origin,
      "content-type": "application/json",
      "x-editor-name": encodeURIComponent(EDITOR.name),
      "x-editor-mail": encodeURIComponent(EDITOR.mail),
    },
    body: JSON.stringify({ action, params }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The desk's answer alone, without browser and Decap. */
const listNews = (origin: string) =>
  ask(origin, "entriesByFolder", {
    folder: "content/news",
    extension: "mdx",
    depth: 3,
  });

/** Two frames: what was waited for has been laid out and painted. */
const painted = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(resolve)),
      ),
  );

/** Nothing is loaded any more, and the browser has time. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(resolve)),
  );
}

/** MB of what the page's scripts hold. */
async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return round(usedSize / 1e6, 1);
}

/** Counts what answers take on the wire. */
async function countBytes(cdp: CDPSession) {
  const names = new Map<string, string>();
  let sizes: { name: string; bytes: number }[] = [];
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) =>
    names.set(requestId, new URL(request.url).pathname),
  );
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    sizes.push({
      name: names.get(requestId) ?? "",
      bytes: encodedDataLength,
    }),
  );
  await cdp.send("Network.enable");
  return {
    reset: () => void (sizes = []),
    total: () => sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: (end: string) =>
      Math.max(
        0,
        ...sizes
          .filter(({ name }) => name.endsWith(`/${end}`))
          .map(({ bytes }) => bytes),
      ),
  };
}

const round = (value: number, digits: number): number =>
  Number(value.toFixed(digits));

const table = (figures: Figures, load: number): string =>
  [
    ...Object.entries(figures).map(
      ([name, value]) => `${name.padEnd(42)}${String(value).padStart(10)}`,
    ),
    `list of news / bare list: ${round(figures["list of news"]! / figures["bare list again"]!, 1)}`,
    `load average: ${load}`,
  ].join("\n");
