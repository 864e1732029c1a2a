/**
 * The content blocks as Astro components, for developers' own `.mdx` and `.astro` pages:
 * `export const components = astroBlocks()` in a page's MDX, or `<Content components={astroBlocks()} />`.
 */
import {
  createComponent,
  render,
  renderSlotToString,
  unescapeHTML,
} from "astro/runtime/server/index.js";
import {
  blocks,
  type Block,
  type BlockContext,
  type BlockName,
} from "../blocks/index.ts";

type AstroComponent = ReturnType<typeof createComponent>;

const NO_FILES: BlockContext = {
  picture: () => undefined,
  document: () => undefined,
};

/**
 * Makes a component of every block.
 *
 * @param context where the page's pictures and documents are found; by default it has none
 */
export const astroBlocks = (
  context: BlockContext = NO_FILES,
): Record<BlockName, AstroComponent> =>
  Object.fromEntries(
    Object.values<Block>(blocks).map((block) => [
      block.name,
      createComponent(async (result, attributes, slots) => {
        const inner = await renderSlotToString(result, slots.default);
        const props = block.props.parse(attributes);
        const html = block.render(props, innerOf(block, inner), context);
        return render`${unescapeHTML(html)}`;
      }),
    ]),
  ) as Record<BlockName, AstroComponent>;

const FLOW =
  /<(?:aside|blockquote|div|dl|figure|h[1-6]|hr|ol|p|pre|section|table|ul)\b/;

/** What stands between a block's tags, in the form its `inner` asks for: Markdown may have put a paragraph around it. */
function innerOf({ inner: kind }: Block, html: string): string {
  const inner = html.trim();
  switch (kind) {
    case "none":
      return "";
    case "text":
      return inner.replace(/<\/?p>/g, "").trim();
    case "blocks":
      return inner.replace(/>\s+</g, "><");
    case "flow":
      return FLOW.test(inner) ? inner : `<p>${inner}</p>`;
  }
}
