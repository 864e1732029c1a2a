/** Makes the share pictures that pages name: those in the cache are not drawn again. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../loader/digest.ts";
import { cached, hasContent, writeWhole } from "../media/cache.ts";
import type { SharePicture } from "./picture.ts";

const SRC = fileURLToPath(new URL("../", import.meta.url));

/** The files besides what is on a picture that decide its bytes. */
const DECIDING = [
  ...["share", "weave", "fonts"].flatMap((folder) =>
    readdirSync(path.join(SRC, folder))
      .filter((name) => /\.(?:ts|ttf)$/.test(name))
      .sort()
      .map((name) => path.join(SRC, folder, name)),
  ),
  // Which colours stand out from which.
  path.join(SRC, "styles/contrast.ts"),
];
const DRAWING_PACKAGES = ["satori", "@resvg/resvg-js"] as const;

/** Stands for the code, fonts and packages that draw: pictures of another version have other names. */
export function shareVersion(): string {
  const { dependencies } = JSON.parse(
    readFileSync(path.join(SRC, "../package.json"), "utf8"),
  ) as { dependencies: Record<string, string> };
  return sha256(
    [
      ...DECIDING.map((file) => sha256(readFileSync(file))),
      ...DRAWING_PACKAGES.map((name) => dependencies[name]),
    ].join(),
  );
}

/** Rendering and packing go on beside laying out: so many pictures at a time keep two cores busy. */
const AT_ONCE = 3;

/** Who is told of the work. */
export interface Watcher {
  progress: (made: number, all: number) => void;
  /** Told in Vietnamese of letters that could not be drawn. */
  tell: (message: string) => void;
}

/**
 * Draws the pictures that the cache lacks.
 *
 * @param cacheDir absolute path of the project's cache
 * @param pictures by file name, see `takeAlbum`
 * @returns how many were drawn
 */
export async function makeShares(
  cacheDir: string,
  pictures: ReadonlyMap<string, SharePicture>,
  { progress, tell }: Watcher,
): Promise<number> {
  const missing: [place: string, SharePicture][] = [];
  for (const [file, picture] of pictures) {
    const place = cached(cacheDir, file);
    if (!(await hasContent(place))) missing.push([place, picture]);
  }
  if (missing.length === 0) return 0;
  // Laying out and rendering take time to load: a build that draws nothing goes without.
  const { draw } = await import("./draw.ts");
  const waiting = missing.values();
  let made = 0;
  const work = async () => {
    for (const [place, picture] of waiting) {
      const { png, lost } = await draw(picture);
      await writeWhole(place, png);
      progress(++made, missing.length);
      if (lost.length > 0)
        tell(
          `Ảnh chia sẻ của «${picture.title}» để trống ${lost.map((letter) => `«${letter}»`).join(", ")}: phông chữ của trang không có.`,
        );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
