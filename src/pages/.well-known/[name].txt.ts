import { fileAnswer, securityRoutes } from "../../metadata/routes.ts";

export const getStaticPaths = securityRoutes;
export const GET = fileAnswer("text/plain");
