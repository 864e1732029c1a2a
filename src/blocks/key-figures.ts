import { z } from "zod";
import { field } from "../schema/field.ts";
import { line } from "../schema/values.ts";
import { defineBlock, titled } from "./block.ts";
import { markup } from "./html.ts";
import type { Markup } from "./html.ts";

/** A few figures in large numerals. */
export const KeyFigures = defineBlock({
  name: "KeyFigures",
  label: "Con số nổi bật",
  hint: "Từ một đến bốn con số in to, mỗi con số nói rõ là số gì.",
  props: z.strictObject({
    title: field(line().optional(), { label: "Tên nhóm con số" }),
  }),
  inner: "blocks",
  children: ["KeyFigure"],
  render: ({ title }, inner) =>
    titled(title, markup`<dl class="key-figures">${inner}</dl>`),
  examples: [
    {
      title: "Một con số",
      source: `<KeyFigures>
<KeyFigure value="12" label="Số hộ tham gia" />
</KeyFigures>`,
    },
    {
      title: "Có tên nhóm, đơn vị và số trước đó",
      source: `<KeyFigures title="Sau hai năm ở xã Ví Dụ">
<KeyFigure value="7,5" unit="ha" label="Diện tích chè hữu cơ" before="2" />
<KeyFigure value="96" unit="%" label="Hồ sơ giải quyết đúng hạn" before="81,5" />
<KeyFigure value="hơn 80" unit="triệu đồng" label="Thu nhập mỗi hộ một năm" />
</KeyFigures>`,
    },
    {
      title: "Chữ khó",
      source: `<KeyFigures title="Ấ Ẫ “Ự” &amp; &lt;Ỹ Ộ&gt;">
<KeyFigure value="&lt; 1.200.000" unit="m³/người &amp; &quot;năm&quot;" label="Nghiêngngảnghiêngngảnghiêngngảnghiêngngảnghiêngngả" before="&gt; 3" />
</KeyFigures>`,
    },
  ],
});

/** One figure of `KeyFigures`. What it counts comes first for a listener; the eye may see it second. */
export const KeyFigure = defineBlock({
  name: "KeyFigure",
  label: "Con số",
  hint: "Một con số, đơn vị tính và điều nó đo.",
  props: z.strictObject({
    value: field(line(), {
      label: "Con số",
      hint: "Viết như in: 1.200; 7,5; hơn 80.",
    }),
    unit: field(line().optional(), {
      label: "Đơn vị tính",
      hint: "Ví dụ: ha, triệu đồng, %.",
    }),
    label: field(line(), {
      label: "Số gì",
      hint: "Ví dụ: Diện tích chè hữu cơ.",
    }),
    before: field(line().optional(), {
      label: "Trước đó",
      hint: "Con số trước khi làm, cùng đơn vị.",
    }),
  }),
  inner: "none",
  parent: "KeyFigures",
  render: ({ value, unit, label, before }) =>
    markup`<div><dt>${label}</dt><dd class="value">${quantity(value, unit)}</dd>${before && markup`<dd class="before">Trước đó: ${quantity(before, unit)}</dd>`}</div>`,
  examples: [
    {
      title: "Con số có đơn vị",
      source: `<KeyFigures>
<KeyFigure value="1.200" unit="mét" label="Đường nội đồng đã đổ bê tông" />
</KeyFigures>`,
    },
    {
      title: "So với trước đó",
      source: `<KeyFigures>
<KeyFigure value="35" unit="%" label="Hộ có bể chứa nước" before="12,5" />
</KeyFigures>`,
    },
  ],
});

/** A number with its unit, never parted at a line's end. Signs such as % stand close to their number. */
function quantity(value: string, unit: string | undefined): Markup {
  if (!unit) return markup`${value}`;
  const space = /^[%‰°]/.test(unit) ? "" : "\u00a0";
  return markup`${value}${space}<span class="unit">${unit}</span>`;
}
