import type { APIRoute, InferGetStaticPropsType } from "astro";
import { writeCsv } from "../../../api/csv.ts";
import { tableRoutes } from "../../../api/routes.ts";

export const getStaticPaths = () => tableRoutes();
type Props = InferGetStaticPropsType<typeof getStaticPaths>;
export const GET: APIRoute<Props> = ({ props }) =>
  new Response(writeCsv(props.rows), {
    headers: { "content-type": "text/csv; charset=utf-8" },
  });
