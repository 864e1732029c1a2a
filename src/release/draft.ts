/** A release before anybody sees it: built, made, checked. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { buildSite, ROOT, type BuildResult } from "../build/build.ts";
import { HIDEABLE_FOLDERS, type Hidden } from "../build/hidden.ts";
import type { Progress } from "../build/integration.ts";
import { programVersion } from "../build/stamp.ts";
import type { Stamps } from "../build/sweep.ts";
import { writeWhole } from "../loader/cache.ts";
import type { Settings } from "../loader/settings.ts";
import { buildMoment } from "../stories/clock.ts";
import { checkRelease, hiddenKey } from "./check.ts";
import { commitOf } from "./commit.ts";
import { makeRelease, type Made } from "./make.ts";
import {
  currentId,
  draftOf,
  readJson,
  readNote,
  releaseOf,
  type Note,
} from "./place.ts";

/** What is to be released, where, and who is told. */
export interface Order {
  /** With a cache and an output folder that only the builds of a running site use: see `liveCache`. */
  settings: Settings;
  siteDir: string;
  /** Whether somebody asked for it: that ends being held since going back. */
  isAsked: boolean;
  /** How long to wait for a release that is under way. */
  waitMs?: number;
  /** Told in Vietnamese what is going on. */
  tell: (message: string) => void;
  progress?: (progress: Progress) => void;
}

/** A release that has been built and checked, and that nobody sees yet. */
export interface Draft {
  folder: string;
  note: Note;
  made: Made;
  result: BuildResult;
}

/**
 * Builds the content as it is now, and makes and checks a release of it.
 *
 * @param id its name
 * @param from what stands for the content and the program, see `fromOf`
 * @throws CheckFailed, and whatever a build throws
 */
export async function makeDraft(
  { settings, siteDir, tell, progress }: Order,
  { id, from }: { id: string; from: string },
): Promise<Draft> {
  const at = buildMoment().toISOString();
  const commit = commitOf(settings.contentDir);
  const result = await buildSite({
    settings,
    strict: false,
    tell,
    ...(progress ? { progress } : {}),
  });
  const { content, pages } = result;
  const before = currentId(siteDir);
  const last = before === undefined ? undefined : readNote(siteDir, before);
  const folder = draftOf(siteDir, id);
  const made = makeRelease(
    settings.outDir,
    folder,
    before && releaseOf(siteDir, before),
    knownOf(settings, before),
  );
  const { checked, warnings } = await checkRelease({
    settings,
    folder,
    files: made.files,
    changed: last ? made.changed : [...made.files.keys()],
    hidden: content.hidden,
    hiddenBefore: new Set(last?.hidden),
    samples: content.samples,
    version: programVersion(),
  });
  warnings.forEach(tell);
  const note: Note = {
    id,
    at,
    commit,
    version: packageVersion(),
    from,
    address: settings.siteUrl + settings.base,
    dueAt: content.dueAt,
    ...(content.next ? { next: content.next } : {}),
    counts: content.counts,
    pages,
    heldBack: content.held,
    withdrawn: content.hidden
      .filter(({ state }) => state === "withdrawn")
      .map(({ address }) => address),
    hidden: content.hidden.map(hiddenKey),
    checked,
    warnings,
    before: before ?? null,
    takesDown: takesDown(siteDir, before, made, content.hidden),
  };
  return { folder, note, made, result };
}

/** What the built files were when a release was made of them: their times need not be those of the release's. */
interface Known {
  id: string;
  stamps: Stamps;
}
const knownFile = ({ cacheDir }: Settings): string =>
  path.join(cacheDir, "released.json");

function knownOf(settings: Settings, id?: string): Stamps | undefined {
  const known = readJson<Known>(knownFile(settings));
  return known?.id === id ? known?.stamps : undefined;
}

/** To be called when a release is in its place. */
export const keepKnown = (
  settings: Settings,
  id: string,
  { files }: Made,
): void =>
  writeWhole(
    knownFile(settings),
    JSON.stringify({ id, stamps: Object.fromEntries(files) } satisfies Known),
  );

const packageVersion = (): string =>
  (
    JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      version: string;
    }
  ).version;

const STORY_PAGE = new RegExp(
  `^(?:${HIDEABLE_FOLDERS.join("|")})/[^/]+/index\\.html$`,
);

/** Whether a release takes from readers what the one before showed them. */
function takesDown(
  siteDir: string,
  before: string | undefined,
  made: Made,
  hidden: readonly Hidden[],
): boolean {
  if (before === undefined) return false;
  const known = new Set(
    readNote(siteDir, before)?.hidden.map((key) => key.split(" ")[0]),
  );
  return (
    made.gone.some((file) => STORY_PAGE.test(file)) ||
    hidden.some(
      ({ address }) =>
        !known.has(address) &&
        existsSync(
          path.join(releaseOf(siteDir, before), address, "index.html"),
        ),
    )
  );
}

/** Has the disk keep a release before readers are sent to it: a power cut would leave its files empty. */
export function flush(folder: string): void {
  try {
    execFileSync("sync", ["-f", folder], { stdio: "ignore" });
  } catch {
    // Not on this system.
  }
}
