/** PNG files of few colours: drawn pages have about a hundred, and a byte a pixel packs better than four. */
import { crc32, deflate } from "node:zlib";
import { promisify } from "node:util";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MOST_COLOURS = 256;
const PALETTE_COLOURS = 3;
const FILTER_UP = 2;

/** A part of a picture, from side to side. */
export interface Strip {
  /** Red, green, blue and alpha, 8 bits each, row by row; opaque. */
  pixels: Uint8Array;
  /** How many of the picture's pixels one of these is wide and high. */
  scale: number;
  /** The picture's rows that are taken of it, and how many are passed over before. */
  rows: number;
  skipped: number;
}

/**
 * Encodes a picture without loss as PNG with a palette (PNG, 3rd edition, 11.2).
 *
 * @param strips from top to bottom
 * @param width of the picture, which each strip's scale divides
 * @returns nothing when there are more than 256 colours
 */
export async function palettePng(
  strips: readonly Strip[],
  width: number,
): Promise<Uint8Array | undefined> {
  const height = heightOf(strips);
  const colours = new Map<number, number>();
  // Each row starts with the number of its filter: none, or up where it is the same as the row above, of which
  // there are many, and which then is all zeros.
  const rows = new Uint8Array((width + 1) * height);
  let at = 0;
  for (const { pixels, scale, rows: count, skipped } of strips) {
    const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.length);
    const across = width / scale;
    for (let y = 0, last = -1; y < count; y++, at += width + 1) {
      const row = Math.floor((y + skipped) / scale);
      if (row === last) rows[at] = FILTER_UP;
      else indexRow(view, row * across * 4, across, scale, at + 1);
      last = row;
    }
    if (colours.size > MOST_COLOURS) return undefined;
  }
  function indexRow(
    view: DataView,
    from: number,
    across: number,
    scale: number,
    to: number,
  ): void {
    let start = to;
    let colour = view.getUint32(from) >>> 8;
    for (let x = 1; x <= across; x++) {
      const next = x < across ? view.getUint32(from + 4 * x) >>> 8 : -1;
      if (next === colour) continue;
      const index = colours.get(colour) ?? colours.size;
      colours.set(colour, index);
      const end = to + x * scale;
      rows.fill(index, start, end);
      start = end;
      colour = next;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, PALETTE_COLOURS], 8);
  const palette = Buffer.alloc(3 * colours.size);
  for (const [colour, index] of colours)
    palette.writeUIntBE(colour, 3 * index, 3);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", await promisify(deflate)(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** How many rows strips have, one below the other. */
export const heightOf = (strips: readonly Strip[]): number =>
  strips.reduce((sum, { rows }) => sum + rows, 0);

/** The pixels of a whole picture. */
export function pixelsOf(strips: readonly Strip[], width: number): Uint8Array {
  const all = new Uint32Array(width * heightOf(strips));
  let at = 0;
  for (const { pixels, scale, rows, skipped } of strips) {
    const small = new Uint32Array(
      pixels.buffer,
      pixels.byteOffset,
      pixels.length / 4,
    );
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < width; x++, at++)
        all[at] =
          small[
            Math.floor((y + skipped) / scale) * (width / scale) +
              Math.floor(x / scale)
          ]!;
  }
  return new Uint8Array(all.buffer);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
