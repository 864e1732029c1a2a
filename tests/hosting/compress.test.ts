/** Files that a server sends compressed. */
import {
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { writeCompressed } from "../../src/hosting/compress.ts";
import { temporaryFolder } from "../support/temporary.ts";

function fileOf(name: string, text: string): string {
  const file = path.join(temporaryFolder("compress"), name);
  writeFileSync(file, text);
  utimesSync(file, 1_000_000, 1_000_000);
  return file;
}
const LONG = "Gương người tốt, việc tốt. ".repeat(200);

it("puts both beside a text, whole and of the same time", () => {
  const file = fileOf("trang.html", LONG);
  writeCompressed(file);
  expect(brotliDecompressSync(readFileSync(`${file}.br`)).toString()).toBe(
    LONG,
  );
  expect(gunzipSync(readFileSync(`${file}.gz`)).toString()).toBe(LONG);
  for (const ending of [".br", ".gz"])
    expect(statSync(file + ending).mtimeMs).toBe(statSync(file).mtimeMs);
});

it("leaves what is small, and what is no text", () => {
  for (const [name, text] of [
    ["ngan.html", "x"],
    ["anh.webp", LONG],
    ["mieng.pf_index", LONG],
  ] as const) {
    const file = fileOf(name, text);
    writeCompressed(file);
    expect(existsSync(`${file}.br`) || existsSync(`${file}.gz`), name).toBe(
      false,
    );
  }
});

it("takes away what is no longer worth it, and leaves earlier releases theirs", () => {
  const file = fileOf("trang.html", LONG);
  writeCompressed(file);
  const earlier = path.join(temporaryFolder("earlier"), "trang.html.gz");
  linkSync(`${file}.gz`, earlier);
  writeFileSync(file, LONG.toUpperCase());
  writeCompressed(file);
  expect(gunzipSync(readFileSync(earlier)).toString()).toBe(LONG);
  writeFileSync(file, "x");
  writeCompressed(file);
  expect(existsSync(`${file}.br`) || existsSync(`${file}.gz`)).toBe(false);
});
