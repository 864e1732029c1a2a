/** The press page, corrections and press kits: what is in them, what is not, and what they cost. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { mirror } from "../../src/build/mirror.ts";
import { ownCredit } from "../../src/media/credit.ts";
import {
  EARLIER,
  NOW,
  jpeg,
  skeleton,
  storyAddress,
  type Corpus,
  type Fields,
  type StoryKind,
} from "../support/corpus.ts";
import { long } from "../support/long.ts";
import {
  all,
  attribute,
  meta,
  readPage,
  textOf,
  type Page,
} from "../support/page.ts";
import {
  build,
  differenceBetween,
  filesIn,
  freshBuild,
  placeFor,
  temporaryFolder,
  unpacked,
  type BuildPlace,
} from "../support/site.ts";

const SITE = "https://guongsang.example";
const BASE = "/vi-du/";

/** Letters in two parts, and whatever could end a string, a tag or a section. */
const HOSTILE =
  "Tổ ấẫ \"ngoặc\" </script><script>alert(1)</script> ]]> & <b>'đậm'</b>";

const FULL = "mo-hinh-day-du";
const PERSON = "chi-vi-du";

const shot = async (colour: string): Promise<Buffer> =>
  sharp(await jpeg(colour, 60, 45))
    .withExif({
      IFD0: { Make: "MayAnhViDu", Artist: "Ai do" },
      IFD3: { GPSLatitude: "21/1 35/1 0/1", GPSLatitudeRef: "N" },
    })
    .toBuffer();

const photo = (src: string, fields: Fields): Fields => ({
  src,
  alt: `Bà con đổ bê tông, ${HOSTILE}`,
  credit: "Ẫu Thị Ví Dụ & tổ ảnh",
  ...fields,
});

async function corpusForPress(): Promise<Corpus> {
  const corpus = skeleton({
    contacts: [
      { purpose: "press", name: "Phòng Ví Dụ", email: "baochi@vidu.example" },
      { purpose: "changes", name: "Nơi khác" },
    ],
  });
  corpus.story(
    "models",
    FULL,
    {
      title: HOSTILE.normalize("NFD"),
      eventDate: "2026-10-08",
      communes: ["ban-mai"],
      results: [{ label: "Đường", value: "1.250", unit: "m", before: "0" }],
      awards: [{ decision: "khen-xom-vi-du", recipient: "xom" }],
      changes: [
        { date: "2026-11-05", note: "Sửa số mét." },
        { date: "2026-11-10", note: `Sửa tên: ${HOSTILE}` },
      ],
      sources: [{ publisher: "Báo Ví Dụ", url: "https://vidu.example/bao" }],
      cover: photo("dat.jpg", { licence: "cc-by-4.0", caption: "Đường đất" }),
      gallery: [
        photo("giu.jpg", { licence: "all-rights" }),
        photo("em.jpg", {
          licence: "cc-by-4.0",
          showsChildren: true,
          consent: "Đã ký",
        }),
        photo("bao.png", { licence: "press-use" }),
      ],
    },
    [
      "Mở đầu.[^1]",
      '<Quote who="Nguyễn &lt;Văn&gt; Ví Dụ" role="Trưởng xóm &amp; tổ">\nLàm **đến đâu**, ghi đến đấy \\</script>.\n</Quote>',
      '<Figure src="nua.webp" alt="Đường bê tông giữa ruộng lúa" credit="Tổ ảnh" licence="public-domain" />',
      '<Figure src="lop.jpg" alt="Các em tập bơi ở bể bơi xã" credit="Tổ ảnh" licence="cc-by-4.0" showsChildren consent="Đã ký" />',
      "- một\n- hai",
      "[^1]: Chú thích.",
    ].join("\n\n"),
    {
      "dat.jpg": await shot("brown"),
      "giu.jpg": await shot("grey"),
      "em.jpg": await shot("pink"),
      "lop.jpg": await shot("navy"),
      "bao.png": await sharp(await jpeg("red"))
        .png()
        .toBuffer(),
      "nua.webp": await sharp(await jpeg("green"))
        .webp()
        .toBuffer(),
    },
  );
  corpus.story("role-models", PERSON, {
    showsChildren: true,
    childConsent: "Đã ký",
  });
  corpus.story("news", "thong-cao", {
    title: "Thông cáo của tỉnh Ví Dụ về ngày hội làm đường",
    category: "press-release",
  });
  corpus.story("news", "dinh-chinh", {
    title: "Đính chính tên người trong bài về con đường xóm Ví Dụ",
    category: "correction",
    publishedAt: "2026-11-07T08:00:00+07:00",
    related: [`models/${FULL}`],
  });
  corpus.story("news", "tin-thuong");
  for (const [slug, fields] of Object.entries(HIDDEN))
    corpus.story("news", slug, {
      title: `Zq${slug}Zq`,
      category: "press-release",
      changes: [{ date: "2026-11-09", note: `Zq${slug}Zq` }],
      ...fields,
    });
  return corpus;
}

