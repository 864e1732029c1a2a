import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { saneOriginal, type Original } from "../../src/media/original.ts";
import {
  claimingPng,
  exifBlock,
  grain,
  halves,
  SECRETS,
  withSegments,
  xmpPacket,
} from "./originals.ts";

const sane = async (bytes: Buffer, name = "a.jpg"): Promise<Original> => {
  const made = await saneOriginal(bytes, name);
  if (!made.ok) throw new Error(made.problem.found);
  return made.original;
};
const refusal = async (bytes: Buffer, name = "a.jpg") => {
  const made = await saneOriginal(bytes, name);
  if (made.ok) throw new Error(`${name} was accepted`);
  return made.problem;
};

/** A plain picture of each type. */
const plain = {
  jpeg: await halves(300, 200).jpeg().toBuffer(),
  png: await halves(300, 200).png().toBuffer(),
  webp: await halves(300, 200).webp().toBuffer(),
  avif: await halves(300, 200).avif({ effort: 0 }).toBuffer(),
};

/** A chunk of a PNG, put before its end; what stands where its checksum should, decoders pass over. */
function withPngChunk(png: Buffer, type: string, content: Buffer): Buffer {
  const frame = Buffer.alloc(12 + content.length);
  frame.writeUInt32BE(content.length, 0);
  frame.write(type, 4, "latin1");
  content.copy(frame, 8);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), frame, png.subarray(end)]);
}

const withComment = (jpeg: Buffer, text: string): Buffer => {
  const frame = Buffer.from([0xff, 0xfe, 0, 0]);
  frame.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([
    jpeg.subarray(0, 2),
    frame,
    Buffer.from(text),
    jpeg.subarray(2),
  ]);
};

/** What a phone takes: 12 megapixels, lying on its side, with a place, a maker's note, a thumbnail and words. */
async function phonePhoto(): Promise<Buffer> {
  const pixels = await grain(4032, 3024).jpeg({ quality: 97 }).toBuffer();
  const exif = Buffer.concat([
    exifBlock({ orientation: 6, artist: Buffer.from("Nguyễn Văn Thử") }),
    Buffer.from("MakerNote DienThoaiBiMat"),
    await halves(160, 120).jpeg().toBuffer(),
  ]);
  return withSegments(pixels, {
    exif,
    xmp: xmpPacket("", 'photoshop:Credit="Báo Thử"'),
  });
}

let fixtures: Record<string, Buffer>;
beforeAll(async () => {
  const wide = grain(2800, 1000);
  const clear = await grain(1400, 1400).ensureAlpha(0.5).png().toBuffer();
  const frames = await Promise.all(
    [halves(60, 40), grain(60, 40)].map((frame) => frame.png().toBuffer()),
  );
  const raised = async (picture: Sharp) => picture.toColourspace("rgb16");
  fixtures = {
    ...plain,
    phone: await phonePhoto(),
    wide: await wide.jpeg().toBuffer(),
    cmyk: await halves(300, 200).toColourspace("cmyk").jpeg().toBuffer(),
    grey: await halves(300, 200).greyscale().jpeg().toBuffer(),
    greyPng: await halves(300, 200).greyscale().png().toBuffer(),
    p3: await halves(300, 200).withIccProfile("p3").jpeg().toBuffer(),
    deep: await (await raised(halves(300, 200))).png().toBuffer(),
    palette: await halves(300, 200).png({ palette: true }).toBuffer(),
    clear,
    photoPng: await grain(2600, 1900).png().toBuffer(),
    deepAvif: await halves(300, 200).avif({ bitdepth: 12 }).toBuffer(),
    credited: await halves(300, 200)
      .png()
      .withXmp(xmpPacket("<dc:creator>Thử &amp; Nghiệm</dc:creator>"))
      .toBuffer(),
    creditedWebp: await halves(300, 200)
      .webp()
      .withXmp(xmpPacket("<dc:creator>Ảnh</dc:creator>"))
      .toBuffer(),
    creditedAvif: await halves(300, 200)
      .avif({ effort: 0 })
      .withXmp(xmpPacket("<dc:rights>CC BY</dc:rights>"))
      .toBuffer(),
    animation: await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer(),
    losslessWebp: await grain(1700, 1500).webp({ lossless: true }).toBuffer(),
    finest: await grain(1700, 1500).jpeg({ quality: 100 }).toBuffer(),
    trailing: Buffer.concat([plain.jpeg, Buffer.from("PK\x05\x06 rest")]),
    commented: withComment(plain.jpeg, "<script>alert(1)</script>*/=1//"),
  };
}, 120_000);

