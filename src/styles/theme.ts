/** A site's theme as style: the same custom properties that site.css gives the project's own colours by. */
import type { Published } from "../schema/kinds.ts";

type Theme = NonNullable<Published<"site">["theme"]>;

const properties = (palette: Theme["light"]): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--color-${name}:${colour}`)
    .join(";");

/** The style of a theme, for a page's head. */
export const themeStyle = ({ light, dark }: Theme): string =>
  `:root{${properties(light)}}@media (prefers-color-scheme:dark){:root{${properties(dark)}}}`;
