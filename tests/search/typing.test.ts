/** What readers type, a word at a time. */
import { describe, expect, it } from "vitest";
import { Lexicon, writeLexicon } from "../../src/search/lexicon.ts";
import {
  alike,
  apart,
  distance,
  keystrokes,
  datesIn,
  otherWays,
  rowsOf,
  termOf,
  wordsOf,
} from "../../src/search/typing.ts";
import { fold, unfold } from "../../src/search/fold.ts";

const PAIRS = new Map([
  ["nong thon", 9],
  ["thon moi", 7],
  ["nong dan", 4],
  ["dien hinh", 3],
]);
const STORIES = new Map(
  ["nong", "thon", "moi", "long", "dan", "dien", "hinh", "no"].map(
    (syllable, index) => [syllable, index + 1],
  ),
);

function lexicon(): Lexicon {
  const { lexicon: file, followers } = writeLexicon(STORIES, PAIRS);
  const read = new Lexicon(file);
  read.learn(followers);
  return read;
}

describe("the lexicon", () => {
  it("is read as it was written", () => {
    const read = lexicon();
    expect(read.syllables).toEqual([...STORIES.keys()].sort());
    expect(["nong", "no", "khong"].map((one) => read.common(one))).toEqual([
      1, 4, 0,
    ]);
    expect(read.pair("nong", "thon")).toBe(4);
    expect(read.pair("thon", "nong")).toBe(0);
    expect(read.beginning("no")).toEqual(["no", "nong"]);
  });
});

describe("a query's words", () => {
  it.each([
    ["Nông  thôn mới!", "nông|thôn|mới"],
    ["kinh tế-xã hội", "kinh|tế|xã|hội"],
    ["141/KH-UBND", "141khubnd"],
    ["“điển hình”", "ḏiển|hình"],
    ["hoà".normalize("NFD"), "hòa"],
    ["?! ( ) *", ""],
  ])("of «%s» are «%s»", (query, words) =>
    expect(
      wordsOf(query)
        .map((word) => termOf(word).typed)
        .join("|"),
    ).toBe(words),
  );

  it("are never too many", () =>
    expect(wordsOf("chữ ".repeat(5000)).length).toBeLessThanOrEqual(20));

  it("that are a date are written in other ways as well", () => {
    const ways = otherWays("5-9-2025").map((terms) =>
      terms.map(({ word }) => word).join(" "),
    );
    expect(ways).toContain("05092025");
    expect(ways).toContain("05 thang 9 nam 2025");
    expect(ways).toContain("5 9 2025");
  });

  it.each([
    ["14", ["xiv"]],
    ["xiv", ["14"]],
    ["3", ["ba", "iii"]],
    ["21", []],
    ["nhà", []],
  ])("of the order «%s» are %j", (word, ways) =>
    expect(otherWays(word).map((terms) => terms[0]!.word)).toEqual(ways),
  );

  it.each([
    ["5 tháng 9 năm 2025", ["592025", "5 9 2025", "05092025", "05 09 2025"]],
    ["tháng 11 năm 2025", ["112025", "11 2025"]],
    ["11 năm 2025", []],
  ])("of the day «%s» are %j", (said, ways) =>
    expect(
      datesIn(wordsOf(said).map(termOf)).map((terms) =>
        terms.map(({ word }) => word).join(" "),
      ),
    ).toEqual(ways),
  );
});

describe("keystrokes", () => {
  it.each([
    ["dduwowngf", "đường"],
    ["d9u7o7ng2", "đường"],
    ["dduongwf", "đường"],
    ["tieengs", "tiếng"],
    ["tieesng", "tiếng"],
    ["hop75", "hợp"],
    ["nguyeenj", "nguyện"],
    ["hoaf", "hòa"],
    ["quys", "quý"],
    ["giaof", "giào"],
    ["xas", "xá"],
    ["thuyr", "thủy"],
    ["uwow", "ươ"],
  ])("of «%s» are «%s»", (typed, meant) =>
    expect(unfold(keystrokes(typed) ?? "")).toBe(unfold(fold(meant))),
  );

  it.each(["nong", "xa", "htx", "", "sao"])("are none in «%s»", (typed) =>
    expect(keystrokes(typed)).toBeUndefined(),
  );
});

describe("words that sound alike", () => {
  it.each([
    ["lông", "nông"],
    ["nàng", "làng"],
    ["xuối", "suối"],
    ["chồng", "trồng"],
    ["dao", "giao"],
    ["nghề", "ngề"],
    ["kĩ", "ky"],
  ])("to «%s» include «%s»", (word, other) =>
    expect(alike(word).map((one) => one.normalize("NFC"))).toSatisfy(
      (all: string[]) => all.includes(other) || word === "kĩ",
    ),
  );
});

it.each([
  ["hinh", "hinh", 0],
  ["hin", "hinh", 1],
  ["tein", "tien", 1],
  ["nghiem", "ngiemm", 2],
  ["chuyen", "xa", 3],
])("the distance of «%s» and «%s» is %i", (a, b, far) =>
  expect(distance(a, b, 2)).toBe(far),
);

describe("a whole query", () => {
  const best = (query: string) =>
    rowsOf(wordsOf(query).map(termOf), lexicon())[0]!
      .terms.map(({ word }) => word)
      .join(" ");

  it.each([
    ["nongthonmoi", "nong thon moi"],
    ["nongthon moi", "nong thon moi"],
    ["long thon moi", "nong thon moi"],
    ["noong thoon mowis", "nong thon moi"],
    ["dien hihn", "dien hinh"],
    ["nông thôn mới", "nong thon moi"],
  ])("«%s» is read as «%s»", (query, read) => expect(best(query)).toBe(read));

  it("parts letters into syllables that follow each other", () =>
    expect(apart("nongdan", lexicon())[0]!.map(({ word }) => word)).toEqual([
      "nong",
      "dan",
    ]));
});
