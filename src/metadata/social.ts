/** What Facebook, Zalo and other places read that show a link as a card (Open Graph). Pure. */
import { SHARE_HEIGHT, SHARE_WIDTH } from "../share/picture.ts";
import type { Published } from "../schema/kinds.ts";
import { canonical } from "../stories/address.ts";
import type { ShareView } from "../stories/share.ts";
import { timesOf } from "../stories/times.ts";
import type { StoryView } from "../stories/views.ts";
import type { Meta } from "./head.ts";

const metas = (said: readonly [string, string | undefined][]): Meta[] =>
  said.flatMap(([property, content]) =>
    content ? [{ property, content }] : [],
  );

/**
 * A page's card.
 *
 * @param said its heading and a few words on it
 * @param story what the page tells, if it is a story
 */
export const cardMetas = (
  said: { path: string; title: string; description: string },
  share: ShareView,
  site: Published<"site">,
  story?: StoryView,
): Meta[] => [
  ...metas([
    ["og:url", canonical(said.path)],
    ["og:type", story ? "article" : "website"],
    ["og:site_name", site.name],
    ["og:locale", "vi_VN"],
    ["og:title", said.title],
    ["og:description", said.description],
    ["og:image", share.href],
    [
      "og:image:secure_url",
      share.href.startsWith("https:") ? share.href : undefined,
    ],
    ["og:image:type", "image/png"],
    ["og:image:width", String(SHARE_WIDTH)],
    ["og:image:height", String(SHARE_HEIGHT)],
    ["og:image:alt", share.alt],
  ]),
  ...(story ? articleMetas(story) : []),
  { name: "twitter:card", content: "summary_large_image" },
];

function articleMetas(view: StoryView): Meta[] {
  const { crumbs, terms } = view;
  const { published, updated } = timesOf(view);
  return metas([
    ["article:published_time", published],
    ["article:modified_time", updated],
    ["article:section", crumbs[0]?.text],
    ...terms.flatMap(({ links }) =>
      links.map(({ text: name }): [string, string] => ["article:tag", name]),
    ),
  ]);
}
