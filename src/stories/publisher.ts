/** Whose voice the site is: no state body is named before the site is official. */
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
