import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Status } from "../../src/desk/publisher.ts";
import { Publisher } from "../../src/desk/publisher.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { noteState } from "../../src/release/place.ts";
import { point } from "../../src/release/switch.ts";
import { Editor, Place, text } from "../desk/place.ts";
import { skeleton } from "../support/corpus.ts";
import { long } from "../support/long.ts";
import { randomFrom } from "./editing.ts";
import { freePort, get, Started } from "../support/running.ts";
import {
  buildEnv,
  filesIn,
  isPage,
  placeFor,
  ROOT,
  temporaryFolder,
} from "../support/site.ts";

/** `npm start` over a repository. */
async function serve(place: Place, built = placeFor(place.contentDir)) {
  const port = await freePort();
  const env = { ...buildEnv(built), PORT: String(port) };
  const started = new Started("src/cli/start.ts", env);
  await started.says("Trang đang chạy ở");
  const status = async (): Promise<Status> =>
    JSON.parse((await get(port, "/admin/api/status")).body) as Status;
  return {
    port,
    started,
    built,
    status,
    editor: new Editor(`http://localhost:${port}`),
    /** Waits until the site is as it should be. */
    async until(isSo: (status: Status) => unknown): Promise<Status> {
      for (;;) {
        const now = await status();
        if (isSo(now)) return now;
        await pause(100);
      }
    },
  };
}

/** How often the program is killed while it publishes: a handful; `KILLS=50` by hand. */
const KILLS = Number(process.env.KILLS ?? 3);

const isDone = ({ state, behind }: Status) => state === "idle" && behind === 0;
const useWorkflow = false;
const iso = (moment: number) => new Date(moment).toISOString();

it("publishes what an editor publishes, holds back what is wrong and says why, and follows every other way", async () => {
  const place = new Place("content", skeleton().dir);
  const { port, started, editor, status, until } = await serve(place);
  expect(started.output).toContain(
    `Bàn biên tập ở http://localhost:${port}/admin/`,
  );
  expect(await status()).toMatchObject({
    state: "idle",
    behind: 0,
    waiting: 0,
    held: [],
    drafts: { draft: 0, pending_review: 0, pending_publish: 0 },
  });

  // Through the workflow to readers; pages and the search's index change whole.
  await editor.save("moi", text("Bài mới của bà Đào"));
  expect((await status()).drafts).toMatchObject({ draft: 1 });
  await editor.draft("unpublishedEntry", "moi");
  expect((await editor.publish("moi")).json).toEqual({ message: "ok" });
  const before = (await get(port, "/tin-tuc/")).body;
  expect(before).toContain("</html>");
  await until(isDone);
  expect((await get(port, "/tin-tuc/moi/")).body).toContain(
    "Bài mới của bà Đào",
  );
  expect((await get(port, "/tin-tuc/")).body).toContain("Bài mới của bà Đào");

  // By others' hands: a bad entry and a good one. The good one is out, the other is held back with its reason.
  place.put(
    "news/2026/hong/index.mdx",
    text("Bài hỏng", { summary: undefined }),
  );
  place.put("news/2026/tot/index.mdx", text("Bài tốt"));
  place.git("add", "-A");
  place.git("commit", "-qm", "Từ nơi khác");
  const { held } = await until((now) => now.held.length > 0 && isDone(now));
  expect(held).toEqual([
    {
      file: "news/2026/hong/index.mdx",
      kind: "news",
      title: "Bài hỏng",
      problems: [expect.objectContaining({ field: "Tóm tắt" })],
    },
  ]);
  expect((await get(port, "/tin-tuc/tot/")).status).toBe(200);
  expect((await get(port, "/tin-tuc/hong/")).status).toBe(404);

  // At its moment.
  const at = Date.now() + 12_000;
  await editor.save("hen", text("Hẹn", { publishedAt: iso(at) }), {
    useWorkflow,
  });
  const { next } = await until((now) => now.next?.what.includes("Hẹn"));
  expect(next).toEqual({
    at: iso(at),
    file: "news/2026/hen/index.mdx",
    what: "Đăng tin «Hẹn»",
  });
  expect((await get(port, "/tin-tuc/hen/")).status).toBe(404);
  await until((now) => isDone(now) && !now.next?.what.includes("Hẹn"));
  expect((await get(port, "/tin-tuc/hen/")).status).toBe(200);
  expect(Date.now()).toBeGreaterThanOrEqual(at);

  // And when a story ceases to be news, which changes what engines are told and no story.
  const end = Date.now() + 20_000;
  const since = iso(end - 2 * 24 * 60 * 60 * 1000);
  await editor.save("cu", text("Sắp cũ", { publishedAt: since }), {
    useWorkflow,
  });
  const isNews = async () =>
    (await get(port, "/news-sitemap.xml")).body.includes("/tin-tuc/cu/");
  await until(isDone);
  expect((await get(port, "/tin-tuc/cu/")).status).toBe(200);
  while (Date.now() < end || (await isNews())) await pause(100);
  expect((await get(port, "/tin-tuc/cu/")).status).toBe(200);
});

