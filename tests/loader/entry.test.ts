/** Every wrong entry is told of at once: file, line, field, what was found, how to mend it. */
import { describe, expect, it } from "vitest";
import { formatProblems } from "../../src/schema/problem.ts";
import { jpeg, pdf, skeleton, type Fields } from "../support/corpus.ts";
import {
  NEWS,
  bodyOf,
  entryOf,
  read,
  story,
  told,
} from "../support/content.ts";
import { expectVietnamese } from "../schema/language.ts";

const FILE = `${NEWS}/index.mdx`;

/** Reads one news story, and tells what is said of it and what lies beside it. */
async function problemsOf(
  text: string | Uint8Array,
  beside: Record<string, string | Uint8Array> = {},
) {
  const corpus = skeleton();
  corpus.write(FILE, text);
  for (const [name, content] of Object.entries(beside))
    corpus.write(`${NEWS}/${name}`, content);
  const { problems } = await read(corpus);
  problems.forEach(expectVietnamese);
  return problems.map(({ file, ...rest }) => {
    expect(file).toBe(FILE);
    return rest;
  });
}

const lines = async (...given: Parameters<typeof problemsOf>) =>
  (await problemsOf(...given))
    .map(
      ({ line, code, field }) =>
        `${line ?? "-"} ${code}${field ? ` «${field}»` : ""}`,
    )
    .sort((a, b) => parseInt(a) - parseInt(b));

/** Front matter as an editor might write it, the first field on line 2. */
const HEAD = [
  "---",
  "title: Xóm Ví Dụ chung tay làm đường nội đồng",
  "summary: Trong một mùa, bà con xóm Ví Dụ góp công, góp đất làm xong con đường ra đồng.",
  "status: published",
  "publishedAt: 2026-11-23T08:00:00+07:00",
  "category: activity",
];
const written = (more: string[], body: string[] = ["Chữ của bài."]) =>
  [...HEAD, ...more, "---", "", ...body, ""].join("\n");

const COVER = [
  "cover:",
  "  src: a.jpg",
  "  alt: Bà con xóm Ví Dụ làm đường",
  "  credit: Nguyễn Văn Thử",
];
const PICTURE = '![Bà con xóm Ví Dụ làm đường](a.jpg "Nguyễn Văn Thử")';

