/** The description as static hosts read it, and data as nginx reads it. */
import {
  STRICT_TRANSPORT,
  type Area,
  type Headers,
  type Pattern,
} from "./headers.ts";

/** What lies in a folder, given with slashes at both ends: names, those of folders with a slash at the end. */
export type Listing = (folder: string) => readonly string[];

interface Site {
  base: string;
  /** Whether it has a host of its own that it is reached at by TLS alone. */
  isSecure: boolean;
  listing: Listing;
}

/**
 * The file `_headers`, which Netlify and Cloudflare Pages read. They know no exceptions and join what several rules
 * give, so an area that has another within it is named part by part, and what all areas say is said once.
 */
export function headersFile(
  areas: readonly Area[],
  { base, isSecure, listing }: Site,
): string {
  const usual = areas.at(-1)!.headers;
  const everywhere = common(areas);
  const blocks: [string, Headers][] = [
    ["/*", { ...everywhere, ...(isSecure ? STRICT_TRANSPORT : {}) }],
    ...areas.flatMap(({ at, headers }, index) => {
      const before = areas.slice(0, index).flatMap((area) => area.at);
      return at.flatMap((pattern): [string, Headers][] =>
        pattern.startsWith("*/")
          ? DEPTHS.map((depth) => [
              depth + pattern.slice(1),
              without(headers, usual),
            ])
          : named(pattern, before, listing).map((place) => [
              place,
              without(headers, everywhere),
            ]),
      );
    }),
  ];
  return blocks
    .map(([place, headers]) =>
      [
        base.slice(0, -1) + place,
        ...Object.entries(headers).map((pair) => `  ${pair.join(": ")}`),
        "",
      ].join("\n"),
    )
    .join("\n");
}

const common = ([first, ...others]: readonly Area[]): Headers =>
  Object.fromEntries(
    Object.entries(first!.headers).filter(([name, value]) =>
      others.every(({ headers }) => headers[name] === value),
    ),
  );

const without = (headers: Headers, said: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => said[name] !== value),
  );

/** How deep feeds lie at most. */
const DEPTHS = ["", "/:one", "/:one/:two"];

/** A pattern in the hosts' own words, without what other areas have of it. */
function named(
  pattern: Pattern,
  others: readonly Pattern[],
  listing: Listing,
): string[] {
  if (others.includes(pattern)) return [];
  if (!pattern.endsWith("*")) return [pattern];
  const start = pattern.slice(0, -1);
  if (start.endsWith("/") && !others.some((one) => one.startsWith(start)))
    return [pattern];
  // Only a whole name may end with a star everywhere.
  const folder = start.slice(0, start.lastIndexOf("/") + 1);
  const inside = listing(folder)
    .map((name) => folder + name)
    .filter((name) => name.startsWith(start) && !isWithin(name, others))
    .flatMap((name) =>
      named(
        (name.endsWith("/") ? `${name}*` : name) as Pattern,
        others,
        listing,
      ),
    );
  const isOwn = start === folder && !others.includes(folder as Pattern);
  return isOwn ? [folder, ...inside] : inside;
}

/** Whether a pattern that ends within a name has it. */
const isWithin = (name: string, others: readonly Pattern[]): boolean =>
  others.some((one) => one.endsWith("*") && name.startsWith(one.slice(0, -1)));

/** Cloudflare reads no more. */
export const MOST_HEADER_RULES = 100;

/** GitLab Pages reads none when there are more; Cloudflare takes two thousand. */
const MOST_REDIRECTS = 1000;

/**
 * The file `_redirects`. At every old address there is a page as well, which leads on where a host knows no more of
 * these, or prefers a file that is there.
 */
export const redirectsFile = (moved: readonly [string, string][]): string =>
  lines(moved.slice(0, MOST_REDIRECTS).map((pair) => `${pair.join(" ")} 301`));

/** A map's key has to fit into a place of fixed size: nginx does not start with a longer one. */
export const LONGEST_KEY = 400;

/** Data for nginx, to be read within `map { }` alone. */
export const mapFile = (pairs: readonly [string, string][]): string =>
  lines(
    pairs
      .filter(([key, value]) => key.length <= LONGEST_KEY && value)
      .map((pair) => `${pair.map(quoted).join(" ")};`),
  );

/**
 * A text as nginx reads it.
 *
 * @throws when there is in it what could end the text or name a variable
 */
export function quoted(text: string): string {
  if (/["\\$]|\p{Cc}/u.test(text))
    throw new Error(`Không ghi được vào cấu hình nginx: «${text}».`);
  return `"${text}"`;
}

const lines = (all: readonly string[]): string =>
  all.map((line) => `${line}\n`).join("");
