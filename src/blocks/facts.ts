import { z } from "zod";
import { field } from "../schema/field.ts";
import { line } from "../schema/values.ts";
import { defineBlock, titled } from "./block.ts";
import { markup } from "./html.ts";

/** Short facts, each with its name. */
export const Facts = defineBlock({
  name: "Facts",
  label: "Thông tin tóm tắt",
  hint: "Những điều tra nhanh: ở đâu, từ bao giờ, ai làm.",
  props: z.strictObject({
    title: field(line().optional(), { label: "Tên nhóm thông tin" }),
  }),
  inner: "blocks",
  children: ["Fact"],
  render: ({ title }, inner) =>
    titled(title, markup`<dl class="facts">${inner}</dl>`),
  examples: [
    {
      title: "Một thông tin",
      source: `<Facts>
<Fact label="Đơn vị">Xã Ví Dụ</Fact>
</Facts>`,
    },
    {
      title: "Có tên nhóm và chữ đậm",
      source: `<Facts title="Mô hình trong vài dòng">
<Fact label="Nơi làm">Xóm Ví Dụ, xã Ví Dụ</Fact>
<Fact label="Bắt đầu">Năm **2024**</Fact>
</Facts>`,
    },
    {
      title: "Chữ khó",
      source: `<Facts title="“Ấ Ẫ” &amp; &quot;Ự Ỹ&quot; &lt; Ộ">
<Fact label="Nghiêngngảnghiêngngảnghiêngngảnghiêngngả &lt;?&gt;">
1 \\< 2 &amp; \\{Ộ\\} “Ẫ”
</Fact>
</Facts>`,
    },
  ],
});

/** One fact of `Facts`. */
export const Fact = defineBlock({
  name: "Fact",
  label: "Thông tin",
  hint: "Tên và nội dung, mỗi thứ một dòng.",
  props: z.strictObject({
    label: field(line(), {
      label: "Tên thông tin",
      hint: "Ví dụ: Nơi làm, Bắt đầu, Người tham gia.",
    }),
  }),
  inner: "text",
  parent: "Facts",
  render: ({ label }, inner) =>
    markup`<div><dt>${label}</dt><dd>${inner}</dd></div>`,
  examples: [
    {
      title: "Viết trên một dòng",
      source: `<Facts>
<Fact label="Bắt đầu">Năm 2024</Fact>
</Facts>`,
    },
    {
      title: "Có đường dẫn",
      source: `<Facts>
<Fact label="Văn bản">
[Kế hoạch của xã Ví Dụ](https://vidu.example/ke-hoach)
</Fact>
</Facts>`,
    },
  ],
});
