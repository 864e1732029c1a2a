/** Debian's Chromium, driven by playwright-core, over a built site that is served as `npm start` serves it. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { serveFolder } from "../../src/cli/serve.ts";
import { CHROMIUM_ARGS, HEADLESS, findProgram } from "./programs.ts";
import { build, placeFor } from "./site.ts";
import { NOW, type Corpus } from "./corpus.ts";

export type { BrowserContext, Page };

let browser: Browser | undefined;

/**
 * Opens the browser once for a test file.
 *
 * @param args switches besides those that it always has
 */
export function useBrowser(...args: string[]): void {
  beforeAll(async () => {
    const executablePath = findProgram(HEADLESS);
    if (!executablePath)
      throw new Error("There is no Chromium: run node tests/setup/system.ts");
    browser = await chromium.launch({
      executablePath,
      args: [...CHROMIUM_ARGS, ...args],
    });
  });
  afterAll(() => browser?.close());
}

/** How a reader meets the site. */
export interface Reader {
  width?: number;
  dark?: boolean;
  script?: boolean;
}

export interface Visit {
  page: Page;
  /** What the browser complained of: errors, refused loads, policy violations. */
  complaints: string[];
  /** Every address that was asked for. */
  requests: string[];
}

/** Runs something with a page of its own, as a reader has it. */
export async function visit<T>(
  { width = 1280, dark = false, script = false }: Reader,
  go: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser!.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()))
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) =>
      complaints.push(`failed: ${request.url()}`),
    );
    context.on("request", (request) => requests.push(request.url()));
    return await go({ page, complaints, requests });
  } finally {
    await context.close();
  }
}

/** A browser of its own, whose profile outlives it. */
export const launchProfile = (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: findProgram(HEADLESS)!,
    args: CHROMIUM_ARGS,
    viewport: { width: 1400, height: 800 },
  });

/** Kills a browser as it stands. */
export async function crash(context: BrowserContext): Promise<void> {
  const session = await context.browser()!.newBrowserCDPSession();
  await Promise.all([
    new Promise((resolve) => context.on("close", resolve)),
    session.send("Browser.crash").catch(() => {}),
  ]);
}

/** What Decap keeps of what was typed, as it lies in the browser; files by their names. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("localforage");
      opening.addEventListener("success", () => resolve(opening.result));
    });
    const all = database
      .transaction("keyvaluepairs")
      .objectStore("keyvaluepairs")
      .getAll();
    await new Promise((resolve) => all.addEventListener("success", resolve));
    database.close();
    return JSON.stringify(all.result);
  });

/** A site that is built and served for the tests of a file. */
export interface Served {
  origin: string;
  out: string;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Builds a content folder and serves it, under a base path if there is one. */
export async function serve(
  corpus: Pick<Corpus, "dir">,
  base = "/",
): Promise<Served> {
  const place = { ...placeFor(corpus.dir, NOW), env: { BASE_PATH: base } };
  await build(place);
  const server = await serveFolder({ outDir: place.out, base }, 0);
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, out: place.out };
}
