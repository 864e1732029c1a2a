/**
 * `@astrojs/mdx` is the oracle: what editors write stays ordinary MDX, which Astro's own glob loader and
 * MDX make into the same HTML as ours, and so stays a way back.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import {
  defaultTreeAdapter,
  parse,
  parseFragment,
  type DefaultTreeAdapterTypes,
} from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { readBody } from "../../src/loader/bodies.ts";
import { loadContent } from "../../src/loader/content.ts";
import { Corpus, jpeg, pdf, skeleton } from "../support/corpus.ts";
import {
  attribute,
  elementsOf,
  textOf,
  type Element,
} from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import { ROOT, filesIn, runNode, temporaryFolder } from "../support/site.ts";

/** Every feature of Markdown and GFM, the odd ones too. */
const MARKDOWN: Record<string, string> = {
  paragraphs: "Một đoạn\nhai dòng.\n\nĐoạn hai.",
  "line breaks": "Dòng một  \ndòng hai\\\ndòng ba.",
  headings:
    "# Bậc một\n\n## Bậc hai\n\nChữ\n\n### Bậc ba\n\n#### Bậc bốn\n\n##### Bậc năm\n\n###### Bậc sáu\n\nTiêu đề gạch\n---\n\n## Có *nghiêng* và `mã` và [liên kết](/mo-hinh/)",
  emphasis:
    "*một* _hai_ **ba** __bốn__ ***năm*** **đậm *nghiêng* đậm** không_phải_nghiêng 2*3*4",
  strikethrough: "~~bỏ~~ và ~~**bỏ đậm**~~",
  code: '`mã` và `` có ` bên trong ``\n\n```js\nconst a = 1 < 2 && "x";\n```\n\n~~~\nkhông loại\n~~~',
  quotations: "> một\n> hai\n>\n> > trong\n\n> - danh sách\n> - nữa",
  "bullet lists":
    "- một\n- hai\n  - trong\n    - trong nữa\n\n* khác\n\n+ khác nữa",
  "loose lists": "- một\n\n- hai\n\n  đoạn hai của hai",
  "numbered lists": "1. một\n2. hai\n\n---\n\n7. bảy\n8. tám\n\n1) ngoặc",
  tasks: "- [ ] chưa\n- [x] rồi\n  - [ ] trong",
  tables:
    "| a | b | c | d |\n| --- | :-- | --: | :-: |\n| 1 | **2** | `3` | [4](/mo-hinh/) |\n| \\| | | x | y |",
  links:
    '[một](https://vidu.example) [hai](https://vidu.example/a_(b) "Tên") [ba][a] [a] [thư](mailto:a@vidu.example) [gọi](tel:0123) [phần](#muc)\n\n[a]: https://vidu.example/ba "Ba"',
  "bare addresses":
    "Xem https://vidu.example/x?a=1&b=2 và www.vidu.example, hoặc hỏi a@vidu.example.",
  "links with signs":
    "[chữ](https://vidu.example/ti%E1%BB%87n?q=a+b&c=%20) [chữ](/mo-hinh/?x=1#y)",
  rules: "một\n\n---\n\nhai\n\n***\n\nba\n\n___",
  escapes:
    "\\*không\\* \\_nghiêng\\_ \\# \\[ \\] \\< \\> \\{ \\} \\` \\\\ &amp; &lt; &copy; &#x1EC7; &nbsp;|",
  punctuation: `"nháy" 'đơn' -- --- ... (c) “Việt” – — …`,
  footnotes:
    "Một[^1] hai[^hai] và lại một[^1].\n\n[^1]: Chú thích **một**.\n\n[^hai]: Đoạn một.\n\n    Đoạn hai.",
  comments: "Trước {/* ghi chú */} sau.\n\n{/* cả dòng */}\n\nHết.",
  unicode: "Ấ Ẫ Ự Ỹ Ộ 🌾 ‘’ “” ½ m² \u00a0x",
  "numbers and signs": "5 \\< 6; a & b; 100% $5 #thẻ @tên 1.000 - 2.000",
};

