import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import sharp from "sharp";
import { cached, writeWhole } from "./cache.ts";

/** Raise it when the same original should give other renditions than before: every address changes with it. */
const PIPELINE_VERSION = "1";
const MOST_BYTES = 30 * 1024 * 1024;
const MOST_PIXELS = 100_000_000;

/** The file name endings of each kind of picture; the first is the one to advise. */
export const ENDINGS = {
  jpeg: [".jpg", ".jpeg"],
  png: [".png"],
  webp: [".webp"],
  avif: [".avif"],
} as const;

/** A kind of picture that editors may use. */
export type PictureType = keyof typeof ENDINGS;

/** A picture that passed inspection. */
export interface PictureInfo {
  /** 16 hexadecimal digits: the content's address. */
  hash: string;
  type: PictureType;
  /** Pixels across and down, once upright. */
  width: number;
  height: number;
}

/** Why a picture cannot be used, in Vietnamese sentences for its editor. */
export interface PictureProblem {
  code:
    | "picture-missing"
    | "picture-unreadable"
    | "picture-mislabelled"
    | "picture-type"
    | "picture-too-large"
    | "picture-too-many-pixels";
  found: string;
  remedy: string;
}

/** The outcome of an inspection. */
export type Inspection =
  { ok: true; info: PictureInfo } | { ok: false; problem: PictureProblem };

/**
 * Options for opening editors' pictures: a truncated or damaged file fails instead of turning out half grey, and no
 * header can make the decoder fill the memory.
 */
export const OPEN_SAFELY = {
  failOn: "error",
  limitInputPixels: MOST_PIXELS,
} as const;

const NAMES: Record<PictureType, string> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  avif: "AVIF",
};
const SAVE_AS_JPEG =
  "Mở tệp bằng phần mềm xem ảnh, lưu thành JPEG hoặc PNG rồi dùng tệp mới; chỉ đổi đuôi tệp thì không đủ.";

/** A picture that takes longer to decode was made to. */
export const DECODE_SECONDS = 60;

/** What editors put beside stories by mistake: how its first bytes look, its name, and what helps better than the usual. */
const STRANGERS: { looks: RegExp; name: string; remedy?: string }[] = [
  { looks: /^GIF8/, name: "ảnh GIF" },
  {
    looks: /^.{4}ftyp(?:.{4}){0,16}?(?:hei[cxms]|hev[cxms]|mif1|msf1)/s,
    name: "ảnh HEIC của điện thoại",
    remedy:
      "Gửi ảnh ra dưới dạng JPEG rồi dùng tệp mới. Trên iPhone, chọn Cài đặt > Camera > Định dạng > Tương thích nhất để các ảnh sau chụp thẳng ra JPEG.",
  },
  {
    looks: /^.{4}ftyp/s,
    name: "phim",
    remedy: "Dùng một tấm ảnh, hoặc chụp lại một khung hình của phim.",
  },
  { looks: /^(?:II\*|MM.\*)/s, name: "ảnh TIFF hoặc ảnh thô của máy ảnh" },
  { looks: /^BM/, name: "ảnh BMP" },
  { looks: /^(?:\xff\n|.{4}JXL )/s, name: "ảnh JPEG XL" },
  {
    looks: /^%PDF/,
    name: "tài liệu PDF",
    remedy: "Xuất trang cần dùng thành ảnh JPEG hoặc PNG.",
  },
  {
    looks: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|script)/i,
    name: "trang web HTML",
    remedy:
      "Mở trang có ảnh, bấm chuột phải vào chính tấm ảnh và chọn «Lưu hình ảnh thành…».",
  },
  {
    looks: /^(?:\xef\xbb\xbf)?\s*<(?:.*<)?svg[\s>]/is,
    name: "hình vẽ SVG",
    remedy: "Xuất hình vẽ thành PNG rồi dùng tệp PNG.",
  },
];

/**
 * Gives the content address of a picture.
 *
 * @param bytes the whole original file
 * @returns 16 hexadecimal digits
 */
export function pictureHash(bytes: Uint8Array): string {
  return createHash("sha256")
    .update(`${PIPELINE_VERSION}\n`)
    .update(bytes)
    .digest("hex")
    .slice(0, 16);
}

/**
 * Checks that bytes are a whole, honest picture of an accepted kind and of bearable size. The content decides; the name
 * must agree with it.
 *
 * What follows the picture's own end (a hidden archive, a phone's short film) is not looked for: only re-encoded
 * pixels are published, so it never leaves the original.
 *
 * @param name the file's name, for its ending and for the messages
 * @param bytes the whole file
 */
export async function inspectPicture(
  name: string,
  bytes: Uint8Array,
): Promise<Inspection> {
  const problem = sizeProblem(name, bytes.length) ?? kindProblem(name, bytes);
  if (problem) return { ok: false, problem };

  const type = pictureType(bytes)!;
  try {
    // Reads the header only, so it is safe without the limit, and can say by how much a picture is too big.
    const metadata = await sharp(bytes, {
      ...OPEN_SAFELY,
      limitInputPixels: false,
    }).metadata();
    if (metadata.mediaType !== `image/${type}`)
      return { ok: false, problem: unreadable(name) };
    const { width, height } = metadata.autoOrient;
    if (width * height > MOST_PIXELS)
      return { ok: false, problem: tooManyPixels(name, width, height) };
    await sharp(bytes, OPEN_SAFELY)
      .timeout({ seconds: DECODE_SECONDS })
      .resize(16, 16, { fit: "fill" })
      .raw()
      .toBuffer();
    return {
      ok: true,
      info: { hash: pictureHash(bytes), type, width, height },
    };
  } catch {
    return { ok: false, problem: unreadable(name) };
  }
}

