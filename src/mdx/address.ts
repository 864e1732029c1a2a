/**
 * Which addresses a text may hold. Browsers drop control characters and line breaks before they read a
 * scheme, and a reader's eye drops more: an address with anything unseen in it is refused. A parser has
 * already decoded entities and escapes.
 */

/** What a browser or a reader's eye does not see in an address. */
const UNSEEN = /[\p{Cc}\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** A part of a path that leads upwards or nowhere, encoded or not. */
const DOTS = /\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

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
  if (
    UNSEEN.test(address) ||
    address.includes("\\") ||
    address.startsWith("//")
  )
    return "refused";
  if (address.startsWith("#")) return "part";
  if (address.startsWith("/")) return DOTS.test(address) ? "refused" : "site";
  if (/^https?:/i.test(address))
    return isOpenWeb(address) ? "outside" : "refused";
  if (/^(?:mailto|tel):[^:]/i.test(address)) return "outside";
  return /^(?:\.\/)?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u.test(address)
    ? "file"
    : "refused";
}

/** Whether the site that a web address names is the one it leads to: nothing before an @ to pose as it. */
function isOpenWeb(address: string): boolean {
  if (!/^https?:\/\/[^/?#]/i.test(address) || !URL.canParse(address))
    return false;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}

/** The name of a file beside the story: `./anh.jpg` and `anh.jpg` are the same. */
export const fileName = (address: string): string =>
  address.replace(/^\.\//, "");
