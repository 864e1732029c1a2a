import { z } from "zod";
import { field } from "../schema/field.ts";
import { line } from "../schema/values.ts";
import { defineBlock, titled } from "./block.ts";
import { markup } from "./html.ts";

/** How something is done, in order. */
export const Steps = defineBlock({
  name: "Steps",
  label: "Các bước",
  hint: "Cách làm theo thứ tự, để nơi khác làm theo được.",
  props: z.strictObject({
    title: field(line().optional(), { label: "Tên cách làm" }),
  }),
  inner: "blocks",
  children: ["Step"],
  render: ({ title }, inner) =>
    titled(title, markup`<ol class="steps">${inner}</ol>`),
  examples: [
    {
      title: "Các bước không tên",
      source: `<Steps>
<Step>
Họp xóm, bàn việc và ghi biên bản.
</Step>
<Step>
Chia tổ, mỗi tổ nhận một đoạn đường.
</Step>
</Steps>`,
    },
    {
      title: "Có tên, có danh sách bên trong",
      source: `<Steps title="Làm đường nội đồng ở xã Ví Dụ">
<Step title="Họp dân">

Mời đủ các hộ có ruộng ven đường.

- Nói rõ đoạn nào phải mở rộng.
- Ghi tên hộ tự nguyện hiến đất.

</Step>
<Step title="Đổ bê tông">
Mỗi tổ làm *một ngày* trong tuần.
</Step>
</Steps>`,
    },
    {
      title: "Chữ khó",
      source: `<Steps title="Ấ Ẫ “Ự” &amp; &quot;Ỹ&quot; &lt; Ộ">
<Step title="Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả">
Trộn 1 \\< 2 phần cát &amp; \\{đá\\}.
</Step>
</Steps>`,
    },
  ],
});

/** One step of `Steps`. */
export const Step = defineBlock({
  name: "Step",
  label: "Bước",
  hint: "Một việc phải làm; số thứ tự tự có.",
  props: z.strictObject({
    title: field(line().optional(), {
      label: "Tên bước",
      hint: "Vài chữ, bắt đầu bằng động từ. Không cần ghi số.",
    }),
  }),
  inner: "flow",
  parent: "Steps",
  render: ({ title }, inner) =>
    markup`<li>${title && markup`<p class="step-title">${title}</p>`}${inner}</li>`,
  examples: [
    {
      title: "Không tên",
      source: `<Steps>
<Step>
Chọn giống hợp đất đồi.
</Step>
</Steps>`,
    },
    {
      title: "Có tên, hai đoạn",
      source: `<Steps>
<Step title="Ủ phân">

Trộn phân với men vi sinh.

Đảo sau mỗi bảy ngày.

</Step>
</Steps>`,
    },
  ],
});
