/** What an editor is shown before publication is the page that is published. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewRoom } from "../../src/desk/preview.ts";
import { blocks, type Block } from "../../src/blocks/index.ts";
import { SAVE_DATA } from "../../src/layouts/policy.ts";
import { listFiles } from "../../src/loader/files.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { Preview } from "../../src/preview/preview.ts";
import { unsavedName } from "../../src/preview/protocol.ts";
import { addressOf, kinds } from "../../src/schema/kinds.ts";
import { jpeg, NOW, pdf, storyFolder, type Corpus } from "../support/corpus.ts";
import { story } from "../support/content.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";
import { showcase } from "../support/showcase.ts";
import {
  build,
  buildEnv,
  filesIn,
  placeFor,
  temporaryFolder,
  type BuildPlace,
} from "../support/site.ts";
import sharp from "sharp";

const BASE = "/guong-sang/";
let corpus: Corpus;
let place: BuildPlace;
let preview: Preview;

beforeAll(async () => {
  corpus = await showcase();
  corpus.story(
    "news",
    "moi-khoi",
    { title: "Tin có đủ mọi khối nội dung mà người viết có thể dùng" },
    Object.values<Block>(blocks)
      .flatMap(({ examples }) => examples.map(({ source }) => source))
      .join("\n\n"),
    {
      ...Object.fromEntries(
        await Promise.all(
          ["do-be-tong", "lop-hoc-boi", "truoc", "sau", "vuon-che"].map(
            async (name) => [`${name}.jpg`, await jpeg("teal")] as const,
          ),
        ),
      ),
      "bang-ron.png": await sharp(await jpeg("red"))
        .png()
        .toBuffer(),
      "ke-hoach.pdf": pdf("kế hoạch"),
      "du-toan-2025.xlsx": pdf("dự toán"),
    },
  );
  corpus.story("news", "ban-nhap", { status: "draft", publishedAt: undefined });
  corpus.story("news", "hen-gio", { publishedAt: "2027-01-01T08:00:00+07:00" });
  place = {
    ...placeFor(corpus.dir, NOW),
    env: { BASE_PATH: BASE, SITE_URL: "https://vidu.example" },
  };
  await build(place);
  process.env.BUILD_NOW = NOW;
  preview = new Preview(readSettings(buildEnv(place)));
}, 240_000);

afterAll(() => {
  delete process.env.BUILD_NOW;
  preview.close();
});

/** The preview of an entry as it is on the disk, or with another text. */
const show = (file: string, text = corpus.read(file), more: object = {}) =>
  preview.ask({ path: file, text, ...more });

/** The three differences there are by design: the policy, the one script, pictures for those who share. */
const comparable = (html: string): string =>
  html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace(`<script>${SAVE_DATA}</script>`, "")
    .replace(/<script type="module" src="[^"]*"><\/script>/, "")
    .replace(/<script type="application\/ld\+json">[^<]*<\/script>/, "")
    .replace(/<meta property="og:image(?::secure_url)?" [^>]*>/g, "");

const built = (address: string): string =>
  readFileSync(path.join(place.out, address, "index.html"), "utf8");

/** What stands between the tags of an element that a page has once. */
const inside = (name: string, html: string | undefined): string =>
  new RegExp(`<${name}[ >].*</${name}>`, "s").exec(html ?? "")![0];

