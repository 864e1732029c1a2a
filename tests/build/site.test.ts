import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PAGE_SIZE } from "../../src/stories/pagination.ts";
import { NOW, skeleton, type Corpus } from "../support/corpus.ts";
import { long } from "../support/long.ts";
import {
  all,
  attribute,
  elementsOf,
  meta,
  readPage,
  textOf,
  type Element,
  type Page,
} from "../support/page.ts";
import { OFFICIAL, THEME, everything, showcase } from "../support/showcase.ts";
import {
  ROOT,
  build,
  buildEnv,
  differenceBetween,
  filesIn,
  isPage,
  placeFor,
  runNode,
  temporaryFolder,
  type BuildPlace,
} from "../support/site.ts";

/** A moment that no story names: feeds say when stories came out, and nothing may say when they were built. */
const MOMENT = "2026-11-23T08:13:57+07:00";

const SITE = "https://guongsang.example";
const UNOFFICIAL = "Bản giới thiệu, chưa phải trang chính thức";

/** A built site: its files, its pages, and where it will live. */
interface Site {
  place: BuildPlace;
  base: string;
  files: Map<string, Buffer>;
  pages: Map<string, Page>;
}

async function builtSite(
  content: string,
  base: string,
  env: Record<string, string> = {},
): Promise<Site> {
  const place = {
    ...placeFor(content, MOMENT),
    env: { SITE_URL: SITE, BASE_PATH: base, ...env },
  };
  await build(place);
  const files = filesIn(place.out);
  const pages = new Map(
    [...files]
      .filter(([name]) => isPage(name))
      .map(([name, bytes]) => [name, readPage(bytes)]),
  );
  return { place, base, files, pages };
}

/** The address of a page's file. */
const addressOf = (name: string, { base }: Site): URL =>
  new URL(base + name.replace(/(^|\/)index\.html$/, "$1"), SITE);

/** The file that an address of the site is served from. */
const fileAt = (url: URL, { base }: Site): string =>
  decodeURI(url.pathname)
    .slice(base.length)
    .replace(/(^|\/)$/, "$1index.html");

const isRedirect = (page: Page): boolean =>
  all(page, "meta").some(
    (element) => attribute(element, "http-equiv") === "refresh",
  );
const isNotice = (page: Page): boolean =>
  all(page, "h1").some((heading) =>
    /^Bài viết đã (?:được gỡ|hết hạn đăng)$/.test(textOf(heading)),
  );

/** A press kit says what its story says: it is for readers, not for engines. */
const isKit = (name: string): boolean => name.endsWith("/tu-lieu/index.html");

/** The links in a head that make a browser fetch something. */
const FETCHED_LINKS = /stylesheet|icon|preload/;

interface Reference {
  element: Element;
  address: string;
  /** What the browser itself fetches, as opposed to what a reader may go to. */
  fetched: boolean;
}

/** Every address that a page holds. */
function referencesOf(page: Page): Reference[] {
  return page.elements.flatMap((element): Reference[] => {
    const reference = (address: string | undefined, fetched: boolean) =>
      address === undefined ? [] : [{ element, address, fetched }];
    const refresh =
      attribute(element, "http-equiv") === "refresh"
        ? /url=(.*)$/.exec(attribute(element, "content") ?? "")?.[1]
        : undefined;
    const rel = attribute(element, "rel");
    return [
      ...reference(attribute(element, "action"), false),
      ...reference(
        attribute(element, "href"),
        element.tagName === "link" && FETCHED_LINKS.test(rel ?? ""),
      ),
      ...reference(attribute(element, "src"), true),
      ...(attribute(element, "srcset") ?? "")
        .split(",")
        .map((candidate) => candidate.trim().split(/\s/)[0]!)
        .filter(Boolean)
        .flatMap((address) => reference(address, true)),
      ...reference(refresh, false),
    ];
  });
}

const idsOf = (page: Page): string[] =>
  page.elements.flatMap((element) => attribute(element, "id") ?? []);

