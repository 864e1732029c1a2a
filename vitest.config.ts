import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/setup/order.ts";

/** Tests that build whole sites, drive a browser or take minutes: three at a time keep two cores busy. */
const HEAVY = ["tests/{build,oracle,browser,release}/**/*.test.ts"];

/** What tries chance for minutes: run by hand, `npm run test:long`. */
const LONG = [
  "tests/{build,desk}/random.test.ts",
  "tests/browser/roundtrip.test.ts",
];

/** What has some tests (`long`) that are run by hand alone. */
const LONGER = [
  "tests/build/{incremental,open,press,publication,search,share,site}.test.ts",
  "tests/browser/{accessibility,lost,search}.test.ts",
  "tests/release/time.test.ts",
];

const SETUP = ["tests/setup/temporary.ts"];

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: [...HEAVY, ...LONG],
          setupFiles: SETUP,
          maxWorkers: "100%",
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "site",
          include: HEAVY,
          exclude: LONG,
          setupFiles: SETUP,
          maxWorkers: 3,
          // After the unit tests: what is quick to tell is told first.
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
          // A busy machine takes its time until a page has come to rest.
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 300_000,
        },
      },
      ...(process.env.LONG
        ? [
            {
              test: {
                name: "long",
                include: [...LONG, ...LONGER],
                setupFiles: SETUP,
                maxWorkers: 2,
                sequence: { groupOrder: 2 },
                testTimeout: 300_000,
                hookTimeout: 300_000,
              },
            },
          ]
        : []),
    ],
  },
});
