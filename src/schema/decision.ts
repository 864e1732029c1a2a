import { z } from "zod";
import { ALWAYS, field, internal, type Loose } from "./field.ts";
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
  name: field(line(), {
    label: "Tên người, tập thể",
    hint: "Viết như trong quyết định.",
  }),
  subjectType: field(
    z.enum(Object.keys(SUBJECT_TYPES) as [keyof typeof SUBJECT_TYPES]),
    {
      label: "Loại đối tượng",
      hint: "Cá nhân, hộ gia đình hay tập thể nào.",
      options: SUBJECT_TYPES,
    },
  ),
  commune: field(reference().optional(), {
    label: "Xã, phường",
    hint: "Nơi ở hoặc nơi làm việc, theo tên từ 01/7/2025.",
    relation: ["communes"],
  }),
  posthumous: field(z.boolean().default(false), {
    label: "Truy tặng",
    hint: "Bật khi người được khen đã mất lúc trao.",
  }),
  note: internal(line().optional(), {
    label: "Ghi chú nội bộ",
    hint: "Điều những người làm trang cần biết về người nhận này.",
  }),
});

const source = z.strictObject({
  publisher: field(line(), {
    label: "Nơi đăng",
    hint: "Tên báo, trang hoặc cơ quan.",
  }),
  url: field(webAddress().optional(), {
    label: "Địa chỉ",
    hint: "Chép từ thanh địa chỉ, bắt đầu bằng https://.",
  }),
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
    presentedOn: field(partialDate().optional(), {
      label: "Ngày trao",
      hint: "Ngày tổ chức trao, nếu khác ngày quyết định.",
    }),
    issuer: field(line().optional(), {
      label: "Cấp có thẩm quyền",
      hint: "Ai ký quyết định.",
    }),
    form: field(reference(), {
      label: "Hình thức khen thưởng",
      hint: "Theo luật hoặc theo kế hoạch của đợt thi đua.",
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
        hint: "Theo đợt, đột xuất, chuyên đề hay thường xuyên.",
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
      hint: "Chép phần thành tích trong quyết định.",
      widget: "text",
    }),
    recipients: field(z.array(recipient).min(1).max(2000), {
      label: "Người, tập thể được khen",
      hint: "Mỗi người, mỗi tập thể một mục.",
    }),
    status: field(z.enum(["valid", "revoked"]).default("valid"), {
      label: "Hiệu lực",
      hint: "Quyết định bị thu hồi thì chọn «Đã thu hồi», không xóa.",
      options: { valid: "Còn hiệu lực", revoked: "Đã thu hồi" },
    }),
    revokedOn: field(day().optional(), {
      label: "Ngày thu hồi",
      hint: "Ngày của quyết định thu hồi.",
    }),
    sources: field(listOf(source), {
      label: "Nguồn",
      hint: "Báo, trang hoặc văn bản nói về việc khen này.",
    }),
  })
  .superRefine((value, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const { sources, recipients }: Loose<typeof value> = value;
    if (!value.number && !sources?.length)
      problem(
        "sources",
        "Chưa có số quyết định thì ghi nguồn nói về việc khen này.",
      );
    if (value.occasion === "campaign" && !value.campaign)
      problem("campaign", "Khen theo đợt thi đua: chọn đợt thi đua.");
    if (value.status === "revoked" && !value.revokedOn)
      problem("revokedOn", "Quyết định đã thu hồi cần ngày thu hồi.");
    const ids = Array.isArray(recipients)
      ? recipients.map((recipient?: Loose<{ id: string }>) => recipient?.id)
      : [];
    ids.forEach((id, index) => {
      if (id && ids.indexOf(id) !== index)
        context.addIssue({
          code: "custom",
          path: ["recipients", index, "id"],
          message: `Mã «${id}» đã dùng ở trên, hãy đặt mã khác.`,
        });
    });
  }, ALWAYS);
