/** What happens at its hour, in the site's own zone, as readers get it from nginx. The server's zone is another one. */
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { instantOf } from "../../src/i18n/dates.ts";
import { storyAddress } from "../support/corpus.ts";
import { long } from "../support/long.ts";
import { freePort } from "../support/port.ts";
import { findProgram } from "../support/programs.ts";
import { Released } from "./place.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Stories that change at one moment, each in another way; and one that changes half an hour later. */
function stories(moment: number) {
  const place = new Released();
  const at = (distance: number) => instantOf(new Date(moment + distance));
  const story = (slug: string, fields: object) =>
    place.corpus.story("news", slug, { title: `Bài ${slug}`, ...fields });
  story("hen", { publishedAt: at(0) });
  story("cam", { publishedAt: at(-DAY), embargoUntil: at(0) });
  story("het", { publishedAt: at(-3 * DAY), expiresAt: at(0) });
  story("cu", { publishedAt: at(-2 * DAY) });
  story("sau", { publishedAt: at(30 * MINUTE) });
  return { place, at };
}

/** What readers and engines get. */
async function shown(origin: string) {
  const get = async (address: string) => (await fetch(origin + address)).text();
  const list = await get("/tin-tuc/");
  const news = await get("/news-sitemap.xml");
  const slugs = ["hen", "cam", "het", "cu", "sau"];
  const isIn = (text: string) => (slug: string) =>
    text.includes(`/${storyAddress("news", slug)}`);
  return { list: slugs.filter(isIn(list)), news: slugs.filter(isIn(news)) };
}

const BEFORE = { list: ["het", "cu"], news: ["cu"] };
const AFTER = { list: ["hen", "cam", "cu"], news: ["hen", "cam"] };

it("by a timer: not a second early, at the minute, and after an hour off", async () => {
  // In New York it is another day.
  const moment = Date.parse("2026-11-20T00:30:00+07:00");
  const { place, at } = stories(moment);
  const due = (distance: number) => place.release(at(distance), "--if-due");
  await due(-10 * MINUTE);
  const origin = await place.serve();
  expect(await shown(origin)).toEqual(BEFORE);
  expect(await due(-1000)).toBe("");
  expect(await shown(origin)).toEqual(BEFORE);
  expect(await due(0)).toContain("Đã đưa bản");
  expect(await shown(origin)).toEqual(AFTER);
  expect(await (await fetch(`${origin}/tin-tuc/het/`)).text()).toContain(
    "hết hạn",
  );
  expect(await due(29 * MINUTE)).toBe("");
  // The machine was off at the hour.
  expect(await due(90 * MINUTE)).toContain("Đã đưa bản");
  expect((await shown(origin)).list).toEqual(["hen", "cam", "cu", "sau"]);
});

const FAKETIME = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
].find(existsSync);

long("by the desk, whose clock comes to the hour while it runs", async () => {
  expect(FAKETIME && findProgram(["faketime"]), "faketime").toBeTruthy();
  const moment = Date.parse("2027-01-01T00:00:00+07:00");
  const { place, at } = stories(moment);
  place.commit();
  // All is built before the clock runs.
  await place.release(at(-10 * MINUTE));
  const origin = await place.serve();
  expect(await shown(origin)).toEqual(BEFORE);
  const ahead = moment - 12_000 - Date.now();
  const clock = {
    LD_PRELOAD: FAKETIME!,
    FAKETIME: `${ahead < 0 ? "-" : "+"}${Math.abs(ahead) / 1000}s`,
    NO_FAKE_STAT: "1",
    PORT: String(await freePort()),
  };
  const desk = place.start("start", clock);
  try {
    const before = JSON.stringify(BEFORE);
    while (JSON.stringify(await shown(origin)) === before) {
      expect(desk.exitCode).toBeNull();
      await pause(200);
    }
    expect(Date.now() + ahead).toBeGreaterThanOrEqual(moment);
    expect(await shown(origin)).toEqual(AFTER);
  } finally {
    desk.kill();
  }
});
