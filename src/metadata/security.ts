/** `/.well-known/security.txt`: whom to tell of a weakness of the site (RFC 9116). Pure. */
import { dayOf, dayStart, instantOf } from "../i18n/dates.ts";
import { canonical } from "../stories/address.ts";
import type { Library } from "../stories/library.ts";
import { publisherOf } from "../stories/publisher.ts";

/**
 * The file, for a year from the first of the build's month on: the standard wants no longer, and two builds of one
 * month are to be alike.
 *
 * @returns nothing when there is nobody to write to
 */
export function securityTxt({
  site,
  now,
}: Pick<Library, "site" | "now">): string | undefined {
  const email =
    site.contacts.find(({ purpose }) => purpose === "security")?.email ??
    publisherOf(site)?.email;
  if (!email) return undefined;
  const [year = "", month = ""] = dayOf(now).split("-");
  const expires = dayStart(`${Number(year) + 1}-${month}-01`);
  return [
    `Contact: mailto:${email}`,
    `Expires: ${instantOf(new Date(expires))}`,
    "Preferred-Languages: vi, en",
    `Canonical: ${canonical("/.well-known/security.txt")}`,
    "",
  ].join("\n");
}
