import { describe, expect, it } from "vitest";
import { blocks } from "../../src/blocks/index.ts";
import { plainHtml, shownSize } from "../../src/feeds/plain.ts";
import { plainText } from "../../src/feeds/text.ts";
import { compileBody } from "../../src/mdx/compile.ts";
import { elementsIn, reread, spelling } from "../blocks/fragment.ts";
import { RICH_BODY } from "../support/showcase.ts";

const PAGE = "https://guong.example/goc/mo-hinh/bai/";
const plain = (html: string) => plainHtml(html, PAGE);

const picture = (src: string) => ({
  src: `/goc/_media/${src}-960.webp`,
  width: 4000,
  height: 3000,
  sources: [
    { type: "image/avif", srcset: `/goc/_media/${src}-960.avif 960w` },
    {
      type: "image/webp",
      srcset: `/goc/_media/${src}-480.webp 480w, /goc/_media/${src}-960.webp 960w`,
    },
  ],
});
const compile = (source: string) =>
  compileBody(source, {
    base: "/goc/",
    picture,
    document: (name) => ({
      href: `/goc/_files/${name}`,
      extension: "pdf",
      bytes: 1,
    }),
  }).html;

const BODIES: [name: string, html: string][] = [
  ["all of Markdown and the blocks", compile(RICH_BODY)],
  ...Object.values(blocks).flatMap(({ name, examples }) =>
    examples.map(({ title, source }): [string, string] => [
      `${name}: ${title}`,
      compile(source),
    ]),
  ),
];

describe.each(BODIES)("%s", (_name, html) => {
  const made = plain(html);

  it("has only elements and attributes that any reader knows, and full addresses", () => {
    expect(made).not.toBe("");
    for (const { tagName, attrs } of elementsIn(made)) {
      expect(tagName).toMatch(
        /^(?:a|blockquote|br|code|d[dlt]|del|em|fig(?:caption|ure)|h[2-6]|hr|img|li|ol|p|pre|strong|sup|t(?:able|body|d|h|head|r)|ul)$/,
      );
      for (const { name, value } of attrs) {
        expect(`${tagName} ${name}`).toMatch(
          /^(?:a href|img (?:src|width|height|alt)|ol start)$/,
        );
        if (/href|src/.test(name))
          expect(value).toMatch(/^(?:https?:\/\/|mailto:)./);
      }
    }
    expect(spelling(made)).toBe(reread(made));
  });

  it("says all that it said", () => {
    const words = (from: string) => from.replace(/<[^>]*>|[☐☑↩\s]/g, "");
    expect(words(made)).toBe(words(html));
  });

  it("is text as well, without tags", () => {
    const text = plainText(made);
    expect(text).not.toBe("");
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/<(?:p|li|a|img|dt|figure)[ >]/);
    expect(text).not.toMatch(/\n{3}/);
  });
});

describe("plain HTML", () => {
  it.each([
    [
      "relative",
      '<a href="../khac/">chữ</a>',
      '<a href="https://guong.example/goc/mo-hinh/khac/">chữ</a>',
    ],
    [
      "of the site",
      '<a href="/goc/mo-hinh/">chữ</a>',
      '<a href="https://guong.example/goc/mo-hinh/">chữ</a>',
    ],
    ["within the page", '<a href="#fn-1">chữ</a>', "chữ"],
    [
      "without a protocol",
      '<a href="//khac.example/a">chữ</a>',
      '<a href="https://khac.example/a">chữ</a>',
    ],
    [
      "a mailbox",
      '<a href="mailto:a@vidu.example">chữ</a>',
      '<a href="mailto:a@vidu.example">chữ</a>',
    ],
    ["that runs", '<a href="javascript:alert(1)">chữ</a>', "chữ"],
    [
      "that runs, in disguise",
      '<a href="&#1;JaVa&Tab;Script:alert(1)">chữ</a>',
      "chữ",
    ],
    ["of data", '<a href="data:text/html,x">chữ</a>', "chữ"],
    ["none", "<a>chữ</a>", "chữ"],
  ])("an address %s", (_what, html, expected) => {
    expect(plain(html)).toBe(expected);
  });

  it.each([
    "<script>alert(1)</script>",
    "<style>p{}</style>",
    '<iframe src="https://a.example"></iframe>',
    "<svg><script>alert(1)</script></svg>",
    '<object data="a"></object>',
    "<template><p>a</p></template>",
    "<!-- a -->",
    "<constructor>a</constructor>",
  ])("leaves out %s", (html) => {
    expect(plain(`<p>trước</p>${html}<p>sau</p>`)).toBe(
      "<p>trước</p><p>sau</p>",
    );
  });

  it("keeps no attribute that runs, dresses or names", () => {
    expect(
      plain(
        '<p onclick="alert(1)" style="color:red" class="a" id="b" data-c="d" aria-label="e">chữ</p>',
      ),
    ).toBe("<p>chữ</p>");
    expect(
      plain('<img src="javascript:alert(1)" alt="Ảnh &lt;b&gt;" onerror="x">'),
    ).toBe("Ảnh &lt;b&gt;");
  });

  it("shows a picture in the size it is fetched in", () => {
    expect(shownSize(picture("a"))).toEqual({ width: 960, height: 720 });
    expect(shownSize({ ...picture("a"), sources: [] })).toEqual({
      width: 4000,
      height: 3000,
    });
    expect(
      plain(
        compile(
          '<Figure src="a.jpg" alt="Con đường đất trơn trượt" credit="Tổ ảnh" />',
        ),
      ),
    ).toContain(
      '<img src="https://guong.example/goc/_media/a.jpg-960.webp" width="960" height="720" alt="Con đường đất trơn trượt">',
    );
  });
});

describe("text", () => {
  it("keeps a line an item, a fact, a row, and says where words lead", () => {
    const html = plain(
      compile(`Xem [bài](/mo-hinh/bai/) và [a@vidu.example](mailto:a@vidu.example).

3. Họp
4. Làm
   - tổ một

<KeyFigures>
<KeyFigure value="7,5" unit="ha" label="Ruộng" before="2" />
</KeyFigures>

| Đoạn | Dài |
| --- | --- |
| Cổng | 120 |

~~Bỏ~~ rồi.

\`\`\`
hai
dòng
\`\`\``),
    );
    expect(plainText(html).replaceAll("\u00a0", " "))
      .toBe(`Xem bài <https://guong.example/goc/mo-hinh/bai/> và a@vidu.example.

3. Họp
4. Làm
- tổ một

Ruộng: 7,5 ha; Trước đó: 2 ha

Đoạn | Dài
Cổng | 120

[đã bỏ: Bỏ] rồi.

hai
dòng`);
  });
});
