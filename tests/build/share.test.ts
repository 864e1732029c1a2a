import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { EARLIER, NOW, skeleton, type Corpus } from "../support/corpus.ts";
import { long } from "../support/long.ts";
import { all, attribute, readPage, type Page } from "../support/page.ts";
import { OFFICIAL } from "../support/showcase.ts";
import {
  build,
  buildEnv,
  differenceBetween,
  filesIn,
  freshBuild,
  placeFor,
  startNode,
  type BuildPlace,
} from "../support/site.ts";

const SITE = "https://guongsang.example";
const BASE = "/vi-du/";
const env = { SITE_URL: SITE, BASE_PATH: BASE };

const OUT = {
  "mo-hinh/mo-hinh-mot": "Mô hình thứ nhất của xóm Ví Dụ về việc làm đường",
  "dien-hinh/chi-vi-du": "Chị Ví Dụ mười năm dạy bà con dùng máy tính",
  "tin-tuc/tin-mot": "Tin thứ nhất của xóm Ví Dụ",
};

function corpusOfStates(): Corpus {
  const corpus = skeleton();
  const title = (address: keyof typeof OUT) => ({ title: OUT[address] });
  corpus.story("models", "mo-hinh-mot", {
    ...title("mo-hinh/mo-hinh-mot"),
    communes: ["ban-mai", "doi-che", "song-cau"],
  });
  corpus.story("role-models", "chi-vi-du", title("dien-hinh/chi-vi-du"));
  corpus.story("news", "tin-mot", title("tin-tuc/tin-mot"));
  corpus.story("news", "da-go", {
    status: "withdrawn",
    withdrawal: { at: EARLIER, reason: "Theo đề nghị." },
  });
  corpus.story("news", "het-han", {
    publishedAt: "2026-10-01T08:00:00+07:00",
    expiresAt: EARLIER,
  });
  corpus.story("news", "hen-gio", { publishedAt: "2026-12-01T08:00:00+07:00" });
  corpus.story("news", "ban-nhap", { status: "draft" });
  return corpus;
}

const property = (page: Page, name: string): string | undefined => {
  const found = all(page, "meta").find(
    (element) =>
      attribute(element, "property") === name ||
      attribute(element, "name") === name,
  );
  return found && attribute(found, "content");
};

const shareOf = (page: Page): string | undefined => property(page, "og:image");

/** The pages of a built site by name, without those that only send elsewhere. */
const pagesOf = (files: Map<string, Buffer>): Map<string, Page> =>
  new Map(
    [...files]
      .filter(([name]) => name.endsWith(".html"))
      .map(([name, bytes]) => [name, readPage(bytes)]),
  );

const drawnIn = (files: Map<string, Buffer>): string[] =>
  [...files.keys()].filter((name) => name.endsWith(".png"));

let corpus: Corpus;
let place: BuildPlace;
let files: Map<string, Buffer>;
let pages: Map<string, Page>;

beforeAll(async () => {
  corpus = corpusOfStates();
  place = { ...placeFor(corpus.dir, NOW), drawsItself: true, env };
  await build(place);
  files = filesIn(place.out);
  pages = pagesOf(files);
});

/** The file behind the address that a page names. */
const fileOf = (address: string): string =>
  address.slice(`${SITE}${BASE}`.length);

describe("a share picture", () => {
  it("stands for each story, each with one of its own", () => {
    const addresses = Object.keys(OUT).map((name) =>
      shareOf(pages.get(`${name}/index.html`)!)!,
    );
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses)
      expect(address).toMatch(
        /^https:\/\/guongsang\.example\/vi-du\/_media\/[0-9a-f]{32}\.png$/,
      );
  });

  it("is told in words, and how large it is", () => {
    for (const [name, title] of Object.entries(OUT)) {
      const page = pages.get(`${name}/index.html`)!;
      expect(property(page, "og:image:alt")).toContain(title);
      expect(property(page, "og:image:width")).toBe("1200");
      expect(property(page, "og:image:height")).toBe("630");
      expect(property(page, "twitter:card")).toBe("summary_large_image");
    }
  });

  it("is there as a PNG of 1200 × 630, wherever a page names one", async () => {
    const named = new Set(
      [...pages.values()].flatMap((page) => shareOf(page) ?? []),
    );
    expect(named.size).toBe(Object.keys(OUT).length + 2);
    for (const address of named) {
      const bytes = files.get(fileOf(address));
      expect(bytes, address).toBeDefined();
      expect(await sharp(bytes).metadata()).toMatchObject({
        format: "png",
        width: 1200,
        height: 630,
      });
      expect(bytes!.length).toBeLessThan(60_000);
    }
  });

  it("is nobody's who is not out: no more are there than are named", () => {
    const named = new Set(
      [...pages.values()].flatMap((page) => shareOf(page) ?? []),
    );
    expect(drawnIn(files).sort()).toEqual([...named].map(fileOf).sort());
    // Not even in the cache.
    const cached = readdirSync(path.join(place.cache, "media")).filter((name) =>
      name.endsWith(".png"),
    );
    expect(cached).toHaveLength(named.size);
  });

  it("is the site's on every other page, and the campaign's on its own", () => {
    const site = shareOf(pages.get("index.html")!);
    for (const name of [
      "mo-hinh/index.html",
      "gioi-thieu/index.html",
      "dia-ban/ban-mai/index.html",
    ])
      expect(shareOf(pages.get(name)!), name).toBe(site);
    const campaign = shareOf(pages.get("dot-thi-dua/dot-vi-du/index.html")!);
    expect(campaign).toBeDefined();
    expect(campaign).not.toBe(site);
  });
});