/** Stories that are not out. */
const HIDDEN: Record<string, Fields> = {
  hengio: { publishedAt: "2026-12-01T08:00:00+07:00" },
  camdang: { embargoUntil: "2026-12-01T08:00:00+07:00" },
  bannhap: { status: "draft" },
  hethan: { expiresAt: "2026-11-20T08:00:00+07:00" },
  dago: {
    status: "withdrawn",
    withdrawal: { at: "2026-11-20T08:00:00+07:00", reason: "Theo đề nghị." },
  },
};

const zipName = (kind: StoryKind, slug: string): string =>
  `${storyAddress(kind, slug)}tu-lieu/${slug}.zip`;
const kitPage = (kind: StoryKind, slug: string): string =>
  `${storyAddress(kind, slug)}tu-lieu/index.html`;

let corpus: Corpus;
let place: BuildPlace;
let files: Map<string, Buffer>;

beforeAll(async () => {
  corpus = await corpusForPress();
  place = {
    ...placeFor(corpus.dir, NOW),
    drawsItself: true,
    env: { SITE_URL: SITE, BASE_PATH: BASE },
  };
  await build(place);
  files = filesIn(place.out);
});

const pageAt = (name: string): Page => readPage(files.get(name)!);
const wordsAt = (name: string): string => textOf(pageAt(name).document);

const PACKED = ["anh/01-dat.jpg", "anh/02-bao.png", "anh/03-nua.webp"];

