import { describe, expect, it } from "vitest";
import {
  newsEnd,
  nextCampaignTurn,
  nextStoryTurn,
  type Timed,
} from "../../src/stories/state.ts";

const NOW = new Date("2026-11-23T08:00:00+07:00");
const at = (day: number, hour = 0) =>
  new Date(Date.UTC(2026, 10, day, hour - 7)).toISOString();

describe("what a story becomes by itself", () => {
  it.each<[string, Timed, [string, string] | undefined]>([
    ["a draft", { status: "draft", publishedAt: at(25) }, undefined],
    ["out for good", { status: "published", publishedAt: at(20) }, undefined],
    [
      "scheduled",
      { status: "published", publishedAt: at(25, 9) },
      [at(25, 9), "published"],
    ],
    [
      "scheduled, then embargoed",
      { status: "published", publishedAt: at(24), embargoUntil: at(26) },
      [at(24), "embargoed"],
    ],
    [
      "embargoed",
      { status: "published", publishedAt: at(20), embargoUntil: at(26) },
      [at(26), "published"],
    ],
    [
      "out, with an end",
      { status: "published", publishedAt: at(20), expiresAt: at(30) },
      [at(30), "expired"],
    ],
    [
      "to be withdrawn",
      {
        status: "withdrawn",
        publishedAt: at(20),
        withdrawal: { at: at(24) },
      },
      [at(24), "withdrawn"],
    ],
    [
      "over at this very moment",
      { status: "published", publishedAt: at(20), expiresAt: at(23, 8) },
      undefined,
    ],
  ])("%s", (_name, story, expected) => {
    const turn = nextStoryTurn(story, NOW);
    expect(turn && [turn.at.toISOString(), turn.state]).toEqual(expected);
  });
});

it("a campaign begins and ends at midnight in Vietnam", () => {
  const dates = { startDate: "2026-11-24", endDate: "2026-11-30" };
  const opens = nextCampaignTurn(dates, NOW)!;
  expect(opens).toEqual({
    at: new Date("2026-11-24T00:00:00+07:00"),
    state: "running",
  });
  expect(nextCampaignTurn(dates, opens.at)).toEqual({
    at: new Date("2026-12-01T00:00:00+07:00"),
    state: "ended",
  });
  expect(nextCampaignTurn({ startDate: "2026-11-01" }, NOW)).toBeUndefined();
});

describe("news", () => {
  const story = {
    status: "published" as const,
    publishedAt: "2026-11-20T08:00:00+07:00",
    embargoUntil: "2026-11-21T08:00:00+07:00",
  };
  const at = (moment: string) => newsEnd(story, new Date(moment));
  it("lasts two days from when a story was out", () => {
    expect(at("2026-11-20T09:00:00+07:00")).toBeUndefined();
    expect(at("2026-11-21T08:00:00+07:00")).toEqual(
      new Date("2026-11-23T08:00:00+07:00"),
    );
    expect(at("2026-11-23T07:59:59+07:00")).toBeDefined();
    expect(at("2026-11-23T08:00:00+07:00")).toBeUndefined();
  });
  it("is none once a story is withdrawn", () =>
    expect(
      newsEnd(
        {
          ...story,
          status: "withdrawn",
          withdrawal: { at: "2026-11-21T09:00:00+07:00" },
        },
        new Date("2026-11-22T08:00:00+07:00"),
      ),
    ).toBeUndefined());
});