describe("one thing wrong", () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ["nothing", written([]), []],
    ["an unknown field", written(["titel: a"]), ["7 unknown-field «titel»"]],
    [
      "layout",
      written(["layout: ../../a.astro"]),
      ["7 unknown-field «layout»"],
    ],
    [
      "a field that is missing",
      written([]).replace(/title: .*\n/, ""),
      ["2 missing «Tiêu đề»"],
    ],
    ["a field that is empty", written(["byline:"]), ["7 empty «Người viết»"]],
    [
      "a bad day",
      written(["eventDate: 2025-02-30"]),
      ["7 rule «Thời gian của sự việc»"],
    ],
    [
      "a day the Vietnamese way",
      written(["eventDate: 15/11/2025"]),
      ["7 bad-format «Thời gian của sự việc»"],
    ],
    [
      "a bad day inside a list",
      written([
        "changes:",
        "  - date: 2025-11-15",
        "    note: a",
        "  - note: b",
        "    date: hôm qua",
      ]),
      ["11 bad-format «Đính chính, bổ sung (2) › Ngày sửa»"],
    ],
    [
      "a relation to nothing",
      written(["communes:", "  - ban-mai", "  - khong-co"]),
      ["9 relation «Xã, phường (2)»"],
    ],
    [
      "a title too short",
      written([]).replace(/title: .*/, "title: Làm đường"),
      ["2 too-short «Tiêu đề»"],
    ],
    [
      "a title too long",
      written([]).replace(/title: .*/, `title: ${"Chữ ".repeat(40)}`),
      ["2 too-long «Tiêu đề»"],
    ],
    [
      "a summary too short",
      written([]).replace(/summary: .*/, "summary: Ngắn quá."),
      ["3 too-short «Tóm tắt»"],
    ],
    [
      "a summary too long",
      written([]).replace(/summary: .*/, `summary: ${"Chữ ".repeat(100)}`),
      ["3 too-long «Tóm tắt»"],
    ],
    [
      "a picture without alternative text",
      written([COVER[0]!, COVER[1]!, COVER[3]!]),
      ["7 missing «Ảnh bìa › Mô tả ảnh»", "8 file-missing"],
    ],
    [
      "a child without consent",
      written(["showsChildren: true"]),
      ["2 rule «Sự đồng ý của trẻ em và người giám hộ»"],
    ],
    ["a tab", written(["sources:", "\t- publisher: a"]), ["8 yaml-tab"]],
    ["an anchor", written(["byline: &a b"]), ["7 yaml-anchor"]],
    ["a merge key", written(["<<: { byline: a }"]), ["7 unknown-field «<<»"]],
    [
      "inherited names",
      written(["__proto__: a", "constructor: b", "toString: c"]),
      [
        "7 unknown-field «__proto__»",
        "8 unknown-field «constructor»",
        "9 unknown-field «toString»",
      ],
    ],
    ["a list for fields", "---\n- a\n---\n\nChữ.\n", ["2 not-fields"]],
    ["no front matter", "# Chỉ có chữ\n", ["1 no-front-matter"]],
    ["an empty line first", `\n${written([])}`, ["1 no-front-matter"]],
    ["an open front matter", "---\ntitle: a\n", ["1 open-front-matter"]],
    ["an empty file", "", ["1 no-front-matter"]],
    ["a binary", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1), ["- not-text"]],
    ["5 MB", Buffer.alloc(5_000_000, "a"), ["- file-too-large"]],
    ["TCVN3", written([], ["Th¸i Nguyªn"]), ["9 legacy-font"]],
    [
      "VNI",
      written(["byline: Nguyeãn Vaên Thöû ôû Thaùi Nguyeân"]),
      ["7 legacy-font"],
    ],
    ["a byte order mark", `\ufeff${written([])}`, ["- bom"]],
    ["CRLF", written([]).replaceAll("\n", "\r\n"), ["- crlf"]],
    ["NFD", written([], ["Tỉnh".normalize("NFD")]), ["9 nfd"]],
    ["no body", [...HEAD, "---", ""].join("\n"), ["- empty-body"]],
    ["a comment for a body", written([], ["{/* sẽ viết sau */}"]), []],
    ["a dead link", written([], ["[a](/mo-hinh/khong-co/)"]), ["9 dead-link"]],
    [
      "an import",
      written([], ["Chữ.", "", "import a from 'a'"]),
      ["11 code-import"],
    ],
    [
      "an expression after a CRLF",
      written([], ["Chữ.", "", "{a}"]).replaceAll("\n", "\r\n"),
      ["- crlf", "11 code-expression"],
    ],
  ])("%s", async (_name, text, expected) => {
    expect((await lines(text)).sort()).toEqual([...expected].sort());
  });

  it("title and summary warn and never block, and so do BOM, CRLF and NFD", async () => {
    const corpus = skeleton();
    corpus.write(
      FILE,
      `\ufeff${written([]).replace(/title: .*/, "title: Tỉnh".normalize("NFD"))}`.replaceAll(
        "\n",
        "\r\n",
      ),
    );
    const reading = await read(corpus);
    expect(
      reading.problems
        .map(({ code, severity }) => `${severity} ${code}`)
        .sort(),
    ).toEqual([
      "warning bom",
      "warning crlf",
      "warning nfd",
      "warning too-short",
    ]);
    expect(entryOf(reading, "news", "chuyen-vi-du")?.data.title).toBe("Tỉnh");
  });
});

