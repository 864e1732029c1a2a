/**
 * What a server says besides the files themselves: one description, from which `npm start`, nginx and static hosts
 * take theirs. Nothing here depends on content but who may frame embeds: a server's configuration is written once.
 */
import { ADMIN_POLICY } from "../../admin/policy.ts";
import {
  ELEMENT_SCRIPT,
  EMBEDS,
  EMBED_CODE,
  RESIZE_SCRIPT,
} from "../embeds/address.ts";
import { FRAME_POLICY, PAGE_POLICY } from "../layouts/policy.ts";

/**
 * Paths from the site's root, without its base:
 * - `/nhung/`: this one, also by its file's name
 * - `/nhung/*`: all that begin like this
 * - a star before the slash: every file of this name
 */
export type Pattern = `/${string}` | `*/${string}`;

export type Headers = Readonly<Record<string, string>>;

/** Addresses that are answered with the same headers. */
export interface Area {
  at: readonly Pattern[];
  headers: Headers;
}

/** What depends on content. */
export interface Hosted {
  /** Hosts that may frame embeds; all when there are none. */
  embedHosts: readonly string[];
  /** Old addresses, and where they lead; without the base. */
  moved: Readonly<Record<string, string>>;
}

/** What hosts read for themselves lies here, and nobody is to be sent it. */
export const HOSTING = "/_hosting/";

/** What hosts read, in their own forms. */
export const HEADERS_FILE = "_headers";
export const REDIRECTS_FILE = "_redirects";

/** What an address that leads nowhere is answered with, wherever it was. */
export const NOT_FOUND = "/404.html";

/** The CMS; the desk answers below it. */
export const ADMIN = "/admin/";

export const OEMBED = "/oembed";

/** Only over TLS; a year, this host alone: the province's other sites are not ours to speak for. */
export const STRICT_TRANSPORT = {
  "strict-transport-security": "max-age=31536000",
};

const FEEDS: readonly Pattern[] = ["*/rss.xml", "*/atom.xml", "*/feed.json"];

/** Asked for again each time, and answered in a few bytes when it is the same: what is withdrawn is gone at once. */
const ANEW = { "cache-control": "public, max-age=0, must-revalidate" };
/** What has a version or a digest in its address. */
const FOR_EVER = { "cache-control": "public, max-age=31536000, immutable" };
/** The same of what only who is logged in gets. */
const OWN_FOR_EVER = {
  "cache-control": "private, max-age=31536000, immutable",
};
/** What other people's pages load with every view of theirs, by an address that stays. */
const AN_HOUR = { "cache-control": "public, max-age=3600" };

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "permissions-policy":
    "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};
const REFERRER = { "referrer-policy": "strict-origin-when-cross-origin" };
const ours = (policy: string) => ({
  "content-security-policy": [policy, "frame-ancestors 'none'"]
    .filter(Boolean)
    .join("; "),
  "x-frame-options": "DENY",
});
const ANYBODY = { "cross-origin-resource-policy": "cross-origin" };
export const OURSELVES = { "cross-origin-resource-policy": "same-origin" };
/** Data, and what frames without an origin load. */
const OPEN = { "access-control-allow-origin": "*" };

/**
 * Pages say nothing of their opener (Cross-Origin-Opener-Policy): browsers refuse to open a page that does from a
 * sandboxed frame, and such frames are what portals put our embeds in. Nobody is logged in on a page.
 */
const PAGE = {
  ...EVERYWHERE,
  ...REFERRER,
  ...ours(PAGE_POLICY),
  ...OURSELVES,
  ...ANEW,
};
const FILE = { ...EVERYWHERE, ...REFERRER, ...ours(""), ...ANYBODY };
const CMS = {
  ...EVERYWHERE,
  ...ours(ADMIN_POLICY),
  ...OURSELVES,
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};
const EMBED = { ...EVERYWHERE, ...REFERRER, ...ANYBODY };

/** What the policy of embeds goes on with. */
export const framers = ({ embedHosts }: Pick<Hosted, "embedHosts">): string =>
  embedHosts.length > 0
    ? // Pages of many offices still come without encryption.
      `; frame-ancestors ${["'self'", ...embedHosts.flatMap((host) => [`https://${host}`, `http://${host}`])].join(" ")}`
    : "";

/** The areas of a site: of those that an address is in, the first counts. What is within another comes before it. */
export const headerRules = (site: Pick<Hosted, "embedHosts">): Area[] =>
  areasOf(framers(site));

