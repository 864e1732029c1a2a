/** `npm run bench -- lighthouse`: what Lighthouse thinks of one page of every type, as on a cheap telephone. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { dump, load } from "js-yaml";
import { ROOT } from "../src/build/build.ts";
import { CHROMIUM, findProgram } from "../tests/support/programs.ts";
import { host } from "./host.ts";
import { measure } from "./measure.ts";

const LIGHTHOUSE = path.join(
  ROOT,
  "bench/node_modules/lighthouse/cli/index.js",
);

const CATEGORIES = [
  "performance",
  "accessibility",
  "best-practices",
  "seo",
] as const;

interface Figures {
  page: string;
  address: string;
  scores: Record<(typeof CATEGORIES)[number], number>;
  /** Milliseconds, but for the layout shift. */
  lcp: number;
  tbt: number;
  cls: number;
  requests: number;
  bytes: number;
  /** Audits that cost points. */
  faults: string[];
}

/** What this reads of Lighthouse's report. */
interface Report {
  categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] }
  >;
  audits: Record<
    string,
    {
      score: number | null;
      numericValue?: number;
      details?: { items?: { transferSize?: number }[] };
    }
  >;
}

export async function benchLighthouse(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      repeat: { type: "string", default: "3" },
      json: { type: "boolean", default: false },
    },
  });
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1)
    throw new Error("--repeat takes a number from 1.");
  const chrome = findProgram(CHROMIUM);
  if (!chrome)
    throw new Error("There is no Chromium: node tests/setup/system.ts");
  if (!existsSync(LIGHTHOUSE)) {
    console.error("Lighthouse is missing: installing bench/package.json.");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: path.join(ROOT, "bench"),
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-lighthouse-"));
  try {
    const out = await buildOfficial(folder);
    const server = await host(out);
    const { port } = server.address() as AddressInfo;
    const all: Figures[] = [];
    for (const [page, address] of Object.entries(pagesOf(out))) {
      const runs: Figures[] = [];
      for (let run = 0; run < repeat; run++)
        runs.push(
          await look(page, address, `http://localhost:${port}`, chrome),
        );
      all.push(medianOf(runs));
      console.error(`${page}: ${told(all.at(-1)!)}`);
    }
    server.closeAllConnections();
    server.close();
    console.log(
      values.json
        ? JSON.stringify({ repeat, pages: all }, undefined, 2)
        : table(all),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the shipped content as the official site that search engines may list. */
async function buildOfficial(folder: string): Promise<string> {
  const content = path.join(folder, "content");
  cpSync(path.join(ROOT, "content"), content, { recursive: true });
  const file = path.join(content, "site.yaml");
  const site = load(readFileSync(file, "utf8")) as object;
  writeFileSync(
    file,
    dump({
      ...site,
      official: true,
      publisher: {
        name: "Cơ quan đo thử",
        decision: "Quyết định 1/QĐ-ĐT",
        responsible: "Người đo thử",
      },
    }),
  );
  const out = path.join(folder, "dist");
  console.error("Building the site…");
  await measure({
    argv: [process.execPath, "src/cli/build.ts"],
    cwd: ROOT,
    env: {
      CONTENT_DIR: content,
      OUT_DIR: out,
      CACHE_DIR: path.join(folder, "cache"),
    },
  });
  return out;
}

/** One page of each type; of stories the heaviest. */
function pagesOf(out: string): Record<string, string> {
  const heaviest = (list: string): string => {
    const [slug] = readdirSync(path.join(out, list), { withFileTypes: true })
      .filter((item) => item.isDirectory() && !item.name.startsWith("trang-"))
      .map(({ name }) => ({
        name,
        size: readFileSync(path.join(out, list, name, "index.html")).length,
      }))
      .sort((a, b) => b.size - a.size);
    return `/${list}/${slug!.name}/`;
  };
  return {
    front: "/",
    model: heaviest("mo-hinh"),
    "role model": heaviest("dien-hinh"),
    news: heaviest("tin-tuc"),
    list: "/mo-hinh/",
    campaign: heaviest("dot-thi-dua"),
    commune: heaviest("dia-ban"),
    awards: "/khen-thuong/",
    search: "/tim-kiem/",
    press: "/bao-chi/",
    builder: "/nhung/",
    "open data": "/api/",
    // Not meant to be found.
    embed: "/nhung/moi-nhat/",
    "press kit": `${heaviest("mo-hinh")}tu-lieu/`,
  };
}

/** Runs Lighthouse with its own settings for telephones: slow 4G and a slow processor, simulated. */
async function look(
  page: string,
  address: string,
  origin: string,
  chrome: string,
): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-report-"));
  const file = path.join(folder, "report.json");
  try {
    await measure({
      argv: [
        process.execPath,
        LIGHTHOUSE,
        origin + address,
        "--quiet",
        "--output=json",
        `--output-path=${file}`,
        `--only-categories=${CATEGORIES.join(",")}`,
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update",
        "--no-enable-error-reporting",
      ],
      cwd: ROOT,
      env: { CHROME_PATH: chrome },
    });
    const { categories, audits } = JSON.parse(
      readFileSync(file, "utf8"),
    ) as Report;
    const value = (id: string) => audits[id]?.numericValue ?? NaN;
    const loads = audits["network-requests"]?.details?.items ?? [];
    return {
      page,
      address,
      scores: Object.fromEntries(
        CATEGORIES.map((name) => [
          name,
          Math.round((categories[name]?.score ?? 0) * 100),
        ]),
      ) as Figures["scores"],
      lcp: Math.round(value("largest-contentful-paint")),
      tbt: Math.round(value("total-blocking-time")),
      cls: Number(value("cumulative-layout-shift").toFixed(4)),
      requests: loads.length,
      bytes: loads.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0),
      faults: CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? [])
        .filter(
          ({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9,
        )
        .map(({ id }) => id),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The run in the middle by the time to the largest paint. */
const medianOf = (runs: Figures[]): Figures =>
  runs.toSorted((a, b) => a.lcp - b.lcp)[Math.floor((runs.length - 1) / 2)]!;

const told = ({ scores, lcp, tbt, cls, requests, bytes, faults }: Figures) =>
  [
    CATEGORIES.map((name) => scores[name]).join("/"),
    `LCP ${lcp} ms`,
    `TBT ${tbt} ms`,
    `CLS ${cls}`,
    `${requests} requests`,
    `${bytes} bytes`,
    ...faults,
  ].join(", ");

const table = (all: Figures[]): string =>
  [
    "performance/accessibility/best practices/search engines",
    ...all.map((figures) => `${figures.page.padEnd(12)}${told(figures)}`),
  ].join("\n");
