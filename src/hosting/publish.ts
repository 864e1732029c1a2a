/** What the built folder brings for whatever serves it: all that depends on content, and nothing that could command a server. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Entry } from "../loader/entry.ts";
import type { Settings } from "../loader/settings.ts";
import { STORY_KINDS, addressOf, type StoryKind } from "../schema/kinds.ts";
import { stateAt } from "../stories/state.ts";
import {
  MOST_HEADER_RULES,
  headersFile,
  mapFile,
  redirectsFile,
} from "./formats.ts";
import {
  HEADERS_FILE,
  HOSTING,
  INDEX,
  REDIRECTS_FILE,
  framers,
  headerRules,
  type Hosted,
} from "./headers.ts";

/** What `npm start` reads. */
const HOSTED = "hosted.json";
/** The file that tells that the page at an address is answered with 410. */
export const markerOf = (address: string): string =>
  `${HOSTING}gone${address.replace(/\/$/, `/${INDEX}`)}.410`;
/** What nginx reads, within `map { }`. */
export const MOVED_MAP = "moved.map";
export const FRAMERS_MAP = "framers.map";

const NOTHING: Hosted = { embedHosts: [], moved: {} };

/** What servers go by, and the addresses of stories that are withdrawn or have expired, their old ones too. */
export type HostedNow = Hosted & { gone: readonly string[] };

/** What of the content servers go by, at a moment. */
export function hostedIn(entries: readonly Entry[], now: Date): HostedNow {
  const site = entries.find((entry) => entry.kind === "site")?.data;
  const stories = STORY_KINDS.flatMap((kind) =>
    entries.filter((entry) => entry.kind === kind),
  ).map(({ kind, id, data }) => {
    const story = data as Entry<StoryKind>["data"];
    return {
      address: addressOf(kind, id)!,
      old: story.oldAddresses,
      state: stateAt(story, now),
    };
  });
  return {
    embedHosts: site && "embedHosts" in site ? site.embedHosts : [],
    moved: Object.fromEntries(
      stories
        .filter(({ state }) => state === "published")
        .flatMap(({ address, old }) => old.map((one) => [one, address])),
    ),
    gone: stories
      .filter(({ state }) => state === "withdrawn" || state === "expired")
      .flatMap(({ address, old }) => [address, ...old]),
  };
}

/**
 * Writes what servers read. To be called when all else is there.
 *
 * @param tell told what a host may not take, in Vietnamese
 * @returns the files, relative to the output folder
 */
export function publishHosting(
  { outDir, base, siteUrl }: Pick<Settings, "outDir" | "base" | "siteUrl">,
  { gone, ...hosted }: HostedNow,
  tell: (message: string) => void,
): string[] {
  const below = HOSTING.slice(1);
  const based = (address: string) => base.slice(0, -1) + address;
  const moved = Object.entries(hosted.moved).map(
    (pair) => pair.map(based) as [string, string],
  );
  const isSecure = siteUrl.startsWith("https:") && base === "/";
  const headers = headersFile(headerRules(hosted), {
    base,
    isSecure,
    listing: (folder) => namesIn(path.join(outDir, folder)),
  });
  const rules = headers.split("\n\n").length;
  if (rules > MOST_HEADER_RULES)
    tell(
      `Tệp ${HEADERS_FILE} có ${rules} quy tắc; Cloudflare Pages chỉ đọc ${MOST_HEADER_RULES} quy tắc đầu.`,
    );
  const files = {
    [HEADERS_FILE]: headers,
    [REDIRECTS_FILE]: redirectsFile(moved),
    [below + HOSTED]: JSON.stringify(hosted),
    [below + MOVED_MAP]: mapFile(moved),
    [below + FRAMERS_MAP]: mapFile([["embeds", framers(hosted)]]),
    ...Object.fromEntries(
      gone.map((address) => [markerOf(address).slice(1), ""]),
    ),
  };
  for (const [file, text] of Object.entries(files))
    write(path.join(outDir, file), text);
  return Object.keys(files);
}

/** What is there already stays as old as it is. */
function write(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What of a folder is for readers under a name of its own. Benchmarks build pages alone: then there is no CMS. */
const namesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .map((item) => (item.isDirectory() ? `${item.name}/` : item.name))
        .filter((name) => !UNNAMED.includes(name) && !/\.(?:br|gz)$/.test(name))
        .sort()
    : [];

const UNNAMED = [INDEX, HOSTING.slice(1), HEADERS_FILE, REDIRECTS_FILE];

/** The last that was read: while its file is the same, so is it. */
let last: { file: string; time: number; hosted: Hosted } | undefined;

/** What a built folder came with; nothing, when it came with none. */
export function readHosted(outDir: string): Hosted {
  const file = path.join(outDir, HOSTING, HOSTED);
  const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (time === undefined) return NOTHING;
  if (last?.file !== file || last.time !== time) {
    const hosted = JSON.parse(readFileSync(file, "utf8")) as Hosted;
    last = { file, time, hosted };
  }
  return last.hosted;
}
