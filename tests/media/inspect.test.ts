import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import {
  inspectPicture,
  inspectPictureFile,
  type PictureProblem,
} from "../../src/media/inspect.ts";
import {
  claimingPng,
  emptyFolder,
  exifBlock,
  grain,
  halves,
  withSegments,
} from "./originals.ts";

const refusal = async (
  name: string,
  bytes: Uint8Array,
): Promise<PictureProblem> => {
  const inspection = await inspectPicture(name, bytes);
  if (inspection.ok) throw new Error(`${name} was accepted`);
  return inspection.problem;
};

const files = {
  jpeg: await grain(300, 200).jpeg().toBuffer(),
  png: await grain(300, 200).png().toBuffer(),
  webp: await grain(300, 200).webp().toBuffer(),
  avif: await grain(300, 200).avif({ effort: 0 }).toBuffer(),
};

describe("accepted pictures", () => {
  it.each([
    ["anh.jpg", "jpeg"],
    ["ANH.JPEG", "jpeg"],
    ["ảnh bìa.png", "png"],
    ["a.b.webp", "webp"],
    ["anh.avif", "avif"],
  ] as const)("%s", async (name, type) => {
    expect(await inspectPicture(name, files[type])).toEqual({
      ok: true,
      info: {
        hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        type,
        width: 300,
        height: 200,
      },
    });
  });

  it("have their upright size", async () => {
    const plain = await halves(60, 40).jpeg().toBuffer();
    const turned = withSegments(plain, { exif: exifBlock({ orientation: 6 }) });
    expect(await inspectPicture("a.jpg", turned)).toMatchObject({
      ok: true,
      info: { width: 40, height: 60 },
    });
    const avif = await halves(60, 40)
      .avif()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await inspectPicture("a.avif", avif)).toMatchObject({
      ok: true,
      info: { width: 40, height: 60 },
    });
  });

  it("count only the first frame of an animation", async () => {
    const frames = await Promise.all(
      [halves(60, 40), grain(60, 40)].map((frame) => frame.png().toBuffer()),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    expect(await inspectPicture("a.webp", animation)).toMatchObject({
      ok: true,
      info: { width: 60, height: 40 },
    });
  });

  it("are told apart by their bytes, not their names", async () => {
    const hash = async (name: string, bytes: Uint8Array) => {
      const inspection = await inspectPicture(name, bytes);
      return inspection.ok && inspection.info.hash;
    };
    const first = await hash("a.jpg", files.jpeg);
    expect(await hash("b.jpg", files.jpeg)).toBe(first);
    expect(
      await hash("a.jpg", Buffer.concat([files.jpeg, Buffer.alloc(1)])),
    ).not.toBe(first);
  });

  it("may be a window on a larger buffer", async () => {
    const larger = new Uint8Array(files.png.length + 20);
    larger.set(files.png, 7);
    expect(
      await inspectPicture("a.png", larger.subarray(7, 7 + files.png.length)),
    ).toMatchObject({ ok: true });
  });
});

