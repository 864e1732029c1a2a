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

/**
 * Makes sure that a folder may be filled: empty, missing, or filled by this program before.
 *
 * @param note where in the cache it is noted whose folder it is
 * @throws when it holds somebody else's files
 */
export function checkOurs(
  settings: Pick<Settings, "outDir" | "cacheDir">,
  note: Note = BUILT,
): void {
  const { outDir } = settings;
  if (!existsSync(outDir) || readdirSync(outDir).length === 0) return;
  const front = path.join(outDir, "index.html");
  if (
    readStamp(settings, note)?.outDir !== outDir &&
    !(
      existsSync(front) &&
      readFileSync(front, "utf8").includes(`content="${GENERATOR}"`)
    )
  )
    throw new Error(
      `Thư mục ${outDir} đã có tệp khác. Chọn thư mục trống bằng OUT_DIR, hoặc dọn thư mục này.`,
    );
}

/** Notes that a folder is being filled by this program, for `checkOurs`. */
export function noteOurs(
  { outDir, cacheDir }: Pick<Settings, "outDir" | "cacheDir">,
  note: Note,
): void {
  writeWhole(path.join(cacheDir, note), JSON.stringify({ outDir }));
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

/** Notes in the cache: of the folder builds write to, and of the one that is served. */
type Note = "built.json" | "served.json";
const BUILT: Note = "built.json";

const save = ({ cacheDir }: Settings, stamp: Stamp): void =>
  writeWhole(path.join(cacheDir, BUILT), JSON.stringify(stamp));

/** The stamp, or nothing when there is none or it is broken. */
function readStamp(
  { cacheDir }: Pick<Settings, "cacheDir">,
  note: Note = BUILT,
): Stamp | undefined {
  try {
    const file = path.join(cacheDir, note);
    return JSON.parse(readFileSync(file, "utf8")) as Stamp;
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
