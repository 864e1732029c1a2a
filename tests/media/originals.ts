import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { onTestFinished } from "vitest";

/** Texts and numbers that must never leave an original. */
export const SECRETS = ["DienThoaiBiMat", "20,54.321N", "GPSLatitude"];

/** An empty folder that goes away with the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "media-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A picture with its left half red and its right half blue. */
export function halves(width: number, height: number): Sharp {
  const row = Array.from({ length: width }, (_, left) =>
    left < width / 2 ? [200, 48, 32] : [32, 48, 200],
  ).flat();
  const data = Buffer.alloc(row.length * height, Buffer.from(row));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A picture that does not compress to nothing, always of the same bytes. */
export function grain(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    data[at] = (at / (width * 3) + (state >>> 26)) & 0xff;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Puts metadata segments into a JPEG that has none. */
export function withSegments(
  jpeg: Buffer,
  segments: { exif?: Buffer; xmp?: string },
): Buffer {
  const contents: Buffer[] = [];
  if (segments.exif)
    contents.push(Buffer.concat([Buffer.from("Exif\0\0"), segments.exif]));
  if (segments.xmp)
    contents.push(Buffer.from(`http://ns.adobe.com/xap/1.0/\0${segments.xmp}`));
  const framed = contents.map((content) => {
    const frame = Buffer.from([0xff, 0xe1, 0, 0]);
    frame.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([frame, content]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...framed, jpeg.subarray(2)]);
}

/** A big-endian EXIF block with a position, a device name, and what is asked for. */
export function exifBlock(asked: {
  artist?: Buffer;
  copyright?: Buffer;
  orientation?: number;
}): Buffer {
  const text = (tag: number, bytes: Buffer | undefined) =>
    bytes
      ? [
          {
            tag,
            type: 2,
            count: bytes.length + 1,
            value: Buffer.concat([bytes, Buffer.alloc(1)]),
          },
        ]
      : [];
  const entries = [
    ...text(0x010f, Buffer.from("DienThoaiBiMat")),
    {
      tag: 0x0112,
      type: 3,
      count: 1,
      value: Buffer.from([0, asked.orientation ?? 1]),
    },
    ...text(0x013b, asked.artist),
    ...text(0x8298, asked.copyright),
    { tag: 0x8825, type: 4, count: 1, value: Buffer.alloc(4) },
  ];
  const degrees = Buffer.alloc(24);
  [20, 1, 54, 1, 321, 10].forEach((number, index) =>
    degrees.writeUInt32BE(number, index * 4),
  );

  let end = 8 + 2 + entries.length * 12 + 4;
  const values: Buffer[] = [];
  const place = (value: Buffer) => {
    const padded = Buffer.concat([value, Buffer.alloc(value.length % 2)]);
    values.push(padded);
    end += padded.length;
    return end - padded.length;
  };
  const row = (
    tag: number,
    type: number,
    count: number,
    value: Buffer | number,
  ) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type, 2);
    bytes.writeUInt32BE(count, 4);
    if (typeof value === "number") bytes.writeUInt32BE(value, 8);
    else value.copy(bytes, 8);
    return bytes;
  };
  const degreesAt = place(degrees);
  const gps = Buffer.concat([
    Buffer.from([0, 2]),
    row(1, 2, 2, Buffer.from("N\0")),
    row(2, 5, 3, degreesAt),
    Buffer.alloc(4),
  ]);
  const gpsAt = place(gps);
  const rows = entries.map(({ tag, type, count, value }) =>
    row(
      tag,
      type,
      count,
      tag === 0x8825 ? gpsAt : value.length > 4 ? place(value) : value,
    ),
  );
  const head = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, entries.length]);
  return Buffer.concat([head, ...rows, Buffer.alloc(4), ...values]);
}

/** An XMP packet with a position and, inside its description, what is asked for. */
export const xmpPacket = (properties: string, attributes = ""): string =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
  `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" ` +
  `xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" exif:GPSLatitude="20,54.321N" ${attributes}>${properties}` +
  `</rdf:Description></rdf:RDF></x:xmpmeta>`;

/** A small PNG whose header claims any size. */
export function claimingPng(width: number, height: number): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The tags of an EXIF block's first directory, each with its bytes. */
export function exifTags(exif: Buffer): Map<number, Buffer> {
  const tiff = exif.subarray(6);
  const little = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) =>
    little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const long = (at: number) =>
    little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const directory = long(4);
  return new Map(
    Array.from({ length: short(directory) }, (_, index) => {
      const at = directory + 2 + index * 12;
      const length = long(at + 4);
      const start = length <= 4 ? at + 8 : long(at + 8);
      return [short(at), tiff.subarray(start, start + length)];
    }),
  );
}
