/**
 * Whether a picture's file holds its picture and nothing else. Whatever is not on these lists (a thumbnail, a
 * maker's note, a comment, a profile, an archive behind the end) makes it a file to be encoded anew.
 */
import type { PictureType } from "./inspect.ts";

/**
 * Looks at the parts that a file is made of.
 *
 * @param xmp the one packet that may be in it; empty for none
 */
export const isPlain = (
  type: PictureType,
  bytes: Uint8Array,
  xmp: string,
): boolean => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    return CHECKS[type](buffer, Buffer.from(xmp));
  } catch (error) {
    // A length that points out of the file.
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const CHECKS: Record<PictureType, (bytes: Buffer, xmp: Buffer) => boolean> = {
  jpeg: isPlainJpeg,
  png: isPlainPng,
  webp: isPlainWebp,
  avif: isPlainAvif,
};

const APP0 = 0xe0;
const APP1 = 0xe1;
const SOS = 0xda;
const EOI = 0xd9;
/** Tables, frames and restarts, each with the most bytes that it can need. */
const JPEG_PARTS = new Map([
  [0xdb, 2 + 4 * 129],
  [0xc4, 2 + 8 * 273],
  [0xc0, 20],
  [0xc1, 20],
  [0xc2, 20],
  [0xdd, 4],
  [SOS, 14],
]);
const XMP_NAME = Buffer.from("http://ns.adobe.com/xap/1.0/\0");

function isPlainJpeg(bytes: Buffer, xmp: Buffer): boolean {
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) return false;
    const marker = bytes.readUInt8(at + 1);
    if (marker === EOI) return at + 2 === bytes.length;
    const length = bytes.readUInt16BE(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    const isKnown =
      length <= (JPEG_PARTS.get(marker) ?? 0) ||
      (marker === APP0 && length === 16 && content.includes("JFIF\0")) ||
      (marker === APP1 &&
        xmp.length > 0 &&
        content.equals(Buffer.concat([XMP_NAME, xmp])));
    if (!isKnown) return false;
    at += 2 + length;
    if (marker === SOS) at = endOfScan(bytes, at);
  }
}

/** Where a scan's data end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

const PNG_PARTS = new Map([
  ["IHDR", 13],
  ["PLTE", 768],
  ["tRNS", 256],
  ["pHYs", 9],
  ["sRGB", 1],
  ["IDAT", Infinity],
  ["IEND", 0],
]);

function isPlainPng(bytes: Buffer, xmp: Buffer): boolean {
  let packets = 0;
  for (let at = 8; ;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    // Our packet, compressed; that it is ours, the caller knows from the decoder.
    if (name === "zTXt" || name === "iTXt") packets++;
    else if (length > (PNG_PARTS.get(name) ?? -1)) return false;
    at += 12 + length;
    if (name === "IEND")
      return at === bytes.length && packets === (xmp.length > 0 ? 1 : 0);
  }
}

const WEBP_PARTS = new Set(["VP8 ", "VP8L", "VP8X", "ALPH"]);

function isPlainWebp(bytes: Buffer, xmp: Buffer): boolean {
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) return false;
  let at = 12;
  while (at < bytes.length) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const content = bytes.subarray(at + 8, at + 8 + length);
    const isOurs = name === "XMP " && xmp.length > 0 && content.equals(xmp);
    if (!isOurs && !WEBP_PARTS.has(name)) return false;
    at += 8 + length + (length % 2);
  }
  return at === bytes.length;
}

function isPlainAvif(bytes: Buffer): boolean {
  const names: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length < 8) return false;
    names.push(bytes.toString("latin1", at + 4, at + 8));
    at += length;
  }
  return at === bytes.length && names.join() === "ftyp,meta,mdat";
}