describe("several things wrong", () => {
  it("in fields and body are told together, each with its line", async () => {
    expect(
      await lines(
        written(
          [
            "layout: a",
            "eventDate: 2025-13",
            "communes: [khong-co]",
            "showsChildren: true",
            "sources:",
            "  - url: javascript:a",
            "    publisher: b",
          ],
          [
            "Chữ {a}.",
            "",
            "<script>b</script>",
            "",
            "[c](javascript:d)",
            "",
            "[e](/tin-tuc/khong-co/)",
            "",
            PICTURE,
          ],
        ),
      ),
    ).toEqual([
      "2 rule «Sự đồng ý của trẻ em và người giám hộ»",
      "7 unknown-field «layout»",
      "8 rule «Thời gian của sự việc»",
      "9 relation «Xã, phường (1)»",
      "12 bad-format «Nguồn (1) › Địa chỉ»",
      "16 code-expression",
      "18 unknown-block",
      "20 bad-address",
      "22 dead-link",
      "24 file-missing",
    ]);
  });

  it("and fields that cannot be read do not hide the body", async () => {
    expect(
      await lines(written(["byline: a: b"], ["{a}", "", "import b from 'b'"])),
    ).toEqual(["7 yaml-syntax", "10 code-expression", "12 code-import"]);
    expect(await lines("---\n- a\n---\n{a}\n")).toEqual([
      "2 not-fields",
      "4 code-expression",
    ]);
  });

  it("and an old font does not hide the rest", async () => {
    expect(await lines(written(["layout: a"], ["Th¸i Nguyªn {b}"]))).toEqual([
      "7 unknown-field «layout»",
      "10 legacy-font",
      "10 code-expression",
    ]);
  });

  it("advice is given beside errors, and not on what is wrong anyway", async () => {
    expect(
      await lines(
        written(["layout: a"])
          .replace(/title: .*/, "title: Ngắn")
          .replace(/summary: .*/, "summary: [a]"),
      ),
    ).toEqual([
      "2 too-short «Tiêu đề»",
      "3 wrong-type «Tóm tắt»",
      "7 unknown-field «layout»",
    ]);
  });
});

describe("what lies beside", () => {
  it("pictures and documents that are there and used are fine", async () => {
    const beside = {
      "a.jpg": await jpeg("red"),
      "b.pdf": pdf("b"),
      "c.xlsx": pdf("c"),
    };
    const fields = [
      ...COVER,
      "attachments:",
      "  - title: Kế hoạch",
      "    src: b.pdf",
    ];
    expect(await lines(written(fields, ["[Bảng](c.xlsx)"]), beside)).toEqual(
      [],
    );
  });

  it("what is not there is told with the line that wants it", async () => {
    const fields = [
      ...COVER,
      "gallery:",
      "  - src: b.jpg",
      "    alt: Bà con xóm Ví Dụ họp",
      "    credit: Nguyễn Văn Thử",
      "attachments:",
      "  - title: Kế hoạch",
      "    src: c.pdf",
    ];
    expect(
      await lines(
        written(fields, [PICTURE.replace("a.jpg", "d.jpg"), "", "[e](e.pdf)"]),
      ),
    ).toEqual([
      "8 file-missing",
      "12 file-missing",
      "17 file-missing",
      "20 file-missing",
      "22 file-missing",
    ]);
  });

  it("another spelling of its name is pointed out", async () => {
    const [missing] = await problemsOf(written(COVER), {
      "A.JPG": await jpeg("red"),
    });
    expect(missing).toMatchObject({
      code: "file-missing",
      found: "không thấy tệp «a.jpg» cạnh bài",
      remedy: "Tên tệp là «A.JPG»: viết đúng chữ hoa, chữ thường.",
    });
  });

  it("what no story uses is a warning", async () => {
    const problems = await problemsOf(written([]), {
      "a.jpg": await jpeg("red"),
      "b.pdf": pdf("b"),
    });
    expect(
      problems.map(
        ({ code, severity, found }) => `${severity} ${code} ${found}`,
      ),
    ).toEqual([
      "warning unused-picture ảnh «a.jpg» không có trong bài",
      "warning unused-file tệp «b.pdf» không có trong bài",
    ]);
  });

  it("nothing is called unused when the body could not be read to its end", async () => {
    expect(
      await lines(written([], ["<Quote>", "", PICTURE]), {
        "a.jpg": await jpeg("red"),
      }),
    ).toEqual(["9 syntax"]);
  });

  it("a picture under a wrong name is told of once", async () => {
    const cover = COVER.map((line) => line.replace("a.jpg", "Anh.jpg"));
    expect(
      await lines(written(cover), { "Anh.jpg": await jpeg("red") }),
    ).toEqual(["8 bad-format «Ảnh bìa › Tệp ảnh»"]);
  });

  it.each<[string, string, Promise<Uint8Array> | Uint8Array, string]>([
    ["another kind of file", "a.jpg", pdf("a"), "picture-type"],
    ["a picture of another kind", "a.png", jpeg("red"), "picture-mislabelled"],
    [
      "half a picture",
      "a.jpg",
      jpeg("red").then((bytes) => bytes.subarray(0, 200)),
      "picture-unreadable",
    ],
    ["an empty file", "a.jpg", new Uint8Array(), "picture-unreadable"],
    [
      "a huge file",
      "a.jpg",
      Buffer.alloc(31 * 1024 * 1024, 0xff),
      "picture-too-large",
    ],
  ])("%s", async (_name, name, content, code) => {
    const cover = COVER.map((line) => line.replace("a.jpg", name));
    const problems = await problemsOf(
      written(cover, [PICTURE.replace("a.jpg", name)]),
      { [name]: await content },
    );
    expect(
      problems.map((problem) => `${problem.line} ${problem.code}`),
    ).toEqual([`8 ${code}`, `13 ${code}`]);
  });

  it("a link does not lead out of the folder", async () => {
    expect(
      await lines(
        written(
          COVER.map((line) => line.replace("a.jpg", "../../site.yaml")),
          ["[a](../../site.yaml)"],
        ),
      ),
    ).toEqual(["8 bad-format «Ảnh bìa › Tệp ảnh»", "13 bad-address"]);
  });
});

