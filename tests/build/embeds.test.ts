/** The views for other people's pages, and what finds them, as they are built. */
import { createHash } from "node:crypto";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  COUNTS,
  EMBEDS,
  FORMS,
  NEWEST,
  THEMES,
  listEmbed,
  oembedOf,
  searchEmbed,
  storyEmbed,
  type Form,
  type Theme,
} from "../../src/embeds/address.ts";
import type { Oembed } from "../../src/embeds/oembed.ts";
import { SAVE_DATA } from "../../src/layouts/policy.ts";
import { NOW } from "../support/corpus.ts";
import { markupFaults } from "../support/markup.ts";
import {
  all,
  attribute,
  meta,
  readPage,
  textOf,
  type Page,
} from "../support/page.ts";
import { OFFICIAL, THEME, everything } from "../support/showcase.ts";
import { build, filesIn, isEmbed, placeFor } from "../support/site.ts";

const SITE = "https://guongsang.example";
const HEAVIEST_VIEW = 10_240;
const HEAVIEST_TEXT = 14_336;
const HOSTILE = `Xóm "Ví Dụ" </script><iframe src=x onload=alert(1)> & 'làm' đường ]]>`;

let files: Map<string, Buffer>;
let embeds: Map<string, Page>;

const has = (address: string): boolean =>
  files.has(
    address.endsWith("/") ? `${address.slice(1)}index.html` : address.slice(1),
  );

beforeAll(async () => {
  const corpus = await everything({ ...OFFICIAL, ...THEME });
  corpus.story("models", "hiem", {
    title: HOSTILE,
    summary: HOSTILE.repeat(3),
    oldAddresses: ["/mo-hinh/ten-xua/"],
  });
  const place = { ...placeFor(corpus.dir, NOW), env: { SITE_URL: SITE } };
  await build(place);
  files = filesIn(place.out);
  embeds = new Map(
    [...files]
      .filter(([name]) => isEmbed(name))
      .map(([name, bytes]) => [
        `/${name.slice(0, -"index.html".length)}`,
        readPage(bytes),
      ]),
  );
});

/** Runs a check on every view; what it gives back is listed by address. */
function onEveryView(
  check: (page: Page, address: string) => unknown[],
  wanted: (address: string) => boolean = () => true,
): void {
  const found = [...embeds]
    .filter(([address]) => wanted(address))
    .map(([address, page]) => ({ address, wrong: check(page, address) }))
    .filter(({ wrong }) => wrong.length > 0);
  expect(found).toEqual([]);
}

/** One of views that differ in a link's end or in a number. */
const isTypical = (address: string): boolean =>
  address.endsWith("/toi/") && !/\/(?:3|tin-(?!01)\d\d)\//.test(address);

const isText = (address: string): boolean =>
  address.split("/").includes(FORMS.text);

const themes = Object.keys(THEMES) as Theme[];

/** The addresses of stories: not of notices in their places. */
const storyPages = (): string[] =>
  [...files]
    .filter(([name]) =>
      /^(?:mo-hinh|dien-hinh|tin-tuc)\/[^/]+\/index\.html$/.test(name),
    )
    .filter(([, bytes]) =>
      all(readPage(bytes), "article").some((element) =>
        attribute(element, "class")?.split(" ").includes("story"),
      ),
    )
    .map(([name]) => `/${name.slice(0, -"index.html".length)}`);

/** Every list that the issue names, by the folders of their addresses. */
const LISTS =
  /^(?:mo-hinh|dien-hinh|tin-tuc|(?:phong-trao|linh-vuc|nhom|dia-ban|khen-thuong|nam|dot-thi-dua)\/[^/]+)\/index\.html$/;
const listPages = (): string[] =>
  [...files.keys()]
    .filter((name) => LISTS.test(name))
    .map((name) => `/${name.slice(0, -"index.html".length)}`);

