/**
 * `npm run proof:wordpress -- FOLDER`: a real WordPress as a reader of our oEmbed. Builds the site, serves it,
 * sets up a throwaway WordPress beside it, and as an author, whose HTML WordPress filters, posts addresses of ours
 * and our card from the block editor. Then looks at the posts in Chromium, photographs them into FOLDER, and tells
 * what came of it. Run by hand, on Debian: it is too slow for a test, and installs PHP and MariaDB.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from "playwright-core";
import { serveFolder } from "../src/cli/serve.ts";
import {
  CHROMIUM,
  CHROMIUM_ARGS,
  findProgram,
} from "../tests/support/programs.ts";
import {
  removeTemporary,
  temporaryFolder,
} from "../tests/support/temporary.ts";
import { needPackages } from "./packages.ts";
import { INSTALLED, startWordPress } from "./wordpress-host.ts";

const ROOT = path.join(import.meta.dirname, "..");
const WIDTHS = [390, 1280];
/** How long an embed may take to get its height. */
const PATIENCE_MS = 10_000;

const STORY = "/mo-hinh/htx-tai-hoan/";
const LIST = "/phong-trao/nong-thon-moi/";

/** A post: one block, as the editor names it, with what is written into it. */
interface Post {
  name: string;
  block: string;
  attributes: Record<string, string>;
}

/** What WordPress's editor gives to scripts, as far as it is used here. */
declare const wp: {
  blocks: { createBlock: (name: string, attributes: object) => object };
  data: {
    dispatch: (
      store: string,
    ) => Record<string, (...args: unknown[]) => unknown>;
    select: (store: string) => Record<string, (...args: unknown[]) => unknown>;
  };
};

let faults = 0;
function tell(isSo: boolean, what: string): void {
  if (!isSo) faults++;
  console.log(`  ${isSo ? "ok   " : "FAULT"} ${what}`);
}

/** Builds the shipped content into the folder that is served already: its address has to be known first. */
function build(outDir: string, site: URL): void {
  execFileSync(process.execPath, ["src/cli/build.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      OUT_DIR: outDir,
      CACHE_DIR: path.join(temporaryFolder("wordpress-cache"), "cache"),
      SITE_URL: site.origin,
      BASE_PATH: site.pathname,
    },
  });
}

