/** What the site gives to others: feeds, open data, the table. One site, below a base path, read as others read it. */
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { FEED_SIZE } from "../../src/feeds/feed.ts";
import { isRecord } from "../../src/schema/field.ts";
import { FIELDS } from "../schema/walk.ts";
import {
  NOT_XML,
  readWithFeedparser,
  readWithRssParser,
} from "../support/feeds.ts";
import { HOSTILE } from "../feeds/hostile.ts";
import { NOW, storyFolder, type Corpus } from "../support/corpus.ts";
import { elementsIn } from "../blocks/fragment.ts";
import { long } from "../support/long.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import {
  build,
  differenceBetween,
  filesIn,
  freshBuild,
  isPage,
  placeFor,
  type BuildPlace,
} from "../support/site.ts";

const SITE = "https://guong.example/goc";
const OUT_OF_SIGHT = "ZqKhongAiThayZq";

let corpus: Corpus;
let place: BuildPlace;
let files: Map<string, Buffer>;

const text = (name: string): string => {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`The build made no ${name}`);
  return bytes.toString();
};
const named = (pattern: RegExp): string[] =>
  [...files.keys()].filter((name) => pattern.test(name));
type Json = Record<string, any>;
const json = (name: string): Json => JSON.parse(text(name)) as Json;
const api = (name: string): Json => json(`api/v1/${name}`);

beforeAll(async () => {
  corpus = await showcase();
  corpus.story(
    "news",
    "chu-doc",
    {
      title: HOSTILE,
      summary: HOSTILE,
      byline: HOSTILE,
      publishedAt: "2026-11-20T16:59:59Z",
      eventDate: "2026-01-01",
      sources: [{ publisher: `=1+1 ${HOSTILE}` }],
      changes: [{ date: "2026-11-22", note: HOSTILE }],
    },
    "Chữ \\</script> ]]&gt; \\<b> &amp;amp; \"'.",
  );
  corpus.story("role-models", "cong-thuc", {
    title: '=HYPERLINK("https://xau.example";"Bấm")',
    name: "@SUM(1+1)*cmd|' /C calc'!A0",
    subjectType: "small-collective",
    publishedAt: "2026-11-19T08:00:00+07:00",
    awards: [{ decision: "khen-xom-vi-du", recipient: "xom" }],
  });
  const hidden: Record<string, object> = {
    "ban-nhap": { status: "draft" },
    "hen-gio": { publishedAt: "2026-12-01T08:00:00+07:00" },
    "cam-dang": { embargoUntil: "2026-12-01T08:00:00+07:00" },
    "het-han": { expiresAt: "2026-11-10T08:00:00+07:00" },
    "da-go": {
      status: "withdrawn",
      withdrawal: { at: "2026-11-10T08:00:00+07:00", reason: "Theo đề nghị." },
    },
  };
  for (const [slug, fields] of Object.entries(hidden))
    corpus.story(
      "news",
      slug,
      {
        title: OUT_OF_SIGHT,
        summary: OUT_OF_SIGHT,
        byline: OUT_OF_SIGHT,
        ...fields,
      },
      OUT_OF_SIGHT,
    );
  // Out only now, although it was to be published before most: a reader of feeds has not seen it.
  corpus.story("news", "vua-het-cam", {
    title: "Tin vừa hết hạn cấm đăng ở xóm Ví Dụ",
    publishedAt: "2026-01-01T08:00:00+07:00",
    embargoUntil: "2026-11-23T07:00:00+07:00",
    // A reason that is nobody's business until then.
    status: "withdrawn",
    withdrawal: { at: "2027-01-01T08:00:00+07:00", reason: OUT_OF_SIGHT },
  });
  place = {
    ...placeFor(corpus.dir, NOW),
    env: { SITE_URL: "https://guong.example", BASE_PATH: "/goc" },
  };
  await build(place);
  files = filesIn(place.out);
});

/** The pages that list stories, by their folders. */
const LISTS = [
  "",
  "mo-hinh/",
  "dien-hinh/",
  "tin-tuc/",
  "phong-trao/lam-duong/",
  "linh-vuc/ha-tang/",
  "nhom/tap-the/",
  "dia-ban/ban-mai/",
  "dia-ban/tan-lap/",
  "khen-thuong/bang-khen/",
  "nam/2026/",
  "dot-thi-dua/dot-vi-du/",
];

