/** The description of the headers as hosts read it. */
import { HOSTING, INDEX, type HeaderRule, type Pattern } from "./headers.ts";

/**
 * The include for nginx, within `server { }`. A header that has no value is not sent.
 *
 * @param base the site's base path
 */
export function nginxHeaders(
  rules: readonly HeaderRule[],
  base: string,
): string {
  const names = [
    ...new Set(rules.flatMap(({ headers }) => Object.keys(headers))),
  ];
  const variable = (name: string) => `$gs_${name.replaceAll("-", "_")}`;
  const below = base.slice(0, -1);
  return [
    "# Made by the build. Within server { }: include <this file>;",
    "# A location that has an add_header of its own needs the include again.",
    "",
    ...names.map((name) => `set ${variable(name)} "";`),
    "",
    ...rules.flatMap(({ at, except, headers }) => [
      `if ($uri ~ "${regex(at, except, below)}") {`,
      ...Object.entries(headers).map(
        ([name, value]) => `  set ${variable(name)} "${value}";`,
      ),
      "}",
    ]),
    "",
    ...names.map((name) => `add_header ${name} ${variable(name)} always;`),
    "",
    ...[`^~ ${below}${HOSTING}`, `= ${below}/_headers`].map(
      (place) => `location ${place} { return 404; }`,
    ),
    "",
  ].join("\n");
}

function regex(
  at: readonly Pattern[],
  except: readonly Pattern[] = [],
  below: string,
): string {
  const one = (pattern: Pattern) =>
    pattern.startsWith("*/")
      ? `(?:/.*)?${escaped(pattern.slice(1))}$`
      : pattern.endsWith("/*")
        ? escaped(pattern.slice(0, -1))
        : `${escaped(pattern)}(?:${escaped(INDEX)})?$`;
  const any = (patterns: readonly Pattern[]) => patterns.map(one).join("|");
  const not = except.length > 0 ? `(?!${any(except)})` : "";
  return `^${escaped(below)}${not}(?:${any(at)})`;
}

const escaped = (path: string): string =>
  path.replace(/[.+*?()|[\]{}^$]/g, "\\$&");

/** What lies in a folder, given with slashes at both ends: names, those of folders with a slash at the end. */
export type Listing = (folder: string) => readonly string[];

/**
 * The file `_headers`, which Netlify and Cloudflare Pages read. They know no exceptions and let no rule take back
 * what another gives, so where there is an exception what lies beside it is named.
 */
export function headersFile(
  rules: readonly HeaderRule[],
  base: string,
  listing: Listing,
): string {
  const blocks = new Map<string, string[]>();
  for (const { at, except = [], headers } of rules)
    for (const place of at.flatMap((pattern) =>
      named(pattern, except, listing),
    ))
      for (const [name, value] of Object.entries(headers)) {
        const lines = blocks.get(place) ?? [];
        blocks.set(place, [...lines, `  ${name}: ${value}`]);
      }
  return [...blocks]
    .map(([place, lines]) =>
      [`${base.slice(0, -1)}${place}`, ...lines, ""].join("\n"),
    )
    .join("\n");
}

/** How deep feeds lie at most. */
const DEPTHS = ["", "/:one", "/:one/:two"];

/** A pattern in the hosts' own words, without its exceptions. */
function named(
  pattern: Pattern,
  except: readonly Pattern[],
  listing: Listing,
): string[] {
  if (pattern.startsWith("*/"))
    return DEPTHS.map((depth) => `${depth}${pattern.slice(1)}`);
  const page = pattern.endsWith(`/${INDEX}`) && pattern.slice(0, -INDEX.length);
  if (except.includes(pattern) || (page && except.includes(page as Pattern)))
    return [];
  if (pattern.endsWith("/")) return [pattern, pattern + INDEX];
  const folder = pattern.slice(0, -1);
  if (!pattern.endsWith("/*") || !except.some((one) => one.startsWith(folder)))
    return [pattern];
  const inside = listing(folder).flatMap((name) =>
    named(
      (name.endsWith("/") ? `${folder}${name}*` : folder + name) as Pattern,
      except,
      listing,
    ),
  );
  // The folder's own page.
  return except.includes(folder as Pattern) ? inside : [folder, ...inside];
}
