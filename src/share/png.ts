/** PNG files of few colours: drawn pages have about a hundred, and a byte a pixel packs better than four. */
import { crc32, deflate } from "node:zlib";
import { promisify } from "node:util";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MOST_COLOURS = 256;
const PALETTE_COLOURS = 3;

/**
 * Encodes pixels without loss as PNG with a palette (PNG, 3rd edition, 11.2).
 *
 * @param pixels red, green, blue and alpha, 8 bits each, row by row; opaque
 * @returns nothing when there are more than 256 colours
 */
export async function palettePng(
  pixels: Uint8Array,
  width: number,
  height: number,
): Promise<Uint8Array | undefined> {
  const colours = new Map<number, number>();
  const view = new DataView(
    pixels.buffer,
    pixels.byteOffset,
    pixels.byteLength,
  );
  // Each row starts with the number of its filter; none (0) suits rows that repeat.
  const rows = new Uint8Array((width + 1) * height);
  let lastColour = -1;
  let lastIndex = 0;
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    to++;
    for (let x = 0; x < width; x++, from += 4) {
      const colour = view.getUint32(from) >>> 8;
      if (colour !== lastColour) {
        lastColour = colour;
        lastIndex = colours.get(colour) ?? colours.size;
        colours.set(colour, lastIndex);
      }
      rows[to++] = lastIndex;
    }
    if (colours.size > MOST_COLOURS) return undefined;
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

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
