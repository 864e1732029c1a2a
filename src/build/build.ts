/** Builds the site: content checked, pages made, the output folder exact. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { build } from "astro";
import { handContent } from "../loader/astro.ts";
import { CacheError } from "../loader/bodies.ts";
import { ENTRIES_FILE } from "../loader/cache.ts";
import { loadContent, type Content } from "../loader/content.ts";
import { titleOf, type Entry, type HeldEntry } from "../loader/entry.ts";
import type { Settings } from "../loader/settings.ts";
import type { KindName } from "../schema/kinds.ts";
import type { Problem } from "../schema/problem.ts";
import { nextMonth } from "../i18n/dates.ts";
import { buildMoment } from "../stories/clock.ts";
import {
  newsEnd,
  nextCampaignTurn,
  nextStoryTurn,
  type CampaignState,
  type StoryState,
} from "../stories/state.ts";
import { hiddenIn, samplesOf, type Hidden, type Sample } from "./hidden.ts";
import { take, type Progress } from "./integration.ts";
import {
  checkOurs,
  checkStamp,
  writeStamp,
  type Beginning,
  type Left,
} from "./stamp.ts";
import { openWorkshopIn, shareImports } from "./workshop.ts";

/** What there is to say of the content, without holding it in memory. */
export interface ContentSummary extends Omit<Content, "entries" | "held"> {
  /** Entries that may be published. */
  counts: Partial<Record<KindName, number>>;
  /** Entries and stray files that are left out, in the order of their files. */
  held: HeldSummary[];
  /** What changes next by itself. */
  next?: NextTurn;
  /** What is kept from readers, and two stories that are not. */
  hidden: Hidden[];
  samples: Sample[];
  /** When the site will next have to be built anew, though nobody changes anything: for that, or for engines. */
  dueAt: string;
}

/** What is left out of the site, and why. */
export interface HeldSummary {
  file: string;
  /** Absent for a file of no entry. */
  kind?: KindName;
  title?: string;
  problems: Problem[];
}

/** An entry that changes by itself, and to what. */
export interface NextTurn {
  at: string;
  file: string;
  kind: KindName;
  title?: string;
  state: StoryState | CampaignState;
}

export interface BuildResult {
  /** Nothing was built when the content has errors and they were not to be left out. */
  built: boolean;
  content: ContentSummary;
  /** Pages made anew; the others stood as they were. */
  rendered: number;
  pages: number;
  seconds: number;
}

export interface BuildOptions {
  settings: Settings;
  /** Whether an entry with an error stops the build (`npm run build`) or is left out (publishing). */
  strict: boolean;
  /** Told in Vietnamese what is going on. */
  tell: (message: string) => void;
  /** Told while pages and share pictures are being made. */
  progress?: (progress: Progress) => void;
}

// Left to itself V8 lets the heap of a large build double before it looks for what can go.
setFlagsFromString("--heap-growing-percent=40");

// Astro would report every build to its makers.
process.env.ASTRO_TELEMETRY_DISABLED ??= "1";

/** The project's root, wherever it is called from. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds the site at one moment of time: now, or `BUILD_NOW`.
 *
 * @returns what was built; with `built: false` the output folder is as it was
 * @throws when the output folder holds somebody else's files, or a page cannot be made
 */
export async function buildSite(options: BuildOptions): Promise<BuildResult> {
  const { settings, strict, tell } = options;
  const started = performance.now();
  const now = buildMoment();
  const content = await readContent(settings, now);
  if (content.notice) tell(content.notice);
  const failed = content.problems.some(({ severity }) => severity === "error");
  const result = (built: boolean, rendered = 0, pages = 0): BuildResult => ({
    built,
    content,
    rendered,
    pages,
    seconds: (performance.now() - started) / 1000,
  });
  if (failed && strict) return result(false);

  checkOurs(settings);
  const { change, ...beginning } = checkStamp(settings);
  if (change) {
    if (change.told) tell(change.told);
    for (const file of change.spoilt) rmSync(file, { force: true });
    startAnew(settings);
  }
  try {
    return result(true, ...(await makePages(options, beginning, now)));
  } catch (thrown) {
    if (!isCacheError(thrown)) throw thrown;
    tell("Bộ nhớ đệm bị hỏng: dựng lại toàn bộ.");
    rmSync(path.join(settings.cacheDir, ENTRIES_FILE), { force: true });
    rmSync(path.join(settings.cacheDir, "bodies"), {
      recursive: true,
      force: true,
    });
    startAnew(settings);
    await readContent(settings, now);
    return result(
      true,
      ...(await makePages(options, { ...beginning, pages: {} }, now)),
    );
  }
}

