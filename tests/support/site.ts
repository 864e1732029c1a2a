/** Real builds, each in a process of its own, and reading what they made. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { expect } from "vitest";
import { temporaryFolder } from "./temporary.ts";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export { temporaryFolder };

/** Where a build reads and writes, and when it takes place. */
export interface BuildPlace {
  content: string;
  out: string;
  cache: string;
  /** ISO 8601 with offset. */
  now?: string | undefined;
  env?: Record<string, string> | undefined;
  /** Whether its first build draws and packs for itself what earlier builds of other tests have. */
  drawsItself?: boolean;
}

/** A place for builds of a content folder, with an output folder and a cache of its own. */
export function placeFor(content: string, now?: string): BuildPlace {
  const folder = temporaryFolder("build");
  return {
    content,
    out: path.join(folder, "dist"),
    cache: path.join(folder, "cache"),
    now,
  };
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const COMPILED = path.join(ROOT, "node_modules/.cache/compiled");

/** This process's environment without what would change a build, and with what a build is told. */
export const buildEnv = (place: BuildPlace): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  CONTENT_DIR: place.content,
  OUT_DIR: place.out,
  CACHE_DIR: place.cache,
  // A hundred builds need not compile the same modules a hundred times.
  NODE_COMPILE_CACHE: COMPILED,
  ...(place.now ? { BUILD_NOW: place.now } : {}),
  ...place.env,
});

/** Starts one of this project's programs. */
export const startNode = (
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd: string = ROOT,
) =>
  spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });

/** Runs a program of this project to its end. */
export async function runNode(
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd?: string,
): Promise<Ended> {
  const child = startNode(args, env, cwd);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** `npm run build`, whatever comes of it. */
export const runBuild = (place: BuildPlace): Promise<Ended> =>
  runNode(["src/cli/build.ts"], buildEnv(place));

/** `npm run build` that has to succeed. */
export async function build(place: BuildPlace): Promise<Ended> {
  const isFirst = !place.drawsItself && !existsSync(place.cache);
  if (isFirst) copyDrawn(DRAWN, mediaOf(place));
  const ended = await runBuild(place);
  expect(
    ended.code,
    `the build failed:\n${ended.stdout}\n${ended.stderr}`,
  ).toBe(0);
  if (isFirst) copyDrawn(mediaOf(place), DRAWN);
  return ended;
}

/**
 * Share pictures and press kits that earlier builds of the tests made. Their names say all that decides their bytes,
 * and drawing is most of a first build's work.
 */
const DRAWN = path.join(ROOT, "node_modules/.cache/drawn");
const mediaOf = ({ cache }: BuildPlace): string => path.join(cache, "media");

/** Copies, for tests damage what they built. */
function copyDrawn(from: string, to: string): void {
  for (const folder of ["", "kits"]) {
    const [source, target] = [path.join(from, folder), path.join(to, folder)];
    if (!existsSync(source)) continue;
    mkdirSync(target, { recursive: true });
    for (const name of readdirSync(source)) {
      const file = path.join(target, name);
      if (!/^[0-9a-f]{32}\.(?:png|zip)$/.test(name) || existsSync(file))
        continue;
      const draft = `${file}.${process.pid}`;
      copyFileSync(path.join(source, name), draft);
      renameSync(draft, file);
    }
  }
}

/** A build of the same content at the same moment that knows nothing of any other. */
export async function freshBuild(place: BuildPlace): Promise<BuildPlace> {
  const fresh = { ...place, ...placeFor(place.content, place.now) };
  await build(fresh);
  return fresh;
}

/** Whether a built file is a view for other people's pages. */
export const isEmbed = (name: string): boolean =>
  /^nhung\/.*\/index\.html$/.test(name);

/** Whether a built file is one of the pages that readers get: the CMS's page is for editors. */
export const isPage = (name: string): boolean =>
  name.endsWith(".html") && !name.startsWith("admin/") && !isEmbed(name);

/** Every file below a folder, by its path with forward slashes, sorted. No link is followed. */
export function filesIn(folder: string): Map<string, Buffer> {
  const names = [...namesIn(folder)].sort();
  return new Map(
    names.map((name) => [name, readFileSync(path.join(folder, name))]),
  );
}

function* namesIn(folder: string, below = ""): Iterable<string> {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const name = below + item.name;
    if (item.isDirectory())
      yield* namesIn(path.join(folder, item.name), `${name}/`);
    else if (item.isFile()) yield name;
  }
}

/** The same files with what is compressed in them laid open: the search's index is gzip, press kits are ZIP. */
export const unpacked = (
  files: ReadonlyMap<string, Buffer>,
): Map<string, Buffer> =>
  new Map(
    [...files].flatMap(([name, bytes]) =>
      name.endsWith(".zip")
        ? Object.entries(unzipSync(bytes)).map(
            ([inner, content]) =>
              [`${name}/${inner}`, Buffer.from(content)] as const,
          )
        : [
            [
              name,
              bytes[0] === 0x1f && bytes[1] === 0x8b
                ? gunzipSync(bytes)
                : bytes,
            ] as const,
          ],
    ),
  );

/** Folders with nothing in them: files alone would not tell of them. */
export const emptyFoldersIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map((item) => path.join(item.parentPath, item.name))
    .filter((name) => readdirSync(name).length === 0);

/**
 * Tells how two folders differ.
 *
 * @returns the first differing file with its first differing line; empty when there is no difference
 */
export function differenceBetween(ours: string, theirs: string): string {
  const [a, b] = [filesIn(ours), filesIn(theirs)];
  const only = (one: Map<string, Buffer>, other: Map<string, Buffer>) =>
    [...one.keys()].filter((name) => !other.has(name));
  const [left, right] = [only(a, b), only(b, a)];
  if (left.length || right.length)
    return `only in the first: ${left.join(", ") || "nothing"}; only in the second: ${right.join(", ") || "nothing"}`;
  for (const [name, bytes] of a) {
    const other = b.get(name)!;
    if (bytes.equals(other)) continue;
    // Pages are one long line: a tag a line shows more.
    const [one, two] = [bytes, other].map((text) =>
      text.toString("utf8").split(/\n|(?=<)/),
    ) as [string[], string[]];
    const line = one.findIndex((text, index) => text !== two[index]);
    const around = (lines: string[]) =>
      lines.slice(Math.max(0, line - 2), line + 3).join("\n    ");
    return `${name} differs:\n  first:\n    ${around(one)}\n  second:\n    ${around(two)}`;
  }
  return emptyFoldersIn(ours)
    .map((folder) => `empty folder ${folder}`)
    .join("\n");
}
