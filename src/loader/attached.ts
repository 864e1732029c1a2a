/** Opens the pictures and documents that an entry refers to, and tells what is wrong with them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { inspectPictureFile } from "../media/inspect.ts";
import { licenceLabel } from "../schema/picture.ts";
import { error, quoted, warning, type Finding } from "../schema/problem.ts";
import { PICTURE_EXTENSIONS } from "../schema/values.ts";
import type { DocumentInfo, ShownPicture } from "./beside.ts";
import { sha256 } from "./digest.ts";

/** A file that an entry refers to. */
export interface WantedFile {
  address: string;
  line?: number | undefined;
}

export interface WantedPicture extends WantedFile {
  credit?: string | undefined;
  licence?: string | undefined;
}

/** What lies beside an entry, and what the entry wants of it. */
export interface Wanted {
  /** Absolute path of the entry's folder. */
  folder: string;
  /** Names of the files in it. */
  beside: readonly string[];
  pictures: readonly WantedPicture[];
  documents: readonly WantedFile[];
}

export interface Attached {
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
  findings: Finding[];
  /** Names of the files that were asked for, whether they are there or not. */
  used: Set<string>;
}

/**
 * Opens what an entry refers to.
 *
 * @param cacheDir absolute path of the cache, where inspected pictures are remembered
 */
export async function openAttached(
  { folder, beside, pictures, documents }: Wanted,
  cacheDir: string,
): Promise<Attached> {
  const findings: Finding[] = [];
  const shown = new Map<string, ShownPicture>();
  const infos: Record<string, DocumentInfo> = {};
  const used = new Set<string>();
  const withFile = async (
    { address, line }: WantedFile,
    open: (file: string) => Promise<Finding | undefined>,
  ) => {
    used.add(address);
    const finding = beside.includes(address)
      ? await open(path.join(folder, address)).catch(() => unreadable(address))
      : missing(address, beside);
    if (finding) findings.push({ ...finding, line });
  };
  for (const picture of pictures) {
    const { address, credit, licence } = picture;
    const known = { name: address, credit, licence: licenceText(licence) };
    const key = JSON.stringify(known);
    if (shown.has(key)) continue;
    await withFile(picture, async (file) => {
      const inspected = await inspectPictureFile(cacheDir, file);
      if (!inspected.ok) {
        const { code, found, remedy } = inspected.problem;
        return error(code, found.replace(/\.$/, ""), remedy);
      }
      shown.set(key, { ...known, info: inspected.info });
      return undefined;
    });
  }
  for (const document of documents)
    await withFile(document, async (file) => {
      const bytes = readFileSync(file);
      infos[document.address] = {
        hash: sha256(bytes).slice(0, 16),
        bytes: bytes.length,
      };
      return undefined;
    });
  return { pictures: [...shown.values()], documents: infos, findings, used };
}

/** The licence's words. Blocks hold the key as text, unchecked until the block itself is. */
export const licenceText = (licence: string | undefined): string | undefined =>
  licence && licenceLabel(licence as Parameters<typeof licenceLabel>[0]);

function missing(name: string, beside: readonly string[]): Finding {
  const near = beside.find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase(),
  );
  return error(
    "file-missing",
    `không thấy tệp ${quoted(name)} cạnh bài`,
    near
      ? `Tên tệp là ${quoted(near)}: viết đúng chữ hoa, chữ thường.`
      : "Đặt tệp vào cùng thư mục với bài, hoặc sửa tên.",
  );
}

const unreadable = (name: string): Finding =>
  error(
    "file-unreadable",
    `không mở được tệp ${quoted(name)}`,
    "Cho phép đọc tệp, hoặc chép lại tệp.",
  );

/** Told of a file beside an entry that nothing refers to. */
export const unused = (name: string): Finding =>
  PICTURE_EXTENSIONS.some((extension) =>
    name.toLowerCase().endsWith(`.${extension}`),
  )
    ? warning(
        "unused-picture",
        `ảnh ${quoted(name)} không có trong bài`,
        "Đưa ảnh vào bài, hoặc xóa tệp.",
      )
    : warning(
        "unused-file",
        `tệp ${quoted(name)} không có trong bài`,
        "Dẫn tới tệp trong bài, hoặc xóa tệp.",
      );