/** Blocks beside Markdown, and in every spelling. */
const AMONG: Record<string, string> = {
  "blocks between paragraphs":
    'Trước.\n\n<Callout title="A">\nChữ.\n</Callout>\n\nSau.\n\n<Video href="https://video.example/1" title="V" />',
  "blank lines inside":
    '<Steps>\n\n<Step title="Một">\n\nĐoạn một.\n\nĐoạn hai.\n\n</Step>\n\n<Step>\n\n- danh sách\n\n</Step>\n\n</Steps>',
  "all on one line":
    '<Facts><Fact label="A">một</Fact><Fact label="B">**hai**</Fact></Facts>',
  indented:
    '<KeyFigures>\n  <KeyFigure value="1" label="Một" />\n  <KeyFigure value="2" unit="ha" label="Hai" />\n</KeyFigures>',
  "attributes on lines of their own":
    '<Quote\n  who="Ai đó"\n  role="Trưởng xóm"\n>\nLời.\n</Quote>',
  "entities and quotes in attributes":
    "<Quote who='Một \"hai\" &amp; ba'>\nLời &amp; \\<lời\\>.\n</Quote>",
  "Markdown inside":
    '<Callout type="warning" title="A">\n\n## Mục\n\n| a |\n| - |\n| 1 |\n\n1. một\n\n> trích\n\n</Callout>',
  "comments inside":
    "<Steps>\n{/* ghi chú */}\n<Step>\nMột.\n</Step>\n</Steps>",
};

/** The pictures and documents that the blocks' examples name. */
const FILES = /(?:src=")([^"]+)"/g;

let folder: string | undefined;
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function fixtures(): Promise<Corpus> {
  mkdirSync(path.join(ROOT, ".cache"), { recursive: true });
  // Inside the project, where Astro finds what the compiled MDX imports.
  folder = mkdtempSync(path.join(ROOT, ".cache", "oracle-"));
  const corpus = new Corpus(folder);
  for (const [file, bytes] of [
    ...filesIn(skeleton().dir),
    ...filesIn((await showcase()).dir),
  ])
    if (!/^news\/2026\/tin-(?!01)\d/.test(file)) corpus.write(file, bytes);
  let number = 0;
  const add = async (name: string, body: string) => {
    const beside: Record<string, Uint8Array> = {};
    for (const [, file] of body.matchAll(FILES))
      beside[file!] = file!.endsWith(".jpg")
        ? await jpeg("red")
        : file!.endsWith(".png")
          ? await png()
          : pdf(file!);
    corpus.story("models", `mau-${++number}`, { byline: name }, body, beside);
  };
  for (const [name, body] of Object.entries({ ...MARKDOWN, ...AMONG }))
    await add(name, body);
  for (const { name, examples } of Object.values<Block>(blocks))
    for (const { title, source } of examples)
      await add(`${name}: ${title}`, source);
  return corpus;
}

const png = async () => {
  const { default: sharp } = await import("sharp");
  return sharp(await jpeg("red"))
    .png()
    .toBuffer();
};

/** Bodies by the path of their entry's folder. */
type Bodies = Map<string, string>;

async function ours(contentDir: string): Promise<Bodies> {
  const cacheDir = temporaryFolder("oracle");
  const { entries, problems } = await loadContent({
    contentDir,
    cacheDir,
    base: "/",
  });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return new Map(
    entries.flatMap(({ file, body }) =>
      body ? [[path.dirname(file), readBody(cacheDir, body.digest)]] : [],
    ),
  );
}

let stock: Map<string, Buffer>;
const our: Record<"shipped" | "fixtures", Bodies> = {
  shipped: new Map(),
  fixtures: new Map(),
};
const names = new Map<string, string>();

beforeAll(async () => {
  const corpus = await fixtures();
  const shipped = path.join(ROOT, "content");
  our.shipped = await ours(shipped);
  our.fixtures = await ours(corpus.dir);
  for (const folder of our.fixtures.keys()) {
    const name = /^byline: "(.*)"$/m.exec(
      corpus.read(`${folder}/index.mdx`),
    )?.[1];
    if (name) names.set(folder, name);
  }
  const OUT_DIR = temporaryFolder("stock");
  const project = path.join(ROOT, "tests/fixtures/stock");
  const { code, stdout, stderr } = await runNode(
    [path.join(ROOT, "node_modules/astro/bin/astro.mjs"), "build"],
    {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ASTRO_TELEMETRY_DISABLED: "1",
      SHIPPED_DIR: shipped,
      FIXTURES_DIR: corpus.dir,
      OUT_DIR,
      CACHE_DIR: temporaryFolder("stock-cache"),
    },
    project,
  );
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  stock = filesIn(OUT_DIR);
});

const stockBody = (place: string): string => {
  const bytes = stock.get(`${place}/index.html`);
  if (!bytes) throw new Error(`The stock path made no page of ${place}.`);
  return bytes.toString();
};

