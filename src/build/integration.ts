/**
 * Keeps the built folder exact: what this build made is there, and nothing else. The incremental build
 * leaves the last build's files in place, so that unchanged pages need not be written again.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type {
  AstroAdapter,
  AstroIntegration,
  AstroPrerenderer,
  RouteData,
} from "astro";
import {
  hostedIn,
  publishHosting,
  type HostedNow,
} from "../hosting/publish.ts";
import { takeContent } from "../loader/astro.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { openRecords, takeRecords } from "../search/record.ts";
import { openKits, takeKits } from "../press/note.ts";
import { searchTerms, type SearchTerms } from "../search/terms.ts";
import { buildMoment } from "../stories/clock.ts";
import { makeShares, shareVersion } from "../share/make.ts";
import { openAlbum, takeAlbum } from "../share/picture.ts";
import { publishAdmin } from "./admin.ts";
import { filesOut, publishFiles, type Beside } from "./files.ts";
import { publishKits } from "./kits.ts";
import { publishIndex } from "./search.ts";
import type { Left, PageKeys } from "./stamp.ts";
import { sweep } from "./sweep.ts";

/** How far a build has come. */
export interface Progress {
  doing: "pages" | "share pictures" | "press kits";
  /** How many were made anew, of how many. */
  made: number;
  all: number;
}

/** What a build is given, and whom it tells. */
export interface Order {
  /**
   * Where the code that makes the pages is put while it runs: below this project, where it finds its
   * packages, and in a folder of its own, so that builds at the same time do not run one another's code.
   */
  workshop: string;
  /** The pages that are in the output folder. */
  pages: PageKeys;
  progress: (progress: Progress) => void;
  /** In Vietnamese. */
  tell: (message: string) => void;
  /** Told when the output folder is as it should be. */
  finish: (left: Left) => void;
}
let order: Order | undefined;

/** Says how the next build is to go. Without it, as in development, there is nothing to begin with. */
export function take(next: Order): void {
  order = next;
}

/** Files alone, which is Astro's default; but only with an adapter does Astro work in `build.server`. */
const STATIC_FILES: AstroAdapter = {
  name: "static-files",
  entrypointResolution: "explicit",
  adapterFeatures: { buildOutput: "static", preserveBuildServerDir: true },
  supportedAstroFeatures: {
    staticOutput: "stable",
    sharpImageService: "stable",
  },
};

/**
 * Astro integration: after the pages are made, draws the share pictures they name, publishes pictures and
 * documents, packs press kits, and removes leftovers.
 */
export function keepDistExact(): AstroIntegration {
  const emitted = new Set<string>();
  let pages: PageKeys = {};
  let publicDir = "";
  let beside: Beside[] = [];
  let terms: SearchTerms;
  let hosted: HostedNow;
  return {
    name: "keep-dist-exact",
    hooks: {
      "astro:config:setup": ({ command, updateConfig, injectRoute }) => {
        openAlbum(shareVersion());
        if (command === "dev")
          injectRoute({
            pattern: "/hoa-van/",
            entrypoint: new URL("../weave/sample.astro", import.meta.url),
          });
        updateConfig({
          ...(order
            ? { build: { server: pathToFileURL(order.workshop + path.sep) } }
            : {}),
          vite: {
            plugins: [
              {
                name: "remember-emitted-assets",
                writeBundle(_options, bundle) {
                  for (const file of Object.keys(bundle)) emitted.add(file);
                },
              },
            ],
          },
        });
      },
      "astro:config:done": ({ config, setAdapter }) => {
        publicDir = fileURLToPath(config.publicDir);
        if (order) setAdapter(STATIC_FILES);
      },
      // By now the collections have their entries; only the files beside them and what the search goes by are
      // still wanted.
      "astro:build:start": async ({ setPrerenderer }) => {
        const { entries } = await takeContent();
        beside = filesOut(entries);
        terms = searchTerms(entries);
        hosted = hostedIn(entries, buildMoment());
        openRecords();
        openKits();
        pages = {};
        setPrerenderer((prerenderer) => leavePages(prerenderer, pages));
      },
      "astro:build:done": async ({ dir, assets }) => {
        const outDir = fileURLToPath(dir);
        // Astro knows of the pages that were made; the others stand in the output folder as they were.
        const made = new Set<string>([...emitted, ...Object.keys(pages)]);
        for (const urls of assets.values())
          for (const url of urls)
            made.add(path.relative(outDir, fileURLToPath(url)));
        if (existsSync(publicDir))
          for (const file of Object.keys(sweep(publicDir))) made.add(file);
        const settings = readSettings();
        const shares = settings.onlyPages ? [] : await drawShares(settings);
        for (const file of await publishFiles(outDir, beside, shares))
          made.add(file);
        const records = takeRecords();
        const kits = takeKits();
        if (!settings.onlyPages)
          for (const file of [
            ...(await publishKits(settings, kits, beside, (made, all) =>
              order?.progress({ doing: "press kits", made, all }),
            )),
            ...(await publishIndex(settings, records, terms)),
            ...(await publishAdmin(settings)),
          ])
            made.add(file);
        for (const file of publishHosting(settings, hosted, (message) =>
          order?.tell(message),
        ))
          made.add(file);
        order?.finish({ files: sweep(outDir, made), pages });
      },
    },
  };
}

