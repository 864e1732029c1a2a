/** Bodies through the real editor and back: what is not touched keeps its bytes, what is rewritten its meaning. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { checkSource, compileBody } from "../../src/mdx/compile.ts";
import { everyFile } from "../blocks/mdx.ts";
import { BENIGN } from "../mdx/bodies.ts";
import { useBrowser, visit, type Page } from "../support/browser.ts";
import { story } from "../support/content.ts";
import { Bench, enter, placeOf } from "../support/desk.ts";

useBrowser();

const WORDS = "Bà con xóm Ví Dụ họp ba lần rồi mới làm đường. ";

/** What editors' own programs, other people's hands and odd keyboards bring, besides what the judge's tests hold. */
const OWN: readonly string[] = [
  "1986\\. Năm ấy.\n\n\\+ cộng",
  // Lists
  "- Đoạn một của mục.\n\n  Đoạn hai của mục.\n\n  Đoạn ba.\n- Mục sau.",
  "1. Đoạn một.\n\n   Đoạn hai.\n\n   - con một\n   - con hai\n\n     đoạn của con hai\n2. Mục sau.",
  "- một\n  1. hai\n     - ba\n       - bốn\n  2. lại hai\n- năm",
  "- > Trích trong mục.\n  >\n  > Đoạn hai.\n- `mã` trong mục",
  "- **Đậm:** chữ\n- *Nghiêng*: chữ\n- [Liên kết](https://vidu.example): chữ",
  "- [x] họp xóm\n- [ ] đổ bê tông\n  - [ ] trộn\n  - [x] đầm",
  "3. ba\n4. bốn\n\n   đoạn\n5. năm",
  // Tables
  "| Hộ | Trước | Sau |\n| :-- | :-: | --: |\n| Bà Thử | 2 | **3** |\n| [Ông Tư](/mo-hinh/) | `a` | *b* |",
  "| Một cột |\n| --- |\n| Có \\| trong ô |\n|  |",
  "| Rất rộng |\n| --- |\n| " + WORDS.repeat(8).trim() + " |",
  // Footnotes
  "Chữ.[^dai] Nữa.[^hai]\n\n[^dai]: Đoạn một của chú thích.\n\n    Đoạn hai, có **đậm**.\n\n[^hai]: [Liên kết](https://vidu.example/a).",
  "Nguồn.[^u] Sau.[^v]\n\n[^u]: https://vidu.example/a_b\n[^v]: Báo",
  // Escapes, braces, angle brackets
  "2 \\* 3 \\* 4 = 24, \\_gạch\\_, \\~\\~không\\~\\~, \\[không\\](liên kết), \\# không",
  "\\- không phải mục\n\n\\> không trích\n\nNăm 1986\\. Năm ấy.",
  "Giá \\{đơn vị\\}, tập \\{1, 2, 3\\}, mã \\$\\{a\\}.",
  "Nếu a \\< b và b > c thì a \\<= d; mũi tên -> và \\<-.",
  "Thẻ \\<b>đậm\\</b>, \\<script>alert(1)\\</script>, \\<img src=x onerror=alert(1)>.",
  "&lt;div&gt;chữ&lt;/div&gt; &amp;lt; &nbsp; &copy;",
  "\\\\ một dấu, C:\\\\Thu muc\\\\tệp",
  "`{a}` `<b>` ``có ` trong`` và `cách`",
  // Letters
  "👩‍👩‍👧 🇻🇳 👍🏽 ☎️ Đắk Lắk, Nguyễn Thị Ỷ, ẪẤẦ",
  "Số\u00a0tiền\u00a05\u00a0000\u00a0đồng, ngày\u00a023/11",
  "Gạch\u2011nối, chữ\u00admềm, nối\u200cliền\u200dnhau, “ngoặc” ‘đơn’ … – —",
  "العربية עברית 中文 ภาษาไทย Ελληνικά",
  // Links
  "[Ngoặc](https://vidu.example/a_\\(b\\)) và [phần](/mo-hinh/#a_b*c)",
  "[*nghiêng* **đậm** `mã`](https://vidu.example) [ngoặc](https://vidu.example \"Tên 'có' ngoặc\")",
  "https://vidu.example/duong/dai?a=1&b=2#c, www.vidu.example/x_y_z.",
  "[Tiếng Việt](https://vidu.example/%C4%91%C6%B0%E1%BB%9Dng) [thô](https://vidu.example/đường)",
  // Code
  "```ts\nconst a: Record<string, string> = { b: `${c}` };\n\n\n// ba dòng trống\n```",
  "````\n```\ntrong\n```\n````",
  // Emphasis
  "**đậm *nghiêng trong đậm* đậm** và ***cả hai*** và ~~gạch **đậm**~~",
  "chữ**đậm**liền chữ*nghiêng*liền",
  "**Đậm hết dòng**\n\n*Nghiêng hết dòng*",
  // Breaks and headings
  "Dòng một\\\nDòng hai\\\nDòng ba\n\nThơ:\\\nSáu chữ\\\nTám chữ",
  "### Bậc ba có *nghiêng* và `mã`\n\n#### Bậc bốn: [liên kết](/mo-hinh/)",
  "> Trích một.\n>\n> ### Đề mục trong trích\n>\n> - mục\n>\n> Trích hai.",
  // Long
  Array.from({ length: 60 }, (_, at) =>
    `Đoạn ${at}. ${WORDS.repeat(6)}`.trim(),
  ).join("\n\n"),
  `${"Một từ ".repeat(2000)}cuối.`,
];

