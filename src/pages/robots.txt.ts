import type { APIRoute } from "astro";

/** Engines may read every page; the pages themselves say which are not to be listed. */
export const GET: APIRoute = () => new Response("User-agent: *\nAllow: /\n");
