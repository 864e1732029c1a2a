/** Whose voice the site is: no state body is named before the site is official. */
import { text } from "../i18n/vi.ts";
import type { Published } from "../schema/kinds.ts";

type Site = Pick<Published<"site">, "name" | "official" | "publisher">;

/** The body that publishes the site; nobody before it is official. */
export const publisherOf = ({
  official,
  publisher,
}: Site): Site["publisher"] => (official ? publisher : undefined);

/** Who stands behind what the site says: its publisher, else the site by its own name. */
export const publisherName = (site: Site): string =>
  publisherOf(site)?.name ?? site.name;

/** The line on every page, embed and share picture that says whether the site is official. */
export function whoseLine(site: Site): string {
  const publisher = publisherOf(site);
  return publisher ? text.officialOf(publisher.name) : text.unofficial;
}
