/** What is wrong with an entry, in words an editor can act on, and how it is told. */
import { isRecord } from "./field.ts";

export interface Problem {
  /** Path below the content folder, with forward slashes. */
  file: string;
  /** 1-based line in the file, where there is one. */
  line?: number | undefined;
  /** The field by its Vietnamese label, where there is one. */
  field?: string | undefined;
  /** Stable name of the rule, for tests and other programs. */
  code: string;
  /** An error holds the entry back; a warning only tells. */
  severity: "error" | "warning";
  /** What was found. A Vietnamese phrase without a full stop. */
  found: string;
  /** What to do. A Vietnamese sentence. */
  remedy: string;
  /** Whether `npm run check -- --fix` mends it. */
  fixable?: boolean;
}

/** Where in a file a problem lies and what rule it breaks: everything but the file. */
export type Finding = Omit<Problem, "file">;

export const error = (
  code: string,
  found: string,
  remedy: string,
  at: Partial<Finding> = {},
): Finding => ({
  severity: "error",
  code,
  found,
  remedy,
  ...at,
});

export const warning = (
  code: string,
  found: string,
  remedy: string,
  at: Partial<Finding> = {},
): Finding => ({
  ...error(code, found, remedy, at),
  severity: "warning",
});

/** A value as it may be quoted in a message: one line, at most 60 characters. */
export function quoted(value: unknown): string {
  const text = (
    isRecord(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : String(value)
  ).replace(/[\s\p{Cc}]+/gu, " ");
  const characters = [...text];
  return `«${characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : text}»`;
}

/**
 * Problems as an editor reads them, grouped by file, in the order of lines.
 *
 * @returns lines without a trailing newline; empty when there is no problem
 */
export function formatProblems(problems: readonly Problem[]): string {
  const files = Map.groupBy(problems, (problem) => problem.file);
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, list]) =>
      [file, ...list.sort(byLine).map(formatProblem)].join("\n"),
    )
    .join("\n\n");
}

const byLine = (a: Problem, b: Problem) => (a.line ?? 0) - (b.line ?? 0);

function formatProblem({
  line,
  field,
  severity,
  found,
  remedy,
  fixable,
}: Problem): string {
  const where = [line && `dòng ${line}`, field && `«${field}»`]
    .filter(Boolean)
    .join(", ");
  const mark = severity === "error" ? "LỖI" : "lưu ý";
  const fix = fixable ? " (npm run check -- --fix tự sửa được)" : "";
  return `  ${mark}${where ? ` ${where}` : ""}: ${found}.\n      → ${remedy}${fix}`;
}