describe("a phone's photograph", () => {
  it("becomes upright, small, without its place, with its credit", async () => {
    const { name, bytes, width, height } = await sane(
      fixtures.phone!,
      "Bà Đào gieo chữ.JPG".normalize("NFD"),
    );
    expect(fixtures.phone!.length).toBeGreaterThan(9_000_000);
    expect(name).toBe("ba-dao-gieo-chu.jpg");
    expect([width, height]).toEqual([1920, 2560]);
    expect(bytes.length).toBeLessThan(3_000_000);
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ width: 1920, height: 2560 });
    expect(metadata.exif ?? metadata.icc ?? metadata.iptc).toBeUndefined();
    expect(metadata.orientation).toBeUndefined();
    expect(metadata.xmpAsString).toContain("Báo Thử");
    for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
  });

  it("is turned, not only said to be", async () => {
    const lying = withSegments(plain.jpeg, {
      exif: exifBlock({ orientation: 6 }),
    });
    const { bytes } = await sane(lying);
    const { data, info } = await sharp(bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([200, 300]);
    const [top, bottom] = [data[0]!, data[data.length - 3]!];
    expect(top).toBeGreaterThan(150);
    expect(bottom).toBeLessThan(80);
  });
});

describe("any picture", () => {
  it("made sane twice is made sane once, and the same each time", async () => {
    for (const [kind, bytes] of Object.entries(fixtures)) {
      const first = await sane(bytes);
      const [again, twice] = [await sane(bytes), await sane(first.bytes)];
      expect(again.bytes.equals(first.bytes), kind).toBe(true);
      expect(twice.bytes.equals(first.bytes), kind).toBe(true);
      const metadata = await sharp(first.bytes).metadata();
      expect(metadata, kind).toMatchObject({ depth: "uchar" });
      expect(metadata.space, kind).toMatch(/^(?:srgb|b-w)$/);
      expect(metadata.pages ?? 1, kind).toBe(1);
      expect(Math.max(first.width, first.height)).toBeLessThanOrEqual(2560);
    }
  }, 300_000);

  it.each(["jpeg", "png", "webp", "avif", "palette", "greyPng"])(
    "that is sane already (%s) keeps its bytes",
    async (kind) => {
      expect((await sane(fixtures[kind]!)).bytes).toEqual(fixtures[kind]);
    },
  );

  it.each(["trailing", "commented", "p3", "deep", "animation", "deepAvif"])(
    "with something besides (%s) loses it",
    async (kind) => {
      const { bytes } = await sane(fixtures[kind]!);
      expect(bytes.equals(fixtures[kind]!)).toBe(false);
      for (const word of ["script", "PK\x05\x06", "ANMF"])
        expect(bytes.includes(word)).toBe(false);
    },
  );

  it("keeps its colours, whatever they were written in", async () => {
    for (const kind of ["p3", "cmyk", "deep", "avif"]) {
      const { bytes } = await sane(fixtures[kind]!);
      // One pixel of the red half.
      const [red, , blue] = await sharp(bytes)
        .extract({ left: 50, top: 100, width: 1, height: 1 })
        .raw()
        .toBuffer();
      expect(red, kind).toBeGreaterThan(150);
      expect(blue, kind).toBeLessThan(110);
    }
  });

  it("keeps what is clear in it; a photograph as PNG becomes a JPEG", async () => {
    const clear = await sane(fixtures.clear!, "a.png");
    expect(clear.name).toBe("a.png");
    expect((await sharp(clear.bytes).metadata()).hasAlpha).toBe(true);
    const photo = await sane(fixtures.photoPng!, "a.png");
    expect(photo.name).toBe("a.jpg");
    expect(photo.bytes.length).toBeLessThan(fixtures.photoPng!.length / 3);
  }, 60_000);

  it("keeps its credit in every type, and nothing of the packet it came in", async () => {
    for (const [kind, words] of [
      ["credited", "Thử &amp; Nghiệm"],
      ["creditedWebp", "Ảnh"],
      ["creditedAvif", "CC BY"],
    ] as const) {
      const { bytes } = await sane(fixtures[kind]!);
      const { xmpAsString } = await sharp(bytes).metadata();
      expect(xmpAsString, kind).toContain(words);
      expect(xmpAsString, kind).not.toContain("GPS");
    }
  });

  it.each(["eXIf", "tEXt", "acTL", "iCCP", "prIv"])(
    "loses a PNG's chunk %s",
    async (type) => {
      const stuffed = withPngChunk(plain.png, type, Buffer.from("bi mat<?php"));
      const made = await saneOriginal(stuffed, "a.png");
      // A decoder may refuse a broken chunk; what is let in has lost it.
      if (made.ok) expect(made.original.bytes.includes("<?php")).toBe(false);
    },
  );

  it.each([
    ["a JPEG that begins a script", "jpeg", 4, Buffer.from([0x2f, 0x2a])],
  ] as const)("%s is refused or made anew", async (_, kind, at, bytes) => {
    const twisted = Buffer.from(plain[kind]);
    bytes.copy(twisted, at);
    const made = await saneOriginal(twisted, "a.jpg");
    if (made.ok)
      expect(made.original.bytes.subarray(at, at + 2)).not.toEqual(bytes);
  });
});

