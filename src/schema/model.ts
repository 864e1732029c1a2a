import { z } from "zod";
import { field, internal } from "./field.ts";
import { checkStory, storyShape } from "./story.ts";
import { line, listOf, partialDate, prose, reference } from "./values.ts";

const result = z.strictObject({
  label: field(line(), {
    label: "Kết quả gì",
    hint: "Ví dụ: diện tích chè hữu cơ.",
  }),
  value: field(line(), {
    label: "Con số",
    hint: "Viết như in: 1.200; 7,5; hơn 80.",
  }),
  unit: field(line().optional(), { label: "Đơn vị tính" }),
  before: field(line().optional(), {
    label: "Trước đó",
    hint: "Con số trước khi làm, cùng đơn vị.",
  }),
  asOf: field(partialDate().optional(), { label: "Tính đến" }),
});

const step = z.strictObject({
  title: field(line().optional(), { label: "Tên bước" }),
  text: field(prose(), { label: "Làm gì", widget: "text" }),
});

const contact = z.strictObject({
  name: field(line(), {
    label: "Hỏi ai",
    hint: "Tên đơn vị hoặc người phụ trách.",
  }),
  role: field(line().optional(), { label: "Chức vụ" }),
  email: field(
    z.email({ error: "Viết thư điện tử dạng ten@donvi.vn." }).optional(),
    { label: "Thư điện tử công khai" },
  ),
  phone: internal(line().optional(), {
    label: "Điện thoại",
    hint: "Chỉ lưu nội bộ.",
  }),
});

const spread = z.strictObject({
  place: field(line(), { label: "Nơi làm theo" }),
  commune: field(reference().optional(), {
    label: "Xã, phường",
    relation: ["communes"],
  }),
  since: field(partialDate().optional(), { label: "Từ khi nào" }),
});

/** A model: something a unit does well, told so that others can repeat it. */
export const model = z
  .strictObject({
    ...storyShape,
    owner: field(line(), { label: "Đơn vị có mô hình" }),
    problem: field(prose().optional(), {
      label: "Khó khăn ban đầu",
      widget: "text",
    }),
    method: field(listOf(step), {
      label: "Cách làm",
      hint: "Từng bước, theo thứ tự.",
    }),
    results: field(listOf(result), {
      label: "Kết quả",
      hint: "Hai con số đầu in to trên thẻ.",
    }),
    conditions: field(prose().optional(), {
      label: "Điều kiện để làm theo",
      widget: "text",
      hint: "Không rõ thì để trống.",
    }),
    cost: field(prose().optional(), {
      label: "Kinh phí",
      widget: "text",
      hint: "Không rõ thì để trống.",
    }),
    contact: field(contact.optional(), { label: "Liên hệ" }),
    spread: field(listOf(spread), { label: "Đã lan tỏa tới" }),
  })
  .superRefine(checkStory);
