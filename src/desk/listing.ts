/**
 * What lists show of entries: their fields, without their texts. A file's content never changes under git's
 * identifier of it, so each is read once.
 */
import { setImmediate as breathe } from "node:timers/promises";
import { decodeText } from "../judge/text.ts";
import { placeOf } from "../loader/files.ts";
import { kinds } from "../schema/kinds.ts";
import { briefOf, fieldsOf } from "./brief.ts";
import { LISTED, type Brief, type Briefs } from "./room.ts";
import type { Store, StoredFile } from "./store.ts";

interface Listed {
  /** `LISTED`, and the fields as JSON. */
  text: string;
  brief: Omit<Brief, "id">;
}

const known = new Map<string, Listed>();
/** How many are remembered before all are forgotten. */
const MOST = 50_000;
/** How many are read before others have their turn. */
const AT_ONCE = 100;

/** What stands in lists for these files' texts, in their order. */
export const listed = async (
  store: Store,
  files: readonly StoredFile[],
): Promise<string[]> => (await readAll(store, files)).map(({ text }) => text);

/** Every published entry of every kind, as the choices of a form name it. */
export async function briefs(store: Store): Promise<Briefs> {
  const found = (await store.list("")).flatMap((file) => {
    const place = placeOf(file.path);
    const isEntry = place && [undefined, "index.mdx"].includes(place.rest);
    return isEntry && kinds[place.kind].layout !== "single"
      ? [{ ...place, ...file }]
      : [];
  });
  const read = await readAll(store, found);
  const all: Briefs = {};
  for (const [at, { kind, id }] of found.entries())
    (all[kind] ??= []).push({ id, ...read[at]!.brief });
  return all;
}

async function readAll(
  store: Store,
  files: readonly StoredFile[],
): Promise<Listed[]> {
  if (known.size > MOST) known.clear();
  const missing = files.filter(({ oid }) => !known.has(oid));
  const fresh = new Map<string, Listed>();
  for (const [at, bytes] of (await store.read(missing)).entries()) {
    const { oid, path } = missing[at]!;
    fresh.set(oid, read(bytes, path));
    if (at % AT_ONCE === 0) await breathe();
  }
  const all = files.map(({ oid }) => known.get(oid) ?? fresh.get(oid));
  for (const [oid, one] of fresh) known.set(oid, one);
  // Forgotten while these were read: once more.
  return all.includes(undefined) ? readAll(store, files) : (all as Listed[]);
}

function read(bytes: Buffer, file: string): Listed {
  const fields = fieldsOf(decodeText(bytes).text ?? "", file);
  return { text: LISTED + JSON.stringify(fields), brief: briefOf(fields) };
}
