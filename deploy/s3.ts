/**
 * `node deploy/s3.ts <built site> <rclone's place>`: a built site onto an S3-compatible store, in such an order that no
 * page is there before what it shows, by rclone. Prints the addresses that a CDN before the store has to forget.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { headersFor, headerRules, type Area } from "../src/hosting/headers.ts";
import { readHosted } from "../src/hosting/publish.ts";

const USAGE =
  "Cách dùng: node deploy/s3.ts <thư mục trang đã dựng> <kho của rclone>, ví dụ node deploy/s3.ts dist kho:guong-sang";
/** For hosts alone, and what stores and CDNs compress by themselves. */
const NOT_SENT = /^(?:_hosting\/|_headers$|_redirects$)|\.(?:br|gz)$/;
/** Old code stays, as an open page may still ask for it; whatever is of stories goes. */
const CODE = /^(?:_astro|admin|nhung\/js)\//;

/** @returns addresses that say something else than before, or nothing any more */
function upload(site: string, store: string): string[] {
  const areas = headerRules(readHosted(site));
  const files = filesIn(site).filter((file) => !NOT_SENT.test(file));
  const there = listOf(store);
  const fresh = files.filter((file) => !there.has(file));
  const replaced = files.filter(
    (file) => there.has(file) && there.get(file) !== md5(site, file),
  );
  const sent = new Set(files);
  const gone = [...there.keys()].filter(
    (file) => !sent.has(file) && !CODE.test(file),
  );

  const copy = (names: readonly string[]): void => {
    for (const [cache, some] of Map.groupBy(names, (name) =>
      cacheOf(areas, name),
    ))
      rclone(
        ["copy", site, store, "--no-check-dest"],
        ["--transfers=16", "--header-upload", `Cache-Control: ${cache}`],
        some,
      );
  };
  // What pages show; new pages; pages that lead to them; then what is gone.
  copy(fresh.filter((file) => isForEver(cacheOf(areas, file))));
  copy(fresh.filter((file) => !isForEver(cacheOf(areas, file))));
  copy(replaced);
  rclone(["delete", store], ["--fast-list"], gone);
  return [...replaced, ...gone].map(
    (file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`,
  );
}

const isForEver = (cache: string): boolean => cache.includes("immutable");

const cacheOf = (areas: readonly Area[], file: string): string =>
  headersFor(areas, `/${file}`)["cache-control"] ?? "";

const filesIn = (site: string): string[] =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(site, path.join(item.parentPath, item.name)));

const md5 = (site: string, file: string): string =>
  createHash("md5")
    .update(readFileSync(path.join(site, file)))
    .digest("hex");

/** The files of the store with their digests, as its listing tells them. */
function listOf(store: string): Map<string, string | undefined> {
  const list = run(
    [
      "lsjson",
      "--recursive",
      "--files-only",
      "--hash",
      // Else each would be asked for.
      "--no-modtime",
      "--no-mimetype",
      store,
    ],
    // Nothing is there yet.
    "directory not found",
  );
  const items = JSON.parse(list ?? "[]") as {
    Path: string;
    Hashes?: { md5?: string };
  }[];
  return new Map(items.map(({ Path, Hashes }) => [Path, Hashes?.md5]));
}

/** Does something with some files. */
function rclone(
  order: readonly string[],
  how: readonly string[],
  files: readonly string[],
): void {
  if (files.length === 0) return;
  const list = path.join(work, "files");
  writeFileSync(list, files.join("\n"));
  run([...order, "--files-from-raw", list, ...how]);
}

/** @returns what it says; nothing when it fails with the words that are no fault */
function run(args: readonly string[], noFault?: string): string | undefined {
  const done = spawnSync("rclone", args, {
    encoding: "utf8",
    maxBuffer: 1_000_000_000,
  });
  if (done.error)
    throw new Error(
      "Chưa có rclone. Cài bằng: apt install rclone media-types",
      { cause: done.error },
    );
  if (done.status !== 0 && noFault && done.stderr.includes(noFault))
    return undefined;
  if (done.status !== 0)
    throw new Error(
      `rclone chưa làm xong; trang trên kho vẫn dùng được, chạy lại là làm tiếp. rclone nói: ${done.stderr.trim().split("\n").at(-1) ?? ""}`,
    );
  return done.stdout;
}

const work = mkdtempSync(path.join(tmpdir(), "guong-sang-s3-"));
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
