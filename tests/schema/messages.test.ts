/** What an editor is told of wrong data: in Vietnamese, by the field's label, and all of it at once. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { kinds } from "../../src/schema/kinds.ts";
import { checkData } from "../../src/schema/messages.ts";
import { storyFields, type Fields } from "../support/corpus.ts";
import { expectVietnamese } from "./language.ts";
import { FIELDS, KINDS } from "./walk.ts";

const news = (fields: Fields): Fields => ({
  ...storyFields("news"),
  ...fields,
});

function findings(schema: z.ZodType, data: unknown) {
  const result = checkData(schema, data);
  return result.ok ? [] : result.findings;
}

const tell = (fields: Fields) =>
  findings(kinds.news.schema, news(fields)).map(
    ({ code, field, found, remedy }) =>
      `${code} «${field}»: ${found} → ${remedy}`,
  );

describe("a wrong field", () => {
  it.each<[string, Fields, string]>([
    [
      "missing",
      { title: undefined },
      "missing «Tiêu đề»: còn thiếu → Cần điền. Nói ai làm được việc gì; từ 20 đến 110 ký tự.",
    ],
    [
      "null, required",
      { title: null },
      "empty «Tiêu đề»: để trống → Điền nội dung. Nói ai làm được việc gì; từ 20 đến 110 ký tự.",
    ],
    [
      "blank, optional",
      { byline: " " },
      "empty «Người viết»: để trống → Điền nội dung, hoặc xóa hẳn trường này nếu không có gì để ghi. Họ và tên, in trong bài.",
    ],
    [
      "unknown, near",
      { titel: "a" },
      "unknown-field «titel»: không có trường nào tên «titel» → Có phải là «title» (Tiêu đề)? Nếu không thì xóa đi.",
    ],
    [
      "unknown, far",
      { layout: "../a.astro" },
      "unknown-field «layout»: không có trường nào tên «layout» → Xóa đi, hoặc xem lại tên.",
    ],
    [
      "unknown, inside",
      { sources: [{ publisher: "Báo Ví Dụ", link: "a" }] },
      "unknown-field «Nguồn (1) › link»: không có trường nào tên «link» → Xóa đi, hoặc xem lại tên.",
    ],
    [
      "a number for text",
      { title: 2025 },
      "wrong-type «Tiêu đề»: «2025» không phải chữ → Viết giá trị này là chữ; nếu là số thì đặt trong dấu nháy.",
    ],
    [
      "a list for text",
      { title: ["a"] },
      "wrong-type «Tiêu đề»: danh sách 1 mục không phải chữ → Viết giá trị này là chữ; nếu là số thì đặt trong dấu nháy.",
    ],
    [
      "text for a list",
      { communes: "xa-vi-du" },
      "wrong-type «Xã, phường»: «xa-vi-du» không phải danh sách → Viết thành danh sách, mỗi mục một dòng bắt đầu bằng dấu gạch ngang.",
    ],
    [
      "text for a group",
      { cover: "a.jpg" },
      "wrong-type «Ảnh bìa»: «a.jpg» không phải nhóm trường → Viết thành các dòng «tên: giá trị» thụt vào dưới tên trường.",
    ],
    [
      "a group for text",
      { byline: { ten: "a" } },
      "wrong-type «Người viết»: nhóm trường không phải chữ → Viết giá trị này là chữ; nếu là số thì đặt trong dấu nháy.",
    ],
    [
      "a word for yes or no",
      { showsChildren: "có" },
      "wrong-type «Bài nói về trẻ em»: «có» không phải true hoặc false → Viết true (có) hoặc false (không).",
    ],
    [
      "not an option",
      { category: "tin-nong" },
      "unknown-option «Loại tin»: «tin-nong» không có trong các lựa chọn → Chọn một trong: direction (Chỉ đạo), activity (Hoạt động), result (Kết quả), commendation (Khen thưởng), summing-up (Sơ kết, tổng kết), lessons (Kinh nghiệm), press-release (Thông cáo báo chí), correction (Đính chính).",
    ],
    [
      "no real day",
      { eventDate: "2025-02-30" },
      "rule «Thời gian của sự việc»: «2025-02-30» chưa hợp lệ → Viết ngày (2025-11-15), tháng (2025-11), năm (2025) hoặc khoảng thời gian (2025-10-08/2025-10-10), là ngày có thật.",
    ],
    [
      "a day the wrong way round",
      { changes: [{ date: "15/11/2025", note: "a" }] },
      "bad-format «Đính chính, bổ sung (1) › Ngày sửa»: «15/11/2025» viết chưa đúng → Viết ngày theo thứ tự năm-tháng-ngày, ví dụ 2025-11-15, và là ngày có thật.",
    ],
    [
      "an instant without offset",
      { publishedAt: "2026-11-23" },
      "bad-format «Đăng lần đầu lúc»: «2026-11-23» viết chưa đúng → Viết ngày giờ kèm múi giờ, ví dụ 2026-05-19T08:00:00+07:00.",
    ],
    [
      "a dangerous address",
      { sources: [{ publisher: "a", url: "javascript:alert(1)" }] },
      "bad-format «Nguồn (1) › Địa chỉ»: «javascript:alert(1)» viết chưa đúng → Viết đủ địa chỉ, bắt đầu bằng https://.",
    ],
    [
      "an accented reference",
      { communes: ["xã-ví-dụ"] },
      "bad-format «Xã, phường (1)»: «xã-ví-dụ» viết chưa đúng → Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ xa-tan-cuong.",
    ],
    [
      "a recipient that is no identifier",
      { awards: [{ decision: "a", recipient: "Bà A" }] },
      "bad-format «Khen thưởng (1) › Người, tập thể được khen»: «Bà A» viết chưa đúng → Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ xa-tan-cuong.",
    ],
    ["text past all bounds", { title: "a".repeat(401) }, "too-big «Tiêu đề»: "],
    [
      "a list past all bounds",
      { sources: Array.from({ length: 201 }, () => ({ publisher: "a" })) },
      "too-big «Nguồn»: danh sách 201 mục dài quá → Nhiều nhất 200 mục. Bài viết dựa vào đâu.",
    ],
    [
      "two lines for one",
      { title: "a\nb" },
      "bad-format «Tiêu đề»: «a b» viết chưa đúng → Viết trên một dòng, không xuống dòng.",
    ],
    [
      "an alternative text that says nothing",
      { cover: { src: "a.jpg", alt: "Hình 1", credit: "a" } },
      "rule «Ảnh bìa › Mô tả ảnh»: «Hình 1» chưa hợp lệ → Tả điều thấy trong ảnh, ví dụ «Bà con xóm Dứa đổ bê tông đường nội đồng».",
    ],
    [
      "a picture elsewhere",
      {
        cover: {
          src: "https://vidu.example/a.jpg",
          alt: "Bà con làm đường",
          credit: "a",
        },
      },
      "bad-format «Ảnh bìa › Tệp ảnh»: «https://vidu.example/a.jpg» viết chưa đúng → Ghi tên tệp nằm cùng thư mục với bài, chữ thường không dấu, đuôi jpg, jpeg, png, webp, avif.",
    ],
  ])("%s", (_name, fields, start) => {
    const lines = tell(fields);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.startsWith(start), lines[0]).toBe(true);
    for (const finding of findings(kinds.news.schema, news(fields)))
      expectVietnamese(finding);
  });
});

describe("numbers", () => {
  const commune = { title: "Ví Dụ", type: "xa", code: "01000" };
  it.each<[Fields, string]>([
    [{ areaKm2: 0 }, "«0» nhỏ quá → Cần lớn hơn 0."],
    [
      { areaKm2: "12,5" },
      "«12,5» không phải số → Viết một số, dấu chấm cho phần thập phân, không kèm đơn vị.",
    ],
    [{ areaKm2: Number.NaN }, "«NaN» không phải số"],
    [{ latitude: 91 }, "«91» lớn quá → Nhiều nhất 90."],
    [{ longitude: -181 }, "«-181» nhỏ quá → Cần ít nhất -180."],
    [
      { code: 1000 },
      "«1000» không phải chữ → Viết giá trị này là chữ; nếu là số thì đặt trong dấu nháy.",
    ],
    [
      { code: "1000" },
      "«1000» viết chưa đúng → Mã đơn vị hành chính gồm 5 chữ số, viết trong dấu nháy.",
    ],
  ])("%j", (fields, start) => {
    const [finding, ...others] = findings(kinds.communes.schema, {
      ...commune,
      ...fields,
    });
    expect(others).toEqual([]);
    expect(
      `${finding?.found} → ${finding?.remedy}`.startsWith(start),
      JSON.stringify(finding),
    ).toBe(true);
  });

  it("are whole where they order things", () => {
    const [finding] = findings(kinds.units.schema, {
      title: "Sở Ví Dụ",
      type: "other",
      order: 1.5,
    });
    expect(finding).toMatchObject({
      field: "Thứ tự",
      found: "«1.5» không phải số nguyên",
      remedy: "Viết một số nguyên.",
    });
  });
});

describe("everything at once", () => {
  it("an empty entry of any kind misses each of its required fields", () => {
    for (const kind of KINDS) {
      const required = FIELDS.filter(
        ({ name, schema }) =>
          name.split(".").length === 2 &&
          name.startsWith(`${kind}.`) &&
          !schema.safeParse(undefined).success,
      );
      const missing = findings(kinds[kind].schema, {}).filter(
        ({ code }) => code === "missing",
      );
      expect(missing.map(({ field }) => field)).toEqual(
        required.map(({ meta }) => meta.title),
      );
      expect(required.length).toBeGreaterThan(0);
    }
  });

  it("every field of every kind, given what it cannot be, is told in Vietnamese by its label", () => {
    for (const kind of KINDS) {
      const fields = FIELDS.filter(({ name }) =>
        new RegExp(`^${kind}\\.[^.[]+$`).test(name),
      );
      for (const wrong of [
        { "vo-ly": [[]] },
        [[[]]],
        -1.5,
        "\u0000\n",
        "",
        null,
      ]) {
        const data = Object.fromEntries(
          fields.map(({ name }) => [name.split(".")[1], wrong]),
        );
        const found = findings(kinds[kind].schema, data);
        expect(found.length).toBeGreaterThanOrEqual(
          fields.filter(({ schema }) => !schema.safeParse(wrong).success)
            .length,
        );
        for (const finding of found) {
          expectVietnamese(finding);
          expect(finding.field).toBeTruthy();
        }
      }
    }
  });

  it("a living person without a basis is told beside a mistyped field and a missing one", () => {
    const { title: _title, ...fields } = storyFields("role-models");
    const data = {
      ...fields,
      subjectType: "person",
      layout: "a",
      publishedAt: undefined,
      showsChildren: true,
    };
    expect(
      findings(kinds["role-models"].schema, data)
        .map(({ code, field }) => `${code} ${field}`)
        .sort(),
    ).toEqual([
      "missing Tiêu đề",
      "rule Căn cứ để đăng",
      "rule Sự đồng ý của trẻ em và người giám hộ",
      "rule Đăng lần đầu lúc",
      "unknown-field layout",
    ]);
  });
});

describe("names that every object inherits", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "%s is only an unknown field",
    (name) => {
      const data = JSON.parse(
        JSON.stringify(news({})).replace(/^\{/, `{"${name}":{"a":1},`),
      ) as object;
      expect(Object.hasOwn(data, name)).toBe(true);
      expect(
        findings(kinds.news.schema, data).map(
          ({ code, field }) => `${code} ${field}`,
        ),
      ).toEqual([`unknown-field ${name}`]);
      expect(
        findings(kinds.news.schema, { ...news({}), cover: data }).map(
          ({ field }) => field,
        ),
      ).toContain(`Ảnh bìa › ${name}`);
    },
  );
});
