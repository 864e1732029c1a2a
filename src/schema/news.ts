import { z } from "zod";
import { ALWAYS, field } from "./field.ts";
import { checkStory, storyShape } from "./story.ts";
import {
  DOCUMENT_EXTENSIONS,
  fileBeside,
  line,
  listOf,
  reference,
} from "./values.ts";

export const NEWS_CATEGORIES = {
  direction: "Chỉ đạo",
  activity: "Hoạt động",
  result: "Kết quả",
  commendation: "Khen thưởng",
  "summing-up": "Sơ kết, tổng kết",
  lessons: "Kinh nghiệm",
  "press-release": "Thông cáo báo chí",
  correction: "Đính chính",
} as const;

/** The categories that the press looks for: marked on cards and pages, with feeds of their own. */
export const MARKED_NEWS = [
  "press-release",
  "correction",
] as const satisfies (keyof typeof NEWS_CATEGORIES)[];

const attachment = z.strictObject({
  title: field(line(), {
    label: "Tên tài liệu",
    hint: "Tên để đọc, không phải tên tệp.",
  }),
  src: field(fileBeside(DOCUMENT_EXTENSIONS), {
    label: "Tệp",
    hint: "Tệp PDF, Word hoặc bảng tính.",
    file: "document",
    widget: "file",
  }),
});

/** News of the campaign. */
export const news = z
  .strictObject({
    ...storyShape,
    category: field(
      z.enum(Object.keys(NEWS_CATEGORIES) as [keyof typeof NEWS_CATEGORIES]),
      {
        label: "Loại tin",
        hint: "Chọn loại gần nhất. Đính chính thì chọn cả bài được đính chính ở «Bài liên quan».",
        options: NEWS_CATEGORIES,
      },
    ),
    eventPlace: field(line().optional(), {
      label: "Nơi diễn ra",
      hint: "Hội trường, xã, phường… như trong tin.",
    }),
    documents: field(listOf(reference()), {
      label: "Văn bản nói đến",
      hint: "Chọn trong các văn bản đã có trên trang.",
      relation: ["documents"],
    }),
    attachments: field(listOf(attachment), {
      label: "Tài liệu kèm theo",
      hint: "Các tệp để bạn đọc tải về.",
    }),
  })
  .superRefine(checkStory, ALWAYS);
