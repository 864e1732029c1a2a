import type { APIRoute } from "astro";
import { NEWS_SITEMAP, SITEMAP_INDEX } from "../metadata/sitemaps.ts";
import { canonical, href } from "../stories/address.ts";
import { library } from "../stories/collections.ts";

/**
 * Engines may read every page: the pages themselves say which are not to be listed. Sitemaps are announced once the
 * site is official; until then no page of it is to be listed.
 */
export const GET: APIRoute = async () => {
  const { site } = await library();
  return new Response(
    [
      "User-agent: *",
      "Allow: /",
      `Disallow: ${href("/admin/")}`,
      ...(site.official
        ? [
            "",
            ...[SITEMAP_INDEX, NEWS_SITEMAP].map(
              (name) => `Sitemap: ${canonical(`/${name}.xml`)}`,
            ),
          ]
        : []),
      "",
    ].join("\n"),
  );
};
