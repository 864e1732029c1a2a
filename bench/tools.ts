/** What every tool we compare with has to offer the benchmark. */
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { dump } from "js-yaml";
import { ROOT } from "../src/build/build.ts";
import type { Command } from "./measure.ts";
import type { Page, Site } from "./pages.ts";

export interface Tool {
  name: "hugo" | "eleventy" | "stock";
  /** With its version. */
  label(): string;
  /** Installs the tool when it is missing and can be had. */
  prepare(tell: (message: string) => void): void;
  /** Writes the project that makes the site; its output goes to `out/` in it. */
  write(project: string, site: Site): void;
  /** Builds the project from nothing. */
  command(project: string): Command;
  /** What to delete in a project to build it from nothing again. */
  made: string[];
}

/** A content file's text: the page's view and whatever the tool itself needs as front matter, and the editor's text. */
export const sourceOf = (
  page: Page,
  own: Record<string, unknown>,
  body: string,
): string =>
  // All texts are quoted: YAML 1.1, which these tools read, takes a bare 2025-06-05 for more than text.
  `---\n${dump({ ...own, v: page.view }, { lineWidth: -1, noRefs: true, forceQuotes: true, quoteStyle: "double" })}---\n${body}`;

/** Puts our stylesheet, fonts and other files that pages refer to where a tool copies them from. */
export function copyStatics(ours: string, folder: string): void {
  const from = [path.join(ROOT, "public"), path.join(ours, "_astro")];
  const to = [folder, path.join(folder, "_astro")];
  for (const [index, source] of from.entries())
    if (existsSync(source)) cpSync(source, to[index]!, { recursive: true });
}

/**
 * Puts every block of a body into another tool's syntax.
 *
 * @param write what to write for a tag: its name, its attributes as they are written, whether it closes
 */
export const withBlocks = (
  body: string,
  write: (tag: {
    name: string;
    attributes: string;
    kind: "open" | "close" | "single";
  }) => string,
): string =>
  body.replace(
    /<(\/?)([A-Z]\w*)((?:\s+\w+="[^"]*")*)\s*(\/?)>/g,
    (_whole, close: string, name: string, attributes: string, single: string) =>
      write({
        name,
        attributes: attributes.trim(),
        kind: close ? "close" : single ? "single" : "open",
      }),
  );
