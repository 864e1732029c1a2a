/** Documents as office programs save them, and such as none would. */
import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive. What is said of it may differ from what is in it. */
export interface Packed {
  name: string;
  content: Buffer | string;
  /** The size that the archive says. */
  size?: number;
  flags?: number;
}

/** Packs files as one archive. */
export function archive(files: readonly Packed[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, size, flags = 0 } of files) {
    const bytes = Buffer.from(content);
    const data = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(
      Buffer.from("PK\x01\x02\x14\0"),
      common,
      place,
      Buffer.from(name),
    );
    const body = Buffer.concat([
      Buffer.from("PK\x03\x04"),
      common,
      Buffer.from(name),
      data,
    ]);
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

export const WORD: Packed[] = [
  { name: "[Content_Types].xml", content: "<Types/>" },
  { name: "word/document.xml", content: "<w:document/>".repeat(99) },
];
export const EXCEL: Packed[] = [{ name: "xl/workbook.xml", content: "<a/>" }];
export const ODT: Packed[] = [
  { name: "mimetype", content: "application/vnd.oasis.opendocument.text" },
  { name: "content.xml", content: "<a/>" },
];
export const ODS: Packed[] = [
  {
    name: "mimetype",
    content: "application/vnd.oasis.opendocument.spreadsheet",
  },
];
export const PDF = Buffer.from(
  "%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\r\n",
);
