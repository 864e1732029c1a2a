/**
 * The preview's own process: `fork("process.ts", [<settings as JSON>])`, then a request a message. Apart from
 * the desk, for a text is parsed and rendered here that nobody has judged yet: whatever it does, the desk goes on.
 */
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { previewPolicy, SAVE_DATA } from "../layouts/policy.ts";
import type { Unsaved } from "../loader/attached.ts";
import { saveBody } from "../loader/bodies.ts";
import { ENTRIES_FILE } from "../loader/cache.ts";
import { loadContent } from "../loader/content.ts";
import { sha256 } from "../loader/digest.ts";
import { publishedText } from "../judge/entry.ts";
import { handedForm, readEntry, type Entry } from "../loader/entry.ts";
import { placeOf, type EntryFile } from "../loader/files.ts";
import type { Settings } from "../loader/settings.ts";
import { STORY_KINDS, type KindName, type StoryKind } from "../schema/kinds.ts";
import { buildMoment } from "../stories/clock.ts";
import { itemOf, type Item } from "../stories/library.ts";
import { stateAt } from "../stories/state.ts";
import type { Page } from "./page.ts";
import type { Message } from "./preview.ts";
import {
  unsavedPicture,
  type PreviewAnswer,
  type PreviewRequest,
} from "./protocol.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const settings = JSON.parse(process.argv[2]!) as Settings;

/** The page's code reads bodies from the cache it is told of: here they are the preview's own, and go with it. */
const bodies = mkdtempSync(path.join(tmpdir(), "guong-sang-preview-"));
process.on("exit", () => rmSync(bodies, { recursive: true, force: true }));
process.env.CACHE_DIR = bodies;

const { pageOf } = (await import(
  pathToFileURL(path.join(await bundle(), "page.mjs")).href
)) as typeof import("./page.ts");

/** The bundle of the code as it is: below the project, where it finds its packages; made when it is not there. */
async function bundle(): Promise<string> {
  const src = path.join(ROOT, "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|astro)$/.test(name))
    .map((name) => path.join(src, name));
  const version = sha256(
    [
      ...[...files, path.join(ROOT, "package.json")]
        .sort()
        .map((file) => sha256(readFileSync(file))),
      process.version,
      settings.siteUrl,
      settings.base,
    ].join(),
  );
  const shelf = path.join(ROOT, ".astro", "preview");
  const folder = path.join(shelf, version);
  if (existsSync(folder)) return folder;
  clear(shelf);
  await promisify(execFile)(
    process.execPath,
    [path.join(import.meta.dirname, "bundle.ts"), folder],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        SITE_URL: settings.siteUrl,
        BASE_PATH: settings.base,
      },
    },
  );
  return folder;
}

/** Removes the bundles of code of old. One that is in use is in memory, whole. */
function clear(shelf: string): void {
  const aWeekAgo = Date.now() - 7 * 24 * 3600_000;
  for (const name of existsSync(shelf) ? readdirSync(shelf) : []) {
    const old = path.join(shelf, name);
    if (statSync(old).mtimeMs < aWeekAgo)
      rmSync(old, { recursive: true, force: true });
  }
}

/** The site as it is published: every entry as pages know it. */
interface Site {
  /** Tells one reading of the content from the next. */
  stamp: string;
  items: Map<KindName, Item[]>;
}

let known: Site | undefined;

/** Read again when a build has read content that had changed. */
async function site(): Promise<Site> {
  const record = path.join(settings.cacheDir, ENTRIES_FILE);
  const status = statSync(record, { throwIfNoEntry: false });
  const stamp = `${status?.mtimeMs} ${status?.size}`;
  if (known && (!status || known.stamp === stamp)) return known;
  const { entries } = await loadContent(settings, { keep: false });
  known = {
    stamp,
    items: Map.groupBy(entries.map(shownItem), ({ kind }) => kind),
  };
  return known;
}

/** Links to the site's styles, as the build has put them into a page like this one. */
function stylesOf(addresses: string[]): string {
  const file = addresses
    .map((address) => path.join(settings.outDir, address, "index.html"))
    .find((candidate) => existsSync(candidate));
  const links = file && readFileSync(file, "utf8").match(STYLES);
  return links ? links.join("") : "";
}

const STYLES = /<link rel="stylesheet" [^>]*>/g;

const shownItem = (entry: Entry): Item =>
  itemOf(entry.kind, entry.id, handedForm(entry));

