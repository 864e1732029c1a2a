import {
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SAVE_DATA } from "../../src/layouts/policy.ts";
import { isRecord } from "../../src/schema/field.ts";
import { kinds, type KindName } from "../../src/schema/kinds.ts";
import { listFiles } from "../../src/loader/files.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { parseYaml } from "../../src/judge/yaml.ts";
import {
  CAMPAIGN_FIELDS,
  Corpus,
  NOW,
  skeleton,
  storyFields,
  storyFolder,
  type Fields,
} from "../support/corpus.ts";
import {
  all,
  attribute,
  readPage,
  textOf,
  type Element,
} from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import {
  build,
  buildEnv,
  differenceBetween,
  filesIn,
  isEmbed,
  isPage,
  placeFor,
  runBuild,
  runNode,
  temporaryFolder,
  type BuildPlace,
  type Ended,
} from "../support/site.ts";

/** Whatever runs leaves a file here. */
const nest = temporaryFolder("canary");
const SECRET = "ZqBiMatCuaMayChuZq";
/** Statements that would leave a file, in whatever manner code gets to run. */
/** What a page tells machines of itself: it does not run. */
const isData = (script: Element): boolean =>
  attribute(script, "type") === "application/ld+json";

const sing = (name: string): string =>
  `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(path.join(nest, name))}, "ran")`;

interface Hostile {
  /** Below the content folder. */
  file: string;
  content: string | Uint8Array;
  /** Text of the line that has to be named; absent where the whole file is meant. */
  at?: string | undefined;
}

const hostile: Record<string, Hostile> = {};

function inBody(name: string, body: string, at = body.split("\n")[0]!): void {
  const file = `${storyFolder("models", `xau-${Object.keys(hostile).length}`)}/index.mdx`;
  hostile[name] = { file, content: source(storyFields("models"), body), at };
}

function inFront(
  name: string,
  lines: string,
  at = lines.split("\n")[0]!,
): void {
  const file = `${storyFolder("models", `xau-${Object.keys(hostile).length}`)}/index.mdx`;
  const content = source(storyFields("models"), "Chữ.").replace(
    "---\n",
    `---\n${lines}\n`,
  );
  hostile[name] = { file, content, at };
}

const source = (fields: Fields, body: string): string =>
  `---\n${Object.entries(fields)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("")}---\n\n${body}\n`;

