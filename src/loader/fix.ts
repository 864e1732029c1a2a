/** Puts content files into their canonical form. */
import path from "node:path";
import { canonicalText } from "../judge/canonical.ts";
import { kinds } from "../schema/kinds.ts";
import { writeWhole } from "./cache.ts";
import { listFiles, readSource } from "./files.ts";

/**
 * Rewrites content files that are not in canonical form. A file that cannot be read as YAML is left as it is.
 *
 * @param wanted which files, by their path below the content folder
 * @returns the files that were rewritten
 */
export function fixFiles(
  contentDir: string,
  wanted: (file: string) => boolean,
): string[] {
  return listFiles(contentDir)
    .entries.filter(({ file }) => wanted(file))
    .flatMap(({ kind, file }) => {
      const full = path.join(contentDir, file);
      const { bytes } = readSource(full);
      const canonical = bytes && canonicalText(bytes, file, kinds[kind].schema);
      if (!bytes || canonical === undefined) return [];
      if (bytes.equals(Buffer.from(canonical))) return [];
      writeWhole(full, canonical);
      return [file];
    });
}
