/**
 * Keeps the built folder exact: what this build made is there, and nothing else. The incremental build
 * leaves the last build's files in place, so that unchanged pages need not be written again.
 */
import { existsSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { AstroAdapter, AstroIntegration, AstroPrerenderer } from "astro";
import { takeContent } from "../loader/astro.ts";
import { filesOut, publishFiles, type Beside } from "./files.ts";

type Progress = (rendered: number, pages: number) => void;
let told: Progress = () => {};

/** Sets who is told while pages are being made: how many were made anew, of how many. */
export function onProgress(tell: Progress): void {
  told = tell;
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

/** Astro integration: after the pages are made, publishes pictures and documents and removes leftovers. */
export function keepDistExact(): AstroIntegration {
  const emitted = new Set<string>();
  let publicDir = "";
  let beside: Beside[] = [];
  return {
    name: "keep-dist-exact",
    hooks: {
      "astro:config:setup": ({ updateConfig }) => {
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
        for (const file of await publishFiles(outDir, beside)) made.add(file);
        removeOthers(outDir, made);
      },
    },
  };
}

/** Astro's own prerenderer, counting as it goes. */
function countPages(prerenderer: AstroPrerenderer): AstroPrerenderer {
  let rendered = 0;
  let pages = 0;
  return {
    ...prerenderer,
    async getStaticPaths() {
      const paths = await prerenderer.getStaticPaths();
      pages = paths.length;
      told(rendered, pages);
      return paths;
    },
    async render(request, options) {
      const response = await prerenderer.render(request, options);
      told(++rendered, pages);
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
