/**
 * The CMS in the built site: our part of it bundled by Vite, Decap's files as npm brings them, the guide, and beside
 * each what a server may send in its place, compressed. Every file but the page itself has a version or a
 * digest in its address, so that browsers may keep it for ever. Made again only when a source has changed.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { adminPolicy } from "../../admin/policy.ts";
import { writeCompressed } from "../hosting/compress.ts";
import { adminText } from "../i18n/admin.ts";
import { writeWhole } from "../loader/cache.ts";
import { sha256 } from "../loader/digest.ts";
import type { GitLab } from "../loader/gitlab.ts";
import type { Settings } from "../loader/settings.ts";
import { writeGuide } from "./guide.ts";
import { openWorkshop } from "./workshop.ts";

/** Below the output folder. */
const FOLDER = "admin";

const at = (place: string): string =>
  fileURLToPath(new URL(`../../${place}`, import.meta.url));
const SOURCE = at("admin");
const DECAP = at("node_modules/decap-cms");
/** Where what was made lies, by its digest. No content is in it: whichever sites are built here share it. */
const MADE = at(".astro/admin");
/** Its pages, as they lie here and in the output; those of the log and of the site's health ask the desk. */
const pagesOf = (gitlab: GitLab | undefined): string[] =>
  ["", ...(gitlab ? [] : [adminText.log.folder, adminText.health.folder])].map(
    (folder) => path.join(SOURCE, folder, "index.html"),
  );
/** What decides the result besides the modules themselves: Vite, Decap and what they are given. */
const ALWAYS = ["package-lock.json", "src/build/admin.ts"].map(at);

/** What the last build left. */
interface Left {
  /** Every file of ours that went into the bundle. */
  sources: string[];
  digest: string;
  /** Below the folder, here as in the output. */
  files: string[];
}

/**
 * Publishes the CMS into the output folder.
 *
 * @returns the files that belong there, relative to the output folder
 * @throws what Vite says of code that cannot be bundled
 */
export async function publishAdmin({
  outDir,
  gitlab,
}: Pick<Settings, "outDir" | "gitlab">): Promise<string[]> {
  const place = placeFor(gitlab);
  const { digest, files } = lastMade(place) ?? (await make(place));
  for (const file of files)
    copyNew(
      path.join(place.made, digest, file),
      path.join(outDir, FOLDER, file),
    );
  return files.map((file) => path.join(FOLDER, file));
}

/** Which CMS is made: where it writes, and where what was made of it lies. */
interface Place {
  gitlab: GitLab | undefined;
  made: string;
}

const placeFor = (gitlab: GitLab | undefined): Place => ({
  gitlab,
  made: gitlab ? `${MADE}-gitlab` : MADE,
});

const noteIn = ({ made }: Place): string => path.join(made, "made.json");

/** Makes the files in a folder of this process, and puts them where they are looked for all at once. */
async function make(place: Place): Promise<Left> {
  const draft = openWorkshop();
  const sources = [...(await bundle(draft, place.gitlab)), ...ALWAYS];
  copyDecap(draft);
  sources.push(...(await writeGuide(path.join(draft, adminText.guide.folder))));
  for (const file of filesIn(draft)) writeCompressed(path.join(draft, file));
  const left = {
    sources,
    digest: digestOf(sources, place),
    files: filesIn(draft),
  };
  const folder = path.join(place.made, left.digest);
  mkdirSync(place.made, { recursive: true });
  try {
    renameSync(draft, folder);
  } catch {
    // Another process was quicker: the same sources make the same files. Unless somebody has taken some away.
    if (!isWhole(left, place)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(draft, folder);
    }
  }
  writeWhole(noteIn(place), JSON.stringify(left));
  rmSync(draft, { recursive: true, force: true });
  for (const item of readdirSync(place.made, { withFileTypes: true }))
    if (item.isDirectory() && item.name !== left.digest)
      rmSync(path.join(place.made, item.name), {
        recursive: true,
        force: true,
      });
  return left;
}

const isWhole = ({ digest, files }: Left, { made }: Place): boolean =>
  files.every((file) => existsSync(path.join(made, digest, file)));

/** What was made last, when it is all there and no source has changed since. */
function lastMade(place: Place): Left | undefined {
  const left = readLeft(place);
  return left &&
    left.sources.every((file) => existsSync(file)) &&
    digestOf(left.sources, place) === left.digest &&
    isWhole(left, place)
    ? left
    : undefined;
}

const digestOf = (files: readonly string[], { gitlab }: Place): string =>
  sha256(
    [
      ...files.map((file) => sha256(readFileSync(file))),
      JSON.stringify(gitlab ?? null),
    ].join(),
  );

/** Nothing when there is no note, or a broken one. */
function readLeft(place: Place): Left | undefined {
  try {
    const left = JSON.parse(readFileSync(noteIn(place), "utf8")) as Left;
    return Array.isArray(left.sources) && Array.isArray(left.files)
      ? left
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where Decap lies below the page. */
function decapFolder(): string {
  const { version } = JSON.parse(
    readFileSync(path.join(DECAP, "package.json"), "utf8"),
  ) as { version: string };
  return `decap-cms-${version}`;
}

/**
 * Bundles the pages and what they load: with a GitLab, what asks that in place of what asks the desk.
 *
 * @returns the project's own files that are in the bundle
 */
async function bundle(
  outDir: string,
  gitlab: GitLab | undefined,
): Promise<string[]> {
  const pages = pagesOf(gitlab);
  const sources = new Set(pages);
  const page: Plugin = {
    name: "admin-page",
    transformIndexHtml: {
      order: "pre",
      handler: (html) => ({
        html: gitlab ? html.replace("./main.ts", "./gitlab/main.ts") : html,
        tags: [
          {
            tag: "meta",
            attrs: {
              "http-equiv": "Content-Security-Policy",
              content: adminPolicy(gitlab),
            },
            injectTo: "head-prepend",
          },
        ],
      }),
    },
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const [file = ""] = id.split("?");
        if (path.isAbsolute(file) && !file.includes("/node_modules/"))
          if (existsSync(file)) sources.add(file);
      }
    },
  };
  await build({
    configFile: false,
    root: SOURCE,
    base: "./",
    logLevel: "error",
    define: {
      DECAP_ADDRESS: JSON.stringify(`${decapFolder()}/decap-cms.js`),
      GITLAB: JSON.stringify(gitlab ?? null),
    },
    plugins: [page],
    build: {
      outDir,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: pages },
    },
  });
  // Vite reads them in any order, and their digest is to be the same for all who make them at once.
  return [...sources].sort();
}

/** Decap's bundle and the parts it loads when it needs them, without their doubles and maps. */
function copyDecap(cache: string): void {
  const to = path.join(cache, decapFolder());
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(path.join(DECAP, "dist")))
    if (/(?:^|\.)decap-cms\.js(?:\.LICENSE\.txt)?$/.test(name))
      copyFileSync(path.join(DECAP, "dist", name), path.join(to, name));
}

/** The page has no digest in its address; what else has the right size is the right file. */
function copyNew(from: string, to: string): void {
  const isThere =
    existsSync(to) &&
    statSync(to).size === statSync(from).size &&
    (!path.basename(to).startsWith("index.html") ||
      readFileSync(to).equals(readFileSync(from)));
  if (isThere) return;
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, to);
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) =>
      path.relative(folder, path.join(item.parentPath, item.name)),
    );