/** @param framing what `framers` says, or what stands for it */
export const areasOf = (framing: string): Area[] => [
  {
    at: [`${ADMIN}assets/*`, `${ADMIN}decap-cms-*`],
    headers: { ...CMS, ...OWN_FOR_EVER },
  },
  { at: [`${ADMIN}*`], headers: { ...CMS, "cache-control": "no-cache" } },
  { at: [`${EMBED_CODE}*`], headers: { ...FILE, ...OPEN, ...FOR_EVER } },
  {
    at: [RESIZE_SCRIPT, ELEMENT_SCRIPT],
    headers: { ...FILE, ...OPEN, ...AN_HOUR },
  },
  // The builder and the documentation are pages like any other, and what search begins with is asked for anew.
  {
    at: [
      EMBEDS,
      "/api/",
      "/pagefind/search.json",
      "/pagefind/pagefind-entry.json",
    ],
    headers: PAGE,
  },
  {
    at: [`${EMBEDS}*`],
    headers: {
      ...EMBED,
      "content-security-policy": FRAME_POLICY + framing,
      ...ANEW,
    },
  },
  { at: ["/_astro/*"], headers: { ...FILE, ...OPEN, ...FOR_EVER } },
  { at: ["/_media/*"], headers: { ...FILE, ...FOR_EVER } },
  { at: ["/_files/*"], headers: { ...FILE, ...ANEW } },
  { at: ["/pagefind/*"], headers: { ...FILE, ...OURSELVES, ...FOR_EVER } },
  {
    at: ["/api/*", `${OEMBED}/*`],
    headers: { ...FILE, ...OPEN, ...ANEW },
  },
  { at: FEEDS, headers: { ...PAGE, ...OPEN } },
  { at: ["/*"], headers: PAGE },
];

/** A folder's page under the name of its file: servers know it by this one as well. */
export const INDEX = "index.html";

/** Whether a path is one of a pattern's. */
const matches = (pattern: Pattern, path: string): boolean =>
  pattern.startsWith("*/")
    ? path.endsWith(pattern.slice(1))
    : pattern.endsWith("*")
      ? path.startsWith(pattern.slice(0, -1))
      : path === pattern || (pattern.endsWith("/") && path === pattern + INDEX);

/** The headers of a path. */
export const headersFor = (areas: readonly Area[], path: string): Headers =>
  areas.find(({ at }) => at.some((pattern) => matches(pattern, path)))
    ?.headers ?? {};

/** What nobody is sent: what hosts read, what is hidden, what stands for another file. For paths without the base. */
export const NOT_SERVED = String.raw`/\.(?!well-known/)|\.(?:br|gz)$|^(?:/_hosting(?:/|$)|/_(?:headers|redirects)$)`;

/**
 * The oEmbed answer to `/oembed?url=…`.
 *
 * @param query what stands behind `?`
 * @param home the site's own address
 * @returns its path on the site, without the base; a status when there is none
 */
export function oembedFor(
  query: URLSearchParams,
  home: string,
): string | 404 | 501 {
  if (!/^(?:json)?$/.test(query.get("format") ?? "")) return 501;
  const url = query.get("url") ?? "";
  for (let depth = 0; depth <= OEMBED_DEPTH; depth++) {
    const part = () => "([a-z0-9-]+)";
    const found = new RegExp(oembedPattern(home, depth, part), "i").exec(url);
    if (found) return oembedFile(found.slice(1));
  }
  return 404;
}

/** How deep pages lie that have an answer. */
export const OEMBED_DEPTH = 3;

/** The file of an answer, by the parts of its page's path. */
export const oembedFile = (parts: readonly string[]): string =>
  `${OEMBED}/${parts.join("/") || "trang-chu"}.json`;

/**
 * What `url` has to be like for a page at a depth, also as it is sent: not everybody can decode it.
 *
 * @param home the site's own address
 * @param part gives the expression for a part of the page's path
 */
export function oembedPattern(
  home: string,
  depth: number,
  part: (index: number) => string,
): string {
  const { host, pathname } = new URL(home);
  const either = (text: string): string =>
    text
      .replaceAll(".", String.raw`\.`)
      .replace(/[:/]/g, (sign) => `(?:${sign}|${encodeURIComponent(sign)})`);
  const parts = Array.from(
    { length: depth },
    (_, index) => either("/") + part(index),
  );
  const above = either(`://${host}${pathname.slice(0, -1)}`);
  return `^https?${above}${parts.join("")}(?:${either("/")})?(?:(?:[?#]|%3F|%23).*)?$`;
}
