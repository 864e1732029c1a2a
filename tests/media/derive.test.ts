import {
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import {
  derivePicture,
  publishPictures,
  renditions,
  type Credit,
} from "../../src/media/derive.ts";
import { inspectPicture, type PictureInfo } from "../../src/media/inspect.ts";
import {
  SECRETS,
  emptyFolder,
  exifBlock,
  exifTags,
  grain,
  halves,
  withSegments,
  xmpPacket,
} from "./originals.ts";

const ARTIST = 0x013b;
const COPYRIGHT = 0x8298;
const GPS = 0x8825;

const plain = await grain(320, 240).jpeg().toBuffer();
const original = await grain(500, 300).jpeg().toBuffer();

interface Shelf {
  cache: string;
  source: string;
  info: PictureInfo;
}

/** Puts an original into a fresh folder, beside an empty cache. */
async function shelve(name: string, bytes: Buffer): Promise<Shelf> {
  const folder = await emptyFolder();
  const source = join(folder, name);
  await writeFile(source, bytes);
  const inspection = await inspectPicture(name, bytes);
  if (!inspection.ok) throw new Error(inspection.problem.found);
  return { cache: join(folder, "cache"), source, info: inspection.info };
}

/** Derives a picture and reads its renditions back. */
async function derived({ cache, source, info }: Shelf, credit?: Credit) {
  await derivePicture(cache, info, source, credit);
  return Promise.all(
    renditions(info, credit).map(async (rendition) => {
      const bytes = await readFile(join(cache, "media", rendition.file));
      return { rendition, bytes, metadata: await sharp(bytes).metadata() };
    }),
  );
}

async function pixel(
  bytes: Buffer,
  left: number,
  top: number,
): Promise<number[]> {
  const area = sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw();
  return [...(await area.toBuffer())];
}

const text = (exif: Buffer | undefined, tag: number) =>
  exif && exifTags(exif).get(tag)?.toString("utf8").replace(/\0$/, "");

describe("derived pictures", () => {
  it("have the format and size their names say", async () => {
    const all = await derived(
      await shelve("a.png", await grain(1000, 601).png().toBuffer()),
    );
    expect(all.map(({ rendition }) => rendition.width)).toEqual([
      480, 960, 1000, 480, 960, 1000,
    ]);
    for (const { rendition, bytes, metadata } of all) {
      expect(metadata.mediaType).toBe(rendition.type);
      expect([metadata.width, metadata.height]).toEqual([
        rendition.width,
        rendition.height,
      ]);
      expect(metadata.space).toBe("srgb");
      const settings = bytes.indexOf("av1C");
      expect(settings >= 0).toBe(rendition.type === "image/avif");
      // Two bits of the AV1 settings tell that colour is halved in both directions.
      if (settings >= 0) expect(bytes[settings + 6]! & 0b1100).toBe(0b1100);
    }
  });

  it("stand upright", async () => {
    const plain = await halves(600, 400).jpeg().toBuffer();
    const shelf = await shelve(
      "a.jpg",
      withSegments(plain, { exif: exifBlock({ orientation: 6 }) }),
    );
    for (const { bytes, metadata } of await derived(shelf)) {
      expect(metadata.width).toBeLessThan(metadata.height);
      expect(metadata.orientation).toBeUndefined();
      // What lay on the left, red, is on top.
      const [red, , blue] = await pixel(bytes, metadata.width / 2, 10);
      expect(red! - blue!).toBeGreaterThan(100);
    }
  });

  it("are in sRGB, whatever profile the original has", async () => {
    const background = { r: 200, g: 60, b: 60 };
    const p3 = await sharp({
      create: { width: 300, height: 200, channels: 3, background },
    })
      .withIccProfile("p3")
      .jpeg({ quality: 100 })
      .toBuffer();
    const bare = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
    expect(bare[0]).toBeLessThan(190);
    for (const { bytes, metadata } of await derived(
      await shelve("a.jpg", p3),
    )) {
      expect(metadata.icc).toBeUndefined();
      const [red, green, blue] = await pixel(bytes, 150, 100);
      expect(
        Math.max(
          Math.abs(red! - 200),
          Math.abs(green! - 60),
          Math.abs(blue! - 60),
        ),
      ).toBeLessThan(6);
    }
  });

  it.each([
    ["CMYK", "a.jpg", () => halves(300, 200).toColourspace("cmyk").jpeg(), 3],
    ["grey", "a.png", () => halves(300, 200).greyscale().png(), 3],
    [
      "16 bits",
      "a.png",
      () => halves(300, 200).toColourspace("rgb16").png(),
      3,
    ],
    ["a palette", "a.png", () => halves(300, 200).png({ palette: true }), 3],
    ["transparency", "a.png", () => halves(300, 200).ensureAlpha(0.5).png(), 4],
  ] as const)(
    "come of an original with %s",
    async (_, name, make, channels) => {
      for (const { metadata } of await derived(
        await shelve(name, await make().toBuffer()),
      )) {
        expect([metadata.space, metadata.depth, metadata.channels]).toEqual([
          "srgb",
          "uchar",
          channels,
        ]);
      }
    },
  );

  it("hold the first frame of an animation", async () => {
    const frames = await Promise.all(
      [halves(300, 200), grain(300, 200)].map((frame) =>
        frame.png().toBuffer(),
      ),
    );
    const animation = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    for (const { bytes, metadata } of await derived(
      await shelve("a.webp", animation),
    )) {
      expect([metadata.pages ?? 1, metadata.height]).toEqual([1, 200]);
      const [red, , blue] = await pixel(bytes, 20, 100);
      expect(red! - blue!).toBeGreaterThan(100);
    }
  });

  it("fit into WebP when the original is a very long strip", async () => {
    const strip = sharp({
      create: { width: 20, height: 20_000, channels: 3, background: "#456" },
    });
    for (const { metadata } of await derived(
      await shelve("a.png", await strip.png().toBuffer()),
    ))
      expect([metadata.width, metadata.height]).toEqual([16, 16_000]);
  });
});

describe("metadata", () => {
  const artist = Buffer.from("Trần Thị Bưởi (Báo Ánh Sáng)");
  const copyright = Buffer.from("© 2025 Đài Phát thanh — được dùng lại");

  it("of the original is all gone when nobody is credited", async () => {
    const marked = withSegments(plain, {
      exif: exifBlock({}),
      xmp: xmpPacket(""),
    });
    const before = await sharp(marked).metadata();
    expect(exifTags(before.exif!).has(GPS)).toBe(true);
    for (const secret of SECRETS) expect(marked.includes(secret)).toBe(true);

    for (const { bytes, metadata } of await derived(
      await shelve("a.jpg", marked),
    )) {
      expect([
        metadata.exif,
        metadata.xmp,
        metadata.iptc,
        metadata.icc,
      ]).toEqual([undefined, undefined, undefined, undefined]);
      for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it("keeps the original's EXIF credit and drops its position", async () => {
    const marked = withSegments(plain, {
      exif: exifBlock({ artist, copyright }),
      xmp: xmpPacket(""),
    });
    for (const { bytes, metadata } of await derived(
      await shelve("a.jpg", marked),
    )) {
      expect(text(metadata.exif, ARTIST)).toBe(artist.toString());
      expect(text(metadata.exif, COPYRIGHT)).toBe(copyright.toString());
      expect(exifTags(metadata.exif!).has(GPS)).toBe(false);
      expect(metadata.xmpAsString).toContain(
        `<dc:creator><rdf:Seq><rdf:li>${artist}</rdf:li></rdf:Seq></dc:creator>`,
      );
      expect(metadata.xmpAsString).toContain(
        `<rdf:li xml:lang="x-default">${copyright}</rdf:li>`,
      );
      for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it("keeps the original's XMP credit, every name of it", async () => {
    const xmp = xmpPacket(
      "<dc:creator><rdf:Seq><rdf:li>Lò Văn Pha</rdf:li><rdf:li>Vàng &amp; Sùng</rdf:li></rdf:Seq></dc:creator>" +
        '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Báo chí &lt;được dùng&gt;</rdf:li>' +
        '<rdf:li xml:lang="en">Press use</rdf:li></rdf:Alt></dc:rights>',
      'photoshop:Credit="Thông tấn x&#xE3; &#272;iện Biên"',
    );
    const marked = withSegments(plain, {
      exif: exifBlock({ artist: Buffer.from("Máy của xã") }),
      xmp,
    });
    for (const { bytes, metadata } of await derived(
      await shelve("a.jpg", marked),
    )) {
      expect(text(metadata.exif, ARTIST)).toBe(
        "Lò Văn Pha, Vàng & Sùng / Thông tấn xã Điện Biên",
      );
      expect(text(metadata.exif, COPYRIGHT)).toBe("Báo chí <được dùng>");
      expect(metadata.xmpAsString).toContain(
        "<rdf:li>Lò Văn Pha, Vàng &amp; Sùng / Thông tấn xã Điện Biên</rdf:li>",
      );
      expect(metadata.xmpAsString).toContain(
        ">Báo chí &lt;được dùng&gt;</rdf:li>",
      );
      for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it("reads a credit line alone, as element or attribute", async () => {
    for (const xmp of [
      xmpPacket("<photoshop:Credit>Báo Ấp Bắc</photoshop:Credit>"),
      xmpPacket("", "photoshop:Credit='Báo Ấp Bắc'"),
    ]) {
      const [first] = await derived(
        await shelve("a.jpg", withSegments(plain, { xmp })),
      );
      expect(text(first!.metadata.exif, ARTIST)).toBe("Báo Ấp Bắc");
      expect(text(first!.metadata.exif, COPYRIGHT)).toBeUndefined();
    }
  });

  it("lets the editor's words go first, each for itself", async () => {
    const marked = withSegments(plain, {
      exif: exifBlock({ artist, copyright }),
    });
    for (const { metadata } of await derived(await shelve("a.jpg", marked), {
      credit: "Ảnh: A",
    })) {
      expect(text(metadata.exif, ARTIST)).toBe("Ảnh: A");
      expect(text(metadata.exif, COPYRIGHT)).toBe(copyright.toString());
      expect(metadata.xmpAsString).not.toContain("Trần Thị Bưởi");
    }
  });

  it("takes texts of any length, and the marks of XML", async () => {
    const shelf = await shelve("a.jpg", plain);
    for (const credit of [
      "B",
      "Ế",
      "A & B <c> \"d\" 'e' ]]>",
      "Nguyễn ".repeat(60).trim(),
    ]) {
      for (const { metadata } of await derived(shelf, {
        credit,
        licence: "Đ",
      })) {
        expect(text(metadata.exif, ARTIST)).toBe(credit);
        expect(text(metadata.exif, COPYRIGHT)).toBe("Đ");
      }
    }
  });

  it("survives a camera's old encoding and blocks that point nowhere", async () => {
    const old = withSegments(plain, {
      exif: exifBlock({ artist: Buffer.from("\xa9 Jos\xe9", "latin1") }),
    });
    const [first] = await derived(await shelve("a.jpg", old));
    expect(text(first!.metadata.exif, ARTIST)).toBe("© José");

    const broken = exifBlock({ artist });
    broken.writeUInt32BE(0x7fff_0000, 4);
    const [second] = await derived(
      await shelve("a.jpg", withSegments(plain, { exif: broken })),
    );
    expect(second!.bytes.length).toBeGreaterThan(0);
  });
});

describe("the cache", () => {
  const credit = { credit: "Nguyễn Văn Ảnh", licence: "CC BY 4.0" };

  it("is asked first: the same bytes are made once, under whatever name", async () => {
    const { cache, source, info } = await shelve("a.jpg", original);
    expect(await derivePicture(cache, info, source)).toBe(4);
    expect(await derivePicture(cache, info, source)).toBe(0);
    const copy = join(cache, "b.jpg");
    await writeFile(copy, original);
    expect(await derivePicture(cache, info, copy)).toBe(0);
    expect(await derivePicture(cache, info, source, credit)).toBe(4);
    expect(
      await derivePicture(cache, info, source, {
        ...credit,
        credit: " Nguyễn Văn  Ảnh",
      }),
    ).toBe(0);
  });

  it("is filled once when two stories come at the same time", async () => {
    const { cache, source, info } = await shelve("a.jpg", original);
    const made = await Promise.all(
      [1, 2, 3].map(() => derivePicture(cache, info, source)),
    );
    expect(made.sort()).toEqual([0, 0, 4]);
  });

  it("gets the same bytes every time, also when only some were missing", async () => {
    const shelf = await shelve(
      "a.jpg",
      await grain(1500, 100).jpeg().toBuffer(),
    );
    const first = await derived(shelf, credit);
    const second = await derived(
      { ...shelf, cache: await emptyFolder() },
      credit,
    );
    expect(second.map(({ bytes }) => bytes.toString("base64"))).toEqual(
      first.map(({ bytes }) => bytes.toString("base64")),
    );

    await rm(join(shelf.cache, "media", first[0]!.rendition.file));
    expect(
      await derivePicture(shelf.cache, shelf.info, shelf.source, credit),
    ).toBe(1);
    const again = await readFile(
      join(shelf.cache, "media", first[0]!.rendition.file),
    );
    expect(again.equals(first[0]!.bytes)).toBe(true);
  });

  it("has an empty file remade, and keeps no drafts", async () => {
    const { cache, source, info } = await shelve("a.jpg", original);
    const [first] = await derived({ cache, source, info });
    await writeFile(join(cache, "media", first!.rendition.file), "");
    expect(await derivePicture(cache, info, source)).toBe(1);
    expect(
      (await readFile(join(cache, "media", first!.rendition.file))).equals(
        first!.bytes,
      ),
    ).toBe(true);
    expect((await readdir(join(cache, "media"))).sort()).toEqual(
      renditions(info)
        .map(({ file }) => file)
        .sort(),
    );
  });

  it("takes nothing from an original that changed since its inspection", async () => {
    const { cache, source, info } = await shelve("a.jpg", original);
    await writeFile(source, await grain(500, 301).jpeg().toBuffer());
    await expect(derivePicture(cache, info, source)).rejects.toThrow("«a.jpg»");
    await expect(readdir(join(cache, "media"))).rejects.toMatchObject({
      code: "ENOENT",
    });
    await writeFile(source, original);
    expect(await derivePicture(cache, info, source)).toBe(4);
  });
});

describe("publishing", () => {
  async function site() {
    const { cache, source, info } = await shelve("a.jpg", original);
    await derivePicture(cache, info, source);
    const files = renditions(info).map(({ file }) => file);
    const out = await emptyFolder();
    return { cache, out, files, media: join(out, "_media") };
  }

  it("links the wanted files and removes all others", async () => {
    const { cache, out, files, media } = await site();
    await mkdir(join(media, "old"), { recursive: true });
    await writeFile(join(media, "old", "x.webp"), "x");
    await writeFile(join(media, "stranger.avif"), "x");
    await publishPictures(cache, out, [...files, ...files]);
    expect((await readdir(media)).sort()).toEqual([...files].sort());
    for (const file of files) {
      expect((await stat(join(media, file))).ino).toBe(
        (await stat(join(cache, "media", file))).ino,
      );
    }

    await publishPictures(cache, out, files.slice(1));
    expect((await readdir(media)).sort()).toEqual(files.slice(1).sort());
    await publishPictures(cache, out, []);
    expect(await readdir(media)).toEqual([]);
    expect((await readdir(join(cache, "media"))).sort()).toEqual(
      [...files].sort(),
    );
  });

  it("leaves right files alone and replaces wrong ones", async () => {
    const { cache, out, files, media } = await site();
    await publishPictures(cache, out, files);
    const times = () =>
      Promise.all(
        files.map(
          async (file) =>
            (await stat(join(media, file), { bigint: true })).ctimeNs,
        ),
      );
    const before = await times();
    await publishPictures(cache, out, files);
    expect(await times()).toEqual(before);

    const [first] = files;
    await rm(join(media, first!));
    await writeFile(join(media, first!), "");
    await publishPictures(cache, out, files);
    const right = await readFile(join(cache, "media", first!));
    expect(right.length).toBeGreaterThan(0);
    expect((await readFile(join(media, first!))).equals(right)).toBe(true);
  });

  it("refuses files that are not there or not renditions", async () => {
    const { cache, out, files } = await site();
    await expect(
      publishPictures(cache, out, ["0123456789abcdef-480.avif"]),
    ).rejects.toMatchObject({ code: "ENOENT" });
    for (const file of [
      "../secret.webp",
      "..",
      "",
      `${files[0]}.json`,
      "a/b.avif",
    ])
      await expect(publishPictures(cache, out, [file])).rejects.toThrow(
        "Not the name of a picture",
      );
  });
});
