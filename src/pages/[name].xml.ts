import { fileAnswer, indexRoutes } from "../metadata/routes.ts";

export const getStaticPaths = indexRoutes;
export const GET = fileAnswer("application/xml");
