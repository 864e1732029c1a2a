import type { APIRoute } from "astro";
import { oembedRoutes, type OembedRoute } from "../../embeds/oembed.ts";

export const getStaticPaths = oembedRoutes;

export const GET: APIRoute<OembedRoute["props"]> = ({ props }) =>
  Response.json(props.answer);
