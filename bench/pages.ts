/**
 * What the other tools are given to build: our own built site, taken apart into the frame that stands around
 * every page, the data of each page, and the editors' text as it was written. Everything that our code works
 * out (related stories, dates in words, which story stands on which list page) is handed to them ready made.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { ROOT } from "../src/build/build.ts";
import { formatDate } from "../src/i18n/dates.ts";
import { text } from "../src/i18n/vi.ts";
import { listFiles } from "../src/loader/files.ts";
import { splitSource } from "../src/loader/entry.ts";
import { addressOf } from "../src/schema/kinds.ts";
import type { TermView } from "../src/stories/routes.ts";
import type {
  Card,
  DateView,
  ListView,
  StoryView,
} from "../src/stories/views.ts";
import { htmlFiles } from "./compare.ts";

/** Pages are made by one of these templates. `fixed` pages are few whatever the number of stories. */
export type TemplateName = "story" | "list" | "fixed";

export interface Page {
  /** From the site's root: `/mo-hinh/ten/`. */
  path: string;
  /** The HTML file below the output folder. */
  file: string;
  template: TemplateName;
  /** What the template shows. Lists and texts that would be empty are absent. */
  view: Record<string, unknown>;
  /** The editor's Markdown with its blocks. */
  body?: string;
}

export interface Site {
  pages: Page[];
  /** The page around `[[main]]`, in the language of templates.ts. */
  frame: string;
}

/** More pages than this cannot go without a template of their own: the comparison would be a sham. */
const MOST_FIXED_PAGES = 60;

/**
 * Takes our built site apart.
 *
 * @param contentDir the content it was built from
 * @param outDir the built site
 * @param workDir a folder for what is made on the way
 */
export function takeApart(
  contentDir: string,
  outDir: string,
  workDir: string,
  env: Record<string, string>,
): Site {
  const { stories, lists } = readViews(contentDir, workDir, env);
  const cards = new Map(
    lists.flatMap((list) => list.cards.map((card) => [card.href, card])),
  );
  const views = new Map<string, Pick<Page, "template" | "view">>([
    ...stories.map((view) => [view.path, storyData(view, cards)] as const),
    ...lists.map((view) => [view.path, listData(view)] as const),
  ]);
  const bodies = bodiesOf(contentDir);
  const frame = new Frame();
  const read = htmlFiles(outDir).map((file) => ({
    file,
    ...frame.read(file, readFileSync(path.join(outDir, file), "utf8")),
  }));
  const pages = read.map(({ file, main, head, parts }): Page => {
    const address = `/${file.replace(/index\.html$/, "")}`;
    const known = views.get(address) ?? { template: "fixed", view: { main } };
    const body = bodies.get(address);
    return {
      path: address,
      file,
      template: known.template,
      view: present({
        ...known.view,
        ...(known.template === "list" ? leadOf(main) : {}),
        path: address,
        head: { ...head, ...frame.flags(parts) },
        ...(known.template === "story" && body ? { hasbody: true } : {}),
      }),
      ...(known.template === "story" && body ? { body } : {}),
    };
  });
  const fixed = pages.filter(({ template }) => template === "fixed");
  if (fixed.length > MOST_FIXED_PAGES)
    throw new Error(
      `${fixed.length} pages are of no kind that bench/pages.ts knows (such as ${fixed.at(-1)!.path}): give the benchmark a template for them`,
    );
  return { pages, frame: frame.template() };
}

