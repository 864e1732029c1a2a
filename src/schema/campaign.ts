import { z } from "zod";
import { ALWAYS, field, type Loose } from "./field.ts";
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
  title: field(line(), {
    label: "Nội dung",
    hint: "Chép đúng tên mục trong kế hoạch.",
  }),
  summary: field(prose().optional(), {
    label: "Nói gọn",
    hint: "Một, hai câu nói mục này là gì.",
    widget: "text",
  }),
});

const criteria = z.strictObject({
  group: field(reference(), {
    label: "Nhóm đối tượng",
    hint: "Nhóm mà các tiêu chí dưới đây dành cho.",
    relation: ["groups"],
  }),
  items: field(z.array(prose()).min(1).max(20), {
    label: "Tiêu chí",
    hint: "Mỗi dòng một tiêu chí, chép từ kế hoạch.",
    widget: "text",
  }),
});

const milestone = z.strictObject({
  date: field(partialDate(), {
    label: "Ngày",
    hint: "Ngày, tháng hoặc năm, ví dụ 2025-11-15.",
  }),
  title: field(line(), { label: "Việc", hint: "Việc gì diễn ra vào lúc ấy." }),
  url: field(webAddress().optional(), {
    label: "Nguồn",
    hint: "Địa chỉ bài báo hoặc trang nói về mốc này.",
  }),
});

/** An emulation campaign: its plan, contents, criteria and dates. Its state follows from the dates. */
export const campaign = z
  .strictObject({
    title: field(line(), {
      label: "Tên đợt thi đua",
      hint: "Tên đầy đủ như trong kế hoạch.",
      advice: { max: 220 },
    }),
    shortTitle: field(line(), {
      label: "Tên gọn",
      hint: "Tên dùng ở chỗ hẹp; nhiều nhất 80 ký tự.",
      advice: { max: 80 },
    }),
    summary: field(prose(), {
      label: "Tóm tắt",
      hint: "Đợt thi đua nhằm việc gì, ai tham gia; từ 60 đến 400 ký tự.",
      widget: "text",
      advice: { min: 60, max: 400 },
    }),
    plan: field(reference(), {
      label: "Kế hoạch",
      hint: "Văn bản mở đợt thi đua.",
      relation: ["documents"],
    }),
    spirit: field(line().optional(), {
      label: "Tinh thần",
      hint: "Khẩu hiệu hoặc phương châm của đợt.",
    }),
    startDate: field(day(), {
      label: "Bắt đầu",
      hint: "Ngày phát động, ví dụ 2025-04-01.",
    }),
    endDate: field(day().optional(), {
      label: "Kết thúc",
      hint: "Ngày tổng kết; chưa định thì để trống.",
    }),
    contents: field(listOf(content), {
      label: "Nội dung thi đua",
      hint: "Các mục của kế hoạch mà bài viết có thể trỏ tới.",
    }),
    criteria: field(listOf(criteria), {
      label: "Tiêu chí theo nhóm",
      hint: "Mỗi nhóm đối tượng một bộ tiêu chí.",
    }),
    awardForms: field(listOf(reference()), {
      label: "Hình thức khen thưởng",
      hint: "Các hình thức mà kế hoạch nói tới.",
      relation: ["award-forms"],
    }),
    timeline: field(listOf(milestone), {
      label: "Các mốc",
      hint: "Phát động, sơ kết, tổng kết… theo thứ tự thời gian.",
    }),
    documents: field(listOf(reference()), {
      label: "Văn bản",
      hint: "Các văn bản khác của đợt, ngoài kế hoạch.",
      relation: ["documents"],
    }),
  })
  .refine(
    ({ startDate, endDate }: Loose<{ startDate: string; endDate: string }>) =>
      !startDate || !endDate || endDate >= startDate,
    {
      ...ALWAYS,
      path: ["endDate"],
      error: "Ngày kết thúc không được trước ngày bắt đầu.",
    },
  );
