/** Where the links of built pages lead. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Token, Tokenizer, TokenizerMode, type TokenHandler } from "parse5";
import type { Settings } from "../loader/settings.ts";
import { readJson } from "./place.ts";
import { writeWhole } from "../loader/cache.ts";

/** What is known of pages: found again while the page and the program are the same. */
interface Known {
  version: string;
  targets: string[];
  /** Each page's stamp, and the numbers of its targets. */
  pages: Record<string, [stamp: string, ...targets: number[]]>;
}

export interface Links {
  /** Every file of the site that some page leads to, and the pages. */
  targets: ReadonlyMap<string, string[]>;
  count: number;
}

/** Elements whose content is no markup. */
const TEXTS: Readonly<Record<string, Tokenizer["state"]>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
};

/**
 * Finds the links of all pages of a site to itself: addresses of links, scripts, styles, pictures in every size, and
 * of what a page's head names.
 *
 * @param folder absolute path of the site
 * @param files its files, with their sizes and times
 * @param note where to keep what was found: pages that are as they were are not read again
 * @param version of the program
 */
export function linksIn(
  folder: string,
  files: ReadonlyMap<string, string>,
  settings: Pick<Settings, "siteUrl" | "base">,
  note: string,
  version: string,
): Links {
  const last = readJson<Known>(note);
  const known = last?.version === version ? last : undefined;
  const numbers = new Map<string, number>();
  const pages: Known["pages"] = {};
  const found = new Map<string, string[]>();
  const targetOf = resolver(settings);
  let count = 0;
  for (const [file, stamp] of files) {
    if (!file.endsWith(".html")) continue;
    const page = known?.pages[file];
    const targets =
      page?.[0] === stamp
        ? page.slice(1).map((number) => known!.targets[number as number]!)
        : targetsOf(readFileSync(path.join(folder, file), "utf8"), (value) =>
            targetOf(value, file),
          );
    count += targets.length;
    for (const target of targets) {
      if (!numbers.has(target)) numbers.set(target, numbers.size);
      const from = found.get(target);
      if (from) from.push(file);
      else found.set(target, [file]);
    }
    pages[file] = [stamp, ...targets.map((target) => numbers.get(target)!)];
  }
  const all: Known = { version, targets: [...numbers.keys()], pages };
  writeWhole(note, JSON.stringify(all));
  return { targets: found, count };
}

/** The targets that a page names, each once. */
function targetsOf(
  html: string,
  targetOf: (value: string) => string | undefined,
): string[] {
  const targets = new Set<string>();
  const add = (value: string) => {
    const target = targetOf(value);
    if (target !== undefined) targets.add(target);
  };
  const nothing = () => {};
  const handler: TokenHandler = {
    onStartTag: ({ tagName, attrs }) => {
      for (const { name, value } of attrs)
        for (const address of addressesIn(tagName, name, value)) add(address);
      const mode = TEXTS[tagName];
      if (mode !== undefined) tokenizer.state = mode;
    },
    onComment: nothing,
    onDoctype: nothing,
    onEndTag: nothing,
    onEof: nothing,
    onCharacter: nothing,
    onNullCharacter: nothing,
    onWhitespaceCharacter: nothing,
  };
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: false }, handler);
  tokenizer.write(html, true);
  return [...targets];
}

/** The addresses in an attribute. */
function addressesIn(
  element: string,
  name: Token.Attribute["name"],
  value: string,
): string[] {
  switch (name) {
    case "href":
    case "src":
    case "poster":
      return [value];
    case "srcset":
    case "imagesrcset":
      return value.split(",").map((one) => one.trim().split(/\s/)[0]!);
    case "content":
      // A card's picture, for example.
      return element === "meta" && /^https?:\/\/\S+$/.test(value)
        ? [value]
        : [];
    default:
      return [];
  }
}

/** Finds the file of this site that an address on a page means; nothing for all other addresses. */
function resolver({ siteUrl, base }: Pick<Settings, "siteUrl" | "base">) {
  const root = siteUrl + base;
  const known = new Map<string, string | undefined>();
  const resolve = (value: string, page: string): string | undefined => {
    if (!URL.canParse(value, root + page)) return undefined;
    const { origin, pathname } = new URL(value, root + page);
    if (origin !== siteUrl || !pathname.startsWith(base)) return undefined;
    return decode(pathname.slice(base.length));
  };
  return (value: string, page: string): string | undefined => {
    if (value.startsWith("#") || value === "") return undefined;
    // What begins at the root means the same on every page.
    if (!/^(?:\/|https?:)/.test(value))
      return resolve(value, page.replace(/index\.html$/, ""));
    if (!known.has(value)) known.set(value, resolve(value, ""));
    return known.get(value);
  };
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
