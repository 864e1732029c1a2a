import { z } from "zod";
import { ALWAYS, field, internal } from "./field.ts";
import { checkStory, storyShape } from "./story.ts";
import { line, webAddress } from "./values.ts";

export const OCCUPATIONS = {
  worker: "Công nhân",
  farmer: "Nông dân",
  "civil-servant": "Công chức",
  "public-employee": "Viên chức",
  soldier: "Chiến sĩ",
  pupil: "Học sinh, sinh viên",
  artisan: "Nghệ nhân",
  entrepreneur: "Doanh nhân",
  citizen: "Người dân",
} as const;

export const CONSENT_BASES = {
  written: "Đồng ý bằng văn bản",
  "public-honour": "Đã được tôn vinh công khai",
} as const;

const consent = z
  .strictObject({
    basis: field(
      z.enum(Object.keys(CONSENT_BASES) as [keyof typeof CONSENT_BASES]),
      {
        label: "Căn cứ",
        hint: "Giấy đồng ý, hoặc đã được tôn vinh công khai.",
        options: CONSENT_BASES,
      },
    ),
    source: field(webAddress().optional(), {
      label: "Nơi đã tôn vinh",
      hint: "Địa chỉ bài báo hoặc trang công khai.",
    }),
    papers: field(line().optional(), {
      label: "Giấy đồng ý",
      hint: "Ký ngày nào, để ở đâu.",
    }),
  })
  .refine((value) => value.basis !== "public-honour" || value.source, {
    ...ALWAYS,
    path: ["source"],
    error: "Ghi địa chỉ nơi người này đã được tôn vinh công khai.",
  })
  .refine((value) => value.basis !== "written" || value.papers, {
    ...ALWAYS,
    path: ["papers"],
    error: "Ghi giấy đồng ý ký ngày nào, để ở đâu.",
  });

/** A role model: a person, a household or a small collective whose deeds are told. */
export const roleModel = z
  .strictObject({
    ...storyShape,
    name: field(line(), {
      label: "Tên",
      hint: "Tên người hoặc tập thể, như cách gọi kính trọng hằng ngày.",
    }),
    role: field(line().optional(), {
      label: "Chức danh, công việc",
      hint: "Ví dụ: Trưởng xóm Ví Dụ, xã Ví Dụ.",
    }),
    occupation: field(
      z.enum(Object.keys(OCCUPATIONS) as [keyof typeof OCCUPATIONS]).optional(),
      {
        label: "Nghề nghiệp",
        hint: "Nguồn không nói rõ thì để trống.",
        options: OCCUPATIONS,
      },
    ),
    deceased: field(z.boolean().default(false), {
      label: "Đã mất",
      hint: "Bật khi người được viết đã mất; khi ấy không cần căn cứ để đăng.",
    }),
    consent: internal(consent.optional(), {
      label: "Căn cứ để đăng",
      hint: "Người còn sống: giấy đồng ý, hoặc nơi đã tôn vinh công khai.",
    }),
  })
  .superRefine((story, context) => {
    checkStory(story, context);
    const living =
      !story.deceased &&
      (story.subjectType === "person" || story.subjectType === "household");
    if (!story.subjectType)
      context.addIssue({
        code: "custom",
        path: ["subjectType"],
        message: "Chọn: cá nhân, hộ gia đình hay tập thể.",
      });
    if (living && !story.consent)
      context.addIssue({
        code: "custom",
        path: ["consent"],
        message:
          "Người còn sống: ghi căn cứ để đăng (giấy đồng ý, hoặc nơi đã tôn vinh công khai).",
      });
  }, ALWAYS);