describe("ours and the stock path make the same of", () => {
  it("every shipped entry", () => {
    expect(our.shipped.size).toBeGreaterThan(20);
    for (const [folder, html] of our.shipped)
      expect(normal(html), folder).toBe(normal(stockBody(`shipped/${folder}`)));
  });

  it("every feature of Markdown, every block's examples, every fixture", () => {
    expect(our.fixtures.size).toBeGreaterThan(60);
    const different = [...our.fixtures].flatMap(([folder, html]) => {
      const [a, b] = [normal(html), normal(stockBody(`fixtures/${folder}`))];
      return a === b
        ? []
        : [{ what: names.get(folder) ?? folder, ours: a, stock: b }];
    });
    expect(different).toEqual([]);
  });
});

it("the comparison sees a difference", () => {
  expect(normal("<p>Một <em>hai</em></p>")).not.toBe(normal("<p>Một hai</p>"));
  expect(normal('<p><a href="/a/">x</a></p>')).not.toBe(
    normal('<p><a href="/b/">x</a></p>'),
  );
  expect(normal("<ul><li>a</li></ul>")).not.toBe(
    normal("<ul><li><p>a</p></li></ul>"),
  );
});

it("a developer's own .mdx page shows blocks, and runs its code", () => {
  const page = stockBody("trang-rieng");
  const nothing = { picture: () => undefined, document: () => undefined };
  const { Quote, Fact, Facts } = blocks;
  expect(page).toContain(
    Quote.render(
      { who: "Nguyễn Văn Ví Dụ", role: "Trưởng xóm" },
      "<p>Làm được đến đâu, <em>ghi</em> đến đấy.</p>",
      nothing,
    ),
  );
  expect(page).toContain(
    Facts.render(
      {},
      Fact.render({ label: "Bắt đầu" }, "Năm <strong>2024</strong>", nothing),
      nothing,
    ),
  );
  expect(page).toContain("Trang riêng của lập trình viên</h1>");
});

// What the two may differ in, and why.

type Node = DefaultTreeAdapterTypes.ChildNode;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** A body in one form, an element a line. */
function normal(html: string): string {
  const whole = parse(html);
  const main = elementsOf(whole).find(({ tagName }) => tagName === "main");
  const root: Parent = main ?? parseFragment(html);
  for (const rule of RULES)
    for (const element of elementsOf(root)) rule(element);
  tidySpaces(root);
  return root.childNodes.map((node) => print(node)).join("\n");
}

const set = (
  element: Element,
  name: string,
  value: string | undefined,
): void => {
  element.attrs = element.attrs.filter((candidate) => candidate.name !== name);
  if (value !== undefined) element.attrs.push({ name, value });
};

const replace = (element: Element, nodes: Node[]): void => {
  for (const node of nodes) {
    defaultTreeAdapter.detachNode(node);
    defaultTreeAdapter.insertBefore(element.parentNode!, node, element);
  }
  defaultTreeAdapter.detachNode(element);
};

const hasClass = (element: Element, name: string): boolean =>
  (attribute(element, "class") ?? "").split(" ").includes(name);

/** A picture by what a reader is told of it: each path publishes the file in its own way and at its own address. */
const plainPicture = (image: Element, credit: string | undefined): Element =>
  defaultTreeAdapter.createElement("img", image.namespaceURI, [
    { name: "alt", value: attribute(image, "alt") ?? "" },
    { name: "title", value: credit ?? "" },
  ]);

