/** Random edits. `STEPS=300 SEED=7 LONG=1 npx vitest run tests/build/random.test.ts` makes more than the usual run. */
import { rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  build,
  differenceBetween,
  filesIn,
  freshBuild,
  placeFor,
} from "../support/site.ts";
import { Office, randomFrom } from "./editing.ts";

const STEPS = Number(process.env.STEPS || 18);
const SEED = Number(process.env.SEED || 20_261_123);

describe("after any edits", () => {
  it(
    `the incremental build is the full one, byte for byte (${STEPS} steps, SEED=${SEED})`,
    { timeout: 60_000 + STEPS * 10_000 },
    async () => {
      const office = await Office.open(SEED);
      const random = randomFrom(SEED + 1);
      const place = placeFor(office.corpus.dir);
      const met = new Set<string>();
      const log: string[] = [];
      const buildNow = async () => {
        place.now = office.now;
        await build(place).catch((thrown: unknown) => {
          throw new Error(`SEED=${SEED}, after:\n${log.join("\n")}`, {
            cause: thrown,
          });
        });
        log.push(`-- built at ${office.now}`);
      };
      const compare = async () => {
        const fresh = await freshBuild(place);
        const difference = differenceBetween(place.out, fresh.out);
        expect(
          difference,
          `SEED=${SEED}, after:\n${log.slice(-25).join("\n")}\n\nincremental and full build differ: ${difference}`,
        ).toBe("");
        for (const kind of whatIsIn(fresh.out)) met.add(kind);
        rmSync(path.dirname(fresh.out), { recursive: true });
      };

      await buildNow();
      for (let step = 0, batch = 1; step < STEPS; batch++) {
        const size = Math.min(1 + Math.floor(random() * 6), STEPS - step);
        for (let index = 0; index < size; index++, step++)
          log.push(await office.step());
        await buildNow();
        if (batch % 4 === 0 || step === STEPS) await compare();
      }

      // A run that never met one of these would prove nothing about it.
      if (STEPS >= 24)
        expect([...met].sort()).toEqual([
          "documents",
          "notices of expiry",
          "notices of withdrawal",
          "numbered list pages",
          "numbered term pages",
          "pictures",
          "redirects",
        ]);
    },
  );
});

/** Which of the rarer things a built site has. */
function whatIsIn(out: string): string[] {
  const files = filesIn(out);
  const names = [...files.keys()];
  const pages = names.filter((name) => name.endsWith(".html"));
  const has = (words: string) =>
    pages.some((name) => files.get(name)!.includes(words));
  return Object.entries({
    documents: names.some((name) => name.startsWith("_files/")),
    "notices of expiry": has("Bài viết đã hết hạn đăng"),
    "notices of withdrawal": has("Bài viết đã được gỡ"),
    "numbered list pages": files.has("tin-tuc/trang-1/index.html"),
    "numbered term pages": pages.some((name) =>
      /^phong-trao\/[^/]+\/trang-1\//.test(name),
    ),
    pictures: names.some((name) => /^_media\/.*\.avif$/.test(name)),
    redirects: has('http-equiv="refresh"'),
  })
    .filter(([, there]) => there)
    .map(([name]) => name);
}
