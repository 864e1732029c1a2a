/** `node src/preview/bundle.ts <folder>`: bundles page.ts as the site's own pages are, for Node to run. */
import { renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getViteConfig } from "astro/config";
import { build, type Plugin } from "vite";

const NO_MANIFEST = "\0no-manifest";

/** Astro's build writes down the whole site for its pages; a container needs none, and here nobody writes it. */
const withoutManifest: Plugin = {
  name: "without-manifest",
  enforce: "pre",
  resolveId: (id) =>
    id === "#astro-internal/ambient-manifest" ? NO_MANIFEST : undefined,
  load: (id) =>
    id === NO_MANIFEST ? "export const manifest = undefined;" : undefined,
};

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Which folder?");

// Astro would report every bundle to its makers.
process.env.ASTRO_TELEMETRY_DISABLED ??= "1";
process.env.NODE_ENV = "production";

const root = fileURLToPath(new URL("../../", import.meta.url));
const config = await getViteConfig(
  { root },
  { root, logLevel: "error" },
)({
  mode: "production",
  command: "build",
});
const draft = `${folder}.${process.pid}`;
await build({
  ...config,
  configFile: false,
  logLevel: "error",
  plugins: [withoutManifest, ...(config.plugins ?? [])],
  build: {
    ...config.build,
    ssr: fileURLToPath(new URL("page.ts", import.meta.url)),
    outDir: draft,
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: "page.mjs" } },
  },
});
try {
  renameSync(draft, folder);
} catch {
  // Another process was quicker: the same code makes the same bundle.
  rmSync(draft, { recursive: true, force: true });
}
