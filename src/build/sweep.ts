/** Going through a folder once: what is in it, and away with what does not belong there. */
import { existsSync, readdirSync, rmSync, rmdirSync, statSync } from "node:fs";
import path from "node:path";

/** Size and time of files, by their path below a folder. */
export type Stamps = Record<string, string>;

/**
 * Tells what is in a folder.
 *
 * @param root absolute path; it need not be there
 * @param belongs the files that may stay, by their path below it: all others are removed, and every folder
 *   that is then empty. Without it everything stays
 */
export function sweep(root: string, belongs?: ReadonlySet<string>): Stamps {
  const stamps: Stamps = {};
  /** @returns whether anything is left in the folder */
  const visit = (below: string): boolean => {
    let isLeft = false;
    for (const item of readdirSync(root + below, { withFileTypes: true })) {
      const place = below + path.sep + item.name;
      const name = place.slice(1);
      if (item.isDirectory()) {
        if (visit(place)) isLeft = true;
        else if (belongs) rmdirSync(root + place);
      } else if (belongs && !belongs.has(name)) rmSync(root + place);
      else {
        isLeft = true;
        if (!item.isFile()) continue;
        const { size, mtimeMs } = statSync(root + place);
        stamps[name] = `${size} ${mtimeMs}`;
      }
    }
    return isLeft;
  };
  if (existsSync(root)) visit("");
  return stamps;
}