/**
 * What the editor reads otherwise than the site does, or cannot tell apart, and what it makes of it once the
 * text is changed anywhere. An upgrade of Decap may change this list; it may not get longer.
 */
const REWRITTEN = new Map<string, string>([
  // To us one tilde strikes out, to the editor it is a tilde.
  [
    "Công thức H~2~O và x^2^ chỉ là chữ; giá $5 và $$6$$.",
    "Công thức H\\~2\\~O và x^2^ chỉ là chữ; giá $5 và $$6$$.",
  ],
  // A link to nowhere, which is words, loses its second half.
  ["[chữ][khong-co] chỉ là chữ.", "\\[chữ] chỉ là chữ."],
  // So does one whose words hold a bracket: its address stays as words.
  ["[a\\]b](https://vidu.example)", "[a]b](https://vidu.example)"],
  // Lists that nothing but their signs keeps apart, and quotations, grow together.
  ["* sao\n\n+ cộng\n\n- gạch", "- sao\n- cộng\n- gạch"],
  ["> Trích một.\n\n> Trích hai.", "> Trích một.\n>\n> Trích hai."],
  // A backslash in front of a sign takes the sign's own away.
  ["C:\\\\\\{a\\\\\\}", "C:\\{a\\}"],
]);

/** Nothing, and an open end, which takes all that follows. */
const isAlone = (body: string): boolean =>
  body.trim() === "" || body.endsWith("không đóng");
const BODIES = [
  ...new Set([
    ...BENIGN.filter((body) => !isAlone(body)),
    ...Object.values<Block>(blocks).flatMap(({ examples }) =>
      examples.map(({ source }) => source),
    ),
    ...OWN,
    ...REWRITTEN.keys(),
  ]),
];

/** Bodies share a story: the editor writes all of it anew whatever is changed in it. */
const PER_STORY = 24;
const FIRST = "Đoạn đầu.";
const LAST = "Đoạn cuối.";
const marker = (at: number): string => `## Mẫu ${at}`;
const files = Array.from(
  { length: Math.ceil(BODIES.length / PER_STORY) },
  (_, at) => `news/2026/di-va-ve-${at}/index.mdx`,
);

/** A body's labels are its own, so that it may stand with others. */
const apart = (body: string, at: number): string =>
  body.replaceAll(/\[\^(\w+)\]/g, `[^$1m${at}]`);

function textOf(file: string): string {
  const from = files.indexOf(file) * PER_STORY;
  const parts = BODIES.slice(from, from + PER_STORY).flatMap((body, at) => [
    marker(from + at),
    apart(body, from + at).trim(),
  ]);
  return story({}, [FIRST, ...parts, "## Hết", LAST].join("\n\n"));
}

