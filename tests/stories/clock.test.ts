/** The one moment that a build takes place at. */
import { describe, expect, it } from "vitest";
import { buildMoment } from "../../src/stories/clock.ts";

describe("buildMoment", () => {
  it.each([
    ["2026-11-23T08:00:00+07:00", "2026-11-23T01:00:00.000Z"],
    ["2026-11-23T01:00:00.123Z", "2026-11-23T01:00:00.123Z"],
    ["2026-11-23T08:00+07:00", "2026-11-23T01:00:00.000Z"],
  ])("is %s when it is told so", (BUILD_NOW, moment) => {
    expect(buildMoment({ BUILD_NOW }).toISOString()).toBe(moment);
  });

  it.each([
    "2026-11-23T08:00:00",
    "2026-11-23",
    "2026",
    "1",
    "now",
    "hôm nay",
    "2026-11-23T25:00:00Z",
    "Mon Nov 23 2026",
  ])("does not guess what %s means", (BUILD_NOW) => {
    expect(() => buildMoment({ BUILD_NOW })).toThrow(`«${BUILD_NOW}»`);
  });

  it("is now when nothing is told", () => {
    const before = Date.now();
    for (const env of [{}, { BUILD_NOW: "" }]) {
      const moment = buildMoment(env).getTime();
      expect(moment).toBeGreaterThanOrEqual(before);
      expect(moment).toBeLessThanOrEqual(Date.now());
    }
  });
});
