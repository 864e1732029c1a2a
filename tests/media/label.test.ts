import { describe, expect, it } from "vitest";
import sharp from "sharp";
import { ownCredit } from "../../src/media/credit.ts";
import { labelled, type Label } from "../../src/media/label.ts";
import { LABELLED } from "../../src/media/picture.ts";

const LABEL: Label = {
  credit: "Nguyễn Thị Ấ Ẫ «Ví Dụ» & con",
  licence: "CC BY 4.0",
  terms: "https://creativecommons.org/licenses/by/4.0/",
  alt: `Bà con <đổ> bê tông & "hát"`,
  caption: "Đường xóm, tháng 10/2026",
};

const picture = (alpha = false) =>
  sharp({
    create: {
      width: 61,
      height: 40,
      channels: alpha ? 4 : 3,
      background: { r: 200, g: 30, b: 60, alpha: alpha ? 0.5 : 1 },
    },
  });

const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

const CASES = {
  "a JPEG": () => picture().jpeg(),
  "a progressive JPEG": () => picture().jpeg({ mozjpeg: true }),
  "a PNG": () => picture().png(),
  "a PNG with holes": () => picture(true).png(),
  "a WebP": () => picture().webp(),
  "a WebP with holes": () => picture(true).webp(),
  "a WebP without loss": () => picture(true).webp({ lossless: true }),
};

describe.each(Object.entries(CASES))("%s", (_name, make) => {
  it("says who made it, what it shows and what may be done, in the same pixels", async () => {
    const bytes = await make().toBuffer();
    const { format } = await sharp(bytes).metadata();
    const made = await labelled(format as "jpeg", bytes, LABEL);
    const metadata = await sharp(made).metadata();
    expect(metadata.format).toBe(format);
    expect(ownCredit(metadata)).toEqual({
      credit: LABEL.credit,
      licence: LABEL.licence,
    });
    for (const words of [
      LABEL.terms,
      LABEL.caption,
      "Bà con &lt;đổ&gt; bê tông &amp; &quot;hát&quot;",
    ])
      expect(metadata.xmpAsString).toContain(words);
    expect(await pixels(made)).toEqual(await pixels(bytes));
    expect(metadata.hasAlpha).toBe((await sharp(bytes).metadata()).hasAlpha);
  });

  it("is labelled again like the first time", async () => {
    const bytes = await make().toBuffer();
    const { format } = await sharp(bytes).metadata();
    const once = await labelled(format as "jpeg", bytes, {
      ...LABEL,
      credit: "Người khác",
    });
    const again = await labelled(format as "jpeg", once, LABEL);
    const direct = await labelled(format as "jpeg", bytes, LABEL);
    expect(ownCredit(await sharp(again).metadata()).credit).toBe(LABEL.credit);
    expect(Buffer.from(again).includes("Người khác")).toBe(false);
    expect(Buffer.from(direct).includes("Người khác")).toBe(false);
  });
});

it("AVIF, which newsrooms cannot open, becomes JPEG", async () => {
  const bytes = await picture(true).avif().toBuffer();
  const made = await labelled("avif", bytes, LABEL);
  expect(LABELLED.avif).toBe("jpg");
  const metadata = await sharp(made).metadata();
  expect(metadata.format).toBe("jpeg");
  expect(ownCredit(metadata).credit).toBe(LABEL.credit);
});

it("a JPEG says it as IIM as well", async () => {
  const bytes = await labelled(
    "jpeg",
    await picture().jpeg().toBuffer(),
    LABEL,
  );
  const iptc = (await sharp(bytes).metadata()).iptc!;
  for (const words of [LABEL.credit, LABEL.licence, LABEL.caption!])
    expect(iptc.includes(words)).toBe(true);
});

it("the place and the camera are gone, and who made it is not forgotten", async () => {
  const bytes = await picture()
    .jpeg()
    .withExif({
      IFD0: { Artist: "Nguyen", Make: "MayAnh" },
      IFD3: { GPSLatitude: "21/1 35/1 0/1", GPSLatitudeRef: "N" },
    })
    .toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const made = await labelled("jpeg", bytes, LABEL);
  const metadata = await sharp(made).metadata();
  expect(metadata.exif).toBeUndefined();
  for (const trace of ["GPS", "MayAnh", "Exif"])
    expect(Buffer.from(made).includes(trace), trace).toBe(false);
  expect(ownCredit(metadata).credit).toBe(LABEL.credit);
});
