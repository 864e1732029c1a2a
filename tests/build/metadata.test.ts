/** What pages say to machines: search engines, portals, those who show links, whoever finds a weakness. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { NOW, jpeg, skeleton, type Corpus } from "../support/corpus.ts";
import {
  all,
  attribute,
  meta,
  readPage,
  textOf,
  type Element,
  type Page,
} from "../support/page.ts";
import { OFFICIAL, showcase } from "../support/showcase.ts";
import { ROOT, build, filesIn, isPage, placeFor } from "../support/site.ts";
import { unknownIn } from "../support/vocabulary.ts";

const ORIGIN = "https://guongsang.example";
const BASE = "/vi-du";
const SITE = `${ORIGIN}${BASE}`;
const HOSTILE = `Chuyện </script><script>alert(1)</script> <!-- ]]> "kép" 'đơn' & \\u003c của xóm`;

type Node = Record<string, unknown> & { "@type": string };

interface Site {
  files: Map<string, Buffer>;
  pages: Map<string, Page>;
}
let official: Site;
let unofficial: Site;

async function siteOf(corpus: Corpus): Promise<Site> {
  const place = {
    ...placeFor(corpus.dir, NOW),
    env: { SITE_URL: ORIGIN, BASE_PATH: BASE },
  };
  await build(place);
  const files = filesIn(place.out);
  return {
    files,
    pages: new Map(
      [...files]
        .filter(([name]) => isPage(name))
        .map(([name, bytes]) => [name, readPage(bytes)]),
    ),
  };
}

beforeAll(async () => {
  const corpus = await showcase({
    ...OFFICIAL,
    contacts: [{ purpose: "security", email: "an-toan@vidu.example" }],
  });
  corpus.story(
    "news",
    "doc-hai",
    {
      title: HOSTILE,
      summary: `${HOSTILE} làm xong con đường ra đồng trong một mùa.`,
      byline: HOSTILE,
      category: "press-release",
      publishedAt: "2026-11-22T20:00:00Z",
      cover: {
        src: "anh.jpg",
        alt: "Bà con đổ bê tông đường nội đồng",
        credit: HOSTILE,
        licence: "public-domain",
      },
    },
    undefined,
    { "anh.jpg": await jpeg("olive", 1600, 900) },
  );
  corpus.story("role-models", "ba-vi-du", {
    title:
      `Bà Ví Dụ ${"ba mươi năm dạy chữ cho trẻ em trong xóm ".repeat(3)}`.trim(),
    name: "Bà Nguyễn Thị Ví Dụ",
    role: "nhà giáo",
    subjectType: "person",
    consent: { basis: "written", papers: "Ký ngày 01/10/2026" },
    awards: [
      { decision: "khen-xom-vi-du", recipient: "xom" },
      { decision: "thu-hoi", recipient: "xom" },
    ],
    changes: [
      { date: "2026-11-05", note: "Sửa tên." },
      { date: "2026-11-01", note: "Sửa chữ ngay hôm đăng." },
    ],
  });
  corpus.data("decisions/2026/thu-hoi.yaml", {
    number: "98/QĐ-VD",
    form: "bang-khen",
    status: "revoked",
    revokedOn: "2026-11-02",
    recipients: [
      { id: "xom", name: "Xóm Ví Dụ", subjectType: "residential-community" },
    ],
  });
  // Out by its publication, held by its embargo until yesterday: it is news since then.
  corpus.story("news", "tung-giu", {
    publishedAt: "2026-11-10T08:00:00+07:00",
    embargoUntil: "2026-11-22T08:00:00+07:00",
  });
  for (const [slug, fields] of Object.entries(KEPT))
    corpus.story("news", slug, { title: `${slug} KHONG-DUOC-LO`, ...fields });
  official = await siteOf(corpus);
  const plain = skeleton();
  plain.story("models", "mo-hinh-gon", { fields: ["ha-tang"] });
  unofficial = await siteOf(plain);
});

/** Stories that nobody is to hear of. */
const KEPT = {
  "con-nhap": { status: "draft", publishedAt: undefined },
  "hen-gio": { publishedAt: "2026-11-23T09:00:00+07:00" },
  "con-giu": { embargoUntil: "2026-11-24T08:00:00+07:00" },
  "het-han": { expiresAt: "2026-11-22T08:00:00+07:00" },
  "da-go": {
    status: "withdrawn",
    withdrawal: { at: "2026-11-20T08:00:00+07:00", reason: "Theo đề nghị." },
  },
};

