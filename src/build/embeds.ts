/**
 * The scripts that embeds need outside any page of the site, each in one file: Vite plugin with the module
 * `virtual:embed-scripts`, which has them as text, ready to be sent.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { STORY_KINDS, kinds } from "../schema/kinds.ts";

const at = (file: string): string =>
  fileURLToPath(new URL(`../browser/${file}`, import.meta.url));

/** By the name that the module exports each under. */
const SOURCES = {
  guest: at("embed-guest.ts"),
  host: at("embed-host.ts"),
  element: at("embed-element.ts"),
};

const MODULE = "virtual:embed-scripts";
const RESOLVED = `\0${MODULE}`;

/** Vite plugin. In development the scripts are made again when their sources change. */
export function embedScripts(): Plugin {
  return {
    name: "embed-scripts",
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    async load(id) {
      if (id !== RESOLVED) return undefined;
      const exports = await Promise.all(
        Object.entries(SOURCES).map(async ([name, file]) => {
          const { code, sources } = await bundle(file);
          for (const source of sources) this.addWatchFile(source);
          return `export const ${name} = ${JSON.stringify(code)};`;
        }),
      );
      return exports.join("\n");
    },
  };
}

/**
 * Bundles a script.
 *
 * @returns classic code that leaves no names behind, and the files it was made from
 */
async function bundle(
  file: string,
): Promise<{ code: string; sources: string[] }> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    define: {
      STORY_LISTS: JSON.stringify(
        STORY_KINDS.map((kind) => kinds[kind].address),
      ),
    },
    build: {
      write: false,
      copyPublicDir: false,
      minify: true,
      rolldownOptions: { input: file, output: { format: "iife" } },
    },
  });
  const [made] = [result].flat() as {
    output: { type: string; code: string; moduleIds: string[] }[];
  }[];
  const { code, moduleIds } = made!.output.find(
    ({ type }) => type === "chunk",
  )!;
  return { code: code.trim(), sources: moduleIds.filter(path.isAbsolute) };
}
