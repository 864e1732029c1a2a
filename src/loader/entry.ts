/** One content file to one checked entry. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkSource, compileBody, type Heading } from "../mdx/compile.ts";
import { inspectPicture } from "../media/inspect.ts";
import { pictureView } from "../media/picture.ts";
import {
  isRecord,
  labelOf,
  toPublic,
  walkFields,
  type FieldPath,
  type RelationTarget,
} from "../schema/field.ts";
import {
  kinds,
  type Checked,
  type KindName,
  type Published,
} from "../schema/kinds.ts";
import { checkData } from "../schema/messages.ts";
import { licenceLabel } from "../schema/picture.ts";
import { error, quoted, warning, type Finding } from "../schema/problem.ts";
import { DOCUMENT_EXTENSIONS, PICTURE_EXTENSIONS } from "../schema/values.ts";
import {
  creditOf,
  documentView,
  type DocumentInfo,
  type ShownPicture,
} from "./beside.ts";
import { sha256 } from "./digest.ts";
import type { EntryFile } from "./files.ts";
import { decodeText } from "./text.ts";
import { parseYaml } from "./yaml.ts";

/** A field that names another entry. */
export interface EntryReference {
  targets: readonly RelationTarget[];
  value: string;
  path: FieldPath;
  field: string;
  line: number;
}

/** Everything that is known of an entry once its file has been read. */
export interface Entry<K extends KindName = KindName> {
  kind: K;
  id: string;
  file: string;
  /** Changes whenever anything that is published of the entry changes. */
  digest: string;
  /** With internal fields: `publishedOf` is what may leave the loader. */
  data: Checked<K>;
  /** The compiled body; absent for kinds that have none. Its HTML is kept apart, see bodies.ts. */
  body?: { digest: string; headings: Heading[]; words: number };
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
  references: EntryReference[];
  links: { address: string; line: number | undefined }[];
}

export interface ReadEntry {
  entry?: Entry;
  findings: Finding[];
}

/** The published form of an entry's data: without its internal fields. */
export const publishedOf = <K extends KindName>({
  kind,
  data,
}: Entry<K>): Published<K> =>
  toPublic(kinds[kind].schema, data as never) as unknown as Published<K>;

/**
 * Reads, checks and compiles one entry. Relations to other entries are left to `checkRelations`.
 *
 * @param source the entry's file and what lies beside it
 * @param contentDir absolute path of the content folder
 * @param bytes the file's content
 * @param base the site's base path
 * @returns the entry unless it has an error, with its body's HTML; and every finding
 */
export async function readEntry(
  source: EntryFile,
  contentDir: string,
  bytes: Uint8Array,
  base: string,
): Promise<ReadEntry & { html?: string }> {
  const decoded = decodeText(bytes);
  if (decoded.text === undefined) return { findings: decoded.findings };
  const parts = splitSource(decoded.text, source.file);
  if ("finding" in parts)
    return { findings: [...decoded.findings, parts.finding] };
  const yaml = parseYaml(parts.front);
  if ("finding" in yaml)
    return {
      findings: [...decoded.findings, shift(yaml.finding, parts.frontLine)],
    };

  const { schema } = kinds[source.kind];
  const lineAt = (at: FieldPath) => yaml.lineOf(at) + parts.frontLine - 1;
  if (!isRecord(yaml.data))
    return {
      findings: [
        ...decoded.findings,
        error(
          "not-fields",
          "phần khai báo không gồm các trường",
          "Viết mỗi trường một dòng: tên: giá trị.",
          { line: parts.frontLine },
        ),
      ],
    };
  const result = checkData(schema, yaml.data);
  const checked =
    parts.body === undefined
      ? undefined
      : checkSource(parts.body, parts.bodyLine);
  const findings = [...decoded.findings, ...(checked?.findings ?? [])];
  if (!result.ok)
    return {
      findings: [
        ...findings,
        ...result.findings.map(({ path: at, ...finding }) => ({
          ...finding,
          line: lineAt(at),
        })),
      ],
    };

  const data = result.data as Checked<KindName>;
  const fields = readFields(schema, data, lineAt);
  findings.push(...fields.findings);
  if (
    parts.body !== undefined &&
    parts.body.trim() === "" &&
    kinds[source.kind].layout === "story"
  )
    findings.push(
      warning(
        "empty-body",
        "bài chưa có nội dung",
        "Viết nội dung dưới phần khai báo.",
      ),
    );
  const files = await readFiles(
    source,
    contentDir,
    [...fields.pictures, ...(checked?.pictures ?? [])],
    [...fields.documents, ...(checked?.documents ?? [])],
  );
  findings.push(...files.findings);
  if (findings.some(({ severity }) => severity === "error"))
    return { findings };

  const compiled =
    parts.body === undefined
      ? undefined
      : compileBody(
          parts.body,
          blockContext(files.pictures, files.documents, base),
        );
  const body = compiled && {
    digest: sha256(compiled.html),
    headings: compiled.headings,
    words: compiled.words,
  };
  const entry: Entry = {
    kind: source.kind,
    id: source.id,
    file: source.file,
    digest: "",
    data,
    ...(body ? { body } : {}),
    pictures: files.pictures,
    documents: files.documents,
    references: fields.references,
    links: checked?.links ?? [],
  };
  entry.digest = sha256(
    JSON.stringify([publishedOf(entry), body, files.pictures, files.documents]),
  );
  return { findings, entry, ...(compiled ? { html: compiled.html } : {}) };
}

