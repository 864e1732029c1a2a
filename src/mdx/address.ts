/**
 * Which addresses a text may hold. Browsers strip control characters and spaces before they read a scheme,
 * so they are stripped here first; a parser has already decoded entities and escapes.
 */

/** What a browser or a reader's eye does not see in an address. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const INVISIBLE =
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;
const SCHEMES = new Set(["http", "https", "mailto", "tel"]);

/**
 * Where an address in an editor's text leads.
 *
 * - `outside`: another site, a mail address, a telephone
 * - `site`: a path of this site, starting with one slash
 * - `part`: a part of the same page
 * - `file`: a file beside the story
 * - `refused`: anything that could run or hide where it leads
 */
export type AddressKind = "outside" | "site" | "part" | "file" | "refused";

/** Classifies an address as the parser gives it (entities decoded). */
export function addressKind(address: string): AddressKind {
  const seen = address.replace(INVISIBLE, "");
  if (
    seen !== address.trim() ||
    seen === "" ||
    seen.includes("\\") ||
    seen.startsWith("//")
  )
    return "refused";
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase();
  if (scheme)
    return SCHEMES.has(scheme) && !/^https?:(?!\/\/[^/])/i.test(seen)
      ? "outside"
      : "refused";
  if (seen.startsWith("#")) return "part";
  if (seen.startsWith("/")) return "site";
  return /^(?:\.\/)?[^/:?#]+$/.test(seen) ? "file" : "refused";
}

/** The name of a file beside the story: `./anh.jpg` and `anh.jpg` are the same. */
export const fileName = (address: string): string =>
  address.trim().replace(/^\.\//, "");
