/**
 * What the last build left behind: the size and time of every file it made. The incremental build trusts
 * files that are there; a file that somebody else put or changed there must not pass for a page.
 */
import {
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { pipelineVersion, writeWhole } from "../loader/cache.ts";
import { GENERATOR, type Settings } from "../loader/settings.ts";

interface Stamp {
  version: string;
  outDir: string;
  /** Size and time of each file of the output folder, and of Astro's copies of them. */
  files: Record<string, string>;
}

/** Whether a folder may be built into: empty, missing, or built by this program before. */
export function isOurs(outDir: string): boolean {
  if (!existsSync(outDir) || readdirSync(outDir).length === 0) return true;
  const front = path.join(outDir, "index.html");
  return (
    existsSync(path.join(outDir, "_astro")) ||
    (existsSync(front) &&
      readFileSync(front, "utf8").includes(`content="${GENERATOR}"`))
  );
}

/**
 * Compares what is there with what the last build left.
 *
 * @returns nothing when all is as it was; else that it is not, and the words to tell where they are needed
 */
export function checkStamp(settings: Settings): { told?: string } | undefined {
  const file = fileOf(settings);
  let stamp: Stamp;
  try {
    stamp = JSON.parse(readFileSync(file, "utf8")) as Stamp;
  } catch {
    const first =
      !existsSync(settings.outDir) &&
      !existsSync(path.join(settings.cacheDir, "astro"));
    return first
      ? {}
      : {
          told: "Không rõ lần dựng trước có trọn vẹn không: dựng lại toàn bộ.",
        };
  }
  // A build that is cut short leaves no stamp, and so is noticed by the next.
  rmSync(file, { force: true });
  if (stamp.version !== pipelineVersion())
    return { told: "Chương trình đã đổi từ lần dựng trước: dựng lại toàn bộ." };
  if (
    stamp.outDir !== settings.outDir ||
    !sameFiles(stamp.files, filesOf(settings))
  )
    return {
      told: "Thư mục dựng hoặc bộ nhớ đệm đã bị thay đổi từ bên ngoài: dựng lại toàn bộ.",
    };
  return undefined;
}

/** Notes what this build left. */
export function writeStamp(settings: Settings): void {
  const stamp: Stamp = {
    version: pipelineVersion(),
    outDir: settings.outDir,
    files: filesOf(settings),
  };
  writeWhole(fileOf(settings), JSON.stringify(stamp));
}

const fileOf = ({ cacheDir }: Settings): string =>
  path.join(cacheDir, "built.json");

function filesOf({ outDir, cacheDir }: Settings): Record<string, string> {
  return { ...stampsIn(outDir), ...stampsIn(path.join(cacheDir, "astro")) };
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

function sameFiles(
  a: Record<string, string>,
  b: Record<string, string>,
): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => a[name] === b[name])
  );
}