/** Reads the content and hands it on: nobody here holds ten thousand entries while pages are made. */
async function readContent(
  settings: Settings,
  now: Date,
): Promise<ContentSummary> {
  const content = await loadContent(settings);
  handContent(Promise.resolve(content));
  return summarise(content, now);
}

function summarise(
  { entries, held, ...rest }: Content,
  now: Date,
): ContentSummary {
  const counts: ContentSummary["counts"] = {};
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  const next = nextOf(entries, now);
  return {
    ...rest,
    counts,
    held: summariseHeld(held, rest.problems),
    hidden: hiddenIn(entries, held, now),
    samples: samplesOf(entries, now),
    ...(next ? { next } : {}),
    dueAt: dueAt(entries, next, now).toISOString(),
  };
}

/** A story changes its state, ceases to be news, or a month begins, by which files say until when they hold. */
function dueAt(
  entries: readonly Entry[],
  next: NextTurn | undefined,
  now: Date,
): Date {
  const moments = entries.flatMap(({ kind, data }) => {
    const end = kind === "news" && "publishedAt" in data && newsEnd(data, now);
    return end ? [end.getTime()] : [];
  });
  return new Date(
    Math.min(
      nextMonth(now),
      ...(next ? [Date.parse(next.at)] : []),
      // One by one: there may be more of them than a function takes.
      moments.reduce((a, b) => Math.min(a, b), Infinity),
    ),
  );
}

function summariseHeld(
  held: readonly HeldEntry[],
  problems: readonly Problem[],
): HeldSummary[] {
  const errors = Map.groupBy(
    problems.filter(({ severity }) => severity === "error"),
    ({ file }) => file,
  );
  const entries = new Map(held.map((entry) => [entry.file, entry]));
  return [...errors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, reasons]) => ({
      file,
      ...nameOf(entries.get(file)),
      problems: reasons,
    }));
}

function nameOf(entry: HeldEntry | undefined) {
  const title = entry && titleOf(entry);
  return {
    ...(entry ? { kind: entry.kind } : {}),
    ...(title ? { title } : {}),
  };
}

/** The next moment at which something on the site changes without anybody's doing. */
function nextOf(entries: readonly Entry[], now: Date): NextTurn | undefined {
  const turns = entries.flatMap((entry) => {
    const { data } = entry;
    const turn =
      "status" in data && "publishedAt" in data
        ? nextStoryTurn(data, now)
        : "startDate" in data
          ? nextCampaignTurn(data, now)
          : undefined;
    return turn ? { entry, turn } : [];
  });
  const [first] = turns.sort((a, b) => +a.turn.at - +b.turn.at);
  return (
    first && {
      at: first.turn.at.toISOString(),
      file: first.entry.file,
      kind: first.entry.kind,
      state: first.turn.state,
      ...nameOf(first.entry),
    }
  );
}

/** Forgets what earlier builds made. The output folder itself stays: it may be a mount or a link. */
function startAnew({ outDir }: Settings): void {
  if (!existsSync(outDir)) return;
  for (const name of readdirSync(outDir))
    rmSync(path.join(outDir, name), { recursive: true, force: true });
}

async function makePages(
  { settings, tell, progress }: BuildOptions,
  { version, pages }: Beginning,
  now: Date,
): Promise<[rendered: number, pages: number]> {
  let counted: [number, number] = [0, 0];
  const workshop = openWorkshopIn(settings.cacheDir);
  let left: Left | undefined;
  take({
    workshop,
    pages,
    tell,
    progress: (made) => {
      if (made.doing === "pages") counted = [made.made, made.all];
      progress?.(made);
    },
    finish: (all) => (left = all),
  });
  const { BUILD_NOW } = process.env;
  process.env.BUILD_NOW = now.toISOString();
  try {
    shareImports(path.join(ROOT, ".astro"));
    await build({
      root: ROOT,
      // What Astro keeps of the collections is of no use to the next build: they hold names alone.
      cacheDir: path.join(workshop, "astro"),
      logLevel: "error",
    });
  } finally {
    if (BUILD_NOW === undefined) delete process.env.BUILD_NOW;
    rmSync(workshop, { recursive: true, force: true });
  }
  if (left) writeStamp(settings, version, left);
  return counted;
}

/** The error crosses from Vite's module graph, where the class is another. */
const isCacheError = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.name === CacheError.name;
