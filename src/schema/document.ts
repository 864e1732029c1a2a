import { z } from "zod";
import { field } from "./field.ts";
import {
  DOCUMENT_EXTENSIONS,
  day,
  fileBeside,
  line,
  prose,
  webAddress,
} from "./values.ts";

const DOCUMENT_TYPES = {
  law: "Luật",
  decree: "Nghị định",
  resolution: "Nghị quyết",
  decision: "Quyết định",
  plan: "Kế hoạch",
  guideline: "Hướng dẫn",
  other: "Văn bản khác",
} as const;

/** An official document that the site refers to. */
export const document = z.strictObject({
  title: field(line(), {
    label: "Tên văn bản",
    hint: "Trích yếu đầy đủ, như trên văn bản.",
    advice: { max: 260 },
  }),
  number: field(line(), { label: "Số, ký hiệu", hint: "Ví dụ 141/KH-UBND." }),
  type: field(
    z.enum(Object.keys(DOCUMENT_TYPES) as [keyof typeof DOCUMENT_TYPES]),
    {
      label: "Loại văn bản",
      hint: "Luật, nghị định, kế hoạch…",
      options: DOCUMENT_TYPES,
    },
  ),
  issuer: field(line(), {
    label: "Nơi ban hành",
    hint: "Tên đầy đủ của cơ quan ban hành.",
  }),
  signer: field(line().optional(), {
    label: "Người ký",
    hint: "Họ và tên, chức vụ.",
  }),
  date: field(day().optional(), {
    label: "Ngày ban hành",
    hint: "Ngày ghi trên văn bản, ví dụ 2025-11-15.",
  }),
  effectiveFrom: field(day().optional(), {
    label: "Có hiệu lực từ",
    hint: "Không khác ngày ban hành thì để trống.",
  }),
  expired: field(z.boolean().default(false), {
    label: "Đã hết hiệu lực",
    hint: "Bật khi văn bản đã bị thay thế hoặc bãi bỏ.",
  }),
  summary: field(prose(), {
    label: "Tóm tắt",
    hint: "Văn bản nói gì với bạn đọc của trang; từ 40 đến 400 ký tự.",
    widget: "text",
    advice: { min: 40, max: 400 },
  }),
  url: field(webAddress().optional(), {
    label: "Địa chỉ toàn văn",
    hint: "Trang công bố chính thức, bắt đầu bằng https://.",
  }),
  file: field(fileBeside(DOCUMENT_EXTENSIONS).optional(), {
    label: "Tệp toàn văn",
    hint: "PDF, Word hoặc bảng tính đặt cùng thư mục.",
    file: "document",
    widget: "file",
  }),
  verified: field(z.boolean().default(false), {
    label: "Đã đối chiếu",
    hint: "Số, ngày, nơi ban hành và tóm tắt đã đối chiếu với nguồn. Chưa đối chiếu thì văn bản chỉ được lưu, không hiện trên trang.",
  }),
});

/** The Vietnamese name of a document's type. */
export const documentTypeLabel = (type: keyof typeof DOCUMENT_TYPES): string =>
  DOCUMENT_TYPES[type];