/** Every served page is there to its last letter, and so is every file that one asks for. */
function expectWhole(out: string): void {
  const files = filesIn(out);
  for (const [name, bytes] of files) {
    if (!isPage(name) || path.basename(name).startsWith(".")) continue;
    expect(bytes.toString(), name).toMatch(/<\/html>\s*$/);
    const asked = bytes.toString().matchAll(/(?:src|href)="\/(_[^"?#]+)"/g);
    for (const [, file = ""] of asked)
      expect(files.has(file), `${file}, asked for by ${name}`).toBe(true);
  }
}

long(
  "killed at random moments with all it runs, it heals at the next start and publishes",
  async () => {
    const place = new Place("content", skeleton().dir);
    const built = placeFor(place.contentDir);
    const kept: string[] = [];
    const next = randomFrom(7);
    let whileBuilding = 0;
    for (let round = 0; round < KILLS; round++) {
      const { editor, started, status } = await serve(place, built);
      const writing = (async () => {
        for (let step = 0; ; step++) {
          const slug = `bai-${round}-${step}`;
          const { status } = await editor.save(slug, text(slug), {
            useWorkflow,
          });
          if (status === 200) kept.push(slug);
        }
      })().catch(() => {});
      await pause(500 + next() * 5000);
      if ((await status()).state === "building") whileBuilding++;
      await started.stop("SIGKILL");
      await writing;
      expectWhole(built.out);
      place.git("fsck", "--strict");
    }
    expect(whileBuilding).toBeGreaterThan(0);
    const { port, until, started } = await serve(place, built);
    await until(isDone);
    expectWhole(built.out);
    expect(place.status()).toBe("");
    // How many depends on the machine.
    expect(kept.length).toBeGreaterThan(0);
    for (const slug of kept)
      expect((await get(port, `/tin-tuc/${slug}/`)).status, slug).toBe(200);
    expect(
      filesIn(built.out)
        .keys()
        .some((name) => name.includes(".part")),
    ).toBe(false);
    expect(await started.stop("SIGINT")).toBe(0);
  },
  3_000_000,
);

it("a build that fails, dies or hangs leaves the site up, is told, and is tried again", async () => {
  const folder = temporaryFolder("builds");
  const program = path.join(folder, "build.mjs");
  const mode = path.join(folder, "mode");
  writeFileSync(
    program,
    `import { readFileSync } from "node:fs";
     const modeNow = () => readFileSync(${JSON.stringify(mode)}, "utf8");
     const started = modeNow();
     process.once("disconnect", () => process.exit(1));
     process.once("message", () => {
       const mode = modeNow();
       if (mode === "dies") process.exit(3);
       if (mode === "hangs") for (;;);
       const outcome = mode === "newer" && started !== "newer" ? "outdated"
         : mode === "fails" ? { failure: "Không dựng được trang: thử" }
         : { result: { built: true, content: { held: [], problems: [] } } };
       process.send({ outcome }, () => process.exit(0));
     });`,
  );
  const content = skeleton();
  const built = placeFor(content.dir);
  const settings = readSettings(buildEnv(built), ROOT);
  let ended = 0;
  const publisher = new Publisher({
    settings,
    program,
    patienceMs: 1500,
    ended: () => ended++,
  });
  writeFileSync(mode, "good");
  await publisher.start();
  const { builtAt } = publisher.status();
  expect(publisher.status()).toMatchObject({ state: "idle", held: [] });
  for (const [how, message] of [
    ["fails", "Không dựng được trang: thử"],
    ["dies", "tắt giữa chừng"],
    ["hangs", "đứng yên"],
  ] as const) {
    writeFileSync(mode, how);
    const before = ended;
    publisher.changed();
    while (ended === before) await pause(20);
    expect(publisher.status()).toMatchObject({
      state: "failed",
      builtAt,
      message: expect.stringContaining(message),
    });
  }
  expect(publisher.status().behind).toBe(3);
  // Nobody does anything: it is tried again by itself.
  writeFileSync(mode, "good");
  while (publisher.status().state !== "idle") await pause(50);
  expect(publisher.status()).toMatchObject({ behind: 0 });
  expect(publisher.status().message).toBeUndefined();
  // The process that waits has loaded another program than there is now: a new one builds.
  writeFileSync(mode, "newer");
  const before = ended;
  publisher.changed();
  while (ended === before) await pause(20);
  expect(publisher.status()).toMatchObject({ state: "idle", behind: 0 });
  await publisher.close();
});

it("publishes nothing by itself since somebody has gone back, says so, and goes on when somebody has released", async () => {
  const folder = temporaryFolder("builds");
  const program = path.join(folder, "build.mjs");
  writeFileSync(
    program,
    `process.once("disconnect", () => process.exit(1));
     process.once("message", () => process.send(
       { outcome: { result: { built: true, content: { held: [], problems: [] } } } },
       () => process.exit(0)));`,
  );
  const siteDir = path.join(folder, "site");
  const [older, newer] = ["20261123-080000", "20261123-090000"] as const;
  for (const id of [older, newer])
    mkdirSync(path.join(siteDir, "releases", id), { recursive: true });
  point(siteDir, newer);
  const content = skeleton();
  let ended = 0;
  const publisher = new Publisher({
    settings: readSettings(buildEnv(placeFor(content.dir)), ROOT),
    siteDir,
    program,
    ended: () => ended++,
  });
  await publisher.start();
  expect(publisher.status()).toMatchObject({ state: "idle" });
  noteState(siteDir, {
    rolledBack: { at: "2026-11-23T10:00:00Z", from: newer, to: older },
  });
  point(siteDir, older);
  expect(publisher.status()).toMatchObject({
    state: "failed",
    message: expect.stringContaining("npm run release"),
  });
  const before = ended;
  content.story("news", "moi");
  await pause(3000);
  expect(ended).toBe(before);
  point(siteDir, newer);
  while (ended === before) await pause(50);
  expect(publisher.status()).toMatchObject({ state: "idle" });
  await publisher.close();
});

long(
  "puts a notice where a story was that an editor has withdrawn",
  async () => {
    const place = new Place("content", skeleton().dir);
    const { port, editor, until } = await serve(place);
    const publish = async (raw: string) => {
      await editor.open("moi");
      await editor.save("moi", raw);
      await editor.draft("unpublishedEntry", "moi");
      expect((await editor.publish("moi")).json).toEqual({ message: "ok" });
      await until(isDone);
      return get(port, "/tin-tuc/moi/");
    };
    const draft = { status: "draft", publishedAt: undefined };
    expect((await publish(text("Bài của bà Đào", draft))).body).toContain(
      "Bài của bà Đào",
    );
    const raw = place.read("news/2026/moi/index.mdx");
    const withdrawn = raw.replace(
      "status: published\n",
      "status: withdrawn\nwithdrawal:\n  reason: Bài có chỗ chưa đúng.\n",
    );
    const { body } = await publish(withdrawn);
    expect(body).toContain("Bài có chỗ chưa đúng.");
    expect(body).not.toContain("Bài của bà Đào");
  },
);