describe("a whole entry", () => {
  it("has its fields, its body, its pictures and what it refers to", async () => {
    const corpus = skeleton();
    corpus.write(
      FILE,
      written(
        [...COVER, "communes: [ban-mai]"],
        ["## Phần một", "", PICTURE, "", "[Trang](/mo-hinh/) và [tệp](b.pdf)."],
      ),
    );
    corpus.write(`${NEWS}/a.jpg`, await jpeg("red"));
    corpus.write(`${NEWS}/b.pdf`, pdf("b"));
    const reading = await read(corpus, { base: "/goc/" });
    const entry = entryOf(reading, "news", "chuyen-vi-du")!;
    expect(entry).toMatchObject({
      kind: "news",
      id: "chuyen-vi-du",
      file: FILE,
      body: {
        headings: [{ depth: 2, id: "phan-mot", text: "Phần một" }],
        words: expect.any(Number),
      },
      documents: { "b.pdf": { bytes: pdf("b").length } },
      references: [
        {
          targets: ["communes"],
          value: "ban-mai",
          field: "Xã, phường (1)",
          line: 11,
        },
      ],
      links: [{ address: "/mo-hinh/", line: 18 }],
    });
    expect(entry.pictures).toMatchObject([
      {
        name: "a.jpg",
        credit: "Nguyễn Văn Thử",
        licence: "all-rights",
        info: { width: 40, height: 30 },
      },
    ]);
    const html = bodyOf(reading, entry);
    expect(html).toContain('href="/goc/mo-hinh/"');
    expect(html).toMatch(/href="\/goc\/_files\/[0-9a-f]{16}\/b\.pdf"/);
    expect(html).toMatch(/src="\/goc\/_media\/[0-9a-f-]+\.webp"/);
  });

  it("is the same whatever the order of its fields and the ends of its lines", async () => {
    const plain = story({ byline: "Nguyễn Văn Thử" });
    const [front, body] = plain.slice(4).split("\n---\n") as [string, string];
    const other = `---\n${front
      .split(/\n(?=\w)/)
      .toReversed()
      .join("\n")}\n---\n${body}`.replaceAll("\n", "\r\n");
    const digests = [];
    for (const text of [plain, other]) {
      const corpus = skeleton();
      corpus.write(FILE, text);
      digests.push(entryOf(await read(corpus), "news", "chuyen-vi-du")?.digest);
    }
    expect(digests[0]).toBeDefined();
    expect(digests[1]).toBe(digests[0]);
  });

  it.each<[string, Fields, string?]>([
    ["a title", { title: "Xóm Ví Dụ chung tay làm đường khác" }],
    ["a status", { status: "draft" }],
    ["a commune", { communes: ["ban-mai"] }],
    ["a body", {}, "Chữ khác."],
  ])("has another digest with another %s", async (_name, fields, body) => {
    const digests = [];
    for (const text of [story(), story(fields, body)]) {
      const corpus = skeleton();
      corpus.write(FILE, text);
      digests.push(entryOf(await read(corpus), "news", "chuyen-vi-du")?.digest);
    }
    expect(digests[1]).toBeDefined();
    expect(digests[1]).not.toBe(digests[0]);
  });
});

