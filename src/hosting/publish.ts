/** The description of the headers in the built folder, for whatever serves it. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Entry } from "../loader/entry.ts";
import type { Settings } from "../loader/settings.ts";
import { headersFile, nginxHeaders } from "./formats.ts";
import {
  HOSTING,
  headerRules,
  type HeaderRule,
  type Hosted,
} from "./headers.ts";

const RULES = "headers.json";

/** What the rules go by, as the site's own entry says it. */
export function hostedIn(entries: readonly Entry[]): Hosted {
  const site = entries.find((entry) => entry.kind === "site")?.data;
  return {
    embedHosts: site && "embedHosts" in site ? site.embedHosts : [],
  };
}

/**
 * Writes the description. To be called when all else is there.
 *
 * @returns the files, relative to the output folder
 */
export function publishHeaders(
  { outDir, base, gitlab }: Pick<Settings, "outDir" | "base" | "gitlab">,
  hosted: Hosted,
): string[] {
  const rules = headerRules({ ...hosted, gitlab });
  // Benchmarks build pages alone: then there is no CMS.
  const listing = (folder: string) =>
    existsSync(path.join(outDir, folder))
      ? readdirSync(path.join(outDir, folder), { withFileTypes: true })
          .map((item) => (item.isDirectory() ? `${item.name}/` : item.name))
          .filter((name) => ![HOSTING.slice(1), "_headers"].includes(name))
          .sort()
      : [];
  const files = {
    _headers: headersFile(rules, base, listing),
    [`${HOSTING.slice(1)}nginx.conf`]: nginxHeaders(rules, base),
    [HOSTING.slice(1) + RULES]: `${JSON.stringify(rules, null, 2)}\n`,
  };
  mkdirSync(path.join(outDir, HOSTING), { recursive: true });
  for (const [file, text] of Object.entries(files))
    writeFileSync(path.join(outDir, file), text);
  return Object.keys(files);
}

/** The rules that a built folder came with; those of a site that says nothing, when it came with none. */
export function readHeaderRules(outDir: string): HeaderRule[] {
  try {
    return JSON.parse(
      readFileSync(path.join(outDir, HOSTING, RULES), "utf8"),
    ) as HeaderRule[];
  } catch {
    return headerRules({ embedHosts: [] });
  }
}
