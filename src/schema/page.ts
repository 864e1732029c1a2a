import { z } from "zod";
import { field } from "./field.ts";
import { line, prose } from "./values.ts";

/** A page about the site itself: who makes it, accessibility, personal data. */
export const page = z.strictObject({
  title: field(line(), {
    label: "Tiêu đề",
    hint: "Nhiều nhất 80 ký tự.",
    advice: { max: 80 },
  }),
  summary: field(prose(), {
    label: "Tóm tắt",
    hint: "Trang này nói gì; nhiều nhất 320 ký tự.",
    widget: "text",
    advice: { max: 320 },
  }),
  contacts: field(z.boolean().default(false), {
    label: "Ghi nơi tiếp nhận",
    hint: "Bật thì cuối trang có danh sách liên hệ của trang.",
  }),
  order: field(z.int().min(0).max(99).default(50), {
    label: "Thứ tự ở chân trang",
    hint: "Số nhỏ đứng trước.",
  }),
});
