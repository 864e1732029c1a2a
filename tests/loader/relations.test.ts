/** What only all entries together can tell. */
import { describe, expect, it } from "vitest";
import {
  STORY_KINDS,
  skeleton,
  storyFields,
  type Corpus,
  type Fields,
  type StoryKind,
} from "../support/corpus.ts";
import { read, told, type Reading } from "../support/content.ts";
import { expectVietnamese } from "../schema/language.ts";

/** A content folder with these stories; each has the fields and the body given, and is valid otherwise. */
function corpusOf(
  stories: Record<string, { fields?: Fields; body?: string }>,
): Corpus {
  const corpus = skeleton();
  for (const [place, { fields = {}, body = "Chữ của bài." }] of Object.entries(
    stories,
  ))
    corpus.text(
      `${place}/index.mdx`,
      { ...storyFields(place.split("/")[0] as StoryKind), ...fields },
      body,
    );
  return corpus;
}

const readAll = async (stories: Parameters<typeof corpusOf>[0]) => {
  const reading = await read(corpusOf(stories));
  reading.problems.forEach(expectVietnamese);
  return reading;
};

/** The stories that may be published. */
const kept = ({ entries }: Reading) =>
  entries
    .filter(({ kind }) => (STORY_KINDS as readonly string[]).includes(kind))
    .map(({ file }) => file.replace("/index.mdx", ""));

describe("relations", () => {
  it("lead to entries that there are", async () => {
    const reading = await readAll({
      "models/2026/a": {
        fields: {
          communes: ["ban-mai"],
          movements: ["lam-duong", "hoc-so"],
          group: "tap-the",
          fields: ["ha-tang"],
          unit: "so-vi-du",
          campaign: "dot-vi-du",
          contents: ["II.1", "II.2"],
          awards: [{ decision: "khen-xom-vi-du", recipient: "xom" }],
          related: ["news/b"],
        },
        body: "[Bài](/tin-tuc/b/), [đợt](/dot-thi-dua/dot-vi-du/), [xã](/dia-ban/ban-mai/?a#b).",
      },
      "news/2026/b": { fields: { documents: ["ke-hoach-vi-du"] } },
    });
    expect(told(reading.problems)).toEqual([]);
    expect(kept(reading)).toEqual(["models/2026/a", "news/2026/b"]);
  });

  it("to nothing are told together, each by its line and label", async () => {
    const reading = await readAll({
      "models/2026/a": {
        fields: {
          communes: ["ban-mai", "xa-a"],
          group: "nhom-a",
          campaign: "dot-vi-du",
          contents: ["II.9"],
          awards: [
            { decision: "khen-a", recipient: "xom" },
            { decision: "khen-xom-vi-du", recipient: "ong-a" },
          ],
          related: ["news/a", "models/a"],
        },
      },
    });
    expect(told(reading.problems)).toEqual([
      "models/2026/a/index.mdx:11 relation «Nội dung thi đua (1)»",
      "models/2026/a/index.mdx:12 relation «Khen thưởng (1) › Quyết định khen thưởng»",
      "models/2026/a/index.mdx:12 relation «Khen thưởng (2) › Người, tập thể được khen»",
      "models/2026/a/index.mdx:13 relation «Bài liên quan (1)»",
      "models/2026/a/index.mdx:8 relation «Xã, phường (2)»",
      "models/2026/a/index.mdx:9 relation «Nhóm đối tượng»",
    ]);
    expect(kept(reading)).toEqual([]);
    expect(
      reading.problems.find(({ field }) => field === "Xã, phường (2)"),
    ).toMatchObject({ found: "không có xã, phường nào tên «xa-a»" });
    expect(
      reading.problems.find(({ field }) => field === "Nội dung thi đua (1)")
        ?.remedy,
    ).toBe("Chọn một trong: II.1, II.2.");
  });

  it("to an award form that neither the law nor a plan knows", async () => {
    const corpus = skeleton();
    const decision = (form: string) => ({
      number: "1/QĐ-VD",
      form,
      recipients: [{ id: "a", name: "Bà Thử", subjectType: "person" }],
    });
    corpus.data("decisions/2026/a.yaml", decision("bang-vang-danh-du"));
    corpus.data("decisions/2026/b.yaml", decision("bang-khen"));
    const reading = await read(corpus);
    expect(told(reading.problems)).toEqual([
      "decisions/2026/a.yaml:2 relation «Hình thức khen thưởng»",
    ]);
    expect(reading.problems[0]?.found).toBe(
      "không có hình thức khen thưởng nào tên «bang-vang-danh-du»",
    );
  });

  it("of an entry that is held back anyway are told as well", async () => {
    const reading = await readAll({
      "news/2026/a": {
        fields: { layout: "a", communes: ["khong-co"], related: ["models/b"] },
        body: "[a](/tin-tuc/khong-co/)",
      },
      "models/2026/b": { fields: { layout: "b" } },
    });
    expect(told(reading.problems)).toEqual([
      "models/2026/b/index.mdx:8 unknown-field «layout»",
      "news/2026/a/index.mdx:13 dead-link",
      "news/2026/a/index.mdx:8 unknown-field «layout»",
      "news/2026/a/index.mdx:9 relation «Xã, phường (1)»",
    ]);
  });

  it("to stories that are not out are a warning", async () => {
    const withdrawn = {
      status: "withdrawn",
      withdrawal: { at: "2026-11-02T08:00:00+07:00", reason: "Theo yêu cầu." },
    };
    const reading = await readAll({
      "news/2026/a": { fields: { related: ["models/nhap", "models/go"] } },
      "models/2026/nhap": { fields: { status: "draft" } },
      "models/2026/go": { fields: withdrawn },
    });
    expect(
      reading.problems.map(
        ({ file, code, severity, field }) =>
          `${file} ${severity} ${code} ${field}`,
      ),
    ).toEqual([
      "news/2026/a/index.mdx warning relation-hidden Bài liên quan (1)",
      "news/2026/a/index.mdx warning relation-hidden Bài liên quan (2)",
    ]);
    expect(kept(reading)).toHaveLength(3);
  });
});

