import { isUtf8 } from "node:buffer";
import sharp, { type Sharp } from "sharp";
import { tidyCredit, type Credit } from "./picture.ts";

/** EXIF tags of the first directory (IFD0). */
const ARTIST = 0x013b;
const COPYRIGHT = 0x8298;
/** EXIF value types of one byte a unit: BYTE, ASCII, UNDEFINED and, since EXIF 3, UTF-8. */
const BYTE_TYPES = [1, 2, 7, 129];
const EXIF_PREFIX = "Exif\0\0";
const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Reads whom a picture names in its own metadata. XMP goes first: only there is the encoding certain.
 *
 * @param metadata what sharp's `metadata()` found: the EXIF block and the XMP text, if any
 * @returns tidied texts, empty where the picture says nothing
 */
export function ownCredit(metadata: {
  exif?: Uint8Array;
  xmpAsString?: string;
}): Required<Credit> {
  const { exif, xmpAsString: xmp = "" } = metadata;
  const lines = [
    xmpTexts(xmp, "dc:creator").join(", "),
    xmpCreditLine(xmp),
  ].map((line) => line.trim());
  const named = [...new Set(lines)].filter(Boolean).join(" / ");
  return tidyCredit({
    credit: named || exifText(exif, ARTIST),
    licence: xmpTexts(xmp, "dc:rights")[0] || exifText(exif, COPYRIGHT),
  });
}

/**
 * Encodes a picture and writes its credit into the file, as EXIF (Artist, Copyright) and as XMP (dc:creator, dc:rights).
 *
 * @param picture a sharp pipeline with its output format set and no metadata of its own kept
 * @param credit tidied texts; when both are empty the file gets no metadata at all
 * @returns the bytes of the file
 * @throws when the picture cannot be encoded
 */
export async function encodeWithCredit(
  picture: Sharp,
  credit: Required<Credit>,
): Promise<Buffer> {
  const texts = (
    [
      ["Artist", ARTIST, credit.credit],
      ["Copyright", COPYRIGHT, credit.licence],
    ] as const
  )
    .filter(([, , text]) => text)
    .map(([name, tag, text]) => ({ name, tag, bytes: Buffer.from(text) }));
  if (texts.length === 0) return picture.toBuffer();

  // sharp turns EXIF texts into plain ASCII ("Nguyễn" becomes "Nguyen") and cuts them at " (". So it gets fillers of the
  // right length here, and the true UTF-8 bytes take their place in the finished file.
  const fillers = Object.fromEntries(
    texts.map(({ name, bytes }) => [name, "x".repeat(bytes.length)]),
  );
  const file = await picture
    .withExif({ IFD0: fillers })
    .withXmp(xmpPacket(credit))
    .toBuffer();
  const { exif } = await sharp(file).metadata();
  const start = exif ? file.indexOf(exif.subarray(EXIF_PREFIX.length)) : -1;
  for (const { name, tag, bytes } of texts) {
    const place = start < 0 ? undefined : exifValue(file.subarray(start), tag);
    if (!place || place.length < bytes.length)
      throw new Error(`No place for ${name} in the encoded picture`);
    place.set(bytes);
  }
  return file;
}

function exifText(exif: Uint8Array | undefined, tag: number): string {
  const bytes = exif && exifValue(exif, tag);
  if (!bytes) return "";
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1252").decode(
    bytes,
  );
}

/** The bytes of a tag in IFD0, as a window on the block; nothing where the tag is absent or the block is broken. */
function exifValue(exif: Uint8Array, tag: number): Uint8Array | undefined {
  const prefixed =
    Buffer.from(exif.subarray(0, EXIF_PREFIX.length)).toString("latin1") ===
    EXIF_PREFIX;
  const tiff = exif.subarray(prefixed ? EXIF_PREFIX.length : 0);
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const little = view.getUint16(0) === 0x4949;
    const directory = view.getUint32(4, little);
    const end = directory + 2 + 12 * view.getUint16(directory, little);
    for (let entry = directory + 2; entry < end; entry += 12) {
      if (view.getUint16(entry, little) !== tag) continue;
      if (!BYTE_TYPES.includes(view.getUint16(entry + 2, little)))
        return undefined;
      const length = view.getUint32(entry + 4, little);
      const start = length <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
      return tiff.subarray(start, start + length);
    }
  } catch (error) {
    // An offset that points out of the block: cameras and broken tools do write such things.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** The texts of an XMP property: its list items, or its bare text. */
function xmpTexts(xmp: string, property: string): string[] {
  const end = xmp.indexOf(`</${property}>`);
  const start = end < 0 ? -1 : xmp.lastIndexOf(`<${property}`, end);
  if (start < 0) return [];
  const inside = xmp.slice(xmp.indexOf(">", start) + 1, end);
  const items = Array.from(
    inside.matchAll(/<rdf:li[^<>]*>([^<]*)</g),
    (match) => match[1]!,
  );
  return (items.length > 0 ? items : inside.includes("<") ? [] : [inside]).map(
    unescapeXml,
  );
}

function xmpCreditLine(xmp: string): string {
  const attribute = /photoshop:Credit\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/.exec(
    xmp,
  );
  return (
    unescapeXml(attribute?.[1] ?? attribute?.[2] ?? "") ||
    (xmpTexts(xmp, "photoshop:Credit")[0] ?? "")
  );
}

/** A credit as the one XMP packet that we write; the same credit gives the same text. */
export function xmpPacket({ credit, licence }: Required<Credit>): string {
  const creator =
    credit &&
    `<dc:creator><rdf:Seq><rdf:li>${escapeXml(credit)}</rdf:li></rdf:Seq></dc:creator>`;
  const rights =
    licence &&
    `<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(licence)}</rdf:li></rdf:Alt></dc:rights>`;
  return (
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">${creator}${rights}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  );
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (_, hex, decimal, name) => {
      if (name) return ENTITIES[name.toLowerCase()]!;
      const point = hex ? parseInt(hex, 16) : Number(decimal);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "";
    },
  );
}
