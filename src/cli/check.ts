/**
 * `npm run check [paths]`: checks content without building, and tells every problem in Vietnamese.
 * `--fix` puts files into the canonical form. Exit 1 when there is an error.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { fixFiles } from "../loader/canonical.ts";
import { loadContent } from "../loader/content.ts";
import { readSettings } from "../loader/settings.ts";
import { formatProblems } from "../schema/problem.ts";

const { values, positionals } = parseArgs({
  options: { fix: { type: "boolean", default: false } },
  allowPositionals: true,
});
const settings = readSettings();

/** Whether a problem's file is among the paths asked for: written from here, or from the content folder. */
const wanted = (file: string): boolean =>
  positionals.length === 0 ||
  positionals.some((asked) =>
    [
      path.relative(settings.contentDir, path.resolve(asked)),
      path.normalize(asked),
    ].some(
      (below) =>
        below === "" ||
        below === "." ||
        file === below ||
        file.startsWith(`${below.replace(/\/$/, "")}/`),
    ),
  );

if (values.fix) {
  const fixed = fixFiles(settings.contentDir, wanted);
  for (const file of fixed) console.log(`đã sửa ${file}`);
}
const { entries, problems, notice } = await loadContent(settings);
if (notice) console.log(notice);
const shown = problems.filter(({ file }) => wanted(file));
if (shown.length > 0) console.log(`${formatProblems(shown)}\n`);
const errors = shown.filter(({ severity }) => severity === "error").length;
console.log(
  errors > 0
    ? `Có ${errors} lỗi, ${shown.length - errors} lưu ý. Nội dung chưa đăng được cho tới khi sửa hết lỗi.`
    : `Đã xem ${entries.length} mục: không có lỗi${shown.length > 0 ? `, ${shown.length} lưu ý` : ""}.`,
);
process.exitCode = errors > 0 ? 1 : 0;
