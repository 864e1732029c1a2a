/** Problems as GitLab shows them in a merge request: its «Code Quality» report. */
import { sha256 } from "../loader/digest.ts";
import type { Problem } from "../schema/problem.ts";

/**
 * The report's text.
 *
 * @param folder the content folder's path in its repository
 */
export const qualityReport = (
  problems: readonly Problem[],
  folder: string,
): string =>
  JSON.stringify(
    problems.map(({ file, line, field, code, severity, found, remedy }) => ({
      description: `${field ? `${field}: ` : ""}${found}. ${remedy}`,
      check_name: code,
      fingerprint: sha256([file, code, field, found].join("\n")),
      severity: severity === "error" ? "blocker" : "info",
      location: { path: `${folder}/${file}`, lines: { begin: line ?? 1 } },
    })),
    null,
    2,
  );
