/** The exact HTML of the blocks: stylesheets, feeds and other people's pages depend on it. */
import { describe, expect, it } from "vitest";
import { describeFile } from "../../src/blocks/document.ts";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { pictureHtml } from "../../src/blocks/picture.ts";
import { markupFaults } from "../support/markup.ts";
import { everyFile, noFile, renderMdx } from "./mdx.ts";

it("Quote", () => {
  expect(
    renderMdx(
      `<Quote who="Nguyễn Văn Ví Dụ" role="Trưởng xóm">\nLàm được.\n</Quote>`,
    ),
  ).toBe(
    '<figure class="quote"><blockquote><p>Làm được.</p></blockquote><figcaption><span class="who">Nguyễn Văn Ví Dụ</span>, <span class="role">Trưởng xóm</span></figcaption></figure>',
  );
  expect(renderMdx(`<Quote who="Ví Dụ">\nA\n</Quote>`)).toContain(
    '<figcaption><span class="who">Ví Dụ</span></figcaption>',
  );
});

it("KeyFigures", () => {
  expect(
    renderMdx(
      `<KeyFigures>\n<KeyFigure value="7,5" unit="ha" label="Diện tích" before="2" />\n</KeyFigures>`,
    ),
  ).toBe(
    '<dl class="key-figures"><div><dt>Diện tích</dt><dd class="value">7,5\u00a0<span class="unit">ha</span></dd><dd class="before">Trước đó: 2\u00a0<span class="unit">ha</span></dd></div></dl>',
  );
  expect(
    renderMdx(
      `<KeyFigures title="Năm nay">\n<KeyFigure value="96" unit="%" label="Đúng hạn" />\n</KeyFigures>`,
    ),
  ).toBe(
    '<div class="block" role="group" aria-label="Năm nay"><p class="block-title">Năm nay</p><dl class="key-figures"><div><dt>Đúng hạn</dt><dd class="value">96<span class="unit">%</span></dd></div></dl></div>',
  );
});

it("Steps", () => {
  expect(
    renderMdx(
      `<Steps>\n<Step title="Họp">\nMời đủ.\n</Step>\n<Step>\nLàm.\n</Step>\n</Steps>`,
    ),
  ).toBe(
    '<ol class="steps"><li><p class="step-title">Họp</p><p>Mời đủ.</p></li><li><p>Làm.</p></li></ol>',
  );
});

describe("Figure", () => {
  const figure = (rest: string, context = everyFile) =>
    renderMdx(
      `<Figure src="a.jpg" alt="Vườn chè" credit="Ví Dụ" ${rest} />`,
      context,
    );

  it("shows the picture and who took it", () => {
    expect(figure("")).toBe(
      '<figure class="figure"><picture><source type="image/avif" srcset="/_media/a.jpg.600.avif 600w, /_media/a.jpg.1200.avif 1200w" sizes="(min-width: 45rem) 42rem, 100vw"><img src="/_media/a.jpg" alt="Vườn chè" width="1200" height="800" loading="lazy" decoding="async"></picture><figcaption><span class="credit">Ảnh: Ví Dụ</span></figcaption></figure>',
    );
  });

  it("closes the caption before the credit, once", () => {
    const credit = ' <span class="credit">Ảnh: Ví Dụ</span>';
    expect(figure('caption="Vườn"')).toContain(`>Vườn.${credit}`);
    expect(figure('caption="Vườn."')).toContain(`>Vườn.${credit}`);
    expect(figure('caption="Vườn “đẹp!”"')).toContain(`>Vườn “đẹp!”${credit}`);
  });

  it("names a licence that lets others use the picture", () => {
    expect(figure('licence="cc-by-4.0"')).toContain(
      'Ảnh: Ví Dụ (<a href="https://creativecommons.org/licenses/by/4.0/deed.vi">CC BY 4.0</a>)</span>',
    );
    expect(figure('licence="public-domain"')).toContain(
      "Ảnh: Ví Dụ (Thuộc về công chúng)</span>",
    );
  });

  it("tells in words a picture that cannot be shown", () => {
    expect(figure('caption="Vườn"', noFile)).toBe(
      '<figure class="figure"><p class="picture-text">Trong ảnh: Vườn chè</p><figcaption>Vườn. <span class="credit">Ảnh: Ví Dụ</span></figcaption></figure>',
    );
  });

  it("tells src/media whose picture it is", () => {
    const asked: unknown[] = [];
    const picture = (...request: unknown[]) => void asked.push(request);
    figure('licence="press-use"', {
      ...noFile,
      picture: picture as () => undefined,
    });
    expect(asked).toEqual([
      ["a.jpg", { credit: "Ví Dụ", licence: "press-use" }],
    ]);
  });
});