const shift = (finding: Finding, firstLine: number): Finding =>
  finding.line ? { ...finding, line: finding.line + firstLine - 1 } : finding;

interface Parts {
  front: string;
  frontLine: number;
  body?: string;
  bodyLine: number;
}

/** Splits a file into its YAML and its body. A `.yaml` file is all YAML. */
export function splitSource(
  text: string,
  file: string,
): Parts | { finding: Finding } {
  if (file.endsWith(".yaml")) return { front: text, frontLine: 1, bodyLine: 1 };
  const opening = /^---[ \t]*\n/.exec(text);
  if (!opening)
    return {
      finding: error(
        "no-front-matter",
        "bài không có phần khai báo",
        "Bắt đầu tệp bằng một dòng ---, rồi tiêu đề và các trường khác, rồi một dòng ---.",
        { line: 1 },
      ),
    };
  const rest = text.slice(opening[0].length);
  const closing = /^---[ \t]*(?:\n|$)/m.exec(rest);
  if (!closing)
    return {
      finding: error(
        "open-front-matter",
        "phần khai báo không có dòng --- kết thúc",
        "Thêm một dòng --- sau trường cuối cùng.",
        { line: 1 },
      ),
    };
  const front = rest.slice(0, closing.index);
  const body = rest.slice(closing.index + closing[0].length);
  return {
    front,
    frontLine: 2,
    body,
    bodyLine:
      1 + text.slice(0, text.length - body.length).split("\n").length - 1,
  };
}

/** Length advice, relations and files that the fields hold. */
function readFields(
  schema: (typeof kinds)[KindName]["schema"],
  data: unknown,
  lineAt: (at: FieldPath) => number,
) {
  const findings: Finding[] = [];
  const references: EntryReference[] = [];
  const pictures: WantedPicture[] = [];
  const documents: WantedFile[] = [];
  walkFields(schema, data, (meta, value, at) => {
    const field = () => labelOf(schema, at);
    if (meta.advice && typeof value === "string") {
      const length = [...value].length;
      const { min = 0, max = Infinity } = meta.advice;
      if (length < min || length > max)
        findings.push(
          warning(
            length < min ? "too-short" : "too-long",
            `dài ${length} ký tự`,
            adviceText(min, max),
            { line: lineAt(at), field: field() },
          ),
        );
    }
    if (meta.relation)
      for (const [index, item] of [value].flat().entries())
        if (typeof item === "string") {
          const path = Array.isArray(value) ? [...at, index] : at;
          references.push({
            targets: meta.relation,
            value: item,
            path,
            field: labelOf(schema, path),
            line: lineAt(path),
          });
        }
    if (meta.file === "document" && typeof value === "string")
      documents.push({ address: value, line: lineAt(at) });
    if (isRecord(value) && "src" in value && "alt" in value)
      pictures.push(wantedPicture(value, lineAt(at)));
    if (Array.isArray(value))
      value.forEach((item: unknown, index) => {
        if (isRecord(item) && "src" in item && "alt" in item)
          pictures.push(wantedPicture(item, lineAt([...at, index])));
      });
  });
  return { findings, references, pictures, documents };
}

const adviceText = (min: number, max: number): string =>
  max === Infinity
    ? `Nên dài ít nhất ${min} ký tự.`
    : min
      ? `Nên dài từ ${min} đến ${max} ký tự.`
      : `Nên gọn trong ${max} ký tự.`;

