/**
 * Share pictures by name: what stands on one, and the file it is found in. Light, for it is part of the
 * pages' code: drawing is src/share/draw.ts, after the pages are made.
 */
import { sha256 } from "../loader/digest.ts";
import { MEDIA_FOLDER } from "../media/picture.ts";
import type { Published } from "../schema/kinds.ts";

export const SHARE_WIDTH = 1200;
export const SHARE_HEIGHT = 630;

/** Everything that is to be seen on a share picture, as plain data: nothing else decides how it looks. */
export interface SharePicture {
  title: string;
  /** The words over the title. */
  kicker: string;
  /** Below, on the right: a place, or a campaign's dates. */
  place: string;
  /** Below, on the left: the site's name, and whose it is. */
  site: string;
  status: string;
  cloth: { seed: string; palette?: string | undefined };
  weaving: Published<"site">["weaving"];
  colours: Pick<
    NonNullable<Published<"site">["theme"]>["light"],
    "paper" | "ink" | "mute" | "accent"
  >;
}

/** The pictures that the pages of one build name. */
interface Album {
  version: string;
  named: Map<string, SharePicture>;
}

const ALBUM = Symbol.for("guong-sang.share");
type Shelf = { [ALBUM]?: Album };

/**
 * Begins a build's list of pictures. Pages run in Vite's module graph and pictures are drawn outside it:
 * only `globalThis` is common to both.
 *
 * @param version stands for the code and fonts that draw: part of every name
 */
export function openAlbum(version: string): void {
  (globalThis as Shelf)[ALBUM] = { version, named: new Map() };
}

/** The pictures that pages have named since the album was opened, by file name; they are let go. */
export function takeAlbum(): Map<string, SharePicture> {
  const { named } = album();
  delete (globalThis as Shelf)[ALBUM];
  return named;
}

function album(): Album {
  const opened = (globalThis as Shelf)[ALBUM];
  if (!opened) throw new Error("No album of share pictures has been opened");
  return opened;
}

/**
 * The path of a picture on the site, `/_media/<digest>.png`. What a page names is drawn when the pages
 * are made; the name follows from what is on it, so nothing need be drawn to know it.
 */
export function namePicture(picture: SharePicture): string {
  const { version, named } = album();
  const file = `${sha256(version + JSON.stringify(picture))}.png`;
  named.set(file, picture);
  return `/${MEDIA_FOLDER}/${file}`;
}
