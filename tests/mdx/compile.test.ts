/** Checked MDX as HTML: what browsers read, and nothing that was not checked. */
import { describe, expect, it } from "vitest";
import type { BlockContext } from "../../src/blocks/index.ts";
import { checkSource, compileBody } from "../../src/mdx/compile.ts";
import {
  elementsIn,
  errorsOf,
  reread,
  spelling,
  wordsIn,
} from "../blocks/fragment.ts";
import { everyFile, noFile } from "../blocks/mdx.ts";
import { BENIGN, HOSTILE } from "./bodies.ts";

const compile = (
  source: string,
  context: BlockContext = everyFile,
  base = "/",
) => compileBody(source, { ...context, base });
const html = (source: string) => compile(source).html;

/** What a tag or attribute may not be, whoever wrote the text. */
function expectHarmless(written: string): void {
  expect(errorsOf(written)).toEqual([]);
  expect(reread(written)).toBe(spelling(written));
  for (const { tagName, attrs } of elementsIn(written)) {
    expect([
      "script",
      "style",
      "iframe",
      "object",
      "embed",
      "link",
      "meta",
      "base",
      "form",
      "svg",
      "math",
    ]).not.toContain(tagName);
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^on|^style$|^srcdoc$/);
      if (name === "href" || name === "src")
        expect(value).toMatch(/^(?:https?:\/\/|mailto:|tel:|\/|#)/);
    }
  }
}

describe("what was accepted", () => {
  it.each(BENIGN)("%j is whole and harmless HTML", (source) => {
    for (const context of [everyFile, noFile]) {
      const { html: written } = compile(source, context);
      expectHarmless(written);
      expect(written).not.toMatch(/[\ufdd0-\ufdef]/);
    }
  });

  it("is the same whenever it is compiled", () => {
    for (const source of BENIGN)
      expect(compile(source)).toEqual(compile(source));
  });
});

describe("what was refused", () => {
  // A note that nothing refers to is not rendered, and a picture beside is a picture however it is named.
  const nothing = HOSTILE.filter(
    ([code, third]) => code === "image-reference" || third === "[^{a}]: b",
  );
  it.each(HOSTILE.filter((body) => !nothing.includes(body)))(
    "%s: %j is never rendered",
    (_code, third) => {
      expect(() => compile(`Dòng đầu.\n\n${third}`)).toThrow();
    },
  );

  it("is harmless where nothing comes of it", () => {
    expect(nothing).toHaveLength(2);
    for (const [, third] of nothing) expectHarmless(html(third));
  });
});

