/**
 * `npm run shots`: photographs of every type of page, in `shots/`, for people to look at: the shipped content and
 * the tests' showcase, at five widths, by day and by night, with more contrast, and as printed.
 * A name tells content, page, width and colours: `showcase-model-with-everything-390-dark.png`.
 *
 * `npm run shots -- campaign` photographs only the pages whose name has the word.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { serveFolder } from "../src/cli/serve.ts";
import { PAGES } from "../tests/browser/pages.ts";
import { NOW } from "../tests/support/corpus.ts";
import {
  CHROMIUM,
  CHROMIUM_ARGS,
  findProgram,
} from "../tests/support/programs.ts";
import { everything } from "../tests/support/showcase.ts";
import {
  removeTemporary,
  temporaryFolder,
} from "../tests/support/temporary.ts";

const ROOT = path.join(import.meta.dirname, "..");
const SHOTS = path.join(ROOT, "shots");

const WIDTHS = [320, 390, 768, 1280, 1920];
const COLOURS = {
  light: { colorScheme: "light", contrast: "no-preference" },
  dark: { colorScheme: "dark", contrast: "no-preference" },
  contrast: { colorScheme: "light", contrast: "more" },
} as const;
/** A sheet of A4 at 96 pixels an inch. */
const SHEET = 794;

/** The shipped pages that show what the showcase cannot: real stories, in real numbers. */
const SHIPPED: Record<string, string> = {
  "front page": "/",
  "list of models": "/mo-hinh/",
  model: "/mo-hinh/htx-tai-hoan/",
  "role model": "/dien-hinh/mai-thao-nguyen/",
  campaign: "/dot-thi-dua/dai-hoi-xiv/",
  communes: "/dia-ban/",
  movement: "/phong-trao/nong-thon-moi/",
  "page about the site": "/gioi-thieu/",
  "search page": "/tim-kiem/?q=duong",
};

const SETS = [
  { name: "shipped", content: path.join(ROOT, "content"), pages: SHIPPED },
  { name: "showcase", content: (await everything()).dir, pages: PAGES },
];

/** Photographs a page in every width and colour, and as printed. */
async function photograph(
  page: Page,
  address: string,
  name: string,
): Promise<number> {
  const shoot = (suffix: string) =>
    page.screenshot({
      path: path.join(SHOTS, `${name}-${suffix}.png`),
      fullPage: true,
      animations: "disabled",
    });
  await page.setViewportSize({ width: WIDTHS.at(-1)!, height: 900 });
  await page.emulateMedia({ media: "screen", ...COLOURS.light });
  await page.goto(address, { waitUntil: "networkidle" });
  // Pictures wait to be seen before they are fetched; a photograph sees all at once.
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all(
      Array.from(document.images, (image) => image.decode().catch(() => {})),
    );
    await document.fonts.ready;
  });
  let count = 0;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const [colours, media] of Object.entries(COLOURS)) {
      await page.emulateMedia(media);
      await shoot(`${width}-${colours}`);
      count++;
    }
  }
  await page.setViewportSize({ width: SHEET, height: 1123 });
  await page.emulateMedia({ media: "print", ...COLOURS.light });
  await shoot("print");
  return count + 1;
}

async function photographSet(
  browser: Browser,
  { name, content, pages }: (typeof SETS)[number],
  wanted: string,
): Promise<number> {
  const chosen = Object.entries(pages).filter(
    // A redirect leads on before it could be photographed.
    ([page]) => page !== "redirect" && page.includes(wanted),
  );
  if (chosen.length === 0) return 0;
  const place = temporaryFolder("shots");
  const outDir = path.join(place, "dist");
  execFileSync(process.execPath, ["src/cli/build.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      CONTENT_DIR: content,
      OUT_DIR: outDir,
      CACHE_DIR: path.join(place, "cache"),
      BUILD_NOW: NOW,
    },
  });
  const server = await serveFolder({ outDir, base: "/" }, 0);
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage({ reducedMotion: "reduce" });
  let count = 0;
  for (const [title, address] of chosen) {
    const file = `${name}-${title.replaceAll(" ", "-")}`;
    count += await photograph(page, `http://localhost:${port}${address}`, file);
    console.log(file);
  }
  await page.close();
  server.closeAllConnections();
  server.close();
  return count;
}

const executablePath = findProgram(CHROMIUM);
if (!executablePath)
  throw new Error("There is no Chromium: run node tests/setup/system.ts");
const [wanted = ""] = process.argv.slice(2);
if (!wanted) rmSync(SHOTS, { recursive: true, force: true });
mkdirSync(SHOTS, { recursive: true });
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
let count = 0;
try {
  for (const set of SETS) count += await photographSet(browser, set, wanted);
} finally {
  await browser.close();
  removeTemporary();
}
console.log(`${count} photographs in ${path.relative(process.cwd(), SHOTS)}/`);
