/** How text is written for the search, and shown again. */
import { describe, expect, it } from "vitest";
import { partsOf } from "../../src/search/excerpt.ts";
import { fold, unfold } from "../../src/search/fold.ts";

/** What Pagefind makes of a word before it compares: no accents, no capitals. */
const bare = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

describe("fold", () => {
  it.each([
    ["đường", "ḏường"],
    ["ĐIỂN HÌNH", "ḎIỂN HÌNH"],
    ["hoà", "hòa"],
    ["HOÀ BÌNH", "HÒA BÌNH"],
    ["Hoá, thuỷ; khoẻ. tuỳ", "Hóa, thủy; khỏe. tùy"],
    ["(uỷ ban)", "(ủy ban)"],
    ["xoè ô", "xòe ô"],
    ["hoạ", "họa"],
    ["Thuỵ", "Thụy"],
    // The tone is in its place already, or has no other one.
    ["hòa", "hòa"],
    ["toàn", "toàn"],
    ["xoài", "xoài"],
    ["hoặc", "hoặc"],
    ["khuỷu", "khuỷu"],
    ["huyện", "huyện"],
    ["quý, Quỳ, QUÝ", "quý, Quỳ, QUÝ"],
    ["ý, oà", "ý, òa"],
    ["", ""],
    ["12/KH-VD, 100 %", "12/KH-VD, 100 %"],
  ])("writes «%s» as «%s»", (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text.normalize("NFD"))).toBe(folded);
    expect(fold(folded)).toBe(folded);
  });

  it.each([
    ["đường", "duong"],
    ["Điển hình tiên tiến", "dien hinh tien tien"],
    ["Định Hóa", "dinh hoa"],
  ])("lets «%s» be found without accents", (text, typed) =>
    expect(bare(fold(text))).toBe(typed),
  );

  it("changes no letter's accent or number, only where a tone stands", () => {
    const text =
      "Thuỷ Nguyên hoà giải ở Đồng Hỷ, Đại Từ, Phú Bình, Võ Nhai và Chợ Đồn";
    expect([...fold(text)]).toHaveLength([...text].length);
    expect(bare(fold(text))).toBe(bare(text).replaceAll("đ", "d"));
  });
});

describe("unfold", () => {
  it.each(["Đường về xã Định Hóa", "ĐIỂN HÌNH", "không có chữ ấy"])(
    "gives «%s» back",
    (text) => expect(unfold(fold(text))).toBe(text),
  );
});

describe("partsOf", () => {
  it("takes an excerpt apart, for readers", () => {
    expect(partsOf("Làm <mark>ḏường,</mark> <mark>nội</mark> ḏồng")).toEqual([
      { text: "Làm ", marked: false },
      { text: "đường,", marked: true },
      { text: " ", marked: false },
      { text: "nội", marked: true },
      { text: " đồng", marked: false },
    ]);
  });

  it("leaves a text's own angle brackets as text", () => {
    expect(partsOf("&lt;mark&gt; <mark>&lt;img&gt;</mark> & x")).toEqual([
      { text: "<mark> ", marked: false },
      { text: "<img>", marked: true },
      { text: " & x", marked: false },
    ]);
  });
});
