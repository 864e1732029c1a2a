/** The room that tells who did what, the last first, a page at a time. */
import { placeOf } from "../loader/files.ts";
import { hasBody, isSetting, placeIn, type KindName } from "../schema/kinds.ts";
import { Refusal } from "./guard.ts";
import type { Told } from "./journal.ts";
import { json, type Room } from "./room.ts";
import type { Store } from "./store.ts";

/** A deed as the page shows it. */
export interface LogLine extends Omit<Told, "entry"> {
  /** Where its entry is opened, below the CMS; nothing where who asks may not. */
  place?: string;
}

export interface LogPage {
  lines: LogLine[];
  /** Whether there are older ones: those before the last line's `id`. */
  hasMore: boolean;
}

const PAGE = 50;

/** Makes the room: `?before=<id>` for what came before a line. */
export const logRoom = (store: Store | string): Room => ({
  method: "GET",
  answer: async ({ query, known }) => {
    if (typeof store === "string") throw new Refusal(503, store);
    const told = await store.log(PAGE + 1, query.get("before") ?? undefined);
    const mayOpen = (kind: KindName) =>
      known?.role !== "editor" || !isSetting(kind);
    const page: LogPage = {
      lines: told.slice(0, PAGE).map((one) => lineOf(one, mayOpen)),
      hasMore: told.length > PAGE,
    };
    return json(page);
  },
});

function lineOf(
  { entry, ...told }: Told,
  mayOpen: (kind: KindName) => boolean,
): LogLine {
  const kind = placeOf(entry)?.kind ?? placeOf(`${entry}/index.mdx`)?.kind;
  const file = kind && hasBody(kind) ? `${entry}/index.mdx` : entry;
  return {
    ...told,
    ...(kind && mayOpen(kind) ? { place: placeIn(kind, file) } : {}),
  };
}