describe("feeds", () => {
  it("are under every list, in three formats", () => {
    for (const list of LISTS)
      for (const file of ["rss.xml", "atom.xml", "feed.json"])
        expect(files.has(list + file), list + file).toBe(true);
    const lists = named(/(?:^|\/)rss\.xml$/).map((name) => name.slice(0, -7));
    expect(lists).toEqual(expect.arrayContaining(LISTS));
    for (const list of lists) expect(files.has(`${list}index.html`)).toBe(true);
  });

  it("say the same to two readers, in both formats of XML", async () => {
    const xml = named(/(?:rss|atom)\.xml$/);
    expect(xml.length).toBeGreaterThan(30);
    for (const name of xml) {
      expect(text(name)).not.toMatch(NOT_XML);
      const one = await readWithRssParser(text(name));
      const other = await readWithFeedparser(text(name));
      const ids = ({ items }: typeof one) =>
        items.map(({ id, link, published }) => [id, link, published.getTime()]);
      expect(ids(one), name).toEqual(ids(other));
      const twin = name.replace(/(rss|atom)\.xml$/, (found) =>
        found === "rss.xml" ? "atom.xml" : "rss.xml",
      );
      expect(ids(one), name).toEqual(ids(await readWithRssParser(text(twin))));
    }
  });

  it("hold the newest by publication, whatever the event's date", async () => {
    const { items } = await readWithRssParser(text("rss.xml"));
    expect(items).toHaveLength(FEED_SIZE);
    expect(items.slice(0, 3).map(({ link }) => link)).toEqual([
      `${SITE}/tin-tuc/vua-het-cam/`,
      `${SITE}/tin-tuc/chu-doc/`,
      `${SITE}/dien-hinh/cong-thuc/`,
    ]);
    const times = items.map(({ published }) => published.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it("carry the whole story: every part, pictures, corrections, where it is from", () => {
    const { items } = json("mo-hinh/feed.json");
    const { content_html: html } = (items as Json[]).find(({ url }) =>
      String(url).endsWith("/mo-hinh-day-du/"),
    )!;
    for (const words of [
      "Đường đất, mưa xuống là không đi được.",
      "<h2>Cách làm</h2>",
      "<dt>Đường bê tông (tính đến 10/2026)</dt><dd>1.250",
      "<h2>Trước khi làm</h2>",
      "Làm được đến đâu, ghi đến đấy.",
      "Khoảng 200 triệu đồng.",
      "Quyết định 99/QĐ-VD",
      "10/11/2026: Sửa số mét đường.",
      `<a href="${SITE}/mo-hinh/mo-hinh-day-du/">Gương sáng Ví Dụ</a>`,
      "CC BY 4.0",
    ])
      expect(html).toContain(words);
    const elements = elementsIn(String(html));
    const pictures = elements.filter(({ tagName }) => tagName === "img");
    expect(pictures.length).toBeGreaterThan(5);
    for (const { attrs } of elements)
      for (const { name, value } of attrs)
        if (name === "src") {
          expect(value.startsWith(`${SITE}/_media/`), value).toBe(true);
          expect(files.has(value.slice(SITE.length + 1)), value).toBe(true);
        } else if (name === "href" && value.startsWith("https://guong.example"))
          expect(value.startsWith(`${SITE}/`), value).toBe(true);
  });

  it("name the picture's maker, in its true size", () => {
    const rss = text("mo-hinh/rss.xml");
    expect(rss).toMatch(
      /<media:content url="https:\/\/guong\.example\/goc\/_media\/[^"]+-960\.webp" type="image\/webp" medium="image" height="540" width="960">/,
    );
    expect(rss).toContain(
      '<media:credit role="photographer">Tổ ảnh Ví Dụ</media:credit>',
    );
    expect(rss).toContain("<media:copyright>CC BY-SA 4.0</media:copyright>");
  });

  it("keep to JSON Feed 1.1", () => {
    const [list] = named(/^feed\.json$/);
    const feed = json(list!);
    expect(feed).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      feed_url: `${SITE}/feed.json`,
      home_page_url: `${SITE}/`,
      language: "vi",
    });
    for (const name of named(/(?:^|\/)feed\.json$/)) {
      const { items, title, feed_url } = json(name) as Json;
      expect(title, name).toEqual(expect.any(String));
      expect(feed_url).toBe(`${SITE}/${name}`);
      const ids = (items as Json[]).map(({ id }) => id as string);
      expect(new Set(ids).size).toBe(ids.length);
      for (const item of items as Json[]) {
        expect(item.id).toMatch(
          /^tag:guong\.example,\d{4}-\d\d-\d\d:\/[a-z/-]+/,
        );
        expect(item.content_html).toEqual(expect.any(String));
        expect(item.date_published).toMatch(
          /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/,
        );
        expect(item.authors).toEqual([{ name: expect.any(String) }]);
      }
    }
  });

  it("name nobody but the site before it is official", () => {
    expect(json("feed.json").authors).toEqual([{ name: "Gương sáng Ví Dụ" }]);
  });

  it("tell when a story came out in Vietnam's time, and its last correction", () => {
    const atom = text("tin-tuc/atom.xml");
    expect(atom).toContain("<published>2026-11-20T23:59:59+07:00</published>");
    expect(atom).toContain("<updated>2026-11-22T00:00:00+07:00</updated>");
    expect(text("tin-tuc/rss.xml")).toContain(
      "<pubDate>Fri, 20 Nov 2026 23:59:59 +0700</pubDate>",
    );
  });
});

