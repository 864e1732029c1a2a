/** `npm run bench -- search`: what a search finds and costs in a browser, ours beside others, on one corpus. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type Page } from "playwright-core";
import { build } from "vite";
import { ROOT } from "../src/build/build.ts";
import {
  CHROMIUM,
  CHROMIUM_ARGS,
  findProgram,
} from "../tests/support/programs.ts";
import { host } from "./host.ts";
import { meanOf, qualityOf, type Quality } from "./quality.ts";
import {
  pageOf,
  pathOf,
  publishStories,
  readJson,
  type Judged,
  type MadeStory,
} from "./stories.ts";

const FIXTURES = path.join(ROOT, "tests/fixtures/search");

/** Which searches there are; each is an entry of bench/engines.ts. */
export const ENGINES = [
  "ours",
  "pagefind",
  "minisearch",
  "flexsearch",
] as const;
export type EngineName = (typeof ENGINES)[number];

/** The first queries of so many readers are weighed, each with nothing in its cache. */
const READERS = 12;

/** What was measured of one search. */
export interface Figures extends Quality {
  classes: Record<string, Quality>;
  /** On the wire beyond the page, results shown: the first query, and the mean of those after it. */
  bytes: { first: number; later: number };
  /** Milliseconds in the browser, the index at hand. */
  latency: { median: number; p95: number };
}

/** What a page of bench/engines.ts offers. */
interface Asking {
  /** The addresses of the first results, their cards loaded. */
  ask(query: string): Promise<string[]>;
}

/**
 * Measures searches in Chromium.
 *
 * @param judged queries with their answers for a corpus of this size
 */
