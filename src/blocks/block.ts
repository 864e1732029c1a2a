/** What a content block is, and what it may ask of the page that holds it. */
import type { z } from "zod";
import { markup, trusted } from "./html.ts";
import type { Markup } from "./html.ts";

/** A picture that is ready to be shown. */
export interface PictureView {
  /** For browsers that take none of `sources`. */
  src: string;
  /** With `height`, the shape of the place that is kept for it. */
  width: number;
  height: number;
  /** Better formats, best first. */
  sources: readonly { type: string; srcset: string }[];
}

/** A file that is ready to be downloaded. */
export interface DocumentView {
  href: string;
  /** Without its dot: `pdf`. */
  extension: string;
  bytes: number;
}

/** How a block finds the files beside its story. Both answer `undefined` for a file they cannot offer. */
export interface BlockContext {
  picture(
    src: string,
    credit: { credit?: string; licence?: string },
  ): PictureView | undefined;
  document(src: string): DocumentView | undefined;
  /** For the one picture a reader sees first: fetched at once. */
  eager?: boolean;
}

/**
 * What may stand between a block's tags:
 * - `none`: nothing;
 * - `text`: phrasing only, so the caller takes off the paragraph that Markdown puts around it;
 * - `flow`: paragraphs, lists and the like, so the caller wraps bare text in a paragraph;
 * - `blocks`: one or more of `children` and nothing else.
 */
export type Inner = "none" | "text" | "flow" | "blocks";

interface BlockFacts<Props extends z.ZodObject> {
  /** The tag in MDX, and the key in `blocks`. */
  name: string;
  /** The Vietnamese name an editor sees. */
  label: string;
  /** When to use it, in Vietnamese. */
  hint: string;
  /** A strict object of labelled fields. Attributes arrive as strings, or `true` when they have no value. */
  props: Props;
  inner: Inner;
  /** The names of the blocks it holds, when `inner` is `blocks`. */
  children?: readonly string[];
  /** The name of the only block it may stand in. */
  parent?: string;
  /** MDX that uses the block, for documentation, tests and pictures of it. */
  examples: readonly { title: string; source: string }[];
}

/** A content block: a pure function from properties and inner HTML to HTML, and what editors must know of it. */
export interface Block<
  Props extends z.ZodObject = z.ZodObject,
> extends BlockFacts<Props> {
  /**
   * @param props what `this.props` made of the attributes
   * @param inner HTML that is already rendered and is not escaped again; empty when there is none
   * @returns the block's HTML, the same for the same arguments
   */
  render(props: z.output<Props>, inner: string, context: BlockContext): string;
}

interface BlockDefinition<Props extends z.ZodObject> extends BlockFacts<Props> {
  render(props: z.output<Props>, inner: Markup, context: BlockContext): Markup;
}

/**
 * Makes a block of its definition, whose `render` speaks in markup where the block's speaks in strings.
 */
export function defineBlock<Props extends z.ZodObject>(
  definition: BlockDefinition<Props>,
): Block<Props> {
  return {
    ...definition,
    render: (props, inner, context) =>
      definition.render(props, trusted(inner), context).html,
  };
}

/**
 * Puts a title over a block's list. It is no heading, as a block cannot know the level it stands at;
 * the group's name tells a screen reader what the list is about.
 *
 * @returns the list alone when there is no title
 */
export const titled = (title: string | undefined, list: Markup): Markup =>
  title
    ? markup`<div class="block" role="group" aria-label="${title}"><p class="block-title">${title}</p>${list}</div>`
    : list;
