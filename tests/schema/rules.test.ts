/** Rules that bind several fields together. */
import { describe, expect, it } from "vitest";
import { kinds, type KindName } from "../../src/schema/kinds.ts";
import { checkData } from "../../src/schema/messages.ts";
import {
  CAMPAIGN_FIELDS,
  SITE_FIELDS,
  STORY_KINDS,
  storyFields,
  type Fields,
} from "../support/corpus.ts";
import { expectVietnamese } from "./language.ts";

/** The fields that are complained about, by label. */
function wrong(kind: KindName, fields: Fields): string[] {
  const result = checkData(kinds[kind].schema, fields);
  if (result.ok) return [];
  result.findings.forEach(expectVietnamese);
  return result.findings.map(({ code, field }) => `${code} ${field}`);
}

const at = (hour: number) =>
  `2026-11-23T${String(hour).padStart(2, "0")}:00:00+07:00`;
const withdrawal = { at: at(9), reason: "Theo yêu cầu." };

describe.each(STORY_KINDS)("a story among %s", (kind) => {
  const base = storyFields(kind);
  it.each<[Fields, string[]]>([
    [{}, []],
    [{ status: "draft", publishedAt: undefined }, []],
    [{ status: undefined, publishedAt: undefined }, []],
    [{ publishedAt: undefined }, ["rule Đăng lần đầu lúc"]],
    [
      { status: "withdrawn", publishedAt: undefined },
      ["rule Đăng lần đầu lúc", "rule Gỡ bài"],
    ],
    [{ status: "withdrawn", withdrawal }, []],
    [{ withdrawal }, ["rule Trạng thái"]],
    [{ status: "draft", withdrawal }, ["rule Trạng thái"]],
    [{ publishedAt: at(8), expiresAt: at(8) }, ["rule Hết hạn lúc"]],
    [{ publishedAt: at(8), expiresAt: "2026-11-23T01:00:01Z" }, []],
    [
      { publishedAt: at(8), expiresAt: "2026-11-23T00:59:59Z" },
      ["rule Hết hạn lúc"],
    ],
    [{ showsChildren: true }, ["rule Sự đồng ý của trẻ em và người giám hộ"]],
    [{ showsChildren: true, childConsent: "Em và mẹ, giấy ở trường." }, []],
    [{ contents: ["II.1"] }, ["rule Đợt thi đua"]],
    [{ contents: ["II.1"], campaign: "dot-vi-du" }, []],
    [{ contents: null }, ["empty Nội dung thi đua"]],
    [{ status: "xong", publishedAt: undefined }, ["unknown-option Trạng thái"]],
  ])("%j: %j", (fields, expected) => {
    expect(wrong(kind, { ...base, ...fields })).toEqual(expected);
  });
});

describe("a picture", () => {
  const cover = {
    src: "a.jpg",
    alt: "Bà con xóm Ví Dụ làm đường",
    credit: "Nguyễn Văn Thử",
  };
  it.each<[Fields, string[]]>([
    [{}, []],
    [
      { alt: undefined, credit: undefined },
      ["missing Ảnh bìa › Mô tả ảnh", "missing Ảnh bìa › Người chụp"],
    ],
    [{ alt: "ảnh" }, ["rule Ảnh bìa › Mô tả ảnh"]],
    [{ alt: "hình 1" }, ["rule Ảnh bìa › Mô tả ảnh"]],
    [{ alt: "a.jpg" }, ["rule Ảnh bìa › Mô tả ảnh"]],
    [{ showsChildren: true }, ["rule Ảnh bìa › Sự đồng ý của người trong ảnh"]],
    [{ showsChildren: true, consent: "Giấy ở trường." }, []],
    [
      { showsChildren: true, credit: undefined },
      [
        "missing Ảnh bìa › Người chụp",
        "rule Ảnh bìa › Sự đồng ý của người trong ảnh",
      ],
    ],
  ])("%j: %j", (fields, expected) => {
    expect(
      wrong("news", { ...storyFields("news"), cover: { ...cover, ...fields } }),
    ).toEqual(expected);
    expect(
      wrong("news", {
        ...storyFields("news"),
        gallery: [cover, { ...cover, ...fields }],
      }),
    ).toEqual(expected.map((text) => text.replace("Ảnh bìa", "Bộ ảnh (2)")));
  });
});

