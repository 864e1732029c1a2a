/** Makes a sane original of whatever picture an editor uploads: the one form in which pictures are kept. */
import sharp, { type Metadata, type Sharp } from "sharp";
import { ownCredit, xmpPacket } from "./credit.ts";
import {
  DECODE_SECONDS,
  ENDINGS,
  inspectPicture,
  OPEN_SAFELY,
  pictureType,
  type PictureProblem,
  type PictureType,
} from "./inspect.ts";
import { safeName, shownName, stemOf } from "./name.ts";
import { isPlain } from "./plain.ts";
import { HEAVY, LONGEST_SIDE } from "./sizes.ts";

/** A picture as it is kept in the repository. */
export interface Original {
  name: string;
  bytes: Buffer;
  width: number;
  height: number;
}

/** What came of an upload: what is kept, or why nothing is. */
export type Sanitised<T, P> =
  { ok: true; original: T } | { ok: false; problem: P };

/**
 * Makes the original that is kept: upright, sRGB with 8 bits a channel, at most 2560 pixels on its longest
 * side, one frame, without a place, a camera, a thumbnail or anything else besides the picture, its credit and
 * its licence (as XMP), under a safe name with the true type's ending. The same bytes always give the same
 * bytes, and an original that is sane already keeps its own: doing it twice is doing it once.
 *
 * @param bytes the whole file as it was uploaded
 * @param name its name on the editor's machine
 * @returns the original, or why there is none, in Vietnamese
 */
export async function saneOriginal(
  bytes: Uint8Array,
  name: string,
): Promise<Sanitised<Original, PictureProblem>> {
  const type = pictureType(bytes);
  const shown = shownName(name);
  const inspection = await inspectPicture(
    type ? (stemOf(shown) || "anh") + ENDINGS[type][0] : shown,
    bytes,
  );
  if (!inspection.ok) return inspection;
  const made = await sanePicture(inspection.info.type, bytes);
  const { width, height } = (await sharp(made).metadata()).autoOrient;
  const ending = ENDINGS[pictureType(made)!][0];
  return {
    ok: true,
    original: {
      name: safeName(name, ending, "anh"),
      bytes: made,
      width,
      height,
    },
  };
}

/**
 * The bytes of a sane original, see `saneOriginal`; those given when they are it.
 *
 * @param type what the file is, of a picture that passed inspection
 */
export async function sanePicture(
  type: PictureType,
  given: Uint8Array,
): Promise<Buffer> {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.length);
  const metadata = await sharp(bytes, OPEN_SAFELY).metadata();
  const xmp = packetFor(metadata);
  const isSane = isSanePicture(metadata, xmp) && isPlain(type, bytes, xmp);
  if (isSane && bytes.length <= HEAVY) return bytes;
  const made = await encode(type, bytes, xmp);
  // Lossy pictures lose a little each time, so a sane one is touched only where that gains much.
  return isSane && made.length > 0.75 * bytes.length ? bytes : made;
}

/** The picture's own credit as we write it; empty when it has none. */
function packetFor(metadata: Metadata): string {
  const credit = ownCredit(metadata);
  return credit.credit || credit.licence ? xmpPacket(credit) : "";
}

const isSanePicture = (metadata: Metadata, xmp: string): boolean =>
  Math.max(metadata.width, metadata.height) <= LONGEST_SIDE &&
  (metadata.orientation ?? 1) === 1 &&
  (metadata.pages ?? 1) === 1 &&
  metadata.depth === "uchar" &&
  (metadata.space === "srgb" || metadata.space === "b-w") &&
  !metadata.exif &&
  !metadata.icc &&
  !metadata.iptc &&
  (metadata.xmpAsString ?? "") === xmp;

const ENCODERS: Record<PictureType, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 85, mozjpeg: true }),
  png: (picture) => picture.png({ compressionLevel: 9 }),
  webp: (picture) => picture.webp({ quality: 85 }),
  avif: (picture) => picture.avif({ quality: 60, effort: 2 }),
};

/** A picture keeps its type, but for photographs as PNG: these weigh many times what they must. */
async function encode(
  type: PictureType,
  bytes: Buffer,
  xmp: string,
): Promise<Buffer> {
  const upright = sharp(bytes, { ...OPEN_SAFELY, sequentialRead: true })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .resize({
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: "inside",
      withoutEnlargement: true,
    })
    .toColourspace("srgb");
  const picture = xmp ? upright.withXmp(xmp) : upright;
  const made = await ENCODERS[type](picture.clone()).toBuffer();
  if (type !== "png" || made.length <= HEAVY) return made;
  const { isOpaque } = await sharp(made).stats();
  return isOpaque ? ENCODERS.jpeg(picture).toBuffer() : made;
}
