import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkStamp } from "../../src/build/stamp.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { Corpus, NOW, jpeg, pdf, skeleton } from "../support/corpus.ts";
import { long } from "../support/long.ts";
import {
  build,
  buildEnv,
  differenceBetween,
  filesIn,
  freshBuild,
  placeFor,
  runBuild,
  startNode,
  temporaryFolder,
  type BuildPlace,
} from "../support/site.ts";

describe("what others did to the cache or the output", () => {
  let corpus: Corpus;
  let place: BuildPlace;
  let fresh: BuildPlace;

  beforeAll(async () => {
    corpus = skeleton();
    corpus.story(
      "news",
      "tin-co-anh",
      {
        title: "Tin có ảnh và tài liệu",
        cover: {
          src: "bia.jpg",
          alt: "Bà con đổ bê tông đường nội đồng",
          credit: "Tổ ảnh",
        },
        attachments: [{ title: "Số liệu", src: "so-lieu.pdf" }],
      },
      undefined,
      { "bia.jpg": await jpeg("red"), "so-lieu.pdf": pdf("số liệu") },
    );
    corpus.story("models", "mo-hinh-mot");
    place = placeFor(corpus.dir, NOW);
    await build(place);
    fresh = await freshBuild(place);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  const inOut = (name: string) => path.join(place.out, name);
  const inCache = (name: string) => path.join(place.cache, name);
  const changeJson = (
    file: string,
    change: (data: Record<string, unknown>) => void,
  ) => {
    const data = JSON.parse(readFileSync(file, "utf8")) as Record<
      string,
      unknown
    >;
    change(data);
    writeFileSync(file, JSON.stringify(data));
  };
  /** The same length and new bytes, as a careful hand would do it. */
  const overwrite = (file: string) => {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill("x", bytes.length - 20));
  };
  const onlyMedia = () => path.join("_media", readdirSync(inOut("_media"))[0]!);

  const OUTSIDE = "đã bị thay đổi từ bên ngoài: dựng lại toàn bộ";
  const BROKEN = "Bộ nhớ đệm bị hỏng: đọc lại toàn bộ nội dung";
  const UNSURE = "Không rõ lần dựng trước có trọn vẹn không";

  /** What somebody might do to the output and to what is kept of it, each to be noticed by itself. */
  const damages: [what: string, told: string, doIt: () => void][] = [
    ["a page edited by hand", OUTSIDE, () => overwrite(inOut("index.html"))],
    ["a page deleted", OUTSIDE, () => rmSync(inOut("mo-hinh/index.html"))],
    [
      "a stranger's file",
      OUTSIDE,
      () => writeFileSync(inOut("la.html"), "<p>lạ"),
    ],
    [
      "a stranger's file where a page could be",
      OUTSIDE,
      () => {
        mkdirSync(inOut("tin-tuc/la"));
        writeFileSync(inOut("tin-tuc/la/index.html"), "<p>lạ");
      },
    ],
    [
      "a published picture edited",
      OUTSIDE,
      () => overwrite(inOut(onlyMedia())),
    ],
    [
      "a published picture cut short",
      OUTSIDE,
      () => truncateSync(inOut(onlyMedia()), 9),
    ],
    [
      "a published document edited",
      OUTSIDE,
      () => {
        const [name] = [...filesIn(inOut("_files")).keys()];
        overwrite(inOut(`_files/${name}`));
      },
    ],
    [
      "everything deleted",
      OUTSIDE,
      () => rmSync(place.out, { recursive: true }),
    ],
    [
      "a stamp from another version",
      "Chương trình đã đổi từ lần dựng trước",
      () =>
        changeJson(inCache("built.json"), (data) => {
          (data.done as Record<string, unknown>).version = "phiên bản khác";
        }),
    ],
    [
      "garbage in the stamp",
      UNSURE,
      () => writeFileSync(inCache("built.json"), "]"),
    ],
  ];

  /** Does something to both folders and puts them back as they were, to the last nanosecond. */
  function andBack<T>(doIt: () => T): T {
    const folder = path.dirname(place.out);
    const kept = path.join(temporaryFolder(), "kept");
    execFileSync("cp", ["-a", folder, kept]);
    try {
      return doIt();
    } finally {
      rmSync(folder, { recursive: true });
      renameSync(kept, folder);
    }
  }

  const noticed = () =>
    checkStamp(
      readSettings({
        CONTENT_DIR: place.content,
        OUT_DIR: place.out,
        CACHE_DIR: place.cache,
      }),
    ).change?.told;

  it("nothing is noticed where nothing was done", () =>
    expect(andBack(noticed)).toBeUndefined());

  it.each(damages)("%s: noticed", (_what, told, doIt) => {
    const change = andBack(() => {
      doIt();
      return noticed();
    });
    expect(change).toContain(told);
  });

  it("all that at once: told, and built anew", async () => {
    for (const [what, told, doIt] of damages)
      if (told === OUTSIDE && what !== "everything deleted") doIt();
    const { stdout } = await build(place);
    expect(stdout).toContain(OUTSIDE);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long.each<[what: string, told: string, doIt: () => void]>([
    [
      "everything deleted",
      OUTSIDE,
      () => rmSync(place.out, { recursive: true }),
    ],
    [
      "garbage in the cache of entries",
      BROKEN,
      () => writeFileSync(inCache("entries.jsonl"), "không phải JSON"),
    ],
    [
      "the cache deleted",
      UNSURE,
      () => rmSync(place.cache, { recursive: true }),
    ],
  ])("%s: told, and built anew", async (_what, told, doIt) => {
    doIt();
    const { stdout } = await build(place);
    expect(stdout).toContain(told);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  it("says nothing of it and makes few pages when nothing was touched", async () => {
    const { stdout } = await build(place);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    const [, pages, made] = /(\d+) trang và tệp \(dựng mới (\d+)\)/.exec(
      stdout,
    )!;
    expect(Number(made)).toBeLessThan(Number(pages) / 2);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long("pages that were made from something else are made again", async () => {
    changeJson(inCache("built.json"), (data) => {
      const { pages } = data.done as { pages: Record<string, string> };
      for (const name of Object.keys(pages)) pages[name] = "khác";
    });
    const { stdout } = await build(place);
    const [, pages, made] = /(\d+) trang và tệp \(dựng mới (\d+)\)/.exec(
      stdout,
    )!;
    expect(made).toBe(pages);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long("an empty folder goes", async () => {
    mkdirSync(inOut("tin-tuc/rong/hon"), { recursive: true });
    await build(place);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long("a lost body is made again", async () => {
    rmSync(inCache("bodies"), { recursive: true });
    await build(place);
    expect(readdirSync(inCache("bodies")).length).toBeGreaterThan(0);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long(
    "a compiled body that was cut short is told when its page is made again",
    async () => {
      const before = corpus.read("site.yaml");
      corpus.write("site.yaml", before.replace("Mô hình hay", "Khẩu hiệu mới"));
      const edited = await freshBuild(place);
      const bodies = readdirSync(inCache("bodies"));
      expect(bodies.length).toBeGreaterThan(0);
      for (const name of bodies) truncateSync(inCache(`bodies/${name}`), 5);
      const { stdout } = await build(place);
      corpus.write("site.yaml", before);
      expect(stdout).toContain("Bộ nhớ đệm bị hỏng: dựng lại toàn bộ.");
      expect(differenceBetween(place.out, edited.out)).toBe("");
    },
  );

  long("pictures and pages of a foreign cache are not taken over", async () => {
    const other = skeleton();
    other.story("models", "mo-hinh-mot", { title: "Mô hình của tỉnh khác" });
    const theirs = placeFor(other.dir, NOW);
    await build(theirs);
    const mixed = { ...place, out: theirs.out, cache: theirs.cache };
    await build(mixed);
    expect(differenceBetween(mixed.out, fresh.out)).toBe("");
  });

  long(
    "another output folder for the same cache is told, and complete",
    async () => {
      const moved = { ...place, out: path.join(temporaryFolder(), "dist") };
      const { stdout } = await build(moved);
      expect(stdout).toContain(OUTSIDE);
      expect(differenceBetween(moved.out, fresh.out)).toBe("");
    },
  );

  long.each([
    ["another sub-path", { BASE_PATH: "/guong-sang" }],
    ["another public origin", { SITE_URL: "https://guongsang.example" }],
  ])("%s changes every page", async (_what, env) => {
    const changed = { ...place, env };
    await build(changed);
    const expected = await freshBuild(changed);
    expect(differenceBetween(changed.out, expected.out)).toBe("");
    await build(place);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long.each<[when: string, reached: (before: number) => boolean]>([
    [
      "before its first page",
      () =>
        !(
          "done" in
          (JSON.parse(readFileSync(inCache("built.json"), "utf8")) as object)
        ),
    ],
    [
      "while it writes pages",
      (before) => statSync(inOut("404.html")).mtimeMs !== before,
    ],
  ])("a build killed %s is told and mended", async (_when, reached) => {
    await build(place);
    const file = "site.yaml";
    const before = corpus.read(file);
    corpus.write(file, before.replace("Gương sáng Ví Dụ", "Gương sáng khác"));
    const since = statSync(inOut("404.html")).mtimeMs;
    const child = startNode(["src/cli/build.ts"], buildEnv(place));
    const ended = once(child, "close");
    while (child.exitCode === null && !reached(since))
      await new Promise((resolve) => setTimeout(resolve, 1));
    child.kill("SIGKILL");
    const [, signal] = (await ended) as [unknown, unknown];
    expect(signal, "the build was over before it could be killed").toBe(
      "SIGKILL",
    );

    corpus.write(file, before);
    const { stdout } = await build(place);
    expect(stdout).toContain(UNSURE);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });

  long(
    "a first build that was killed does not lock its own folder",
    async () => {
      const other = placeFor(corpus.dir, NOW);
      const child = startNode(["src/cli/build.ts"], buildEnv(other));
      const ended = once(child, "close");
      while (
        child.exitCode === null &&
        !existsSync(path.join(other.out, "_astro"))
      )
        await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill("SIGKILL");
      await ended;
      expect(existsSync(path.join(other.out, "index.html"))).toBe(false);
      await build(other);
      expect(differenceBetween(other.out, fresh.out)).toBe("");
    },
  );

  it("a picture that is only newer by its date is the same picture", async () => {
    const file = corpus.path("news/2026/tin-co-anh/bia.jpg");
    utimesSync(file, new Date(), new Date());
    await build(place);
    expect(differenceBetween(place.out, fresh.out)).toBe("");
  });
});

describe("an output folder that is somebody else's", () => {
  it.each([
    ["papers", { "luan-van.txt": "chữ" }],
    ["another site", { "index.html": "<title>Trang khác</title>" }],
    [
      "another site made with Astro",
      {
        "index.html": '<meta name="generator" content="Astro v7.3.5">',
        "_astro/site.css": "p {}",
      },
    ],
  ])("with %s is refused and left as it is", async (_what, files) => {
    const place = placeFor(skeleton().dir, NOW);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(place.out, name)), { recursive: true });
      writeFileSync(path.join(place.out, name), content);
    }
    const before = filesIn(place.out);
    const { code, stderr } = await runBuild(place);
    expect(code).toBe(1);
    expect(stderr).toContain(`Thư mục ${place.out} đã có tệp khác.`);
    expect(filesIn(place.out)).toEqual(before);
  });

  long("is taken when it is empty", async () => {
    const place = placeFor(skeleton().dir, NOW);
    mkdirSync(place.out, { recursive: true });
    await build(place);
    expect(existsSync(path.join(place.out, "index.html"))).toBe(true);
  });
});
