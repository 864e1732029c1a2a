/**
 * What a server says besides the files themselves: one description, from which `npm start`, nginx and static hosts
 * take theirs. No path gets the same header from two rules: some hosts would join the two.
 */
import { ADMIN_POLICY } from "../../admin/policy.ts";
import {
  ELEMENT_SCRIPT,
  EMBEDS,
  EMBED_CODE,
  RESIZE_SCRIPT,
} from "../embeds/address.ts";
import { adminText } from "../i18n/admin.ts";

/**
 * Paths from the site's root, without its base:
 * - `/nhung/`: this one
 * - `/nhung/*`: this one and all below it
 * - a star before the slash: every file of this name
 */
export type Pattern = `/${string}` | `*/${string}`;

export interface HeaderRule {
  at: readonly Pattern[];
  except?: readonly Pattern[];
  headers: Readonly<Record<string, string>>;
}

/** What the rules go by: the site's own settings. */
export interface Hosted {
  /** Hosts that may frame embeds; all when there are none. */
  embedHosts: readonly string[];
}

/** What hosts read for themselves lies here, and nobody is to be sent it. */
export const HOSTING = "/_hosting/";

/** The CMS's pages; all else of it has a version or a digest in its address. */
const ADMIN_PAGES: readonly Pattern[] = [
  "/admin/",
  `/admin/${adminText.guide.folder}/`,
  `/admin/${adminText.log.folder}/`,
  `/admin/${adminText.health.folder}/`,
];

const FEEDS: readonly Pattern[] = ["*/rss.xml", "*/atom.xml", "*/feed.json"];
/** Data, and what frames without an origin load. */
const OPEN: readonly Pattern[] = [
  ...FEEDS,
  "/api/*",
  "/oembed/*",
  "/_astro/*",
  RESIZE_SCRIPT,
  ELEMENT_SCRIPT,
  `${EMBED_CODE}*`,
];

const UNFRAMED = {
  "content-security-policy": "frame-ancestors 'none'",
  "x-frame-options": "DENY",
};
const FOR_EVER = { "cache-control": "public, max-age=31536000, immutable" };

/** The rules of a site. */
export function headerRules({ embedHosts }: Hosted): HeaderRule[] {
  return [
    { at: ["/*"], headers: { "x-content-type-options": "nosniff" } },
    {
      at: ["/*"],
      except: ["/admin/*"],
      headers: { "referrer-policy": "strict-origin-when-cross-origin" },
    },
    // The builder is a page like any other; only the views below it are for frames.
    { at: ["/*"], except: [`${EMBEDS}*`, "/admin/*"], headers: UNFRAMED },
    { at: [EMBEDS], headers: UNFRAMED },
    ...(embedHosts.length > 0
      ? [
          {
            at: [`${EMBEDS}*`] as const,
            except: [EMBEDS] as const,
            headers: { "content-security-policy": ancestors(embedHosts) },
          },
        ]
      : []),
    { at: OPEN, headers: { "access-control-allow-origin": "*" } },
    {
      at: [
        ...FEEDS,
        "/api/*",
        "/oembed/*",
        "/_astro/*",
        "/_media/*",
        `${EMBEDS}*`,
      ],
      headers: { "cross-origin-resource-policy": "cross-origin" },
    },
    { at: ["/_astro/*", "/_media/*", `${EMBED_CODE}*`], headers: FOR_EVER },
    {
      at: ["/admin/*"],
      headers: {
        "content-security-policy": `${ADMIN_POLICY}; frame-ancestors 'none'`,
        "referrer-policy": "no-referrer",
      },
    },
    { at: ADMIN_PAGES, headers: { "cache-control": "no-cache" } },
    { at: ["/admin/*"], except: ADMIN_PAGES, headers: FOR_EVER },
  ];
}

/** Pages of many offices still come without encryption. */
const ancestors = (hosts: readonly string[]): string =>
  `frame-ancestors ${["'self'", ...hosts.flatMap((host) => [`https://${host}`, `http://${host}`])].join(" ")}`;

/** A folder's page under the name of its file: servers know it by this one as well. */
export const INDEX = "index.html";

/** Whether a path is one of a pattern's. */
const matches = (pattern: Pattern, path: string): boolean =>
  pattern.startsWith("*/")
    ? path.endsWith(pattern.slice(1))
    : pattern.endsWith("/*")
      ? path.startsWith(pattern.slice(0, -1))
      : path === pattern || path === pattern + INDEX;

/** The headers of a path. */
export function headersFor(
  rules: readonly HeaderRule[],
  path: string,
): Record<string, string> {
  const among = (patterns: readonly Pattern[]) =>
    patterns.some((pattern) => matches(pattern, path));
  return Object.assign(
    {},
    ...rules
      .filter(({ at, except = [] }) => among(at) && !among(except))
      .map(({ headers }) => headers),
  );
}