describe("names", () => {
  it.each([
    ["Ảnh đẹp Việt.PNG", "anh-dep-viet.png"],
    ["Ảnh đẹp Việt.png".normalize("NFD"), "anh-dep-viet.png"],
    ["ĐƯỜNG bê tông (1).png", "duong-be-tong-1.png"],
    ["a.b.c.png", "a-b-c.png"],
    ["🌾🌾.png", "anh.png"],
    [".png", "anh.png"],
    ["", "anh.png"],
    ["CON.png", "anh-con.png"],
    ["lpt1.txt", "anh-lpt1.png"],
    ["C:\\Users\\Bà\\Desktop\\hè.png", "he.png"],
    ["../../etc/passwd", "passwd.png"],
    ["anh.jpg\0.php", "anh-jpg-0-php.png"],
    [
      `${"rất dài ".repeat(60)}.png`,
      /^(?:rat-dai-){6}rat-dai\.png$|^[a-z-]{1,60}\.png$/,
    ],
    ["index.mdx", "index.png"],
    ["anh.php", "anh.png"],
    ["ảnh.jpg", "anh.png"],
  ])("%j", async (given, wanted) => {
    const { name } = await sane(plain.png, given);
    if (typeof wanted === "string" && !given.includes("\0"))
      expect(name).toBe(wanted);
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*\.png$/);
    expect(name.length).toBeLessThanOrEqual(64);
  });
});

describe("refused", () => {
  it.each([
    ["GIF", "GIF89a\x01\0\x01\0\0\0\0;"],
    ["GIF", "GIF89a/*\0\x01\0PK\x03\x04;"],
    ["SVG", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
    ["PDF", "%PDF-1.7\n\xff\xd8\xff"],
    ["không rõ loại", "PK\x03\x04"],
    ["không rõ loại", "#!/bin/sh"],
  ])("%s", async (kind, content) => {
    const problem = await refusal(Buffer.from(content, "latin1"), "ảnh.jpg");
    expect(problem.found).toContain(kind);
    expect(problem.found).toContain("«ảnh.jpg»");
  });

  it("a HEIC, with what to do on the phone", async () => {
    const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
    const { remedy } = await refusal(heic, "IMG_0001.HEIC");
    expect(remedy).toContain("JPEG");
    expect(remedy).toContain("Tương thích nhất");
  });

  it("what claims more pixels than anyone could decode", async () => {
    const { code } = await refusal(claimingPng(60_000, 60_000), "a.png");
    expect(code).toBe("picture-too-many-pixels");
  });

  it("what is cut short, or is no picture behind its first bytes", async () => {
    for (const bytes of Object.values(plain)) {
      expect((await refusal(bytes.subarray(0, bytes.length / 2))).code).toBe(
        "picture-unreadable",
      );
    }
    const posing = Buffer.from(
      "\xff\xd8\xff<script>alert(1)</script>",
      "latin1",
    );
    expect((await refusal(posing)).code).toBe("picture-unreadable");
  });

  it("with a name that hides nothing from who reads it", async () => {
    const { found } = await refusal(Buffer.from("x"), "a\u202egpj\n.exe");
    expect(found).toContain("«agpj.exe»");
  });
});
