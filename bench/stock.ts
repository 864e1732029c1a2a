/**
 * Astro as its starters use it: glob loaders, @astrojs/mdx with components as .astro files, one page file a
 * collection, getCollection in getStaticPaths and getEntry for what a page refers to.
 */
import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../src/build/build.ts";
import { blocks } from "../src/blocks/index.ts";
import { FEATURES } from "../src/mdx/compile.ts";
import { ASTRO, writeFiles, type Page } from "./pages.ts";
import { CARDS, PAGES, translate, type Language } from "./templates.ts";
import { sourceOf, type Tool } from "./tools.ts";

export const stock: Tool = {
  name: "stock",
  label: () => {
    const { version } = JSON.parse(
      readFileSync(path.join(ROOT, "node_modules/astro/package.json"), "utf8"),
    ) as { version: string };
    return `stock Astro ${version}`;
  },
  prepare() {},
  write(project, { pages, frame }) {
    const stories = pages.filter(({ template }) => template === "story");
    const lists = new Set(stories.map(collectionOf));
    writeFiles(project, {
      "package.json": `{ "type": "module" }`,
      "astro.config.mjs": CONFIG,
      "src/content.config.ts": collections([...lists]),
      "src/components/Frame.astro": component(frame),
      ...Object.fromEntries(
        Object.entries(PAGES).map(([name, template]) => [
          `src/components/${capital(name)}.astro`,
          component(template, IMPORT_CARDS),
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(CARDS).map(([name, template]) => [
          `src/components/${capital(name)}.astro`,
          component(template, undefined, CARD_DATA),
        ]),
      ),
      ...BODY_COMPONENTS,
      ...Object.fromEntries(
        [...lists].map((list) => [
          `src/pages/${list}/[slug].astro`,
          storyPage(list),
        ]),
      ),
      "src/pages/[...path].astro": OTHER_PAGES,
      "src/pages/404.astro": NOT_FOUND,
      "content/pages.json": JSON.stringify(
        pages
          .filter(({ template }) => template !== "story")
          .map((page) => ({
            id: page.path,
            template: page.template,
            v: page.view,
          })),
      ),
      ...Object.fromEntries(
        stories.map((page) => [
          `content/${page.file.replace(/\/index\.html$/, ".mdx")}`,
          sourceOf(page, {}, page.body ?? ""),
        ]),
      ),
    });
    symlinkSync(
      path.join(ROOT, "node_modules"),
      path.join(project, "node_modules"),
    );
  },
  command: (project) => ({
    argv: [process.execPath, ASTRO, "build", "--silent"],
    cwd: project,
  }),
  made: ["out", "cache", "vite", ".astro"],
};

const collectionOf = ({ path: address }: Page): string =>
  address.split("/")[1]!;

/** A template's name as a component's. */
function capital(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}

const ASTRO_LANGUAGE: Language = {
  root: "v.",
  local: "",
  value: (expression) => `{${expression}}`,
  raw: (expression) => `<Fragment set:html={${expression}} />`,
  if: (expression) => `{${expression} ? (<>`,
  else: "</>) : (<>",
  endIf: (hadElse) => (hadElse ? "</>)}" : "</>) : null}"),
  each: (expression, name) => `{(${expression} ?? []).map((${name}) => (<>`,
  endEach: "</>))}",
  card: (name, expression) => `<${capital(name)} path={${expression}} />`,
  main: "<slot />",
  attribute: (value) => `={\`${value.replaceAll("[[", "$[[")}\`}`,
};

const component = (
  template: string,
  imports = "",
  data = "const { v } = Astro.props;",
): string =>
  `---\n${imports}\n${data}\n---\n${translate(template, ASTRO_LANGUAGE).replace(/<(script|style)(?=[\s>])/g, "<$1 is:inline")}`;

const IMPORT_CARDS = Object.keys(CARDS)
  .map((name) => `import ${capital(name)} from "./${capital(name)}.astro";`)
  .join("\n");

const CARD_DATA = `import { getEntry } from "astro:content";
const [collection, id] = Astro.props.path.split("/").filter(Boolean);
const { v } = (await getEntry(collection, id)).data;`;

const CONFIG = `
import mdx from "@astrojs/mdx";
import { satteri } from "@astrojs/markdown-satteri";
export default {
  site: "https://bench.example",
  trailingSlash: "always",
  compressHTML: true,
  outDir: "out",
  cacheDir: "cache",
  markdown: {
    syntaxHighlight: false,
    processor: satteri({ features: ${JSON.stringify({ ...FEATURES, frontmatter: undefined })} }),
  },
  integrations: [mdx()],
  vite: { cacheDir: "vite" },
};
`;

const collections = (names: string[]): string => `
import { defineCollection } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";
const stories = (name) => defineCollection({
  loader: glob({ pattern: "**/*.mdx", base: "./content/" + name }),
  schema: z.object({ v: z.looseObject({ title: z.string(), summary: z.string() }) }),
});
export const collections = {
  ${names.map((name) => `${JSON.stringify(name)}: stories(${JSON.stringify(name)}),`).join("\n  ")}
  pages: defineCollection({
    loader: file("content/pages.json"),
    schema: z.object({ template: z.string(), v: z.looseObject({}) }),
  }),
};
`;

const storyPage = (collection: string): string => `---
import { getCollection, render } from "astro:content";
import Frame from "../../components/Frame.astro";
import Story from "../../components/Story.astro";
import { components } from "../../components/body.ts";
export async function getStaticPaths() {
  const stories = await getCollection("${collection}");
  return stories.map((entry) => ({ params: { slug: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { v } = entry.data;
const { Content } = await render(entry);
---
<Frame v={v}><Story v={v}><Content components={components} /></Story></Frame>
`;

const OTHER_PAGES = `---
import { getCollection } from "astro:content";
import Fixed from "../components/Fixed.astro";
import Frame from "../components/Frame.astro";
import List from "../components/List.astro";
export async function getStaticPaths() {
  const pages = await getCollection("pages");
  return pages
    .filter(({ id }) => id !== "/404.html")
    .map(({ id, data }) => ({ params: { path: id.slice(1, -1) || undefined }, props: data }));
}
const { template, v } = Astro.props;
---
<Frame v={v}>{template === "list" ? <List v={v} /> : <Fixed v={v} />}</Frame>
`;

const NOT_FOUND = `---
import { getEntry } from "astro:content";
import Fixed from "../components/Fixed.astro";
import Frame from "../components/Frame.astro";
const { v } = (await getEntry("pages", "/404.html")).data;
---
<Frame v={v}><Fixed v={v} /></Frame>
`;

const heading = (level: number): string => `---
import { slugify } from "${ROOT}src/schema/slug.ts";
---
<h${level} id={slugify(Astro.props.id)}><slot /></h${level}>
`;

/** A thin .astro around each block's own function. */
const blockComponent = (name: string): string => `---
import { blocks } from "${ROOT}src/blocks/index.ts";
const none = { picture: () => undefined, document: () => undefined };
const inner = (await Astro.slots.render("default")) ?? "";
---
<Fragment set:html={blocks.${name}.render({ ${name === "Callout" ? 'type: "note", ' : ""}...Astro.props }, inner.trim(), none)} />
`;

const NAMES = Object.keys(blocks);

/** What a body's elements and blocks are made with. */
const BODY_COMPONENTS: Record<string, string> = {
  ...Object.fromEntries(
    NAMES.map((name) => [`src/components/${name}.astro`, blockComponent(name)]),
  ),
  "src/components/H2.astro": heading(2),
  "src/components/H3.astro": heading(3),
  "src/components/Table.astro": `<div class="table-scroll" role="region" aria-label="Bảng" tabindex="0"><table><slot /></table></div>`,
  "src/components/Th.astro": `<th scope="col"><slot /></th>`,
  "src/components/body.ts": `
${[...NAMES, "H2", "H3", "Table", "Th"].map((name) => `import ${name} from "./${name}.astro";`).join("\n")}
export const components = { ${NAMES.join(", ")}, h2: H2, h3: H3, table: Table, th: Th };
`,
};