inBody("import", `import "${path.join(nest, "egg.js")}"`);
inBody("import of a built-in", `import fs from "node:fs"`);
inBody("export", `export const x = ${sing("export")}`);
inBody(
  "default export",
  `export default function Layout() { ${sing("layout")} }`,
);
inBody("expression on its own", `{${sing("flow")}}`);
inBody("expression among words", `Chữ {${sing("text")}} và chữ.`);
inBody("environment", "Chữ {process.env.SECRET_OF_TEST} và chữ.");
inBody("expression in a heading", `## Mục {${sing("heading")}}`);
inBody("expression in a list", `- một\n- {${sing("list")}}`, "- {");
inBody(
  "expression in a table",
  `| a |\n| - |\n| {${sing("table")}} |`,
  "| {process",
);
inBody("expression in a link's words", `[chữ {${sing("link")}}](/mo-hinh/)`);
inBody(
  "expression in a footnote",
  `Chữ.[^1]\n\n[^1]: {${sing("footnote")}}`,
  "[^1]: {",
);
inBody("expression after a comment", `{/* a */ ${sing("comment")}}`);
inBody(
  "expression in a block",
  `<Callout title="Ghi chú">\n{${sing("callout")}}\n</Callout>`,
  "{process",
);
inBody(
  "property that is code",
  `<Quote who={${sing("prop")}}>\nChữ.\n</Quote>`,
);
inBody(
  "template as a property",
  `<Quote who={\`\${${sing("template")}}\`}>\nChữ.\n</Quote>`,
);
inBody(
  "element as a property",
  `<Quote who={<Quote who="a">a</Quote>}>\nChữ.\n</Quote>`,
);
inBody("spread", `<Quote {...globalThis}>\nChữ.\n</Quote>`);
inBody(
  "handler on a block",
  `<Quote who="a" onClick="alert(1)">\nChữ.\n</Quote>`,
);
inBody(
  "Astro directive on a block",
  `<Quote who="a" set:html="<script>alert(1)</script>">\nChữ.\n</Quote>`,
);
inBody(
  "client directive on a block",
  `<Quote who="a" client:load>\nChữ.\n</Quote>`,
);
inBody("script", `<script>alert(1)</script>`);
inBody("script with code", `<script>{${sing("script")}}</script>`);
inBody("style", `<style>body {'{'}display:none{'}'}</style>`);
inBody("picture with a handler", `<img src="x" onerror="alert(1)" />`);
inBody("drawing with a handler", `<svg onload="alert(1)"></svg>`);
inBody("frame", `<iframe src="javascript:alert(1)"></iframe>`);
inBody("link as HTML", `<a href="javascript:alert(1)">chữ</a>`);
inBody("Astro's fragment", `<Fragment set:html="<script>alert(1)</script>" />`);
inBody("Astro itself", "<Astro.self />");
inBody("slot", "<slot />");
inBody("inherited name as a block", "<constructor />");
inBody("prototype as a block", "<__proto__ />");
inBody("comment of HTML", "<!-- <script>alert(1)</script> -->");
inBody("link that runs", "[chữ](javascript:alert(1))");
inBody("link that runs, in disguise", "[chữ](JaVa&Tab;ScRiPt&colon;alert(1))");
inBody(
  "link that runs, with a blank before it",
  "[chữ](<\u0001javascript:alert(1)>)",
);
inBody("link that is a page", "[chữ](data:text/html;base64,PHNjcmlwdD4=)");
inBody("link to the machine's files", "[chữ](file:///etc/passwd)");
inBody(
  "link by reference that runs",
  "[chữ][1]\n\n[1]: javascript:alert(1)",
  "[1]:",
);
inBody("link to no scheme", "[chữ](//evil.example/x)");
inBody(
  "picture from elsewhere",
  `![Mô tả dài của ảnh](https://evil.example/x.png "Ai đó")`,
);
inBody(
  "picture out of the folder",
  `![Mô tả dài của ảnh](../../../../etc/x.png "Ai đó")`,
);
inBody(
  "document out of the folder",
  `<Document src="../../../site.yaml" title="Tệp" />`,
);
inBody(
  "figure out of the folder",
  `<Figure src="/etc/passwd.jpg" alt="Mô tả dài của ảnh" credit="Ai đó" />`,
);
inBody("video that runs", `<Video href="javascript:alert(1)" title="Video" />`);
inBody("half a block", `<Quote who="a">\nChữ.`);
inFront("layout", "layout: ./evil.js");
inFront(
  "layout of Astro",
  `layout: ${JSON.stringify(path.join(nest, "egg.astro"))}`,
);
inFront("slug", "slug: ../../../../tmp/x");
inFront("components", "components: { Quote: ./evil.js }");
inFront("prototype as a field", "__proto__: { status: published }");
inFront("constructor as a field", "constructor: { prototype: { x: 1 } }");
inFront(
  "YAML tag for code",
  `byline: !!js/function "function () { ${sing("yaml").replaceAll('"', '\\"')} }"`,
);
inFront("YAML tag", "byline: !evil x");
inFront("YAML anchors", `byline: &a x\nowner2: *a`);
inFront(
  "cover out of the folder",
  `cover: { src: "../x.jpg", alt: "Mô tả dài của ảnh", credit: "Ai đó" }`,
);
inFront(
  "drawing as a cover",
  `cover: { src: "x.svg", alt: "Mô tả dài của ảnh", credit: "Ai đó" }`,
);
inFront("old address that climbs", `oldAddresses: ["/../../x/"]`);
inFront(
  "source that runs",
  `changes: [{ date: "2026-11-01", note: "a" }]\nrelated: ["javascript:alert(1)"]`,
  "related",
);
for (const [name, file, fields] of [
  ["campaign", "campaigns/xau/index.mdx", CAMPAIGN_FIELDS],
  ["page", "pages/xau/index.mdx", { title: "Trang", summary: "Tóm tắt." }],
  [
    "document",
    "documents/xau/index.mdx",
    {
      title: "Văn bản",
      number: "1",
      type: "plan",
      issuer: "Tỉnh",
      summary: "Tóm tắt.",
      verified: true,
    },
  ],
] as const)
  hostile[`body of a ${name}`] = {
    file,
    content: source(fields, `{${sing(name)}}`),
    at: "{process",
  };
