/** Whatever an editor writes stays text. */
import { describe, expect, it } from "vitest";
import { blocks } from "../../src/blocks/index.ts";
import type { Block } from "../../src/blocks/index.ts";
import { markup, trusted } from "../../src/blocks/html.ts";
import { pictureHtml } from "../../src/blocks/picture.ts";
import { errorsOf, reread, skeleton, spelling, wordsIn } from "./fragment.ts";
import { everyFile, noFile } from "./mdx.ts";

const HOSTILE = [
  `"><script>alert(1)</script>`,
  `' onmouseover='alert(1)`,
  `" style="position:fixed" onload="alert(1)`,
  `</a></p></dl></figure></aside><img src=x onerror=alert(1)>`,
  `<!-- --><![CDATA[ &amp;lt; &#0; & &nbsp;`,
  `javascript:alert(1)`,
];

/** Properties that are free text, with the others filled so that everything is rendered. */
const FREE_TEXT: [Block, string[], Record<string, unknown>][] = [
  [blocks.Quote, ["who", "role"], {}],
  [blocks.KeyFigures, ["title"], {}],
  [blocks.KeyFigure, ["value", "unit", "label", "before"], {}],
  [blocks.Steps, ["title"], {}],
  [blocks.Step, ["title"], {}],
  [blocks.Figure, ["alt", "caption", "credit"], { src: "a.jpg" }],
  [blocks.Gallery, ["title"], {}],
  [blocks.Photo, ["alt", "caption", "credit"], { src: "a.jpg" }],
  [blocks.Video, ["title", "publisher"], { href: "https://a.example/" }],
  [blocks.Callout, ["title"], { type: "tip" }],
  [blocks.Facts, ["title"], {}],
  [blocks.Fact, ["label"], {}],
  [blocks.Document, ["title"], { src: "a.pdf" }],
];

it("tries every block", () => {
  expect(FREE_TEXT.map(([block]) => block)).toEqual(Object.values(blocks));
});

describe.each(FREE_TEXT)("$name", (block, keys, fixed) => {
  const renderWith = (text: string, context = everyFile) => {
    const texts = Object.fromEntries(keys.map((key) => [key, text]));
    return block.render(block.props.parse({ ...fixed, ...texts }), "", context);
  };

  it.each(HOSTILE)("prints %s as text", (text) => {
    for (const context of [everyFile, noFile]) {
      const html = renderWith(text, context);
      expect(errorsOf(html)).toEqual([]);
      expect(reread(html)).toBe(spelling(html));
      expect(skeleton(html)).toEqual(skeleton(renderWith("Chữ hiền", context)));
    }
    const printed = wordsIn(renderWith(text)).split(text).length - 1;
    expect(printed).toBeGreaterThanOrEqual(keys.length);
  });

  it("drops what no parser accepts", () => {
    const html = renderWith(
      "A\u0000\u0001\u000b\u001b\u007f\u0085\ud800\ufffeẤ",
    );
    expect(errorsOf(html)).toEqual([]);
    expect(html).toContain("AẤ");
  });
});

it.each([
  "javascript:alert(1)",
  "java\nscript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "//video.example/",
  "/xem/1",
  `"><script>alert(1)</script>`,
])("Video refuses %j", (href) => {
  expect(blocks.Video.props.safeParse({ href, title: "A" }).success).toBe(
    false,
  );
});

it.each([
  [
    `https://a.example/"><script>alert(1)</script>`,
    "https://a.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
  ],
  ["https://a.example/?a=1&b='2'", "https://a.example/?a=1&amp;b=%272%27"],
  ["https://a.example/\n\tb", "https://a.example/b"],
])("Video writes %j so that it stays one address", (href, written) => {
  const html = blocks.Video.render(
    blocks.Video.props.parse({ href, title: "A" }),
    "",
    noFile,
  );
  expect(html).toContain(`<a href="${written}">Xem video: A <span`);
});

it("Video tells whom an address with a false front leads to", () => {
  const html = blocks.Video.render(
    { href: "https://tinhvidu.example@la.example/", title: "A" },
    "",
    noFile,
  );
  expect(html).toContain("(mở trang khác: la.example)");
});

it.each([
  [blocks.Figure, { src: "../bi-mat.jpg", alt: "Vườn chè", credit: "A" }],
  [
    blocks.Photo,
    { src: "https://a.example/a.jpg", alt: "Vườn chè", credit: "A" },
  ],
  [blocks.Document, { src: "javascript:alert(1)//.pdf", title: "A" }],
  [blocks.Callout, { type: 'tip" onclick="alert(1)', title: "A" }],
  [blocks.Quote, { who: true }],
] as [Block, unknown][])(
  "$name refuses what is not among its choices",
  (block, props) => {
    expect(block.props.safeParse(props).success).toBe(false);
  },
);

it("never prints a consent", () => {
  const props = blocks.Figure.props.parse({
    src: "a.jpg",
    alt: "Các em tập bơi",
    credit: "A",
    showsChildren: true,
    consent: "bí-mật-0987",
  });
  for (const block of [blocks.Figure, blocks.Photo])
    for (const context of [everyFile, noFile])
      expect(block.render(props, "", context)).not.toContain("bí-mật-0987");
});

it("escapes what src/media says of a file, too", () => {
  const html = pictureHtml(
    {
      src: `/a".jpg`,
      width: 1,
      height: 1,
      sources: [{ type: `a"b`, srcset: `/<b>.avif 1w` }],
    },
    { alt: `"<b>`, sizes: `"x` },
  );
  expect(errorsOf(html)).toEqual([]);
  expect(skeleton(html)).toEqual([
    "picture",
    "source type srcset sizes",
    "img src alt width height loading decoding",
  ]);
});

it("escapes text once, keeps markup, leaves out nothing at all", () => {
  const inner = markup`<b>${"<&>"}</b>`;
  expect(
    markup`<p title="${`"'`}">${inner}${[trusted("<i>"), "&"]}${undefined}${0}</p>`
      .html,
  ).toBe('<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><i>&amp;0</p>');
});