describe("is the built page, byte for byte", () => {
  const STATES = ["tin-da-go", "tin-het-han", "ban-nhap", "hen-gio"];

  it("for every kind of entry that has a page and a body, every block, every field", async () => {
    const shown = new Set<string>();
    for (const { kind, id, file } of listFiles(corpus.dir).entries) {
      const isLike = kind === "news" && /^tin-\d+$/.test(id) && id > "tin-03";
      if (!file.endsWith(".mdx") || STATES.includes(id) || isLike) continue;
      const { html, findings } = await show(file);
      expect(html, `${file} ${JSON.stringify(findings)}`).toBeDefined();
      expect(comparable(html!), file).toBe(
        comparable(built(addressOf(kind, id)!)),
      );
      shown.add(kind);
    }
    expect([...shown].sort()).toEqual(
      Object.entries(kinds)
        .filter(([, { layout }]) => ["story", "folder"].includes(layout))
        .map(([kind]) => kind)
        .sort(),
    );
  });

  it("for what is not published yet or no longer, as if it were", async () => {
    for (const id of STATES) {
      const { html } = await show(`${storyFolder("news", id)}/index.mdx`);
      const page = readPage(html!);
      expect(all(page, "article"), id).toHaveLength(1);
    }
    const draft = `${storyFolder("news", "ban-nhap")}/index.mdx`;
    const { html } = await show(draft);
    expect(inside("article", html)).toContain("23/11/2026");
  });

  it("with pictures that only the browser has, but for their addresses", async () => {
    const file = `${storyFolder("models", "mo-hinh-day-du")}/index.mdx`;
    const { html } = await show(file, corpus.read(file), {
      pictures: {
        "truoc.jpg": { width: 1600, height: 900 },
        "lam.jpg": { width: 700, height: 900 },
        "sau.jpg": { width: 300, height: 200 },
      },
    });
    const withoutNames = (page: string) =>
      inside("main", page).replace(/_media\/[^" ]*?(?=-\d+\.)/g, "_media/");
    expect(withoutNames(html!)).toBe(
      withoutNames(built("mo-hinh/mo-hinh-day-du/")),
    );
    const sources = all(readPage(html!), "img").map(
      (image) => unsavedName(attribute(image, "src") ?? "") ?? "",
    );
    expect(new Set(sources)).toEqual(
      new Set(["truoc.jpg", "lam.jpg", "sau.jpg"]),
    );
  });

  it("for a new entry, whose files no disk has", async () => {
    const { html } = await show(
      "news/2026/tin-moi/index.mdx",
      story({}, '![Bà con họp](hop.jpg "Nguyễn Văn Thử")'),
      { pictures: { "hop.jpg": { width: 400, height: 300 } } },
    );
    expect(inside("main", html)).toContain('width="400" height="300"');
  });
});

describe("follows the text", () => {
  it("tells what is wrong by its label, and makes no page of it", async () => {
    const { html, findings } = await show(
      "news/2026/tin-moi/index.mdx",
      story({ summary: undefined }, "Chữ {một}."),
    );
    expect(html).toBeUndefined();
    expect(findings.map(({ field }) => field)).toContain("Tóm tắt");
    expect(findings.some(({ line }) => line !== undefined)).toBe(true);
  });

  it("shows the site as it was built last", async () => {
    const file = "pages/gioi-thieu/index.mdx";
    const before = await show(file);
    corpus.text("pages/du-lieu/index.mdx", {
      title: "Trang mới về dữ liệu",
      summary: "Dữ liệu của trang này lấy từ đâu, giữ ra sao.",
    });
    expect((await show(file)).html).toBe(before.html);
    await build(place);
    const { html } = await show(file);
    expect(html).not.toBe(before.html);
    expect(comparable(html!)).toBe(comparable(built("gioi-thieu/")));
  });

  it("leaves the caches of the builds as they were", async () => {
    const before = filesIn(place.cache);
    await show("news/2026/tin-moi/index.mdx", story({}, "Chữ chỉ có ở đây."));
    expect(filesIn(place.cache)).toEqual(before);
  });

  it("goes on after its process has ended", async () => {
    const file = "pages/gioi-thieu/index.mdx";
    const before = await show(file);
    preview.close();
    expect(await show(file)).toEqual(before);
  });
});

describe("runs nothing", () => {
  const nest = temporaryFolder("canary");
  const sing = (name: string) =>
    `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(path.join(nest, name))}, "ran")`;

  it.each([
    `{${sing("a")}}`,
    `import "${path.join(nest, "egg.js")}"`,
    `export const x = ${sing("b")}`,
    `<Quote who={${sing("c")}}>\nChữ.\n</Quote>`,
    `<script>alert(1)</script>`,
    `<img src=x onerror="alert(1)" />`,
    `<iframe srcdoc="<script>alert(1)</script>" />`,
    `[chữ](javascript:alert(1))`,
    `{/* a */ ${sing("d")}}`,
  ])("%s", async (body) => {
    const { html, findings } = await show(
      "news/2026/tin-xau/index.mdx",
      story({}, body),
    );
    expect(html).toBeUndefined();
    expect(findings.some(({ severity }) => severity === "error")).toBe(true);
    expect(filesIn(nest).size).toBe(0);
  });

  it("of the words of fields, whatever they look like", async () => {
    const title = `Tin </head></title><script>alert(1)</script> $& $' \${${sing("e")}} {1+1}`;
    const { html } = await show(
      "news/2026/tin-xau/index.mdx",
      story({ title, summary: title }),
    );
    const page = readPage(html!);
    expect(textOf(all(page, "h1")[0]!)).toBe(title);
    expect(all(page, "script")).toEqual([]);
    expect(filesIn(nest).size).toBe(0);
  });

  it("by the page's own policy too", async () => {
    const { html } = await show("pages/gioi-thieu/index.mdx");
    const [policy] = all(readPage(html!), "meta").filter(
      (meta) => attribute(meta, "http-equiv") === "Content-Security-Policy",
    );
    expect(attribute(policy!, "content")).toBe(
      "default-src 'none'; img-src 'self' blob:; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'",
    );
  });
});

describe("its room on the desk", () => {
  const room = () => previewRoom(preview, corpus.dir);
  const ask = (body: unknown) =>
    room().answer({
      query: new URLSearchParams(),
      bytes: Buffer.from(JSON.stringify(body)),
      type: "application/json",
      known: undefined,
      editor: () => ({
        name: "Trần Thị Ví Dụ",
        mail: "vidu@example.vn",
        role: "approver",
      }),
    });
  const path = "content/news/2026/tin-moi/index.mdx";

  it("answers with the page", async () => {
    const { body } = await ask({ path, text: story() });
    const { html } = JSON.parse(String(body)) as { html: string };
    expect(inside("h1", html)).toContain("Xóm");
  });

  it.each([
    [400, { path }],
    [400, { path, text: "a", extra: 1 }],
    [
      400,
      { path, text: "a", pictures: { "../a.jpg": { width: 1, height: 1 } } },
    ],
    [400, { path, text: "a", pictures: { "a.jpg": { width: -1, height: 1 } } }],
    [403, { path: "content/../../etc/passwd", text: "a" }],
    [403, { path: ".git/config", text: "a" }],
    [422, { path: "content/site.yaml", text: "a" }],
    [422, { path: "content/taxonomy/units/so-vi-du.yaml", text: "a" }],
    [422, { path: "content/news/2026/tin-moi/anh.jpg", text: "a" }],
  ])("refuses with %i %j", async (status, body) => {
    await expect(ask(body)).rejects.toMatchObject({ status });
  });
});
