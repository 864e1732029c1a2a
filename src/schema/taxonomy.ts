/** The terms stories are sorted by (movements, fields, subject groups, award forms, communes, units), and the words they are looked for by. */
import { z } from "zod";
import { PALETTE_LABELS } from "../weave/motifs.ts";
import { field } from "./field.ts";
import { paletteName } from "./theme.ts";
import { line, listOf, prose, reference } from "./values.ts";

const order = field(z.int().min(0).max(999).default(100), {
  label: "Thứ tự",
  hint: "Số nhỏ đứng trước.",
});
const title = (label: string, hint: string) => field(line(), { label, hint });
const summary = field(prose().optional(), {
  label: "Giới thiệu",
  hint: "Một, hai câu in đầu trang danh sách.",
  widget: "text",
});

/** A movement that a campaign names, or a theme it sets. */
export const movement = z.strictObject({
  title: title("Tên phong trào", "Tên đầy đủ như trong kế hoạch."),
  shortTitle: field(line().optional(), {
    label: "Tên gọn",
    hint: "Tên dùng ở chỗ hẹp; nhiều nhất 60 ký tự.",
    advice: { max: 60 },
  }),
  type: field(z.enum(["named", "theme"]), {
    label: "Loại",
    hint: "Phong trào có tên riêng, hay chủ đề thi đua.",
    options: { named: "Phong trào có tên riêng", theme: "Thi đua theo chủ đề" },
  }),
  campaign: field(reference().optional(), {
    label: "Đợt thi đua",
    hint: "Đợt có phong trào này; phong trào chung thì để trống.",
    relation: ["campaigns"],
  }),
  summary,
  order,
});

/** A field of life: farming, health, digital work. */
export const lifeField = z.strictObject({
  title: title("Tên lĩnh vực", "Ngắn, dễ hiểu với bà con: Nông nghiệp, Y tế…"),
  summary,
  palette: field(paletteName().optional(), {
    label: "Màu vải",
    hint: "Màu của tấm vải thay ảnh trong bài thuộc lĩnh vực này.",
    options: PALETTE_LABELS,
  }),
  order,
});

/** A group of subjects for whom a campaign sets criteria of their own. */
export const group = z.strictObject({
  title: title("Tên nhóm", "Như trong kế hoạch."),
  reference: field(line().optional(), {
    label: "Mục trong kế hoạch",
    hint: "Ví dụ IV.1.2.",
  }),
  campaign: field(reference().optional(), {
    label: "Đợt thi đua",
    hint: "Đợt đặt tiêu chí riêng cho nhóm này.",
    relation: ["campaigns"],
  }),
  summary,
  order,
});

export const AWARD_LEVELS = {
  state: "Cấp Nhà nước",
  "prime-minister": "Thủ tướng Chính phủ",
  central: "Bộ, ngành, đoàn thể trung ương",
  province: "Cấp tỉnh",
  department: "Cấp sở, ngành",
  commune: "Cấp xã, phường",
} as const;

/** A form of award that the law or a campaign's plan knows. */
export const awardForm = z.strictObject({
  title: title(
    "Hình thức khen thưởng",
    "Tên gọi theo luật hoặc theo kế hoạch.",
  ),
  level: field(
    z.enum(Object.keys(AWARD_LEVELS) as [keyof typeof AWARD_LEVELS]),
    {
      label: "Cấp",
      hint: "Cấp có thẩm quyền quyết định.",
      options: AWARD_LEVELS,
    },
  ),
  order,
});

/** A commune-level unit. */
export const commune = z.strictObject({
  title: field(line(), { label: "Tên", hint: "Không kèm chữ xã, phường." }),
  type: field(z.enum(["xa", "phuong"]), {
    label: "Loại",
    hint: "Xã hay phường.",
    options: { xa: "Xã", phuong: "Phường" },
  }),
  code: field(
    z.string().regex(/^\d{5}$/, {
      error: "Mã đơn vị hành chính gồm 5 chữ số, viết trong dấu nháy.",
    }),
    { label: "Mã", hint: "Mã đơn vị hành chính gồm 5 chữ số, trong dấu nháy." },
  ),
  formerUnits: field(listOf(line()), {
    label: "Đơn vị cũ",
    hint: "Các xã, phường, thị trấn đã nhập vào.",
  }),
  formerProvince: field(line().optional(), {
    label: "Tỉnh cũ",
    hint: "Tên tỉnh trước 01/7/2025.",
  }),
  areaKm2: field(z.number().positive().optional(), {
    label: "Diện tích (km²)",
    hint: "Chỉ viết số, dấu chấm cho phần thập phân.",
  }),
  latitude: field(z.number().min(-90).max(90).optional(), {
    label: "Vĩ độ",
    hint: "Độ thập phân, ví dụ 21.5942.",
  }),
  longitude: field(z.number().min(-180).max(180).optional(), {
    label: "Kinh độ",
    hint: "Độ thập phân, ví dụ 105.8482.",
  }),
});

/** A department, an organisation or another body that writes, publishes or carries the campaign. */
export const unit = z.strictObject({
  title: title("Tên đơn vị", "Tên đầy đủ, không viết tắt."),
  type: field(
    z.enum(["department", "party", "organisation", "press", "other"]),
    {
      label: "Loại",
      hint: "Đơn vị thuộc khối nào.",
      options: {
        department: "Sở, ngành",
        party: "Cơ quan Đảng",
        organisation: "Mặt trận, đoàn thể",
        press: "Báo chí, thông tin",
        other: "Đơn vị khác",
      },
    },
  ),
  order,
});

/** What readers type for what stories write in full. */
export const synonym = z.strictObject({
  title: title("Viết đầy đủ", "Đúng như trong bài: nông thôn mới, hợp tác xã…"),
  words: field(z.array(line()).min(1).max(20), {
    label: "Chữ viết tắt, cách gọi khác",
    hint: "Mỗi cách một dòng: NTM, xây dựng NTM… Không cần viết cả chữ hoa lẫn chữ thường.",
  }),
});

/** "Xã Tân Cương", "Phường Đức Xuân". */
export const communeName = (value: {
  type: "xa" | "phuong";
  title: string;
}): string => `${value.type === "xa" ? "Xã" : "Phường"} ${value.title}`;
