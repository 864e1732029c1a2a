/** What the editor's browser asks of the preview, and what it is answered. Free of Node: both sides read this. */
import type { PictureInfo } from "../media/inspect.ts";
import { MEDIA_FOLDER } from "../media/picture.ts";
import type { Finding } from "../schema/problem.ts";

export interface PreviewRequest {
  /** The entry's file: `content/news/2026/ten-bai/index.mdx`; within the desk without `content/`. */
  path: string;
  /** What the file would hold if it were saved now. */
  text: string;
  /**
   * Pictures that the editor's browser has beside the entry, saved or not, by name: the page is given their
   * size, and the browser puts them in.
   */
  pictures?: Record<string, { width: number; height: number }>;
  /** Documents likewise, by name, with their length in bytes. */
  documents?: Record<string, number>;
}

export interface PreviewAnswer {
  /** The page; absent while the entry has an error. */
  html?: string;
  /** What is wrong, and what could be better. */
  findings: Finding[];
}

/** The first part of the published name that a picture would get which only the browser has. */
const BROWSERS = "trong-trinh-duyet.";

/** Stands for a picture that only the browser has: its page is the same but for the addresses. */
export const unsavedPicture = (
  name: string,
  { width, height }: { width: number; height: number },
): PictureInfo => ({
  hash: `${BROWSERS}${name}`,
  type: "jpeg",
  width,
  height,
});

const ADDRESS = new RegExp(
  `/${MEDIA_FOLDER}/${BROWSERS.replace(".", "\\.")}(?<name>.+?\\.[a-z]+)-[^/]*$`,
);

/** The name of the browser's picture that an address on the page stands for. */
export const unsavedName = (address: string): string | undefined =>
  ADDRESS.exec(address)?.groups!.name;
