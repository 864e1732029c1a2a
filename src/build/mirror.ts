/**
 * Lets the served folder follow a built one. Each file changes whole, and pages come after what they show, so
 * that a reader finds no page missing or half written, and a build that fails has touched nothing.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  utimesSync,
} from "node:fs";
import path from "node:path";

/**
 * Makes one folder like another.
 *
 * @param from absolute path of the built folder
 * @param to absolute path of the served one, made when missing; nothing else may be kept in it
 * @returns how many files were written or removed
 */
export function mirror(from: string, to: string): number {
  mkdirSync(to, { recursive: true });
  const built = filesIn(from);
  const served = filesIn(to);
  const gone = [...served.keys()].filter((file) => !built.has(file));
  const changed = [...built]
    .filter(([file, stamp]) => served.get(file) !== stamp)
    .map(([file]) => file)
    .sort((a, b) => rank(a, served) - rank(b, served));
  const remove = (file: string) => {
    // A folder that became a file has taken its files with it.
    if (existsSync(path.join(to, file))) rmSync(path.join(to, file));
  };
  const { early = [], late = [] } = Object.groupBy(gone, (file) =>
    isInTheWay(file, built) ? "early" : "late",
  );
  early.forEach(remove);
  for (const file of changed)
    replace(path.join(from, file), path.join(to, file));
  late.forEach(remove);
  removeEmpty(to);
  return changed.length + gone.length;
}

/** What pages show, then new pages, then those that lead to them. */
const rank = (file: string, served: ReadonlyMap<string, string>): number =>
  !file.endsWith(".html") ? 0 : served.has(file) ? 2 : 1;

/** Whether a file stands where a folder has to be. */
const isInTheWay = (
  file: string,
  built: ReadonlyMap<string, string>,
): boolean => {
  const below = file + path.sep;
  return built.keys().some((name) => name.startsWith(below));
};

function replace(from: string, to: string): void {
  const { mtimeMs } = statSync(from);
  if (existsSync(to) && statSync(to).isDirectory())
    rmSync(to, { recursive: true });
  mkdirSync(path.dirname(to), { recursive: true });
  // Hidden, so that it is not served; one that is left over is removed with all that was not built.
  const part = path.join(path.dirname(to), `.${path.basename(to)}.part`);
  copyFileSync(from, part);
  utimesSync(part, new Date(), new Date(Math.round(mtimeMs)));
  renameSync(part, to);
}

/** Every file below a folder with its size and time, which a copy keeps. */
export function filesIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => !item.isDirectory())
      .map((item) => {
        const full = path.join(item.parentPath, item.name);
        const { size, mtimeMs } = statSync(full);
        return [path.relative(folder, full), `${size} ${Math.round(mtimeMs)}`];
      }),
  );
}

function removeEmpty(root: string, below = ""): void {
  const folder = path.join(root, below);
  for (const item of readdirSync(folder, { withFileTypes: true }))
    if (item.isDirectory()) removeEmpty(root, path.join(below, item.name));
  if (below && readdirSync(folder).length === 0) rmdirSync(folder);
}