describe("open data", () => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajvFormats.default(ajv);
  const answers = (): string[] =>
    named(/^api\/v1\/.*\.json$/).filter((name) => !name.includes("/schema/"));

  it("keeps to its JSON Schema, every answer", () => {
    const schemas = named(/^api\/v1\/schema\//);
    expect(schemas.length).toBeGreaterThan(10);
    for (const name of schemas) {
      expect(json(name)).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: `${SITE}/${name}`,
        additionalProperties: false,
      });
      ajv.addSchema(json(name));
    }
    expect(answers().length).toBeGreaterThan(70);
    const used = new Set<string>();
    for (const name of answers()) {
      const answer = json(name);
      const keeps = ajv.getSchema(answer.$schema as string);
      used.add(answer.$schema as string);
      expect(keeps?.(answer), `${name}: ${JSON.stringify(keeps?.errors)}`).toBe(
        true,
      );
    }
    expect(used.size).toBe(schemas.length);
  });

  it("has no name of an internal field, in no schema and no answer", () => {
    const internal = FIELDS.filter(({ meta }) => meta.internal).map(
      ({ name }) => name.split(".").at(-1),
    );
    // Words that a field for everybody has elsewhere would not tell.
    const shared = FIELDS.filter(({ meta }) => !meta.internal).map(({ name }) =>
      name.split(".").at(-1),
    );
    const telling = new Set(internal.filter((name) => !shared.includes(name)));
    expect(telling.size).toBeGreaterThan(4);
    const keysIn = (value: unknown): string[] =>
      Array.isArray(value)
        ? value.flatMap(keysIn)
        : isRecord(value)
          ? Object.entries(value).flatMap(([key, inner]) => [
              key,
              ...keysIn(inner),
            ])
          : [];
    for (const name of named(/^api\/v1\/.*\.json$/))
      expect(
        keysIn(json(name)).filter((key) => telling.has(key)),
        name,
      ).toEqual([]);
  });

  it("has no internal field at its place in a schema", () => {
    const propertyAt = (schema: Json, steps: string[]): unknown =>
      steps.reduce<any>((here, step) => {
        const inside = step.endsWith("[]") ? step.slice(0, -2) : step;
        const found = here?.properties?.[inside];
        return step.endsWith("[]") ? found?.items : found;
      }, schema);
    const asked: string[] = [];
    for (const { name, meta } of FIELDS) {
      const [kind, ...steps] = name.split(".");
      const file = `api/v1/schema/story-${kind}.json`;
      if (!files.has(file)) continue;
      const found = propertyAt(json(file), steps);
      if (!meta.internal) continue;
      asked.push(name);
      expect(found, name).toBeUndefined();
    }
    expect(asked.length).toBeGreaterThan(10);
    // It does find what is there.
    expect(
      propertyAt(api("schema/story-models.json"), ["contact", "name"]),
    ).toBeDefined();
  });

  it("leads from the first page to every story, once", () => {
    const follow = (start: string): string[] => {
      const { next, stories } = json(start.slice(SITE.length + 1));
      return [
        ...(stories as Json[]).map(({ id }) => id as string),
        ...(next ? follow(next as string) : []),
      ];
    };
    const { lists } = api("index.json");
    for (const { data, name } of lists as Json[]) {
      const ids = follow(data as string);
      expect(new Set(ids).size, name as string).toBe(ids.length);
      expect(ids).toHaveLength(
        json((data as string).slice(SITE.length + 1)).total,
      );
    }
    expect(follow(`${SITE}/api/v1/stories.json`)).toHaveLength(50);
  });

  it("knows every address that it names", () => {
    const addresses = (value: unknown): string[] =>
      typeof value === "string"
        ? value.startsWith(`${SITE}/`) && !value.includes(" ")
          ? [value]
          : []
        : Array.isArray(value)
          ? value.flatMap(addresses)
          : isRecord(value)
            ? Object.values(value).flatMap(addresses)
            : [];
    for (const name of answers())
      for (const address of addresses(json(name))) {
        const file = decodeURI(
          address.slice(SITE.length + 1).replace(/#.*$/, ""),
        );
        if (file === "api/v1/") continue;
        expect(
          files.has(file) || files.has(`${file}index.html`),
          `${name} names ${address}`,
        ).toBe(true);
      }
  });

  it("tells a story whole", () => {
    const story = api("stories/models/mo-hinh-day-du.json");
    expect(story).toMatchObject({
      kind: "models",
      slug: "mo-hinh-day-du",
      url: `${SITE}/mo-hinh/mo-hinh-day-du/`,
      owner: "Xóm Ví Dụ",
      eventDate: "2026-10-08/2026-10-10",
      publishedAt: "2026-11-01T08:00:00+07:00",
      updatedAt: "2026-11-10T00:00:00+07:00",
      contact: { name: "Nguyễn Văn Ví Dụ", email: "xom@vidu.example" },
      unit: { id: "so-vi-du", title: "Sở Ví Dụ" },
      subjectType: "residential-community",
      subjectTypeLabel: "Cộng đồng dân cư",
      communes: [{ id: "ban-mai", title: "Xã Bản Mai" }, { id: "doi-che" }],
      awards: [
        {
          form: { id: "bang-khen", level: "province", levelLabel: "Cấp tỉnh" },
          recipient: { name: "Xóm Ví Dụ" },
          number: "99/QĐ-VD",
          date: "2026-10-20",
          status: "valid",
        },
      ],
      cover: { credit: "Tổ ảnh Ví Dụ", licence: "CC BY-SA 4.0" },
      results: [
        { label: "Đường bê tông", value: "1.250", unit: "m", before: "0" },
        {},
      ],
    });
    expect(story.html).toBe(
      (json("mo-hinh/feed.json").items as Json[]).find(
        ({ id }) => id === story.id,
      )!.content_html,
    );
    expect(story.text).toContain("1. Họp\nHọp cả xóm, ghi biên bản.");
    expect(story.text).toContain("Làm.[2]");
    expect(story.text).not.toMatch(/<(?:p|li|a|img|dt|figure)[ >]/);
  });

  it("counts: stories by what they are, awards by who got them", () => {
    const counts = api("counts.json");
    expect(counts.stories).toBe(50);
    expect(counts.kinds).toEqual([
      { id: "models", title: "Mô hình hay", count: 2 },
      { id: "news", title: "Tin thi đua", count: 46 },
      { id: "role-models", title: "Người tốt, việc tốt", count: 2 },
    ]);
    // Two stories tell of one and the same.
    expect(counts.awards).toBe(1);
    expect(counts.awardLevels).toEqual([
      { id: "province", title: "Cấp tỉnh", count: 1 },
    ]);
    expect(counts.months.at(-1)).toEqual({
      id: "2026-11",
      title: "11/2026",
      count: 7,
    });
    expect(api("campaigns/dot-vi-du/counts.json").stories).toBe(44);
  });

  it("tells which copies are to be removed, and nothing of them", () => {
    const { gone } = api("gone.json");
    expect(
      (gone as Json[]).map(({ slug, state, at }) => [slug, state, at]),
    ).toEqual([
      ["tin-het-han", "expired", "2026-11-15T00:00:00+07:00"],
      ["tin-da-go", "withdrawn", "2026-11-10T23:30:00+07:00"],
      ["da-go", "withdrawn", "2026-11-10T08:00:00+07:00"],
      ["het-han", "expired", "2026-11-10T08:00:00+07:00"],
    ]);
  });

  it("names no publisher before the site is official", () => {
    const index = api("index.json");
    expect(index.official).toBe(false);
    expect(index.notice).toBe("Bản giới thiệu, chưa phải trang chính thức");
    expect(index).not.toHaveProperty("publisher");
  });

  it("is documented in two languages by parts of true answers", () => {
    const page = readPage(text("api/index.html"));
    const examples = page.elements.filter((one) =>
      attribute(one, "data-answer"),
    );
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      const address = attribute(example, "data-answer")!;
      const part: unknown = JSON.parse(textOf(example));
      expect(json(address.slice(SITE.length + 1))).toMatchObject(
        prefix(part, json(address.slice(SITE.length + 1))) as object,
      );
    }
    const english = page.elements.find(
      (one) => attribute(one, "lang") === "en" && one.tagName === "section",
    );
    expect(english && textOf(english)).toContain("No registration, no key");
    for (const link of all(page, "a"))
      expect(attribute(link, "href")).not.toContain("undefined");
  });
});

