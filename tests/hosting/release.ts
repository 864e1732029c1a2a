/** A folder of releases with a file of every sort that a site has. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeCompressed } from "../../src/hosting/compress.ts";
import { publishHosting } from "../../src/hosting/publish.ts";
import { temporaryFolder } from "../support/temporary.ts";

export const HOST = "guongsang.example";
export const EMBED_HOSTS = ["cong.example", "*.bao.example"];

/** A file of every sort. */
export const FILES = [
  "index.html",
  "404.html",
  "robots.txt",
  "favicon.svg",
  ".well-known/security.txt",
  "rss.xml",
  "mo-hinh/index.html",
  "mo-hinh/atom.xml",
  "linh-vuc/che/feed.json",
  "mo-hinh/bai/index.html",
  "mo-hinh/bai/tu-lieu/index.html",
  "mo-hinh/bai/tu-lieu/bai.zip",
  "mo-hinh/da-go/index.html",
  "tin-cu/bai/index.html",
  "nhung/index.html",
  "nhung/moi-nhat/index.html",
  "nhung/bai/mo-hinh/bai/toan-van/toi/index.html",
  "nhung/nhung.js",
  "nhung/guong-sang.js",
  "nhung/js/khung.a1b2c3d4.js",
  "oembed/trang-chu.json",
  "oembed/mo-hinh.json",
  "oembed/mo-hinh/bai.json",
  "api/index.html",
  "api/v1/stories.json",
  "_astro/chu.a1b2c3d4.woff2",
  "_astro/trang.a1b2c3d4.css",
  "_media/anh-480.webp",
  "_files/ke-hoach.pdf",
  "pagefind/search.json",
  "pagefind/pagefind-entry.json",
  "pagefind/lexicon.a1b2c3d4.packed",
  "pagefind/index/vi_a1b2c3d.pf_index",
  "admin/index.html",
  "admin/tro-giup/index.html",
  "admin/assets/ma.js",
  "admin/decap-cms-3.16.3/decap-cms.js",
];

const pathOf = (file: string): string =>
  `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
/** Their addresses, but for what does not come as it is. */
export const PATHS = FILES.map(pathOf).filter(
  (address) => !/da-go|tin-cu/.test(address),
);

/** What a file says: its name, often enough to be worth compressing. */
export const contentOf = (file: string): string =>
  `<!doctype html><title>${file}</title>${"Gương sáng. ".repeat(200)}`;

/** @returns the folder of the releases, and the one that is current */
export function makeReleases(base: string, siteUrl = `https://${HOST}`) {
  const siteDir = temporaryFolder("site");
  const outDir = path.join(siteDir, "releases/20261123-174510");
  for (const file of FILES) {
    put(outDir, file, contentOf(file));
    writeCompressed(path.join(outDir, file));
  }
  put(siteDir, "passing/_astro/cu.css", "cũ");
  put(siteDir, "releases/20261122-080000/mo-hinh/bai/index.html", "trước");
  publishHosting(
    { outDir, base, siteUrl },
    {
      embedHosts: EMBED_HOSTS,
      moved: { "/tin-cu/bai/": "/mo-hinh/bai/" },
      gone: ["/mo-hinh/da-go/", "/tin-cu/da-go/"],
    },
    (message) => {
      throw new Error(message);
    },
  );
  symlinkSync("releases/20261123-174510", path.join(siteDir, "current"));
  return { siteDir, outDir };
}

export function put(folder: string, file: string, text: string): void {
  const at = path.join(folder, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
}