describe("the views", () => {
  it("are there for every list, count, story, form and theme, and for nothing else", () => {
    const lists = [NEWEST, ...listPages()];
    expect(lists.length).toBeGreaterThan(15);
    const stories = storyPages();
    expect(stories.length).toBeGreaterThan(60);
    const withFigures = stories.filter((story) =>
      all(readPage(files.get(`${story.slice(1)}index.html`)!), "section").some(
        (element) => attribute(element, "class") === "results",
      ),
    );
    expect(withFigures.length).toBeGreaterThan(1);
    expect(withFigures.length).toBeLessThan(stories.length);
    const forms = (list: string[], form: Form) =>
      list.flatMap((story) =>
        themes.map((theme) => storyEmbed(story, form, theme)),
      );
    // Frames that others made at an address that a story once had, or that has gone.
    const old = ["/mo-hinh/ten-cu/", "/bai/2024/duong-xom/"];
    const gone = ["/tin-tuc/tin-da-go/", "/tin-tuc/tin-het-han/"];
    const expected = [
      ...lists.flatMap((list) =>
        COUNTS.flatMap((count) =>
          themes.map((theme) => listEmbed(list, count, theme)),
        ),
      ),
      ...themes.map(searchEmbed),
      ...forms([...stories, ...old, "/mo-hinh/ten-xua/", ...gone], "card"),
      ...forms([...stories, ...old, "/mo-hinh/ten-xua/", ...gone], "text"),
      ...forms([...withFigures, ...old, ...gone], "figures"),
    ];
    expect([...embeds.keys()].sort()).toEqual(expected.sort());
  });

  it("are no heavier than they may be, with styles and script", () => {
    const weights = new Map<string, number>();
    const weigh = (name: string): number => {
      if (!weights.has(name))
        weights.set(name, brotliCompressSync(files.get(name)!).length);
      return weights.get(name)!;
    };
    onEveryView((page, address) => {
      const loaded = [
        ...all(page, "link")
          .filter((element) => attribute(element, "rel") === "stylesheet")
          .map((element) => attribute(element, "href")),
        ...all(page, "script").map((element) => attribute(element, "src")),
      ].flatMap((found) => (found ? [found.slice(1)] : []));
      expect(loaded.length).toBeGreaterThan(1);
      const weight = [`${address.slice(1)}index.html`, ...loaded]
        .map(weigh)
        .reduce((a, b) => a + b);
      return weight <= (isText(address) ? HEAVIEST_TEXT : HEAVIEST_VIEW)
        ? []
        : [`${weight} bytes`];
    }, isTypical);
  });

  it("say where they are from, whose page they stand for, and that no engine is to list them", () =>
    onEveryView((page, address) => {
      const canonical = all(page, "link").find(
        (element) => attribute(element, "rel") === "canonical",
      );
      const path = attribute(canonical!, "href")!;
      const [foot] = all(page, "footer");
      const words = textOf(foot!);
      return [
        ...(meta(page, "robots") === "noindex" ? [] : ["no noindex"]),
        ...(path.startsWith(SITE) && has(path.slice(SITE.length))
          ? []
          : [path]),
        ...(words.includes("Gương sáng Ví Dụ") ? [] : ["no name"]),
        ...(words.includes(
          address.startsWith(searchEmbed()) ? `${SITE}/` : path,
        )
          ? []
          : [words]),
        ...(words.includes("Trang chính thức của Ban Thi đua tỉnh Ví Dụ")
          ? []
          : [words]),
      ];
    }));

  it("lead to pages in new windows, and inside the frame to views of the same theme", () =>
    onEveryView((page, address) => {
      const theme = attribute(all(page, "html")[0]!, "data-theme") ?? "";
      const base = all(page, "base").map((element) =>
        attribute(element, "target"),
      );
      expect(base).toEqual(["_blank"]);
      return all(page, "a").flatMap((link) => {
        const href = attribute(link, "href") ?? "";
        if (attribute(link, "target") === "_self") {
          if (href.startsWith("#")) return [];
          return embeds.has(href) &&
            (theme
              ? href.endsWith(`/${theme}/`)
              : !/\/(?:sang|toi)\/$/.test(href))
            ? []
            : [`${href} in ${address}`];
        }
        return href.startsWith(EMBEDS) || href.startsWith("#") ? [href] : [];
      });
    }));

  it("have a way to every story of a list that needs no new window", () => {
    const page = embeds.get(listEmbed("/tin-tuc/", 12, "dark"))!;
    const hrefs = all(page, "a").map((link) => attribute(link, "href")!);
    const stories = hrefs.filter((href) => /^\/tin-tuc\/./.test(href));
    expect(stories).toHaveLength(12);
    for (const story of stories)
      expect(hrefs).toContain(storyEmbed(story, "text", "dark"));
  });

  it("hold no code but what their policy names, and no address of other hosts but as links", () => {
    const digest = createHash("sha256").update(SAVE_DATA).digest("base64");
    onEveryView((page) => {
      const policy = all(page, "meta").find(
        (element) =>
          attribute(element, "http-equiv") === "Content-Security-Policy",
      );
      const rule = attribute(policy!, "content")!;
      return [
        ...(rule.includes(`'sha256-${digest}'`) ? [] : ["not in the policy"]),
        ...(/unsafe/.test(rule) ? [rule] : []),
        ...page.errors.map(({ code }) => code),
        ...page.elements.flatMap(({ tagName, attrs }) =>
          attrs
            .filter(
              ({ name, value }) =>
                name === "style" ||
                name.startsWith("on") ||
                (name === "src" && !/^\/(?!\/)/.test(value)),
            )
            .map(({ name, value }) => `<${tagName} ${name}=${value}>`),
        ),
      ];
    });
  });

  it("are valid HTML", () =>
    onEveryView(({ html }) => markupFaults(html), isTypical));

  it("have the colours that their address names, and those of the site", () => {
    const { light, dark } = THEME.theme as Record<
      "light" | "dark",
      { paper: string }
    >;
    const styleOf = (theme: Theme) =>
      textOf(all(embeds.get(searchEmbed(theme))!, "style")[0]!);
    expect(styleOf("light")).toContain(light.paper);
    expect(styleOf("light")).not.toContain(dark.paper);
    expect(styleOf("dark")).toContain(dark.paper);
    expect(styleOf("dark")).not.toContain(light.paper);
    expect(styleOf("auto")).toContain("prefers-color-scheme:dark");
  });

  it("show hostile words as words", () => {
    const page = embeds.get(storyEmbed("/mo-hinh/hiem/", "text"))!;
    expect(textOf(all(page, "h1")[0]!)).toBe(HOSTILE);
    expect(all(page, "iframe")).toEqual([]);
  });

  it("of a story that is gone say so, and nothing of it is in any", () => {
    const address = storyEmbed("/tin-tuc/tin-da-go/", "text");
    expect(textOf(all(embeds.get(address)!, "main")[0]!)).toContain(
      "Bài viết ở địa chỉ này đã được gỡ ngày 10/11/2026.",
    );
    const telling = [...files]
      .filter(
        ([name]) => name.startsWith("nhung/") || name.startsWith("oembed/"),
      )
      .filter(([, bytes]) => /Tin (?:đã gỡ|hết hạn)/.test(bytes.toString()))
      .map(([name]) => name);
    expect(telling).toEqual([]);
  });
});