describe("a press kit", () => {
  let kit: Record<string, Uint8Array>;
  const read = (name: string): string => Buffer.from(kit[name]!).toString();
  beforeAll(() => {
    kit = unzipSync(files.get(zipName("models", FULL))!);
  });

  it("holds the text three ways, what may be done with it, pictures and share pictures, by their names", () => {
    expect(Object.keys(kit)).toEqual([
      "anh-chia-se/16x9.png",
      "anh-chia-se/1x1.png",
      "anh-chia-se/4x3.png",
      ...PACKED,
      "bai.html",
      "doc-truoc.txt",
      "thong-tin.json",
      "van-ban.txt",
    ]);
  });

  it("is read by others' programs, and says the day of the story", () => {
    const zip = files.get(zipName("models", FULL))!;
    // Local headers: signature, time and date of MS-DOS.
    expect(zip.readUInt32BE(0)).toBe(0x504b0304);
    const [time, date] = [zip.readUInt16LE(10), zip.readUInt16LE(12)];
    expect([(date >> 9) + 1980, (date >> 5) & 15, date & 31]).toEqual([
      2026, 11, 1,
    ]);
    expect(time >> 11).toBe(12);
  });

  it("says the same in all its texts, in NFC, whatever the story says", () => {
    for (const name of [
      "van-ban.txt",
      "doc-truoc.txt",
      "bai.html",
      "thong-tin.json",
    ])
      expect(read(name), name).toBe(read(name).normalize("NFC"));
    for (const name of ["van-ban.txt", "doc-truoc.txt"]) {
      expect(read(name)).toMatch(/^\uFEFF/);
      expect(read(name)).not.toMatch(/(?<!\r)\n/);
      expect(read(name)).toContain(HOSTILE);
    }
    const words = read("van-ban.txt");
    for (const said of [
      "Mở đầu.[1]",
      "Làm đến đâu, ghi đến đấy </script>.\r\n\r\nNguyễn <Văn> Ví Dụ, Trưởng xóm & tổ",
      "- một\r\n- hai",
      "1. Chú thích.\r\n",
      "Quyết định 99/QĐ-VD",
      `${SITE}${BASE}mo-hinh/${FULL}/`,
    ])
      expect(words).toContain(said);
  });

  it("has a page that nothing breaks out of", () => {
    const page = readPage(read("bai.html"));
    expect(page.errors).toEqual([]);
    expect(all(page, "script", "style", "link", "b")).toEqual([]);
    expect(textOf(all(page, "title")[0]!)).toBe(HOSTILE);
    const sources = all(page, "img").map((image) => attribute(image, "src"));
    expect(sources.sort()).toEqual(PACKED);
    expect(textOf(page.document)).toContain(
      "[Ảnh: Các em tập bơi ở bể bơi xã]",
    );
    for (const link of all(page, "a"))
      expect(attribute(link, "href")).toMatch(/^(?:https?|mailto):/);
  });

  it("tells machines all of it", () => {
    const data = JSON.parse(read("thong-tin.json")) as Record<string, unknown>;
    expect(data).toMatchObject({
      title: HOSTILE,
      url: `${SITE}${BASE}mo-hinh/${FULL}/`,
      publisher: "Gương sáng Ví Dụ",
      contacts: [{ name: "Phòng Ví Dụ", email: "baochi@vidu.example" }],
      quotations: [
        {
          words: "Làm đến đâu, ghi đến đấy </script>.",
          who: "Nguyễn <Văn> Ví Dụ",
          role: "Trưởng xóm & tổ",
        },
      ],
    });
    expect(data.facts).toContainEqual({
      label: "Đường",
      value: "1.250\u00a0m; Trước đó: 0\u00a0m",
    });
    expect(JSON.stringify(data.facts)).toContain("99/QĐ-VD");
    const pictures = data.pictures as { file?: string; keptBack?: string }[];
    expect(pictures.flatMap(({ file }) => file ?? [])).toEqual(PACKED);
    expect(pictures.filter(({ keptBack }) => keptBack)).toHaveLength(3);
  });

  it("has pictures that say who made them and what they may be used for, and not where they were taken", async () => {
    const licences = {
      "anh/01-dat.jpg": ["Ẫu Thị Ví Dụ & tổ ảnh", "CC BY 4.0"],
      "anh/02-bao.png": [
        "Ẫu Thị Ví Dụ & tổ ảnh",
        "Báo chí được dùng khi ghi tên người chụp",
      ],
      "anh/03-nua.webp": ["Tổ ảnh", "Thuộc về công chúng"],
    };
    for (const [name, [credit, licence]] of Object.entries(licences)) {
      const bytes = Buffer.from(kit[name]!);
      const metadata = await sharp(bytes).metadata();
      expect(ownCredit(metadata), name).toEqual({ credit, licence });
      expect(metadata.exif, name).toBeUndefined();
      for (const trace of ["GPS", "MayAnhViDu", "Ai do"])
        expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
    }
    expect((await sharp(kit["anh/01-dat.jpg"]).metadata()).iptc).toBeDefined();
  });

  it("has share pictures of the shapes they are named for", async () => {
    for (const [shape, width, height] of [
      ["16x9", 1200, 675],
      ["4x3", 1200, 900],
      ["1x1", 1200, 1200],
    ] as const)
      expect(
        await sharp(kit[`anh-chia-se/${shape}.png`]).metadata(),
      ).toMatchObject({ format: "png", width, height });
  });

  it("keeps back what nobody else may show, and says why", () => {
    expect(read("doc-truoc.txt")).toContain(
      "Không kèm tệp: người chụp giữ mọi quyền.",
    );
    const page = wordsAt(kitPage("models", FULL));
    expect(page.split("Không kèm tệp: người chụp").length).toBe(2);
    expect(page.split("Không kèm tệp: ảnh có trẻ em").length).toBe(3);
  });
});

