import { z } from "zod";
import { field } from "../schema/field.ts";
import { line } from "../schema/values.ts";
import { defineBlock } from "./block.ts";
import { markup } from "./html.ts";

/** Somebody's words, and whose they are. */
export const Quote = defineBlock({
  name: "Quote",
  label: "Trích lời",
  hint: "Lời nói nguyên văn của một người, kèm tên người ấy.",
  props: z.strictObject({
    who: field(line(), {
      label: "Ai nói",
      hint: "Họ và tên. Không có tên thì không trích lời.",
    }),
    role: field(line().optional(), {
      label: "Là ai",
      hint: "Chức vụ hoặc nơi ở, ví dụ: Bí thư Chi bộ xóm Ví Dụ.",
    }),
  }),
  inner: "flow",
  render: ({ who, role }, inner) =>
    markup`<figure class="quote"><blockquote>${inner}</blockquote><figcaption><span class="who">${who}</span>${role && markup`, <span class="role">${role}</span>`}</figcaption></figure>`,
  examples: [
    {
      title: "Chỉ có tên",
      source: `<Quote who="Nguyễn Văn Ví Dụ">
Làm được đến đâu, chúng tôi ghi lại đến đấy.
</Quote>`,
    },
    {
      title: "Có chức vụ, hai đoạn",
      source: `<Quote who="Nguyễn Văn Ví Dụ" role="Trưởng xóm, xã Ví Dụ">

Ban đầu ai cũng **ngại**, vì chưa thấy ai làm.

Làm xong một đoạn rồi thì cả xóm cùng góp sức.

</Quote>`,
    },
    {
      title: "Chữ khó",
      source: `<Quote who="Ẫu Thị Ví Dụ &quot;Ỹ&quot; &amp; con" role="Tổ “Ự &lt; Ộ”, xã Ấ">
Ấ Ẫ Ự Ỹ Ộ: 3 \\< 5 &amp; \\{không phải mã\\}, “trích trong trích”, Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả.
</Quote>`,
    },
  ],
});
