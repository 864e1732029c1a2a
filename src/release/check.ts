/**
 * Looks at a release before anybody is shown it: that its links lead somewhere, feeds can be read, search finds what
 * is out, and nothing that is kept from readers is in it. Looks only at what has changed since the release before,
 * which has passed.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { HIDEABLE_FOLDERS, type Hidden, type Sample } from "../build/hidden.ts";
import { EMBEDS } from "../embeds/address.ts";
import { HOSTING } from "../hosting/headers.ts";
import { releaseText as text } from "../i18n/release.ts";
import { listFiles } from "../loader/files.ts";
import type { Settings } from "../loader/settings.ts";
import { MEDIA_FOLDER } from "../media/picture.ts";
import { Search, type Hit } from "../search/engine.ts";
import { openIndex, type Manifest } from "../search/index.ts";
import { linksIn } from "./links.ts";
import type { Checked } from "./place.ts";
import { Trouble } from "./trouble.ts";

/** What is to be looked at. */
export interface Candidate {
  settings: Settings;
  /** Absolute path of the release. */
  folder: string;
  /** Its files, with sizes and times. */
  files: ReadonlyMap<string, string>;
  changed: readonly string[];
  hidden: readonly Hidden[];
  /** What was kept from readers in the release before already. */
  hiddenBefore: ReadonlySet<string>;
  samples: readonly Sample[];
  /** Of the program. */
  version: string;
}

/** Something that is wrong. */
interface Finding {
  message: string;
  /** The address that should not be there, or leads nowhere: an editor may have written it. */
  address?: string;
}

/** A release that must not be shown. */
export class CheckFailed extends Trouble {
  constructor(findings: readonly Finding[]) {
    const most = 5;
    const messages = findings.map(({ message }) => message);
    super(
      text.checksFailed(
        messages.slice(0, most),
        Math.max(0, messages.length - most),
      ),
    );
  }
}

/**
 * Checks a release.
 *
 * @returns what was looked at; and what is wrong because somebody has written it so, which stops nobody else
 * @throws CheckFailed
 */
export async function checkRelease(
  one: Candidate,
): Promise<{ checked: Checked; warnings: string[] }> {
  const feeds = one.changed.filter((file) => FEEDS.has(path.basename(file)));
  const links = checkLinks(one);
  const search = await checkSearch(one);
  const findings = [
    ...(one.files.has("index.html") ? [] : [{ message: text.noHome }]),
    ...links.findings,
    ...feeds.flatMap((file) => checkFeed(one, file)),
    ...search.findings,
    ...checkHidden(one),
  ];
  const { true: written = [], false: wrong = [] } = Object.groupBy(
    findings,
    ({ address }) =>
      String(address !== undefined && isWritten(one, address)) as
        "true" | "false",
  );
  if (wrong.length > 0) throw new CheckFailed(wrong);
  return {
    checked: {
      pages: links.pages,
      links: links.count,
      feeds: feeds.length,
      search: search.asked,
    },
    warnings: written.map(({ message }) => message),
  };
}

function checkLinks({ settings, folder, files, version }: Candidate) {
  const note = path.join(settings.cacheDir, "links.json");
  const { targets, count } = linksIn(folder, files, settings, note, version);
  const isThere = (target: string) =>
    (target !== "" && files.has(target)) ||
    files.has(path.posix.join(target, "index.html"));
  const findings = [...targets].flatMap(([target, pages]): Finding[] =>
    isThere(target)
      ? []
      : [
          {
            message: text.deadLink(pages[0]!, `/${target}`),
            address: `/${target}`,
          },
        ],
  );
  const pages = [...files.keys()].filter((file) => file.endsWith(".html"));
  return { findings, count, pages: pages.length };
}

const FEEDS = new Map<string, (content: string) => unknown>([
  ["rss.xml", parseRssFeed],
  ["atom.xml", parseAtomFeed],
  ["feed.json", (content) => parseJsonFeed(JSON.parse(content))],
]);

function checkFeed({ folder }: Candidate, file: string): Finding[] {
  try {
    FEEDS.get(path.basename(file))!(
      readFileSync(path.join(folder, file), "utf8"),
    );
    return [];
  } catch (thrown) {
    return [{ message: text.badFeed(file, (thrown as Error).message) }];
  }
}

/** How many results are looked through: others may be called almost the same. */
const AMONG = 20;

/** Looks for stories by their titles. That one is not found may lie in its title; that none is, in the index. */
async function checkSearch({ folder, files, samples }: Candidate) {
  if (samples.length === 0 || !files.has("pagefind/search.json"))
    return { findings: [], asked: false };
  const get = (name: string) => readFile(path.join(folder, "pagefind", name));
  const findings: Finding[] = [];
  try {
    const manifest = (await get("search.json")).toString();
    const index = await openIndex(get, JSON.parse(manifest) as Manifest);
    const search = new Search(index, "");
    for (const { title, address } of samples) {
      const { hits, scattered } = await search.find({ words: title });
      const first = [...hits, ...scattered].slice(0, AMONG);
      const found = await Promise.all(first.map((hit) => hit()));
      const isIt = (hit: Hit) => hit.href === address || hit.title === title;
      if (!found.some(isIt)) findings.push({ message: text.searchLost(title) });
    }
  } catch (thrown) {
    return {
      findings: [{ message: text.searchBroken((thrown as Error).message) }],
      asked: true,
    };
  }
  const isLost = findings.length === samples.length;
  return { findings: isLost ? findings : [], asked: true };
}

