import { z } from "zod";
import { PALETTE_LABELS } from "../weave/motifs.ts";
import { ENOUGH, contrast, luminance } from "../styles/contrast.ts";
import { field } from "./field.ts";
import { listOf } from "./values.ts";

const colour = () =>
  z.string().regex(/^#[0-9a-f]{6}$/, {
    error:
      "Viết màu bằng dấu # và sáu chữ số thập lục phân, chữ thường, ví dụ #a3161b.",
  });

/** What text may be written in, and so must be readable on the paper. */
const TEXT_COLOURS = ["ink", "mute", "accent", "figure"] as const;

const palette = z
  .strictObject({
    paper: field(colour(), {
      label: "Nền",
      hint: "Màu của giấy, sau mọi chữ.",
    }),
    ink: field(colour(), { label: "Chữ", hint: "Màu của chữ thường." }),
    mute: field(colour(), { label: "Chữ phụ", hint: "Ngày tháng, chú thích." }),
    line: field(colour(), {
      label: "Đường kẻ",
      hint: "Các đường ngăn, không dùng cho chữ.",
    }),
    accent: field(colour(), {
      label: "Màu nhấn",
      hint: "Liên kết và một điểm nhấn mỗi lúc.",
    }),
    figure: field(colour(), {
      label: "Con số",
      hint: "Số liệu in to, số bước.",
    }),
  })
  .superRefine((colours, context) => {
    for (const name of TEXT_COLOURS) {
      const ratio = contrast(colours[name], colours.paper);
      if (ratio < ENOUGH)
        context.addIssue({
          code: "custom",
          path: [name],
          message: `Tương phản với nền chỉ ${ratio.toFixed(1).replace(".", ",")}; cần ít nhất 4,5 để mọi người đọc được. Chọn màu ${luminance(colours.paper) > 0.5 ? "đậm" : "sáng"} hơn.`,
        });
    }
  });

/** A site's colours by day and by night. A site without a theme has the project's own. */
export const theme = z.strictObject({
  light: field(palette, {
    label: "Ban ngày",
    hint: "Bảng màu khi máy ở chế độ sáng.",
  }),
  dark: field(palette, {
    label: "Ban đêm",
    hint: "Bảng màu khi máy ở chế độ tối.",
  }),
});

type PaletteName = keyof typeof PALETTE_LABELS;

/** The name of one of the palettes cloths are woven in. */
export const paletteName = () =>
  z.enum(Object.keys(PALETTE_LABELS) as [PaletteName, ...PaletteName[]]);

const MOTIF_ERROR =
  "Vẽ một phần tư họa tiết bằng các dòng dài bằng nhau, từ 3 đến 12 ô, mỗi ô là dấu #, + hoặc dấu chấm.";

/** A motif's quarter, as src/weave/motifs.ts draws them. */
const motif = () =>
  z
    .string()
    .trim()
    .regex(/^[#+.]{3,12}(?:\s*\n\s*[#+.]{3,12}){2,11}$/, { error: MOTIF_ERROR })
    .refine(
      (text) => new Set(text.split(/\s+/).map((row) => row.length)).size === 1,
      { error: MOTIF_ERROR },
    );

const clothColours = z.strictObject({
  name: field(paletteName(), {
    label: "Bảng màu",
    hint: "Bảng màu có sẵn được thay bằng màu của tỉnh.",
    options: PALETTE_LABELS,
  }),
  colours: field(z.array(colour()).length(5), {
    label: "Năm màu",
    hint: "Màu nền vải, rồi bốn màu chỉ.",
  }),
});

/** What a site's cloths are woven from, where it is not the project's own motifs and colours. */
export const weaving = z.strictObject({
  palettes: field(listOf(clothColours), {
    label: "Màu vải",
    hint: "Chỉ ghi những bảng màu muốn thay.",
  }),
  motifs: field(listOf(motif()), {
    label: "Họa tiết lớn",
    hint: "Để trống thì dùng họa tiết có sẵn; nên cao 9 đến 13 ô sau khi lật đối xứng.",
    widget: "text",
  }),
  borders: field(listOf(motif()), {
    label: "Họa tiết viền",
    hint: "Để trống thì dùng viền có sẵn; nên cao 5 đến 7 ô sau khi lật đối xứng.",
    widget: "text",
  }),
});
