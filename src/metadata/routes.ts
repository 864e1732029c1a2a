/** Routes for Astro of files that machines ask for: sitemaps, and whom to tell of a weakness. */
import type { APIRoute } from "astro";
import { readSettings } from "../loader/settings.ts";
import { library } from "../stories/collections.ts";
import { digest } from "../stories/digest.ts";
import { securityTxt } from "./security.ts";
import {
  NEWS_SITEMAP,
  SITEMAP_INDEX,
  newsSitemap,
  sitemapIndex,
  sitemapsOf,
} from "./sitemaps.ts";

/** A file, and a key that changes exactly when its text does. */
interface FileRoute {
  params: { name: string };
  props: { text: string };
  cacheKey: string;
}

const fileRoute = (name: string, text: string): FileRoute => ({
  params: { name },
  props: { text },
  cacheKey: digest(text),
});

/** The index of sitemaps and the news: parameter `name`. */
export async function indexRoutes(): Promise<FileRoute[]> {
  if (readSettings().onlyPages) return [];
  const shelf = await library();
  return [
    fileRoute(SITEMAP_INDEX, sitemapIndex(sitemapsOf(shelf))),
    fileRoute(NEWS_SITEMAP, newsSitemap(shelf)),
  ];
}

/** The sitemaps of pages: parameter `name`. */
export async function sitemapRoutes(): Promise<FileRoute[]> {
  if (readSettings().onlyPages) return [];
  return sitemapsOf(await library()).map(({ name, xml }) =>
    fileRoute(name, xml),
  );
}

/** `security.txt`, where there is somebody to write to: parameter `name`. */
export async function securityRoutes(): Promise<FileRoute[]> {
  const text = securityTxt(await library());
  return text ? [fileRoute("security", text)] : [];
}

/** Answers with a file. */
export const fileAnswer =
  (type: string): APIRoute<FileRoute["props"]> =>
  ({ props }) =>
    new Response(props.text, {
      headers: { "content-type": `${type}; charset=utf-8` },
    });
