/** The picture that stands for a page where somebody shares a link to it. */
import { text } from "../i18n/vi.ts";
import type { Published } from "../schema/kinds.ts";
import { namePicture, type SharePicture } from "../share/picture.ts";
import { canonical } from "./address.ts";
import { whoseLine } from "./publisher.ts";

export interface ShareView {
  /** Absolute: it is read elsewhere. */
  href: string;
  alt: string;
}

/** The project's own colours by day, as site.css has them. */
const COLOURS: SharePicture["colours"] = {
  paper: "#fbf7ef",
  ink: "#1d1a16",
  mute: "#6a6257",
  accent: "#a3161b",
};

type Shown = Pick<SharePicture, "title" | "kicker" | "cloth"> & {
  place?: string;
};

/**
 * Names the share picture of a page; the build draws what was named.
 *
 * @param shown what the page itself is about
 */
export const shareOf = (shown: Shown, site: Published<"site">): ShareView => ({
  href: canonical(namePicture(sharePicture(shown, site))),
  alt: text.shareAlt(shown.title),
});

/** All that is to be seen on a share picture. */
export function sharePicture(
  shown: Shown,
  site: Published<"site">,
): SharePicture {
  const { name, theme, weaving } = site;
  const { paper, ink, mute, accent } = theme?.light ?? COLOURS;
  return {
    title: shown.title,
    kicker: shown.kicker,
    place: shown.place ?? "",
    site: name === shown.title ? "" : name,
    status: whoseLine(site),
    cloth: shown.cloth,
    weaving,
    colours: { paper, ink, mute, accent },
  };
}

/** About as many letters as there is room for beside the site's name. */
const PLACE_LETTERS = 30;

/** Places on one line; those there is no room for are counted. */
export function placeLine(names: readonly string[]): string {
  const line = names.join(", ");
  if (line.length <= PLACE_LETTERS || names.length < 2) return line;
  const [first = "", ...others] = names;
  return `${first} ${text.morePlaces(others.length)}`;
}
