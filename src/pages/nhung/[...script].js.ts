import type { APIRoute, GetStaticPaths } from "astro";
import { EMBEDS } from "../../embeds/address.ts";
import { scripts } from "../../embeds/scripts.ts";

export const getStaticPaths = (() =>
  Object.entries(scripts).map(([address, code]) => ({
    params: { script: address.slice(EMBEDS.length, -".js".length) },
    props: { code },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ code: string }> = ({ props }) =>
  new Response(props.code, {
    headers: { "content-type": "text/javascript; charset=utf-8" },
  });
