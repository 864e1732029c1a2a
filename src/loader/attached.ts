/** Opens the pictures and documents that an entry refers to, and tells what is wrong with them. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { inspectPictureFile, type PictureInfo } from "../media/inspect.ts";
import { error, quoted, type Finding } from "../schema/problem.ts";
import type { WantedFile, WantedPicture } from "../judge/judge.ts";
import type { DocumentInfo, ShownPicture } from "./beside.ts";
import { sha256 } from "./digest.ts";

/** Files that lie beside an entry for its editor, though not on this disk: what stands for each on the page. */
export interface Unsaved {
  pictures: Readonly<Record<string, PictureInfo>>;
  documents: Readonly<Record<string, DocumentInfo>>;
}

export const NOTHING_UNSAVED: Unsaved = { pictures: {}, documents: {} };

/** What lies beside an entry, and what the entry wants of it. */
export interface Wanted {
  /** Absolute path of the entry's folder. */
  folder: string;
  /** Names of the files in it. */
  beside: readonly string[];
  pictures: readonly WantedPicture[];
  documents: readonly WantedFile[];
  /** Taken before what is on the disk. */
  unsaved: Unsaved;
}

export interface Attached {
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
  findings: Finding[];
}

/**
 * Opens what an entry refers to.
 *
 * @param cacheDir absolute path of the cache, where inspected pictures are remembered
 */
export async function openAttached(
  { folder, beside, pictures, documents, unsaved }: Wanted,
  cacheDir: string,
): Promise<Attached> {
  const findings: Finding[] = [];
  const shown = new Map<string, ShownPicture>();
  const infos: Record<string, DocumentInfo> = {};
  const withFile = async (
    { address, line }: WantedFile,
    open: (file: string) => Promise<Finding | undefined>,
  ) => {
    if (!beside.includes(address)) return; // which the judge has told
    const finding = await open(path.join(folder, address)).catch(() =>
      unreadable(address),
    );
    if (finding) findings.push({ ...finding, line });
  };
  for (const picture of pictures) {
    const known = saidOf(picture);
    const key = JSON.stringify(known);
    if (shown.has(key)) continue;
    const given = ownOf(unsaved.pictures, known.name);
    if (given) {
      shown.set(key, { ...known, info: given });
      continue;
    }
    await withFile(picture, async (file) => {
      const inspected = await inspectPictureFile(cacheDir, file);
      if (!inspected.ok) {
        const { code, found, remedy } = inspected.problem;
        return error(code, found.replace(/\.$/, ""), remedy);
      }
      const { size: bytes } = statSync(file);
      shown.set(key, { ...known, info: inspected.info, bytes });
      return undefined;
    });
  }
  for (const document of documents) {
    const given = ownOf(unsaved.documents, document.address);
    if (given) {
      infos[document.address] = given;
      continue;
    }
    await withFile(document, async (file) => {
      const bytes = readFileSync(file);
      infos[document.address] = {
        hash: sha256(bytes).slice(0, 16),
        bytes: bytes.length,
      };
      return undefined;
    });
  }
  return { pictures: [...shown.values()], documents: infos, findings };
}

const ownOf = <T>(
  named: Readonly<Record<string, T>>,
  name: string,
): T | undefined => (Object.hasOwn(named, name) ? named[name] : undefined);

const saidOf = ({
  address,
  credit,
  licence,
  alt,
  caption,
  showsChildren,
}: WantedPicture) => ({
  name: address,
  credit,
  // Blocks hold it as text; an entry in which it is none of the licences is not published.
  licence: licence as ShownPicture["licence"],
  alt,
  caption,
  ...(showsChildren ? { showsChildren } : {}),
});

const unreadable = (name: string): Finding =>
  error(
    "file-unreadable",
    `không mở được tệp ${quoted(name)}`,
    "Cho phép đọc tệp, hoặc chép lại tệp.",
  );
