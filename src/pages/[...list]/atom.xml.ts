import { feedAnswer, feedRoutes } from "../../feeds/routes.ts";

export const getStaticPaths = () => feedRoutes();
export const GET = feedAnswer("atom");
