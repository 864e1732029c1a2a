/** The longest files first, so that no worker is left with one of them when the others have done. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take a minute or more, the longest first. A name that fits none of them costs nothing but time. */
const LONGEST = [
  "build/site",
  "build/publication",
  "release/release",
  "browser/embeds",
  "browser/search",
  "build/start",
  "browser/admin-saving",
  "browser/review",
  "browser/accessibility",
  "browser/reading",
  "build/light",
  "browser/whole",
  "desk/random",
  "build/random",
].map((name) => `/tests/${name}.test.ts`);

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return at < 0 ? LONGEST.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