describe("refused pictures", () => {
  it("carry another kind's ending, and are told the right one", async () => {
    const png = await refusal("anh.jpg", files.png);
    expect(png.code).toBe("picture-mislabelled");
    expect(png.found).toContain("«anh.jpg» có nội dung là ảnh PNG");
    expect(png.remedy).toContain(".png");
    expect((await refusal("anh.png", files.avif)).remedy).toContain(".avif");
    expect((await refusal("anh.jfif", files.jpeg)).remedy).toContain(".jpg");
    expect((await refusal("anh", files.jpeg)).code).toBe("picture-mislabelled");
  });

  it.each([
    ["GIF", "GIF89a\x01\0\x01\0\0\0\0;"],
    [
      "SVG",
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
    ],
    [
      "SVG",
      '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- vẽ -->\n<svg width="9" height="9"/>',
    ],
    ["HTML", "\n<!DOCTYPE html><title>x</title><svg></svg>"],
    ["HTML", "<script>alert(1)</script>"],
    ["HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
    ["HEIC", "\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
    ["phim", "\0\0\0\x18ftypmp42\0\0\0\0mp42isom"],
    ["PDF", "%PDF-1.7\n"],
    ["TIFF", "II*\0\x08\0\0\0"],
    ["BMP", "BM\x36\0\0\0"],
    ["JPEG XL", "\xff\x0a\x00"],
    ["không rõ loại", "#!/bin/sh\nrm -rf /\n"],
    ["không rõ loại", "alert(1)"],
    ["không rõ loại", "\0"],
  ])("are %s under a picture's name", async (kind, content) => {
    for (const name of ["anh.jpg", "anh.png", "anh.webp", "anh.avif"]) {
      const problem = await refusal(name, Buffer.from(content, "latin1"));
      expect(problem.code).toBe("picture-type");
      expect(problem.found).toContain(kind);
      expect(problem.remedy).not.toBe("");
    }
  });

  it("are a real GIF under its own name", async () => {
    const gif = await halves(20, 20).gif().toBuffer();
    expect((await refusal("anh.gif", gif)).code).toBe("picture-type");
  });

  it.each(["jpeg", "png", "webp", "avif"] as const)(
    "are a %s cut short anywhere",
    async (type) => {
      for (const part of [0.002, 0.1, 0.5, 0.95]) {
        const length = Math.max(16, Math.floor(files[type].length * part));
        expect(
          (await refusal(`a.${type}`, files[type].subarray(0, length))).code,
        ).toBe("picture-unreadable");
      }
    },
  );

  it("are empty, or hold nothing behind the first bytes", async () => {
    expect((await refusal("a.jpg", new Uint8Array())).code).toBe(
      "picture-unreadable",
    );
    expect(
      (await refusal("a.jpg", Buffer.from("\xff\xd8\xff", "latin1"))).code,
    ).toBe("picture-unreadable");
    expect(
      (await refusal("a.webp", Buffer.from("RIFF\x04\0\0\0WEBP", "latin1")))
        .code,
    ).toBe("picture-unreadable");
    expect(
      (
        await refusal(
          "a.avif",
          Buffer.from("\0\0\0\x14ftypavif\0\0\0\0avif", "latin1"),
        )
      ).code,
    ).toBe("picture-unreadable");
  });

  it("have a damaged middle", async () => {
    const damaged = Buffer.from(files.png);
    damaged.fill(0, damaged.length / 2, damaged.length / 2 + 100);
    expect((await refusal("a.png", damaged)).code).toBe("picture-unreadable");
  });

  it("claim more pixels than anyone could decode", async () => {
    const problem = await refusal("a.png", claimingPng(60_000, 60_000));
    expect(problem.code).toBe("picture-too-many-pixels");
    expect(problem.found).toContain("60000");
    const avif = Buffer.from(files.avif);
    const size = avif.indexOf("ispe") + 8;
    avif.writeUInt32BE(20_000, size);
    avif.writeUInt32BE(20_000, size + 4);
    expect((await refusal("a.avif", avif)).code).toBe(
      "picture-too-many-pixels",
    );
    const webp = Buffer.from(
      "RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\0\xff\xff\0VP8 \0\0\0\0",
      "latin1",
    );
    expect((await refusal("a.webp", webp)).code).toBe("picture-unreadable");
  });

  it("are an AVIF whose header hides the size of what is inside", async () => {
    const avif = await sharp({
      create: { width: 4000, height: 4000, channels: 3, background: "#123456" },
    })
      .avif({ effort: 0 })
      .toBuffer();
    const size = avif.indexOf("ispe") + 8;
    avif.writeUInt32BE(16, size);
    avif.writeUInt32BE(16, size + 4);
    expect((await refusal("a.avif", avif)).code).toBe("picture-unreadable");
  });

  it("weigh more than 30 MB", async () => {
    const limit = 30 * 1024 * 1024;
    const padded = Buffer.alloc(limit + 1);
    files.jpeg.copy(padded);
    expect((await refusal("a.jpg", padded)).code).toBe("picture-too-large");
    expect(
      await inspectPicture("a.jpg", padded.subarray(0, limit)),
    ).toMatchObject({ ok: true });
  });
});

describe("pictures on disk", () => {
  it("are remembered by their bytes, whatever they are called", async () => {
    const folder = await emptyFolder();
    const [cache, first, second, wrong] = [
      "cache",
      "a.jpg",
      "b.jpg",
      "c.png",
    ].map((name) => join(folder, name)) as [string, string, string, string];
    for (const file of [first, second, wrong])
      await writeFile(file, files.jpeg);
    const inspection = await inspectPictureFile(cache, first);
    if (!inspection.ok) throw new Error(inspection.problem.found);
    expect(inspection.info).toMatchObject({
      type: "jpeg",
      width: 300,
      height: 200,
    });

    // A width the bytes do not have can only come from the record.
    const record = join(cache, "media", `${inspection.info.hash}.json`);
    const marked = { ...inspection.info, width: 7 };
    await writeFile(record, JSON.stringify(marked));
    expect(await inspectPictureFile(cache, second)).toEqual({
      ok: true,
      info: marked,
    });
    expect(await inspectPictureFile(cache, wrong)).toMatchObject({
      problem: { code: "picture-mislabelled" },
    });

    await writeFile(record, '{"hash":');
    expect(await inspectPictureFile(cache, second)).toEqual(inspection);
    expect(JSON.parse(await readFile(record, "utf8"))).toEqual(inspection.info);
  });

  it("are missed when absent or a folder", async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, "b.jpg"));
    for (const name of ["a.jpg", "b.jpg", "b.jpg/c.jpg"]) {
      const inspection = await inspectPictureFile(folder, join(folder, name));
      expect(inspection).toMatchObject({
        ok: false,
        problem: { code: "picture-missing" },
      });
    }
    await writeFile(join(folder, "d.jpg"), files.jpeg);
    expect(
      await inspectPictureFile(folder, join(folder, "d.jpg", "e.jpg")),
    ).toMatchObject({
      problem: { code: "picture-missing" },
    });
  });

  it("that are refused leave no record", async () => {
    const folder = await emptyFolder();
    const file = join(folder, "a.jpg");
    await writeFile(file, files.jpeg.subarray(0, 500));
    expect(await inspectPictureFile(folder, file)).toMatchObject({
      problem: { code: "picture-unreadable" },
    });
    await expect(readFile(join(folder, "media"))).rejects.toMatchObject({
      code: "ENOENT",
    });
  });
});
