/** What an editor's browser loads of us to judge and repair: nothing of Node, and not much. */
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";
import { expect, it } from "vitest";
import { ROOT } from "../support/site.ts";

/** Bytes after compression; Decap itself has over a million. */
const MOST = 100_000;

it("the judge runs in a browser, and is small", async () => {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      rollupOptions: {
        input: path.join(ROOT, "admin/judge.ts"),
        preserveEntrySignatures: "strict",
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = [built]
    .flat()
    .flatMap((one) => ("output" in one ? one.output : []));
  const [chunk, ...others] = outputs.filter(({ type }) => type === "chunk");
  if (chunk?.type !== "chunk") throw new Error("nothing was bundled");
  expect(others).toEqual([]);
  expect(chunk.imports).toEqual([]);
  expect([...chunk.exports].sort()).toEqual([
    "entryText",
    "judge",
    "openEntry",
  ]);
  expect(chunk.code).not.toMatch(
    /["'`]node:|__vite-browser-external|\bBuffer\./,
  );
  const modules = Object.keys(chunk.modules);
  expect(modules.some((id) => id.endsWith("src/judge/judge.ts"))).toBe(true);
  for (const id of modules)
    expect(id).not.toMatch(
      /node_modules\/(?:satteri|sharp|acorn)\/|src\/(?:loader|media)\//,
    );
  const size = brotliCompressSync(chunk.code).length;
  expect(size, `${size} bytes`).toBeLessThan(MOST);
});
