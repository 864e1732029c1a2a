/**
 * `node deploy/s3.ts <built site> <rclone's place>`: a built site onto an S3-compatible store, in such an order that no
 * page is there before what it shows, by rclone. Prints the addresses that a CDN before the store has to forget.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { headersFor, type HeaderRule } from "../src/hosting/headers.ts";
import { readHeaderRules } from "../src/hosting/publish.ts";

const USAGE =
  "Cách dùng: node deploy/s3.ts <thư mục trang đã dựng> <kho của rclone>, ví dụ node deploy/s3.ts dist kho:guong-sang";
/** For hosts alone, and what stores and CDNs compress by themselves. */
const NOT_SENT = /^(?:_hosting\/|_headers$|_redirects$)|\.(?:br|gz)$/;
/** Browsers and CDNs may keep pages as long as a withdrawal may take to be seen. */
const PAGES_KEPT = "public, max-age=60";

const work = mkdtempSync(path.join(tmpdir(), "guong-sang-s3-"));

/** @returns addresses that say something else than before, or nothing any more */
function upload(site: string, store: string): string[] {
  const rules = readHeaderRules(site);
  const files = filesIn(site).filter((file) => !NOT_SENT.test(file));
  const groups = Map.groupBy(files, (file) => cacheOf(rules, file));
  const copy = (how: string, isForEver: boolean): string[] =>
    [...groups].flatMap(([cache, names]) =>
      cache.includes("immutable") === isForEver
        ? rclone(
            [
              "copy",
              site,
              store,
              how,
              "--header-upload",
              `Cache-Control: ${cache}`,
            ],
            names,
          )
        : [],
    );
  // What pages show; new pages; pages that lead to them; then what is gone.
  copy("--ignore-existing", true);
  copy("--ignore-existing", false);
  const replaced = copy("--checksum", false);
  const gone = goneFrom(store, new Set(files), rules);
  if (gone.length > 0) rclone(["delete", store], gone);
  return [...replaced, ...gone].map(
    (file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`,
  );
}

/** What the store has and the site has not. Code that an open page may still ask for stays; pictures go. */
function goneFrom(
  store: string,
  files: ReadonlySet<string>,
  rules: readonly HeaderRule[],
): string[] {
  const there = run(["lsf", "--recursive", "--files-only", store]).stdout;
  return there
    .split("\n")
    .filter(
      (file) =>
        file &&
        !files.has(file) &&
        (file.startsWith("_media/") ||
          !cacheOf(rules, file).includes("immutable")),
    );
}

const cacheOf = (rules: readonly HeaderRule[], file: string): string =>
  headersFor(rules, `/${file}`)["cache-control"] ?? PAGES_KEPT;

const filesIn = (site: string): string[] =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(site, path.join(item.parentPath, item.name)));

/** Does something with some files. @returns those that were copied */
function rclone(args: readonly string[], files: readonly string[]): string[] {
  const list = path.join(work, "files");
  writeFileSync(list, files.join("\n"));
  const { stderr } = run([
    ...args,
    // Names as they are: a list of its own kind would read some letters otherwise.
    "--files-from-raw",
    list,
    "--no-traverse",
    "--checkers=32",
    "--transfers=16",
    "--use-json-log",
    "-v",
  ]);
  return stderr
    .split("\n")
    .filter((line) => line.includes('"msg":"Copied'))
    .map((line) => (JSON.parse(line) as { object: string }).object);
}

function run(args: readonly string[]) {
  const done = spawnSync("rclone", args, {
    encoding: "utf8",
    maxBuffer: 256_000_000,
  });
  if (done.error)
    throw new Error(
      "Chưa có rclone. Cài bằng: apt install rclone media-types",
      {
        cause: done.error,
      },
    );
  if (done.status !== 0)
    throw new Error(
      `rclone không làm xong (kho vẫn dùng được, chạy lại là tiếp): ${done.stderr.trim().split("\n").at(-1) ?? ""}`,
    );
  return done;
}

try {
  const [site, store] = process.argv.slice(2);
  if (!site || !store) throw new Error(USAGE);
  if (!existsSync(path.join(site, "index.html")))
    throw new Error(`«${site}» không phải trang đã dựng: không có index.html.`);
  for (const address of upload(site, store)) console.log(address);
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown));
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
