/** One content file to one checked entry. */
import path from "node:path";
import {
  bodyUnreadable,
  checkSource,
  compileBody,
  type CompiledBody,
  type Heading,
} from "../mdx/compile.ts";
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
import { checkData, valueAt } from "../schema/messages.ts";
import { error, warning, type Finding } from "../schema/problem.ts";
import {
  licenceText,
  openAttached,
  unused,
  type WantedFile,
  type WantedPicture,
} from "./attached.ts";
import {
  creditOf,
  documentView,
  type DocumentInfo,
  type ShownPicture,
} from "./beside.ts";
import { sha256 } from "./digest.ts";
import type { EntryFile } from "./files.ts";
import type { Settings } from "./settings.ts";
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

/** What is known of an entry that has an error: enough to check what it refers to all the same. */
export type HeldEntry = Pick<
  Entry,
  "kind" | "id" | "file" | "data" | "references" | "links"
>;

/** What reading a file gave: an entry when it has no error. */
export interface ReadEntry {
  entry?: Entry;
  held?: HeldEntry;
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
 * @param bytes the file's content
 * @param place absolute paths of the content folder and the cache, and the site's base path
 * @returns the entry unless it has an error, with its body's HTML; and every finding
 */
export async function readEntry(
  source: EntryFile,
  bytes: Uint8Array,
  place: Pick<Settings, "contentDir" | "cacheDir" | "base">,
): Promise<ReadEntry & { html?: string }> {
  const { text, findings } = decodeText(bytes);
  if (text === undefined) return { findings };
  const parts = splitSource(text, source.file);
  if ("finding" in parts) return { findings: [...findings, parts.finding] };

  const checked =
    parts.body === undefined
      ? undefined
      : checkSource(parts.body, parts.bodyLine);
  findings.push(...(checked?.findings ?? []));
  const front = readFront(kinds[source.kind].schema, parts);
  findings.push(...front.findings);
  if (!front.fields) return { findings };

  if (parts.body?.trim() === "" && kinds[source.kind].layout === "story")
    findings.push(EMPTY_BODY);
  const attached = await openAttached(
    {
      folder: path.join(place.contentDir, path.dirname(source.file)),
      beside: source.beside,
      pictures: [...front.fields.pictures, ...(checked?.pictures ?? [])],
      documents: [...front.fields.documents, ...(checked?.documents ?? [])],
    },
    place.cacheDir,
  );
  findings.push(...attached.findings);
  if (checked?.isWhole !== false)
    for (const name of source.beside)
      if (!attached.used.has(name) && !front.fields.misnamed.has(name))
        findings.push(unused(name));

  const held: HeldEntry = {
    kind: source.kind,
    id: source.id,
    file: source.file,
    data: front.data,
    references: front.fields.references,
    links: checked?.links ?? [],
  };
  if (findings.some(({ severity }) => severity === "error"))
    return { findings, held };
  const { pictures, documents } = attached;
  const compiled = compile(
    parts.body,
    blockContext(pictures, documents, place.base),
  );
  if (compiled && "severity" in compiled)
    return { findings: [...findings, compiled], held };
  const body = compiled && {
    digest: sha256(compiled.html),
    headings: compiled.headings,
    words: compiled.words,
  };
  const entry: Entry = {
    ...held,
    digest: "",
    ...(body ? { body } : {}),
    pictures,
    documents,
  };
  entry.digest = sha256(
    JSON.stringify([publishedOf(entry), body, pictures, documents]),
  );
  return { findings, entry, ...(compiled ? { html: compiled.html } : {}) };
}

const EMPTY_BODY = warning(
  "empty-body",
  "bài chưa có nội dung",
  "Viết nội dung dưới phần khai báo.",
);

/** Whatever a body that passed the checks turns out to be, it stops no other. */
function compile(
  body: string | undefined,
  context: Parameters<typeof compileBody>[1],
): CompiledBody | Finding | undefined {
  try {
    return body === undefined ? undefined : compileBody(body, context);
  } catch {
    return bodyUnreadable;
  }
}

/** Reads and checks a file's fields: as far as they can be read, even when some are wrong. */
function readFront(
  schema: (typeof kinds)[KindName]["schema"],
  { front, frontLine }: Parts,
): {
  findings: Finding[];
  data: Checked<KindName>;
  fields?: ReturnType<typeof readFields>;
} {
  const yaml = parseYaml(front);
  const nothing = { data: {} as Checked<KindName> };
  if ("finding" in yaml)
    return { findings: [shift(yaml.finding, frontLine)], ...nothing };
  if (!isRecord(yaml.data))
    return {
      findings: [
        error(
          "not-fields",
          "phần khai báo không gồm các trường",
          "Viết mỗi trường một dòng: tên: giá trị.",
          { line: frontLine },
        ),
      ],
      ...nothing,
    };
  const lineAt = (at: FieldPath) => yaml.lineOf(at) + frontLine - 1;
  const result = checkData(schema, yaml.data);
  const wrong = result.ok ? [] : result.findings;
  const data = result.ok ? result.data : yaml.data;
  const fields = readFields(
    schema,
    data,
    lineAt,
    new Set(wrong.map(({ path: at }) => at.join("."))),
  );
  return {
    findings: [
      ...wrong.map(({ path: at, ...finding }) => ({
        ...finding,
        line: lineAt(at),
      })),
      ...fields.findings,
    ],
    data: data as Checked<KindName>,
    fields,
  };
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

/**
 * Length advice, relations and files that the fields hold.
 *
 * @param wrong the paths of fields that failed their own checks, joined with dots: nothing more is told of these
 */
function readFields(
  schema: (typeof kinds)[KindName]["schema"],
  data: unknown,
  lineAt: (at: FieldPath) => number,
  wrong: ReadonlySet<string>,
) {
  const findings: Finding[] = [];
  const references: EntryReference[] = [];
  const pictures: WantedPicture[] = [];
  const documents: WantedFile[] = [];
  const misnamed = new Set<unknown>();
  const refer = (
    targets: readonly RelationTarget[],
    value: unknown,
    at: FieldPath,
  ) => {
    if (typeof value === "string" && !wrong.has(at.join(".")))
      references.push({
        targets,
        value,
        path: at,
        field: labelOf(schema, at),
        line: lineAt(at),
      });
  };
  walkFields(schema, data, (meta, value, at) => {
    if (wrong.has(at.join("."))) {
      if (meta.file) misnamed.add(value);
      return;
    }
    if (meta.advice && typeof value === "string") {
      const length = [...value].length;
      const { min = 0, max = Infinity } = meta.advice;
      if (length < min || length > max)
        findings.push(
          warning(
            length < min ? "too-short" : "too-long",
            `dài ${length} ký tự`,
            adviceText(min, max),
            { line: lineAt(at), field: labelOf(schema, at) },
          ),
        );
    }
    if (meta.relation && Array.isArray(value))
      value.forEach((item, index) =>
        refer(meta.relation!, item, [...at, index]),
      );
    else if (meta.relation) refer(meta.relation, value, at);
    if (meta.file && typeof value === "string") {
      const file = { address: value, line: lineAt(at) };
      if (meta.file === "document") documents.push(file);
      else {
        const about = valueAt(data, at.slice(0, -1)) as WantedPicture;
        const { credit, licence } = about;
        pictures.push({ ...file, credit, licence });
      }
    }
  });
  return { findings, references, pictures, documents, misnamed };
}

const adviceText = (min: number, max: number): string =>
  max === Infinity
    ? `Nên dài ít nhất ${min} ký tự.`
    : min
      ? `Nên dài từ ${min} đến ${max} ký tự.`
      : `Nên gọn trong ${max} ký tự.`;

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
            licence: licenceText(licence),
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
