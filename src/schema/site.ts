import { z } from "zod";
import { field, internal } from "./field.ts";
import { theme } from "./theme.ts";
import { day, line, listOf, prose, reference, webAddress } from "./values.ts";

const email = () => z.email({ error: "Viết thư điện tử dạng ten@donvi.vn." });

const publisher = z.strictObject({
  name: field(line(), { label: "Cơ quan chủ quản" }),
  decision: field(line(), {
    label: "Quyết định lập trang",
    hint: "Số và ngày.",
  }),
  decisionDate: field(day().optional(), { label: "Ngày quyết định" }),
  responsible: field(line(), { label: "Người chịu trách nhiệm" }),
  address: field(line().optional(), { label: "Địa chỉ" }),
  phone: field(line().optional(), { label: "Điện thoại công khai" }),
  email: field(email().optional(), { label: "Thư điện tử" }),
});

const portal = z.strictObject({
  name: field(line(), { label: "Tên cổng" }),
  url: field(webAddress(), { label: "Địa chỉ" }),
});

const contact = z.strictObject({
  purpose: field(line(), {
    label: "Việc gì",
    hint: "Ví dụ: Đề nghị sửa hoặc gỡ bài.",
  }),
  name: field(line().optional(), { label: "Ai nhận" }),
  email: field(email().optional(), { label: "Thư điện tử" }),
  phone: internal(line().optional(), { label: "Điện thoại nội bộ" }),
});

/** The site as a whole: its name, whose it is, what it shows. */
export const site = z
  .strictObject({
    name: field(line(), { label: "Tên trang" }),
    tagline: field(line(), { label: "Dòng giới thiệu" }),
    description: field(prose(), {
      label: "Mô tả",
      widget: "text",
      advice: { max: 320 },
    }),
    province: field(line(), { label: "Tỉnh", hint: "Ví dụ: Thái Nguyên." }),
    official: field(z.boolean().default(false), {
      label: "Trang chính thức",
      hint: "Chỉ bật khi có quyết định. Khi tắt, mọi trang mang dòng «Bản giới thiệu, chưa phải trang chính thức».",
    }),
    publisher: field(publisher.optional(), { label: "Cơ quan xuất bản" }),
    portal: field(portal.optional(), { label: "Cổng thông tin của tỉnh" }),
    campaign: field(reference().optional(), {
      label: "Đợt thi đua đang giới thiệu",
      relation: ["campaigns"],
    }),
    embedHosts: field(
      listOf(
        z.string().regex(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, {
          error: "Viết tên miền, ví dụ thainguyen.gov.vn.",
        }),
      ),
      {
        label: "Trang được nhúng",
        hint: "Tên miền được đặt nội dung của trang này vào; để trống là mọi nơi.",
      },
    ),
    theme: field(theme.optional(), {
      label: "Màu sắc",
      hint: "Để trống thì dùng màu có sẵn.",
    }),
    contacts: field(listOf(contact), { label: "Liên hệ" }),
  })
  .refine((value) => !value.official || value.publisher, {
    path: ["publisher"],
    error:
      "Trang chính thức phải ghi cơ quan xuất bản và quyết định lập trang.",
  });