it("the page of samples is for development alone", () => {
  expect([...files.keys()].filter((name) => name.includes("hoa-van"))).toEqual(
    [],
  );
});

long(
  "after edits only what changed is drawn, what is withdrawn is gone, and all equals a fresh build",
  async () => {
    const drawnAt = () =>
      new Map(
        drawnIn(filesIn(place.out)).map((name) => [
          name,
          statSync(path.join(place.out, name)).mtimeMs,
        ]),
      );
    const before = drawnAt();
    const edit = (file: string, old: string, now: string) => {
      const text = corpus.read(file);
      expect(text).toContain(old);
      corpus.write(file, text.replace(old, now));
      return () => corpus.write(file, text);
    };
    const undo = [
      edit(
        "news/2026/tin-mot/index.mdx",
        OUT["tin-tuc/tin-mot"],
        "Tin nay có tên khác",
      ),
      edit(
        "models/2026/mo-hinh-mot/index.mdx",
        'status: "published"',
        `status: withdrawn\nwithdrawal: { at: "${EARLIER}", reason: "Theo đề nghị." }`,
      ),
    ];
    await build(place);
    const after = drawnAt();
    const changed = Object.keys(OUT)
      .filter((name) => !name.startsWith("dien-hinh"))
      .map((name) => fileOf(shareOf(pages.get(`${name}/index.html`)!)!));
    for (const name of changed) expect([...after.keys()]).not.toContain(name);
    const kept = [...before].filter(([name]) => !changed.includes(name));
    for (const [name, time] of kept) expect(after.get(name)).toBe(time);
    expect(after.size).toBe(kept.length + 1);
    const fresh = await freshBuild(place);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
    for (const back of undo) back();
  },
);

long(
  "an official site, or another name, gives every picture anew",
  async () => {
    const before = corpus.read("site.yaml");
    const official = skeleton(OFFICIAL).read("site.yaml");
    corpus.write("site.yaml", official);
    await build(place);
    const now = drawnIn(filesIn(place.out));
    expect(now).toHaveLength(drawnIn(files).length);
    for (const name of now) expect(files.has(name)).toBe(false);
    corpus.write("site.yaml", before);
  },
);

long("ONLY_PAGES makes the same pages and draws nothing", async () => {
  const quick = {
    ...placeFor(corpus.dir, NOW),
    drawsItself: true,
    env: { ...env, ONLY_PAGES: "1" },
  };
  await build(quick);
  const made = filesIn(quick.out);
  expect(drawnIn(made)).toEqual([]);
  expect(existsSync(path.join(quick.cache, "media"))).toBe(false);
  expect(made.get("index.html")).toEqual(files.get("index.html"));
  expect(made.get("tin-tuc/tin-mot/index.html")).toEqual(
    files.get("tin-tuc/tin-mot/index.html"),
  );
});

long(
  "a build killed while it draws leaves no broken picture behind",
  async () => {
    const killed = { ...placeFor(corpus.dir, NOW), drawsItself: true, env };
    const media = path.join(killed.cache, "media");
    const child = startNode(["src/cli/build.ts"], buildEnv(killed));
    const ended = once(child, "close");
    while (child.exitCode === null && !existsSync(media))
      await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill("SIGKILL");
    const [, signal] = (await ended) as [unknown, unknown];
    expect(signal, "the build was over before it could be killed").toBe(
      "SIGKILL",
    );
    for (const name of readdirSync(media).filter((one) => one.endsWith(".png")))
      expect((await sharp(path.join(media, name)).metadata()).width).toBe(1200);
    await build(killed);
    expect(filesIn(killed.out)).toEqual(files);
  },
);

long(
  "letters that the fonts lack are told, and the rest goes out",
  async () => {
    const foreign = skeleton();
    foreign.story("news", "tin-la", {
      title: "Đoàn khách 漢 đến xóm Ví Dụ xem đường",
    });
    const { stdout } = await build({
      ...placeFor(foreign.dir, NOW),
      drawsItself: true,
      env,
    });
    expect(stdout).toContain(
      "Ảnh chia sẻ của «Đoàn khách 漢 đến xóm Ví Dụ xem đường» để trống «漢»: phông chữ của trang không có.",
    );
  },
);