/** Draws what the pages named, and gives the names. */
async function drawShares({ cacheDir }: Settings): Promise<Iterable<string>> {
  const named = takeAlbum();
  await makeShares(cacheDir, named, {
    progress: (made, all) =>
      order?.progress({ doing: "share pictures", made, all }),
    tell: (message) => order?.tell(message),
  });
  return named.keys();
}

type RouteKind = Pick<RouteData, "type">;

/** The file of what a route makes at an address, in the output folder: a page has a folder of its own. */
const fileOf = ({ type }: RouteKind, pathname: string, base = "/"): string => {
  const name = pathname.slice(base.length);
  return type === "endpoint" ? name : path.join(name, "index.html");
};

/**
 * Writes a page where Astro would. Astro makes every folder and writes every file in asynchronous steps,
 * which for ten thousand pages is a tenth of the build's CPU time.
 */
async function writePage(file: string, page: Response): Promise<void> {
  const html = new Uint8Array(await page.arrayBuffer());
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, html);
}

/** An answer without a body makes no file. */
const NOTHING_TO_WRITE = new Response(null);

/**
 * Astro's own prerenderer, which makes only the pages that are not there yet, and counts as it goes. A page
 * with a key is a function of what the key stands for and of the program: while both are the same, so is it.
 *
 * @param keys is given the key of every page that has one
 */
function leavePages(
  prerenderer: AstroPrerenderer,
  keys: PageKeys,
): AstroPrerenderer {
  const { outDir, base } = readSettings();
  let made = 0;
  let all = 0;
  const tell = () => order?.progress({ doing: "pages", made, all });
  return {
    ...prerenderer,
    async getStaticPaths() {
      const paths = await prerenderer.getStaticPaths();
      all = paths.length;
      tell();
      for (const { pathname, route, cacheKey } of paths)
        if (cacheKey !== undefined)
          keys[fileOf(route, pathname)] = `${cacheKey} ${route.component}`;
      // Two pages at one address: Astro is to say so.
      const files = paths.map(({ route, pathname }) => fileOf(route, pathname));
      if (new Set(files).size < all) return paths;
      return paths.filter((_, index) => {
        const file = files[index]!;
        const key = keys[file];
        return key === undefined || order?.pages[file] !== key;
      });
    },
    async render(request, options) {
      const page = await prerenderer.render(request, options);
      made++;
      tell();
      const file = fileOf(
        options.routeData,
        decodeURI(new URL(request.url).pathname),
        base,
      );
      const response = page instanceof Response ? page : page.response;
      // A redirect has no body: Astro makes a page of it.
      if (keys[file] === undefined || !response.body) return page;
      await writePage(path.join(outDir, file), response);
      return NOTHING_TO_WRITE;
    },
  };
}