interface WantedFile {
  address: string;
  line?: number | undefined;
}
interface WantedPicture extends WantedFile {
  credit?: string | undefined;
  licence?: string | undefined;
}

const wantedPicture = (
  value: Record<string, unknown>,
  line: number,
): WantedPicture => ({
  address: String(value.src),
  line,
  credit: value.credit as string | undefined,
  licence: value.licence as string | undefined,
});

/** Opens what the entry refers to, and tells what lies beside it unused. */
async function readFiles(
  source: EntryFile,
  contentDir: string,
  wanted: WantedPicture[],
  wantedDocuments: WantedFile[],
) {
  const findings: Finding[] = [];
  const pictures = new Map<string, ShownPicture>();
  const documents: Record<string, DocumentInfo> = {};
  const used = new Set<string>();
  const open = (
    name: string,
    line: number | undefined,
  ): Uint8Array | undefined => {
    used.add(name);
    if (source.beside.includes(name))
      return readFileSync(
        path.join(contentDir, path.dirname(source.file), name),
      );
    const near = source.beside.find(
      (candidate) => candidate.toLowerCase() === name.toLowerCase(),
    );
    findings.push(
      error(
        "file-missing",
        `không thấy tệp ${quoted(name)} cạnh bài`,
        near
          ? `Tên tệp là ${quoted(near)}: viết đúng chữ hoa, chữ thường.`
          : "Đặt tệp vào cùng thư mục với bài, hoặc sửa tên.",
        { line },
      ),
    );
    return undefined;
  };
  for (const { address, line, credit, licence } of wanted) {
    const shown = {
      name: address,
      credit,
      licence: licence && licenceText(licence),
    };
    const key = JSON.stringify(shown);
    if (pictures.has(key)) continue;
    const bytes = open(address, line);
    if (!bytes) continue;
    const inspected = await inspectPicture(address, bytes);
    if (inspected.ok) pictures.set(key, { ...shown, info: inspected.info });
    else
      findings.push(
        error(
          inspected.problem.code,
          inspected.problem.found,
          inspected.problem.remedy,
          { line },
        ),
      );
  }
  for (const { address, line } of wantedDocuments) {
    const bytes = open(address, line);
    if (bytes)
      documents[address] = {
        hash: sha256(bytes).slice(0, 16),
        bytes: bytes.length,
      };
    if (
      !DOCUMENT_EXTENSIONS.some((extension) =>
        address.endsWith(`.${extension}`),
      )
    )
      findings.push(
        error(
          "document-type",
          `không dẫn tới được tệp ${quoted(address)}`,
          `Chỉ dẫn tới tệp ${DOCUMENT_EXTENSIONS.join(", ")}; liên kết ra ngoài bắt đầu bằng https://.`,
          { line },
        ),
      );
  }
  for (const name of source.beside)
    if (!used.has(name)) findings.push(unused(name));
  return { findings, pictures: [...pictures.values()], documents };
}

const unused = (name: string): Finding =>
  PICTURE_EXTENSIONS.some((extension) =>
    name.toLowerCase().endsWith(`.${extension}`),
  )
    ? warning(
        "unused-picture",
        `ảnh ${quoted(name)} không có trong bài`,
        "Đưa ảnh vào bài, hoặc xóa tệp.",
      )
    : warning(
        "unused-file",
        `tệp ${quoted(name)} không có trong bài`,
        "Dẫn tới tệp trong bài, hoặc xóa tệp.",
      );

/** Blocks hold the licence's key as text, unchecked until the block itself is. */
const licenceText = (licence: string): string | undefined =>
  licenceLabel(licence as Parameters<typeof licenceLabel>[0]);

function blockContext(
  pictures: ShownPicture[],
  documents: Record<string, DocumentInfo>,
  base: string,
) {
  return {
    base,
    picture: (
      name: string,
      { credit, licence }: { credit?: string; licence?: string },
    ) => {
      const shown = pictures.find((candidate) => candidate.name === name);
      return (
        shown &&
        pictureView(
          shown.info,
          base,
          creditOf({
            ...shown,
            credit,
            licence: licence && licenceText(licence),
          }),
        )
      );
    },
    document: (name: string) => {
      const info = Object.hasOwn(documents, name) ? documents[name] : undefined;
      return info && documentView(name, info, base);
    },
  };
}
