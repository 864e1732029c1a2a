/** Addresses of the open data. Programs of others hold them: what is here stays, or gets a new version. */
import type { StoryKind } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";

export const API_VERSION = "1";

/** Where the documentation is, and all data below it. */
export const API_PAGE = "/api/";
export const API = `${API_PAGE}v${API_VERSION}/`;

/** The address of one of the API's files, in full. */
export const apiUrl = (file: string): string => canonical(`${API}${file}`);

/** The file of a story. */
export const storyFile = (kind: StoryKind, slug: string): string =>
  `stories/${kind}/${slug}.json`;

/**
 * The file of a list of stories, or of one of its older pages.
 *
 * @param name `stories`, `models`, `movements/nong-thon-moi`
 */
export function listFile(name: string, page?: number): string {
  const base = name.includes("/") ? `${name}/stories` : name;
  return page ? `${base}/page-${page}.json` : `${base}.json`;
}
