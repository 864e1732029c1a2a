/** Vietnamese as people write it, taken from the shipped stories. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const CONTENT = path.join(import.meta.dirname, "../../content");

/** Running words of the shipped stories; no markup among them. */
export function vietnameseWords(): string[] {
  return readdirSync(CONTENT, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("index.mdx"))
    .sort()
    .flatMap((name) => {
      const source = readFileSync(path.join(CONTENT, name), "utf8");
      const [, , body = ""] = source.split(/^---$/m);
      return body
        .replace(/<[^>]*>|\[\^\d+\]:?/g, " ")
        .split(/\s+/)
        .filter((word) => /^[\p{L}\d]+[,.;:]?$/u.test(word));
    });
}
