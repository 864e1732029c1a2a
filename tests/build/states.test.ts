import { beforeAll, describe, expect, it } from "vitest";
import { markerOf } from "../../src/hosting/publish.ts";
import { sha256 } from "../../src/loader/digest.ts";
import { pictureHash } from "../../src/media/inspect.ts";
import {
  CAMPAIGN,
  Corpus,
  jpeg,
  pdf,
  skeleton,
  storyAddress,
  type Fields,
} from "../support/corpus.ts";
import {
  all,
  attribute,
  elementsOf,
  readPage,
  textOf,
} from "../support/page.ts";
import {
  build,
  differenceBetween,
  filesIn,
  freshBuild,
  isEmbed,
  placeFor,
  unpacked,
  type BuildPlace,
} from "../support/site.ts";

/** Everything happens at this moment: one in the morning of 11 November in Vietnam, the 10th in Greenwich. */
const MOMENT = "2026-11-10T18:00:00Z";
const A_SECOND_BEFORE = "2026-11-10T17:59:59Z";
const LONG_BEFORE = "2026-10-01T08:00:00+07:00";
const LONG_AFTER = "2027-10-01T08:00:00+07:00";
const REASON = "Theo đề nghị của gia đình.";

type Shown = "out" | "not out" | "expired" | "withdrawn";

/** Stories that differ in their times alone; each has terms, files, old addresses and a neighbour of its own. */
const STORIES: Record<string, { fields: Fields; before: Shown; after: Shown }> =
  {
    "hen-gio": {
      fields: { status: "published", publishedAt: MOMENT },
      before: "not out",
      after: "out",
    },
    "cam-dang": {
      fields: {
        status: "published",
        publishedAt: LONG_BEFORE,
        embargoUntil: MOMENT,
      },
      before: "not out",
      after: "out",
    },
    "het-han": {
      fields: {
        status: "published",
        publishedAt: LONG_BEFORE,
        expiresAt: MOMENT,
      },
      before: "out",
      after: "expired",
    },
    "bi-go": {
      fields: {
        status: "withdrawn",
        publishedAt: LONG_BEFORE,
        withdrawal: { at: MOMENT, reason: REASON },
      },
      before: "out",
      after: "withdrawn",
    },
    "go-truoc-khi-dang": {
      fields: {
        status: "withdrawn",
        publishedAt: LONG_AFTER,
        withdrawal: { at: MOMENT, reason: REASON },
      },
      before: "not out",
      after: "not out",
    },
    "ban-nhap": {
      fields: { status: "draft", publishedAt: LONG_BEFORE },
      before: "not out",
      after: "not out",
    },
    "het-han-truoc-khi-het-cam": {
      fields: {
        status: "published",
        publishedAt: LONG_BEFORE,
        embargoUntil: LONG_AFTER,
        expiresAt: MOMENT,
      },
      before: "not out",
      after: "not out",
    },
    "van-dang": {
      fields: { status: "published", publishedAt: LONG_BEFORE },
      before: "out",
      after: "out",
    },
  };
const SLUGS = Object.keys(STORIES);
const COLOURS = ["red", "lime", "blue", "teal", "navy", "gold", "pink", "grey"];

/** A word that stands in every text of a story and nowhere else. */
const markOf = (slug: string): string => `Zq${slug.replaceAll("-", "")}Zq`;

const pictureOf = (slug: string) => jpeg(COLOURS[SLUGS.indexOf(slug)]!);
const documentOf = (slug: string) => pdf(markOf(slug));

async function corpusOfStates(): Promise<Corpus> {
  const corpus = skeleton();
  for (const [order, slug] of SLUGS.entries()) {
    const mark = markOf(slug);
    for (const kind of ["movements", "fields", "groups", "communes"] as const)
      corpus.data(`taxonomy/${kind}/${slug}.yaml`, {
        title: `Nơi thứ ${order}`,
        ...(kind === "movements" ? { type: "theme" } : {}),
        ...(kind === "communes" ? { type: "xa", code: `0200${order}` } : {}),
      });
    corpus.story(
      "news",
      slug,
      {
        ...STORIES[slug]!.fields,
        title: `Tin của ${mark} ở xóm Ví Dụ`,
        summary: `Tóm tắt của ${mark}.`,
        byline: mark,
        campaign: CAMPAIGN,
        contents: ["II.1"],
        movements: [slug],
        fields: [slug],
        group: slug,
        communes: [slug],
        cover: {
          src: "bia.jpg",
          alt: `Ảnh chụp ${mark} bên đường`,
          caption: mark,
          credit: mark,
        },
        attachments: [{ title: `Tệp ${mark}`, src: "so-lieu.pdf" }],
        oldAddresses: [`/tin-cu/${slug}/`],
      },
      `Nội dung ${mark}.\n\n## Mục ${mark}`,
      { "bia.jpg": await pictureOf(slug), "so-lieu.pdf": documentOf(slug) },
    );
    corpus.story("models", `ke-ben-${slug}`, { related: [`news/${slug}`] });
  }
  return corpus;
}

