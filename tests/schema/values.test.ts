/** Dates, addresses, names: what single values may be. */
import { describe, expect, it } from "vitest";
import { saysSomething } from "../../src/schema/picture.ts";
import { editDistance } from "../../src/schema/messages.ts";
import { quoted } from "../../src/schema/problem.ts";
import { slugify } from "../../src/schema/slug.ts";
import {
  DOCUMENT_EXTENSIONS,
  PICTURE_EXTENSIONS,
  day,
  fileBeside,
  instant,
  line,
  oldAddress,
  partialDate,
  prose,
  reference,
  storyReference,
  webAddress,
} from "../../src/schema/values.ts";

const accepts = (schema: {
  safeParse(value: unknown): { success: boolean };
}) => ({
  yes: (...values: unknown[]) => {
    for (const value of values)
      expect(schema.safeParse(value).success, String(value)).toBe(true);
  },
  no: (...values: unknown[]) => {
    for (const value of values)
      expect(schema.safeParse(value).success, String(value)).toBe(false);
  },
});

describe("dates", () => {
  it("a day is one of the calendar", () => {
    accepts(day()).yes("2025-11-15", "2024-02-29", "2000-02-29");
    accepts(day()).no(
      "2025-02-29",
      "2025-02-30",
      "2025-04-31",
      "2025-13-01",
      "2025-00-10",
      "2025-1-5",
      "15/11/2025",
      "2025",
      2025,
      "20251115",
      "",
      null,
      true,
      [],
    );
  });

  it("a partial date is a day, month, year or a span that runs forwards", () => {
    accepts(partialDate()).yes(
      "2025-11-15",
      "2025-11",
      "2025",
      2025,
      "2025-10-08/2025-10-10",
      "2022/2024",
      "2025-10/2025-11-05",
      "2025-11-05/2025",
      "2025-10/2025-10",
    );
    accepts(partialDate()).no(
      "2025-11-31",
      "2025-13",
      "2025-10-10/2025-10-08",
      "2025/2024",
      "2025-10-08/",
      "/2025",
      "2025/2026/2027",
      "khoảng 2025",
      "11/2025",
      2025.1,
      "25",
      "",
      null,
      {},
    );
  });

  it("an instant has an offset", () => {
    accepts(instant()).yes("2026-11-23T08:00:00+07:00", "2026-11-23T01:00:00Z");
    accepts(instant()).no(
      "2026-11-23T08:00:00",
      "2026-11-23",
      "2026-11-23 08:00:00+07:00",
      "8 giờ",
      1,
      null,
      "2026-02-30T08:00:00+07:00",
    );
  });

  it("are taken from what other readers of YAML make of them", () => {
    expect(day().parse(new Date("2025-11-15T00:00:00Z"))).toBe("2025-11-15");
    expect(partialDate().parse(2025)).toBe("2025");
    expect(instant().parse(new Date("2026-11-23T01:00:00Z"))).toBe(
      "2026-11-23T01:00:00.000Z",
    );
  });
});

describe("texts", () => {
  it("a line is one line with something on it", () => {
    accepts(line()).yes("a", " a ", "a".repeat(400));
    accepts(line()).no("", "  ", "a\nb", "a\rb", "a".repeat(401), 1, null);
    expect(line().parse("  a  ")).toBe("a");
  });

  it("prose may have paragraphs", () => {
    accepts(prose()).yes("a\n\nb", "a".repeat(4000));
    accepts(prose()).no("\n", "a".repeat(4001));
  });
});

