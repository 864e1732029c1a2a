import { picture } from "../schema/picture.ts";
import { defineBlock } from "./block.ts";
import { pictureFigure } from "./picture.ts";

/** One picture in the story's column. */
export const Figure = defineBlock({
  name: "Figure",
  label: "Ảnh",
  hint: "Một tấm ảnh rộng bằng cột chữ, có mô tả và tên người chụp.",
  props: picture,
  inner: "none",
  render: (props, _inner, context) => pictureFigure(props, context),
  examples: [
    {
      title: "Ảnh không chú thích",
      source: `<Figure src="do-be-tong.jpg" alt="Bà con xã Ví Dụ đổ bê tông đường nội đồng" credit="Nguyễn Văn Ví Dụ" />`,
    },
    {
      title: "Đủ chú thích, quyền dùng và sự đồng ý",
      source: `<Figure src="lop-hoc-boi.jpg" alt="Các em tập nổi trong bể bơi lắp ghép" caption="Lớp học bơi hè của xã Ví Dụ" credit="Đoàn xã Ví Dụ" licence="cc-by-4.0" showsChildren consent="Các em và cha mẹ đồng ý bằng giấy, lưu ở Đoàn xã Ví Dụ" />`,
    },
    {
      title: "Chữ khó",
      source: `<Figure src="bang-ron.png" alt="Băng rôn ghi “Ấ Ẫ Ự” &amp; &quot;Ỹ Ộ&quot; &lt;chữ đỏ&gt;" caption="Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả?" credit="Ẫu Thị Ví Dụ &amp; tổ ảnh" licence="press-use" />`,
    },
  ],
});
