import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  DRESSES,
  SANDBOX,
  codesFor,
  frame,
  htmlCard,
  type Card,
  type Choice,
} from "../../src/embeds/snippets.ts";
import { contrast } from "../../src/styles/contrast.ts";
import {
  liferay,
  nukeViet,
  nukeVietSavedAgain,
  wordPress,
} from "../support/hosts.ts";
import { markupFaults } from "../support/markup.ts";
import { attribute, readPage, textOf } from "../support/page.ts";
import { ROOT } from "../support/site.ts";

const SITE = "https://guongsang.vidu.example";

/** What editors may write, and what they should not. */
const HOSTILE = `Tổ "Ấ Ẫ" <script>alert('1')</script> & ]]> [b]đậm[/b]\n#abc #fff\u0000 javascript:1`;

const card = (words: string): Card => ({
  title: words,
  href: `${SITE}/mo-hinh/`,
  note: words,
  summary: words,
  picture: { src: `${SITE}/_media/a.png`, alt: words },
  stories: [
    { href: `${SITE}/mo-hinh/mot/`, title: words, note: words },
    { href: `${SITE}/mo-hinh/hai/`, title: "Hai" },
  ],
  source: { name: words, href: `${SITE}/` },
});

const choice = (words: string): Choice => ({
  view: `${SITE}/nhung/mo-hinh/?mau=a3161b`,
  page: `${SITE}/mo-hinh/`,
  title: words,
  height: { wide: 700, phone: 900 },
  card: card(words),
  dress: DRESSES.light,
  attributes: { src: `${SITE}/mo-hinh/`, so: "3" },
  resizeScript: `${SITE}/nhung/nhung.js`,
  elementScript: `${SITE}/nhung/guong-sang.js`,
});

const PLAIN = "Xóm Ví Dụ làm đường";
const codes = codesFor(choice(PLAIN));
const hostile = codesFor(choice(HOSTILE));

const inBody = (html: string) =>
  readPage(
    `<!DOCTYPE html><html lang="vi"><head><title>Cổng</title></head><body>${html}</body></html>`,
  );
const elements = (html: string) => inBody(html).elements.slice(4);
const links = (html: string) =>
  elements(html)
    .filter(({ tagName }) => tagName === "a")
    .map((element) => attribute(element, "href"));

