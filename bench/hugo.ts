/** Hugo: Go templates, shortcodes for blocks, Debian's package. */
import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import { slugify } from "../src/schema/slug.ts";
import { writeFiles, type Page } from "./pages.ts";
import { CARDS, PAGES, translate, type Language } from "./templates.ts";
import { withBlocks, type Tool } from "./tools.ts";

export const hugo: Tool = {
  name: "hugo",
  label: () => `Hugo ${/v(\d[\d.]*)/.exec(version() ?? "")?.[1] ?? "?"}`,
  prepare(tell) {
    if (version()) return;
    tell("Hugo is missing: installing Debian's package (apt-get).");
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "hugo"],
    ])
      spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] });
    if (!version())
      throw new Error(
        "Hugo is missing. Install it (Debian, Ubuntu: sudo apt-get install hugo) or leave it out: --without hugo",
      );
  },
  write(project, { pages, frame }) {
    const parents = new Set(
      pages.map(({ path: address }) => path.posix.dirname(address) + "/"),
    );
    writeFiles(project, {
      "config.toml": CONFIG,
      "layouts/_default/baseof.html": `{{ $v := .Params.v }}${translate(frame, GO)}`,
      ...Object.fromEntries(
        Object.entries(PAGES).map(([name, template]) => [
          `layouts/_default/${name}.html`,
          `{{ define "main" }}{{ $v := .Params.v }}${translate(template, { ...GO, main: BODY })}{{ end }}`,
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(CARDS).map(([name, template]) => [
          `layouts/partials/${name}.html`,
          `{{ $v := . }}${translate(template, GO)}`,
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(SHORTCODES).map(([name, template]) => [
          `layouts/shortcodes/${name.toLowerCase()}.html`,
          template,
        ]),
      ),
      ...Object.fromEntries(
        pages.map((page) => [
          `content${contentFile(page, parents)}`,
          sourceOf(page),
        ]),
      ),
    });
  },
  command: (project) => ({
    argv: ["hugo", "--quiet", "--noBuildLock", "--destination", "out"],
    cwd: project,
    env: { HUGO_CACHEDIR: path.join(project, "cache") },
  }),
  made: ["out", "cache", "resources"],
};

function version(): string | undefined {
  try {
    return execFileSync("hugo", ["version"], { encoding: "utf8" });
  } catch {
    return undefined;
  }
}

/** Front matter in JSON, which costs Hugo a fifth less than YAML does. */
const sourceOf = (page: Page): string =>
  `${JSON.stringify(
    {
      url: `/${page.file.replace(/index\.html$/, "")}`,
      layout: page.template,
      v: page.view,
    },
    null,
    1,
  )}\n\n${bodyOf(page)}`;

/** A page with pages below it is a section, which Hugo calls `_index`. */
const contentFile = (
  { path: address }: Page,
  parents: ReadonlySet<string>,
): string =>
  parents.has(address) || address === "/"
    ? `${address}_index.md`
    : `${address.replace(/\/$|\.html$/, "")}.md`;

const CONFIG = `baseURL = "https://bench.example/"
languageCode = "vi"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions]
typographer = false
`;

const GO: Language = {
  root: "$v.",
  local: "$",
  value: (expression) => `{{ ${expression} }}`,
  raw: (expression) => `{{ ${expression} | safeHTML }}`,
  if: (expression) => `{{ if ${expression} }}`,
  else: "{{ else }}",
  endIf: () => "{{ end }}",
  each: (expression, name) => `{{ range $${name} := ${expression} }}`,
  endEach: "{{ end }}",
  card: (name, expression) =>
    `{{ partial "${name}.html" (site.GetPage (strings.TrimSuffix "/" ${expression})).Params.v }}`,
  main: '{{ block "main" . }}{{ end }}',
};

/** This Hugo has no hook for tables: what goes around them is put there afterwards. */
const BODY = `{{ replace (replace (replace $.Content "<table>" "<div class=\\"table-scroll\\" role=\\"region\\" aria-label=\\"Bảng\\" tabindex=\\"0\\"><table>") "</table>" "</table></div>") "<th>" "<th scope=\\"col\\">" | safeHTML }}`;

/** The text in Hugo's form: shortcodes for blocks, headings with the identifiers that ours have. */
const bodyOf = ({ body = "" }: Page): string =>
  withBlocks(body, ({ name, attributes, kind }) => {
    const [open, close] = MARKDOWN_INSIDE.has(name)
      ? ["{{%", "%}}"]
      : ["{{<", ">}}"];
    return `${open} ${kind === "close" ? "/" : ""}${name.toLowerCase()} ${attributes} ${close}`;
  }).replace(
    /^(##+ )(.+)$/gm,
    (_whole, level: string, words: string) =>
      `${level}${words} {#${slugify(words)}}`,
  );

/** Blocks that hold paragraphs: what they write is read as Markdown together with the text around. */
const MARKDOWN_INSIDE = new Set(["Steps", "Step", "Callout", "Quote"]);

const TITLED = (list: string) =>
  `{{ with .Get "title" }}<div class="block" role="group" aria-label="{{ . }}"><p class="block-title">{{ . }}</p>{{ end }}${list}{{ with .Get "title" }}</div>{{ end }}`;

const QUANTITY = (name: string) =>
  `{{ .Get "${name}" }}{{ with .Get "unit" }}{{ if not (hasPrefix . "%") }}&nbsp;{{ end }}<span class="unit">{{ . }}</span>{{ end }}`;

/** The blocks of src/blocks that the corpus uses. */
const SHORTCODES: Record<string, string> = {
  KeyFigures: TITLED(`<dl class="key-figures">{{ .Inner }}</dl>`),
  KeyFigure: `<div><dt>{{ .Get "label" }}</dt><dd class="value">${QUANTITY("value")}</dd>{{ if .Get "before" }}<dd class="before">Trước đó: ${QUANTITY("before")}</dd>{{ end }}</div>`,
  Steps: TITLED(`<ol class="steps">\n\n{{ .Inner }}\n\n</ol>`),
  Step: `<li>{{ with .Get "title" }}<p class="step-title">{{ . }}</p>{{ end }}\n\n{{ .Inner }}\n\n</li>`,
  Callout: `{{ $type := .Get "type" | default "note" }}{{ $name := printf "%s: %s" (index (dict "note" "Lưu ý" "tip" "Mẹo" "warning" "Cảnh báo") $type) (.Get "title") }}<aside class="callout callout-{{ $type }}" role="note" aria-label="{{ $name }}"><p class="block-title">{{ $name }}</p>\n\n{{ .Inner }}\n\n</aside>`,
  Quote: `<figure class="quote"><blockquote>\n\n{{ .Inner }}\n\n</blockquote><figcaption><span class="who">{{ .Get "who" }}</span>{{ with .Get "role" }}, <span class="role">{{ . }}</span>{{ end }}</figcaption></figure>`,
  Facts: TITLED(`<dl class="facts">{{ .Inner }}</dl>`),
  Fact: `<div><dt>{{ .Get "label" }}</dt><dd>{{ trim .Inner "\\n " | markdownify }}</dd></div>`,
};
