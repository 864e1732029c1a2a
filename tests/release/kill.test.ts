/** Releases that are killed at random moments, and readers who must not notice. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { pictureHash } from "../../src/media/inspect.ts";
import {
  currentId,
  readNote,
  releaseIds,
  releasesOf,
} from "../../src/release/place.ts";
import { Search } from "../../src/search/engine.ts";
import { openIndex, type Manifest } from "../../src/search/index.ts";
import { randomFrom } from "../build/editing.ts";
import { pictureOf, Released, titleOf } from "./place.ts";

/** One of each in every run; `KILLS=120` by hand. */
const KILLS = Number(process.env.KILLS ?? 4);

/** The moments to aim at: most of the time goes into building. */
const MOMENTS = ["build", "making and check", "switch", "rollback"] as const;
type Moment = (typeof MOMENTS)[number];

/** Somebody who reads all the time, as a browser does: a page, then all that it asks for. */
class Reader {
  reads = 0;
  readonly seen = new Set<number>();
  /** It reads until it is stopped, or meets with what must not be. */
  hasEnded = false;
  #isOver = false;
  readonly #hashes: readonly string[];
  readonly #bodies = new Map<string, string>();
  readonly #origin: string;
  readonly #work: Promise<void>;

  /** @param hashes what the picture of each telling is called */
  constructor(origin: string, hashes: readonly string[]) {
    this.#origin = origin;
    this.#hashes = hashes;
    this.#work = this.#read();
    // What it met with is told when it is awaited.
    this.#work.catch(() => {}).finally(() => (this.hasEnded = true));
  }

  stop(): Promise<void> {
    this.#isOver = true;
    return this.#work;
  }

  async #read(): Promise<void> {
    while (!this.#isOver) {
      for (const address of ["/tin-tuc/bai/", "/", "/tin-tuc/"])
        await this.#page(address);
      await this.#search();
      await pause(25);
    }
  }

  async #get(address: string): Promise<Buffer> {
    const response = await fetch(this.#origin + address);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status, address).toBe(200);
    this.reads++;
    return bytes;
  }

  async #page(address: string): Promise<void> {
    const html = (await this.#get(address)).toString();
    expect(html, address).toMatch(/<\/html>\s*$/);
    const [, number] = /Bài số (\d+) ví dụ/.exec(html) ?? [];
    expect(number, `${address} tells of the story`).toBeDefined();
    this.seen.add(Number(number));
    // The page shows its own release's picture and no other.
    const shown = this.#hashes.flatMap((hash, index) =>
      html.includes(hash) ? [index] : [],
    );
    expect(shown.filter((one) => one !== Number(number))).toEqual([]);
    if (address === "/tin-tuc/bai/") expect(shown).toEqual([Number(number)]);
    const assets = html.matchAll(
      /["\s,](?:https?:\/\/[^/"]+)?(\/_(?:astro|media)\/[^"\s?#,]+)/g,
    );
    for (const [, asset] of assets) await this.#lasting(asset!);
  }

  /** A file whose address says what is in it is never another. */
  async #lasting(address: string): Promise<Buffer> {
    const bytes = await this.#get(address);
    const known = this.#bodies.get(address);
    const text = bytes.toString("base64");
    expect(text.length, address).toBeGreaterThan(0);
    if (known !== undefined) expect(text === known, address).toBe(true);
    this.#bodies.set(address, text);
    return bytes;
  }

  async #search(): Promise<void> {
    const manifest = await this.#get("/pagefind/search.json");
    const index = await openIndex(
      (name) => this.#lasting(`/pagefind/${name}`),
      JSON.parse(manifest.toString()) as Manifest,
    );
    const { hits } = await new Search(index, "").find({ words: "bài số" });
    expect((await hits[0]!()).href).toBe("/tin-tuc/bai/");
  }
}

it(`killed ${KILLS} times, it never shows half a site, and heals`, async () => {
  const place = new Released();
  const { siteDir } = place;
  const random = randomFrom(Number(process.env.SEED ?? 11));
  const hashes = await Promise.all(
    Array.from({ length: KILLS + 3 }, async (_, number) =>
      pictureHash(await pictureOf(number)),
    ),
  );
  let told = 0;
  await place.tell(told++);
  await place.release();
  const started = Date.now();
  await place.tell(told++);
  await place.release();
  const took = Date.now() - started;
  const origin = await place.serve();
  const readers = [0, 1].map(() => new Reader(origin, hashes));
  const hit: Record<Moment, number> = {
    build: 0,
    "making and check": 0,
    switch: 0,
    rollback: 0,
  };

  /** Waits until a program is where it is to be killed; false when it has ended before. */
  const comesTo = async (moment: Moment, child: ChildProcess) => {
    const ids = releaseIds(siteDir).length;
    const isThere = {
      build: () => true,
      "making and check": () =>
        readdirSync(releasesOf(siteDir)).some((name) => name.startsWith(".")),
      switch: () =>
        existsSync(path.join(siteDir, "switching")) &&
        (releaseIds(siteDir).length > ids ||
          readdirSync(releasesOf(siteDir)).some((name) =>
            name.startsWith("."),
          )),
      rollback: () => true,
    }[moment];
    while (!isThere() && child.exitCode === null) await pause(1);
    const most = {
      build: took * 1.2,
      "making and check": 200,
      switch: 12,
      rollback: 600,
    }[moment];
    await pause(random() * most);
  };

  for (let round = 0; round < KILLS; round++) {
    const moment = MOMENTS[round % MOMENTS.length]!;
    await place.tell(told++);
    // Not in every round a whole build: one that was killed is begun anew.
    const child = place.start(moment === "rollback" ? "rollback" : "release");
    const ended = once(child, "exit");
    await comesTo(moment, child);
    if (child.exitCode === null) hit[moment]++;
    child.kill("SIGKILL");
    await ended;
    expect(readNote(siteDir, currentId(siteDir)!)).toBeDefined();
  }

  // The next run heals, whatever was left.
  await place.tell(told);
  await place.release();
  for (const reader of readers) {
    while (!reader.hasEnded && !reader.seen.has(told)) await pause(20);
    await reader.stop();
    expect(reader.reads).toBeGreaterThan(0);
  }
  console.log({
    hit,
    reads: readers.map(({ reads }) => reads),
    seen: readers.map(({ seen }) => seen.size),
  });
  expect(
    (await (await fetch(`${origin}/tin-tuc/bai/`)).text()).includes(
      titleOf(told),
    ),
  ).toBe(true);
  const ids = releaseIds(siteDir);
  expect(readdirSync(releasesOf(siteDir)).sort()).toEqual(
    ids.flatMap((id) => [id, `${id}.json`]).sort(),
  );
  expect(ids.every((id) => readNote(siteDir, id)?.liveSince)).toBe(true);
  expect(readdirSync(siteDir).sort()).toEqual([
    "current",
    "passing",
    "passing.json",
    "releases",
    "state.json",
  ]);
  expect(await place.health()).toMatchObject({
    rolledBack: false,
    last: { ok: true },
    problems: [],
  });
}, 3_000_000);
