/** Pictures as HTML: the element alone, and the figure that Figure and Photo share. */
import type { z } from "zod";
import { licenceDeed, licenceLabel, type Licence } from "../schema/picture.ts";
import type { picture } from "../schema/picture.ts";
import type { BlockContext, PictureView } from "./block.ts";
import { markup, trusted } from "./html.ts";
import type { Markup } from "./html.ts";

/** How wide a picture is shown: the story's column, or the whole of a narrow screen. */
const COLUMN = "(min-width: 45rem) 42rem, 100vw";

interface PictureOptions {
  alt: string;
  /** The `sizes` of the sources; a picture is taken to fill the story's column. */
  sizes?: string;
  /** For the one picture a reader sees first: fetched at once instead of when it scrolls near. */
  eager?: boolean;
}

/**
 * A `<picture>` that keeps its place while it loads.
 *
 * @param view what src/media made of the file
 * @returns HTML without a caption
 */
export function pictureHtml(
  view: PictureView,
  { alt, sizes = COLUMN, eager = false }: PictureOptions,
): string {
  const sources = view.sources.map(
    ({ type, srcset }) =>
      markup`<source type="${type}" srcset="${srcset}" sizes="${sizes}">`,
  );
  const fetching = eager
    ? markup`fetchpriority="high"`
    : markup`loading="lazy"`;
  return markup`<picture>${sources}<img src="${view.src}" alt="${alt}" width="${view.width}" height="${view.height}" ${fetching} decoding="async"></picture>`
    .html;
}

/** The part of a picture that is printed: consent is not among it. */
type PrintedPicture = Pick<
  z.output<typeof picture>,
  "src" | "alt" | "caption" | "credit" | "licence"
>;

/**
 * A picture with its caption, credit and licence. A picture that cannot be shown is told in words.
 *
 * @param sizes as in `pictureHtml`
 */
export function pictureFigure(
  { src, alt, caption, credit, licence }: PrintedPicture,
  context: BlockContext,
  sizes?: string,
): Markup {
  const view = context.picture(src, { credit, licence });
  const shown = view
    ? trusted(pictureHtml(view, { alt, sizes, eager: context.eager }))
    : markup`<p class="picture-text">Trong ảnh: ${alt}</p>`;
  const words = caption && `${asSentence(caption)} `;
  return markup`<figure class="figure">${shown}<figcaption>${words}<span class="credit">Ảnh: ${credit}${licenceNote(licence)}</span></figcaption></figure>`;
}

/** Closes a caption, so that the credit behind it does not run into its last word. */
const asSentence = (text: string): string =>
  /[.!?…]["”’»)]*$/.test(text) ? text : `${text}.`;

/** Reserved rights go without saying. Creative Commons asks for the licence's address beside its name. */
function licenceNote(licence: Licence): Markup | undefined {
  if (licence === "all-rights") return undefined;
  const page = licenceDeed(licence);
  const label = licenceLabel(licence);
  return page ? markup` (<a href="${page}">${label}</a>)` : markup` (${label})`;
}
