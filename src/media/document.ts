/** Looks into documents that editors upload: whole, of the type they say, and without what runs. */
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { DOCUMENT_EXTENSIONS } from "../schema/values.ts";
import { megabytes } from "./inspect.ts";
import { safeName, shownName } from "./name.ts";
import type { Sanitised } from "./original.ts";

/** A document as it is kept: its own bytes under a safe name. */
export interface KeptDocument {
  name: string;
  bytes: Buffer;
}

/** Why a document cannot be used, in Vietnamese sentences for its editor. */
export interface DocumentProblem {
  code:
    | "document-unreadable"
    | "document-mislabelled"
    | "document-active"
    | "document-too-large";
  found: string;
  remedy: string;
}

type DocumentType = (typeof DOCUMENT_EXTENSIONS)[number];

const MOST_BYTES = 30 * 1024 * 1024;
/** What a document may come to when it is unpacked, and of how many files. */
const MOST_UNPACKED = 200 * 1024 * 1024;
const MOST_FILES = 3000;

/** The document type that a name's ending says; nothing for another. */
export const documentType = (name: string): DocumentType | undefined =>
  DOCUMENT_EXTENSIONS.find((ending) =>
    name.toLowerCase().endsWith(`.${ending}`),
  );

/**
 * Checks a document.
 *
 * @param bytes the whole file
 * @param name its name on the editor's machine, with an ending that `documentType` knows
 * @returns the document under a safe name, or why it cannot be used
 */
export async function saneDocument(
  bytes: Buffer,
  name: string,
): Promise<Sanitised<KeptDocument, DocumentProblem>> {
  const type = documentType(name)!;
  const shown = shownName(name);
  const problem =
    bytes.length > MOST_BYTES
      ? tooLarge(shown, bytes.length)
      : type === "pdf"
        ? pdfProblem(shown, bytes)
        : await packageProblem(shown, type, bytes);
  return problem
    ? { ok: false, problem }
    : {
        ok: true,
        original: { name: safeName(name, `.${type}`, "tai-lieu"), bytes },
      };
}

/** The record that ends an archive. */
const ARCHIVE_END = "PK\x05\x06";

function pdfProblem(name: string, bytes: Buffer): DocumentProblem | undefined {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString("latin1", 0, 8)))
    return mislabelled(name, "PDF");
  const end = bytes.lastIndexOf("%%EOF");
  const tail = bytes.subarray(end + 5);
  const isArchive = bytes.subarray(-66_000).includes(ARCHIVE_END, 0, "latin1");
  if (end < 0 || isArchive || tail.some((byte) => !BLANKS.includes(byte)))
    return unreadable(name);
  return ["/JavaScript", "/Launch"].some((word) => bytes.includes(word))
    ? active(name)
    : undefined;
}

const BLANKS = [0, 9, 10, 12, 13, 32];

/** What every file of a type holds. ODF says its type in a file of its own. */
const MARKS: Record<
  Exclude<DocumentType, "pdf">,
  { label: string; file: string; says?: string }
> = {
  docx: { label: "Word", file: "word/document.xml" },
  xlsx: { label: "Excel", file: "xl/workbook.xml" },
  odt: {
    label: "OpenDocument (.odt)",
    file: "mimetype",
    says: "application/vnd.oasis.opendocument.text",
  },
  ods: {
    label: "OpenDocument (.ods)",
    file: "mimetype",
    says: "application/vnd.oasis.opendocument.spreadsheet",
  },
};

/** Programs inside documents: macros of Office and of OpenDocument, and whatever runs by its ending. */
const RUNS =
  /(?:^|\/)(?:vbaProject[^/]*|vbaData\.xml)$|^(?:Basic|Scripts)\/.|\.(?:exe|dll|js|vbs|bat|cmd|scr|hta|jar|html?)$/i;

async function packageProblem(
  name: string,
  type: Exclude<DocumentType, "pdf">,
  bytes: Buffer,
): Promise<DocumentProblem | undefined> {
  const { label, file, says } = MARKS[type];
  if (!bytes.subarray(0, 4).equals(Buffer.from("PK\x03\x04")))
    return mislabelled(name, label);
  const files = await unpackAll(bytes).catch(() => undefined);
  if (!files) return unreadable(name);
  const mark = files.get(file);
  if (!mark || (says !== undefined && mark.toString().trim() !== says))
    return mislabelled(name, label);
  return [...files.keys()].some((one) => RUNS.test(one))
    ? active(name)
    : undefined;
}

