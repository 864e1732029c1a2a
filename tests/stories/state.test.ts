/** Where in its life a story is, to the minute. */
import { describe, expect, it } from "vitest";
import {
  stateAt,
  type StoryState,
  type Timed,
} from "../../src/stories/state.ts";
import { ROOT, runNode } from "../support/site.ts";

const at = (time: string): string => `2026-11-23T${time}+07:00`;
const state = (story: Timed, time: string): StoryState =>
  stateAt(story, new Date(at(time)));

/** States around moments: just before each, at it, and later. */
const TIMES = [
  "07:59:59.999",
  "08:00:00.000",
  "08:59:59.999",
  "09:00:00.000",
  "09:59:59.999",
  "10:00:00.000",
];
const [EIGHT, NINE, TEN] = ["08:00:00", "09:00:00", "10:00:00"].map(at) as [
  string,
  string,
  string,
];

describe("stateAt", () => {
  it.each<[string, Timed, StoryState[]]>([
    [
      "a draft",
      { status: "draft", publishedAt: EIGHT },
      ["draft", "draft", "draft", "draft", "draft", "draft"],
    ],
    [
      "published at eight",
      { status: "published", publishedAt: EIGHT },
      [
        "scheduled",
        "published",
        "published",
        "published",
        "published",
        "published",
      ],
    ],
    [
      "published without a time",
      { status: "published" },
      [
        "scheduled",
        "scheduled",
        "scheduled",
        "scheduled",
        "scheduled",
        "scheduled",
      ],
    ],
    [
      "under embargo until nine",
      { status: "published", publishedAt: EIGHT, embargoUntil: NINE },
      [
        "scheduled",
        "embargoed",
        "embargoed",
        "published",
        "published",
        "published",
      ],
    ],
    [
      "an embargo that ends before the publication",
      { status: "published", publishedAt: NINE, embargoUntil: EIGHT },
      [
        "scheduled",
        "scheduled",
        "scheduled",
        "published",
        "published",
        "published",
      ],
    ],
    [
      "until nine",
      { status: "published", publishedAt: EIGHT, expiresAt: NINE },
      ["scheduled", "published", "published", "expired", "expired", "expired"],
    ],
    [
      "embargo past the expiry",
      {
        status: "published",
        publishedAt: EIGHT,
        expiresAt: NINE,
        embargoUntil: TEN,
      },
      [
        "scheduled",
        "embargoed",
        "embargoed",
        "embargoed",
        "embargoed",
        "expired",
      ],
    ],
    [
      "withdrawn at nine",
      { status: "withdrawn", publishedAt: EIGHT, withdrawal: { at: NINE } },
      [
        "scheduled",
        "published",
        "published",
        "withdrawn",
        "withdrawn",
        "withdrawn",
      ],
    ],
    [
      "withdrawn after it expired",
      {
        status: "withdrawn",
        publishedAt: EIGHT,
        expiresAt: NINE,
        withdrawal: { at: TEN },
      },
      [
        "scheduled",
        "published",
        "published",
        "expired",
        "expired",
        "withdrawn",
      ],
    ],
    [
      "withdrawn before it was out",
      { status: "withdrawn", publishedAt: TEN, withdrawal: { at: NINE } },
      ["scheduled", "scheduled", "scheduled", "draft", "draft", "draft"],
    ],
    [
      "withdrawn the moment it was to come out",
      { status: "withdrawn", publishedAt: NINE, withdrawal: { at: NINE } },
      ["scheduled", "scheduled", "scheduled", "draft", "draft", "draft"],
    ],
    [
      "withdrawn under embargo",
      {
        status: "withdrawn",
        publishedAt: EIGHT,
        embargoUntil: TEN,
        withdrawal: { at: NINE },
      },
      ["scheduled", "embargoed", "embargoed", "draft", "draft", "draft"],
    ],
    [
      "withdrawn without a word",
      { status: "withdrawn", publishedAt: EIGHT },
      ["draft", "draft", "draft", "draft", "draft", "draft"],
    ],
    [
      "in another offset",
      { status: "published", publishedAt: "2026-11-22T17:00:00-08:00" },
      [
        "scheduled",
        "published",
        "published",
        "published",
        "published",
        "published",
      ],
    ],
    [
      "in UTC",
      { status: "published", publishedAt: "2026-11-23T01:00:00Z" },
      [
        "scheduled",
        "published",
        "published",
        "published",
        "published",
        "published",
      ],
    ],
  ])("%s", (_name, story, states) => {
    expect(TIMES.map((time) => state(story, time))).toEqual(states);
  });
});

describe("a machine's zone", () => {
  it.each([
    "UTC",
    "Asia/Ho_Chi_Minh",
    "America/Los_Angeles",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
  ])("%s changes nothing", async (zone) => {
    const script = `
      const { stateAt } = await import(${JSON.stringify(`${ROOT}src/stories/state.ts`)});
      const { dayOf, formatDate } = await import(${JSON.stringify(`${ROOT}src/i18n/dates.ts`)});
      const { buildMoment } = await import(${JSON.stringify(`${ROOT}src/stories/clock.ts`)});
      const story = { status: "published", publishedAt: "${at("00:00:00")}" };
      const now = buildMoment({ BUILD_NOW: "2026-11-22T16:59:59.999Z" });
      const next = buildMoment({ BUILD_NOW: "${at("00:00:00")}" });
      console.log(stateAt(story, now), stateAt(story, next), dayOf(now), dayOf(next), dayOf("${at("23:59:59")}"), formatDate("2026-11-23"));`;
    const { stdout, stderr } = await runNode(
      ["--input-type=module", "-e", script],
      { PATH: process.env.PATH, TZ: zone },
    );
    expect(stderr).toBe("");
    expect(stdout).toBe(
      "scheduled published 2026-11-22 2026-11-23 2026-11-23 23/11/2026\n",
    );
  });
});
