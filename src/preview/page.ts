/**
 * One entry's page, made by the site's own components from the site's own views. Bundled (bundle.ts) and run
 * by the preview's process: Node alone does not know components.
 */
import { experimental_AstroContainer as AstroContainer } from "astro/container";
import AboutPage from "../components/AboutPage.astro";
import CampaignPage from "../components/CampaignPage.astro";
import DocumentPage from "../components/DocumentPage.astro";
import StoryPage from "../components/StoryPage.astro";
import type { KindName } from "../schema/kinds.ts";
import { openAlbum } from "../share/picture.ts";
import { libraryOf, type ItemsOf } from "../stories/library.ts";
import {
  campaignView,
  chromeOf,
  entryView,
  storyView,
} from "../stories/views.ts";

export interface Page {
  /** The whole page, without links to styles: a container knows of none. */
  html: string;
  /** Addresses of entries whose pages have the same styles, this one's first. */
  alike: string[];
}

/**
 * Makes the page of one of the entries.
 *
 * @param items every entry of the site, the one to show among them
 * @param now the moment at which the page is shown
 * @returns nothing for an entry that has no page of its own
 */
export async function pageOf(
  items: ItemsOf,
  { kind, id }: { kind: KindName; id: string },
  now: Date,
): Promise<Page | undefined> {
  // Pictures of the page for those who share it are named, and none is drawn.
  openAlbum("preview");
  const library = libraryOf(items, now);
  const chrome = chromeOf(library);
  const { stories, campaigns, documents, pages } = library;
  const show = async (
    item: { address: string },
    component: Component,
    view: object,
  ) => ({
    html: await render(component, { view, chrome }),
    alike: [item, ...stories, ...campaigns, ...documents, ...pages].map(
      ({ address }) => address,
    ),
  });
  const isIt = (item: { kind: KindName; id: string }) =>
    item.kind === kind && item.id === id;
  const story = stories.find(isIt);
  if (story) return show(story, StoryPage, storyView(story, library));
  const campaign = campaigns.find(isIt);
  if (campaign)
    return show(campaign, CampaignPage, campaignView(campaign, library));
  const document = documents.find(isIt);
  if (document) return show(document, DocumentPage, entryView(document));
  const page = pages.find(isIt);
  return page && show(page, AboutPage, entryView(page));
}

type Component = Parameters<AstroContainer["renderToString"]>[0];

async function render(component: Component, props: object): Promise<string> {
  // A container keeps whatever it has shown.
  const container = await AstroContainer.create();
  return container.renderToString(component, {
    props: { ...props },
    partial: false,
  });
}
