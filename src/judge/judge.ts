/**
 * The one judge of an entry: what is wrong with its text, by the labels of its fields. It runs in the
 * editor's browser, on the desk when an entry is saved, and at build. Nothing here needs Node: the parser is
 * the caller's, and so is what is known of the files and entries around.
 */
import { judgeBody, type Parse } from "../mdx/source.ts";
import type { CheckedBody } from "../mdx/check.ts";
import {
  isRecord,
  labelOf,
  walkFields,
  type FieldPath,
  type RelationTarget,
} from "../schema/field.ts";
import { kinds, type Checked, type KindName } from "../schema/kinds.ts";
import { checkData, valueAt } from "../schema/messages.ts";
import { error, quoted, warning, type Finding } from "../schema/problem.ts";
import { PICTURE_EXTENSIONS } from "../schema/values.ts";
import { splitSource, type Parts } from "./parts.ts";
import {
  checkReferences,
  type Around,
  type EntryReference,
} from "./references.ts";
import { cleanText } from "./text.ts";
import { parseYaml } from "./yaml.ts";

/** A file that an entry refers to. */
export interface WantedFile {
  address: string;
  line?: number | undefined;
}

export interface WantedPicture extends WantedFile {
  credit?: string | undefined;
  licence?: string | undefined;
  alt?: string | undefined;
  caption?: string | undefined;
  showsChildren?: boolean | undefined;
}

/** An entry as it is put before the judge. */
export interface JudgedSource {
  kind: KindName;
  /** Path below the content folder. */
  file: string;
  /** What the file holds, or would if it were saved. */
  text: string;
  /** Names of the files beside it; left out when nobody knows them. */
  beside?: readonly string[];
}

/** What is known of an entry from its text alone. */
export interface Judgement {
  findings: Finding[];
  /** The rest is there when its fields could be read, even if some are wrong. */
  fields?: {
    data: Checked<KindName>;
    references: EntryReference[];
    links: CheckedBody["links"];
    pictures: WantedPicture[];
    documents: WantedFile[];
  };
  /** The text under the fields; absent for kinds that have none. */
  body?: string;
}

/**
 * Judges an entry by its text and by what is known around it. An entry holds together when no finding is an error.
 *
 * @param source the entry's text and place
 * @param parse the parser of the place where the judge runs
 * @param around what is known of other entries; left out when they are checked apart, all together
 * @returns every finding, and what the entry refers to
 */
export function judgeEntry(
  { kind, file, text: raw, beside }: JudgedSource,
  parse: Parse,
  around?: Around,
): Judgement {
  const { text, findings } = cleanText(raw);
  if (text === undefined) return { findings };
  const parts = splitSource(text, file);
  if ("finding" in parts) return { findings: [...findings, parts.finding] };
  const { body } = parts;
  const checked =
    body === undefined ? NO_BODY : judgeBody(body, parse, parts.bodyLine);
  const front = readFront(kinds[kind].schema, parts);
  findings.push(...checked.findings, ...front.findings);
  if (!front.fields) return { findings, body };
  if (body?.trim() === "" && kinds[kind].layout === "story")
    findings.push(EMPTY_BODY);
  const fields = {
    data: front.data,
    references: front.fields.references,
    links: checked.links,
    pictures: [...front.fields.pictures, ...checked.pictures],
    documents: [...front.fields.documents, ...checked.documents],
  };
  if (beside)
    findings.push(
      ...checkFiles([...fields.pictures, ...fields.documents], beside, {
        unused: checked.isWhole,
        misnamed: front.fields.misnamed,
      }),
    );
  if (around)
    findings.push(...checkReferences(fields.references, fields.data, around));
  return { findings, fields, body };
}

const NO_BODY: CheckedBody = {
  findings: [],
  pictures: [],
  documents: [],
  links: [],
  isWhole: true,
};

const EMPTY_BODY = warning(
  "empty-body",
  "bài chưa có nội dung",
  "Viết nội dung dưới phần khai báo.",
);

/**
 * What is wanted and does not lie beside the entry, and the reverse.
 *
 * @param told whether to tell of what nothing wants, and the names that are told of elsewhere
 */
function checkFiles(
  wanted: readonly WantedFile[],
  beside: readonly string[],
  told: { unused: boolean; misnamed: ReadonlySet<unknown> },
): Finding[] {
  const names = new Set(wanted.map(({ address }) => address));
  return [
    ...wanted
      .filter(({ address }) => !beside.includes(address))
      .map(({ address, line }) => ({ ...missing(address, beside), line })),
    ...beside
      .filter(
        (name) => told.unused && !names.has(name) && !told.misnamed.has(name),
      )
      .map(unused),
  ];
}

function missing(name: string, beside: readonly string[]): Finding {
  const near = beside.find(
    (candidate) => candidate.toLowerCase() === name.toLowerCase(),
  );
  return error(
    "file-missing",
    `không thấy tệp ${quoted(name)} cạnh bài`,
    near
      ? `Tên tệp là ${quoted(near)}: viết đúng chữ hoa, chữ thường.`
      : "Đặt tệp vào cùng thư mục với bài, hoặc sửa tên.",
  );
}

/** Told of a file beside an entry that nothing refers to. */
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
        const { credit, licence, alt, caption, showsChildren } = about;
        pictures.push({
          ...file,
          credit,
          licence,
          alt,
          caption,
          showsChildren,
        });
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
