/** Puts the pictures and documents of published entries into the built folder. */
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { creditOf, documentPath } from "../loader/beside.ts";
import type { Entry } from "../loader/entry.ts";
import { readSettings } from "../loader/settings.ts";
import { derivePicture, publishPictures } from "../media/derive.ts";
import { MEDIA_FOLDER, renditions } from "../media/picture.ts";
import { buildMoment } from "../stories/clock.ts";
import { isOut } from "./hidden.ts";

/** What lies beside one entry that is out. */
export type Beside = Pick<
  Entry,
  "kind" | "id" | "file" | "pictures" | "documents"
>;

/**
 * Lists the files of entries that are out. A withdrawn, expired or waiting story's are not among them.
 */
export function filesOut(entries: readonly Entry[]): Beside[] {
  const now = buildMoment();
  return entries
    .filter(
      (entry) =>
        entry.pictures.length + Object.keys(entry.documents).length > 0 &&
        isOut(entry, now),
    )
    .map(({ kind, id, file, pictures, documents }) => ({
      kind,
      id,
      file,
      pictures,
      documents,
    }));
}

/**
 * Publishes files: pictures in all their sizes, share pictures, documents as they are.
 *
 * @param outDir absolute path of the built site
 * @param list see `filesOut`
 * @param shares names of share pictures, see `makeShares`
 * @returns the files that belong there, relative to it
 */
export async function publishFiles(
  outDir: string,
  list: readonly Beside[],
  shares: Iterable<string>,
): Promise<string[]> {
  const { contentDir, cacheDir } = readSettings();
  const pictures = new Set<string>(shares);
  const documents: string[] = [];
  for (const entry of list) {
    const folder = path.join(contentDir, path.dirname(entry.file));
    for (const shown of entry.pictures) {
      await derivePicture(
        cacheDir,
        shown.info,
        path.join(folder, shown.name),
        creditOf(shown),
      );
      for (const { file } of renditions(shown.info, creditOf(shown)))
        pictures.add(file);
    }
    for (const [name, info] of Object.entries(entry.documents)) {
      const file = documentPath(name, info);
      copyOnce(path.join(folder, name), path.join(outDir, file), info.bytes);
      documents.push(file);
    }
  }
  if (pictures.size > 0 || existsSync(path.join(outDir, MEDIA_FOLDER)))
    await publishPictures(cacheDir, outDir, pictures);
  return [
    ...documents,
    ...[...pictures].map((file) => path.join(MEDIA_FOLDER, file)),
  ];
}

/** A published document's address holds its digest: a file of the right size there is the right one. */
function copyOnce(from: string, to: string, bytes: number): void {
  if (existsSync(to) && statSync(to).size === bytes) return;
  mkdirSync(path.dirname(to), { recursive: true });
  rmSync(to, { force: true });
  copyFileSync(from, to);
}