describe("a role model", () => {
  const base = storyFields("role-models");
  const honoured = { basis: "public-honour", source: "https://vidu.example/a" };
  it.each<[Fields, string[]]>([
    [{ subjectType: "person" }, ["rule Căn cứ để đăng"]],
    [{ subjectType: "household" }, ["rule Căn cứ để đăng"]],
    [{ subjectType: "small-collective" }, []],
    [{ subjectType: undefined }, ["rule Loại đối tượng"]],
    [{ subjectType: "person", deceased: true }, []],
    [{ subjectType: "person", consent: honoured }, []],
    [
      { subjectType: "person", consent: { basis: "public-honour" } },
      ["rule Căn cứ để đăng › Nơi đã tôn vinh"],
    ],
    [
      { subjectType: "person", consent: { basis: "written" } },
      ["rule Căn cứ để đăng › Giấy đồng ý"],
    ],
    [
      {
        subjectType: "person",
        consent: { basis: "written", papers: "Ký 15/11/2025." },
      },
      [],
    ],
    [
      { subjectType: "person", consent: { basis: "nói miệng" } },
      ["unknown-option Căn cứ để đăng › Căn cứ"],
    ],
    [
      { subjectType: "person", consent: {} },
      ["missing Căn cứ để đăng › Căn cứ"],
    ],
  ])("%j: %j", (fields, expected) => {
    expect(wrong("role-models", { ...base, ...fields })).toEqual(expected);
  });
});

describe("a decision", () => {
  const person = {
    id: "ba-thu",
    name: "Bà Nguyễn Thị Thử",
    subjectType: "person",
  };
  const base = { number: "1/QĐ-VD", form: "bang-khen", recipients: [person] };
  it.each<[Fields, string[]]>([
    [{}, []],
    [{ number: undefined }, ["rule Nguồn"]],
    [{ number: undefined, sources: [{ publisher: "Báo Ví Dụ" }] }, []],
    [{ occasion: "campaign" }, ["rule Đợt thi đua"]],
    [{ occasion: "campaign", campaign: "dot-vi-du" }, []],
    [{ status: "revoked" }, ["rule Ngày thu hồi"]],
    [{ status: "revoked", revokedOn: "2026-11-23" }, []],
    [{ recipients: [] }, ["too-small Người, tập thể được khen"]],
    [
      { recipients: [person, { ...person, name: "Bà khác" }] },
      ["rule Người, tập thể được khen (2) › Mã"],
    ],
    [
      { recipients: [person, null, { name: "a" }] },
      [
        "empty Người, tập thể được khen (2)",
        "missing Người, tập thể được khen (3) › Mã",
        "missing Người, tập thể được khen (3) › Loại đối tượng",
      ],
    ],
    [
      { recipients: "bà Thử", sources: null },
      ["wrong-type Người, tập thể được khen", "empty Nguồn"],
    ],
  ])("%j: %j", (fields, expected) => {
    expect(wrong("decisions", { ...base, ...fields })).toEqual(expected);
  });
});

describe("a campaign and a site", () => {
  it("a campaign does not end before it starts", () => {
    const dates = (startDate?: string, endDate?: string) =>
      wrong("campaigns", { ...CAMPAIGN_FIELDS, startDate, endDate });
    expect(dates("2026-10-01", "2026-09-30")).toEqual(["rule Kết thúc"]);
    expect(dates("2026-10-01", "2026-10-01")).toEqual([]);
    expect(dates("2026-10-01")).toEqual([]);
    expect(dates(undefined, "2026-10-01")).toEqual(["missing Bắt đầu"]);
  });

  it("an official site says whose it is", () => {
    expect(wrong("site", { ...SITE_FIELDS, official: true })).toEqual([
      "rule Cơ quan xuất bản",
    ]);
    expect(
      wrong("site", {
        ...SITE_FIELDS,
        official: true,
        publisher: {
          name: "Sở Ví Dụ",
          decision: "1/QĐ-VD",
          responsible: "Nguyễn Văn Thử",
        },
      }),
    ).toEqual([]);
  });
});
