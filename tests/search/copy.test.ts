/** The copy of a page that is indexed. */
import { expect, it } from "vitest";
import { searchCopy } from "../../src/search/copy.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";

const RECORD = {
  path: "/mo-hinh/lam-duong/",
  title: "Làm đường & “cùng làm”",
  kicker: "Hạ tầng",
  date: "08–10/10/2026",
  place: "xã Bản Mai, phường Đồi Chè",
  names: "Nhân dân xóm Ví Dụ",
  former: "Xã Mai Cũ, Thị trấn Đồi",
  topics: "Cả tỉnh làm đường, Hạ tầng",
  day: "2026-10-10",
  filters: [
    ["kind", "models"],
    ["commune", "ban-mai"],
    ["commune", "doi-che"],
  ] as [string, string][],
};
const page = (article: string): string =>
  `<!doctype html><html lang="vi"><head><title>Trang</title></head><body><nav>Đơn</nav><main>${article}</main></body></html>`;
const STORY = `<article class="story" data-pagefind-body><h1>Hoà, đường</h1><article>trong</article><p>sau</p></article><article>bên cạnh</article>`;

const values = (copy: string, what: string) =>
  all(readPage(copy), "meta")
    .map((element) => [
      attribute(element, `data-pagefind-${what}`),
      attribute(element, "content"),
    ])
    .filter(([name]) => name);

it("is the whole article, folded, and nothing beside it", () => {
  const copy = searchCopy(page(STORY), RECORD);
  const [article, inner, ...others] = all(readPage(copy), "article");
  expect(textOf(article!)).toBe("Hòa, ḏườngtrongsau");
  expect(attribute(article!, "data-pagefind-body")).toBe("");
  expect(textOf(inner!)).toBe("trong");
  expect(others).toEqual([]);
  expect(textOf(readPage(copy).document)).toBe(textOf(article!));
});

it("parts words where Pagefind would not", () => {
  const article = `<article data-pagefind-body><dl><dt>Đường</dt><dd>31<span class="unit">km</span></dd></dl>a<br />b <em>c</em>d</article>`;
  const copy = searchCopy(page(article), RECORD);
  expect(textOf(readPage(copy).document)).toBe("Ḏường 31km a b cd");
});

it("holds what a result shows, folded, and no picture", () => {
  expect(values(searchCopy(page(STORY), RECORD), "meta")).toEqual([
    ["title[content]", "Làm ḏường\u2423& “cùng làm”"],
    ["kicker[content]", "Hạ tầng"],
    ["date[content]", "08–\u2063 10/10/2026"],
    ["place[content]", "xã Bản Mai, phường Ḏồi Chè"],
    ["names[content]", "Nhân dân xóm Ví Dụ"],
    ["former[content]", "Xã Mai Cũ, Thị trấn Ḏồi"],
    ["topics[content]", "Cả tỉnh làm ḏường, Hạ tầng"],
    ["image[content]", ""],
    ["image_alt[content]", ""],
  ]);
});

it("holds each filter by itself", () => {
  const copy = searchCopy(page(STORY), RECORD);
  expect(values(copy, "filter")).toEqual([
    ["kind[content]", "models"],
    ["commune[content]", "ban-mai"],
    ["commune[content]", "doi-che"],
  ]);
});

it.each([
  ["without a marked article", "<article>chữ</article>"],
  ["cut short", "<article data-pagefind-body><article></article>"],
])("of a page %s cannot be made", (_what, article) =>
  expect(() => searchCopy(page(article), RECORD)).toThrow(
    "/mo-hinh/lam-duong/",
  ),
);
