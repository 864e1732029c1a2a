/**
 * What the last build left behind: the size and time of every file it made, and what each page was made
 * from. The incremental build trusts files that are there; a file that somebody else put or changed there
 * must not pass for a page.
 */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../loader/cache.ts";
import { sha256 } from "../loader/digest.ts";
import { GENERATOR, type Settings } from "../loader/settings.ts";
import { sweep, type Stamps } from "./sweep.ts";

/** What the pages were made from: a key for each that has one, by its file in the output folder. */
export type PageKeys = Record<string, string>;

/** What a build begins with. */
export interface Beginning {
  /** Of the program, as it is now: what is changed while it builds is for the next build. */
  version: string;
  /** The pages that are in the output folder. */
  pages: PageKeys;
}

/** What one build left in the output folder. */
export interface Left {
  files: Stamps;
  pages: PageKeys;
}

interface Stamp {
  outDir: string;
  /** Absent while a build is under way: one that is cut short is known by it. */
  done?: {
    /** Of the program that built. */
    version: string;
    /** Where the site was to be served. */
    address: string;
    pages: PageKeys;
    /** Of the output folder and of the pictures' cache. */
    files: Record<"out" | "media", Stamps>;
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
 * @returns what the new one begins with: no pages unless all is as it was left
 */
export function checkStamp(
  settings: Settings,
): Beginning & { change?: Change } {
  const version = programVersion();
  const stamp = readStamp(settings);
  const change = changeSince(stamp, version, settings);
  save(settings, { outDir: settings.outDir });
  if (change) return { version, pages: {}, change };
  const { address, pages } = stamp!.done!;
  return { version, pages: address === addressOf(settings) ? pages : {} };
}

function changeSince(
  stamp: Stamp | undefined,
  version: string,
  settings: Settings,
): Change | undefined {
  const { outDir } = settings;
  if (!stamp && !existsSync(outDir)) return { spoilt: [] };
  if (!stamp?.done)
    return {
      told: "Không rõ lần dựng trước có trọn vẹn không: dựng lại toàn bộ.",
      spoilt: [],
    };
  const { files } = stamp.done;
  if (stamp.done.version !== version)
    return {
      told: "Chương trình đã đổi từ lần dựng trước: dựng lại toàn bộ.",
      spoilt: [],
    };
  // Published pictures may be the cache's own files under a second name.
  const media = sweep(mediaOf(settings));
  const spoilt = differing(files.media, media);
  if (
    stamp.outDir === outDir &&
    spoilt.length === 0 &&
    differing(files.out, sweep(outDir)).length === 0
  )
    return undefined;
  return {
    told: "Thư mục dựng hoặc bộ nhớ đệm đã bị thay đổi từ bên ngoài: dựng lại toàn bộ.",
    spoilt: spoilt.map((name) => path.join(mediaOf(settings), name)),
  };
}

/** The files that only one of two folders has, or that are not the same in both. */
function differing(left: Stamps, there: Stamps): string[] {
  return [
    ...Object.keys(there).filter((name) => there[name] !== left[name]),
    ...Object.keys(left).filter((name) => !Object.hasOwn(there, name)),
  ];
}

/**
 * Notes what this build left.
 *
 * @param version of the program when the build began
 */
export function writeStamp(
  settings: Settings,
  version: string,
  { files, pages }: Left,
): void {
  save(settings, {
    outDir: settings.outDir,
    done: {
      version,
      address: addressOf(settings),
      pages,
      files: {
        out: files,
        media: sweep(mediaOf(settings)),
      },
    },
  });
}

/** Every page tells it, and no key of a page does. */
const addressOf = ({ siteUrl, base }: Settings): string => siteUrl + base;

/** Whatever besides the content and the settings decides what a page looks like. */
const PROGRAM = ["src", "astro.config.mjs", "package-lock.json"];

/** Stands for this program and the packages it runs: pages that another made are not kept. */
export function programVersion(): string {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const files = PROGRAM.flatMap((name) => filesOf(path.join(root, name)));
  return sha256(
    files
      .sort()
      .map((file) => sha256(readFileSync(file)))
      .join() + process.version,
  );
}

const filesOf = (place: string): string[] =>
  statSync(place).isFile()
    ? [place]
    : readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((item) => item.isFile())
        .map((item) => path.join(item.parentPath, item.name));

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
