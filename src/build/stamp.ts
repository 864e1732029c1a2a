/**
 * What the last build left behind: the size and time of every file it made. The incremental build trusts
 * files that are there; a file that somebody else put or changed there must not pass for a page.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { pipelineVersion, writeWhole } from "../loader/cache.ts";
import { GENERATOR, type Settings } from "../loader/settings.ts";

interface Stamp {
  outDir: string;
  /** Absent while a build is under way: one that is cut short is known by it. */
  done?: {
    version: string;
    /** Size and time of each file of the output folder, of Astro's copies of them, and of the pictures' cache. */
    files: Record<string, string>;
  };
}

/** Whether the output folder may be built into: empty, missing, or built by this program before. */
export function isOurs(settings: Settings): boolean {
  const { outDir } = settings;
  if (!existsSync(outDir) || readdirSync(outDir).length === 0) return true;
  const front = path.join(outDir, "index.html");
  return (
    readStamp(settings)?.outDir === outDir ||
    (existsSync(front) &&
      readFileSync(front, "utf8").includes(`content="${GENERATOR}"`))
  );
}

export interface Change {
  /** In Vietnamese; absent for a first build, of which there is nothing to tell. */
  told?: string;
  /** Files of the media cache that are not as they were left. */
  spoilt: string[];
}

/**
 * Compares what is there with what the last build left, and notes that a new one begins.
 *
 * @returns nothing when all is as it was
 */
export function checkStamp(settings: Settings): Change | undefined {
  const stamp = readStamp(settings);
  const found = changeSince(stamp, settings);
  save(settings, { outDir: settings.outDir });
  return found;
}

function changeSince(
  stamp: Stamp | undefined,
  settings: Settings,
): Change | undefined {
  const { outDir, cacheDir } = settings;
  if (
    !stamp &&
    !existsSync(outDir) &&
    !existsSync(path.join(cacheDir, "astro"))
  )
    return { spoilt: [] };
  if (!stamp?.done)
    return {
      told: "Không rõ lần dựng trước có trọn vẹn không: dựng lại toàn bộ.",
      spoilt: [],
    };
  if (stamp.done.version !== pipelineVersion())
    return {
      told: "Chương trình đã đổi từ lần dựng trước: dựng lại toàn bộ.",
      spoilt: [],
    };
  const left = stamp.done.files;
  const there = filesOf(settings);
  const names = new Set([...Object.keys(left), ...Object.keys(there)]);
  const changed = [...names].filter((name) => left[name] !== there[name]);
  if (stamp.outDir === outDir && changed.length === 0) return undefined;
  // Published pictures may be the cache's own files under a second name.
  const media = mediaOf(settings) + path.sep;
  return {
    told: "Thư mục dựng hoặc bộ nhớ đệm đã bị thay đổi từ bên ngoài: dựng lại toàn bộ.",
    spoilt: changed.filter((name) => name.startsWith(media)),
  };
}

/** Notes what this build left. */
export function writeStamp(settings: Settings): void {
  save(settings, {
    outDir: settings.outDir,
    done: { version: pipelineVersion(), files: filesOf(settings) },
  });
}

const fileOf = ({ cacheDir }: Settings): string =>
  path.join(cacheDir, "built.json");

const save = (settings: Settings, stamp: Stamp): void =>
  writeWhole(fileOf(settings), JSON.stringify(stamp));

/** The stamp, or nothing when there is none or it is broken. */
function readStamp(settings: Settings): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(settings), "utf8")) as Stamp;
  } catch {
    return undefined;
  }
}

const mediaOf = ({ cacheDir }: Settings): string =>
  path.join(cacheDir, "media");

function filesOf(settings: Settings): Record<string, string> {
  const { outDir, cacheDir } = settings;
  return {
    ...stampsIn(outDir),
    ...stampsIn(path.join(cacheDir, "astro")),
    ...stampsIn(mediaOf(settings)),
  };
}

function stampsIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => {
        const file = path.join(item.parentPath, item.name);
        const { size, mtimeMs } = statSync(file);
        return [file, `${size} ${mtimeMs}`];
      }),
  );
}