describe("what relies on a held-back entry", () => {
  it("is held back too, however long the chain, and says why", async () => {
    const reading = await readAll({
      "news/2026/a": { fields: { related: ["models/khong-co"] } },
      "news/2026/b": { fields: { related: ["news/a"] } },
      "news/2026/c": { body: "Xem [bài b](/tin-tuc/b/)." },
      "news/2026/d": { fields: { related: ["news/e"] } },
      "news/2026/e": { fields: { related: ["news/d"] } },
      "news/2026/f": {},
    });
    expect(told(reading.problems)).toEqual([
      "news/2026/a/index.mdx:8 relation «Bài liên quan (1)»",
      "news/2026/b/index.mdx:8 relation-held «Bài liên quan (1)»",
      "news/2026/c/index.mdx:10 dead-link",
    ]);
    expect(kept(reading)).toEqual([
      "news/2026/d",
      "news/2026/e",
      "news/2026/f",
    ]);
    expect(
      reading.problems.find(({ code }) => code === "relation-held"),
    ).toMatchObject({
      found: "tin «news/a» đang bị giữ lại vì lỗi",
      remedy: "Sửa lỗi bên ấy trước, hoặc bỏ dòng này.",
    });
  });

  it("may be in a ring", async () => {
    const reading = await readAll({
      "news/2026/a": { fields: { related: ["news/b"] } },
      "news/2026/b": { fields: { related: ["news/c"] } },
      "news/2026/c": {
        fields: { related: ["news/a"], communes: ["khong-co"] },
      },
      "news/2026/d": {},
    });
    expect(kept(reading)).toEqual(["news/2026/d"]);
    expect(told(reading.problems).map((line) => line.split(" ")[1])).toEqual([
      "relation-held",
      "relation-held",
      "relation",
    ]);
  });

  it("goes on when the entry it named has no error any more", async () => {
    const corpus = corpusOf({
      "news/2026/a": { fields: { related: ["news/b"] } },
      "news/2026/b": { body: "{hong}" },
    });
    const before = await read(corpus);
    expect(kept(before)).toEqual([]);
    corpus.write(
      "news/2026/b/index.mdx",
      corpus.read("news/2026/b/index.mdx").replace("{hong}", "Chữ."),
    );
    const after = await read(corpus, before);
    expect(told(after.problems)).toEqual([]);
    expect(kept(after)).toEqual(["news/2026/a", "news/2026/b"]);
    expect(after.read).toBe(1);
  });
});

describe("one name twice", () => {
  it.each<[string, Fields, Fields, string]>([
    [
      "a published story keeps it from a draft",
      { status: "draft" },
      {},
      "news/2025/a",
    ],
    [
      "a published story keeps it from a draft, whatever their years",
      {},
      { status: "draft" },
      "news/2026/a",
    ],
    [
      "the one that was published first keeps it",
      { publishedAt: "2026-11-01T08:00:00+07:00" },
      { publishedAt: "2026-11-01T00:59:59Z" },
      "news/2025/a",
    ],
    [
      "of two drafts the first by path keeps it",
      { status: "draft", publishedAt: undefined },
      { status: "draft", publishedAt: undefined },
      "news/2025/a",
    ],
  ])("%s", async (_name, of2026, of2025, keeper) => {
    const reading = await readAll({
      "news/2026/a": { fields: of2026 },
      "news/2025/a": { fields: of2025 },
      "news/2026/b": {},
      "models/2026/a": {},
    });
    expect(kept(reading)).toEqual(
      ["models/2026/a", keeper, "news/2026/b"].sort(),
    );
    const loser = keeper === "news/2025/a" ? "news/2026/a" : "news/2025/a";
    expect(told(reading.problems)).toEqual([`${loser}/index.mdx slug-taken`]);
    expect(reading.problems[0]?.found).toBe(
      `tên «a» đã có ở ${keeper}/index.mdx`,
    );
  });
});