/** Our own views of stories and lists, from our own code, by way of an Astro project with one page. */
function readViews(
  contentDir: string,
  workDir: string,
  env: Record<string, string>,
): { stories: StoryView[]; lists: (ListView | TermView)[] } {
  const project = path.join(workDir, "views");
  writeFiles(project, {
    "package.json": `{ "type": "module" }`,
    "astro.config.mjs": `export default { outDir: "out", cacheDir: "cache", vite: { cacheDir: "vite" } };`,
    "src/content.config.ts": `export { collections } from "${ROOT}src/content.config.ts";`,
    "src/pages/views.json.ts": VIEWS,
  });
  symlinkSync(
    path.join(ROOT, "node_modules"),
    path.join(project, "node_modules"),
  );
  execFileSync(process.execPath, [ASTRO, "build", "--silent"], {
    cwd: project,
    env: {
      ...process.env,
      ...env,
      CONTENT_DIR: contentDir,
      CACHE_DIR: path.join(workDir, "views-cache"),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return JSON.parse(
    readFileSync(path.join(project, "out/views.json"), "utf8"),
  ) as ReturnType<typeof readViews>;
}

/** Astro's own command. */
export const ASTRO = path.join(ROOT, "node_modules/astro/bin/astro.mjs");

const VIEWS = `
import * as routes from "${ROOT}src/stories/routes.ts";
import { STORY_KINDS, TERM_KINDS } from "${ROOT}src/schema/kinds.ts";

const viewsOf = async (kinds, routesOf) =>
  (await Promise.all(kinds.map(routesOf))).flat().map((route) => route.view ?? route.props.view);
const terms = Object.keys(TERM_KINDS);
export const GET = async () => Response.json({
  stories: await viewsOf(STORY_KINDS, routes.storyRoutes),
  lists: [
    ...(await viewsOf(STORY_KINDS, routes.kindFront)),
    ...(await viewsOf(STORY_KINDS, routes.kindPageRoutes)),
    ...(await viewsOf(terms, routes.termRoutes)),
    ...(await viewsOf(terms, routes.termPageRoutes)),
  ],
});
`;

/** Writes a small project's files. */
export function writeFiles(
  folder: string,
  files: Record<string, string>,
): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** The bodies of stories by their pages' paths, as editors wrote them. */
const bodiesOf = (contentDir: string): Map<string, string> =>
  new Map(
    listFiles(contentDir).entries.flatMap(({ kind, id, file }) => {
      const address = addressOf(kind, id);
      const source = readFileSync(path.join(contentDir, file), "utf8");
      const parts = splitSource(source, file);
      return address && "body" in parts && parts.body
        ? [[address, parts.body.trim()] as const]
        : [];
    }),
  );

/** A date in words with its machine form. */
const dateData = (date: DateView) => present({ ...date });

/** What the story template shows; see src/components/StoryPage.astro. */
function storyData(
  view: StoryView,
  cards: ReadonlyMap<string, Card>,
): Pick<Page, "template" | "view"> {
  const { data, headings } = view;
  const model = "owner" in data ? data : undefined;
  const person = "name" in data ? data : undefined;
  const card = cards.get(view.path);
  const joined = (parts: (string | undefined)[], between: string) =>
    parts.filter(Boolean).join(between);
  return {
    template: "story",
    view: {
      title: data.title,
      summary: data.summary,
      kicker: view.kicker,
      crumbs: view.crumbs,
      who: model?.owner ?? joined([person?.name, person?.role], ", "),
      places: view.places.map((place, index) => ({
        ...place,
        before: index > 0 ? ", " : "",
      })),
      event: data.eventDate && dateData(view.date),
      published: dateData(view.published),
      reading: text.readingTime(view.minutes),
      byline: joined(
        [
          data.byline && `${text.byline}: ${data.byline}`,
          view.unit && `${text.unit}: ${view.unit}`,
        ],
        " · ",
      ),
      results: model?.results.map(({ label, value, unit, before, asOf }) =>
        present({
          label: asOf ? `${label} (${text.asOf(formatDate(asOf))})` : label,
          value: unit ? spaced(value, unit) : value,
          unit,
          before: before && unit ? spaced(before, unit) : before,
        }),
      ),
      problem: model?.problem,
      steps: model?.method.map((step) => present({ ...step })),
      headings: headings.length > 3 ? headings : undefined,
      conditions: model?.conditions,
      cost: model?.cost,
      recognition: data.recognition.map(({ title, issuer, year }) =>
        joined([title, issuer, year && formatDate(year)], ", "),
      ),
      documents: view.documents,
      sources: data.sources.map(({ publisher, title, date, url }) =>
        present({
          label: joined(
            [publisher, title && `“${title}”`, date && formatDate(date)],
            ", ",
          ),
          url,
        }),
      ),
      terms: view.terms,
      related: view.related.map(({ href }) => href),
      date: card && dateData(card.date),
      place: card?.place,
      figures: card?.figures.map(({ label, value, unit }) => ({
        label,
        value: unit ? `${value}\u00a0${unit}` : value,
      })),
    },
  };
}

/** A number and what stands between it and its unit; see src/blocks/key-figures.ts. */
const spaced = (value: string, unit: string): string =>
  /^[%‰°]/.test(unit) ? value : `${value}\u00a0`;

/** What the list template shows; see src/components/ListPage.astro. */
function listData(view: ListView | TermView): Pick<Page, "template" | "view"> {
  return {
    template: "list",
    view: {
      title: view.title,
      crumbs: view.crumbs,
      summary: view.summary,
      count: view.page === undefined ? text.stories(view.total) : undefined,
      cards: view.cards.map(({ href }) => href),
      paged: view.newer || view.older ? true : undefined,
      newer: view.newer,
      older: view.older,
    },
  };
}

/** What a term's page shows of the term itself, between the number of its stories and the stories: as it is. */
function leadOf(main: string): { lead?: string } {
  const start = main.indexOf('<p class="meta">');
  const end = main.search(/<ul class="story-list">|<p>[^<]*<\/p>(?:<nav|$)/);
  const lead =
    start < 0 || end < start
      ? ""
      : main.slice(main.indexOf("</p>", start) + 4, end).trim();
  return lead ? { lead } : {};
}

/** The same without what is empty: no template language agrees with another on whether an empty list is true. */
function present(view: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(view).filter(
      ([, value]) =>
        value !== undefined &&
        value !== "" &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** More head elements than this that stand on some pages only: they hold something of the page itself. */
const MOST_OPTIONAL = 8;

/** What a head says of its page, put back into it by the other tools' templates. */
interface HeadData {
  title: string;
  description?: string;
  canonical?: string;
}

/** Learns from page after page what stands around `<main>` on all of them. */
class Frame {
  /** Source of the heads' elements with holes for what differs, in their order. */
  #head: string[] = [];
  /** How many pages have each. */
  #counts = new Map<string, number>();
  #pages = 0;
  #before: string | undefined;
  #after: string | undefined;
  /** Links that say they lead to the page they are on. */
  #current = new Set<string>();

  /** Notes a page; gives what is inside its main element, and its head's data and elements. */
  read(
    file: string,
    html: string,
  ): { main: string; head: HeadData; parts: string[] } {
    const tree = parse(html, { sourceCodeLocationInfo: true });
    const main = elementNamed(tree, "main");
    const head = elementNamed(tree, "head");
    if (!main?.sourceCodeLocation?.startTag || !head)
      throw new Error(`${file} has no main element`);
    const open = main.sourceCodeLocation.startTag.endOffset;
    const close = main.sourceCodeLocation.endTag!.startOffset;
    const { data, parts } = headOf(head, html);
    this.#note(parts);
    const before = html.slice(html.indexOf("</head>") + 7, open);
    for (const [, href] of before.matchAll(CURRENT)) this.#current.add(href!);
    this.#same(
      file,
      before.replace(CURRENT, '<a href="$1"'),
      html.slice(close),
    );
    return { main: html.slice(open, close).trim(), head: data, parts };
  }

  #note(parts: string[]): void {
    this.#pages++;
    let last = -1;
    for (const part of parts) {
      const at = this.#head.indexOf(part);
      // An element that is new stands behind the one it follows here.
      if (at < 0) this.#head.splice(++last, 0, part);
      else last = at;
      this.#counts.set(part, (this.#counts.get(part) ?? 0) + 1);
    }
  }

  #same(file: string, before: string, after: string): void {
    this.#before ??= before;
    this.#after ??= after;
    if (this.#before !== before || this.#after !== after)
      throw new Error(
        `${file}: what stands around the main element differs from other pages: teach bench/pages.ts about it`,
      );
  }

  /** The elements that only some heads have and that hold nothing of the page: there is nothing to tell when. */
  #optional(): string[] {
    const optional = this.#head.filter(
      (part) =>
        this.#counts.get(part)! < this.#pages && !part.includes("[[head."),
    );
    if (optional.length > MOST_OPTIONAL)
      throw new Error(
        `${optional.length} elements stand in some heads only, such as ${optional[0]}: teach bench/pages.ts about them`,
      );
    return optional;
  }

  /** Which of the optional elements a page has, as the frame's template asks: `{ e0: true }`. */
  flags(parts: string[]): Record<string, true> {
    return Object.fromEntries(
      this.#optional().flatMap((part, index) =>
        parts.includes(part) ? [[`e${index}`, true]] : [],
      ),
    );
  }

  template(): string {
    const optional = this.#optional();
    const head = this.#head.map((part) => {
      if (this.#counts.get(part) === this.#pages) return part;
      const hole =
        /\[\[(head\.\w+)\]\]/.exec(part)?.[1] ??
        `head.e${optional.indexOf(part)}`;
      return `[[if ${hole}]]${part}[[end]]`;
    });
    const before = [...this.#current].reduce(
      (html, link) =>
        html.replaceAll(
          `<a href="${link}"`,
          `<a href="${link}"[[current ${link}]]`,
        ),
      this.#before!,
    );
    return `<!doctype html>\n<html lang="vi"><head>\n${head.join("\n")}\n</head>${before}[[main]]${this.#after}`;
  }
}

