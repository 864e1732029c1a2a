/** Where content comes from, where the site goes, and under which address it will be served. */
import path from "node:path";
import { readGitLab, type GitLab } from "./gitlab.ts";

/** This program's name. It stands in every page's head: how an output folder is known for ours. */
export const GENERATOR = "Gương sáng";

export interface Settings {
  /** Absolute path of the folder that editors own. */
  contentDir: string;
  /** Absolute path of the built site. */
  outDir: string;
  /** Absolute path of everything that may be deleted and is made again. */
  cacheDir: string;
  /** Public origin, such as `https://guongsang.example.vn`. */
  siteUrl: string;
  /** Path the site lives under: starts and ends with a slash. */
  base: string;
  /** Whether pages alone are made, and not what takes its time after them: benchmarks compare pages. */
  onlyPages: boolean;
  /** Where the CMS writes when it does not ask the desk. */
  gitlab?: GitLab | undefined;
}

/**
 * Reads the settings from environment variables: `CONTENT_DIR`, `OUT_DIR`, `CACHE_DIR`, `SITE_URL`, `BASE_PATH`, `ONLY_PAGES`,
 * and those of `readGitLab`.
 *
 * @param env the environment
 * @param root the folder that relative paths start from
 * @throws when `SITE_URL` is not an http(s) address, or the GitLab is not well named
 */
export function readSettings(
  env: NodeJS.ProcessEnv = process.env,
  root: string = process.cwd(),
): Settings {
  const siteUrl = new URL(env.SITE_URL || "http://localhost:4321");
  if (!/^https?:$/.test(siteUrl.protocol))
    throw new Error(
      `SITE_URL phải bắt đầu bằng http:// hoặc https://, đang là «${env.SITE_URL}».`,
    );
  return {
    contentDir: path.resolve(root, env.CONTENT_DIR || "content"),
    outDir: path.resolve(root, env.OUT_DIR || "dist"),
    cacheDir: path.resolve(root, env.CACHE_DIR || ".cache"),
    siteUrl: siteUrl.origin,
    base: `/${(env.BASE_PATH || "/").replace(/^\/+|\/+$/g, "")}/`.replace(
      "//",
      "/",
    ),
    onlyPages: env.ONLY_PAGES === "1",
    gitlab: readGitLab(env),
  };
}
