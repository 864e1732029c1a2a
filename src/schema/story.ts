/** What every story has, whatever its kind. */
import { z } from "zod";
import { field, internal, type Loose } from "./field.ts";
import { picture } from "./picture.ts";
import {
  day,
  instant,
  line,
  listOf,
  oldAddress,
  partialDate,
  prose,
  reference,
  storyReference,
  webAddress,
} from "./values.ts";

export const STATUSES = {
  draft: "Bản nháp",
  published: "Đăng",
  withdrawn: "Đã gỡ",
} as const;

export const SUBJECT_TYPES = {
  person: "Cá nhân",
  household: "Hộ gia đình",
  "family-line": "Dòng họ",
  "residential-community": "Cộng đồng dân cư",
  "small-collective": "Tập thể nhỏ",
  cooperative: "Hợp tác xã",
  enterprise: "Doanh nghiệp",
  school: "Trường học",
  agency: "Cơ quan",
  commune: "Xã, phường",
  "armed-forces": "Lực lượng vũ trang",
  organisation: "Tổ chức, đoàn thể",
} as const;

const source = z.strictObject({
  publisher: field(line(), {
    label: "Nơi đăng",
    hint: "Tên báo, trang hoặc cơ quan.",
  }),
  title: field(line().optional(), {
    label: "Tên bài hoặc trang",
    hint: "Chép đúng tên ở nguồn.",
  }),
  date: field(partialDate().optional(), {
    label: "Ngày đăng của nguồn",
    hint: "Ngày, tháng hoặc năm.",
  }),
  url: field(webAddress().optional(), {
    label: "Địa chỉ",
    hint: "Chép từ thanh địa chỉ, bắt đầu bằng https://.",
  }),
});

const changeNote = z.strictObject({
  date: field(day(), { label: "Ngày sửa", hint: "Ngày bài được sửa." }),
  note: field(line(), {
    label: "Đã sửa gì",
    hint: "Nói với bạn đọc: sửa điều gì, vì sao.",
  }),
});

const withdrawal = z.strictObject({
  at: field(instant(), {
    label: "Gỡ lúc",
    hint: "Ngày giờ kèm múi giờ, ví dụ 2026-05-19T08:00:00+07:00; ở trang quản trị để trống thì là lúc bài được gỡ.",
  }),
  reason: field(line(), {
    label: "Lý do gỡ",
    hint: "In ở địa chỉ cũ của bài; không nhắc lại tên người hay việc trong bài.",
  }),
});

const recognition = z.strictObject({
  title: field(line(), {
    label: "Ghi nhận gì",
    hint: "Ví dụ: OCOP 5 sao. Không phải khen thưởng theo luật.",
  }),
  issuer: field(line().optional(), {
    label: "Nơi ghi nhận",
    hint: "Cơ quan, hội hoặc ban tổ chức.",
  }),
  year: field(partialDate().optional(), {
    label: "Năm",
    hint: "Năm, tháng hoặc ngày được ghi nhận.",
  }),
});

const award = z.strictObject({
  decision: field(reference(), {
    label: "Quyết định khen thưởng",
    hint: "Chọn trong sổ quyết định.",
    relation: ["decisions"],
  }),
  recipient: field(reference(), {
    label: "Người, tập thể được khen",
    hint: "Chọn người, tập thể có tên trong quyết định ấy.",
    relation: ["decision-recipient"],
  }),
});