/** An excerpt shows the first of a list: the rest is as it is. */
function prefix(part: unknown, whole: unknown): unknown {
  if (Array.isArray(part) && Array.isArray(whole))
    return whole.map((item, index) =>
      index < part.length ? prefix(part[index], item) : item,
    );
  if (isRecord(part) && isRecord(whole))
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [
        key,
        prefix(inner, whole[key]),
      ]),
    );
  return part;
}

/** Reads RFC 4180: quoted fields, doubled quotes, CRLF. */
function readCsv(csv: string): string[][] {
  const rows = csv.split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  expect(rows.pop()).toBe("");
  return rows.map((row) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
    ),
  );
}

describe("the table", () => {
  const rows = () => readCsv(text("api/v1/stories.csv").slice(1));

  it("opens in Excel with its letters, a story a row", () => {
    expect([...files.get("api/v1/stories.csv")!.subarray(0, 3)]).toEqual([
      0xef, 0xbb, 0xbf,
    ]);
    const [head, ...stories] = rows();
    expect(head!.slice(0, 4)).toEqual([
      "Loại bài",
      "Loại tin",
      "Tiêu đề",
      "Người, đơn vị",
    ]);
    expect(stories).toHaveLength(50);
    for (const row of stories) expect(row).toHaveLength(head!.length);
    const full = stories.find((row) =>
      row.at(-1)!.endsWith("/mo-hinh-day-du/"),
    )!;
    const cell = (name: string) => full[head!.indexOf(name)];
    expect(cell("Loại đối tượng")).toBe("Cộng đồng dân cư");
    expect(cell("Xã, phường")).toBe("Xã Bản Mai; Phường Đồi Chè");
    expect(cell("Số quyết định")).toBe("99/QĐ-VD");
    expect(cell("Thời gian của sự việc")).toBe("08–10/10/2026");
    expect(cell("Ngày đăng")).toBe("01/11/2026");
  });

  it("reckons nothing out", () => {
    const cells = rows().flat();
    expect(cells).toContain(`'=HYPERLINK("https://xau.example";"Bấm")`);
    expect(cells).toContain("'@SUM(1+1)*cmd|' /C calc'!A0");
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    expect(cells).toContain(HOSTILE);
  });
});

