/** Names of files that editors upload. */
import { slugify } from "../schema/slug.ts";

/** What Windows takes for a device, with any ending: a repository with such a file cannot be checked out there. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)\d)$/;
const LONGEST_STEM = 60;

/**
 * Makes a name that is safe in addresses, in git and on every disk.
 *
 * @param name as the editor's machine has it, in NFC or NFD
 * @param ending the true type's, with its dot
 * @param fallback what stands for a name of which no letter is left, such as `anh`
 * @returns for example `ba-dao-gieo-chu.jpg`
 */
export function safeName(
  name: string,
  ending: string,
  fallback: string,
): string {
  const stem = slugify(stemOf(name)).slice(0, LONGEST_STEM).replace(/-+$/, "");
  const free = RESERVED.test(stem) ? `${fallback}-${stem}` : stem;
  return `${free || fallback}${ending}`;
}

/** A name as a message may quote it: without folders, nothing invisible, not too long. */
export const shownName = (name: string): string =>
  [...baseName(name).normalize("NFC").replace(/\p{C}/gu, "")]
    .slice(0, 80)
    .join("");

/** A file's name without its folder and its ending. */
export const stemOf = (name: string): string =>
  baseName(name).replace(/\.[a-z0-9]{1,5}$/i, "");

const baseName = (name: string): string => name.replace(/^.*[\\/]/s, "");