describe("the scripts for other people's pages", () => {
  it("weigh next to nothing", () => {
    const weight = (name: string) =>
      gzipSync(files.get(`nhung/${name}`)!, { level: 9 }).length;
    expect(weight("nhung.js")).toBeLessThan(1024);
    expect(weight("guong-sang.js")).toBeLessThan(4096);
  });
});

describe("oEmbed", () => {
  const answers = () =>
    [...files]
      .filter(([name]) => name.startsWith("oembed/"))
      .map(([name, bytes]) => ({
        name: `/${name}`,
        answer: JSON.parse(bytes.toString()) as Oembed,
      }));

  it("answers for the front page, every list and every story, and for nothing else", () => {
    const expected = ["/", ...listPages(), ...storyPages()].map(oembedOf);
    expect(
      answers()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(expected.sort());
  });

  it("says what WordPress reads, in the form that it keeps", () => {
    for (const { name, answer } of answers()) {
      expect(answer).toMatchObject({ version: "1.0", type: "rich" });
      expect(answer.provider_name).toBe("Guong sang Vi Du");
      expect(answer.provider_url).toBe(`${SITE}/`);
      expect(answer.title).not.toBe("");
      const picture = answer.thumbnail_url.slice(SITE.length);
      expect(has(picture), picture).toBe(true);
      const page = readPage(`<!doctype html><title>a</title>${answer.html}`);
      const [quote, link, frame] = all(page, "blockquote", "a", "iframe");
      expect(all(page, "body", "blockquote", "a", "iframe", "script")).toEqual([
        all(page, "body")[0],
        quote,
        link,
        frame,
      ]);
      expect(attribute(quote!, "class")).toBe("wp-embedded-content");
      expect(has(attribute(link!, "href")!.slice(SITE.length)), name).toBe(
        true,
      );
      expect(textOf(link!)).toBe(answer.title.replace(/\s+/g, " "));
      expect(attribute(frame!, "sandbox")).toBe("allow-scripts");
      expect(attribute(frame!, "title")).toBe(answer.title);
      const src = attribute(frame!, "src")!.slice(SITE.length);
      expect(embeds.has(src), src).toBe(true);
      expect(attribute(frame!, "height")).toBe(String(answer.height));
    }
  });
});
