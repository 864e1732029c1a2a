/**
 * Keeps the built folder exact: what this build made is there, and nothing else. The incremental build
 * leaves the last build's files in place, so that unchanged pages need not be written again.
 */
import { existsSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AstroAdapter, AstroIntegration, AstroPrerenderer } from "astro";
import { takeContent } from "../loader/astro.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { openRecords, takeRecords } from "../search/record.ts";
import { makeShares, shareVersion } from "../share/make.ts";
import { openAlbum, takeAlbum } from "../share/picture.ts";
import { publishAdmin } from "./admin.ts";
import { filesOut, publishFiles, type Beside } from "./files.ts";
import { publishIndex } from "./search.ts";

/** How far a build has come. */
export interface Progress {
  doing: "pages" | "share pictures";
  /** How many were made anew, of how many. */
  made: number;
  all: number;
}

export interface Listener {
  progress: (progress: Progress) => void;
  /** In Vietnamese. */
  tell: (message: string) => void;
}
let listener: Listener | undefined;

/** Sets who is told of what goes on while the site is made. */
export function listen(to: Listener): void {
  listener = to;
}

let workshop: URL | undefined;

/**
 * Sets where the code that makes the pages is put while it runs: below this project, where it finds its
 * packages, and in a folder of its own, so that builds at the same time do not run one another's code.
 */
export function workIn(folder: string): void {
  workshop = pathToFileURL(`${folder}${path.sep}`);
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
 * documents, and removes leftovers.
 */
export function keepDistExact(): AstroIntegration {
  const emitted = new Set<string>();
  let publicDir = "";
  let beside: Beside[] = [];
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
          ...(workshop ? { build: { server: workshop } } : {}),
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
        if (workshop) setAdapter(STATIC_FILES);
      },
      // By now the collections have their entries; only the files beside them are still wanted.
      "astro:build:start": async ({ setPrerenderer }) => {
        beside = filesOut((await takeContent()).entries);
        openRecords();
        setPrerenderer((prerenderer) => countPages(prerenderer));
      },
      "astro:build:done": async ({ dir, assets }) => {
        const outDir = fileURLToPath(dir);
        const made = new Set<string>(emitted);
        for (const urls of assets.values())
          for (const url of urls)
            made.add(path.relative(outDir, fileURLToPath(url)));
        if (existsSync(publicDir))
          for (const file of filesIn(publicDir)) made.add(file);
        const settings = readSettings();
        const shares = settings.onlyPages ? [] : await drawShares(settings);
        for (const file of await publishFiles(outDir, beside, shares))
          made.add(file);
        const records = takeRecords();
        if (!settings.onlyPages)
          for (const file of [
            ...(await publishIndex(settings, records)),
            ...(await publishAdmin(settings)),
          ])
            made.add(file);
        removeOthers(outDir, made);
      },
    },
  };
}

/** Draws what the pages named, and gives the names. */
async function drawShares({ cacheDir }: Settings): Promise<Iterable<string>> {
  const named = takeAlbum();
  await makeShares(cacheDir, named, {
    progress: (made, all) =>
      listener?.progress({ doing: "share pictures", made, all }),
    tell: (message) => listener?.tell(message),
  });
  return named.keys();
}

/** Astro's own prerenderer, counting as it goes. */
function countPages(prerenderer: AstroPrerenderer): AstroPrerenderer {
  let made = 0;
  let all = 0;
  const tell = () => listener?.progress({ doing: "pages", made, all });
  return {
    ...prerenderer,
    async getStaticPaths() {
      const paths = await prerenderer.getStaticPaths();
      all = paths.length;
      tell();
      return paths;
    },
    async render(request, options) {
      const response = await prerenderer.render(request, options);
      made++;
      tell();
      return response;
    },
  };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      path.relative(folder, path.join(item.parentPath, item.name)),
    );

/** Removes every file below a folder that is not in the list, and every folder that is then empty. */
function removeOthers(
  root: string,
  kept: ReadonlySet<string>,
  below = "",
): void {
  let left = 0;
  for (const item of readdirSync(path.join(root, below), {
    withFileTypes: true,
  })) {
    const file = path.join(below, item.name);
    if (item.isDirectory()) removeOthers(root, kept, file);
    else if (!kept.has(file)) rmSync(path.join(root, file), { force: true });
    if (existsSync(path.join(root, file))) left++;
  }
  if (left === 0 && below) rmdirSync(path.join(root, below));
}
