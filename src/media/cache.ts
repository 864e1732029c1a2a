import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Gives the place of a file in the pictures' cache.
 *
 * @param cacheDir absolute path of the project's cache
 * @param file a plain file name
 */
export const cached = (cacheDir: string, file: string): string =>
  join(cacheDir, "media", file);

/** Whether a file of the cache is there: a crash can leave one of no length, which counts as none. */
export async function hasContent(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  return status !== undefined && status.size > 0;
}

/**
 * Writes a file so that under its name there is never a part of it, whatever stops the machine.
 *
 * @param file absolute path; its folder is made when missing
 * @throws what the file system throws
 */
export async function writeWhole(
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}.part`;
  try {
    // Without the flush a power cut could keep the new name and lose the bytes.
    await writeFile(draft, content, { flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