const graphIn = (page: Page): Node[] => {
  const blocks = all(page, "script").filter(
    (element) => attribute(element, "type") === "application/ld+json",
  );
  expect(blocks.length).toBeLessThanOrEqual(1);
  return blocks.flatMap((element) => {
    const [child] = element.childNodes;
    const graph = JSON.parse(child && "value" in child ? child.value : "") as {
      "@context": string;
      "@graph": Node[];
    };
    expect(graph["@context"]).toBe("https://schema.org");
    return graph["@graph"];
  });
};
const pageOf = (name: string, { pages } = official): Page =>
  pages.get(`${name}index.html`)!;
const thing = (page: Page, ...types: string[]): Node | undefined =>
  graphIn(page).find((node) => types.includes(node["@type"]));
const property = (page: Page, name: string): string[] =>
  all(page, "meta")
    .filter((element) => attribute(element, "property") === name)
    .map((element) => attribute(element, "content")!);
const links = (page: Page, rel: string): Element[] =>
  all(page, "link").filter((element) => attribute(element, "rel") === rel);
const hrefs = (elements: Element[]) =>
  elements.map((element) => attribute(element, "href"));
const isHidden = (page: Page) => meta(page, "robots") === "noindex";

describe("JSON-LD", () => {
  it("says nothing that schema.org does not know, on any page", () => {
    let said = 0;
    for (const { pages } of [official, unofficial])
      for (const [name, page] of pages) {
        const graph = graphIn(page);
        expect(unknownIn(graph), name).toEqual([]);
        said += graph.length;
      }
    expect(said).toBeGreaterThan(200);
    expect(unknownIn([{ "@type": "Bai", ten: 1 }])).toHaveLength(2);
    expect(unknownIn([{ "@type": "Person", headline: "" }])).toHaveLength(1);
  });

  it("has what Google asks of an article, on every story", () => {
    const stories = [...official.pages].filter(
      ([, page]) => property(page, "og:type")[0] === "article",
    );
    expect(stories.length).toBeGreaterThan(40);
    for (const [name, page] of stories) {
      const article = thing(page, "Article", "NewsArticle")!;
      expect(article["@type"], name).toBe(
        name.startsWith("tin-tuc/") ? "NewsArticle" : "Article",
      );
      expect([...String(article.headline)].length).toBeLessThanOrEqual(110);
      for (const image of article.image as string[]) {
        expect(image.startsWith(`${SITE}/_media/`), name).toBe(true);
        expect(official.files.has(image.slice(SITE.length + 1)), image).toBe(
          true,
        );
      }
      for (const date of [article.datePublished, article.dateModified])
        expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
      expect(article.author).toMatchObject({
        "@type": expect.stringMatching(
          /^(?:Person|(?:Government)?Organization)$/,
        ),
        name: expect.stringMatching(/./),
      });
      expect(article.url).toBe(hrefs(links(page, "canonical"))[0]);
    }
  });

  it("tells when a story came out and was last corrected", () => {
    const article = thing(pageOf("dien-hinh/ba-vi-du/"), "Article")!;
    expect(article).toMatchObject({
      datePublished: "2026-11-01T08:00:00+07:00",
      dateModified: "2026-11-05T00:00:00+07:00",
    });
    expect(String(article.headline)).toMatch(/^Bà Ví Dụ .*\p{L}…$/u);
    expect(thing(pageOf("tin-tuc/tung-giu/"), "NewsArticle")).toMatchObject({
      datePublished: "2026-11-22T08:00:00+07:00",
      dateModified: "2026-11-22T08:00:00+07:00",
    });
  });

  it("names who wrote it, whom it is about, and the awards that still stand", () => {
    const person = thing(pageOf("dien-hinh/ba-vi-du/"), "Article")!;
    expect(person).toMatchObject({
      author: {
        "@type": "GovernmentOrganization",
        name: "Ban Thi đua tỉnh Ví Dụ",
      },
      about: {
        "@type": "Person",
        name: "Bà Nguyễn Thị Ví Dụ",
        jobTitle: "nhà giáo",
        award: [expect.stringMatching(/^Bằng khen: .*99\/QĐ-VD/)],
      },
    });
    expect(JSON.stringify(person)).not.toContain("98/QĐ-VD");
    expect(thing(pageOf("mo-hinh/mo-hinh-day-du/"), "Article")).toMatchObject({
      author: { "@type": "Person", name: "Trần Thị Ví Dụ" },
      about: { "@type": "Organization", name: "Xóm Ví Dụ" },
    });
  });

  it("says of every picture whose it is and what may be done with it", () => {
    const pictures = graphIn(pageOf("mo-hinh/mo-hinh-day-du/")).filter(
      (node) => node["@type"] === "ImageObject",
    );
    expect(pictures).toHaveLength(3);
    const page = textOf(pageOf("mo-hinh/mo-hinh-day-du/").document);
    for (const picture of pictures) {
      expect(picture).toMatchObject({
        creator: { "@type": "Organization", name: "Tổ ảnh Ví Dụ" },
        creditText: "Tổ ảnh Ví Dụ",
        copyrightNotice: "© Tổ ảnh Ví Dụ",
        license: "https://creativecommons.org/licenses/by-sa/4.0/",
        acquireLicensePage: `${SITE}/bao-chi/`,
      });
      const file = String(picture.contentUrl).slice(SITE.length + 1);
      expect(official.files.has(file), file).toBe(true);
    }
    expect(page).toContain("Tổ ảnh Ví Dụ");
    expect(thing(pageOf("tin-tuc/doc-hai/"), "ImageObject")).not.toHaveProperty(
      "copyrightNotice",
    );
  });

  it("leads the way to a page, step by step", () => {
    for (const [name, page] of official.pages) {
      const trail = thing(page, "BreadcrumbList");
      const shown = all(page, "nav").find(
        (element) => attribute(element, "class") === "breadcrumbs wide",
      );
      if (isHidden(page) || !shown) {
        expect(trail, name).toBeUndefined();
        continue;
      }
      const steps = trail!.itemListElement as Record<string, unknown>[];
      expect(steps.length, name).toBeGreaterThan(1);
      steps.forEach((step, index) => {
        expect(step.position).toBe(index + 1);
        expect(step.name).toMatch(/./);
        const file = String(step.item).slice(SITE.length + 1);
        expect(official.files.has(`${file}index.html`), file).toBe(true);
      });
    }
  });

  it("counts a list's stories, and offers the site's search", () => {
    const list = thing(pageOf("tin-tuc/"), "CollectionPage")!;
    const { itemListElement, numberOfItems } = list.mainEntity as {
      itemListElement: { position: number; url: string }[];
      numberOfItems: number;
    };
    expect(numberOfItems).toBe(46);
    expect(itemListElement.map(({ position }) => position)).toEqual(
      itemListElement.map((_, index) => index + 1),
    );
    for (const { url } of itemListElement)
      expect(
        official.files.has(`${url.slice(SITE.length + 1)}index.html`),
      ).toBe(true);
    expect(thing(pageOf(""), "WebSite")).toMatchObject({
      url: `${SITE}/`,
      name: "Gương sáng Ví Dụ",
      potentialAction: {
        target: { urlTemplate: `${SITE}/tim-kiem/?q={q}` },
        "query-input": "required name=q",
      },
    });
  });

  it("names a state body as publisher of an official site alone", () => {
    const publisher = (site: Site) =>
      thing(pageOf("mo-hinh/mo-hinh-gon/", site), "Article")!.publisher;
    expect(publisher(official)).toEqual({
      "@type": "GovernmentOrganization",
      name: "Ban Thi đua tỉnh Ví Dụ",
      url: `${SITE}/`,
    });
    expect(publisher(unofficial)).toEqual({
      "@type": "Organization",
      name: "Gương sáng Ví Dụ",
      url: `${SITE}/`,
    });
    for (const [name, page] of unofficial.pages)
      expect(page.html.includes("GovernmentOrganization"), name).toBe(false);
  });
});

