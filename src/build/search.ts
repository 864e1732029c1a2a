/** Makes the search's index from the built pages of stories, when it is not the last build's. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { close, createIndex } from "pagefind";
import { writeWhole } from "../loader/cache.ts";
import type { Settings } from "../loader/settings.ts";
import { searchCopy } from "../search/copy.ts";
import type { SearchRecord } from "../search/record.ts";

/** Below the output folder. */
const FOLDER = "pagefind";

/** Pagefind's ready-made interfaces: we have our own. */
const UNUSED = /^pagefind-(?:ui|modular-ui|component-ui|highlight)\./;

/** What the last build left. The stamp tells whether it is still as it was left. */
interface Left {
  digest: string;
  /** Relative to the output folder. */
  files: string[];
}

/**
 * Publishes the index of stories into the output folder, where their pages already are.
 *
 * @param records the stories to index, always in the same order: Pagefind's bytes depend on it
 * @returns the files that belong there, relative to the output folder; none when there is no story
 * @throws when a page is missing or has no article to index, or Pagefind fails
 */
export async function publishIndex(
  { outDir, cacheDir }: Pick<Settings, "outDir" | "cacheDir">,
  records: readonly SearchRecord[],
): Promise<string[]> {
  const note = path.join(cacheDir, "search.json");
  const digest = digestOf(outDir, records);
  const left = readLeft(note);
  if (
    left?.digest === digest &&
    left.files.every((file) => existsSync(path.join(outDir, file)))
  )
    return left.files;
  rmSync(path.join(outDir, FOLDER), { recursive: true, force: true });
  if (records.length > 0) await makeIndex(outDir, records);
  const files = filesIn(outDir, FOLDER);
  writeWhole(note, JSON.stringify({ digest, files } satisfies Left));
  return files;
}

const copyOf = (outDir: string, record: SearchRecord): string =>
  searchCopy(
    readFileSync(path.join(outDir, record.path, "index.html"), "utf8"),
    record,
  );

/** Of all that Pagefind would be given, and of Pagefind itself. The copies are not kept: they weigh much. */
function digestOf(outDir: string, records: readonly SearchRecord[]): string {
  const hash = createHash("sha256").update(
    readFileSync(
      new URL("../../node_modules/pagefind/package.json", import.meta.url),
    ),
  );
  for (const record of records)
    hash.update(`${record.path}\0${copyOf(outDir, record)}\0`);
  return hash.digest("base64url");
}

/** Nothing when there is no note, or a broken one. */
function readLeft(note: string): Left | undefined {
  try {
    const { digest, files } = JSON.parse(readFileSync(note, "utf8")) as Left;
    return Array.isArray(files) ? { digest, files } : undefined;
  } catch {
    return undefined;
  }
}

async function makeIndex(
  outDir: string,
  records: readonly SearchRecord[],
): Promise<void> {
  try {
    const { index, errors } = await createIndex();
    if (!index) throw new Error(`Pagefind: ${errors.join(", ")}`);
    for (const record of records) {
      const { path: url } = record;
      const content = copyOf(outDir, record);
      failOn((await index.addHTMLFile({ url, content })).errors);
    }
    const outputPath = path.join(outDir, FOLDER);
    failOn((await index.writeFiles({ outputPath })).errors);
    for (const name of readdirSync(outputPath))
      if (UNUSED.test(name)) rmSync(path.join(outputPath, name));
  } finally {
    await close();
  }
}

function failOn(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`Pagefind: ${errors.join(", ")}`);
}

/** The files below a folder of the output, relative to the output; none when there is no such folder. */
const filesIn = (outDir: string, folder: string): string[] =>
  existsSync(path.join(outDir, folder))
    ? readdirSync(path.join(outDir, folder), {
        recursive: true,
        withFileTypes: true,
      })
        .filter((item) => item.isFile())
        .map((item) =>
          path.relative(outDir, path.join(item.parentPath, item.name)),
        )
    : [];