/** What stands for a hidden entry in a release's note: while it is there, older files have been looked through. */
export const hiddenKey = ({ address, files }: Hidden): string =>
  [address, ...files].join(" ");

/** Whether a notice stands where an entry was. */
const hasNotice = ({ state }: Hidden): boolean =>
  state === "withdrawn" || state === "expired";

/** Tells of every file of a hidden entry, and of every mention of one. */
function checkHidden(one: Candidate): Finding[] {
  const { files, changed, hidden, hiddenBefore } = one;
  const byAddress = new Map(hidden.map((entry) => [entry.address, entry]));
  const isNew = hidden.some((entry) => !hiddenBefore.has(hiddenKey(entry)));
  const beside = new Map(
    hidden.flatMap((entry) =>
      entry.files.map((file) => [file, entry] as const),
    ),
  );
  const all = [...files.keys()];
  return [
    ...all.flatMap((file) => {
      const owner = ownerOf(file, byAddress) ?? beside.get(besideKey(file));
      return owner && !isNotice(file, owner)
        ? [{ message: text.leakedFile(file, owner.address) }]
        : [];
    }),
    ...(isNew ? all : changed).flatMap((file) =>
      mentions(one, file, byAddress),
    ),
  ];
}

/** An address of an entry that may be hidden, wherever it stands. */
const ADDRESS = new RegExp(
  `/(?:${HIDEABLE_FOLDERS.join("|")})/[a-z0-9-]+(?=[/"'<>\\s?#&,)]|$)`,
  "g",
);

const addressesIn = (words: string): Set<string> =>
  new Set((words.match(ADDRESS) ?? []).map((found) => `${found}/`));

/** The hidden entry below whose address a file lies, or that an embed or a file of the open data shows. */
function ownerOf(
  file: string,
  byAddress: ReadonlyMap<string, Hidden>,
): Hidden | undefined {
  for (const address of addressesIn(`/${file}`)) {
    const entry = byAddress.get(address);
    if (entry) return entry;
  }
  return undefined;
}

/** A picture's address goes on behind its digest, a document's does not. */
const besideKey = (file: string): string =>
  file.startsWith(`${MEDIA_FOLDER}/`) ? file.split("-")[0]! : file;

/** A notice: at the entry's address, and in its embeds. What lies for the host's own use nobody is sent. */
const isNotice = (file: string, entry: Hidden): boolean =>
  isForHost(file) ||
  (hasNotice(entry) &&
    (`/${file}` === `${entry.address}index.html` ||
      (`/${file}`.startsWith(EMBEDS) && file.endsWith(".html"))));

const isForHost = (file: string): boolean =>
  file.startsWith(HOSTING.slice(1)) || file === "_redirects";

/** The list of what has gone, for those who keep copies. */
const GONE_LIST = /^api\/v\d+\/gone\.json$/;

function mentions(
  { folder, settings }: Candidate,
  file: string,
  byAddress: ReadonlyMap<string, Hidden>,
): Finding[] {
  if (byAddress.size === 0 || file.startsWith("admin/")) return [];
  const own = settings.base.slice(0, -1);
  return textsIn(path.join(folder, file)).flatMap((words) =>
    [...addressesIn(words)].flatMap((address): Finding[] => {
      const entry = byAddress.get(address);
      if (!entry || isNotice(file, entry)) return [];
      if (hasNotice(entry) && GONE_LIST.test(file)) return [];
      return [{ message: text.leaked(file, own + address), address }];
    }),
  );
}

const TEXT = /\.(?:html|xml|json|txt|csv|js|svg|ics)$|(?:^|\/)_[a-z]+$/;

/** The texts in a file, unpacked. Letters of addresses are the same in every encoding. */
function textsIn(file: string): string[] {
  if (TEXT.test(file)) return [readFileSync(file, "latin1")];
  if (/\.pf_\w+$/.test(file))
    return [gunzipSync(readFileSync(file)).toString("latin1")];
  if (!file.endsWith(".zip")) return [];
  const parts = unzipSync(readFileSync(file), {
    filter: ({ name }) => TEXT.test(name),
  });
  return Object.values(parts).map((part) =>
    Buffer.from(part).toString("latin1"),
  );
}

/**
 * Whether an entry's own text holds an address. Then the site only says what somebody has written, by a way that the
 * content's checks do not look at: it is told, and holds up nobody.
 */
function isWritten(
  { settings: { contentDir }, hidden }: Candidate,
  address: string,
): boolean {
  const kept = new Set(hidden.map(({ file }) => file));
  const words = address.replace(/\/(?:index\.html)?$/, "");
  return listFiles(contentDir).entries.some(
    ({ file }) =>
      !kept.has(file) &&
      readFileSync(path.join(contentDir, file), "utf8").includes(words),
  );
}
