/** oEmbed answers, one a page, as a static host can give them: type `rich`, in the form that WordPress keeps. */
import { markup } from "../blocks/html.ts";
import { readSettings } from "../loader/settings.ts";
import { unmarked } from "../schema/slug.ts";
import { canonical } from "../stories/address.ts";
import { library } from "../stories/collections.ts";
import { digest } from "../stories/digest.ts";
import { chromeOf, storyView, campaignView } from "../stories/views.ts";
import type { Library } from "../stories/library.ts";
import type { ShareView } from "../stories/share.ts";
import { listEmbed, oembedOf, storyEmbed, type Count } from "./address.ts";
import { frameHeight } from "./height.ts";
import { embeddableLists, listEmbeds, storyEmbeds } from "./views.ts";

/** What an answer says. */
export interface Oembed {
  version: "1.0";
  type: "rich";
  /** In ASCII: WordPress makes a class name of it. */
  provider_name: string;
  provider_url: string;
  title: string;
  author_name: string;
  author_url: string;
  /** Seconds. */
  cache_age: number;
  thumbnail_url: string;
  thumbnail_width: number;
  thumbnail_height: number;
  width: number;
  height: number;
  html: string;
}

export interface OembedRoute {
  params: { page: string };
  props: { answer: Oembed };
  cacheKey: string;
}

/** What becomes an answer. */
interface Answered {
  /** The page's own address. */
  path: string;
  title: string;
  author: string;
  share: ShareView;
  /** The address of the view that is shown in its place. */
  embed: string;
  height: number;
}

const WIDTH = 600;
const DAY = 86_400;
/** WordPress lets no frame be higher than 1,000 pixels: more stories would be cut off on phones. */
const LISTED: Count = 3;

/** The answers for the front page, every list that can be embedded, and every story: parameter `page`. */
export async function oembedRoutes(): Promise<OembedRoute[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  const { site } = shelf;
  const provider =
    unmarked(site.name)
      .replace(/[^ -~]/g, "")
      .trim() || "Guong sang";
  return [...listsOf(shelf), ...storiesOf(shelf)].map((answered) => {
    const answer = answerOf(answered, provider);
    return {
      params: {
        page: oembedOf(answered.path).slice("/oembed/".length, -".json".length),
      },
      props: { answer },
      cacheKey: digest(answer),
    };
  });
}

function listsOf(shelf: Library): Answered[] {
  const { site, share } = chromeOf(shelf);
  const shares = new Map(
    shelf.campaigns.map((campaign) => [
      campaign.address,
      campaignView(campaign, shelf).share,
    ]),
  );
  return embeddableLists(shelf).map((embeddable) => {
    const { list, path, title } = embeddable;
    return {
      path,
      title: path === "/" ? site.name : title,
      author: site.name,
      share: shares.get(path) ?? share,
      embed: listEmbed(list, LISTED),
      height: frameHeight(listEmbeds(embeddable, shelf).get(LISTED)!, WIDTH),
    };
  });
}

const storiesOf = (shelf: Library): Answered[] =>
  shelf.stories.map((story) => {
    const { share, unit } = storyView(story, shelf);
    return {
      path: story.address,
      title: story.data.title,
      author: story.data.byline ?? unit ?? shelf.site.name,
      share,
      embed: storyEmbed(story.address),
      height: frameHeight(storyEmbeds(story, shelf).card, WIDTH),
    };
  });

function answerOf(
  { path, title, author, share, embed, height }: Answered,
  provider: string,
): Oembed {
  const page = canonical(path);
  // Before the frame, what WordPress shows until it is there, and loads its own script for.
  const { html } =
    markup`<blockquote class="wp-embedded-content"><a href="${page}">${title}</a></blockquote><iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" title="${title}" src="${canonical(embed)}" width="100%" height="${height}" frameborder="0" marginwidth="0" marginheight="0"></iframe>`;
  return {
    version: "1.0",
    type: "rich",
    provider_name: provider,
    provider_url: canonical("/"),
    title,
    author_name: author,
    author_url: page,
    cache_age: DAY,
    thumbnail_url: share.href,
    thumbnail_width: 1200,
    thumbnail_height: 630,
    width: WIDTH,
    height,
    html,
  };
}