hostile["term with a tag"] = {
  file: "taxonomy/fields/xau.yaml",
  content: `title: !!js/regexp /x/\n`,
  at: "title",
};
hostile["decision with a tag"] = {
  file: "decisions/2026/xau.yaml",
  content: `form: bang-khen\nnumber: !!js/undefined ''\n`,
  at: "number",
};
hostile["folder with code for a story"] = {
  file: `${storyFolder("news", "ma")}`,
  content: "",
};

/** Files that are no content. None is an error; none may run or get out. */
const STRAYS = [
  "astro.config.mjs",
  "content.config.ts",
  "src/content.config.ts",
  "package.json",
  "vite.config.js",
  ".env",
  "middleware.ts",
  "pages/gioi-thieu/index.astro",
  "pages/gioi-thieu/[slug].astro",
  ...[
    "evil.js",
    "index.mdx.js",
    "index.ts",
    "index.astro",
    "evil.mjs",
    "evil.wasm",
    "la.html",
  ].map((name) => `${storyFolder("models", "tot")}/${name}`),
];

function goodCorpus(): Corpus {
  const corpus = skeleton();
  corpus.story("models", "tot", { title: "Bài tốt ở giữa những tệp xấu" });
  return corpus;
}

describe("hostile content", () => {
  let corpus: Corpus;
  let place: BuildPlace;
  let clean: Map<string, Buffer>;
  let strict: Ended;

  beforeAll(async () => {
    corpus = goodCorpus();
    place = { ...placeFor(corpus.dir, NOW), env: { SECRET_OF_TEST: SECRET } };
    await build(place);
    clean = filesIn(place.out);

    writeFileSync(path.join(nest, "egg.js"), sing("egg"));
    writeFileSync(path.join(nest, "egg.astro"), `---\n${sing("egg")}\n---\n`);
    for (const { file, content } of Object.values(hostile))
      if (content) corpus.write(file, content);
    corpus.write(
      `${hostile["folder with code for a story"]!.file}/index.mdx.js`,
      sing("index.mdx.js"),
    );
    for (const stray of STRAYS)
      corpus.write(
        stray,
        stray.endsWith(".astro")
          ? `---\n${sing("stray")}\n---\n<script>alert(1)</script>`
          : `${sing("stray")};\nexport default {};\n`,
      );
    mkdirSync(corpus.path("news/2026"), { recursive: true });
    symlinkSync("/etc/passwd", corpus.path("news/2026/lien-ket"));
    symlinkSync(nest, corpus.path("news/2026/to"));
    strict = await runBuild(place);
  });

  it("stops the strict build, which leaves the built site as it was", () => {
    expect(strict.code).toBe(1);
    expect(filesIn(place.out)).toEqual(clean);
  });

  it.each(Object.keys(hostile))("%s is told with file and line", (name) => {
    const { file, content, at } = hostile[name]!;
    const sections = strict.stdout.split("\n\n");
    const section = sections.find((text) => text.split("\n").includes(file));
    expect(section, strict.stdout).toBeDefined();
    const line =
      at === undefined
        ? undefined
        : content
            .toString()
            .split("\n")
            .findIndex((text) => text.startsWith(at)) + 1;
    if (line === 0)
      throw new Error("The test looks for a line that is not there");
    expect(section).toMatch(line ? new RegExp(`LỖI dòng ${line}\\b`) : /LỖI/);
  });

  it.each(["news/2026/lien-ket", "news/2026/to"])(
    "a link out of the content folder is told: %s",
    (file) => {
      expect(strict.stdout).toMatch(
        new RegExp(`${file}\n {2}LỖI: không phải tệp thường`),
      );
    },
  );

  it("publishes what is good and nothing else: the site is what it would be without the rest", async () => {
    const published = { ...place, ...placeFor(corpus.dir, NOW) };
    const { code, stdout } = await runNode(
      ["tests/build/publish.ts"],
      buildEnv(published),
    );
    expect(code).toBe(0);
    expect(stdout).toContain("Giữ lại các mục có lỗi");
    expect(stdout).not.toContain(SECRET);
    expect(differenceBetween(published.out, place.out)).toBe("");
  });

  it("has run nothing", () => {
    expect(readdirSync(nest).sort()).toEqual(["egg.astro", "egg.js"]);
    expect(existsSync(corpus.path("dist"))).toBe(false);
    expect(strict.stdout + strict.stderr).not.toContain(SECRET);
    for (const bytes of filesIn(place.out).values())
      expect(bytes.includes(SECRET)).toBe(false);
  });

  it("would have been seen to run: the canary sings when it is let", async () => {
    const voice = temporaryFolder("voice");
    const { code } = await runNode(
      ["-e", sing("proof").replace(nest, voice)],
      {},
    );
    expect(code).toBe(0);
    expect(readdirSync(voice)).toEqual(["proof"]);
  });
});

