/** All content blocks, by the name they have in MDX. Pages, feeds, embeds and the CMS preview render with these. */
import type { Block } from "./block.ts";
import { Callout } from "./callout.ts";
import { Document } from "./document.ts";
import { Fact, Facts } from "./facts.ts";
import { Figure } from "./figure.ts";
import { Gallery, Photo } from "./gallery.ts";
import { KeyFigure, KeyFigures } from "./key-figures.ts";
import { Quote } from "./quote.ts";
import { Step, Steps } from "./steps.ts";
import { Video } from "./video.ts";

export type {
  Block,
  BlockContext,
  DocumentView,
  Inner,
  PictureView,
} from "./block.ts";
export { pictureHtml } from "./picture.ts";

/** Every block, in the order an editor is offered them; an item stands behind what holds it. */
export const blocks = {
  Quote,
  KeyFigures,
  KeyFigure,
  Steps,
  Step,
  Figure,
  Gallery,
  Photo,
  Video,
  Callout,
  Facts,
  Fact,
  Document,
} as const satisfies Readonly<Record<string, Block>>;

export type BlockName = keyof typeof blocks;

/**
 * Finds a block by the name an editor wrote.
 *
 * @returns `undefined` when there is no such block, for inherited names such as `constructor` too
 */
export const blockNamed = (name: string): Block | undefined =>
  Object.hasOwn(blocks, name) ? blocks[name as BlockName] : undefined;
