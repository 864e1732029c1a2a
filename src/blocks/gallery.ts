import { z } from "zod";
import { field } from "../schema/field.ts";
import { picture } from "../schema/picture.ts";
import { line } from "../schema/values.ts";
import { defineBlock, titled } from "./block.ts";
import { markup } from "./html.ts";
import { pictureFigure } from "./picture.ts";

/** Half of the story's column, or the whole of a narrow screen. */
const HALF_COLUMN = "(min-width: 45rem) 21rem, 100vw";

/** Several pictures that belong together. */
export const Gallery = defineBlock({
  name: "Gallery",
  label: "Bộ ảnh",
  hint: "Từ hai tấm ảnh trở lên về cùng một việc.",
  props: z.strictObject({
    title: field(line().optional(), { label: "Tên bộ ảnh" }),
  }),
  inner: "blocks",
  children: ["Photo"],
  render: ({ title }, inner) =>
    titled(title, markup`<ul class="gallery">${inner}</ul>`),
  examples: [
    {
      title: "Hai ảnh",
      source: `<Gallery>
<Photo src="truoc.jpg" alt="Đường đất lầy lội trước nhà văn hóa xóm" credit="Nguyễn Văn Ví Dụ" />
<Photo src="sau.jpg" alt="Đường bê tông trước nhà văn hóa xóm" credit="Nguyễn Văn Ví Dụ" />
</Gallery>`,
    },
    {
      title: "Có tên và chú thích, chữ khó",
      source: `<Gallery title="Trước &amp; sau: “Ấ Ẫ Ự Ỹ Ộ” &lt;2 năm&gt;">
<Photo src="truoc.jpg" alt="Đường đất lầy lội trước nhà văn hóa xóm" caption="Trước khi làm." credit="Nguyễn Văn Ví Dụ" />
<Photo src="sau.jpg" alt="Đường bê tông trước nhà văn hóa xóm" caption="Sau khi làm" credit="Ẫu Thị &quot;Ví Dụ&quot;" licence="public-domain" />
</Gallery>`,
    },
  ],
});

/** One picture of a `Gallery`. */
export const Photo = defineBlock({
  name: "Photo",
  label: "Ảnh trong bộ",
  hint: "Một tấm của bộ ảnh, có mô tả và tên người chụp.",
  props: picture,
  inner: "none",
  parent: "Gallery",
  render: (props, _inner, context) =>
    markup`<li>${pictureFigure(props, context, HALF_COLUMN)}</li>`,
  examples: [
    {
      title: "Ảnh không chú thích",
      source: `<Gallery>
<Photo src="vuon-che.jpg" alt="Vườn chè trên đồi lúc sáng sớm" credit="Nguyễn Văn Ví Dụ" />
</Gallery>`,
    },
    {
      title: "Có chú thích và quyền dùng",
      source: `<Gallery>
<Photo src="vuon-che.jpg" alt="Vườn chè trên đồi lúc sáng sớm" caption="Vườn chè của xã Ví Dụ" credit="Nguyễn Văn Ví Dụ" licence="cc-by-sa-4.0" />
</Gallery>`,
    },
  ],
});
