/** The kinds of value fields are made of: texts, dates, addresses, identifiers. */
import { z } from "zod";

/** One line of text. A hard ceiling guards the layout; the advised length is a field's own matter. */
export const line = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(400)
    .regex(/^[^\n\r]*$/, { error: "Viết trên một dòng, không xuống dòng." });

/** Text of one or more paragraphs, without markup. */
export const prose = () => z.string().trim().min(1).max(4000);

/** YAML reads an unquoted 2025 as a number, and some readers an unquoted date as a Date. */
const asText = (value: unknown): unknown => {
  if (typeof value === "number") return String(value);
  return value instanceof Date ? value.toISOString() : value;
};
const asDay = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString().slice(0, 10) : asText(value);

const DAY_ERROR =
  "Viết ngày theo thứ tự năm-tháng-ngày, ví dụ 2025-11-15, và là ngày có thật.";

/** A calendar day, `2025-11-15`. */
export const day = () => z.preprocess(asDay, z.iso.date({ error: DAY_ERROR }));

const EDTF_PART = String.raw`\d{4}(?:-\d{2}(?:-\d{2})?)?`;
const EDTF = new RegExp(`^${EDTF_PART}(?:/${EDTF_PART})?$`);
const EDTF_ERROR =
  "Viết ngày (2025-11-15), tháng (2025-11), năm (2025) hoặc khoảng thời gian (2025-10-08/2025-10-10), là ngày có thật.";

/**
 * A day, month, year or a span of them, as ISO 8601-2 (EDTF level 0) writes it: `2025-11-15`, `2025-11`,
 * `2025`, `2025-10-08/2025-10-10`. What is not known is not written.
 */
export const partialDate = () =>
  z.preprocess(
    asDay,
    z
      .string()
      .regex(EDTF, { error: EDTF_ERROR })
      .refine((text) => !EDTF.test(text) || isRealSpan(text), {
        error: EDTF_ERROR,
      }),
  );

/** Whether every part of an EDTF date exists in the calendar and a span does not run backwards. */
export function isRealSpan(text: string): boolean {
  const parts = text.split("/");
  const real = parts.every((part) => {
    const full = `${part}-01-01`.slice(0, 10);
    const date = new Date(`${full}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full);
  });
  const [start = "", end = start] = parts;
  return real && start.slice(0, end.length) <= end;
}

/** An instant with its offset, `2026-05-19T08:00:00+07:00`. */
export const instant = () =>
  z.preprocess(
    asText,
    z.iso.datetime({
      offset: true,
      error: "Viết ngày giờ kèm múi giờ, ví dụ 2026-05-19T08:00:00+07:00.",
    }),
  );

const WEB_ERROR = "Viết đủ địa chỉ, bắt đầu bằng https://.";

/** A web address that starts with http:// or https://. */
export const webAddress = () =>
  z
    .url({
      protocol: /^https?$/,
      hostname: z.regexes.domain,
      error: WEB_ERROR,
    })
    .refine(isPlainAddress, { error: WEB_ERROR });

/** Nothing before an @ to pose as another site, nothing that a browser would mend first. Others are told of elsewhere. */
const isPlainAddress = (address: string): boolean =>
  !/^https?:/i.test(address) ||
  !URL.canParse(address) ||
  /^https?:\/\/[^/?#@\\]+(?:[/?#]|$)/i.test(address);

/** The part of an address that names an entry: lower-case ASCII letters, digits and single hyphens. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const SLUG_ERROR =
  "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ xa-tan-cuong.";

/** Another entry's identifier: its folder's or file's name. */
export const reference = () => z.string().regex(SLUG, { error: SLUG_ERROR });

/** A story of any kind, as `models/<slug>`. */
export const storyReference = () =>
  z.string().regex(/^(models|role-models|news)\/[a-z0-9]+(?:-[a-z0-9]+)*$/, {
    error: "Viết loại bài và tên thư mục, ví dụ models/xa-tan-cuong.",
  });

/** A path of this site that once led to the entry, `/tin-tuc/ten-cu/`. */
export const oldAddress = () =>
  z.string().regex(/^\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+$/, {
    error:
      "Viết phần địa chỉ sau tên miền, bắt đầu và kết thúc bằng dấu /, ví dụ /tin-tuc/ten-cu/.",
  });

/** The names that files beside an entry may have: they become parts of addresses. */
export const fileNamePattern = (extensions: readonly string[]): RegExp =>
  new RegExp(`^[a-z0-9]+(?:[-_.][a-z0-9]+)*\\.(?:${extensions.join("|")})$`);

/** The name of a file that lies beside the entry. */
export const fileBeside = (extensions: readonly string[]) =>
  z.string().regex(fileNamePattern(extensions), {
    error: `Ghi tên tệp nằm cùng thư mục với bài, chữ thường không dấu, đuôi ${extensions.join(", ")}.`,
  });

export const PICTURE_EXTENSIONS = [
  "jpg",
  "jpeg",
  "png",
  "webp",
  "avif",
] as const;
export const DOCUMENT_EXTENSIONS = [
  "pdf",
  "docx",
  "xlsx",
  "odt",
  "ods",
] as const;

/** A list that is empty when the editor leaves it out. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.array(item).max(200).default([]);