describe("its page", () => {
  it("is there for every story that is out, with the file it offers", () => {
    const kits = [...files.keys()].filter((name) => name.endsWith(".zip"));
    expect(kits.sort()).toEqual(
      [
        zipName("models", FULL),
        zipName("role-models", PERSON),
        ...["thong-cao", "dinh-chinh", "tin-thuong"].map((slug) =>
          zipName("news", slug),
        ),
      ].sort(),
    );
    for (const name of kits) {
      const page = pageAt(name.replace(/[^/]+$/, "index.html"));
      const links = all(page, "a").map((link) => attribute(link, "href"));
      expect(links).toContain(BASE + name);
    }
  });

  it("tells what is in the story, and is kept out of engines and the search", () => {
    const name = kitPage("models", FULL);
    const words = wordsAt(name);
    for (const said of [
      HOSTILE,
      "Quyết định 99/QĐ-VD",
      "1.250 m; Trước đó: 0 m",
      "Làm đến đâu, ghi đến đấy </script>.",
      "Nguyễn <Văn> Ví Dụ, Trưởng xóm & tổ",
      "baochi@vidu.example",
      "Báo Ví Dụ",
      `“${HOSTILE}”, đăng ngày 01/11/2026, ${SITE}${BASE}mo-hinh/${FULL}/`,
    ])
      expect(words).toContain(said);
    expect(meta(pageAt(name), "robots")).toBe("noindex");
    expect(files.get(name)!.includes("data-pagefind-body")).toBe(false);
    const [code] = pageAt(name).elements.filter(
      (element) => attribute(element, "class") === "qr",
    );
    expect(attribute(code!, "aria-label")).toBe("Mã QR dẫn tới bài");
  });

  it("warns of a story about children", () => {
    expect(wordsAt(kitPage("role-models", PERSON))).toContain(
      "Bài nói về trẻ em: trước khi đăng lại",
    );
    expect(wordsAt(kitPage("models", FULL))).not.toContain("Bài nói về trẻ em");
  });
});

describe("the press page", () => {
  it("has the releases, the newest kits, the terms and whom to ask", () => {
    const page = pageAt("bao-chi/index.html");
    const releases = all(page, "article").map(textOf);
    expect(releases).toHaveLength(1);
    expect(releases[0]).toContain("Thông cáo của tỉnh Ví Dụ");
    const links = all(page, "a").map((link) => attribute(link, "href"));
    for (const address of [
      `${BASE}mo-hinh/${FULL}/tu-lieu/`,
      `${BASE}bao-chi/dinh-chinh/`,
      `${BASE}bao-chi/rss.xml`,
      `${BASE}bao-chi/dinh-chinh/atom.xml`,
      "mailto:baochi@vidu.example",
    ])
      expect(links).toContain(address);
    expect(wordsAt("bao-chi/index.html")).toContain("CC BY 4.0");
  });

  it("is led to from every page", () => {
    for (const name of ["index.html", "mo-hinh/index.html", "404.html"])
      expect(
        all(pageAt(name), "a").map((link) => attribute(link, "href")),
      ).toContain(`${BASE}bao-chi/`);
  });

  it("has what was corrected, the newest first, with the story that it is about", () => {
    const list = pageAt("bao-chi/dinh-chinh/index.html").elements.find(
      (element) => attribute(element, "class") === "corrections",
    )!;
    const items = list.childNodes.map((item) => textOf(item)).filter(Boolean);
    expect(items).toEqual([
      expect.stringContaining(`Sửa tên: ${HOSTILE}`),
      expect.stringContaining(`Đính chính bài: ${HOSTILE}`),
      expect.stringContaining("Sửa số mét."),
    ]);
  });

  it("marks releases and corrections wherever they stand", () => {
    const marks = (name: string) =>
      pageAt(name)
        .elements.filter((element) =>
          (attribute(element, "class") ?? "").split(" ").includes("marked"),
        )
        .map(textOf);
    expect(marks("tin-tuc/index.html").sort()).toEqual(
      ["Thông cáo báo chí", "Đính chính"].sort(),
    );
    expect(marks("tin-tuc/thong-cao/index.html")[0]).toBe("Thông cáo báo chí");
  });

  it("has feeds of releases and of what was corrected", () => {
    const titles = (name: string) =>
      (
        JSON.parse(files.get(name)!.toString()) as {
          items: { title: string }[];
        }
      ).items.map(({ title }) => title);
    expect(titles("bao-chi/feed.json")).toEqual([
      "Thông cáo của tỉnh Ví Dụ về ngày hội làm đường",
    ]);
    expect(titles("bao-chi/dinh-chinh/feed.json")).toEqual([
      HOSTILE,
      "Đính chính tên người trong bài về con đường xóm Ví Dụ",
    ]);
  });
});

