/** Queries over an index that Pagefind made, without a browser. */
import { beforeAll, describe, expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import {
  bundleOf,
  indexed,
  joined,
  type Unpacked,
} from "../../src/build/bundle.ts";
import { facetsOf, lexiconOf, pairsIn } from "../../src/build/lexicon.ts";
import { sha256 } from "../../src/loader/digest.ts";
import { searchCopy } from "../../src/search/copy.ts";
import { Search, type Query } from "../../src/search/engine.ts";
import { openIndex } from "../../src/search/index.ts";
import type { SearchRecord } from "../../src/search/record.ts";
import {
  pageOf,
  pathOf,
  readJson,
  type MadeStory,
} from "../../bench/stories.ts";

const CORPUS = readJson<MadeStory[]>(
  "tests/fixtures/search/corpus-1000.json.gz",
).slice(0, 150);

/** A story by what tests tell of it; the later in the list, the newer. */
const story = (
  id: number,
  title: string,
  text: string,
  more: Partial<MadeStory> = {},
): MadeStory => ({
  id,
  slug: `s${id}`,
  title,
  person: "Tổ Ví Dụ",
  commune: "Bản Mai",
  communeFull: "xã Bản Mai",
  collection: "news",
  movement: "lam-duong",
  field: "ha-tang",
  group: "tap-the",
  award: "bang-khen",
  date: "2026-01-01",
  year: "2026",
  body: [`${"Chuyện kể rằng ".repeat(30)} ${text}`],
  h2: [],
  ...more,
});

const copyOf = (made: MadeStory) => {
  const record: SearchRecord = {
    path: pathOf(made),
    title: made.title,
    kicker: made.collection,
    date: made.date.split("-").reverse().join("/"),
    place: made.communeFull,
    names: made.person,
    former: made.slug === "s7" ? "Thị trấn Hóa Cũ" : "",
    topics: made.slug === "s6" ? "Chung tay giữ rừng, Môi trường" : "",
    day: made.date,
    filters: [
      ["kind", made.collection],
      ["field", made.field],
      ["commune", made.commune],
      ["year", made.year],
    ],
  };
  return {
    url: record.path,
    content: searchCopy(pageOf(made), record),
  };
};

const SYNONYMS = [{ words: ["NTM"], means: "nông thôn mới" }];

async function searchOver(stories: readonly MadeStory[]): Promise<Search> {
  const shard = joined([await indexed(stories.map(copyOf))]);
  const { release, files } = bundleOf(shard);
  const { lexicon, followers } = lexiconOf(shard, pairsIn(shard));
  const byName = new Map(files.map(({ path, pack }) => [path, pack()]));
  const put = (name: string, content: string | Uint8Array) => {
    byName.set(name, gzipSync(content));
    return name;
  };
  const manifest = {
    index: `pagefind.${release}.pf_meta`,
    lexicon: put("lexicon", JSON.stringify({ ...lexicon, synonyms: SYNONYMS })),
    followers: put("followers", followers),
    facets: put("facets", JSON.stringify(facetsOf(shard.fragments))),
    places: put("places", "[]"),
  };
  const fetch = async (name: string) => {
    const bytes = byName.get(name);
    if (!bytes) throw new Error(`no file ${name}`);
    return bytes;
  };
  return new Search(await openIndex(fetch, manifest), "/vi-du");
}

describe("what is found first", () => {
  let search: Search;
  beforeAll(async () => {
    search = await searchOver([
      story(1, "Chuyện hợp tác", "Xóm làm đường mới, gặt lúa."),
      story(2, "Xóm ven sông", "Xóm làm đường mới, gặt lúa."),
      story(3, "Làm đường mới ở xóm", "Việc của cả xóm."),
      story(4, "Bán dưỡng", "Dưới chân núi có dương liễu, người ta lắm."),
      story(
        5,
        "Đường xa",
        `Mới sáng ra đã đi. ${"Chuyện kể mãi. ".repeat(5)} Đường về còn xa, làm gì cũng khó.`,
      ),
      story(6, "Người giữ rừng", "Bác giữ rừng.", {
        person: "Bác Nguyễn Thị Hòa",
      }),
      story(7, "Người dạy chữ", "Cô dạy chữ.", { person: "Nguyễn Thị Hoa" }),
      story(8, "Xây dựng nông thôn mới", "Làng đổi thay.", {
        collection: "models",
      }),
      story(9, "Họp xóm ngày 5/9/2025", "Theo Kế hoạch 141/KH-UBND."),
    ]);
  });

  const ids = async (words: string, more: Partial<Query> = {}) => {
    const found = await search.find({ words, ...more });
    const load = async (hits: typeof found.hits) =>
      (await Promise.all(hits.map((hit) => hit()))).map(({ href }) =>
        Number(/s(\d+)/.exec(href)![1]),
      );
    return {
      hits: await load(found.hits),
      scattered: await load(found.scattered),
      instead: found.instead,
    };
  };

  it("has the title before the text, the newer before the older, what merely occurs apart", async () =>
    expect(await ids("làm đường mới ")).toEqual({
      hits: [3, 2, 1],
      scattered: [5],
      instead: undefined,
    }));

  it("knows the movements and fields a story is listed under", async () =>
    expect((await ids("chung tay giu rung ")).hits).toEqual([6]));

  it("is the same without marks, đ among them", async () =>
    expect((await ids("lam duong moi ")).hits).toEqual([3, 2, 1]));

  it("has the right marks before others", async () => {
    expect((await ids("Nguyễn Thị Hoa ")).hits).toEqual([7, 6]);
    expect((await ids("Nguyễn Thị Hòa ")).hits).toEqual([6, 7]);
  });

  it("has a name by two of its parts", async () =>
    expect((await ids("Nguyễn Hòa ")).hits[0]).toBe(6));

  it.each([
    ["NTM", 8],
    ["nong thon mo", 8],
    ["141/KH-UBND", 9],
    ["141 kh ubnd", 9],
    ["05-09-2025", 9],
    ["hoa cu", 7],
  ])("has «%s»", async (words, id) =>
    expect((await ids(words)).hits[0]).toBe(id),
  );

  it.each([
    ["nongthonmoi", 8, "nông thôn mới"],
    ["lông thôn mới", 8, "nông thôn mới"],
    ["noong thoon mowis", 8, "nông thôn mới"],
    ["làm đưòngg mới", 3, "làm đường mới"],
  ])("has «%s» as it was meant, and says so", async (words, id, instead) => {
    const found = await ids(words);
    expect(found.hits[0]).toBe(id);
    expect(found.instead).toBe(instead);
    expect((await ids(words, { literal: true })).instead).toBeUndefined();
  });

  it("has nothing but the phrase when it stands in quotation marks", async () => {
    expect(await ids("“làm đường mới”")).toMatchObject({
      hits: [3, 2, 1],
      scattered: [],
    });
    expect((await ids('"đường làm mới"')).hits).toEqual([]);
  });

  it("can be narrowed, and tells what would be left", async () => {
    const query = { words: "", filters: { kind: ["models"] } };
    expect((await ids("", query)).hits).toEqual([8]);
    const { counts } = await search.find(query);
    expect((await counts())["kind"]).toEqual({ models: 1, news: 8 });
    expect((await counts())["year"]).toEqual({ 2026: 1 });
  });

  it("marks the phrase and nothing else, with a story's own letters", async () => {
    const [load] = (await search.find({ words: "duong moi " })).hits.slice(1);
    const { excerpt, href, phrase } = await load!();
    expect(href).toBe("/vi-du/bai/s2/");
    expect(phrase).toBe("đường mới");
    expect(
      excerpt.filter(({ marked }) => marked).map(({ text }) => text),
    ).toEqual(["đường mới"]);
  });

  it("suggests people, stories and places", async () => {
    const { people, stories } = await search.suggest("nguyễn t");
    expect(people.map(({ names }) => names)).toEqual([
      "Nguyễn Thị Hoa",
      "Bác Nguyễn Thị Hòa",
    ]);
    expect(stories).toEqual([]);
  });

  it.each([
    ["ten thousand letters", "x".repeat(10_000)],
    ["ten thousand words", "đường ".repeat(2000)],
    ["signs of patterns", "(.*)+?[^$]{1,}\\d|"],
    ["markup", "<img src=x onerror=alert(1)>"],
    ["half a letter", "đường \ud83d"],
    ["the other half", "\ude00 mới"],
    ["pictures", "🎉🎉 đường"],
    ["right to left", "مرحبا \u202eđường"],
    ["quotation marks alone", '""'],
    ["names of objects", "__proto__ constructor toString"],
    ["nothing", "   "],
    ["marks alone", "\u0301\u0309\u0323"],
  ])("bears %s", async (_what, words) => {
    const { hits, counts } = await search.find({ words });
    await Promise.all(hits.slice(0, 10).map((hit) => hit()));
    await counts();
    await search.suggest(words);
  });
});

describe("a name with a wrong tone", () => {
  it("is first whoever is called just so but for it, then who has a tone at all, then who has one more name", async () => {
    const names = ["Trần Lương", "Trần Lượng", "Trần Đức Lượng", "Trần Luông"];
    const search = await searchOver(
      names.map((person, index) =>
        story(index + 1, `Chuyện thứ ${index}`, "Chuyện kể.", { person }),
      ),
    );
    const { hits } = await search.find({ words: "trần lưởng " });
    const found = await Promise.all(hits.map((hit) => hit()));
    expect(found.map((hit) => hit.names)).toEqual([
      "Trần Lượng",
      "Trần Lương",
      "Trần Luông",
      "Trần Đức Lượng",
    ]);
  });
});

describe("years indexed by themselves", () => {
  const digests = (files: readonly Unpacked[]) =>
    files.map(({ path, pack }) => `${path} ${sha256(pack())}`);

  it("are, joined, the same bytes as all at once", async () => {
    const copies = CORPUS.map(copyOf);
    const years = [
      await indexed(copies.slice(0, 40)),
      await indexed(copies.slice(40, 90)),
      await indexed(copies.slice(90)),
    ];
    const whole = bundleOf(joined([await indexed(copies)]));
    expect(digests(bundleOf(joined(years)).files)).toEqual(
      digests(whole.files),
    );
  });
});

describe("a quoted phrase", () => {
  const plain = (text: string) =>
    ` ${text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(" ")} `;

  it("is found in just the stories that have it", async () => {
    const search = await searchOver(CORPUS);
    const texts = CORPUS.map((made) =>
      // As the page has it: what stands in one block after the other is no phrase to readers, but is in a row.
      plain(
        [
          made.title,
          made.person,
          made.communeFull,
          ...made.body.slice(0, 1),
          made.h2[0],
          ...made.body.slice(1, 3),
          made.h2[1],
          ...made.body.slice(3),
        ].join(" . "),
      ),
    );
    for (const made of CORPUS.filter(({ id }) => id % 10 === 0)) {
      const words = plain(made.body[1] ?? made.body[0]!)
        .trim()
        .split(" ");
      const phrase = words.slice(2, 5).join(" ");
      if (/\d/.test(phrase)) continue;
      const { hits } = await search.find({ words: `"${phrase}"` });
      const found = (await Promise.all(hits.map((hit) => hit()))).map(
        ({ href }) => href,
      );
      // Other marks are found as well, below; those with the right ones have to be there, all of them.
      const bareOf = (one: string) =>
        one.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
      const expected = CORPUS.flatMap((one, index) =>
        bareOf(texts[index]!).includes(` ${bareOf(phrase)} `)
          ? [`/vi-du${pathOf(one)}`]
          : [],
      );
      expect(found.sort(), phrase).toEqual(expected.sort());
    }
  });
});
