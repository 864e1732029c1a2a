import { fileAnswer, sitemapRoutes } from "../../metadata/routes.ts";

export const getStaticPaths = sitemapRoutes;
export const GET = fileAnswer("application/xml");
