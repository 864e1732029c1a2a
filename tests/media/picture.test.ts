import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { PictureInfo } from "../../src/media/inspect.ts";
import {
  pictureView,
  renditions,
  tidyCredit,
} from "../../src/media/picture.ts";

const info = (width: number, height: number): PictureInfo => ({
  hash: "0123456789abcdef",
  type: "jpeg",
  width,
  height,
});
const sizes = (width: number, height: number) =>
  renditions(info(width, height))
    .filter(({ type }) => type === "image/avif")
    .map((rendition) => [rendition.width, rendition.height]);

describe("renditions", () => {
  it("are three widths in two formats", () => {
    expect(
      renditions(info(3000, 2000)).map(({ file, type }) => [file, type]),
    ).toEqual([
      ["0123456789abcdef-480.avif", "image/avif"],
      ["0123456789abcdef-960.avif", "image/avif"],
      ["0123456789abcdef-1440.avif", "image/avif"],
      ["0123456789abcdef-480.webp", "image/webp"],
      ["0123456789abcdef-960.webp", "image/webp"],
      ["0123456789abcdef-1440.webp", "image/webp"],
    ]);
  });

  it("keep the shape and are never wider than the original", () => {
    expect(sizes(3000, 2000)).toEqual([
      [480, 320],
      [960, 640],
      [1440, 960],
    ]);
    expect(sizes(1440, 10)).toEqual([
      [480, 3],
      [960, 7],
      [1440, 10],
    ]);
    expect(sizes(700, 1400)).toEqual([
      [480, 960],
      [700, 1400],
    ]);
    expect(sizes(480, 480)).toEqual([[480, 480]]);
    expect(sizes(33, 20)).toEqual([[33, 20]]);
  });

  it("fit into WebP, however long the original", () => {
    expect(sizes(2000, 40_000)).toEqual([
      [480, 9600],
      [819, 16_380],
    ]);
    expect(sizes(1, 50_000)).toEqual([[1, 16_383]]);
    expect(sizes(50_000, 1)).toEqual([
      [480, 1],
      [960, 1],
      [1440, 1],
    ]);
  });

  it("are named after the credit that is written into them", () => {
    const name = (credit?: string, licence?: string) =>
      renditions(info(300, 200), { credit, licence })[0]!.file;
    const named = name("Nguyễn Văn Ảnh");
    expect(named).toMatch(/^0123456789abcdef-[0-9a-f]{8}-300\.avif$/);
    expect(name(" Nguyễn  Văn\nẢnh ".normalize("NFD"), "")).toBe(named);
    expect(name("", " ")).toBe("0123456789abcdef-300.avif");
    expect(
      new Set([
        named,
        name("Nguyễn Văn Anh"),
        name(undefined, "Nguyễn Văn Ảnh"),
        name("Nguyễn", "Văn Ảnh"),
      ]).size,
    ).toBe(4);
  });
});

it("credits come out fit for XML and of bounded length", () => {
  expect(tidyCredit({ credit: "a\0b\ud800\uffffc", licence: "\t" })).toEqual({
    credit: "a b c",
    licence: "",
  });
  expect(tidyCredit({ credit: "😀".repeat(501) }).credit).toBe(
    "😀".repeat(500),
  );
});

describe("a page's view", () => {
  it("offers every rendition under the site's base", () => {
    expect(pictureView(info(3000, 2000), "/guong-sang/")).toEqual({
      hash: "0123456789abcdef",
      width: 3000,
      height: 2000,
      sources: [
        {
          type: "image/avif",
          srcset:
            "/guong-sang/_media/0123456789abcdef-480.avif 480w, /guong-sang/_media/0123456789abcdef-960.avif 960w, " +
            "/guong-sang/_media/0123456789abcdef-1440.avif 1440w",
        },
        {
          type: "image/webp",
          srcset:
            "/guong-sang/_media/0123456789abcdef-480.webp 480w, /guong-sang/_media/0123456789abcdef-960.webp 960w, " +
            "/guong-sang/_media/0123456789abcdef-1440.webp 1440w",
        },
      ],
      src: "/guong-sang/_media/0123456789abcdef-960.webp",
    });
  });

  it("takes a base with or without its last slash", () => {
    expect(pictureView(info(300, 200), "/").src).toBe(
      "/_media/0123456789abcdef-300.webp",
    );
    expect(pictureView(info(300, 200), "/x").src).toBe(
      "/x/_media/0123456789abcdef-300.webp",
    );
  });

  it("names the files of the credited renditions", () => {
    const credit = { credit: "Nguyễn Văn Ảnh", licence: "CC BY 4.0" };
    const view = pictureView(info(300, 200), "/", credit);
    expect([view.sources[0]!.srcset, view.src]).toEqual(
      renditions(info(300, 200), credit).map(({ file, type }) =>
        type === "image/avif" ? `/_media/${file} 300w` : `/_media/${file}`,
      ),
    );
  });

  it("is worked out by code that a browser can run", async () => {
    const source = await readFile(
      new URL("../../src/media/picture.ts", import.meta.url),
      "utf8",
    );
    expect(source.match(/^import .*|\bBuffer\b|\bprocess\b/gm)).toEqual([
      'import type { PictureInfo } from "./inspect.ts";',
    ]);
  });
});