const sites: Record<string, () => Promise<Site>> = {
  "the shipped content": () => builtSite(path.join(ROOT, "content"), "/"),
  "a content folder with everything, under a sub-path": async () =>
    builtSite((await everything()).dir, "/vi-du/"),
  "an official site with its own colours": async () =>
    builtSite((await showcase({ ...OFFICIAL, ...THEME })).dir, "/"),
};

describe.each(Object.entries(sites))("%s", (_name, make) => {
  let site: Site;
  beforeAll(async () => {
    site = await make();
  });

  /** Runs a check on every page; what it gives back is listed by page. */
  const onEveryPage = (
    check: (page: Page, name: string) => unknown[],
    wanted: (page: Page, name: string) => boolean = () => true,
  ) => {
    const found = [...site.pages]
      .filter(([name, page]) => wanted(page, name))
      .map(([name, page]) => ({ name, wrong: check(page, name) }))
      .filter(({ wrong }) => wrong.length > 0);
    expect(found).toEqual([]);
  };

  it("parses as HTML without an error", () =>
    onEveryPage(({ errors }) => errors.map(({ code }) => code)));

  it("leads nowhere but to files and parts that are there", () =>
    onEveryPage((page, name) =>
      referencesOf(page).flatMap(({ address }) => {
        const url = new URL(address, addressOf(name, site));
        if (url.origin !== SITE) return [];
        const file = fileAt(url, site);
        if (!url.pathname.startsWith(site.base) || !site.files.has(file))
          return [address];
        const part = decodeURIComponent(url.hash.slice(1));
        return part && !idsOf(site.pages.get(file)!).includes(part)
          ? [address]
          : [];
      }),
    ));

  it("has styles that fetch nothing from elsewhere", () => {
    const sheets = [...site.files].filter(([name]) => name.endsWith(".css"));
    expect(sheets.length).toBeGreaterThan(0);
    for (const [name, bytes] of sheets) {
      const addresses = [...bytes.toString().matchAll(/url\(["']?([^"')]+)/g)];
      for (const [, address] of addresses) {
        const url = new URL(address!, new URL(site.base + name, SITE));
        expect(url.origin).toBe(SITE);
        expect(site.files.has(fileAt(url, site))).toBe(true);
      }
      expect(bytes.toString()).not.toMatch(/@import/);
    }
  });

  it("is all to be reached from the front page", () => {
    const reached = new Set(["index.html"]);
    for (const name of reached)
      for (const { element, address } of referencesOf(site.pages.get(name)!)) {
        if (!["a", "form"].includes(element.tagName)) continue;
        const url = new URL(address, addressOf(name, site));
        const file = fileAt(url, site);
        if (url.origin === SITE && site.pages.has(file)) reached.add(file);
      }
    const lost = [...site.pages]
      .filter(
        ([name, page]) =>
          name !== "404.html" && !isNotice(page) && !isRedirect(page),
      )
      .map(([name]) => name)
      .filter((name) => !reached.has(name));
    expect(lost).toEqual([]);
  });

  it("asks for nothing from other hosts", () =>
    onEveryPage((page, name) =>
      referencesOf(page).flatMap(({ address, fetched }) =>
        fetched && new URL(address, addressOf(name, site)).origin !== SITE
          ? [address]
          : [],
      ),
    ));

  it("has breadcrumbs that start at the front page and end at the page itself", () =>
    onEveryPage(
      (page) => {
        const [trail, ...others] = page.elements.filter((element) =>
          attribute(element, "class")?.split(" ").includes("breadcrumbs"),
        );
        const items = trail
          ? elementsOf(trail).filter(({ tagName }) => tagName === "li")
          : [];
        const first = items[0] && elementsOf(items[0])[0];
        const last = items.at(-1);
        return trail &&
          others.length === 0 &&
          first &&
          attribute(first, "href") === site.base &&
          last &&
          attribute(last, "aria-current") === "page" &&
          elementsOf(last).length === 0
          ? []
          : ["no breadcrumbs"];
      },
      (page, name) =>
        !["index.html", "404.html"].includes(name) &&
        !isNotice(page) &&
        !isRedirect(page),
    ));

  it("has one h1 a page, and headings that skip no level", () =>
    onEveryPage((page) => {
      const levels = all(page, "h1", "h2", "h3", "h4", "h5", "h6").map(
        ({ tagName }) => Number(tagName[1]),
      );
      const skips = levels.filter(
        (level, index) => level > (levels[index - 1] ?? 0) + 1,
      );
      return levels.filter((level) => level === 1).length === 1
        ? skips
        : levels;
    }));

  it("gives every heading words", () =>
    onEveryPage((page) =>
      all(page, "h1", "h2", "h3", "h4", "title").filter(
        (element) => textOf(element) === "",
      ),
    ));

  it("says that it is in Vietnamese", () =>
    onEveryPage((page) => {
      const lang = attribute(all(page, "html")[0]!, "lang");
      return lang === "vi" ? [] : [lang];
    }));

  it("has no identifier twice on a page", () =>
    onEveryPage((page) => {
      const ids = idsOf(page);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    }));

  it("has labels and descriptions that lead to identifiers of the page", () =>
    onEveryPage((page) =>
      page.elements.flatMap((element) =>
        ["aria-labelledby", "aria-describedby", "for"].flatMap((name) =>
          (attribute(element, name) ?? "")
            .split(" ")
            .filter((id) => id && !idsOf(page).includes(id)),
        ),
      ),
    ));

  it("has a title and a description on every page, no two pages the same title", () => {
    onEveryPage(
      (page) =>
        textOf(all(page, "title")[0]!) && meta(page, "description")
          ? []
          : ["no title or description"],
      (page) => !isRedirect(page),
    );
    const titles = [...site.pages]
      .filter(([, page]) => !isRedirect(page) && !isNotice(page))
      .map(([, page]) => textOf(all(page, "title")[0]!));
    const twice = titles.filter(
      (title, index) => titles.indexOf(title) !== index,
    );
    expect(twice).toEqual([]);
  });

  it("names each page's one public address, except where there is nothing to find", () =>
    onEveryPage((page, name) => {
      const links = all(page, "link").filter(
        (element) => attribute(element, "rel") === "canonical",
      );
      const given = links.map((element) => attribute(element, "href"));
      if (isRedirect(page)) {
        const target = given[0] && new URL(given[0]);
        return target && site.pages.has(fileAt(target, site)) ? [] : given;
      }
      const expected =
        name === "404.html" || isNotice(page) || isKit(name)
          ? []
          : [addressOf(name, site).href];
      return JSON.stringify(given) === JSON.stringify(expected) ? [] : [given];
    }));

  it("keeps the pages where there is nothing to find out of search engines", () => {
    const hidden = [...site.pages].filter(
      ([name, page]) =>
        name === "404.html" ||
        isNotice(page) ||
        isRedirect(page) ||
        isKit(name),
    );
    expect(hidden.length).toBeGreaterThan(0);
    for (const [name, page] of hidden)
      expect(meta(page, "robots"), name).toBe("noindex");
  });

  it("frames nothing but, where embeds are chosen, an embed; moves no address", () =>
    onEveryPage((page, name) =>
      all(page, "iframe", "object", "embed", "base").flatMap(({ tagName }) =>
        name === "nhung/index.html" && tagName === "iframe"
          ? []
          : [`<${tagName}>`],
      ),
    ));

  it("tells nothing of the machine that built it", () => {
    const traces = [
      ROOT.replace(/\/$/, ""),
      tmpdir(),
      site.place.content,
      process.env.HOME ?? ROOT,
      // The moment of the build, in the forms a program would write it.
      MOMENT.slice(0, 16),
      new Date(MOMENT).toISOString().slice(0, 16),
      String(Date.parse(MOMENT)),
    ];
    for (const [name, bytes] of site.files)
      for (const trace of traces)
        expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
  });

  it("says on every page whether it is official", () => {
    const front = site.files.get("index.html")!;
    const official = front.includes("Trang chính thức của");
    onEveryPage((page, name) => {
      const text = textOf(page.document);
      const robots = meta(page, "robots");
      const hidden =
        isRedirect(page) ||
        isNotice(page) ||
        isKit(name) ||
        page === site.pages.get("404.html");
      if (!official)
        return text.includes(UNOFFICIAL) && robots === "noindex"
          ? []
          : ["not told to be unofficial"];
      return text.includes(UNOFFICIAL) ||
        (!hidden && robots !== "max-image-preview:large")
        ? ["told to be unofficial"]
        : [];
    });
  });
});

describe("whose voice it is", () => {
  const front = async (fields: Record<string, unknown>) => {
    const corpus = skeleton(fields);
    corpus.story("models", "mo-hinh-mot");
    const { pages } = await builtSite(corpus.dir, "/");
    return pages.get("mo-hinh/mo-hinh-mot/index.html")!;
  };

  it("an official site says who publishes it, who is responsible and how to reach them", async () => {
    const page = await front(OFFICIAL);
    const header = page.elements.find(({ tagName }) => tagName === "header")!;
    expect(textOf(header)).toContain(
      "Trang chính thức của Ban Thi đua tỉnh Ví Dụ",
    );
    const footer = all(page, "footer").at(-1)!;
    for (const words of [
      "Ban Thi đua tỉnh Ví Dụ",
      "Quyết định 7/QĐ-VD ngày 01/6/2026",
      "Bà Trần Thị Ví Dụ",
      "Số 1 phố Ví Dụ",
      "0123 456 789",
      "banthidua@vidu.example",
    ])
      expect(textOf(footer)).toContain(words);
  });

  it("nobody is named before the site is official", async () => {
    const page = await front({ ...OFFICIAL, official: false });
    const text = textOf(page.document);
    expect(text).toContain(UNOFFICIAL);
    for (const words of ["Ban Thi đua tỉnh Ví Dụ", "Bà Trần Thị Ví Dụ"])
      expect(text).not.toContain(words);
    expect(text).not.toContain("Trang chính thức");
  });
});

describe("a content folder with everything", () => {
  let corpus: Corpus;
  let site: Site;
  beforeAll(async () => {
    corpus = await showcase();
    site = await builtSite(corpus.dir, "/vi-du/");
  });

  it("leads on from old addresses, at once and by a link", () => {
    for (const old of ["mo-hinh/ten-cu", "bai/2024/duong-xom"]) {
      const page = site.pages.get(`${old}/index.html`)!;
      const refresh = all(page, "meta").find(
        (element) => attribute(element, "http-equiv") === "refresh",
      )!;
      const target = "/vi-du/mo-hinh/mo-hinh-day-du/";
      expect(attribute(refresh, "content")).toBe(`0; url=${target}`);
      expect(all(page, "a").map((link) => attribute(link, "href"))).toEqual([
        target,
      ]);
    }
  });

  it("puts pictures and documents under the sub-path", () => {
    const page = site.pages.get("mo-hinh/mo-hinh-day-du/index.html")!;
    const fetched = referencesOf(page).filter(({ element }) =>
      ["img", "source"].includes(element.tagName),
    );
    expect(fetched.length).toBeGreaterThan(10);
    for (const { address } of fetched)
      expect(address).toMatch(/^\/vi-du\/_media\//);
    const files = all(page, "a").filter((link) =>
      attribute(link, "href")?.startsWith("/vi-du/_files/"),
    );
    expect(files.length).toBe(2);
  });

  it("a page number keeps its stories when a story is added; only the list's front page changes", async () => {
    const listed = (files: Map<string, Buffer>) =>
      new Map(
        [...files].filter(([name]) =>
          /^tin-tuc\/(?:trang-\d+\/)?index\.html$/.test(name),
        ),
      );
    const before = listed(site.files);
    expect([...before.keys()]).toEqual([
      "tin-tuc/index.html",
      "tin-tuc/trang-1/index.html",
      "tin-tuc/trang-2/index.html",
    ]);
    corpus.story("news", "tin-moi-nhat", {
      title: "Tin mới nhất",
      publishedAt: "2026-11-22T08:00:00+07:00",
    });
    await build(site.place);
    const after = listed(filesIn(site.place.out));
    expect(after.size).toBe(before.size);
    const changed = [...after].filter(
      ([name, bytes]) => !before.get(name)?.equals(bytes),
    );
    expect(changed.map(([name]) => name)).toEqual(["tin-tuc/index.html"]);
    expect(after.get("tin-tuc/index.html")!.toString()).toContain(
      "Tin mới nhất",
    );

    const oldest = readPage(after.get("tin-tuc/trang-1/index.html")!);
    expect(all(oldest, "article")).toHaveLength(PAGE_SIZE);
    const newest = readPage(after.get("tin-tuc/index.html")!);
    const total = 43 + 1 + 1;
    expect(all(newest, "article")).toHaveLength(total - 2 * PAGE_SIZE);
    expect(textOf(newest.document)).toContain(`${total} bài`);
  });
});

describe("the clock", () => {
  it("is Vietnam's whatever the machine says: the site is the same, and dates are right", async () => {
    const corpus = skeleton();
    // Half past six in the morning there, and still the day before in Greenwich.
    corpus.story("news", "tin-sang-som", {
      title: "Tin sáng sớm",
      publishedAt: "2026-11-20T06:30:00+07:00",
    });
    corpus.story("news", "tin-dem-khuya", {
      title: "Tin đêm khuya",
      publishedAt: "2026-11-19T23:30:00-05:00",
    });
    const outs: string[] = [];
    for (const TZ of ["America/New_York", "Asia/Ho_Chi_Minh"]) {
      const { place, pages } = await builtSite(corpus.dir, "/", { TZ });
      outs.push(place.out);
      const days = ["tin-sang-som", "tin-dem-khuya"].map((slug) =>
        attribute(
          all(pages.get(`tin-tuc/${slug}/index.html`)!, "time")[0]!,
          "datetime",
        ),
      );
      expect(days).toEqual(["2026-11-20", "2026-11-20"]);
    }
    expect(differenceBetween(outs[0]!, outs[1]!)).toBe("");
  });
});

describe("a build", () => {
  it("opens no connection to anywhere", async () => {
    const listener = path.join(temporaryFolder(), "listener.mjs");
    const LINE = "CONNECTION";
    writeFileSync(
      listener,
      `import { subscribe } from "node:diagnostics_channel";
       import net from "node:net";
       const tell = (what) => process.stderr.write("${LINE} " + what + "\\n");
       subscribe("net.client.socket", () => tell("socket"));
       subscribe("undici:request:create", ({ request }) => tell(request.origin));
       if (process.env.PROVE) net.connect(1, "127.0.0.1").on("error", () => {});`,
    );
    const env = {
      ...buildEnv(placeFor((await showcase()).dir, NOW)),
      NODE_OPTIONS: `--import=${listener}`,
    };
    const listened = await runNode(["-e", ""], { ...env, PROVE: "1" });
    expect(listened.stderr).toContain(LINE);
    const { code, stderr } = await runNode(["src/cli/build.ts"], env);
    expect(code).toBe(0);
    expect(stderr).not.toContain(LINE);
  });

  it("in several processes at once gives each its own site", async () => {
    const corpora = ["Một", "Hai", "Ba"].map((name) =>
      skeleton({ name: `Gương sáng ${name}` }),
    );
    const built = await Promise.all(
      corpora.map(({ dir }) => builtSite(dir, "/")),
    );
    built.forEach(({ files }, index) => {
      const names = ["Gương sáng Một", "Gương sáng Hai", "Gương sáng Ba"];
      const pages = [...files].filter(([name]) => isPage(name));
      expect(pages.length).toBe(
        [...built[0]!.files.keys()].filter(isPage).length,
      );
      for (const [name, bytes] of pages)
        for (const [other, site] of names.entries())
          if (other !== index)
            expect(bytes.includes(site), `${site} on ${name}`).toBe(false);
    });
  });

  long("works from another working folder", async () => {
    const place = placeFor(skeleton().dir, NOW);
    const fresh = placeFor(place.content, NOW);
    await build(fresh);
    const elsewhere = path.dirname(place.out);
    const env = {
      ...buildEnv(place),
      CONTENT_DIR: path.relative(elsewhere, place.content),
      OUT_DIR: "dist",
      CACHE_DIR: "cache",
    };
    const { code, stderr } = await runNode(
      [path.join(ROOT, "src/cli/build.ts")],
      env,
      elsewhere,
    );
    expect(code, stderr).toBe(0);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });
});