describe("headings", () => {
  it("start at the second level and have plain, unlike identifiers", () => {
    const { html: written, headings } = compile(
      "# Một\n\n## Đường về xã Ví Dụ\n\n## Đường về xã Ví Dụ\n\n### *Đậm* `mã` [chữ](/)\n\n## 😀\n\n## 😀\n\n## Đường về xã Ví Dụ 2\n\n## Menu\n\n## Fn 1\n\n## Fnref-a[^1]\n\n[^1]: Chú thích.",
    );
    expect(
      headings.map(({ depth, id, text }) => `${depth} ${id} ${text}`),
    ).toEqual([
      "2 mot Một",
      "2 duong-ve-xa-vi-du Đường về xã Ví Dụ",
      "2 duong-ve-xa-vi-du-2 Đường về xã Ví Dụ",
      "3 dam-ma-chu Đậm mã chữ",
      "2 muc 😀",
      "2 muc-2 😀",
      "2 duong-ve-xa-vi-du-2-2 Đường về xã Ví Dụ 2",
      "2 menu-2 Menu",
      "2 muc-fn-1 Fn 1",
      "2 muc-fnref-a Fnref-a",
    ]);
    expect(written).not.toContain("<h1");
    const ids = elementsIn(written).flatMap(({ attrs }) =>
      attrs.filter(({ name }) => name === "id").map(({ value }) => value),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[!-~]+$/);
  });

  it("stay unlike however often one is written", () => {
    const { headings } = compile(
      "## A\n\n## A-2\n\n## A\n\n## A\n\n## A-2\n\n## A".repeat(3),
    );
    const ids = headings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("tables", () => {
  it("align by class and scroll in a frame that the keyboard reaches", () => {
    expect(
      html("| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | **4** |"),
    ).toBe(
      '<div class="table-scroll" role="region" aria-label="Bảng" tabindex="0"><table>\n<thead>\n<tr>\n<th scope="col">a</th>\n<th scope="col" class="align-left">b</th>\n<th scope="col" class="align-center">c</th>\n<th scope="col" class="align-right">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="align-left">2</td>\n<td class="align-center">3</td>\n<td class="align-right"><strong>4</strong></td>\n</tr>\n</tbody>\n</table></div>',
    );
  });
});

describe("notes", () => {
  it("are told in Vietnamese and lead to and fro", () => {
    const written = html(
      "Chữ[^1] và[^tên] nữa[^1].\n\n[^1]: Một.\n[^tên]: Hai.",
    );
    const elements = elementsIn(written);
    const ids = new Set(
      elements.flatMap(({ attrs }) =>
        attrs.filter(({ name }) => name === "id").map(({ value }) => value),
      ),
    );
    const targets = elements.flatMap(({ attrs }) =>
      attrs
        .filter(({ name, value }) => name === "href" && value.startsWith("#"))
        .map(({ value }) => value.slice(1)),
    );
    expect(targets.length).toBe(6);
    for (const target of targets) expect(ids).toContain(target);
    expect(wordsIn(written)).toContain("Chú thích");
    expect(wordsIn(written)).toContain("Trở lại chỗ có chú thích 1");
    expect(compile("A[^1]\n\n[^1]: B").headings).toEqual([]);
  });
});

describe("lists", () => {
  it("of things to do say which are done", () => {
    expect(html("- [ ] Họp\n- [x] Làm")).toBe(
      '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" disabled="" aria-label="Chưa xong"> Họp</li>\n<li class="task-list-item"><input type="checkbox" checked="" disabled="" aria-label="Đã xong"> Làm</li>\n</ul>',
    );
  });

  it("nest, and start where they start", () => {
    expect(html("- a\n  1. b\n     - c\n\n7. d")).toBe(
      '<ul>\n<li>a\n<ol>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n</li>\n</ul>\n<ol start="7">\n<li>d</li>\n</ol>',
    );
  });
});

describe("code", () => {
  it("is kept to the letter", () => {
    const code =
      "import a from 'b'\nexport { c }\n{/* d */} \\{e\\} <f g={h}> &amp;  \n\n\tđ";
    expect(wordsIn(html(`\`\`\`js\n${code}\n\`\`\``))).toBe(
      `language-js\n${code}\n`,
    );
    expect(html("`{a} \\{b\\} {/* c */} <d> &amp;`")).toBe(
      "<p><code>{a} \\{b\\} {/* c */} &lt;d&gt; &amp;amp;</code></p>",
    );
  });

  it("names its language as text", () => {
    expect(html('```"><script>{a}\nb\n```')).toBe(
      '<pre><code class="language-&quot;&gt;&lt;script&gt;{a}">b\n</code></pre>',
    );
  });
});

describe("text", () => {
  it("keeps what is escaped", () => {
    expect(html("5 \\< 6 \\\\< 7 < 8")).toBe("<p>5 &lt; 6 \\&lt; 7 &lt; 8</p>");
    expect(html("\\{a\\} \\<b\\> &lt;c&gt; \\*d\\* } e")).toBe(
      "<p>{a} &lt;b&gt; &lt;c&gt; *d* } e</p>",
    );
  });

  it("drops code points that are no characters", () => {
    expect(html("a\ufdd0b\ufdd1c\ufffed\u0001e")).toBe("<p>abcde</p>");
    expect(() => html("\ufdd0import a")).toThrow();
  });

  it("breaks lines where asked", () => {
    expect(html("a  \nb\\\nc\nd")).toBe("<p>a<br>\nb<br>\nc\nd</p>");
  });
});

describe("comments", () => {
  it("vanish", () => {
    expect(html("{/* a */}")).toBe("");
    expect(
      html("{/* a */}\n\nb {/* c */}d\n\n{/* e */} {/* f */}").trim(),
    ).toBe("<p>b d</p>");
  });
});

describe("addresses", () => {
  it("of the site stand under its base, documents where they are published", () => {
    const { html: written } = compile(
      "[a](/mo-hinh/b/) [c](/) [d](#e) [f](g.pdf) [h](https://vidu.example/)",
      everyFile,
      "/goc/",
    );
    const targets = elementsIn(written).flatMap(({ attrs }) =>
      attrs.map(({ value }) => value),
    );
    expect(targets).toEqual([
      "/goc/mo-hinh/b/",
      "/goc/",
      "#e",
      "/_media/g.pdf",
      "https://vidu.example/",
    ]);
  });
});

describe("pictures", () => {
  const picture = '![Bà con làm đường](a.jpg "Nguyễn Văn Thử")';
  it("alone in a paragraph are figures, the same as the block makes", () => {
    const block =
      '<Figure src="a.jpg" alt="Bà con làm đường" credit="Nguyễn Văn Thử" />';
    expect(html(picture)).toBe(html(block));
    expect(html(picture)).toMatch(/^<figure/);
    expect(html(`${picture} {/* ghi chú */}`)).toBe(html(block));
  });

  it("between words carry their credit", () => {
    const written = html(`Chữ ${picture} chữ`);
    expect(written).not.toContain("<figure");
    expect(wordsIn(written)).toContain("(Ảnh: Nguyễn Văn Thử)");
  });

  it("that cannot be shown are told in words", () => {
    expect(compile(`Chữ ${picture}`, noFile).html).toContain(
      "Bà con làm đường",
    );
    expect(compile(picture, noFile).html).not.toContain("<img");
  });
});

describe("blocks", () => {
  it("take words, paragraphs or other blocks, each as it asks", () => {
    expect(html('<Quote who="A">Chữ **đậm** *nghiêng*</Quote>')).toContain(
      "<blockquote><p>Chữ <strong>đậm</strong> <em>nghiêng</em></p></blockquote>",
    );
    expect(html('<Quote who="A">\n\nMột.\n\nHai.\n\n</Quote>')).toMatch(
      /<blockquote><p>Một\.<\/p>\s*<p>Hai\.<\/p><\/blockquote>/,
    );
    expect(
      html('<Facts>\n<Fact label="A">\n**x** *y*\n\nz\n</Fact>\n</Facts>'),
    ).toContain("<dd><strong>x</strong> <em>y</em><br>z</dd>");
    expect(html('<Facts><Fact label="A">**x** *y*</Fact></Facts>')).toContain(
      "<dd><strong>x</strong> <em>y</em></dd>",
    );
  });

  it("keep an internal property to themselves", () => {
    const block = (consent: string) =>
      html(
        `<Gallery><Photo src="a.jpg" alt="Các em tập bơi" credit="Đoàn xã Ví Dụ" showsChildren consent="${consent}" /></Gallery>`,
      );
    expect(block("GIAY-MOT")).toBe(block("GIAY-HAI"));
    expect(block("GIAY-MOT")).not.toContain("GIAY");
  });
});

describe("words", () => {
  it("are counted without tags", () => {
    expect(compile("Một **hai** ba, bốn: 5!\n\n## Sáu bảy").words).toBe(7);
    expect(compile("").words).toBe(0);
  });
});

describe("the same text", () => {
  it("is read alike by the checker and the compiler, whatever stands around code", () => {
    const parts = [
      "chữ ",
      "`a {b}` ",
      "\\{ ",
      "{/* c */} ",
      "\n\n",
      "```\n{d}\n```\n\n",
      "- ",
      "> ",
      "**e** ",
      "}",
      '<Callout title="f">g</Callout>',
      "\n",
      "[h](https://vidu.example) ",
    ];
    let state = 7;
    const next = (limit: number) =>
      (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % limit;
    let accepted = 0;
    for (let round = 0; round < 400; round++) {
      const source = Array.from(
        { length: 1 + next(12) },
        () => parts[next(parts.length)],
      ).join("");
      const isRefused = checkSource(source).findings.some(
        ({ severity }) => severity === "error",
      );
      if (isRefused) continue;
      accepted++;
      expectHarmless(html(source));
    }
    expect(accepted).toBeGreaterThan(100);
  });
});
