import { z } from "zod";
import { field, internal } from "./field.ts";
import { SUBJECT_TYPES } from "./story.ts";
import {
  SLUG,
  day,
  line,
  listOf,
  partialDate,
  prose,
  reference,
  webAddress,
} from "./values.ts";

export const OCCASIONS = {
  campaign: "Theo đợt thi đua",
  "ad-hoc": "Đột xuất",
  thematic: "Chuyên đề",
  regular: "Thường xuyên, cống hiến",
} as const;

const recipient = z.strictObject({
  id: field(
    z
      .string()
      .regex(SLUG, { error: "Chữ thường không dấu, chữ số và dấu gạch nối." }),
    {
      label: "Mã",
      hint: "Riêng trong quyết định này; bài viết dùng mã này để trỏ tới.",
    },
  ),
  name: field(line(), { label: "Tên người, tập thể" }),
  subjectType: field(
    z.enum(Object.keys(SUBJECT_TYPES) as [keyof typeof SUBJECT_TYPES]),
    {
      label: "Loại đối tượng",
      options: SUBJECT_TYPES,
    },
  ),
  commune: field(reference().optional(), {
    label: "Xã, phường",
    relation: ["communes"],
  }),
  posthumous: field(z.boolean().default(false), { label: "Truy tặng" }),
  note: internal(line().optional(), { label: "Ghi chú nội bộ" }),
});

const source = z.strictObject({
  publisher: field(line(), { label: "Nơi đăng" }),
  url: field(webAddress().optional(), { label: "Địa chỉ" }),
});

/** A decision to award: one form, one day, any number of recipients. Stories point to its recipients. */
export const decision = z
  .strictObject({
    number: field(line().optional(), {
      label: "Số quyết định",
      hint: "Chưa tra được số thì để trống và ghi nguồn.",
    }),
    date: field(partialDate().optional(), {
      label: "Ngày quyết định",
      hint: "Không rõ ngày thì ghi năm.",
    }),
    presentedOn: field(partialDate().optional(), { label: "Ngày trao" }),
    issuer: field(line().optional(), {
      label: "Cấp có thẩm quyền",
      hint: "Ai ký quyết định.",
    }),
    form: field(reference(), {
      label: "Hình thức khen thưởng",
      relation: ["award-forms"],
    }),
    rank: field(z.enum(["first", "second", "third"]).optional(), {
      label: "Hạng",
      hint: "Cho huân chương có hạng.",
      options: { first: "hạng Nhất", second: "hạng Nhì", third: "hạng Ba" },
    }),
    occasion: field(
      z.enum(Object.keys(OCCASIONS) as [keyof typeof OCCASIONS]).optional(),
      {
        label: "Dịp khen",
        options: OCCASIONS,
      },
    ),
    campaign: field(reference().optional(), {
      label: "Đợt thi đua",
      hint: "Chỉ khi quyết định khen cho đợt này.",
      relation: ["campaigns"],
    }),
    citation: field(prose().optional(), {
      label: "Thành tích được khen",
      widget: "text",
    }),
    recipients: field(z.array(recipient).min(1).max(2000), {
      label: "Người, tập thể được khen",
    }),
    status: field(z.enum(["valid", "revoked"]).default("valid"), {
      label: "Hiệu lực",
      options: { valid: "Còn hiệu lực", revoked: "Đã thu hồi" },
    }),
    revokedOn: field(day().optional(), { label: "Ngày thu hồi" }),
    sources: field(listOf(source), { label: "Nguồn" }),
  })
  .superRefine((value, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (!value.number && value.sources.length === 0)
      problem(
        "sources",
        "Chưa có số quyết định thì ghi nguồn nói về việc khen này.",
      );
    if (value.occasion === "campaign" && !value.campaign)
      problem("campaign", "Khen theo đợt thi đua: chọn đợt thi đua.");
    if (value.status === "revoked" && !value.revokedOn)
      problem("revokedOn", "Quyết định đã thu hồi cần ngày thu hồi.");
    const ids = value.recipients.map((recipient) => recipient.id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index)
        context.addIssue({
          code: "custom",
          path: ["recipients", index, "id"],
          message: `Mã «${id}» đã dùng ở trên, hãy đặt mã khác.`,
        });
    });
  });