it("nothing tells of a story that is not out: no page, no kit, not even in the cache", () => {
  const laid = unpacked(files);
  for (const slug of Object.keys(HIDDEN)) {
    const mark = `zq${slug}zq`;
    const traces = [...laid].filter(
      ([name, bytes]) =>
        name.includes(`${slug}/tu-lieu`) ||
        bytes.toString().toLowerCase().includes(mark),
    );
    expect(traces.map(([name]) => name)).toEqual([]);
  }
  const cached = readdirSync(path.join(place.cache, "media/kits"));
  const out = [...files.keys()].filter((name) => name.endsWith(".zip"));
  expect(cached).toHaveLength(out.length);
});

long("the same stories give the same bytes, in another zone too", async () => {
  const elsewhere = await freshBuild({
    ...place,
    env: { ...place.env, TZ: "America/New_York" },
  });
  expect(differenceBetween(place.out, elsewhere.out)).toBe("");
});

it("what is edited is packed again and nothing else; what is withdrawn is gone, from the served folder too", async () => {
  const served = temporaryFolder("served");
  mirror(place.out, served);
  const stamp = (kind: StoryKind, slug: string) => {
    const { ino, mtimeMs } = statSync(
      path.join(place.out, zipName(kind, slug)),
    );
    return `${ino} ${mtimeMs}`;
  };
  const before = {
    full: stamp("models", FULL),
    person: stamp("role-models", PERSON),
  };
  const news = "news/2026/tin-thuong/index.mdx";
  const person = "role-models/2026/chi-vi-du/index.mdx";
  corpus.write(
    person,
    corpus.read(person).replace("xóm Ví Dụ góp công", "xóm Ví Dụ góp sức"),
  );
  corpus.write(
    news,
    corpus
      .read(news)
      .replace(
        'status: "published"',
        `status: withdrawn\nwithdrawal: { at: "${EARLIER}", reason: "Theo đề nghị." }`,
      ),
  );
  await build(place);
  mirror(place.out, served);
  expect(stamp("models", FULL)).toBe(before.full);
  expect(stamp("role-models", PERSON)).not.toBe(before.person);
  const edited = unzipSync(
    readFileSync(path.join(served, zipName("role-models", PERSON))),
  );
  expect(Buffer.from(edited["van-ban.txt"]!).toString()).toContain("góp sức");
  for (const folder of [place.out, served])
    expect(
      existsSync(
        path.join(folder, storyAddress("news", "tin-thuong"), "tu-lieu"),
      ),
    ).toBe(false);
  expect(readdirSync(path.join(place.cache, "media/kits"))).toHaveLength(4);
  const fresh = await freshBuild(place);
  expect(differenceBetween(place.out, fresh.out)).toBe("");
});