describe("addresses", () => {
  it("a web address is http or https with a domain", () => {
    accepts(webAddress()).yes(
      "https://vidu.example",
      "http://vidu.example/a?b=c#d",
      "https://báo.vn/tin",
    );
    accepts(webAddress()).no(
      "vidu.example",
      "//vidu.example",
      "https://baothainguyen.vn@evil.example/",
      "https://vidu.example\\@evil.example/",
      "https:vidu.example",
      "https:///vidu.example",
      "javascript:alert(1)",
      "data:text/html,a",
      "ftp://vidu.example",
      "https://",
      "https://localhost",
      "mailto:a@vidu.example",
      "/tin-tuc/",
      1,
      "",
    );
  });

  it("a reference is lower-case ASCII", () => {
    accepts(reference()).yes("xa-vi-du", "a", "2026", "ke-hoach-141");
    accepts(reference()).no(
      "xã-ví-dụ",
      "Xa-Vi-Du",
      "a--b",
      "-a",
      "a-",
      "a_b",
      "a/b",
      "a.b",
      "",
      "../a",
      1,
    );
  });

  it("a story is named with its kind", () => {
    accepts(storyReference()).yes("models/a", "role-models/a-b", "news/1");
    accepts(storyReference()).no(
      "a",
      "decisions/a",
      "models/",
      "models/A",
      "models/a/b",
      "/models/a",
    );
  });

  it("an old address starts and ends with a slash", () => {
    accepts(oldAddress()).yes("/tin-tuc/ten-cu/", "/a/");
    accepts(oldAddress()).no(
      "/",
      "tin-tuc/a/",
      "/tin-tuc/a",
      "//a/",
      "/Tin/",
      "/a?b/",
      "https://vidu.example/a/",
      "/../a/",
    );
  });

  it("a file lies beside, with a plain name", () => {
    accepts(fileBeside(PICTURE_EXTENSIONS)).yes(
      "a.jpg",
      "xa-vi-du.v2.webp",
      "1_a.avif",
    );
    accepts(fileBeside(PICTURE_EXTENSIONS)).no(
      "A.jpg",
      "ảnh.jpg",
      "a.JPG",
      "a.gif",
      "a.svg",
      "b/a.jpg",
      "../a.jpg",
      "./a.jpg",
      "a b.jpg",
      ".jpg",
      "https://vidu.example/a.jpg",
      "a.jpg.exe",
    );
    accepts(fileBeside(DOCUMENT_EXTENSIONS)).yes("a.pdf", "ke-hoach-141.docx");
    accepts(fileBeside(DOCUMENT_EXTENSIONS)).no(
      "a.html",
      "a.exe",
      "a.pdf.html",
      "a.svg",
    );
  });
});

describe("saysSomething", () => {
  it.each([
    "ảnh",
    "Ảnh",
    "hình 1",
    "Hình ảnh 02",
    "ảnh số 3",
    "Ảnh minh họa",
    "hình minh hoạ",
    "ảnh bìa",
    "bức ảnh",
    "tấm hình",
    "ảnh chụp",
    "Logo",
    "image",
    "Photo 12",
    "IMG_1234",
    "img 20251115",
    "DSC00012",
    "PXL_2025",
    "z5432198765432_abc",
    "truong-hoc.jpg",
    "Bà con làm đường.JPG",
    "123",
    "…",
    "-",
    "",
    "ảnh ".repeat(200),
  ])("not in %j", (alt) => expect(saysSomething(alt)).toBe(false));

  it.each([
    "Bà con xóm Ví Dụ đổ bê tông",
    "Anh Minh bên vườn chè",
    "Anh Minh",
    "ảnh hoa",
    "Đá",
    "Image Ví Dụ",
    `${"hình ảnh ".repeat(60)}xóm`,
  ])("in %j", (alt) => expect(saysSomething(alt)).toBe(true));
});

describe("slugify", () => {
  it.each([
    ["Xã Định Hóa", "xa-dinh-hoa"],
    ["Xã Định Hóa".normalize("NFD"), "xa-dinh-hoa"],
    ["  Đường  50/5 – “Ấ Ỹ”  ", "duong-50-5-a-y"],
    ["đĐ", "dd"],
    ["😀", ""],
    ["", ""],
  ])("of %j is %j", (text, slug) => expect(slugify(text)).toBe(slug));
});

describe("quoted", () => {
  it("is one short line that no terminal obeys", () => {
    expect(quoted("a\n\tb")).toBe("«a b»");
    expect(quoted("\u001b[31mđỏ\u0007")).toBe("« [31mđỏ »");
    expect([...quoted("😀".repeat(100))]).toHaveLength(62);
    expect(quoted(Number.NaN)).toBe("«NaN»");
    expect(quoted(true)).toBe("«true»");
  });
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["titel", "title", 2],
    ["tile", "title", 1],
    ["", "abc", 3],
  ])("from %j to %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