describe("every code", () => {
  const PAIRS = Object.entries({ ...hostile }).filter(
    ([name]) => !["page", "view", "properties"].includes(name),
  );

  it.each(PAIRS)("%s stands on one line, quoted twice", (_name, code) => {
    expect(code).not.toMatch(/[\n\r\t]/);
    expect(code.replace(/="[^"]*"/g, "")).not.toMatch(/["']/);
  });

  it.each(PAIRS)("%s is valid HTML", (name, code) => {
    const faults = markupFaults(
      `<!DOCTYPE html><html lang="vi"><head><title>Cổng</title></head><body>${code}</body></html>`,
    ).filter(
      // A width in percent and no border are said twice for pages that let no style through.
      (fault) =>
        !/^(?:no-inline-style|long-title)|"100%"|"frameborder"/.test(fault),
    );
    expect(faults, name).toEqual([]);
  });

  it.each(PAIRS)(
    "%s lets no words of a story out of their place",
    (_n, code) => {
      const tags = elements(code).map(({ tagName }) => tagName);
      expect(tags.filter((tag) => tag === "b")).toEqual([]);
      for (const element of elements(code)) {
        expect(
          element.attrs.filter(({ name }) => name.startsWith("on")),
        ).toEqual([]);
        if (element.tagName === "script")
          expect(attribute(element, "src")).toMatch(/^https:\/\/guongsang/);
      }
      expect(inBody(code).errors).toEqual([]);
    },
  );
});

describe("the card", () => {
  it("says what it is given", () => {
    expect(links(codes.card)).toEqual([
      `${SITE}/mo-hinh/`,
      `${SITE}/mo-hinh/mot/`,
      `${SITE}/mo-hinh/hai/`,
      `${SITE}/`,
    ]);
    const tags = elements(hostile.pictureCard).map(({ tagName }) => tagName);
    expect(tags).toContain("img");
    expect(tags).not.toContain("script");
    const words = textOf(inBody(hostile.card).document);
    expect(words).toContain(
      `Tổ "Ấ Ẫ" <script>alert('1')</script> & ]]> [b]đậm`,
    );
  });

  it("leads nowhere but to the web", () => {
    const made = htmlCard({
      ...card(PLAIN),
      href: "javascript:alert(1)",
      picture: { src: "data:image/svg+xml,<svg>", alt: "" },
    });
    expect(made).not.toMatch(/javascript|data:/);
    expect(made).toContain(PLAIN);
  });

  it("has no style or element that a filter takes", () => {
    for (const code of [codes.card, codes.pictureCard]) {
      expect(code).not.toMatch(
        /display|flex|position|aspect|shadow|rgb\(|<figure/,
      );
      for (const [colour] of code.matchAll(/#[0-9a-f]+/g))
        expect(colour).toHaveLength(7);
    }
  });

  it.each(["card", "pictureCard"] as const)(
    "%s comes through WordPress letter by letter",
    (name) => {
      for (const made of [codes, hostile])
        expect(wordPress(made[name])).toBe(made[name]);
    },
  );

  it("comes through NukeViet with its colours written otherwise, and nothing else", () => {
    for (const { card: code } of [codes, hostile]) {
      const kept = nukeViet(code);
      const asBefore = kept.replace(
        /rgb\((\d+), (\d+), (\d+)\);/g,
        (_whole, ...parts: string[]) =>
          `#${parts
            .slice(0, 3)
            .map((part) => Number(part).toString(16).padStart(2, "0"))
            .join("")};`,
      );
      const written = (html: string) => html.replace(/;(?=")|;(?=;)/g, "");
      expect(written(asBefore)).toBe(written(code));
      expect(nukeViet(kept), "saved again").toBe(kept);
    }
  });

  it("has the site's own colours, in which everything can be read", () => {
    const css = readFileSync(path.join(ROOT, "src/styles/tokens.css"), "utf8");
    for (const [at, dress] of Object.values(DRESSES).entries())
      for (const [name, colour] of Object.entries(dress)) {
        const named = [
          ...css.matchAll(new RegExp(`--color-${name}: (#\\w+)`, "g")),
        ];
        expect(named[at]![1], name).toBe(colour);
        if (name !== "paper" && name !== "line")
          expect(contrast(colour, dress.paper)).toBeGreaterThanOrEqual(4.5);
      }
  });
});

describe("the frame", () => {
  const HOST = new URL(SITE).hostname;

  it("comes through NukeViet whole where its host is trusted", () => {
    expect(nukeViet(codes.frame, [HOST])).toBe(codes.frame);
    expect(nukeViet(codes.scripted, [HOST])).toBe(codes.frame);
  });

  it("loses its address there where it is not", () => {
    const [kept] = elements(nukeViet(codes.frame, [`www.${HOST}`]));
    expect(kept!.tagName).toBe("iframe");
    expect(attribute(kept!, "src")).toBeUndefined();
  });

  it("may open no window there once it is saved again", () => {
    const [kept] = elements(nukeVietSavedAgain(nukeViet(codes.frame, [HOST])));
    expect(attribute(kept!, "sandbox")).not.toContain("popups");
    expect(attribute(kept!, "src")).toContain(SITE);
  });

  it("has its parameters where no filter sees a colour", () => {
    const [made] = elements(codes.frame);
    const { hash, searchParams } = new URL(attribute(made!, "src")!);
    expect(hash).toBe("");
    expect(searchParams.get("mau")).toBe("a3161b");
    expect(attribute(made!, "sandbox")).toBe(SANDBOX);
  });

  it("is gone from what an author writes in WordPress", () => {
    expect(wordPress(codes.scripted)).toBe("");
  });

  it("has one height on a phone and another above, whichever is higher", () => {
    const rule = (wide: number, phone: number) =>
      /height:([^"]+)"/.exec(
        frame({ src: SITE, title: "a", height: { wide, phone } }),
      )![1];
    expect(rule(500, 500)).toBe("500px");
    expect(rule(400, 700)).toBe("clamp(400px,(560px - 100vw)*9999,700px)");
    expect(rule(700, 400)).toBe("clamp(400px,(100vw - 560px)*9999,700px)");
  });
});

describe("the element", () => {
  it.each([
    ["WordPress", wordPress],
    ["NukeViet", (html: string) => nukeViet(html, [])],
  ] as const)("leaves its link where %s takes it away", (_name, filter) => {
    const kept = filter(codes.element);
    expect(elements(kept).map(({ tagName }) => tagName)).not.toContain(
      "guong-sang",
    );
    expect(links(kept)).toEqual([`${SITE}/mo-hinh/`]);
  });
});

it("Liferay's administrator decides what a frame may do", () => {
  const flags = (html: string) => attribute(elements(html)[0]!, "sandbox");
  expect(flags(liferay(codes.frame))).toBe("");
  expect(flags(liferay(codes.frame, SANDBOX))).toBe(SANDBOX);
});

describe("the filters themselves", () => {
  // What was seen in the systems (docs/embedding.md).
  it("of NukeViet", () => {
    expect(nukeViet('<p style="color:#a33">a</p>')).toBe(
      '<p style="color:rgb(10, 3, 3);">a</p>',
    );
    expect(nukeViet('<iframe\n src="https://a.example"></iframe>')).toBe(
      "</iframe>",
    );
    expect(nukeViet("<svg><title>a</title></svg><x-y>b</x-y>")).toBe("ab");
    expect(
      nukeViet('<iframe src="https://a.example/#dad"></iframe>', ["a.example"]),
    ).toBe('<iframe src="https://a.example/rgb(13, 10, 13);"></iframe>');
    expect(nukeViet('<p onclick="a()" class="b">"c"</p>')).toBe(
      '<p class="b">&quot;c&quot;</p>',
    );
  });
  it("of WordPress", () => {
    expect(
      wordPress(
        '<div style="display:flex;color:rgb(1, 2, 3);width:calc(1px + 2px);margin:0" srcset="a">a</div>',
      ),
    ).toBe('<div style="width:calc(1px + 2px);margin:0">a</div>');
    expect(wordPress("<p>&#39; & &quot; &amp;</p>")).toBe(
      "<p>&#039; &amp; &quot; &amp;</p>",
    );
    expect(
      wordPress('<guong-sang src="a"><a href="b">c</a></guong-sang>'),
    ).toBe('<a href="b">c</a>');
  });
});
