import type { APIRoute, InferGetStaticPropsType } from "astro";
import { apiRoutes, writeAnswer } from "../../../api/routes.ts";

export const getStaticPaths = () => apiRoutes();
type Props = InferGetStaticPropsType<typeof getStaticPaths>;
export const GET: APIRoute<Props> = ({ props }) =>
  new Response(writeAnswer(props.answer), {
    headers: { "content-type": "application/json; charset=utf-8" },
  });