/** Reads an entry as the site would, and makes its page. */
async function preview(request: PreviewRequest): Promise<PreviewAnswer> {
  const file = request.path;
  const { kind, id } = placeOf(file)!;
  const now = buildMoment();
  const unsaved = unsavedOf(request);
  const source: EntryFile = {
    kind,
    id,
    file,
    beside: [
      ...new Set([
        ...besideOnDisk(file),
        ...Object.keys({ ...unsaved.pictures, ...unsaved.documents }),
      ]),
    ],
  };
  const { findings, entry, html } = await readEntry(
    source,
    Buffer.from(publishedText({ kind, file }, request.text, now)),
    settings,
    unsaved,
  );
  if (!entry) return { findings };
  const { items } = await site();
  const item = shownItem(entry);
  const shown = { ...item, data: asPublished(item, now) } as Item;
  if (entry.body) saveBody(bodies, entry.body.digest, html!);
  try {
    const page = await pageOf(
      <K extends KindName>(wanted: K) =>
        [
          ...(items.get(wanted) ?? []).filter(
            (other) => wanted !== kind || other.id !== id,
          ),
          ...(wanted === kind ? [shown] : []),
        ] as Item<K>[],
      { kind, id },
      now,
    );
    return { findings, ...(page ? { html: framed(page) } : {}) };
  } finally {
    rmSync(path.join(bodies, "bodies"), { recursive: true, force: true });
  }
}

/** What lies in the entry's folder here; nothing for a draft, which no disk has. */
function besideOnDisk(file: string): string[] {
  if (!file.endsWith(".mdx")) return [];
  const folder = path.join(settings.contentDir, path.dirname(file));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isFile() && item.name !== "index.mdx")
    .map(({ name }) => name);
}

const unsavedOf = ({
  pictures = {},
  documents = {},
}: PreviewRequest): Unsaved => ({
  pictures: mapped(pictures, (size, name) => unsavedPicture(name, size)),
  documents: mapped(documents, (bytes) => ({ hash: "", bytes })),
});

const mapped = <From, To>(
  named: Record<string, From>,
  to: (value: From, name: string) => To,
): Record<string, To> =>
  Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name, to(value, name)]),
  );

/** A draft, what waits for its hour and what is gone are shown as if they were published now. */
function asPublished({ kind, data }: Item, now: Date): Item["data"] {
  if (kind === "documents") return { ...data, verified: true } as Item["data"];
  if (!(STORY_KINDS as readonly KindName[]).includes(kind)) return data;
  const story = data as Item<StoryKind>["data"];
  if (stateAt(story, now) === "published") return data;
  const { publishedAt } = story;
  const hasCome = publishedAt && Date.parse(publishedAt) <= now.getTime();
  return {
    ...story,
    status: "published",
    publishedAt: hasCome ? publishedAt : now.toISOString(),
    embargoUntil: undefined,
    expiresAt: undefined,
    withdrawal: undefined,
  } as Item["data"];
}

/** With the site's styles, and nothing that could run. */
const framed = ({ html, alike }: Page): string =>
  html
    .replace(POLICY, previewPolicy)
    .replace(`<script>${SAVE_DATA}</script>`, "")
    .replace(DATA_SCRIPT, "")
    .replace(PAGE_SCRIPT, "")
    .replace(END_OF_HEAD, (end) => `${stylesOf(alike)}${end}`);

/**
 * The head's real end. Words of editors stand in attributes before it, where `<` is no tag; but no quote stands
 * in them as itself.
 */
const END_OF_HEAD = /(?<=<meta name="color-scheme" content="[^"]*">)<\/head>/;

/** What every page loads. No quote stands as itself in what editors write. */
const PAGE_SCRIPT = /<script type="module" src="[^"]*"><\/script>/;
/** What the page tells engines of itself. */
const DATA_SCRIPT = /<script type="application\/ld\+json">[^<]*<\/script>/;

/** In the head, before any word of an editor's. */
const POLICY = /(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*/;

const tell = (message: Message): void => {
  if (process.connected) process.send!(message);
};
process.on("message", (request: PreviewRequest) => {
  preview(request).then(
    (answer) => tell({ answer }),
    (thrown: unknown) => tell({ failed: String(thrown) }),
  );
});
// The desk has ended, in whatever way.
process.on("disconnect", () => process.exit());
tell({ ready: true });
