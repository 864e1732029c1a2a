import { z } from "zod";
import { field } from "./field.ts";
import {
  day,
  line,
  listOf,
  partialDate,
  prose,
  reference,
  webAddress,
} from "./values.ts";

const content = z.strictObject({
  id: field(line().max(20), {
    label: "Mục",
    hint: "Số mục trong kế hoạch, ví dụ II.4.",
  }),
  title: field(line(), { label: "Nội dung" }),
  summary: field(prose().optional(), { label: "Nói gọn", widget: "text" }),
});

const criteria = z.strictObject({
  group: field(reference(), { label: "Nhóm đối tượng", relation: ["groups"] }),
  items: field(z.array(prose()).min(1).max(20), { label: "Tiêu chí" }),
});

const milestone = z.strictObject({
  date: field(partialDate(), { label: "Ngày" }),
  title: field(line(), { label: "Việc" }),
  url: field(webAddress().optional(), { label: "Nguồn" }),
});

/** An emulation campaign: its plan, contents, criteria and dates. Its state follows from the dates. */
export const campaign = z
  .strictObject({
    title: field(line(), { label: "Tên đợt thi đua", advice: { max: 220 } }),
    shortTitle: field(line(), { label: "Tên gọn", advice: { max: 80 } }),
    summary: field(prose(), {
      label: "Tóm tắt",
      widget: "text",
      advice: { min: 60, max: 400 },
    }),
    plan: field(reference(), {
      label: "Kế hoạch",
      hint: "Văn bản mở đợt thi đua.",
      relation: ["documents"],
    }),
    spirit: field(line().optional(), { label: "Tinh thần" }),
    startDate: field(day(), { label: "Bắt đầu" }),
    endDate: field(day().optional(), { label: "Kết thúc" }),
    contents: field(listOf(content), { label: "Nội dung thi đua" }),
    criteria: field(listOf(criteria), { label: "Tiêu chí theo nhóm" }),
    awardForms: field(listOf(reference()), {
      label: "Hình thức khen thưởng",
      relation: ["award-forms"],
    }),
    timeline: field(listOf(milestone), { label: "Các mốc" }),
    documents: field(listOf(reference()), {
      label: "Văn bản",
      relation: ["documents"],
    }),
  })
  .refine((value) => !value.endDate || value.endDate >= value.startDate, {
    path: ["endDate"],
    error: "Ngày kết thúc không được trước ngày bắt đầu.",
  });
