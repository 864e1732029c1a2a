/** A site's theme as style: the same custom properties that site.css gives the project's own colours by. */
import type { Published } from "../schema/kinds.ts";

type Theme = NonNullable<Published<"site">["theme"]>;

const properties = (palette: Theme["light"]): string =>
  `:root{${Object.entries(palette)
    .map(([name, colour]) => `--color-${name}:${colour}`)
    .join(";")}}`;

/**
 * The style of a theme, for a page's head.
 *
 * @param shade one of its palettes alone; by itself a page goes by what the reader's machine says
 */
export const themeStyle = (
  { light, dark }: Theme,
  shade: "auto" | "light" | "dark" = "auto",
): string =>
  ({
    auto: `${properties(light)}@media (prefers-color-scheme:dark){${properties(dark)}}`,
    light: properties(light),
    dark: properties(dark),
  })[shade];