describe("one bad entry stops nobody", () => {
  it("is held back with its reason, the rest goes on", async () => {
    const corpus = skeleton();
    const broken = [
      "{a}",
      "import b from 'b'",
      'export ="\\',
      "<a b={".repeat(60),
      "<Quote>",
      "[a](javascript:b)",
    ];
    broken.forEach((body, index) =>
      corpus.write(`news/2026/hong-${index}/index.mdx`, story({}, body)),
    );
    corpus.write("news/2026/hong-yaml/index.mdx", "---\na: [\n---\n");
    corpus.write("taxonomy/fields/hong.yaml", "a: *b\n");
    corpus.write(FILE, story());
    const reading = await read(corpus);
    expect(entryOf(reading, "news", "chuyen-vi-du")).toBeDefined();
    expect(reading.entries.filter(({ kind }) => kind === "news")).toHaveLength(
      1,
    );
    expect(
      new Set(
        reading.problems
          .filter(({ severity }) => severity === "error")
          .map(({ file }) => file),
      ).size,
    ).toBe(broken.length + 2);
  });

  it("a site without site.yaml is told of", async () => {
    const corpus = skeleton();
    corpus.remove("site.yaml");
    expect(told((await read(corpus)).problems)).toEqual(["site.yaml no-site"]);
  });
});

describe("formatProblems", () => {
  it("groups by file and orders by line, as an editor reads", async () => {
    const corpus = skeleton();
    corpus.write(FILE, `\ufeff${written(["titel: a"], ["{b}"])}`);
    corpus.write("taxonomy/units/b.yaml", "title: Sở Ví Dụ\ntype: nha\n");
    const { problems } = await read(corpus);
    expect(formatProblems(problems)).toBe(
      [
        `${FILE}`,
        "  lưu ý: đầu tệp có dấu BOM.",
        "      → Trang vẫn đọc được; nên sửa để lần sau so sánh dễ hơn. (npm run check -- --fix tự sửa được)",
        "  LỖI dòng 7, «titel»: không có trường nào tên «titel».",
        "      → Có phải là «title» (Tiêu đề)? Nếu không thì xóa đi.",
        "  LỖI dòng 10: có biểu thức «{b}».",
        "      → Muốn in dấu ngoặc nhọn thì viết \\{ và \\}.",
        "",
        "taxonomy/units/b.yaml",
        "  LỖI dòng 2, «Loại»: «nha» không có trong các lựa chọn.",
        "      → Chọn một trong: department (Sở, ngành), party (Cơ quan Đảng), organisation (Mặt trận, đoàn thể), press (Báo chí, thông tin), other (Đơn vị khác).",
      ].join("\n"),
    );
    expect(formatProblems([])).toBe("");
  });
});
