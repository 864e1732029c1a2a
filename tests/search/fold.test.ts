/** How text is written for the search, and shown again. */
import { describe, expect, it } from "vitest";
import {
  fold,
  likeness,
  unfold,
  withWordsApart,
} from "../../src/search/fold.ts";

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

describe("withWordsApart", () => {
  it.each([
    ["kinh tế - xã hội", 4],
    ["kinh tế-xã hội", 4],
    ["HTX/THT", 2],
    ["141/KH-UBND", 1],
    ["08–10/10/2025", 2],
    ["15-11-2025", 1],
    ["một & hai", 2],
    ["xong – rồi", 2],
  ])("makes of «%s» %i words, and readers see it as it was", (text, count) => {
    const apart = withWordsApart(fold(text));
    expect(apart.split(/\s+/)).toHaveLength(count);
    expect(unfold(apart)).toBe(text);
  });
});

describe("likeness", () => {
  it.each([
    ["hòa", "hòa", 1],
    ["hoa", "hòa", 0.5],
    ["ḏiên", "ḏiển", 0.5],
    ["dien", "ḏiển", 0.5],
    ["hóa", "hòa", 0.3],
    ["hỏa", "họa", 0.3],
    ["hỏa", "hõa", 0.35],
    ["hòa", "hoa", 0.2],
    ["lưởng", "lượng", 0.3],
    ["lưởng", "luông", 0],
    ["hoa", "hoan", 0],
  ])("«%s» goes with «%s» by %f", (typed, form, worth) =>
    expect(likeness(typed, form)).toBe(worth),
  );
});
