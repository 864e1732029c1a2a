/** The search's index, as a build leaves it. */
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { NOW, skeleton, type Corpus } from "../support/corpus.ts";
import { indexedIn, type Indexed } from "../support/index.ts";
import { long } from "../support/long.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import {
  build,
  differenceBetween,
  filesIn,
  freshBuild,
  placeFor,
  unpacked,
  type BuildPlace,
} from "../support/site.ts";

let corpus: Corpus;
let place: BuildPlace;
let files: Map<string, Buffer>;
let stories: Map<string, Indexed>;

beforeAll(async () => {
  corpus = await showcase();
  place = placeFor(corpus.dir, NOW);
  await build(place);
  files = filesIn(place.out);
  stories = indexedIn(files);
});

const PUBLISHED = () =>
  [...files]
    .filter(
      ([name, bytes]) =>
        name.endsWith(".html") && bytes.includes("data-pagefind-body"),
    )
    .map(([name]) => `/${name.replace(/index\.html$/, "")}`);

describe("the index", () => {
  it("has every published story, and no other page", () => {
    expect([...stories.keys()].sort()).toEqual(PUBLISHED().sort());
    expect(stories.size).toBe(47);
  });

  it("tells what a result shows, in the form it is searched", () => {
    const { meta } = stories.get("/mo-hinh/mo-hinh-day-du/")!;
    expect(meta).toEqual({
      title: "Xóm Ví Dụ làm ḏường nội ḏồng, mỗi nhà một việc, một năm xong",
      kicker: "Hạ tầng",
      date: "08–\u2063 10/10/2026",
      place: "Xã Bản Mai, Phường Ḏồi Chè",
      names: "Xóm Ví Dụ",
      former: "Xã Cũ, Xã Xưa, Xã Cũ, Xã Xưa",
      topics: "Cả tỉnh làm ḏường, Ḏồi xanh, Học dùng máy, Hạ tầng, Nông nghiệp",
      image: "",
      image_alt: "",
    });
  });

  it("can be narrowed by identifiers, each by itself", () => {
    expect(stories.get("/mo-hinh/mo-hinh-day-du/")!.filters).toEqual({
      kind: ["models"],
      movement: ["lam-duong", "trong-cay", "hoc-so"],
      field: ["ha-tang", "nong-nghiep"],
      group: ["tap-the"],
      commune: ["ban-mai", "doi-che"],
      award: ["bang-khen"],
      year: ["2026"],
    });
  });

  it("holds the story's text, without links' addresses, pictures' names and what stands beside it", () => {
    const { content } = stories.get("/mo-hinh/mo-hinh-day-du/")!;
    for (const words of ["Họp cả xóm", "Chú thích hai", "Nhà góp ḏất 31 "])
      expect(content).toContain(words);
    const words = [...unpacked(files)]
      .filter(([name]) => name.endsWith(".pf_index"))
      .map(([, bytes]) => bytes.toString("latin1"))
      .join("");
    for (const none of ["Tin số 1 của", "Trang chủ", "vidu.example/", "jpg"])
      expect(content).not.toContain(none);
    for (const none of ["jpg", "avif", "https"])
      expect(words).not.toContain(none);
  });

  it("knows nothing of stories that are not out", () => {
    for (const [name, bytes] of unpacked(files)) {
      if (!name.startsWith("pagefind/")) continue;
      for (const words of ["tin-da-go", "tin-het-han", "Tin đã gỡ", "hết hạn"])
        expect(bytes.includes(words), `${words} in ${name}`).toBe(false);
    }
  });

  it("comes with its own files, and nothing of Pagefind's runtime and interfaces", () => {
    const names = [...files.keys()]
      .filter((name) => name.startsWith("pagefind/"))
      .map((name) => name.replace(/(?<=[./])(?:vi_)?[0-9a-f]{7,}/, "*"));
    expect([...new Set(names)]).toEqual([
      "pagefind/facets.*.packed",
      "pagefind/followers.*.packed",
      "pagefind/fragment/*.pf_fragment",
      "pagefind/index/*.pf_index",
      "pagefind/lexicon.*.packed",
      "pagefind/pagefind-entry.json",
      "pagefind/pagefind.*.pf_meta",
      "pagefind/places.*.packed",
      "pagefind/search.json",
    ]);
  });
});