const RULES: ((element: Element) => void)[] = [
  // Our headings have identifiers in ASCII, as addresses have; Astro's keep Vietnamese letters. The one of the
  // list of footnotes is the same. A body's first level is 2 with us: the page's title is the one h1.
  (element) => {
    if (!/^h[1-6]$/.test(element.tagName)) return;
    if (attribute(element, "id") !== "footnote-label")
      set(element, "id", undefined);
    if (element.tagName === "h1") element.tagName = element.nodeName = "h2";
  },
  // Footnotes: attributes that only mark what is what are empty with us and "true" in stock MDX, and two marks
  // are doubled as classes there, which our styles do without.
  (element) => {
    for (const mark of ["data-footnote-ref", "data-footnotes"])
      if (attribute(element, mark) !== undefined) set(element, mark, "");
    if (
      attribute(element, "id") === "footnote-label" ||
      attribute(element, "data-footnote-backref") !== undefined
    )
      set(element, "class", undefined);
  },
  // The content security policy lets no style attribute through: alignment is a class with us.
  (element) => {
    const align = /text-align:\s*(\w+)/.exec(attribute(element, "style") ?? "");
    if (align) set(element, "class", `align-${align[1]}`);
    set(element, "style", undefined);
  },
  // Ours says what a heading cell heads, and lets a wide table scroll in a frame.
  (element) => {
    if (element.tagName === "th") set(element, "scope", undefined);
    if (hasClass(element, "table-scroll")) replace(element, element.childNodes);
  },
  // Ours tells a listener what a task's box says.
  (element) => {
    if (attribute(element, "type") === "checkbox")
      set(element, "aria-label", undefined);
  },
  // A picture in Markdown is a figure with us, its title the credit under it; stock MDX has the bare picture in
  // its paragraph. The block's figure is the same in both.
  (element) => {
    if (!hasClass(element, "figure")) return;
    const inside = elementsOf(element);
    const image = inside.find(({ tagName }) => tagName === "img");
    const credit = inside.find((child) => hasClass(child, "credit"));
    const caption = inside.find(({ tagName }) => tagName === "figcaption");
    if (!image || !credit || !caption || textOf(caption) !== textOf(credit))
      return;
    if (elementsOf(credit).length > 0) return;
    const paragraph = defaultTreeAdapter.createElement(
      "p",
      element.namespaceURI,
      [],
    );
    defaultTreeAdapter.appendChild(
      paragraph,
      plainPicture(image, textOf(credit).replace("Ảnh: ", "")),
    );
    if (element.parentNode) replace(element, [paragraph]);
  },
  // A picture between words has its credit behind it with us, in its title in stock MDX.
  (element) => {
    if (element.tagName !== "small" || !hasClass(element, "credit")) return;
    const siblings = element.parentNode!.childNodes;
    const before = siblings
      .slice(0, siblings.indexOf(element))
      .findLast((node) => "tagName" in node) as Element;
    const image = elementsOf(before).find(({ tagName }) => tagName === "img")!;
    const space = siblings[siblings.indexOf(element) - 1]!;
    const credit = /^\(Ảnh: (.*)\)$/.exec(textOf(element))?.[1];
    replace(before, [plainPicture(image, credit)]);
    if ("value" in space) space.value = "";
    defaultTreeAdapter.detachNode(element);
  },
  (element) => {
    if (element.tagName === "picture")
      replace(element, [
        plainPicture(
          elementsOf(element).find(({ tagName }) => tagName === "img")!,
          "",
        ),
      ]);
    else if (element.tagName === "img" && attribute(element, "src"))
      replace(element, [plainPicture(element, attribute(element, "title"))]);
  },
  // A document beside the story is published under an address of its own with us.
  (element) => {
    const href = attribute(element, "href");
    if (
      href &&
      /^(?:\/_files\/.*|[^/:#?]+)\.(?:pdf|docx|xlsx|odt|ods)$/.test(href)
    )
      set(element, "href", path.posix.basename(href));
  },
];

const INLINE = new Set(
  "a br code del em img input s small span strong sup time".split(" "),
);

/** Line breaks between elements are nobody's content; inside code they are. */
function tidySpaces(parent: Parent): void {
  for (const node of parent.childNodes.slice()) {
    if ("tagName" in node) {
      if (node.tagName !== "pre") tidySpaces(node);
      continue;
    }
    if (!("value" in node)) {
      defaultTreeAdapter.detachNode(node);
      continue;
    }
    const siblings = parent.childNodes;
    const at = siblings.indexOf(node);
    const isEdge = (other: Node | undefined) =>
      !other ||
      ("tagName" in other &&
        (!INLINE.has(other.tagName) || other.tagName === "br"));
    let text = node.value.replace(/[ \t\n]+/g, " ");
    if (isEdge(siblings[at - 1])) text = text.trimStart();
    if (isEdge(siblings[at + 1])) text = text.trimEnd();
    node.value = text.replace(/^ +| +$/g, " ");
    if (node.value === "") defaultTreeAdapter.detachNode(node);
  }
}

function print(node: Node, depth = 0): string {
  const margin = "  ".repeat(depth);
  if (!("tagName" in node))
    return `${margin}${JSON.stringify("value" in node ? node.value : "")}`;
  const attributes = node.attrs
    .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
    .sort()
    .join("");
  return [
    `${margin}<${node.tagName}${attributes}>`,
    ...node.childNodes.map((child) => print(child, depth + 1)),
  ].join("\n");
}
