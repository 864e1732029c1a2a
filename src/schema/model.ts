import { z } from "zod";
import { ALWAYS, field, internal } from "./field.ts";
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
  unit: field(line().optional(), {
    label: "Đơn vị tính",
    hint: "Ví dụ: ha, triệu đồng, %.",
  }),
  before: field(line().optional(), {
    label: "Trước đó",
    hint: "Con số trước khi làm, cùng đơn vị.",
  }),
  asOf: field(partialDate().optional(), {
    label: "Tính đến",
    hint: "Con số này đúng vào lúc nào.",
  }),
});

const step = z.strictObject({
  title: field(line().optional(), {
    label: "Tên bước",
    hint: "Vài chữ, bắt đầu bằng động từ.",
  }),
  text: field(prose(), {
    label: "Làm gì",
    hint: "Nói đủ để nơi khác làm theo được.",
    widget: "text",
  }),
});

const contact = z.strictObject({
  name: field(line(), {
    label: "Hỏi ai",
    hint: "Tên đơn vị hoặc người phụ trách.",
  }),
  role: field(line().optional(), {
    label: "Chức vụ",
    hint: "Chức vụ của người phụ trách.",
  }),
  email: field(
    z.email({ error: "Viết thư điện tử dạng ten@donvi.vn." }).optional(),
    {
      label: "Thư điện tử công khai",
      hint: "In trên trang; dùng địa chỉ của đơn vị, không dùng của riêng ai.",
    },
  ),
  phone: internal(line().optional(), {
    label: "Điện thoại",
    hint: "Số để người duyệt gọi hỏi thêm.",
  }),
});

const spread = z.strictObject({
  place: field(line(), {
    label: "Nơi làm theo",
    hint: "Tên xóm, xã hoặc đơn vị.",
  }),
  commune: field(reference().optional(), {
    label: "Xã, phường",
    hint: "Theo tên từ 01/7/2025.",
    relation: ["communes"],
  }),
  since: field(partialDate().optional(), {
    label: "Từ khi nào",
    hint: "Ngày, tháng hoặc năm bắt đầu làm theo.",
  }),
});

/** A model: something a unit does well, told so that others can repeat it. */
export const model = z
  .strictObject({
    ...storyShape,
    owner: field(line(), {
      label: "Đơn vị có mô hình",
      hint: "Ai làm: xóm, xã, hợp tác xã, cơ quan…",
    }),
    problem: field(prose().optional(), {
      label: "Khó khăn ban đầu",
      hint: "Trước khi làm thì vướng điều gì.",
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
    contact: field(contact.optional(), {
      label: "Liên hệ",
      hint: "Nơi muốn làm theo thì hỏi ai.",
    }),
    spread: field(listOf(spread), {
      label: "Đã lan tỏa tới",
      hint: "Những nơi đã làm theo, mỗi nơi một mục.",
    }),
  })
  .superRefine(checkStory, ALWAYS);