describe("the search page", () => {
  const page = () => readPage(files.get("tim-kiem/index.html")!);

  it("is a form and links, with what has stories, and how many", () => {
    const boxes = all(page(), "input")
      .filter((element) => attribute(element, "type") === "checkbox")
      .map((element) => [
        attribute(element, "name"),
        attribute(element, "value"),
      ]);
    expect(
      Map.groupBy(boxes, ([name]) => name)
        .keys()
        .toArray(),
    ).toEqual([
      "loai",
      "linh-vuc",
      "phong-trao",
      "dia-ban",
      "nhom",
      "khen-thuong",
      "nam",
    ]);
    expect(boxes.filter(([name]) => name === "dia-ban")).toEqual([
      ["dia-ban", "ban-mai"],
      ["dia-ban", "doi-che"],
      ["dia-ban", "song-cau"],
    ]);
    const text = textOf(page().document);
    expect(text).toMatch(/Xã Bản Mai\s*30 bài/);
    expect(text).not.toContain("Tân Lập");
  });

  it("needs no more than other pages may", () => {
    const policyOf = (name: string) =>
      all(readPage(files.get(name)!), "meta")
        .filter(
          (element) =>
            attribute(element, "http-equiv") === "Content-Security-Policy",
        )
        .map((element) => attribute(element, "content"));
    expect(policyOf("tim-kiem/index.html")).toEqual(
      policyOf("mo-hinh/index.html"),
    );
  });

  it.each([
    ["every page", "index.html", 1],
    ["the search page", "tim-kiem/index.html", 2],
  ])(
    "%s has its scripts in files, and no style in it",
    (_what, name, count) => {
      const { elements } = readPage(files.get(name)!);
      const scripts = elements.filter(
        (element) => element.tagName === "script" && attribute(element, "src"),
      );
      expect(scripts).toHaveLength(count);
      expect(elements.filter(({ tagName }) => tagName === "style")).toEqual([]);
    },
  );
});

describe("building again", () => {
  const timeOf = (name: string) => statSync(path.join(place.out, name)).mtimeMs;
  const ENTRY = "pagefind/search.json";

  it("leaves the index as it is when no story's own text changed", async () => {
    const before = timeOf(ENTRY);
    const site = corpus.read("site.yaml");
    corpus.write("site.yaml", site.replace("Mô hình hay", "Khẩu hiệu mới"));
    await build(place);
    expect(readFileSync(path.join(place.out, "index.html"), "utf8")).toContain(
      "Khẩu hiệu mới",
    );
    expect(timeOf(ENTRY)).toBe(before);
    corpus.write("site.yaml", site);
  });

  long(
    "follows a story that is edited, added or withdrawn, byte for byte as a build from nothing",
    async () => {
      corpus.story("news", "aa-tin-moi", { title: "Tin mới đến sau cùng" });
      const file = "news/2026/tin-01/index.mdx";
      corpus.write(file, corpus.read(file).replace("Bà con", "Cả làng"));
      corpus.remove("news/2026/tin-02");
      await build(place);
      const now = indexedIn(filesIn(place.out));
      expect(now.has("/tin-tuc/aa-tin-moi/")).toBe(true);
      expect(now.get("/tin-tuc/tin-01/")!.content).toContain("Cả làng");
      expect(now.has("/tin-tuc/tin-02/")).toBe(false);
      const fresh = await freshBuild(place);
      const [ours, theirs] = [place, fresh].map(({ out }) =>
        path.join(out, "pagefind"),
      );
      expect(differenceBetween(ours!, theirs!)).toBe("");
    },
  );

  long(
    "indexes no other year than that of the story that changed",
    async () => {
      const folder = path.join(place.cache, "search");
      const years = () =>
        readdirSync(folder).map((name) => [
          name,
          statSync(path.join(folder, name)).mtimeMs,
        ]);
      corpus.story("news", "nam-ngoai", {
        title: "Tin năm ngoái về con đường ra đồng",
        eventDate: "2025-05-06",
      });
      await build(place);
      const before = years();
      expect(before.length).toBeGreaterThan(1);
      const file = "news/2026/nam-ngoai/index.mdx";
      corpus.write(file, corpus.read(file).replace("Bà con", "Mọi nhà"));
      await build(place);
      const kept = years().filter(([name, time]) =>
        before.some(([other, then]) => other === name && then === time),
      );
      expect(kept).toHaveLength(before.length - 1);
    },
  );

  long("makes none with ONLY_PAGES=1, and one again without it", async () => {
    const folder = path.join(place.out, "pagefind");
    await build({ ...place, env: { ONLY_PAGES: "1" } });
    expect(existsSync(folder)).toBe(false);
    await build(place);
    expect(existsSync(path.join(place.out, ENTRY))).toBe(true);
  });
});

it("a site without stories has no index, and says that there is nothing yet", async () => {
  const empty = placeFor(skeleton().dir, NOW);
  await build(empty);
  const made = filesIn(empty.out);
  expect(
    [...made.keys()].filter((name) => name.startsWith("pagefind")),
  ).toEqual([]);
  const page = readPage(made.get("tim-kiem/index.html")!);
  expect(textOf(page.document)).toContain("Chưa có câu chuyện nào ở đây.");
  expect(all(page, "select")).toEqual([]);
});