const CURRENT = /<a href="([^"]*)" aria-current="page"/g;

function elementNamed(node: Tree.Node, name: string): Tree.Element | undefined {
  if ("tagName" in node && node.tagName === name) return node;
  if (!("childNodes" in node)) return undefined;
  for (const child of node.childNodes) {
    const found = elementNamed(child, name);
    if (found) return found;
  }
  return undefined;
}

/** A head's elements as they are written, with holes for the page's title, description and address. */
function headOf(
  head: Tree.Element,
  html: string,
): { data: HeadData; parts: string[] } {
  const data: HeadData = { title: "" };
  const written = new Map<string, string>();
  const sources = head.childNodes.flatMap((node) => {
    if (!("tagName" in node) || !node.sourceCodeLocation) return [];
    const { startOffset, endOffset } = node.sourceCodeLocation;
    const source = html.slice(startOffset, endOffset);
    const attribute = (name: string) =>
      node.attrs.find((candidate) => candidate.name === name)?.value ?? "";
    const raw = (pattern: RegExp) => pattern.exec(source)?.[1] ?? "";
    if (node.tagName === "title") {
      const [words] = node.childNodes;
      data.title = words && "value" in words ? words.value : "";
      written.set("title", raw(/>([^<]*)</));
    } else if (attribute("name") === "description") {
      data.description = attribute("content");
      written.set("description", raw(/content="([^"]*)"/));
    } else if (attribute("rel") === "canonical") {
      data.canonical = attribute("href");
      written.set("canonical", raw(/href="([^"]*)"/));
    }
    return [source];
  });
  const parts = sources.map((source) =>
    [...written].reduce(
      (text, [name, value]) =>
        value ? text.replaceAll(value, `[[head.${name}]]`) : text,
      source,
    ),
  );
  return { data, parts };
}