let place: BuildPlace;
const built: Record<"before" | "after", Map<string, Buffer>> = {
  before: new Map(),
  after: new Map(),
};

beforeAll(async () => {
  place = placeFor((await corpusOfStates()).dir, A_SECOND_BEFORE);
  await build(place);
  built.before = filesIn(place.out);
  place.now = MOMENT;
  await build(place);
  built.after = filesIn(place.out);
});

const pageText = (files: Map<string, Buffer>, name: string): string =>
  textOf(readPage(files.get(name)!).document);

describe.each([
  ["a second before", "before"],
  ["at the moment", "after"],
] as const)("%s", (_when, time) => {
  const of = (shown: Shown) =>
    SLUGS.filter((slug) => STORIES[slug]![time] === shown);
  const files = () => built[time];
  const mediaOf = async (slug: string) => {
    const hash = pictureHash(await pictureOf(slug));
    return [...files().keys()].filter((name) =>
      name.startsWith(`_media/${hash}`),
    );
  };
  const documentFile = (slug: string) =>
    `_files/${sha256(documentOf(slug)).slice(0, 16)}/so-lieu.pdf`;
  /** Every file with the story's mark, whatever kind of file it is. */
  const traces = (slug: string) =>
    [...unpacked(files())]
      .filter(([, bytes]) =>
        bytes
          .toString("latin1")
          .toLowerCase()
          .includes(markOf(slug).toLowerCase()),
      )
      .map(([name]) => name);

  /** The stories that lead on to this one as the newer or the older. */
  const besideInList = (slug: string): string[] => {
    const list = readPage(files().get("tin-tuc/index.html")!);
    const slugs = all(list, "article").flatMap((card) =>
      elementsOf(card).flatMap(
        (element) =>
          /^\/tin-tuc\/([^/]+)\/$/.exec(
            attribute(element, "href") ?? "",
          )?.[1] ?? [],
      ),
    );
    const place = slugs.indexOf(slug);
    expect(place).toBeGreaterThanOrEqual(0);
    return [place - 1, place + 1].flatMap((index) => slugs[index] ?? []);
  };

  /** What the search can be narrowed to, as one text. */
  const searchFilters = () =>
    [...unpacked(files())]
      .filter(([name]) => name.startsWith("pagefind/facets."))
      .map(([, bytes]) => bytes.toString("latin1"))
      .join("\n");

  it.each(of("out"))("%s is everywhere it belongs", async (slug) => {
    const pages = traces(slug).filter((name) => name.endsWith(".html"));
    expect(pages).toContain(`nhung/bai/tin-tuc/${slug}/index.html`);
    // The codes to copy hold the newest stories, whichever these are.
    const own = pages.filter(
      (name) => !isEmbed(name) && name !== "nhung/index.html",
    );
    expect(own.sort()).toEqual(
      [
        "index.html",
        "tin-tuc/index.html",
        `tin-tuc/${slug}/index.html`,
        `tin-tuc/${slug}/tu-lieu/index.html`,
        `tin-tuc/${slug}/tu-lieu/${slug}.zip/bai.html`,
        // Of the newest stories only.
        ...(STORIES[slug]!.before === "not out" ? ["bao-chi/index.html"] : []),
        `tin-cu/${slug}/index.html`,
        `dot-thi-dua/${CAMPAIGN}/index.html`,
        `dia-ban/${slug}/index.html`,
        `linh-vuc/${slug}/index.html`,
        "nam/2026/index.html",
        `nhom/${slug}/index.html`,
        `phong-trao/${slug}/index.html`,
        `mo-hinh/ke-ben-${slug}/index.html`,
        ...besideInList(slug).map((other) => `tin-tuc/${other}/index.html`),
      ].sort(),
    );
    for (const kind of ["fragment", "index"])
      expect(traces(slug).join()).toContain(`.pf_${kind}`);
    expect(searchFilters()).toContain(slug);
    expect((await mediaOf(slug)).length).toBeGreaterThan(0);
    expect(files().get(documentFile(slug))).toEqual(
      Buffer.from(documentOf(slug)),
    );
  });

  it.each([...of("not out"), ...of("expired"), ...of("withdrawn")])(
    "%s has left no trace: no text, picture, document, redirect",
    async (slug) => {
      expect(traces(slug)).toEqual([]);
      expect(searchFilters()).not.toContain(slug);
      expect(await mediaOf(slug)).toEqual([]);
      expect(files().has(documentFile(slug))).toBe(false);
      expect(files().has(`tin-cu/${slug}/index.html`)).toBe(false);
      const linking = [...files()].filter(
        // Frames that others made keep a notice, as the story's own address does.
        ([name, bytes]) =>
          name.endsWith(".html") &&
          !isEmbed(name) &&
          all(readPage(bytes), "a").some(
            (link) =>
              attribute(link, "href") === `/${storyAddress("news", slug)}`,
          ),
      );
      expect(linking.map(([name]) => name)).toEqual([]);
    },
  );

  it.runIf(of("not out").length > 0).each(of("not out"))(
    "%s has no page",
    (slug) => {
      expect(files().has(`tin-tuc/${slug}/index.html`)).toBe(false);
    },
  );

  it.runIf(of("expired").length > 0).each(of("expired"))(
    "%s has a notice in its place",
    (slug) => {
      const text = pageText(files(), `tin-tuc/${slug}/index.html`);
      expect(text).toContain("Bài viết ở địa chỉ này đã hết thời hạn đăng.");
    },
  );

  it.runIf(of("withdrawn").length > 0).each(of("withdrawn"))(
    "%s has a notice with the reason and Vietnam's day, and nothing of the story",
    (slug) => {
      const name = `tin-tuc/${slug}/index.html`;
      const text = pageText(files(), name);
      expect(text).toContain(
        "Bài viết ở địa chỉ này đã được gỡ ngày 11/11/2026.",
      );
      expect(text).toContain(`Lý do: ${REASON}`);
      expect(all(readPage(files().get(name)!), "img")).toEqual([]);
    },
  );

  it("tells servers which addresses are gone, and which lead on", () => {
    const gone = [...of("expired"), ...of("withdrawn")];
    expect(
      [...files().keys()].filter((name) => name.endsWith(".410")).sort(),
    ).toEqual(
      gone
        .flatMap((slug) => [`/tin-tuc/${slug}/`, `/tin-cu/${slug}/`])
        .map((address) => markerOf(address).slice(1))
        .sort(),
    );
    expect(String(files().get("_redirects")).trim().split("\n").sort()).toEqual(
      of("out")
        .map((slug) => `/tin-cu/${slug}/ /tin-tuc/${slug}/ 301`)
        .sort(),
    );
  });

  it("counts what is out, and only that", () => {
    const out = of("out");
    expect(pageText(files(), "tin-tuc/index.html")).toContain(
      `${out.length} bài`,
    );
    const front = readPage(files().get("index.html")!);
    const counts = front.elements.find(
      (element) => attribute(element, "class") === "counts",
    )!;
    expect(textOf(counts)).toContain(`Tin thi đua${out.length}`);
    expect(textOf(counts)).toContain(`xã, phường có câu chuyện${out.length}/`);
    for (const list of ["dia-ban", "linh-vuc", "nhom", "phong-trao"]) {
      const index = readPage(files().get(`${list}/index.html`)!);
      for (const slug of SLUGS) {
        const told = out.includes(slug) ? "1 bài" : "chưa có bài";
        const item = all(index, "li").find((element) =>
          element.childNodes.some(
            (child) =>
              "tagName" in child &&
              attribute(child, "href") === `/${list}/${slug}/`,
          ),
        )!;
        expect(textOf(item), `${list}/${slug}`).toContain(told);
        expect(pageText(files(), `${list}/${slug}/index.html`)).toContain(
          out.includes(slug) ? told : "Chưa có câu chuyện nào ở đây.",
        );
      }
    }
  });
});

it("what time alone changed, an incremental build changes as a full one would", async () => {
  const fresh = await freshBuild(place);
  expect(differenceBetween(place.out, fresh.out)).toBe("");
});

it("a moment later everything is as at the moment", async () => {
  const later = { ...place, now: "2026-11-10T18:00:01Z" };
  await build(later);
  expect(filesIn(later.out)).toEqual(built.after);
});
