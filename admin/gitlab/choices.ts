/** What forms choose among, read from GitLab: each file once, as Decap keeps what it read by git's identifier of it. */
import { briefOf, fieldsOf } from "../../src/desk/brief.ts";
import type { Brief, Briefs } from "../../src/desk/room.ts";
import { kinds, type KindName, type Layout } from "../../src/schema/kinds.ts";
import { CONTENT } from "../furnish.ts";
import type { GitLabBackend } from "./backend.ts";

/** How deep below its kind's folder an entry's file lies, and its ending. */
const LAYOUTS: Record<Exclude<Layout, "single">, [number, string]> = {
  story: [3, "mdx"],
  folder: [2, "mdx"],
  yearly: [2, "yaml"],
  data: [1, "yaml"],
};

/** Every published entry of every kind. */
export const choicesIn = async (backend: GitLabBackend): Promise<Briefs> =>
  Object.fromEntries(
    await Promise.all(
      (Object.keys(kinds) as KindName[]).map(async (kind) => [
        kind,
        await briefsOf(backend, kind),
      ]),
    ),
  ) as Briefs;

async function briefsOf(
  backend: GitLabBackend,
  kind: KindName,
): Promise<Brief[]> {
  const { folder, layout } = kinds[kind];
  if (layout === "single") return [];
  const [depth, extension] = LAYOUTS[layout];
  const files = await backend.allEntriesByFolder(
    `${CONTENT}/${folder}`,
    extension,
    depth,
  );
  return files.map(({ file: { path }, data }) => ({
    id: idOf(path),
    ...briefOf(fieldsOf(data, path)),
  }));
}

/** Its folder's name, or its file's: `models/2026/htx-thu/index.mdx`, `taxonomy/communes/xa-thu.yaml`. */
const idOf = (path: string): string =>
  path.replace(/(?:\/index\.mdx|\.yaml)$/, "").replace(/^.*\//, "");
