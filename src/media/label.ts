/**
 * Labels for pictures that leave the site: who made one, what it shows and what may be done with it, written into the
 * file as newsrooms read it (IPTC Photo Metadata, as XMP, and as IIM in JPEG), while its pixels stay as they are.
 */
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { OPEN_SAFELY, type PictureType } from "./inspect.ts";
import { sanePicture } from "./original.ts";
import { LABELLED, tidyCredit } from "./picture.ts";

/** What is written into a picture. */
export interface Label {
  credit: string;
  /** What others may do with it, in words, and the page that holds the terms. */
  licence: string;
  terms: string;
  /** What it shows, for those who do not see it, and what is printed below it. */
  alt: string;
  caption?: string | undefined;
}

/**
 * Labels a picture. A file that holds more than its picture and its credit (a place, a camera, a thumbnail) is made
 * anew without these first.
 *
 * @param type what the file is
 * @param bytes the whole original
 * @returns the file, of the type that `LABELLED` names
 * @throws when the picture cannot be decoded
 */
export async function labelled(
  type: PictureType,
  bytes: Uint8Array,
  label: Label,
): Promise<Uint8Array> {
  const clean = await sanePicture(type, bytes);
  const ending = LABELLED[type];
  if (ending === "webp") return labelWebp(clean, label);
  // A photograph that came as a heavy PNG is sane as a JPEG.
  const isJpeg = clean[0] === 0xff;
  if (ending === "png")
    return labelPng(
      isJpeg ? await sharp(clean, OPEN_SAFELY).png().toBuffer() : clean,
      label,
    );
  return labelJpeg(
    isJpeg
      ? clean
      : await sharp(clean, OPEN_SAFELY)
          .flatten({ background: "#fff" })
          .jpeg({ quality: 92, chromaSubsampling: "4:4:4" })
          .toBuffer(),
    label,
  );
}

const escapeXml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** Without what XML cannot hold, on one line. */
const tidy = (words: string): string => tidyCredit({ credit: words }).credit;

/** The label as XMP: Dublin Core, Photoshop, XMP Rights, IPTC Core. */
function packetOf(label: Label): Buffer {
  const { credit, licence, terms, alt, caption } = label;
  const texts = (name: string, list: "Alt" | "Seq", words: string) =>
    `<${name}><rdf:${list}><rdf:li${list === "Alt" ? ' xml:lang="x-default"' : ""}>${escapeXml(tidy(words))}</rdf:li></rdf:${list}></${name}>`;
  const plain = (name: string, words: string) =>
    `<${name}>${escapeXml(tidy(words))}</${name}>`;
  return Buffer.from(
    [
      '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
      '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">',
      texts("dc:creator", "Seq", credit),
      texts("dc:rights", "Alt", licence),
      texts("dc:description", "Alt", caption ?? alt),
      plain("photoshop:Credit", credit),
      texts("xmpRights:UsageTerms", "Alt", licence),
      plain("xmpRights:WebStatement", terms),
      texts("Iptc4xmpCore:AltTextAccessibility", "Alt", alt),
      '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
    ].join(""),
  );
}

const XMP_NAME = "http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP_NAME = "Photoshop 3.0\0";
const [APP0, APP1, APP13] = [0xe0, 0xe1, 0xed];

/** Puts the label behind the header, in the place of an older one. */
function labelJpeg(bytes: Buffer, label: Label): Uint8Array {
  let header = 2;
  const kept: Buffer[] = [];
  for (let at = 2; bytes[at] === 0xff;) {
    const marker = bytes.readUInt8(at + 1);
    if (marker < APP0 || marker > APP0 + 15) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker !== APP1 && marker !== APP13) kept.push(bytes.subarray(at, end));
    header = at = end;
  }
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...kept,
    segment(APP1, Buffer.from(XMP_NAME), packetOf(label)),
    segment(APP13, Buffer.from(PHOTOSHOP_NAME), resourceOf(iimOf(label))),
    bytes.subarray(header),
  ]);
}

function segment(marker: number, ...content: Buffer[]): Buffer {
  const all = Buffer.concat([Buffer.alloc(4), ...content]);
  all.writeUInt16BE(0xff00 + marker, 0);
  all.writeUInt16BE(all.length - 2, 2);
  return all;
}

/** Photoshop's resource that holds IIM. */
function resourceOf(iim: Buffer): Buffer {
  const head = Buffer.from("8BIM\x04\x04\0\0\0\0\0\0", "latin1");
  head.writeUInt32BE(iim.length, 8);
  return Buffer.concat([head, iim, Buffer.alloc(iim.length % 2)]);
}

/** The label as IIM, which older newsroom systems read alone; in UTF-8, as it says first. */
function iimOf({ credit, licence, alt, caption }: Label): Buffer {
  const dataset = (record: number, number: number, content: Buffer) => {
    const head = Buffer.from([0x1c, record, number, 0, 0]);
    head.writeUInt16BE(content.length, 3);
    return Buffer.concat([head, content]);
  };
  const words = (number: number, text: string) =>
    dataset(2, number, Buffer.from(tidy(text)));
  return Buffer.concat([
    dataset(1, 90, Buffer.from("\x1b%G")),
    dataset(2, 0, Buffer.from([0, 4])),
    words(80, credit),
    words(110, credit),
    words(116, licence),
    words(120, caption ?? alt),
  ]);
}

const PNG_HEADER = 8;

function labelPng(bytes: Buffer, label: Label): Uint8Array {
  const chunks: Buffer[] = [];
  for (let at = PNG_HEADER; at < bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (!/^[iz]TXt$/.test(bytes.toString("latin1", at + 4, at + 8)))
      chunks.push(bytes.subarray(at, end));
    at = end;
  }
  // Keyword, not compressed, no language.
  const content = Buffer.concat([
    Buffer.from("iTXtXML:com.adobe.xmp\0\0\0\0\0", "latin1"),
    packetOf(label),
  ]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4);
  chunk.set(content, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  const [first, ...others] = chunks;
  return Buffer.concat([
    bytes.subarray(0, PNG_HEADER),
    first!,
    chunk,
    ...others,
  ]);
}

/** Bits of a WebP's extended header. */
const WEBP_ALPHA = 0x10;
const WEBP_XMP = 0x04;

async function labelWebp(bytes: Buffer, label: Label): Promise<Uint8Array> {
  const parts: { name: string; content: Buffer }[] = [];
  for (let at = 12; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    parts.push({
      name: bytes.toString("latin1", at, at + 4),
      content: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  const { width, height, hasAlpha } = await sharp(bytes).metadata();
  const extended = Buffer.alloc(10);
  extended.writeUInt8((hasAlpha ? WEBP_ALPHA : 0) | WEBP_XMP);
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const written = [
    { name: "VP8X", content: extended },
    ...parts.filter(({ name }) => name !== "VP8X" && name !== "XMP "),
    { name: "XMP ", content: packetOf(label) },
  ].map(({ name, content }) => {
    const head = Buffer.from(`${name}\0\0\0\0`, "latin1");
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  });
  const body = Buffer.concat([Buffer.from("WEBP"), ...written]);
  const riff = Buffer.from("RIFF\0\0\0\0", "latin1");
  riff.writeUInt32LE(body.length, 4);
  return Buffer.concat([riff, body]);
}
