import { randomUUID } from "node:crypto";
import {
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, join } from "node:path";
import sharp, { type Channels } from "sharp";
import { cached, hasContent, writeWhole } from "./cache.ts";
import { encodeWithCredit, ownCredit } from "./credit.ts";
import { OPEN_SAFELY, pictureHash, type PictureInfo } from "./inspect.ts";
import {
  MEDIA_FOLDER,
  renditions,
  tidyCredit,
  type Credit,
  type Rendition,
} from "./picture.ts";

export { renditions, type Credit, type Rendition };

/** A picture's pixels: sRGB, 8 bits a channel, upright. */
interface Pixels {
  data: Buffer;
  raw: { width: number; height: number; channels: Channels };
}

/** No folders, so that nothing outside the two media folders can be meant. */
const PICTURE_NAME = /^[\w-]+\.(?:avif|webp|png)$/;

/** The latest work on each set of files, so that a picture two stories share is not made twice at once. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Makes the renditions of a picture that the cache lacks. Nothing of the original's metadata goes into them but the
 * credit and the licence: the editor's words, and where there are none, the picture's own.
 *
 * @param cacheDir absolute path of the project's cache
 * @param info the inspected picture
 * @param source absolute path of the original
 * @param credit what the editor says of it
 * @returns how many files were made
 * @throws when the original is gone, or is no longer the inspected one, or cannot be decoded
 */
export async function derivePicture(
  cacheDir: string,
  info: PictureInfo,
  source: string,
  credit?: Credit,
): Promise<number> {
  const wanted = renditions(info, credit);
  const place = cached(cacheDir, wanted[0]!.file);
  const before = turns.get(place) ?? Promise.resolve();
  const turn = before
    .catch(() => undefined)
    .then(() => makeMissing(cacheDir, wanted, info, source, credit));
  turns.set(place, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(place) === turn) turns.delete(place);
  }
}

/**
 * Puts renditions and share pictures from the cache into the site, and takes every other file out of the site's media folder.
 *
 * Files are hard links where the disk allows it: whoever later changes one in place changes the cache.
 *
 * @param cacheDir absolute path of the project's cache
 * @param outDir absolute path of the built site
 * @param files names as in `Rendition.file` and `namePicture`
 * @throws when a name is not a picture's, or the cache lacks the file
 */
export async function publishPictures(
  cacheDir: string,
  outDir: string,
  files: Iterable<string>,
): Promise<void> {
  const folder = join(outDir, MEDIA_FOLDER);
  const wanted = new Set(files);
  for (const file of wanted)
    if (!PICTURE_NAME.test(file))
      throw new Error(`Not the name of a picture: ${file}`);

  await mkdir(folder, { recursive: true });
  const strangers = (await readdir(folder)).filter((file) => !wanted.has(file));
  await Promise.all(
    strangers.map((file) =>
      rm(join(folder, file), { recursive: true, force: true }),
    ),
  );
  await Promise.all(
    Array.from(wanted, (file) =>
      publishFile(cached(cacheDir, file), join(folder, file)),
    ),
  );
}

/**
 * Puts a file of the cache into the site, as a second name of it where the disk allows it.
 *
 * @param from absolute path in the cache
 * @param to absolute path in the site, whose folder is there
 */
export async function publishFile(from: string, to: string): Promise<void> {
  if (await isPublished(from, to)) return;
  const draft = `${to}.${randomUUID()}.part`;
  // Other disks and some file systems take no links.
  await link(from, draft).catch(() => copyFile(from, draft));
  await rename(draft, to);
}

async function isPublished(from: string, to: string): Promise<boolean> {
  const [ours, theirs] = await Promise.all(
    [from, to].map((file) =>
      stat(file, { bigint: true }).catch(() => undefined),
    ),
  );
  if (!ours || !theirs) return false;
  // Names tell contents, so across disks the length is left to show a copy that was cut short.
  return ours.dev === theirs.dev
    ? ours.ino === theirs.ino
    : ours.size === theirs.size;
}

async function makeMissing(
  cacheDir: string,
  wanted: Rendition[],
  info: PictureInfo,
  source: string,
  credit?: Credit,
): Promise<number> {
  const present = await Promise.all(
    wanted.map(({ file }) => hasContent(cached(cacheDir, file))),
  );
  const missing = wanted.filter((_, index) => !present[index]);
  if (missing.length === 0) return 0;

  const bytes = await readFile(source);
  // Otherwise a picture replaced since its inspection would stay in the cache under the old one's address.
  if (pictureHash(bytes) !== info.hash)
    throw new Error(
      `Ảnh «${basename(source)}» vừa bị thay đổi trong lúc dựng trang. Hãy chạy lại.`,
    );

  const own = ownCredit(await sharp(bytes, OPEN_SAFELY).metadata());
  const given = tidyCredit(credit);
  const written = {
    credit: given.credit || own.credit,
    licence: given.licence || own.licence,
  };
  // Always by way of the widest, so that a file comes out the same whichever others were missing.
  const pixels = await decode(bytes, wanted.at(-1)!);
  for (const rendition of missing)
    await writeWhole(
      cached(cacheDir, rendition.file),
      await encode(pixels, rendition, written),
    );
  return missing.length;
}

async function decode(
  bytes: Uint8Array,
  { width, height }: Rendition,
): Promise<Pixels> {
  const { data, info } = await sharp(bytes, OPEN_SAFELY)
    .autoOrient()
    .resize({ width, height, fit: "fill" })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return {
    data,
    raw: { width: info.width, height: info.height, channels: info.channels },
  };
}

/** Encodes from bare pixels, so no metadata of the original can come along. */
async function encode(
  { data, raw }: Pixels,
  { width, height, type }: Rendition,
  credit: Required<Credit>,
): Promise<Buffer> {
  const picture = sharp(data, { raw }).resize({ width, height, fit: "fill" });
  const encoded =
    type === "image/avif"
      ? picture.avif({ quality: 52, effort: 2, chromaSubsampling: "4:2:0" })
      : picture.webp({ quality: 76, effort: 3 });
  return encodeWithCredit(encoded, credit);
}
