/**
 * What the desk asks of a browser, around Decap's own requests: who is writing, and which version of an entry
 * is being changed. Without the latter a second editor would overwrite the first. Runs in the browser.
 */

export interface Writer {
  name: string;
  mail: string;
}

type Fetch = typeof globalThis.fetch;

interface Sent {
  action: string;
  params: Record<string, unknown> & {
    dataFiles?: { path: string; slug: string }[];
    options?: { collectionName?: string };
  };
}

/**
 * Wraps `fetch` for one page: what it has been shown of an entry, it has seen.
 *
 * @param fetch the browser's own
 * @param address the desk's, as Decap's `proxy_url`; requests to others pass as they are
 * @param writer who is writing, asked anew for each request
 */
export function deskFetch(
  fetch: Fetch,
  address: string,
  writer: () => Writer,
): Fetch {
  const versions = new Map<string, string | null>();
  return async (input, init) => {
    if (input !== address || typeof init?.body !== "string")
      return fetch(input, init);
    const sent = JSON.parse(init.body) as Sent;
    const keys = keysOf(sent);
    const known = keys.find((key) => versions.has(key));
    const seen = known === undefined ? undefined : versions.get(known);
    const { name, mail } = writer();
    const headers = new Headers(init.headers);
    headers.set("x-editor-name", encodeURIComponent(name));
    headers.set("x-editor-mail", encodeURIComponent(mail));
    const body = JSON.stringify({
      ...sent,
      params: { ...sent.params, ...(CHANGES.has(sent.action) ? { seen } : {}) },
    });
    const response = await fetch(input, { ...init, headers, body });
    if (response.ok && SHOWS.has(sent.action))
      remember(versions, keys, await response.clone().json());
    return response;
  };
}

/** Actions that change an entry, and those whose answer tells its version. */
const CHANGES = new Set([
  "persistEntry",
  "updateUnpublishedEntryStatus",
  "publishUnpublishedEntry",
  "deleteUnpublishedEntry",
  "returnEntry",
  "keepMine",
  "deleteFile",
  "deleteFiles",
]);
const SHOWS = new Set(["getEntry", "unpublishedEntry", "persistEntry"]);

/** What an entry is known by: its file, its draft. */
function keysOf({ params }: Sent): string[] {
  const { path, paths, id, collection, slug, dataFiles, options } = params;
  const name =
    id ?? (collection === undefined ? undefined : `${collection}/${slug}`);
  return [
    path,
    name,
    ...(Array.isArray(paths) ? paths : []),
    ...(dataFiles ?? []).flatMap((file) => [
      file.path,
      `${options?.collectionName}/${file.slug}`,
    ]),
  ].filter((key) => typeof key === "string");
}

function remember(
  versions: Map<string, string | null>,
  keys: readonly string[],
  answer: { version?: string | null; diffs?: { path: string }[] } | null,
): void {
  const { version, diffs = [] } = answer ?? {};
  if (version === undefined) return;
  for (const key of [...keys, ...diffs.map(({ path }) => path)])
    versions.set(key, version);
}
