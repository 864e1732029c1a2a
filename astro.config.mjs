import mdx from "@astrojs/mdx";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "astro/config";
import { embedScripts } from "./src/build/embeds.ts";
import { keepDistExact } from "./src/build/integration.ts";
import { readSettings } from "./src/loader/settings.ts";

const { siteUrl, base, outDir, cacheDir } = readSettings();

export default defineConfig({
  site: siteUrl,
  base,
  outDir,
  cacheDir: `${cacheDir}/astro`,
  trailingSlash: "always",
  prerenderConflictBehavior: "error",
  markdown: { syntaxHighlight: false },
  // For developers' own pages; editors' texts are compiled by src/mdx and never run.
  integrations: [mdx(), keepDistExact()],
  build: { inlineStylesheets: "never" },
  vite: {
    // Who runs the program on a server may not write where it lies.
    cacheDir: `${cacheDir}/vite`,
    plugins: [tailwindcss(), embedScripts()],
    // Pages of the last build stay for the incremental one; src/build removes what is no longer made.
    // Nothing is put into the pages themselves: their policy lets no inline script or style of a bundle run.
    build: { emptyOutDir: false, assetsInlineLimit: 0 },
  },
});
