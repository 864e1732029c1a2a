/** The terms stories are sorted by: movements, fields, subject groups, award forms, communes, units. */
import { z } from "zod";
import { field } from "./field.ts";
import { line, listOf, prose, reference } from "./values.ts";

const order = field(z.int().min(0).max(999).default(100), { label: "Thứ tự" });
const title = (label: string) => field(line(), { label });
const summary = field(prose().optional(), {
  label: "Giới thiệu",
  widget: "text",
});

/** A movement that a campaign names, or a theme it sets. */
export const movement = z.strictObject({
  title: title("Tên phong trào"),
  shortTitle: field(line().optional(), {
    label: "Tên gọn",
    advice: { max: 60 },
  }),
  type: field(z.enum(["named", "theme"]), {
    label: "Loại",
    options: { named: "Phong trào có tên riêng", theme: "Thi đua theo chủ đề" },
  }),
  campaign: field(reference().optional(), {
    label: "Đợt thi đua",
    relation: ["campaigns"],
  }),
  summary,
  order,
});

/** A field of life: farming, health, digital work. */
export const lifeField = z.strictObject({
  title: title("Tên lĩnh vực"),
  summary,
  order,
});

/** A group of subjects for whom a campaign sets criteria of their own. */
export const group = z.strictObject({
  title: title("Tên nhóm"),
  reference: field(line().optional(), {
    label: "Mục trong kế hoạch",
    hint: "Ví dụ IV.1.2.",
  }),
  campaign: field(reference().optional(), {
    label: "Đợt thi đua",
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
  title: title("Hình thức khen thưởng"),
  level: field(
    z.enum(Object.keys(AWARD_LEVELS) as [keyof typeof AWARD_LEVELS]),
    { label: "Cấp", options: AWARD_LEVELS },
  ),
  order,
});

/** A commune-level unit. */
export const commune = z.strictObject({
  title: field(line(), { label: "Tên", hint: "Không kèm chữ xã, phường." }),
  type: field(z.enum(["xa", "phuong"]), {
    label: "Loại",
    options: { xa: "Xã", phuong: "Phường" },
  }),
  code: field(
    z.string().regex(/^\d{5}$/, {
      error: "Mã đơn vị hành chính gồm 5 chữ số, viết trong dấu nháy.",
    }),
    { label: "Mã" },
  ),
  formerUnits: field(listOf(line()), {
    label: "Đơn vị cũ",
    hint: "Các xã, phường, thị trấn đã nhập vào.",
  }),
  formerProvince: field(line().optional(), { label: "Tỉnh cũ" }),
  areaKm2: field(z.number().positive().optional(), {
    label: "Diện tích (km²)",
  }),
  latitude: field(z.number().min(-90).max(90).optional(), { label: "Vĩ độ" }),
  longitude: field(z.number().min(-180).max(180).optional(), {
    label: "Kinh độ",
  }),
});

/** A department, an organisation or another body that writes, publishes or carries the campaign. */
export const unit = z.strictObject({
  title: title("Tên đơn vị"),
  type: field(
    z.enum(["department", "party", "organisation", "press", "other"]),
    {
      label: "Loại",
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

/** "Xã Tân Cương", "Phường Đức Xuân". */
export const communeName = (value: {
  type: "xa" | "phuong";
  title: string;
}): string => `${value.type === "xa" ? "Xã" : "Phường"} ${value.title}`;
