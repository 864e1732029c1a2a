import { describe, expect, test } from "vitest";
import { Frame } from "../../bench/frame.ts";

const page = (
  title: string,
  { description = "", menu = "<a href=/a/>A</a>", brand = "p", main = "" } = {},
): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title>${description && `<meta name="description" content="${description}">`}</head><body><header><${brand}>Trang</${brand}><nav>${menu}</nav></header><main id="m">${main}</main><footer>Chân trang</footer></body></html>`;

/** The frame of some pages, and what each page puts into it. */
function frameOf(...pages: string[]) {
  const frame = new Frame();
  const read = pages.map((html, index) => frame.read(`${index}.html`, html));
  return {
    template: frame.template(),
    pages: read,
    head: read.map((each) => each.head()),
  };
}

describe("the frame around all pages", () => {
  test("is what is the same on all of them, as it is", () => {
    const { template, head, pages } = frameOf(
      page("Một", { main: " <p>a</p>" }),
      page("Một"),
    );
    expect(template.replaceAll("\n", "")).toBe(
      page("Một", { main: "[[main]]" }),
    );
    expect(head).toEqual([{}, {}]);
    expect(pages[0]!.main).toBe("<p>a</p>");
  });

  test("has holes for what is another on every page", () => {
    const titles = ["1 &amp; 0", "2", "3", "4", "5"];
    const { template, head } = frameOf(
      ...titles.map((title, index) =>
        page(title, index < 3 ? {} : { description: `d${index}` }),
      ),
    );
    expect(template).toContain(
      "[[if head.p1]]<title>[[head.p1]]</title>[[end]]",
    );
    expect(head[0]).toEqual({ p1: "1 & 0" });
    // Few forms are given whole, so that no page holds a long text that others have too.
    expect(template).toContain(
      `[[if head.p2f1]]<meta name="description" content="d4">[[end]]`,
    );
    expect(head[4]).toEqual({ p1: "5", p2f1: true });
  });

  test("says which link of the menu leads to the page", () => {
    const link = (how: string) => `<a href="/a/"${how}>A</a>`;
    const { template, head } = frameOf(
      page("Một", { menu: link("") }),
      page("Một", { menu: link(' aria-current="page"') }),
      page("Một", { menu: link(' aria-current="true"') }),
    );
    expect(template).toContain(
      `[[if head.c0]]<a href="/a/" aria-current="[[head.c0]]">A</a>[[else]]<a href="/a/">A</a>[[end]]`,
    );
    expect(head).toEqual([{}, { c0: "page" }, { c0: "true" }]);
  });

  test("may have a few forms, but not as many as there are pages", () => {
    const { head } = frameOf(page("Một"), page("Một", { brand: "h1" }));
    expect(head).toEqual([{ p2f0: true }, { p2f1: true }]);
    expect(() =>
      frameOf(
        ...Array.from("abcdef", (letter) => page("Một", { menu: letter })),
      ),
    ).toThrow("6 forms");
  });
});
