/** Eleventy: Nunjucks templates, markdown-it, blocks as paired shortcodes that call our own block functions. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../src/build/build.ts";
import { writeFiles, type Page } from "./pages.ts";
import { CARDS, PAGES, translate, type Language } from "./templates.ts";
import { sourceOf, withBlocks, type Tool } from "./tools.ts";

const BENCH = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = path.join(BENCH, "node_modules/@11ty/eleventy");

export const eleventy: Tool = {
  name: "eleventy",
  label: () => {
    const { version } = JSON.parse(
      readFileSync(path.join(PACKAGE, "package.json"), "utf8"),
    ) as { version: string };
    return `Eleventy ${version}`;
  },
  prepare(tell) {
    if (existsSync(PACKAGE)) return;
    tell("Eleventy is missing: installing bench/package.json (npm ci).");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--prefix", BENCH], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  },
  write(project, { pages, frame }) {
    writeFiles(project, {
      "package.json": `{ "type": "module" }`,
      "eleventy.config.js": CONFIG,
      "_includes/frame.njk": translate(frame, NUNJUCKS),
      ...Object.fromEntries(
        Object.entries(PAGES).map(([name, template]) => [
          `_includes/${name}.njk`,
          `---\nlayout: frame.njk\n---\n{% from "cards.njk" import ${Object.keys(CARDS).join(", ")} %}${translate(template, NUNJUCKS)}`,
        ]),
      ),
      "_includes/cards.njk": Object.entries(CARDS)
        .map(
          ([name, template]) =>
            `{% macro ${name}(v) %}${translate(template, NUNJUCKS)}{% endmacro %}`,
        )
        .join("\n"),
      ...Object.fromEntries(
        pages.map((page) => [
          `content/${page.file.replace(/\.html$/, ".md")}`,
          sourceOf(
            page,
            {
              permalink: `/${page.file}`,
              layout: `${page.template}.njk`,
              ...(page.template === "story"
                ? {}
                : { eleventyExcludeFromCollections: true }),
            },
            bodyOf(page),
          ),
        ]),
      ),
    });
  },
  command: (project) => ({
    argv: [process.execPath, path.join(PACKAGE, "cmd.cjs"), "--quiet"],
    cwd: project,
  }),
  made: ["out"],
};

const bodyOf = ({ body = "" }: Page): string =>
  withBlocks(body, ({ name, attributes, kind }) => {
    const open = `{% ${name} ${attributes.replace(/" /g, '", ')} %}`;
    const close = `{% end${name} %}`;
    return { open, close, single: `${open}${close}` }[kind];
  });

const NUNJUCKS: Language = {
  root: "v.",
  local: "",
  value: (expression) => `{{ ${expression} }}`,
  raw: (expression) => `{{ ${expression} | safe }}`,
  if: (expression) => `{% if ${expression} %}`,
  else: "{% else %}",
  endIf: () => "{% endif %}",
  each: (expression, name) => `{% for ${name} in ${expression} %}`,
  endEach: "{% endfor %}",
  card: (name, expression) =>
    `{{ ${name}(collections.byPath[${expression}]) }}`,
  main: "{{ content | safe }}",
};

/** Markdown inside a block stands between blank lines, so that it is read as Markdown. */
const CONFIG = `
import footnotes from "${BENCH}node_modules/markdown-it-footnote/index.mjs";
import { blocks } from "${ROOT}src/blocks/index.ts";
import { slugify } from "${ROOT}src/schema/slug.ts";

const none = { picture: () => undefined, document: () => undefined };

export default function (config) {
  config.addPassthroughCopy({ static: "/" });
  config.addCollection("byPath", (api) =>
    Object.fromEntries(api.getAll().map(({ data }) => [data.v.path, data.v])),
  );
  let inline;
  config.amendLibrary("md", (md) => {
    inline = (text) => md.renderInline(text);
    md.use(footnotes);
    md.renderer.rules.heading_open = (tokens, index, options, env, self) => {
      tokens[index].attrSet("id", slugify(tokens[index + 1].content));
      return self.renderToken(tokens, index, options);
    };
    md.renderer.rules.table_open = () => '<div class="table-scroll" role="region" aria-label="Bảng" tabindex="0"><table>';
    md.renderer.rules.table_close = () => "</table></div>";
    md.renderer.rules.th_open = () => '<th scope="col">';
  });
  for (const block of Object.values(blocks))
    config.addPairedShortcode(block.name, function (inner, props = {}) {
      const given = { ...props };
      delete given.__keywords;
      if (block.name === "Callout") given.type ??= "note";
      const written = block.inner === "flow" ? "\\n\\n" + inner + "\\n\\n" : block.inner === "text" ? inline(inner.trim()) : inner.trim();
      return block.render(given, written, none);
    });
  return {
    dir: { input: "content", includes: "../_includes", output: "out" },
    markdownTemplateEngine: "njk",
  };
}
`;