it("pictureHtml fetches a page's first picture at once", () => {
  const view = { src: "/a.jpg", width: 3, height: 2, sources: [] };
  expect(pictureHtml(view, { alt: "Chè", eager: true })).toBe(
    '<picture><img src="/a.jpg" alt="Chè" width="3" height="2" fetchpriority="high" decoding="async"></picture>',
  );
});

it("Gallery is a list of figures", () => {
  const html = renderMdx(
    `<Gallery>\n<Photo src="a.jpg" alt="Vườn chè" credit="Ví Dụ" />\n</Gallery>`,
  );
  expect(html).toMatch(
    /^<ul class="gallery"><li><figure class="figure">.+<\/figure><\/li><\/ul>$/,
  );
  expect(html).toContain('sizes="(min-width: 45rem) 21rem, 100vw"');
});

it("Video says where it leads", () => {
  expect(
    renderMdx(
      `<Video href="https://www.video.example/1" title="Ở xóm" publisher="Đài Ví Dụ" />`,
    ),
  ).toBe(
    '<p class="video"><a href="https://www.video.example/1">Xem video: Ở xóm <span class="leads-to">(Đài Ví Dụ, mở trang khác: video.example)</span></a></p>',
  );
});

it("Callout says in words what it is", () => {
  const callout = (attributes: string) =>
    renderMdx(`<Callout ${attributes}>\nTưới sớm.\n</Callout>`);
  expect(callout('type="tip" title="Giữ ẩm"')).toBe(
    '<aside class="callout callout-tip" role="note" aria-label="Mẹo: Giữ ẩm"><p class="block-title">Mẹo: Giữ ẩm</p><p>Tưới sớm.</p></aside>',
  );
  expect(callout('title="A"')).toContain('"callout callout-note"');
  expect(callout('title="A"')).toContain(">Lưu ý: A<");
  expect(callout('type="warning" title="A"')).toContain(">Cảnh báo: A<");
});

it("Facts", () => {
  const html =
    '<dl class="facts"><div><dt>Bắt đầu</dt><dd>Năm <strong>2024</strong></dd></div></dl>';
  expect(
    renderMdx(`<Facts>\n<Fact label="Bắt đầu">Năm **2024**</Fact>\n</Facts>`),
  ).toBe(html);
  expect(
    renderMdx(
      `<Facts>\n<Fact label="Bắt đầu">\nNăm **2024**\n</Fact>\n</Facts>`,
    ),
  ).toBe(html);
});

it("Document", () => {
  const source = `<Document src="ke-hoach.pdf" title="Kế hoạch" />`;
  expect(renderMdx(source)).toBe(
    '<p class="document"><a href="/_media/ke-hoach.pdf" download="ke-hoach.pdf">Kế hoạch <span class="file">(PDF, 1,2\u00a0MB)</span></a></p>',
  );
  expect(renderMdx(source, noFile)).toBe('<p class="document">Kế hoạch</p>');
});

it.each([
  [0, "1\u00a0kB"],
  [1_499, "1\u00a0kB"],
  [65_500, "66\u00a0kB"],
  [999_499, "999\u00a0kB"],
  [999_500, "1\u00a0MB"],
  [1_250_001, "1,3\u00a0MB"],
  [120_000_000, "120\u00a0MB"],
])("tells %i bytes as people read them", (bytes, size) => {
  expect(describeFile({ href: "", extension: "docx", bytes })).toBe(
    `DOCX, ${size}`,
  );
});

describe.each(
  Object.values<Block>(blocks).flatMap(({ name, examples }) =>
    examples.map(({ title, source }) => [name, title, source] as const),
  ),
)("%s: %s", (_name, _title, source) => {
  it.each([
    ["with its files", everyFile],
    ["without them", noFile],
  ])("is valid HTML %s", (_how, context) => {
    const html = `<!DOCTYPE html><html lang="vi"><head><title>Khối</title></head><body><main><h1>Khối</h1>${renderMdx(source, context)}</main></body></html>`;
    expect(markupFaults(html)).toEqual([]);
  });
});
