/** Routes of the embeddable views, for Astro: their addresses are `src/embeds/address.ts`'s. */
import { readSettings } from "../loader/settings.ts";
import { library } from "../stories/collections.ts";
import { digest } from "../stories/digest.ts";
import {
  EMBEDS,
  FORMS,
  THEMES,
  listEmbed,
  searchEmbed,
  storyEmbed,
  type Form,
  type Theme,
} from "./address.ts";
import {
  embeddableLists,
  frameOf,
  goneEmbed,
  listEmbeds,
  searchEmbedView,
  storyEmbeds,
  type EmbedFrame,
  type EmbedView,
  type TextEmbed,
} from "./views.ts";

export interface EmbedRoute<View extends EmbedView = EmbedView> {
  params: { view: string };
  props: { view: View; theme: Theme; frame: EmbedFrame };
  /** As a page's (src/stories/routes.ts). */
  cacheKey: string;
}

const EVERY_THEME = Object.keys(THEMES) as Theme[];
const EVERY_FORM = Object.keys(FORMS) as Form[];

/**
 * One view at its address, in every theme.
 *
 * @param at its address, by the theme
 * @param above what the route stands below
 */
function inThemes<View extends EmbedView>(
  view: View,
  at: (theme: Theme) => string,
  frame: EmbedFrame,
  above: string = EMBEDS,
): EmbedRoute<View>[] {
  const key = digest([view, frame]);
  return EVERY_THEME.map((theme) => ({
    params: { view: at(theme).slice(above.length, -1) },
    props: { view, theme, frame },
    cacheKey: `${key}${theme}`,
  }));
}

/** Lists, cards, figures, the search box, and notices: parameter `view`, below `/nhung/`. */
export async function embedRoutes(): Promise<EmbedRoute[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  const frame = frameOf(shelf);
  return [
    ...embeddableLists(shelf).flatMap((list) =>
      [...listEmbeds(list, shelf)].flatMap(([count, view]) =>
        inThemes(view, (theme) => listEmbed(list.list, count, theme), frame),
      ),
    ),
    ...inThemes(searchEmbedView(), searchEmbed, frame),
    ...shelf.stories.flatMap((story) => {
      const { card, figures } = storyEmbeds(story, shelf);
      return everyAddress(story).flatMap((address) => [
        ...inThemes(card, (theme) => storyEmbed(address, "card", theme), frame),
        ...(figures
          ? inThemes(
              figures,
              (theme) => storyEmbed(address, "figures", theme),
              frame,
            )
          : []),
      ]);
    }),
    ...shelf.gone.flatMap((story) =>
      EVERY_FORM.flatMap((form) =>
        inThemes(
          goneEmbed(story),
          (theme) => storyEmbed(story.address, form, theme),
          frame,
        ),
      ),
    ),
  ];
}

/** Texts in full, which have more styles than the rest: parameter `view`, below `/nhung/bai/`. */
export async function textRoutes(): Promise<EmbedRoute<TextEmbed>[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  const frame = frameOf(shelf);
  return shelf.stories.flatMap((story) =>
    everyAddress(story).flatMap((address) =>
      inThemes(
        storyEmbeds(story, shelf).text,
        (theme) => storyEmbed(address, "text", theme),
        frame,
        `${EMBEDS}bai/`,
      ),
    ),
  );
}

/** Where a story is and once was: frames that others made still lead to the old addresses. */
const everyAddress = ({
  address,
  data,
}: {
  address: string;
  data: { oldAddresses: string[] };
}): string[] => [address, ...data.oldAddresses];
