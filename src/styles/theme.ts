/** A site's theme as style: the same custom properties that site.css gives the project's own colours by. */
import { createHash } from "node:crypto";
import type { Published } from "../schema/kinds.ts";

type Theme = NonNullable<Published<"site">["theme"]>;

const properties = (palette: Theme["light"]): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--color-${name}:${colour}`)
    .join(";");

/**
 * The style of a theme, and the source expression that lets exactly this style through the content
 * security policy (CSP Level 3, hash source).
 */
export function themeStyle({ light, dark }: Theme): {
  css: string;
  source: string;
} {
  const css = `:root{${properties(light)}}@media (prefers-color-scheme:dark){:root{${properties(dark)}}}`;
  return {
    css,
    source: `'sha256-${createHash("sha256").update(css).digest("base64")}'`,
  };
}
