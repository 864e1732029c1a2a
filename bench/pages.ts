/**
 * What the other tools are given to build: our own built site, taken apart into the frame that stands around
 * every page, the data of each page, and the editors' text as it was written. Everything that our code works
 * out (related stories, dates in words, which story stands on which list page) is handed to them ready made.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../src/build/build.ts";
import { EMBEDS } from "../src/embeds/address.ts";
import { formatDate } from "../src/i18n/dates.ts";
import { text } from "../src/i18n/vi.ts";
import { listFiles } from "../src/loader/files.ts";
import { splitSource } from "../src/judge/parts.ts";
import { kitPath } from "../src/press/address.ts";
import { addressOf } from "../src/schema/kinds.ts";
import type { TermView } from "../src/stories/routes.ts";
import type {
  Card,
  Chrome,
  DateView,
  ListView,
  StoryView,
} from "../src/stories/views.ts";
import { htmlFiles } from "./compare.ts";
import { Frame } from "./frame.ts";

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
  const { stories, lists, chrome } = readViews(contentDir, workDir, env);
  const cards = new Map(
    lists.flatMap((list) => list.cards.map((card) => [card.href, card])),
  );
  const views = new Map<string, Pick<Page, "template" | "view">>([
    ...stories.map(
      (view) =>
        [
          view.path,
          {
            template: "story",
            view: {
              ...storyData(view, chrome, env.SITE_URL!),
              ...cardData(cards.get(view.path)!),
            },
          },
        ] as const,
    ),
    ...lists.map(
      (view) =>
        [view.path, { template: "list", view: listData(view) }] as const,
    ),
  ]);
  const bodies = bodiesOf(contentDir);
  const frame = new Frame();
  const cloths = new Map<string, Record<string, string>>();
  const read = htmlFiles(outDir).map((file) => {
    const { main, head } = frame.read(
      file,
      readFileSync(path.join(outDir, file), "utf8"),
    );
    const address = `/${file.replace(/index\.html$/, "")}`;
    for (const [story, hung] of clothsOf(address, main))
      cloths.set(story, { ...cloths.get(story), ...hung });
    const { template, view } = views.get(address) ?? {
      template: "fixed",
      view: { main },
    };
    const lead = template === "list" ? leadOf(main) : undefined;
    return { file, address, template, view: { ...view, lead }, head };
  });
  const pages = read.map(({ file, address, template, view, head }): Page => {
    const story = template === "story";
    const body = story ? bodies.get(address) : undefined;
    return {
      path: address,
      file,
      template,
      view: present({
        ...view,
        path: address,
        head: head(),
        cloth: story ? cloths.get(address) : undefined,
        hasbody: body && true,
      }),
      ...(body ? { body } : {}),
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
): { stories: StoryView[]; lists: (ListView | TermView)[]; chrome: Chrome } {
  const project = path.join(workDir, "views");
  writeFiles(project, {
    "package.json": `{ "type": "module" }`,
    "astro.config.mjs": `
import { openAlbum } from "${ROOT}src/share/picture.ts";
openAlbum("bench");
export default { site: "${env.SITE_URL}", outDir: "out", cacheDir: "cache", vite: { cacheDir: "vite" } };
`,
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
import { LISTED_TERMS, STORY_KINDS } from "${ROOT}src/schema/kinds.ts";

const viewsOf = async (kinds, routesOf) =>
  (await Promise.all(kinds.map(routesOf))).flat().map((route) => route.view ?? route.props.view);
export const GET = async () => Response.json({
  chrome: await routes.chrome(),
  stories: await viewsOf(STORY_KINDS, routes.storyRoutes),
  lists: [
    ...(await viewsOf(STORY_KINDS, routes.kindFront)),
    ...(await viewsOf(STORY_KINDS, routes.kindPageRoutes)),
    ...(await viewsOf(LISTED_TERMS, routes.termRoutes)),
    ...(await viewsOf(LISTED_TERMS, routes.termPageRoutes)),
    ...(await viewsOf([undefined], routes.yearRoutes)),
    ...(await viewsOf([undefined], routes.yearPageRoutes)),
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

/** What a story's page shows; see src/components/StoryPage.astro. */
function storyData(
  view: StoryView,
  { site, foot }: Chrome,
  siteUrl: string,
): Page["view"] {
  const { data, headings, crumbs, kicker, newer, older } = view;
  const model = "owner" in data ? data : undefined;
  const person = "name" in data ? data : undefined;
  const shelf = crumbs[0]!.text;
  return {
    crumbs,
    over: joined([shelf, kicker !== shelf && kicker], " · "),
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
    citation: text.citation(
      site.name,
      data.title,
      view.published.text,
      siteUrl + view.path,
    ),
    facebook: `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(siteUrl + view.path)}`,
    kit: kitPath(view.path),
    embed: `${EMBEDS}?bai=${view.path}`,
    guide: foot.find(({ href }) => href === GUIDE)?.href,
    beside: newer || older ? true : undefined,
    newer,
    older,
    related: view.related.map(({ href }) => href),
  };
}

/** What other pages show of a story; see src/components/StoryCard.astro. Its own page shows some of it too. */
const cardData = (card: Card): Page["view"] => ({
  title: card.title,
  summary: card.summary,
  kicker: card.kicker,
  person: card.who,
  date: dateData(card.date),
  place: card.place,
  figures: card.figures.map((figure) => present({ ...figure })),
});

/** The page that says how a change is asked for; see src/components/AskChange.astro. */
const GUIDE = "/du-lieu-ca-nhan/";

/** The cloths on a page, as they are drawn: whose, and how each hangs. Only its own page shows one as a cover. */
const clothsOf = (
  address: string,
  main: string,
): [story: string, hung: Record<string, string>][] =>
  [...main.matchAll(HUNG)].map(([, how, svg, href]) => [
    how === "cover" ? address : href!,
    { [how!]: svg! },
  ]);
const HUNG =
  /<div class="hung (\w+)">(<svg.*?<\/svg>)<\/div>(?=.*?<a href="([^"]*)")/gs;

const joined = (
  parts: (string | false | undefined)[],
  between: string,
): string => parts.filter(Boolean).join(between);

/** A number and what stands between it and its unit; see src/blocks/key-figures.ts. */
const spaced = (value: string, unit: string): string =>
  /^[%‰°]/.test(unit) ? value : `${value}\u00a0`;

/** What a list's page shows; see src/components/ListPage.astro and StoryList.astro. */
const listData = (view: ListView | TermView): Page["view"] => ({
  title: view.title,
  crumbs: view.crumbs,
  summary: view.summary,
  count:
    view.page === undefined && view.total > 0
      ? text.stories(view.total)
      : undefined,
  ...(view.page === undefined
    ? { feed: `${view.path}rss.xml`, embed: `${EMBEDS}?muc=${view.path}` }
    : {}),
  cards: view.cards.map(({ href }) => href),
  beside: view.newer || view.older ? true : undefined,
  newer: view.newer,
  older: view.older,
});

/** What a term's page shows of the term itself, between its head and the stories: as it is. */
const leadOf = (main: string): string =>
  main
    .slice(
      main.indexOf("</header>") + "</header>".length,
      main.search(/<ul class="story-list">|<div class="empty">/),
    )
    .trim();

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