describe("hostile words", () => {
  it("end no script, element or attribute, and arrive as they were written", () => {
    const page = pageOf("tin-tuc/doc-hai/");
    expect(page.errors).toEqual([]);
    const scripts = all(page, "script").filter(
      (element) => attribute(element, "type") !== "application/ld+json",
    );
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(textOf(script)).not.toContain("alert");
    expect(thing(page, "NewsArticle")).toMatchObject({
      headline: HOSTILE,
      author: { "@type": "Person", name: HOSTILE },
    });
    expect(thing(page, "ImageObject")).toMatchObject({ creditText: HOSTILE });
    expect(property(page, "og:title")).toEqual([HOSTILE]);
    expect(meta(page, "DC.creator")).toBe(HOSTILE);
  });
});

describe("the rest of a head", () => {
  it("has Dublin Core's fifteen where a story knows them", () => {
    const page = pageOf("mo-hinh/mo-hinh-day-du/");
    const said = Object.fromEntries(
      all(page, "meta").flatMap((element) => {
        const name = attribute(element, "name");
        return name?.startsWith("DC.")
          ? [[name.slice(3), attribute(element, "content")]]
          : [];
      }),
    );
    expect(said).toEqual({
      title: "Xóm Ví Dụ làm đường nội đồng, mỗi nhà một việc, một năm xong",
      creator: "Trần Thị Ví Dụ",
      subject: expect.stringContaining("Cả tỉnh làm đường; Đồi xanh"),
      description: expect.stringMatching(/^Trong một mùa/),
      publisher: "Ban Thi đua tỉnh Ví Dụ",
      contributor: "Sở Ví Dụ",
      date: "2026-11-01T08:00:00+07:00",
      type: "Text",
      format: "text/html",
      identifier: `${SITE}/mo-hinh/mo-hinh-day-du/`,
      source: "https://vidu.example/bao; Xóm Ví Dụ",
      language: "vi",
      relation: `${SITE}/mo-hinh/`,
      coverage: "Xã Bản Mai; Phường Đồi Chè; Ví Dụ",
      rights: "https://creativecommons.org/licenses/by/4.0/",
    });
    expect(hrefs(links(page, "schema.DC"))).toHaveLength(1);
    expect(meta(pageOf("phong-trao/lam-duong/"), "DC.type")).toBe("Collection");
    expect(
      meta(pageOf("mo-hinh/mo-hinh-gon/", unofficial), "DC.publisher"),
    ).toBe("Gương sáng Ví Dụ");
  });

  it("has the card that Facebook and Zalo show", () => {
    const page = pageOf("mo-hinh/mo-hinh-day-du/");
    const [image] = property(page, "og:image");
    expect(official.files.has(image!.slice(SITE.length + 1))).toBe(true);
    const said = (name: string) => property(page, name)[0];
    expect(said("og:image:secure_url")).toBe(image);
    expect(said("og:image:type")).toBe("image/png");
    expect(said("og:locale")).toBe("vi_VN");
    expect(said("article:published_time")).toBe("2026-11-01T08:00:00+07:00");
    expect(said("article:modified_time")).toBe("2026-11-10T00:00:00+07:00");
    expect(said("article:section")).toBe("Mô hình hay");
    expect(property(page, "article:tag")).toContain("Cả tỉnh làm đường");
    // One by one: an address, its name and its words are said once each.
    for (const [name, each] of official.pages)
      for (const once of ["og:title", "og:url", "og:type", "og:description"])
        expect(property(each, once), name).toHaveLength(isHidden(each) ? 0 : 1);
  });

  it("tells early how a page is put into another, and where its feeds are", () => {
    for (const name of [
      "",
      "mo-hinh/",
      "mo-hinh/mo-hinh-gon/",
      "phong-trao/lam-duong/",
      "dot-thi-dua/dot-vi-du/",
    ]) {
      const page = pageOf(name);
      const others = all(page, "link", "script", "style");
      expect(attribute(others[0]!, "type")).toBe("application/json+oembed");
      expect(attribute(others[0]!, "href")).toBe(
        `${SITE}/oembed/${name.slice(0, -1) || "trang-chu"}.json`,
      );
      const feeds = hrefs(links(page, "alternate").slice(1));
      const list = name === "mo-hinh/mo-hinh-gon/" ? "mo-hinh/" : name;
      expect(feeds).toEqual(
        ["rss.xml", "atom.xml", "feed.json"]
          .map((file) => `${BASE}/${list}${file}`)
          .slice(0, feeds.length),
      );
      for (const feed of feeds)
        expect(official.files.has(feed!.slice(BASE.length + 1)), feed).toBe(
          true,
        );
    }
    expect(links(pageOf("tin-tuc/trang-1/"), "alternate")).toEqual([]);
    expect(links(pageOf("tin-tuc/da-go/"), "alternate")).toEqual([]);
  });
});