/**
 * Inspects a picture on disk, and remembers the good ones in the cache so that the same bytes are decoded once.
 *
 * @param cacheDir absolute path of the project's cache
 * @param file absolute path of the picture
 * @throws what the file system throws, except for a missing picture, which is a problem to report
 */
export async function inspectPictureFile(
  cacheDir: string,
  file: string,
): Promise<Inspection> {
  const name = basename(file);
  const status = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (!status?.isFile()) return { ok: false, problem: missing(name) };
  const tooLarge = sizeProblem(name, status.size);
  if (tooLarge) return { ok: false, problem: tooLarge };

  const bytes = await readFile(file);
  const hash = pictureHash(bytes);
  const record = cached(cacheDir, `${hash}.json`);
  const known = await recall(record, hash);
  // The same bytes may lie elsewhere under a wrong name.
  const problem = known && kindProblem(name, bytes);
  if (problem) return { ok: false, problem };
  if (known) return { ok: true, info: known };

  const inspection = await inspectPicture(name, bytes);
  if (inspection.ok) await writeWhole(record, JSON.stringify(inspection.info));
  return inspection;
}

/** An earlier inspection's result. A record that is absent or spoilt is no loss: the picture is inspected again. */
async function recall(
  record: string,
  hash: string,
): Promise<PictureInfo | undefined> {
  try {
    const info = JSON.parse(await readFile(record, "utf8")) as PictureInfo;
    return info.hash === hash ? info : undefined;
  } catch {
    return undefined;
  }
}

/** What kind of picture a file begins as; nothing when it is none that editors may use. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const head = firstBytes(bytes);
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^RIFF.{4}WEBP/s.test(head)) return "webp";
  if (/^.{4}ftyp(?:.{4}){0,16}?avi[fs]/s.test(head)) return "avif";
  return undefined;
}

/** The file's beginning, one character a byte. */
const firstBytes = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 1024)).toString("latin1");

function kindProblem(
  name: string,
  bytes: Uint8Array,
): PictureProblem | undefined {
  if (bytes.length === 0) return unreadable(name);
  const ending = extname(name).toLowerCase();
  const type = pictureType(bytes);
  if (!type) return strangeKind(name, bytes);
  if ((ENDINGS[type] as readonly string[]).includes(ending)) return undefined;
  return {
    code: "picture-mislabelled",
    found: `Tệp «${name}» có nội dung là ảnh ${NAMES[type]} nhưng tên ${ending ? `mang đuôi ${ending}` : "không có đuôi"}.`,
    remedy: `Đổi đuôi tệp thành ${ENDINGS[type][0]} và sửa tên ảnh trong bài cho khớp.`,
  };
}

function strangeKind(name: string, bytes: Uint8Array): PictureProblem {
  const head = firstBytes(bytes);
  const stranger = STRANGERS.find(({ looks }) => looks.test(head));
  return {
    code: "picture-type",
    found: `Tệp «${name}» là ${stranger?.name ?? "tệp không rõ loại"}, không phải ảnh JPEG, PNG, WebP hay AVIF.`,
    remedy: stranger?.remedy ?? SAVE_AS_JPEG,
  };
}

/** A file's size as a message says it. */
export const megabytes = (size: number): number =>
  Math.ceil(size / 1024 / 1024);

function sizeProblem(name: string, size: number): PictureProblem | undefined {
  if (size <= MOST_BYTES) return undefined;
  return {
    code: "picture-too-large",
    found: `Tệp ảnh «${name}» nặng ${megabytes(size)} MB, quá mức ${megabytes(MOST_BYTES)} MB.`,
    remedy:
      "Thu ảnh xuống cạnh dài khoảng 4000 điểm ảnh, lưu thành JPEG rồi dùng tệp mới.",
  };
}

const tooManyPixels = (
  name: string,
  width: number,
  height: number,
): PictureProblem => ({
  code: "picture-too-many-pixels",
  found: `Ảnh «${name}» rộng ${width}, cao ${height} điểm ảnh, quá mức ${MOST_PIXELS / 1_000_000} triệu điểm ảnh.`,
  remedy: "Thu ảnh xuống cạnh dài khoảng 4000 điểm ảnh rồi dùng tệp mới.",
});

const unreadable = (name: string): PictureProblem => ({
  code: "picture-unreadable",
  found: `Tệp ảnh «${name}» bị hỏng hoặc chưa chép đủ, không mở ra được.`,
  remedy:
    "Chép lại tệp từ máy chụp hoặc từ người gửi ảnh. Nếu vẫn không mở được, chọn ảnh khác.",
});

const missing = (name: string): PictureProblem => ({
  code: "picture-missing",
  found: `Không thấy tệp ảnh «${name}».`,
  remedy:
    "Đặt tệp vào cùng thư mục với bài, hoặc sửa tên ảnh trong bài cho khớp từng chữ, kể cả dấu và chữ hoa.",
});
