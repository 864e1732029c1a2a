/** The GitLab that the CMS writes to where no desk of ours runs; see docs/decisions/0026-cms-over-gitlab.md. */
import { z } from "zod";

/** A project of a GitLab, and the application by which people log in. All of it is public: it stands in the CMS's code. */
export interface GitLab {
  /** Where GitLab is, without a slash at the end: `https://git.example.vn`. */
  url: string;
  /** The project with the content: `nhom/kho`. Its content lies in the folder `content`. */
  repo: string;
  /** The application's id. Its secret is needed nowhere. */
  app: string;
  /** The branch that is published. */
  branch: string;
}

const VARIABLES = {
  url: "CMS_GITLAB_URL",
  repo: "CMS_GITLAB_REPO",
  app: "CMS_GITLAB_APP",
  branch: "CMS_BRANCH",
} as const satisfies Record<keyof GitLab, string>;

const missing = (example: string) =>
  `còn thiếu. Đã đặt một biến CMS_GITLAB_… thì phải đặt đủ ba; ví dụ ${example}`;
const text = (pattern: RegExp, example: string) =>
  z.string(missing(example)).regex(pattern, `chưa đúng; ví dụ ${example}`);

/** Only this machine may go without encryption: a login's keys would be read on the way. */
const ADDRESS =
  /^(?:https:\/\/[\w.-]+|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d+)?(?:\/[\w./-]*)?$/;

const schema = z.object({
  url: text(
    ADDRESS,
    "https://gitlab.tinh.gov.vn (phải là https, không kèm ? hay #)",
  ).transform((url) => url.replace(/\/+$/, "")),
  repo: text(/^[\w.-]+(?:\/[\w.-]+)+$/, "ban-bien-tap/guong-sang (nhóm/kho)"),
  app: text(/^[\w-]+$/, "mã «Application ID» dài 64 chữ số mà GitLab cấp"),
  branch: text(/^[\w][\w./-]*$/, "main").default("main"),
});

/**
 * Reads `CMS_GITLAB_URL`, `CMS_GITLAB_REPO`, `CMS_GITLAB_APP` and `CMS_BRANCH`.
 *
 * @returns nothing when none of the first three is set: then the CMS asks the desk
 * @throws what is wrong with them, in Vietnamese
 */
export function readGitLab(env: NodeJS.ProcessEnv): GitLab | undefined {
  const given = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [
      name,
      env[variable]?.trim() || undefined,
    ]),
  );
  if (!given.url && !given.repo && !given.app) return undefined;
  const { data, error } = schema.safeParse(given);
  if (data) return data;
  throw new Error(
    error.issues
      .map(
        ({ path, message }) =>
          `${VARIABLES[path[0] as keyof GitLab]} ${message}.`,
      )
      .join("\n"),
  );
}
