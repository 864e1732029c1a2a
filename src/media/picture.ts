// Free of Node imports: the editors' preview runs this file in a browser.
import type { PictureInfo, PictureType } from "./inspect.ts";

/** Whom a published picture names inside its own bytes. Empty and missing mean the same. */
export interface Credit {
  /** Who made the picture. */
  credit?: string;
  /** What others may do with it. */
  licence?: string;
}

/** One published size and format of a picture. */
export interface Rendition {
  /** `<hash>-<width>.<format>`, or `<hash>-<key>-<width>.<format>` where a credit is written into the file. */
  file: string;
  /** Pixels across. */
  width: number;
  /** Pixels down. */
  height: number;
  type: "image/avif" | "image/webp";
}

/** What a page needs to show a picture. */
export interface PictureView {
  hash: string;
  /** Pixels of the upright original: they give the place its shape before the picture arrives. */
  width: number;
  height: number;
  /** One entry a format, the smallest files first, each with every width. */
  sources: { type: string; srcset: string }[];
  /** Address of the middle WebP, for browsers that read no `srcset`. */
  src: string;
}

/** What a picture becomes that leaves the site, see `labelled`: AVIF, which few newsrooms can open, is JPEG there. */
export const LABELLED = {
  jpeg: "jpg",
  png: "png",
  webp: "webp",
  avif: "jpg",
} as const satisfies Record<PictureType, string>;

/** Folder of the published renditions, under the site's base. */
export const MEDIA_FOLDER = "_media";

const WIDTHS = [480, 960, 1440];
const FORMATS = ["avif", "webp"] as const;
/** WebP has no room for a longer side. */
const LONGEST_SIDE = 16_383;
/** Bounds what a stranger's metadata can add to every rendition. */
const LONGEST_TEXT = 500;

/**
 * Brings a credit to the one form that is written into files and their names.
 *
 * @param credit as an editor or a camera wrote it
 * @returns both texts in NFC on one line, at most 500 characters each; empty where there is none
 */
export function tidyCredit(credit: Credit = {}): Required<Credit> {
  return { credit: tidy(credit.credit), licence: tidy(credit.licence) };
}

/**
 * Lists the renditions of a picture: up to three widths, never wider than the original, in AVIF and WebP.
 *
 * @param info the inspected picture
 * @param credit what the editor says of it; part of the file names, as it is part of the files
 * @returns AVIF before WebP, each from narrow to wide
 */
export function renditions(info: PictureInfo, credit?: Credit): Rendition[] {
  const name = [info.hash, ...creditKey(credit)].join("-");
  return FORMATS.flatMap((format) =>
    widths(info).map((width): Rendition => {
      const height = Math.min(
        LONGEST_SIDE,
        Math.max(1, Math.round((info.height * width) / info.width)),
      );
      return {
        file: `${name}-${width}.${format}`,
        width,
        height,
        type: `image/${format}`,
      };
    }),
  );
}

/**
 * Says how a page shows a picture.
 *
 * @param info the inspected picture
 * @param base the site's base path, such as `/` or `/guong-sang/`
 * @param credit the same as given to `derivePicture`
 */
export function pictureView(
  info: PictureInfo,
  base: string,
  credit?: Credit,
): PictureView {
  const all = renditions(info, credit);
  const address = (file: string) =>
    `${base.replace(/\/*$/, "/")}${MEDIA_FOLDER}/${file}`;
  const sources = FORMATS.map((format) => {
    const type = `image/${format}`;
    const ofType = all.filter((rendition) => rendition.type === type);
    return {
      type,
      srcset: ofType
        .map(({ file, width }) => `${address(file)} ${width}w`)
        .join(", "),
    };
  });
  const webps = all.filter((rendition) => rendition.type === "image/webp");
  const middle = webps[Math.floor(webps.length / 2)]!;
  return {
    hash: info.hash,
    width: info.width,
    height: info.height,
    sources,
    src: address(middle.file),
  };
}

/** Pixels across of each rendition, from narrow to wide; at least one. */
function widths(info: PictureInfo): number[] {
  const tallest = Math.floor((LONGEST_SIDE * info.width) / info.height);
  const widest = Math.max(1, Math.min(WIDTHS.at(-1)!, info.width, tallest));
  return [...WIDTHS.filter((width) => width < widest), widest];
}

/** Eight hexadecimal digits that stand for a credit in file names, or nothing for an empty one. */
function creditKey(given?: Credit): string[] {
  const { credit, licence } = tidyCredit(given);
  if (!credit && !licence) return [];
  // FNV-1a: it only has to tell apart the few credits that one and the same picture is given.
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${credit}\0${licence}`))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return [(hash >>> 0).toString(16).padStart(8, "0")];
}

function tidy(text = ""): string {
  // Control characters, halves of surrogate pairs and the two last code points may not stand in XML.
  const line = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF\s]+/gu, " ");
  return [...line.trim()].slice(0, LONGEST_TEXT).join("").trim();
}
