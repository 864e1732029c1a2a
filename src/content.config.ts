import { defineCollection } from "astro:content";
import { contentLoader } from "./loader/astro.ts";
import { kinds, type KindName } from "./schema/kinds.ts";

/** One collection a kind. The loader has checked the data, so Astro is given no schema to check it by again. */
const collection = (kind: KindName) =>
  defineCollection({ loader: contentLoader(kind) });

export const collections = Object.fromEntries(
  (Object.keys(kinds) as KindName[]).map((kind) => [kind, collection(kind)]),
) as Record<KindName, ReturnType<typeof collection>>;
