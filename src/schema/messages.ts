/** Zod's findings as an editor reads them: by the field's label, what was found, what to do. */
import { z } from "zod";
import {
  childOf,
  core,
  isRecord,
  labelOf,
  metaOf,
  type FieldPath,
} from "./field.ts";
import { error, quoted, type Finding } from "./problem.ts";

/** A finding with the path it is about, so that a caller can find its line. */
export interface FieldFinding extends Finding {
  path: FieldPath;
}

/**
 * Checks data against a schema.
 *
 * @returns the checked data, or every finding at once
 */
export function checkData<S extends z.ZodType>(
  schema: S,
  data: unknown,
): { ok: true; data: z.output<S> } | { ok: false; findings: FieldFinding[] } {
  const result = schema.safeParse(data);
  if (result.success) return { ok: true, data: result.data };
  return {
    ok: false,
    findings: result.error.issues.flatMap((issue) =>
      explain(schema, data, issue),
    ),
  };
}

function explain(
  schema: z.ZodType,
  data: unknown,
  issue: z.core.$ZodIssue,
): FieldFinding[] {
  const path = issue.path as FieldPath;
  const finding = (
    code: string,
    found: string,
    remedy: string,
    at: FieldPath = path,
  ): FieldFinding => ({
    ...error(code, found, remedy, { field: labelOf(schema, at) || undefined }),
    path: at,
  });
  const value = valueAt(data, path);
  const owner = schemaAt(schema, path);
  const hint = (owner && metaOf(owner).description) ?? "";
  if (
    value === undefined &&
    issue.code !== "unrecognized_keys" &&
    issue.code !== "custom"
  )
    return [finding("missing", "còn thiếu", `Cần điền. ${hint}`.trim())];
  if (isBlank(value) && issue.code !== "custom")
    return [
      finding(
        "empty",
        "để trống",
        `${owner?.safeParse(undefined).success ? "Điền nội dung, hoặc xóa hẳn trường này nếu không có gì để ghi." : "Điền nội dung."} ${hint}`.trim(),
      ),
    ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        finding(
          "unknown-field",
          `không có trường nào tên ${quoted(key)}`,
          suggestion(owner, key),
          [...path, key],
        ),
      );
    case "invalid_type":
      return [
        finding(
          "wrong-type",
          `${described(value)} không phải ${TYPE_WORDS[issue.expected] ?? "giá trị đúng loại"}`,
          TYPE_REMEDIES[issue.expected] ??
            (hint || "Xem lại cách viết trường này."),
        ),
      ];
    case "invalid_value":
      return [
        finding(
          "unknown-option",
          `${described(value)} không có trong các lựa chọn`,
          `Chọn một trong: ${options(owner, issue.values)}.`,
        ),
      ];
    case "too_small":
      return [
        finding(
          "too-small",
          Array.isArray(value)
            ? "danh sách thiếu mục"
            : `${described(value)} nhỏ quá`,
          `${lowerBound(issue)} ${hint}`.trim(),
        ),
      ];
    case "too_big":
      return [
        finding(
          "too-big",
          `${described(value)} ${issue.origin === "number" ? "lớn" : "dài"} quá`,
          `Nhiều nhất ${issue.maximum}${UNITS[issue.origin] ?? ""}. ${hint}`.trim(),
        ),
      ];
    case "custom":
      // What else is wrong with an empty text goes without saying.
      if (typeof value === "string" && isBlank(value)) return [];
      return [
        finding(
          "rule",
          value === undefined ? "chưa đủ" : `${described(value)} chưa hợp lệ`,
          issue.message,
        ),
      ];
    default:
      return [
        finding(
          "bad-format",
          `${described(value)} viết chưa đúng`,
          issue.message,
        ),
      ];
  }
}

/** A value in an editor's words: lists and groups by their kind, all else as it stands. */
function described(value: unknown): string {
  if (Array.isArray(value)) return `danh sách ${value.length} mục`;
  return isRecord(value) ? "nhóm trường" : quoted(value);
}

const lowerBound = (issue: z.core.$ZodIssueTooSmall): string =>
  issue.inclusive === false
    ? `Cần lớn hơn ${issue.minimum}.`
    : `Cần ít nhất ${issue.minimum}${UNITS[issue.origin] ?? ""}.`;

const UNITS: Record<string, string> = { string: " ký tự", array: " mục" };

const TYPE_WORDS: Record<string, string> = {
  string: "chữ",
  number: "số",
  int: "số nguyên",
  boolean: "true hoặc false",
  array: "danh sách",
  object: "nhóm trường",
};

const TYPE_REMEDIES: Record<string, string> = {
  string: "Viết giá trị này là chữ; nếu là số thì đặt trong dấu nháy.",
  number: "Viết một số, dấu chấm cho phần thập phân, không kèm đơn vị.",
  int: "Viết một số nguyên.",
  boolean: "Viết true (có) hoặc false (không).",
  array: "Viết thành danh sách, mỗi mục một dòng bắt đầu bằng dấu gạch ngang.",
  object: "Viết thành các dòng «tên: giá trị» thụt vào dưới tên trường.",
};

const isBlank = (value: unknown): boolean =>
  value === null || (typeof value === "string" && value.trim() === "");

function options(
  owner: z.ZodType | undefined,
  values: readonly unknown[],
): string {
  const labels = (owner && metaOf(owner).options) ?? {};
  return values
    .map((value) =>
      labels[String(value)]
        ? `${value} (${labels[String(value)]})`
        : String(value),
    )
    .join(", ");
}

function suggestion(owner: z.ZodType | undefined, key: string): string {
  const inside = owner && core(owner);
  const known =
    inside instanceof z.ZodObject
      ? Object.entries(inside.shape as Record<string, z.ZodType>)
      : [];
  const near = known
    .map(([name, schema]) => ({
      name,
      label: metaOf(schema).title,
      distance: editDistance(name.toLowerCase(), key.toLowerCase()),
    }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)[0];
  return near
    ? `Có phải là ${quoted(near.name)} (${near.label})? Nếu không thì xóa đi.`
    : "Xóa đi, hoặc xem lại tên.";
}

/** The value at a path; nothing where the path leads out of the data. */
export function valueAt(data: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      (isRecord(here) || Array.isArray(here)) && Object.hasOwn(here, step)
        ? (here as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}

function schemaAt(schema: z.ZodType, path: FieldPath): z.ZodType | undefined {
  let here: z.ZodType | undefined = schema;
  for (const step of path) {
    const inside: z.ZodType = core(here);
    if (typeof step === "number")
      here =
        inside instanceof z.ZodArray
          ? (inside.element as z.ZodType)
          : undefined;
    else here = childOf(inside, step);
    if (!here) return undefined;
  }
  return here;
}

/** Levenshtein's distance between two short words. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length]!;
}