async function logIn(
  context: BrowserContext,
  origin: string,
  { name, password }: { name: string; password: string },
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/wp-login.php`);
  await page.fill("#user_login", name);
  await page.fill("#user_pass", password);
  await page.click("#wp-submit");
  await page.waitForURL("**/wp-admin/**");
  return page;
}

/**
 * Publishes a post from the block editor, once its preview of an embed is there.
 *
 * @returns the post's address
 */
async function publish(
  page: Page,
  origin: string,
  { name, block, attributes }: Post,
): Promise<string> {
  await page.goto(`${origin}/wp-admin/post-new.php`);
  await page.waitForFunction(
    () => wp.data.select("core/editor").getCurrentPostId!() !== null,
  );
  await page.evaluate(
    ({ name, block, attributes }) => {
      wp.data.dispatch("core/preferences").set!(
        "core/edit-post",
        "welcomeGuide",
        false,
      );
      wp.data.dispatch("core/editor").editPost!({ title: name });
      wp.data.dispatch("core/block-editor").insertBlocks!(
        wp.blocks.createBlock(block, attributes),
      );
    },
    { name, block, attributes },
  );
  if (block === "core/embed")
    await page.waitForFunction(
      (url) => wp.data.select("core").getEmbedPreview!(url) !== undefined,
      attributes.url,
    );
  return page.evaluate(async () => {
    const editor = wp.data.dispatch("core/editor");
    editor.editPost!({ status: "publish" });
    await editor.savePost!();
    return wp.data.select("core/editor").getPermalink!() as string;
  });
}

/** Looks at a post with an embed as its readers do. */
async function lookAtEmbed(
  page: Page,
  link: string,
  site: URL,
  shot: string,
): Promise<void> {
  await page.goto(link);
  const frame = page.locator("iframe.wp-embedded-content");
  if ((await frame.count()) === 0) {
    await page.screenshot({ path: shot, fullPage: true });
    return tell(false, "the post has no iframe of ours");
  }
  const html = await frame.evaluate((element) => element.outerHTML);
  console.log(`  ${html}`);
  tell(html.includes('sandbox="allow-scripts"'), "WordPress's own sandbox");
  await frame.scrollIntoViewIfNeeded();
  const inside = (await (await frame.elementHandle())!.contentFrame())!;
  await inside.waitForLoadState();
  tell(
    inside.url().startsWith(`${site.href}nhung/`),
    `shows ${inside.url().split("#")[0]}`,
  );
  const heights = () =>
    inside.evaluate(() => ({
      frame: innerHeight,
      content: document.documentElement.scrollHeight,
      body: Math.ceil(document.body.getBoundingClientRect().bottom),
    }));
  const fits = await inside
    .waitForFunction(
      () =>
        Math.abs(innerHeight - document.body.getBoundingClientRect().bottom) <=
          1 && document.documentElement.scrollHeight <= innerHeight,
      undefined,
      { timeout: PATIENCE_MS },
    )
    .then(
      () => true,
      () => false,
    );
  tell(fits, `its height follows: ${JSON.stringify(await heights())}`);
  const box = (await frame.boundingBox())!;
  tell(
    box.x >= 0 && box.x + box.width <= page.viewportSize()!.width,
    `${box.width} pixels wide on a screen of ${page.viewportSize()!.width}`,
  );
  await page.screenshot({ path: shot, fullPage: true });
  const arrived = await inside
    .locator("a[href]")
    .first()
    .click({ timeout: PATIENCE_MS })
    .then(() => page.waitForURL(`${site.href}**`, { timeout: PATIENCE_MS }))
    .then(
      () => true,
      () => false,
    );
  tell(arrived, `a click leads to ${page.url()}`);
}

/** Reads a story inside the post, as our link there offers. */
async function readInside(page: Page, link: string, shot: string) {
  await page.goto(link);
  const frame = page.locator("iframe.wp-embedded-content");
  const inside = await (await frame.elementHandle())?.contentFrame();
  if (!inside) return tell(false, "nothing to read inside");
  await inside.locator("a.here").first().click({ timeout: PATIENCE_MS });
  await inside.waitForURL("**/toan-van/**", { timeout: PATIENCE_MS });
  await inside.waitForLoadState();
  await page.screenshot({ path: shot, fullPage: true });
  const isWhole = await inside.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    scrollTo({ top: scrollHeight, behavior: "instant" });
    return Math.abs(scrollY + innerHeight - scrollHeight) <= 1;
  });
  tell(
    isWhole && page.url() === link,
    `read inside, to the end: ${inside.url().split("#")[0]}`,
  );
}

/** Looks at a post with an embed where no script runs. */
async function lookWithoutScript(page: Page, link: string, address: string) {
  await page.goto(link);
  const anchor = page.locator("blockquote.wp-embedded-content a");
  tell(
    (await anchor.count()) === 1 &&
      (await anchor.isVisible()) &&
      (await anchor.getAttribute("href")) === address,
    "without script, a link to it",
  );
}

async function lookAtPost(
  browser: Browser,
  post: Post,
  link: string,
  site: URL,
  shots: string,
): Promise<void> {
  console.log(post.name);
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const shot = path.join(shots, `${post.name}-${width}.png`);
    await lookAtEmbed(page, link, site, shot);
    await page.close();
  }
  const reader = await browser.newPage({
    viewport: { width: WIDTHS[0]!, height: 800 },
  });
  await readInside(reader, link, path.join(shots, `${post.name}-inside.png`));
  await reader.close();
  const page = await browser.newPage({ javaScriptEnabled: false });
  await lookWithoutScript(
    page,
    link,
    post.attributes.url ?? post.attributes.content!,
  );
  await page.close();
}

/** The code of a story's card, as the builder gives it to people. */
async function cardOf(page: Page, story: string, site: URL): Promise<string> {
  await page.goto(`${site.href}nhung/?${new URLSearchParams({ bai: story })}`);
  const code = page.locator("[data-code=pictureCard]").first();
  await page.waitForFunction(
    ([element, address]) =>
      (element as HTMLTextAreaElement).value.includes(address as string),
    [await code.elementHandle(), story] as const,
  );
  return code.inputValue();
}

/** Looks at a post with our card. */
async function lookAtCard(
  browser: Browser,
  { name, attributes }: Post,
  link: string,
  shots: string,
): Promise<void> {
  console.log(name);
  const html = await (await fetch(link)).text();
  // What WordPress adds to every picture that it shows.
  const shown = html.replaceAll(/ (?:decoding="async"|loading="lazy")/g, "");
  tell(shown.includes(attributes.content!), "kept to the letter");
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(link);
    const fits = await page.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth,
    );
    tell(fits, `fits a screen of ${width}`);
    await page.screenshot({
      path: path.join(shots, `${name}-${width}.png`),
      fullPage: true,
    });
    await page.close();
  }
}

async function prove(shots: string): Promise<void> {
  needPackages(INSTALLED);
  const executablePath = findProgram(CHROMIUM);
  if (!executablePath)
    throw new Error("There is no Chromium: run node tests/setup/system.ts");
  mkdirSync(shots, { recursive: true });
  const outDir = path.join(temporaryFolder("wordpress-site"), "dist");
  const server = await serveFolder({ outDir, base: "/" }, 0);
  const { port } = server.address() as AddressInfo;
  const site = new URL(`http://localhost:${port}/`);
  build(outDir, site);
  const wordpress = await startWordPress(temporaryFolder("wordpress"), site);
  const browser = await chromium.launch({
    executablePath,
    args: CHROMIUM_ARGS,
  });
  try {
    console.log(
      `WordPress ${wordpress.version} at ${wordpress.origin}, our site at ${site.origin}\n` +
        "Allowed for this only, because our site is on a loopback address and an unusual port: " +
        "http_request_host_is_external and http_allowed_safe_ports",
    );
    const story = new URL(STORY, site).href;
    const list = new URL(LIST, site).href;
    const posts: Post[] = [
      { name: "story", block: "core/embed", attributes: { url: story } },
      { name: "list", block: "core/embed", attributes: { url: list } },
      {
        name: "bare-address",
        block: "core/paragraph",
        attributes: { content: story },
      },
    ];
    const context = await browser.newContext();
    const editor = await logIn(context, wordpress.origin, wordpress.author);
    const card: Post = {
      name: "card",
      block: "core/html",
      attributes: {
        content: await cardOf(await browser.newPage(), story, site),
      },
    };
    for (const post of [...posts, card]) {
      const link = await publish(editor, wordpress.origin, post);
      await editor.screenshot({
        path: path.join(shots, `${post.name}-editor.png`),
      });
      await (post === card
        ? lookAtCard(browser, post, link, shots)
        : lookAtPost(browser, post, link, site, shots));
    }
  } finally {
    await browser.close();
    await wordpress.stop();
    server.closeAllConnections();
    server.close();
  }
}

const [shots] = process.argv.slice(2);
if (!shots)
  throw new Error(
    "Say where the photographs go: npm run proof:wordpress -- FOLDER",
  );
try {
  await prove(shots);
  console.log(faults ? `${faults} faults` : "Everything as it should be.");
  process.exitCode = faults ? 1 : 0;
} finally {
  removeTemporary();
}