describe("all that is given", () => {
  it("holds nothing of what is not out, or of what is to come", () => {
    const given = named(/(?:rss|atom)\.xml$|\.json$|\.csv$/);
    expect(given.length).toBeGreaterThan(150);
    for (const name of given) {
      expect(text(name), name).not.toContain(OUT_OF_SIGHT);
      expect(text(name), name).not.toMatch(/\/(?:ban-nhap|hen-gio|cam-dang)\b/);
      if (name !== "api/v1/gone.json")
        expect(text(name), name).not.toMatch(
          /\/(?:het-han|da-go|tin-da-go|tin-het-han)\b/,
        );
    }
  });

  long(
    "is changed by an edit where the story stands, and nowhere else",
    async () => {
      const before = files;
      const file = `${storyFolder("role-models", "chi-vi-du")}/index.mdx`;
      corpus.write(
        file,
        corpus.read(file).replace("Xóm họp ba lần", "Xóm họp bốn lần"),
      );
      await build(place);
      files = filesIn(place.out);
      const changed = [...files]
        .filter(([name, bytes]) => !before.get(name)?.equals(bytes))
        .map(([name]) => name)
        .filter(
          (name) =>
            !isPage(name) && !/^(?:search|pagefind|tim-kiem)/.test(name),
        );
      const feeds = (list: string) =>
        ["atom.xml", "feed.json", "rss.xml"].map((one) => path.join(list, one));
      const expected = [
        "api/v1/stories/role-models/chi-vi-du.json",
        ...[
          "dia-ban/song-cau",
          "dien-hinh",
          "linh-vuc/so-hoa",
          "nhom/ca-nhan",
          "phong-trao/hoc-so",
        ].flatMap(feeds),
      ];
      expect(
        changed.filter((name) => /\.(?:xml|json|csv)$/.test(name)),
      ).toEqual(expect.arrayContaining(expected));
      expect(
        changed
          .filter(
            (name) =>
              name.startsWith("api/") ||
              /(?:rss|atom)\.xml$|feed\.json$/.test(name),
          )
          .filter((name) => !expected.includes(name)),
      ).toEqual([...feeds(""), ...feeds("nam/2026")].sort());
      const fresh = await freshBuild(place);
      expect(differenceBetween(place.out, fresh.out)).toBe("");
    },
  );
});
