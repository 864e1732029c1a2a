/**
 * `npm run check [paths]`: checks content without building, and tells every problem in Vietnamese.
 * `--fix` puts files into the canonical form, `--files` looks into pictures and documents too, `--report <file>`
 * writes all of it down for GitLab. Exit 1 when there is an error.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { fixFiles } from "../loader/fix.ts";
import { loadContent } from "../loader/content.ts";
import { readSettings } from "../loader/settings.ts";
import { checkBeside } from "../media/beside.ts";
import { formatProblems, quoted } from "../schema/problem.ts";
import { qualityReport } from "./quality.ts";

const USAGE =
  "Cách dùng: npm run check -- [--fix] [--files] [--report tệp.json] [tệp hoặc thư mục…], ví dụ npm run check -- content/news.";

/**
 * Whether a path that was asked for takes in a content file: the file itself, a folder above it, or a
 * picture or document beside it. Paths are written from here, or from the content folder.
 */
function covers(asked: string, file: string, contentDir: string): boolean {
  const folder = path.posix.dirname(file);
  return [path.relative(contentDir, path.resolve(asked)), asked]
    .map((below) => path.posix.normalize(below).replace(/\/$/, ""))
    .some(
      (below) =>
        below === "." ||
        below === file ||
        file.startsWith(`${below}/`) ||
        (file.endsWith("/index.mdx") && below.startsWith(`${folder}/`)),
    );
}

interface Options {
  fix: boolean;
  files: boolean;
  report?: string | undefined;
}

/** @returns whether there was no error */
async function check(
  asked: readonly string[],
  { fix, files: intoFiles, report }: Options,
): Promise<boolean> {
  const settings = readSettings();
  const { contentDir } = settings;
  const isAsked = (file: string): boolean =>
    asked.length === 0 || asked.some((item) => covers(item, file, contentDir));
  if (fix) for (const file of fixFiles(contentDir, isAsked)) tellFixed(file);
  const beside = intoFiles
    ? await checkBeside(contentDir, { wanted: isAsked, fix, fixed: tellFixed })
    : [];

  const { entries, notice, ...content } = await loadContent(settings);
  const problems = [...content.problems, ...beside];
  if (notice) console.log(notice);
  const files = [...entries, ...problems].map(({ file }) => file);
  const astray = asked.filter(
    (item) => !files.some((file) => covers(item, file, contentDir)),
  );
  for (const item of astray)
    console.log(`Không có nội dung nào ở ${quoted(item)}. ${USAGE}`);
  const shown = problems.filter(({ file }) => isAsked(file));
  if (report)
    writeFileSync(report, qualityReport(shown, path.basename(contentDir)));
  if (shown.length > 0) console.log(`${formatProblems(shown)}\n`);
  const errors = shown.filter(({ severity }) => severity === "error").length;
  const seen = entries.filter(({ file }) => isAsked(file)).length;
  if (errors > 0)
    console.log(
      `Có ${errors} lỗi, ${shown.length - errors} lưu ý. Nội dung chưa đăng được cho tới khi sửa hết lỗi.`,
    );
  else if (astray.length === 0)
    console.log(
      `Đã xem ${seen} mục: không có lỗi${shown.length > 0 ? `, ${shown.length} lưu ý` : ""}.`,
    );
  return errors === 0 && astray.length === 0;
}

const tellFixed = (file: string): void => console.log(`đã sửa ${file}`);

/** What was asked for; nothing when it cannot be understood. */
function readArguments() {
  try {
    return parseArgs({
      options: {
        fix: { type: "boolean", default: false },
        files: { type: "boolean", default: false },
        report: { type: "string" },
      },
      allowPositionals: true,
    });
  } catch {
    return undefined;
  }
}

const asked = readArguments();
try {
  if (!asked) throw new Error(USAGE);
  const isClean = await check(asked.positionals, asked.values);
  process.exitCode = isClean ? 0 : 1;
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown));
  if (process.env.DEBUG) console.error(thrown);
  process.exitCode = 1;
}
