import { z } from "zod";
import { field } from "../schema/field.ts";
import { line } from "../schema/values.ts";
import { defineBlock } from "./block.ts";
import { markup } from "./html.ts";

const TYPES = { note: "Lưu ý", tip: "Mẹo", warning: "Cảnh báo" } as const;

/**
 * A remark beside the text. Its role is `note`: as a landmark, which an aside is by itself, every
 * remark would crowd the list of the page's parts.
 */
export const Callout = defineBlock({
  name: "Callout",
  label: "Khung ghi chú",
  hint: "Điều cần nói riêng ra khỏi mạch bài: lưu ý, mẹo hay cảnh báo.",
  props: z.strictObject({
    type: field(
      z.enum(Object.keys(TYPES) as [keyof typeof TYPES]).default("note"),
      {
        label: "Loại",
        hint: "Tên loại in trước tiêu đề khung.",
        options: TYPES,
      },
    ),
    title: field(line(), { label: "Tiêu đề khung" }),
  }),
  inner: "flow",
  render: ({ type, title }, inner) => {
    const name = `${TYPES[type]}: ${title}`;
    return markup`<aside class="callout callout-${type}" role="note" aria-label="${name}"><p class="block-title">${name}</p>${inner}</aside>`;
  },
  examples: [
    {
      title: "Lưu ý",
      source: `<Callout title="Giờ họp xóm">
Họp vào tối thứ bảy, khi bà con đã xong việc đồng.
</Callout>`,
    },
    {
      title: "Mẹo, có danh sách",
      source: `<Callout type="tip" title="Giữ ẩm cho gốc chè">

Sau khi bón phân:

1. Phủ rơm dày một gang tay.
2. Tưới vào sáng sớm.

</Callout>`,
    },
    {
      title: "Cảnh báo, chữ khó",
      source: `<Callout type="warning" title="“Ấ Ẫ” &amp; &quot;Ự Ỹ&quot; &lt; Ộ">
Không trộn vôi \\< 5 ngày &amp; \\{phân\\}: Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả.
</Callout>`,
    },
  ],
});