describe("hostile words in every field that takes words", () => {
  /** Words that break out of text, attributes, titles and styles where they are not escaped. */
  const words = (number: number): string =>
    `Zq${number}q"'\`><script>alert(1)</script><img src=x onerror=alert(1)></title></style>{globalThis.x}\${1}<!--`;
  let pages: Map<string, Buffer>;
  let used = 0;

  /** Puts hostile words wherever the kind's schema lets them stand. */
  function poison(kind: KindName, data: Fields): void {
    const { schema } = kinds[kind];
    const visit = (here: unknown, set: (value: unknown) => void): void => {
      if (typeof here === "string") {
        set(words(used));
        if (schema.safeParse(data).success) used++;
        else set(here);
      } else if (Array.isArray(here))
        here.forEach((item, index) =>
          visit(item, (value) => (here[index] = value)),
        );
      else if (isRecord(here))
        for (const key of Object.keys(here))
          visit(here[key], (value) => (here[key] = value));
    };
    visit(data, () => undefined);
  }

  beforeAll(async () => {
    const corpus = await showcase({
      official: true,
      publisher: {
        name: "Ban",
        decision: "1/QĐ",
        responsible: "Bà A",
        address: "Phố",
        phone: "0123",
      },
    });
    for (const { kind, file } of listFiles(corpus.dir).entries) {
      const parts = splitSource(corpus.read(file), file);
      if ("finding" in parts) throw new Error(parts.finding.found);
      const parsed = parseYaml(parts.front);
      if ("finding" in parsed) throw new Error(parsed.finding.found);
      const data = parsed.data as Fields;
      poison(kind, data);
      if (parts.body === undefined) corpus.data(file, data);
      else corpus.text(file, data, parts.body);
    }
    const place = placeFor(corpus.dir, NOW);
    await build(place);
    pages = new Map(
      [...filesIn(place.out)].filter(([name]) => isPage(name) || isEmbed(name)),
    );
  });

  it("stay words: nothing they spell is an element or an attribute", () => {
    for (const [name, bytes] of pages) {
      const page = readPage(bytes);
      expect(page.errors, name).toEqual([]);
      const foreign = all(page, "script").filter(
        (script) =>
          textOf(script) !== SAVE_DATA &&
          !isData(script) &&
          !/^\/(?:_astro|nhung\/js)\//.test(attribute(script, "src") ?? ""),
      );
      expect(foreign, name).toEqual([]);
      for (const element of page.elements) {
        for (const { name: property } of element.attrs)
          expect(property.startsWith("on"), `${property} on ${name}`).toBe(
            false,
          );
        expect(attribute(element, "src") ?? "", name).not.toBe("x");
      }
    }
  });

  it("are all there to be read, as they were written", () => {
    const shown = new Set<string>();
    for (const [name, bytes] of pages) {
      // Examples in JSON and codes to copy write words in their own way: open.test.ts, tests/embeds.
      if (["api/index.html", "nhung/index.html"].includes(name)) continue;
      const page = readPage(bytes);
      // What machines are told has its own form of the words: tests/build/metadata.test.ts.
      const data = all(page, "script").filter(isData).map(textOf);
      const texts = [
        data.reduce(
          (text, part) => text.replace(part, () => ""),
          textOf(page.document),
        ),
        ...page.elements.flatMap(({ attrs }) =>
          attrs.map(({ value }) => value),
        ),
      ].join("\n");
      for (const [, number] of texts.matchAll(/Zq(\d+)q/g))
        if (texts.includes(words(Number(number)))) shown.add(number!);
        else throw new Error(`words ${number} were changed on ${name}`);
    }
    expect(used).toBeGreaterThan(200);
    expect(shown.size).toBeGreaterThan(200);
  });
});