/** The fields that all three kinds of story share. */
export const storyShape = {
  title: field(line(), {
    label: "Tiêu đề",
    hint: "Nói ai làm được việc gì; từ 20 đến 110 ký tự.",
    advice: { min: 20, max: 110 },
  }),
  summary: field(prose(), {
    label: "Tóm tắt",
    hint: "Hai, ba câu đứng đầu bài; từ 60 đến 320 ký tự.",
    widget: "text",
    advice: { min: 60, max: 320 },
  }),
  status: field(
    z.enum(Object.keys(STATUSES) as [keyof typeof STATUSES]).default("draft"),
    {
      label: "Trạng thái",
      hint: "Không phải chọn gì khi viết: bài được đăng thì ô này tự chuyển sang «Đăng». Chọn «Đã gỡ» để gỡ bài đã đăng, rồi ghi lý do ở «Gỡ bài».",
      options: STATUSES,
    },
  ),
  publishedAt: field(instant().optional(), {
    label: "Đăng lần đầu lúc",
    hint: "Để trống thì là lúc bài được đăng. Để giờ sắp tới thì bài tự lên trang vào giờ ấy. Sửa bài không đổi giờ này.",
  }),
  embargoUntil: field(instant().optional(), {
    label: "Không đăng trước",
    hint: "Dù đã duyệt, bài chỉ lên trang sau giờ này.",
  }),
  expiresAt: field(instant().optional(), {
    label: "Hết hạn lúc",
    hint: "Đến giờ này bài tự rút khỏi trang.",
  }),
  withdrawal: field(withdrawal.optional(), {
    label: "Gỡ bài",
    hint: "Ghi khi gỡ bài đã đăng; địa chỉ cũ còn lại lời báo và lý do.",
  }),
  changes: field(listOf(changeNote), {
    label: "Đính chính, bổ sung",
    hint: "Mỗi lần sửa sau khi đăng ghi một mục, cho bạn đọc biết.",
  }),
  eventDate: field(partialDate().optional(), {
    label: "Thời gian của sự việc",
    hint: "Ngày, tháng, năm hoặc khoảng thời gian; danh sách xếp theo đây. Không rõ thì để trống.",
  }),
  byline: field(line().optional(), {
    label: "Người viết",
    hint: "Họ và tên, in trong bài.",
  }),
  unit: field(reference().optional(), {
    label: "Đơn vị gửi bài",
    hint: "Chọn trong danh sách đơn vị.",
    relation: ["units"],
  }),
  campaign: field(reference().optional(), {
    label: "Đợt thi đua",
    hint: "Đợt mà câu chuyện này thuộc về.",
    relation: ["campaigns"],
  }),
  contents: field(listOf(z.string().max(20)), {
    label: "Nội dung thi đua",
    hint: "Mục của kế hoạch mà việc này góp vào, ví dụ II.4.",
    relation: ["campaign-content"],
  }),
  movements: field(listOf(reference()), {
    label: "Phong trào",
    hint: "Các phong trào mà việc này góp vào.",
    relation: ["movements"],
  }),
  group: field(reference().optional(), {
    label: "Nhóm đối tượng",
    hint: "Nhóm mà người, tập thể trong bài được xét.",
    relation: ["groups"],
  }),
  subjectType: field(
    z
      .enum(Object.keys(SUBJECT_TYPES) as [keyof typeof SUBJECT_TYPES])
      .optional(),
    {
      label: "Loại đối tượng",
      hint: "Cá nhân, hộ gia đình hay tập thể nào.",
      options: SUBJECT_TYPES,
    },
  ),
  fields: field(listOf(reference()), {
    label: "Lĩnh vực",
    hint: "Chuyện về việc gì: nông nghiệp, y tế, chuyển đổi số…",
    relation: ["fields"],
  }),
  communes: field(listOf(reference()), {
    label: "Xã, phường",
    hint: "Nơi có câu chuyện, theo tên từ 01/7/2025. Chuyện chung cả tỉnh thì để trống.",
    relation: ["communes"],
  }),
  cover: field(picture.optional(), {
    label: "Ảnh bìa",
    hint: "Ảnh đứng đầu bài và trên thẻ.",
  }),
  gallery: field(listOf(picture), {
    label: "Bộ ảnh",
    hint: "Các ảnh khác của bài.",
  }),
  awards: field(listOf(award), {
    label: "Khen thưởng",
    hint: "Chỉ ghi khen thưởng theo luật, có quyết định.",
  }),
  recognition: field(listOf(recognition), {
    label: "Ghi nhận khác",
    hint: "Sao OCOP, giải hội thi, giải của hội, hiệp hội… Không tính là khen thưởng theo luật.",
  }),
  related: field(listOf(storyReference()), {
    label: "Bài liên quan",
    hint: "Chọn tay khi cần; để trống thì trang tự tìm.",
    relation: ["models", "role-models", "news"],
  }),
  sources: field(listOf(source), {
    label: "Nguồn",
    hint: "Bài viết dựa vào đâu.",
  }),
  oldAddresses: field(listOf(oldAddress()), {
    label: "Địa chỉ cũ",
    hint: "Mở địa chỉ cũ thì được dẫn về bài này.",
  }),
  showsChildren: field(z.boolean().default(false), {
    label: "Bài nói về trẻ em",
    hint: "Bật khi trong bài có người dưới 16 tuổi nhận ra được.",
  }),
  childConsent: internal(line().optional(), {
    label: "Sự đồng ý của trẻ em và người giám hộ",
    hint: "Ai đồng ý, khi nào, giấy tờ để ở đâu.",
  }),
  verifiedBy: internal(line().optional(), {
    label: "Người xác minh",
    hint: "Ai đã xác minh người thật, việc thật.",
  }),
  verifiedOn: internal(day().optional(), {
    label: "Ngày xác minh",
    hint: "Ngày người xác minh đến nơi hoặc gọi hỏi.",
  }),
  noteToApprover: internal(prose().optional(), {
    label: "Ghi chú cho người duyệt",
    hint: "Điều người duyệt cần biết trước khi cho đăng.",
    widget: "text",
  }),
};

type StoryRules = Loose<{
  status: keyof typeof STATUSES;
  publishedAt: string;
  expiresAt: string;
  withdrawal: { at: string };
  showsChildren: boolean;
  childConsent: string;
  contents: string[];
  campaign: string;
}>;

/**
 * The rules that bind several fields of a story together.
 *
 * @param story fields of a story of any kind, some of which may have failed their own checks
 * @param context Zod's own: problems are added to it
 */
export function checkStory(story: StoryRules, context: z.RefinementCtx): void {
  const problem = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (
    (story.status === "published" || story.status === "withdrawn") &&
    !story.publishedAt
  )
    problem(
      "publishedAt",
      "Bài đã duyệt đăng cần giờ đăng, ví dụ 2026-05-19T08:00:00+07:00.",
    );
  if (
    story.publishedAt &&
    story.expiresAt &&
    Date.parse(story.expiresAt) <= Date.parse(story.publishedAt)
  )
    problem("expiresAt", "Giờ hết hạn phải sau giờ đăng.");
  if (story.status === "withdrawn" && !story.withdrawal)
    problem("withdrawal", "Bài đã gỡ cần giờ gỡ và lý do gỡ.");
  if (
    (story.status === "draft" || story.status === "published") &&
    story.withdrawal
  )
    problem(
      "status",
      "Có lý do gỡ mà bài chưa gỡ: chọn «Đã gỡ», hoặc xóa phần gỡ bài.",
    );
  if (story.showsChildren === true && !story.childConsent)
    problem(
      "childConsent",
      "Bài nói về trẻ em: ghi sự đồng ý của em và của cha mẹ hoặc người giám hộ.",
    );
  if (story.contents?.length && !story.campaign)
    problem("campaign", "Đã chọn nội dung thi đua thì chọn cả đợt thi đua.");
}