/**
 * Unpacks an archive, one file at a time, and forgets all but short files.
 *
 * @throws for anything that is not plain: gaps at either end, a wrong size, too much of it, a secret
 */
async function unpackAll(bytes: Buffer): Promise<Map<string, Buffer>> {
  const end = bytes.lastIndexOf(ARCHIVE_END, undefined, "latin1");
  const count = bytes.readUInt16LE(end + 10);
  const hasEnd = end + 22 === bytes.length;
  if (!hasEnd || count === 0 || count > MOST_FILES)
    throw new Error("not a plain archive");
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  let packed = 0;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(bytes, at);
    unpacked += entry.size;
    packed += entry.data.length;
    // Entries that share their bytes are how a small file becomes a huge one.
    if (unpacked > MOST_UNPACKED || packed > bytes.length)
      throw new Error("too large when unpacked");
    const content = await inflate(entry);
    if (content.length !== entry.size) throw new Error("wrong size");
    files.set(entry.name, content.length <= 1000 ? content : Buffer.alloc(0));
    at = entry.next;
  }
  return files;
}

interface ArchiveEntry {
  name: string;
  method: number;
  size: number;
  data: Buffer;
  next: number;
}

function readEntry(bytes: Buffer, at: number): ArchiveEntry {
  const [flags, method] = [
    bytes.readUInt16LE(at + 8),
    bytes.readUInt16LE(at + 10),
  ];
  const [packed, size] = [
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 24),
  ];
  const nameLength = bytes.readUInt16LE(at + 28);
  const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
  const start = bytes.readUInt32LE(at + 42);
  const isEncrypted = (flags & 1) === 1;
  const isPlain =
    bytes.readUInt32LE(at) === 0x02014b50 &&
    bytes.readUInt32LE(start) === 0x04034b50 &&
    (method === 0 || method === 8);
  if (!isPlain || isEncrypted || /^\/|\\|(?:^|\/)\.\.(?:\/|$)|\0/.test(name))
    throw new Error("not a plain entry");
  const from =
    start +
    30 +
    bytes.readUInt16LE(start + 26) +
    bytes.readUInt16LE(start + 28);
  return {
    name,
    method,
    size,
    data: bytes.subarray(from, from + packed),
    next:
      at +
      46 +
      nameLength +
      bytes.readUInt16LE(at + 30) +
      bytes.readUInt16LE(at + 32),
  };
}

const inflateRawSlowly = promisify(inflateRaw);

const inflate = async ({
  method,
  data,
  size,
}: ArchiveEntry): Promise<Buffer> =>
  method === 0
    ? data
    : // One byte more than it says, so that a liar is found out and no further.
      inflateRawSlowly(data, { maxOutputLength: size + 1 });

const unreadable = (name: string): DocumentProblem => ({
  code: "document-unreadable",
  found: `Tệp «${name}» bị hỏng, có mật khẩu hoặc chưa chép đủ.`,
  remedy:
    "Mở tệp bằng phần mềm soạn thảo, lưu thành tệp mới không có mật khẩu rồi tải tệp mới lên.",
});

const mislabelled = (name: string, label: string): DocumentProblem => ({
  code: "document-mislabelled",
  found: `Tệp «${name}» không phải tài liệu ${label} như đuôi tên của nó.`,
  remedy:
    "Mở tệp bằng phần mềm soạn thảo và lưu ra đúng loại; chỉ đổi đuôi tệp thì không đủ.",
});

const active = (name: string): DocumentProblem => ({
  code: "document-active",
  found: `Tệp «${name}» có chương trình chạy bên trong (macro hoặc mã lệnh).`,
  remedy: "In tệp ra PDF rồi tải tệp PDF lên.",
});

const tooLarge = (name: string, size: number): DocumentProblem => ({
  code: "document-too-large",
  found: `Tệp «${name}» nặng ${megabytes(size)} MB, quá mức ${megabytes(MOST_BYTES)} MB.`,
  remedy: "Thu nhỏ ảnh trong tài liệu hoặc chia tài liệu thành nhiều tệp.",
});
