/** Packs press kits, each in one ZIP file: those of stories that are as they were lie in the cache. */
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { zipSync, type Zippable } from "fflate";
import { pressText } from "../i18n/press.ts";
import { sha256 } from "../loader/digest.ts";
import type { Settings } from "../loader/settings.ts";
import { cached, hasContent, writeWhole } from "../media/cache.ts";
import { publishFile } from "../media/derive.ts";
import { pictureHash } from "../media/inspect.ts";
import { labelled } from "../media/label.ts";
import type { Kit, PackedPicture } from "../press/note.ts";
import type { Beside } from "./files.ts";
import { programVersion } from "./stamp.ts";

/** Below the pictures' cache: whoever changes a published file in place is found out there (stamp.ts). */
const FOLDER = "kits";

/** Reading, drawing and writing go on beside each other. */
const AT_ONCE = 3;

/**
 * Packs the kits that the cache lacks and publishes all of them. Of a story that is not among them nothing is left,
 * not even in the cache.
 *
 * @param kits see `takeKits`
 * @param beside what lies beside the stories that are out
 * @returns the files that belong there, relative to the output folder
 * @throws when a picture is gone, or is no longer the inspected one
 */
export async function publishKits(
  { outDir, cacheDir, contentDir }: Settings,
  kits: readonly Kit[],
  beside: readonly Beside[],
  progress: (made: number, all: number) => void,
): Promise<string[]> {
  // Texts come from the whole program: kits that another made are not kept, like pages.
  const version = programVersion();
  const named = kits.map((kit) => ({
    kit,
    name: `${FOLDER}/${digestOf(kit, version)}.zip`,
  }));
  await forgetOthers(
    cached(cacheDir, FOLDER),
    new Set(named.map(({ name }) => path.basename(name))),
  );
  const missing: typeof named = [];
  for (const one of named)
    if (!(await hasContent(cached(cacheDir, one.name)))) missing.push(one);
  const folders = new Map(
    beside.map(({ kind, id, file }) => [
      `${kind}/${id}`,
      path.join(contentDir, path.dirname(file)),
    ]),
  );
  const waiting = missing.values();
  let made = 0;
  const work = async () => {
    for (const { kit, name } of waiting) {
      const zip = await pack(kit, folders.get(kit.story) ?? contentDir);
      await writeWhole(cached(cacheDir, name), zip);
      progress(++made, missing.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const { kit, name } of named) {
    const place = path.join(outDir, kit.file);
    await mkdir(path.dirname(place), { recursive: true });
    await publishFile(cached(cacheDir, name), place);
  }
  return kits.map(({ file }) => path.normalize(file));
}

const digestOf = ({ texts: _texts, ...list }: Kit, version: string): string =>
  sha256(version + JSON.stringify(list));

/** Takes away what stories that are withdrawn or changed have left. */
async function forgetOthers(
  folder: string,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names
      .filter((name) => !wanted.has(name))
      .map((name) => rm(path.join(folder, name), { force: true })),
  );
}

/** The same kit gives the same bytes, on whatever machine and in whatever zone. */
async function pack(kit: Kit, folder: string): Promise<Uint8Array> {
  const files: Zippable = {};
  for (const [name, words] of Object.entries(kit.texts()))
    files[name] = [Buffer.from(words.normalize("NFC")), { level: 9 }];
  for (const picture of kit.pictures)
    files[picture.file] = [await pictureIn(folder, picture), { level: 0 }];
  // Laying out and rendering take time to load: a build that packs nothing goes without.
  const { drawShapes } = await import("../share/draw.ts");
  for (const [shape, png] of await drawShapes(kit.share))
    files[`${pressText.files.shares}/${shape}.png`] = [png, { level: 0 }];
  const sorted = Object.entries(files)
    .map(([name, file]) => [name.normalize("NFC"), file] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { mtime: noonOf(kit.day) });
}

/** ZIP has no zone: it writes what the clock on the wall shows, and at noon no clock is put forward. */
function noonOf(day: string): Date {
  const [year, month, date] = day.split("-").map(Number) as [
    number,
    number,
    number,
  ];
  return new Date(year, month - 1, date, 12);
}

async function pictureIn(
  folder: string,
  { source, hash, type, label }: PackedPicture,
): Promise<Uint8Array> {
  const bytes = await readFile(path.join(folder, source));
  if (pictureHash(bytes) !== hash)
    throw new Error(
      `Ảnh «${source}» vừa bị thay đổi trong lúc dựng trang. Hãy chạy lại.`,
    );
  return labelled(type, bytes, label);
}
