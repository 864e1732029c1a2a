/** What is inside a TrueType font. */

/**
 * The code points a font has glyphs for, by its table of characters (OpenType `cmap`, formats 4 and 12).
 *
 * @throws when it has no such table
 */
export function codePointsOf(font: Buffer): Set<number> {
  const tables = font.readUInt16BE(4);
  const cmap = Array.from({ length: tables }, (_, index) => 12 + 16 * index)
    .filter((at) => font.toString("latin1", at, at + 4) === "cmap")
    .map((at) => font.readUInt32BE(at + 8))[0];
  if (cmap === undefined) throw new Error("The font has no table cmap");
  const found = new Set<number>();
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const at = cmap + font.readUInt32BE(cmap + 8 + 8 * index);
    const format = font.readUInt16BE(at);
    if (format === 4) addSegments(font, at, found);
    if (format === 12) addGroups(font, at, found);
  }
  return found;
}

function addSegments(font: Buffer, at: number, found: Set<number>): void {
  const twice = font.readUInt16BE(at + 6);
  const [ends, starts] = [at + 14, at + 16 + twice];
  const [deltas, offsets] = [starts + twice, starts + 2 * twice];
  for (let segment = 0; segment < twice; segment += 2) {
    const start = font.readUInt16BE(starts + segment);
    const end = font.readUInt16BE(ends + segment);
    const delta = font.readUInt16BE(deltas + segment);
    const offset = font.readUInt16BE(offsets + segment);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const glyph = offset
        ? font.readUInt16BE(offsets + segment + offset + 2 * (code - start))
        : (code + delta) & 0xffff;
      if (glyph !== 0) found.add(code);
    }
  }
}

function addGroups(font: Buffer, at: number, found: Set<number>): void {
  for (let group = 0; group < font.readUInt32BE(at + 12); group++) {
    const from = at + 16 + 12 * group;
    for (
      let code = font.readUInt32BE(from);
      code <= font.readUInt32BE(from + 4);
      code++
    )
      found.add(code);
  }
}
