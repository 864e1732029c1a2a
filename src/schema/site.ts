import { z } from "zod";
import { ALWAYS, field, internal } from "./field.ts";
import { theme, weaving } from "./theme.ts";
import {
  day,
  line,
  listOf,
  prose,
  reference,
  storyReference,
  webAddress,
} from "./values.ts";

const email = () => z.email({ error: "Viết thư điện tử dạng ten@donvi.vn." });

const publisher = z.strictObject({
  name: field(line(), {
    label: "Cơ quan chủ quản",
    hint: "Tên đầy đủ của cơ quan lập trang.",
  }),
  decision: field(line(), {
    label: "Quyết định lập trang",
    hint: "Số và ngày.",
  }),
  decisionDate: field(day().optional(), {
    label: "Ngày quyết định",
    hint: "Ngày ghi trên quyết định lập trang.",
  }),
  responsible: field(line(), {
    label: "Người chịu trách nhiệm",
    hint: "Họ và tên, chức vụ.",
  }),
  address: field(line().optional(), {
    label: "Địa chỉ",
    hint: "Trụ sở cơ quan.",
  }),
  phone: field(line().optional(), {
    label: "Điện thoại công khai",
    hint: "In trên trang.",
  }),
  email: field(email().optional(), {
    label: "Thư điện tử",
    hint: "Dạng ten@donvi.vn, in trên trang.",
  }),
});

const portal = z.strictObject({
  name: field(line(), {
    label: "Tên cổng",
    hint: "Tên gọi của cổng thông tin.",
  }),
  url: field(webAddress(), {
    label: "Địa chỉ",
    hint: "Bắt đầu bằng https://.",
  }),
});

/** What a reader may want of the people behind the site. */
export const CONTACT_PURPOSES = {
  changes: "Đề nghị sửa hoặc gỡ bài",
  stories: "Gửi một câu chuyện",
  press: "Báo chí",
  accessibility: "Chỗ khó đọc, khó dùng",
  security: "Lỗ hổng an toàn của trang",
  other: "Việc khác",
} as const;

const contact = z.strictObject({
  purpose: field(
    z.enum(Object.keys(CONTACT_PURPOSES) as [keyof typeof CONTACT_PURPOSES]),
    {
      label: "Việc gì",
      hint: "Việc mà người đọc tìm đến nơi này.",
      options: CONTACT_PURPOSES,
    },
  ),
  name: field(line().optional(), {
    label: "Ai nhận",
    hint: "Phòng hoặc người nhận việc này.",
  }),
  email: field(email().optional(), {
    label: "Thư điện tử",
    hint: "Dạng ten@donvi.vn, in trên trang.",
  }),
  phone: internal(line().optional(), {
    label: "Điện thoại nội bộ",
    hint: "Số để những người làm trang gọi cho nhau.",
  }),
});

/** The site as a whole: its name, whose it is, what it shows. */
export const site = z
  .strictObject({
    name: field(line(), {
      label: "Tên trang",
      hint: "Ví dụ: Gương sáng Thái Nguyên.",
    }),
    tagline: field(line(), {
      label: "Dòng giới thiệu",
      hint: "Vài chữ dưới tên trang.",
    }),
    description: field(prose(), {
      label: "Mô tả",
      hint: "Trang nói về điều gì; máy tìm kiếm in câu này; nhiều nhất 320 ký tự.",
      widget: "text",
      advice: { max: 320 },
    }),
    province: field(line(), { label: "Tỉnh", hint: "Ví dụ: Thái Nguyên." }),
    official: field(z.boolean().default(false), {
      label: "Trang chính thức",
      hint: "Chỉ bật khi có quyết định. Khi tắt, mọi trang mang dòng «Bản giới thiệu, chưa phải trang chính thức».",
    }),
    publisher: field(publisher.optional(), {
      label: "Cơ quan xuất bản",
      hint: "Bắt buộc khi là trang chính thức.",
    }),
    portal: field(portal.optional(), {
      label: "Cổng thông tin của tỉnh",
      hint: "Trang mẹ mà trang này thuộc về.",
    }),
    campaign: field(reference().optional(), {
      label: "Đợt thi đua đang giới thiệu",
      hint: "Đợt đứng ở trang chủ.",
      relation: ["campaigns"],
    }),
    lead: field(storyReference().optional(), {
      label: "Bài đứng đầu trang chủ",
      hint: "Một bài, ví dụ models/lang-thai-hai; để trống thì lấy mô hình mới nhất.",
      relation: ["models", "role-models", "news"],
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
    weaving: field(weaving.optional(), {
      label: "Vải dệt",
      hint: "Họa tiết và màu của tấm vải thay ảnh; để trống thì dùng họa tiết có sẵn.",
    }),
    contacts: field(listOf(contact), {
      label: "Liên hệ",
      hint: "Ai nhận đề nghị sửa, gỡ bài và các việc khác.",
    }),
  })
  .refine((value) => value.official !== true || value.publisher, {
    ...ALWAYS,
    path: ["publisher"],
    error:
      "Trang chính thức phải ghi cơ quan xuất bản và quyết định lập trang.",
  });