describe("old addresses", () => {
  it("lead to one story: a draft that copies them takes nothing", async () => {
    const oldAddresses = ["/tin-tuc/ten-cu/"];
    const reading = await readAll({
      "news/2026/a": { fields: { oldAddresses } },
      "news/2026/b": { fields: { oldAddresses, status: "draft" } },
      "news/2026/c": { fields: { oldAddresses, layout: "a" } },
    });
    expect(kept(reading)).toEqual(["news/2026/a"]);
    expect(told(reading.problems)).toEqual([
      "news/2026/b/index.mdx old-address-taken",
      "news/2026/c/index.mdx old-address-taken",
      "news/2026/c/index.mdx:9 unknown-field «layout»",
    ]);
    expect(reading.problems[0]?.found).toBeTruthy();
  });

  it.each<[string, string, boolean]>([
    ["another story's", "/mo-hinh/b/", true],
    ["a commune's", "/dia-ban/ban-mai/", true],
    ["a page's", "/gioi-thieu/", true],
    ["its own", "/tin-tuc/a/", true],
    ["a list's", "/tin-tuc/", true],
    ["a list's page", "/tin-tuc/trang-2/", true],
    ["a press kit's", "/tin-tuc/xua/tu-lieu/", true],
    ["the map's", "/ban-do/", true],
    ["an embed's", "/nhung/bai/", true],
    ["the data's", "/api/v1/", true],
    ["nobody's", "/tin-tuc/ten-cu/", false],
    ["nobody's, elsewhere", "/chuyen-muc/2024/ten-cu/", false],
  ])("%s address %s: taken %s", async (_name, address, taken) => {
    const reading = await readAll({
      "news/2026/a": { fields: { oldAddresses: [address] } },
      "models/2026/b": {},
    });
    expect(told(reading.problems)).toEqual(
      taken ? ["news/2026/a/index.mdx old-address-taken"] : [],
    );
    expect(kept(reading)).toEqual(
      taken ? ["models/2026/b"] : ["models/2026/b", "news/2026/a"],
    );
  });
});

describe("links in bodies", () => {
  const stories = {
    "models/2026/co": {},
    "models/2026/nhap": { fields: { status: "draft", publishedAt: undefined } },
    "models/2026/go": {
      fields: {
        status: "withdrawn",
        withdrawal: {
          at: "2026-11-02T08:00:00+07:00",
          reason: "Theo yêu cầu.",
        },
      },
    },
    "models/2026/moi": {
      fields: { oldAddresses: ["/mo-hinh/cu/", "/trang-cu/"] },
    },
  };
  it.each([
    "/",
    "/mo-hinh/",
    "/mo-hinh/co/",
    "/mo-hinh/co",
    "/mo-hinh/co/#cach-lam",
    "/mo-hinh/co/?a=b",
    "/mo-hinh/co/tu-lieu/",
    "/mo-hinh/trang-2/",
    "/mo-hinh/rss.xml",
    "/mo-hinh/cu/",
    "/trang-cu/",
    "/tim-kiem/?q=che",
    "/ban-do/",
    "/khen-thuong/",
    "/rss.xml",
    "/api/v1/stories.json",
    "/gioi-thieu/",
    "/gioi-thieu",
    "/dia-ban/ban-mai/",
    "/van-ban/ke-hoach-vi-du/",
  ])("%s leads somewhere", async (address) => {
    const reading = await readAll({
      ...stories,
      "news/2026/a": { body: `[chữ](${address})` },
    });
    expect(told(reading.problems)).toEqual([]);
  });

  it.each([
    "/mo-hinh/khong-co/",
    "/mo-hinh/nhap/",
    "/mo-hinh/go/",
    "/tin-tuc/co/",
    "/khong-co/",
    "/khong-co/nua/",
    "/gioi-thieu/nua/",
    "/dia-ban/khong-co/",
    "/Mo-Hinh/co/",
    "/van-ban/chua-doi-chieu/",
  ])("%s is dead", async (address) => {
    const corpus = corpusOf({
      ...stories,
      "news/2026/a": { body: `Chữ.\n\n[chữ](${address})` },
    });
    corpus.text("documents/chua-doi-chieu/index.mdx", {
      title: "Văn bản thử",
      number: "1/VD",
      type: "other",
      issuer: "Tỉnh Ví Dụ",
      summary: "Văn bản chưa ai đối chiếu với bản gốc nên chưa có trang.",
    });
    const reading = await read(corpus);
    expect(told(reading.problems)).toEqual([
      "news/2026/a/index.mdx:12 dead-link",
    ]);
    expect(kept(reading)).not.toContain("news/2026/a");
    expect(kept(reading)).toContain("models/2026/co");
  });

  it("lead to the story itself as well", async () => {
    expect(
      told(
        (await readAll({ "news/2026/a": { body: "[đầu bài](/tin-tuc/a/)" } }))
          .problems,
      ),
    ).toEqual([]);
  });
});