const XSD = path.join(ROOT, "tests/fixtures/sitemaps/sitemap.xsd");

/** What is wrong with some XML by the schema of sitemaps. */
const schemaFaults = (xml: Buffer | string): string => {
  const { status, stderr } = spawnSync(
    "xmllint",
    ["--noout", "--nonet", "--schema", XSD, "-"],
    { input: xml, encoding: "utf8" },
  );
  return status === 0 ? "" : stderr || String(status);
};

const every = (xml: string, tag: string): string[] =>
  Array.from(
    xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs")),
    ([, inside]) => inside!,
  );

describe("sitemaps", () => {
  const text = (name: string, { files } = official) =>
    files.get(name)!.toString();
  const named = (site = official) =>
    every(text("sitemap-index.xml", site), "loc").map((address) =>
      address.slice(SITE.length + 1),
    );

  it("keep to their schema", () => {
    expect(schemaFaults("<urlset/>")).not.toBe("");
    for (const site of [official, unofficial])
      for (const name of [
        "sitemap-index.xml",
        "news-sitemap.xml",
        ...named(site),
      ])
        expect(schemaFaults(text(name, site)), name).toBe("");
  });

  it("name every page that is meant to be found, once, and no other", () => {
    const told = named().flatMap((name) =>
      every(text(name), "url").map((url) => every(url, "loc")[0]!),
    );
    expect(new Set(told).size).toBe(told.length);
    const wanted = [...official.pages]
      .filter(
        ([name, page]) =>
          !isHidden(page) &&
          // A crawler has their stories from the sitemaps; an empty list has nothing to find.
          !/trang-\d+\/index\.html$/.test(name) &&
          all(page, "div").every(
            (element) => attribute(element, "class") !== "empty",
          ),
      )
      .map(([name]) => `${SITE}/${name.replace(/index\.html$/, "")}`);
    expect(told.toSorted()).toEqual(wanted.toSorted());
    expect(named()).toEqual(["sitemaps/trang.xml", "sitemaps/2026.xml"]);
  });

  it("tell when a page last changed by its stories, not by the build", () => {
    const [story] = every(text("sitemaps/2026.xml"), "url").filter((url) =>
      url.includes("/dien-hinh/ba-vi-du/"),
    );
    expect(every(story!, "lastmod")).toEqual(["2026-11-05T00:00:00+07:00"]);
    const list = every(text("sitemaps/trang.xml"), "url").filter((url) =>
      url.includes("/dien-hinh/<"),
    );
    expect(every(list[0]!, "lastmod")).toEqual(["2026-11-05T00:00:00+07:00"]);
    expect(every(text("sitemap-index.xml"), "lastmod")[1]).toBe(
      "2026-11-23T03:00:00+07:00",
    );
  });

  it("name a story's pictures, else the one it is shared with, all of them there", () => {
    const urls = every(text("sitemaps/2026.xml"), "url");
    for (const url of urls) {
      const pictures = every(url, "image:loc");
      expect(pictures.length, url).toBeGreaterThan(0);
      for (const picture of pictures)
        expect(
          official.files.has(picture.slice(SITE.length + 1)),
          picture,
        ).toBe(true);
    }
    const full = urls.find((url) => url.includes("/mo-hinh-day-du/"))!;
    expect(every(full, "image:loc").length).toBeGreaterThan(2);
  });

  it("tell of the news of two days, with what Google asks of it", () => {
    const news = every(text("news-sitemap.xml"), "url");
    expect(news.map((url) => every(url, "loc")[0])).toEqual([
      `${SITE}/tin-tuc/doc-hai/`,
      `${SITE}/tin-tuc/tung-giu/`,
    ]);
    expect(news[0]).toContain(
      "<news:publication_date>2026-11-23T03:00:00+07:00</news:publication_date>",
    );
    expect(every(news[0]!, "news:name")).toEqual(["Gương sáng Ví Dụ"]);
    expect(every(news[0]!, "news:title")[0]).toContain("]]&gt;");
    expect(every(text("news-sitemap.xml", unofficial), "url")).toEqual([]);
  });

  it("are announced by an official site alone", () => {
    expect(text("robots.txt")).toBe(
      `User-agent: *\nAllow: /\nDisallow: ${BASE}/admin/\n\nSitemap: ${SITE}/sitemap-index.xml\nSitemap: ${SITE}/news-sitemap.xml\n`,
    );
    expect(text("robots.txt", unofficial)).not.toContain("Sitemap");
  });
});

it("stories that are not out are in no head, sitemap or file of these", () => {
  for (const [name, bytes] of official.files)
    for (const slug of Object.keys(KEPT))
      if (/\.(?:html|xml|txt|json)$/.test(name) && !name.startsWith("admin/"))
        expect(
          bytes.includes(`${slug} KHONG-DUOC-LO`),
          `${slug} in ${name}`,
        ).toBe(false);
  for (const name of ["sitemaps/2026.xml", "news-sitemap.xml"])
    for (const slug of Object.keys(KEPT))
      expect(official.files.get(name)!.includes(slug), slug).toBe(false);
});

it("whoever finds a weakness is told whom to write to, for less than a year", () => {
  expect(official.files.get(".well-known/security.txt")!.toString()).toBe(
    `Contact: mailto:an-toan@vidu.example\nExpires: 2027-11-01T00:00:00+07:00\nPreferred-Languages: vi, en\nCanonical: ${SITE}/.well-known/security.txt\n`,
  );
  expect(unofficial.files.has(".well-known/security.txt")).toBe(false);
});