/** The parts of a text by their headings. */
const partsOf = (text: string): string[] =>
  text
    .slice(text.indexOf(FIRST))
    .split(/^## (?:Mẫu \d+|Hết)$/m)
    .map((part) => part.trim());

/** What a reader gets. Whether a list's items stand apart or close together is no difference of meaning. */
const html = (body: string): string =>
  compileBody(body, { ...everyFile, base: "/" })
    .html.replaceAll(/<li>\n<p>(.*?)<\/p>\n/gs, "<li>$1\n")
    .replaceAll("\n</li>", "</li>");

const bench = new Bench();
beforeAll(async () => {
  for (const file of files) {
    const text = textOf(file);
    bench.put(file, text);
    for (const [name] of text.matchAll(/[\w-]+\.(?:jpg|png|pdf|xlsx)\b/g))
      bench.put(file.replace("index.mdx", name), "Một tệp.");
  }
  await bench.start();
});
afterAll(() => bench.stop());

const drafted = (file: string): string =>
  bench.read(file, `cms/${file.replace(/\.mdx$/, "")}`);

async function save(page: Page): Promise<void> {
  const saved = page.waitForResponse((response) =>
    (response.request().postData() ?? "").includes('"persistEntry"'),
  );
  await page.getByRole("button", { name: "Lưu", exact: true }).click();
  const refused = page.getByRole("dialog").waitFor();
  await Promise.race([saved, refused]);
  expect(await page.getByRole("dialog").allInnerTexts()).toEqual([]);
  expect((await saved).status()).toBe(200);
  await page.getByText("Đã lưu", { exact: true }).first().waitFor();
}

it("are at least 60, and sound", () => {
  expect(BODIES.length).toBeGreaterThan(100);
  for (const body of BODIES)
    expect(
      checkSource(body).findings.filter(({ severity }) => severity === "error"),
      body,
    ).toEqual([]);
});

it.each(files)(
  "%s: another title changes its line, the old one brings the same file back, other words change theirs",
  async (file) => {
    await visit({ script: true }, async ({ page }) => {
      page.setDefaultTimeout(30_000);
      await enter(page, bench, placeOf(file));
      const title = page.getByLabel("Tiêu đề").first();
      await page.getByText(LAST, { exact: true }).waitFor();
      const before = await title.inputValue();
      const text = textOf(file);
      expect(await page.getByText("Chưa lưu").count()).toBe(0);
      await title.fill("Xóm Ví Dụ làm đường, đặt tên khác");
      await save(page);
      expect(drafted(file)).toBe(
        text
          .replace(/^title: .*$/m, "title: Xóm Ví Dụ làm đường, đặt tên khác")
          .normalize("NFC"),
      );
      await title.fill(before);
      await save(page);
      expect(drafted(file)).toBe(text);

      await page.getByText(LAST, { exact: true }).click();
      await page.keyboard.type("thêm");
      await save(page);
      const [old, now] = [text, drafted(file)];
      const [was, is] = [partsOf(old), partsOf(now)];
      expect(is.length).toBe(was.length);
      expect(is.at(-1)).toMatch(/^(?=.*thêm).{14}$/u);
      for (const [at, part] of was.slice(0, -1).entries()) {
        const other = REWRITTEN.get(part);
        if (other !== undefined) expect.soft(is[at]).toBe(other);
        else if (is[at] !== part)
          expect.soft(html(is[at]!), is[at]).toBe(html(part));
      }
    });
  },
);

/** Pieces as the editor writes them, each with words in the middle of it to put the caret in. */
const PLACES: readonly (readonly [piece: string, words: string])[] = [
  [
    "- Đoạn một của mục.\n\n  Đoạn hai của mục.\n- Mục sau.",
    "Đoạn hai của mục.",
  ],
  ["1. một\n\n   - mục lồng trong\n2. hai", "mục lồng trong"],
  ["> Trích có **chữ đậm** ở giữa.", "chữ đậm"],
  ["### Đề mục ở giữa", "Đề mục ở giữa"],
  ["Xem [bài liên kết](https://vidu.example/a_b) ấy.[^m]", "bài liên kết"],
  ["Dòng đầu\\\nDòng giữa\\\nDòng cuối", "Dòng giữa"],
];

it("words put into the middle of lists, quotations, headings, links change their own line", async () => {
  const file = "news/2026/giua-bai/index.mdx";
  const pieces = PLACES.map(([piece]) => piece);
  const body = [FIRST, ...pieces, "[^m]: https://vidu.example/nguon", LAST];
  bench.put(file, story({}, body.join("\n\n")));
  await visit({ script: true }, async ({ page }) => {
    page.setDefaultTimeout(30_000);
    await enter(page, bench, placeOf(file));
    await page.getByText(LAST, { exact: true }).waitFor();
    for (const [, words] of PLACES) {
      await page
        .locator("[data-slate-editor]")
        .getByText(words)
        .first()
        .click();
      await page.keyboard.insertText("zq");
    }
    await save(page);
    const before = bench.read(file).split("\n");
    const after = drafted(file).split("\n");
    const changed = after.filter((line, at) => line !== before[at]);
    expect(after.length).toBe(before.length);
    expect(changed.length, changed.join("\n")).toBe(PLACES.length);
    expect(after.map((line) => line.replace("zq", ""))).toEqual(before);
  });
});