export async function measureSearch(
  stories: readonly MadeStory[],
  judged: Judged,
  engines: readonly EngineName[],
): Promise<Partial<Record<EngineName, Figures>>> {
  const chrome = findProgram(CHROMIUM);
  if (!chrome)
    throw new Error("There is no Chromium: node tests/setup/system.ts");
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-search-"));
  try {
    const outDir = await publishStories(folder, stories);
    await preparePages(outDir, stories, engines);
    const server = await host(outDir);
    const { port } = server.address() as AddressInfo;
    const browser = await chromium.launch({
      executablePath: chrome,
      args: CHROMIUM_ARGS,
    });
    try {
      const figures: Partial<Record<EngineName, Figures>> = {};
      for (const engine of engines)
        figures[engine] = await figuresOf(
          browser,
          `http://localhost:${port}/${engine}.html`,
          questionsOf(stories, judged),
        );
      return figures;
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A query with the addresses of its answers. */
interface Question {
  cls: string;
  q: string;
  answers: Set<string>;
}

function questionsOf(
  stories: readonly MadeStory[],
  { queries, qrels }: Judged,
): Question[] {
  const answers = qrels[stories.length] ?? Object.values(qrels)[0] ?? {};
  const paths = new Map(stories.map((story) => [story.id, pathOf(story)]));
  return queries.flatMap(({ qid, cls, q }) => {
    const known = (answers[qid] ?? []).flatMap((id) => paths.get(id) ?? []);
    return known.length > 0 ? [{ cls, q, answers: new Set(known) }] : [];
  });
}

/** Puts beside our index what the other searches read, and a page with a script for each. */
async function preparePages(
  outDir: string,
  stories: readonly MadeStory[],
  engines: readonly EngineName[],
): Promise<void> {
  if (engines.includes("pagefind")) await plainPagefind(outDir, stories);
  if (engines.some((name) => name.endsWith("search"))) {
    if (!existsSync(path.join(ROOT, "bench/node_modules/minisearch"))) {
      console.error("Installing bench/package.json.");
      execFileSync("npm", ["ci", "--no-audit", "--no-fund"], {
        cwd: path.join(ROOT, "bench"),
        stdio: ["ignore", "ignore", "inherit"],
      });
    }
    await wholeIndexes(outDir, stories);
  }
  for (const engine of engines) {
    await build({
      root: ROOT,
      configFile: false,
      logLevel: "error",
      build: {
        outDir: path.join(outDir, "engines"),
        emptyOutDir: false,
        lib: {
          entry: path.join(ROOT, `bench/engines/${engine}.ts`),
          formats: ["es"],
          fileName: engine,
        },
      },
    });
    writeFileSync(
      path.join(outDir, `${engine}.html`),
      `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${engine}</title><link rel="icon" href="data:,">`,
    );
  }
}

/** Pagefind as its guide says: the pages as they are. */
async function plainPagefind(
  outDir: string,
  stories: readonly MadeStory[],
): Promise<void> {
  const { close, createIndex } = await import("pagefind");
  const { index, errors } = await createIndex();
  if (!index) throw new Error(errors.join());
  for (const story of stories)
    await index.addHTMLFile({ url: pathOf(story), content: pageOf(story) });
  await index.writeFiles({ outputPath: path.join(outDir, "plain") });
  await close();
}

/** The indexes that are fetched whole, as their libraries write them. */
async function wholeIndexes(
  outDir: string,
  stories: readonly MadeStory[],
): Promise<void> {
  const folder = path.join(outDir, "whole");
  mkdirSync(folder, { recursive: true });
  const documents = stories.map(
    ({ slug, title, person, communeFull, ...s }) => ({
      id: pathOf({ slug }),
      title,
      person,
      place: communeFull,
      text: [...s.h2, ...s.body].join(" "),
    }),
  );
  for (const name of ["minisearch", "flexsearch"] as const) {
    const { write } = (await import(`./engines/${name}.ts`)) as {
      write(documents: object[]): Promise<string> | string;
    };
    writeFileSync(
      path.join(folder, `${name}.packed`),
      gzipSync(await write(documents), { level: 9 }),
    );
  }
}

async function figuresOf(
  browser: Browser,
  address: string,
  questions: readonly Question[],
): Promise<Figures> {
  const every = Math.max(1, Math.floor(questions.length / READERS));
  const first: number[] = [];
  for (const { q } of questions.filter((_, index) => index % every === 0))
    first.push(
      await asReader(browser, address, async (ask, weight) => {
        await ask(q);
        return weight();
      }),
    );
  const ranks: (Quality & { cls: string })[] = [];
  const times: number[] = [];
  const later = await asReader(browser, address, async (ask, weight) => {
    await ask(questions[0]!.q);
    const before = weight();
    for (const { cls, q, answers } of questions) {
      const { found, ms } = await ask(q);
      ranks.push({ cls, ...qualityOf(found, answers) });
      times.push(ms);
    }
    return (weight() - before) / Math.max(1, questions.length - 1);
  });
  const byTime = times.toSorted((a, b) => a - b);
  return {
    ...meanOf(ranks),
    classes: Object.fromEntries(
      [...Map.groupBy(ranks, ({ cls }) => cls)].map(([cls, own]) => [
        cls,
        meanOf(own),
      ]),
    ),
    bytes: {
      first: Math.round(
        first.reduce((sum, size) => sum + size, 0) / first.length,
      ),
      later: Math.round(later),
    },
    latency: {
      median: Math.round(byTime[Math.floor(byTime.length / 2)]!),
      p95: Math.round(byTime[Math.floor(byTime.length * 0.95)]!),
    },
  };
}

type Ask = (query: string) => Promise<{ found: string[]; ms: number }>;

/** Opens a search with nothing in the cache, and counts what comes over the wire after the page. */
async function asReader<T>(
  browser: Browser,
  address: string,
  go: (ask: Ask, weight: () => number) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    const weight = weigh(page);
    const name = path.basename(address, ".html");
    // As a text: the tests' own loader would put its import in the place of the browser's.
    await page.evaluate(
      `import("/engines/${name}.js").then((engine) => { Object.assign(window, engine); })`,
    );
    const ask: Ask = (query) =>
      page.evaluate(async (words) => {
        const start = performance.now();
        const found = await (window as unknown as Asking).ask(words);
        return { found, ms: performance.now() - start };
      }, query);
    return await go(ask, weight);
  } finally {
    await context.close();
  }
}

/** Counts the bytes of bodies as they are sent, those that workers ask for as well. */
function weigh(page: Page): () => number {
  let bytes = 0;
  const pending = new Set<Promise<void>>();
  page.context().on("requestfinished", (request) => {
    const sized = request.sizes().then(({ responseBodySize }) => {
      bytes += responseBodySize;
      pending.delete(sized);
    });
    pending.add(sized);
  });
  return () => bytes;
}

export async function benchSearch(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      corpus: {
        type: "string",
        default: path.join(FIXTURES, "corpus-1000.json.gz"),
      },
      judged: { type: "string", default: path.join(FIXTURES, "judged.json") },
      without: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
    },
  });
  for (const file of [values.corpus, values.judged])
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new Error(`There is no file ${file}`);
  const figures = await measureSearch(
    readJson<MadeStory[]>(values.corpus),
    readJson<Judged>(values.judged),
    ENGINES.filter((name) => !values.without.includes(name)),
  );
  console.log(
    values.json ? JSON.stringify(figures, undefined, 2) : table(figures),
  );
}

function table(figures: Partial<Record<EngineName, Figures>>): string {
  const names = Object.keys(figures) as EngineName[];
  const classes = Object.keys(figures[names[0]!]!.classes);
  const row = (head: string, cells: string[]) =>
    [head.padEnd(22), ...cells.map((cell) => cell.padStart(15))].join("");
  const quality = ({ recall, mrr }: Quality) =>
    `${recall.toFixed(3)}/${mrr.toFixed(3)}`;
  const each = (cell: (own: Figures) => string) =>
    names.map((name) => cell(figures[name]!));
  return [
    row("recall@10/MRR@10", names),
    ...classes.map((cls) =>
      row(
        `${cls} (${figures[names[0]!]!.classes[cls]!.queries})`,
        each(({ classes: own }) => quality(own[cls]!)),
      ),
    ),
    row("all", each(quality)),
    row(
      "first query, bytes",
      each(({ bytes }) => String(bytes.first)),
    ),
    row(
      "later queries, bytes",
      each(({ bytes }) => String(bytes.later)),
    ),
    row(
      "ms, median",
      each(({ latency }) => String(latency.median)),
    ),
    row(
      "ms, 95 %",
      each(({ latency }) => String(latency.p95)),
    ),
  ].join("\n");
}
