/** What releasing, going back and the health of a site say, to who keeps the server. */
import { formatMoment } from "./dates.ts";

const UNTOUCHED = "Trang đang chạy còn nguyên.";

export const releaseText = {
  busy: (pid: number) =>
    `Đang có một lần xuất bản khác chạy (tiến trình ${pid}), nên lần này không làm gì. Chờ nó xong rồi chạy lại.`,
  diskFull: (folder: string, freeMegabytes: number) =>
    `Ổ đĩa chứa ${folder} đã đầy (còn ${freeMegabytes} MB), nên chưa xuất bản được. ${UNTOUCHED} Dọn bớt ổ đĩa rồi chạy lại.`,
  readOnly: (folder: string) =>
    `Không ghi được vào ${folder}: ổ đĩa hoặc thư mục này chỉ cho đọc. ${UNTOUCHED} Gắn lại ổ đĩa cho ghi (hoặc thêm thư mục vào ReadWritePaths của dịch vụ) rồi chạy lại.`,
  notOurs: (folder: string, owner: string, who: string) =>
    `Thư mục ${folder} là của ${owner}, còn lệnh này chạy bằng ${who}. ${UNTOUCHED} Chạy lại bằng đúng người ấy: sudo -u ${owner} …`,
  notAllowed: (folder: string, who: string) =>
    `Người dùng ${who} không được ghi vào ${folder}. ${UNTOUCHED} Giao thư mục cho người dùng ấy (sudo chown -R ${who} ${folder}) rồi chạy lại.`,
  notAFolder: (folder: string) =>
    `${folder} không phải thư mục. Chọn thư mục khác bằng SITE_DIR.`,
  strangers: (folder: string, name: string) =>
    `Thư mục ${folder} có «${name}» không phải của chương trình này. Chọn một thư mục riêng, trống, bằng SITE_DIR.`,
  failed: (why: string) => `Chưa xuất bản được: ${why}\n${UNTOUCHED}`,
  checksFailed: (found: readonly string[], more: number) =>
    [
      `Bản vừa dựng không qua được kiểm tra nên không đưa lên. ${UNTOUCHED}`,
      ...found.map((one) => `- ${one}`),
      ...(more > 0 ? [`… và ${more} điều khác.`] : []),
      "Sửa nội dung rồi xuất bản lại; nếu nội dung không sai, báo người phát triển.",
    ].join("\n"),
  deadLink: (page: string, address: string) =>
    `Trang /${page} dẫn tới ${address} mà không có gì ở đó.`,
  badFeed: (file: string, why: string) => `Không đọc được /${file}: ${why}`,
  searchLost: (title: string) =>
    `Tìm «${title}» mà không thấy chính bài ấy: chỉ mục tìm kiếm hỏng.`,
  searchBroken: (why: string) => `Không mở được chỉ mục tìm kiếm: ${why}`,
  leaked: (file: string, address: string) =>
    `/${file} còn nhắc tới ${address}, là bài chưa đăng, đã gỡ hoặc đã hết hạn.`,
  leakedFile: (file: string, address: string) =>
    `/${file} thuộc ${address}, là bài chưa đăng, đã gỡ hoặc đã hết hạn.`,
  noHome: "Bản vừa dựng không có trang chủ.",
  released: (id: string, url: string) => `Đã đưa bản ${id} lên ${url}`,
  madeLive: (id: string) => `Đã đưa bản ${id} lên.`,
  unchanged: (id: string) =>
    `Không có gì khác với bản đang chạy (${id}), nên giữ nguyên bản ấy.`,
  tookDown: (count: number) =>
    `Đã gỡ hẳn: xóa ${count} bản cũ còn giữ bài vừa gỡ.`,
  rebuilt: (id: string) =>
    `Đã dựng lại bản trước, không có bài vừa gỡ, để khi cần thì quay lại được: ${id}`,
  notRebuilt: (why: string) =>
    `Không dựng lại được bản trước mà không có bài vừa gỡ (${why}), nên lúc này chưa có bản nào để quay lại; từ lần xuất bản sau sẽ có.`,
  noGit: "nội dung không nằm trong kho git, hoặc có chỗ chưa ghi vào kho",
  stillThere: "bài vừa gỡ vẫn còn ở đó dưới địa chỉ cũ",
  heldSince: ({ at, to }: { at: string; to: string }) =>
    `Đã quay lại bản ${to} lúc ${formatMoment(at)}; trang tạm không tự xuất bản. Khi đã sửa xong, chạy npm run release để đăng tiếp.`,
  overtaken:
    "Có người vừa quay lại bản trước trong lúc bản này đang dựng, nên không đưa bản này lên. Chạy lại npm run release nếu vẫn muốn đăng.",
  lockLost:
    "Một lần xuất bản khác đã chiếm chỗ trong lúc bản này đang dựng, nên không đưa bản này lên. Chạy lại nếu cần.",

  wentBack: (to: string, from: string) =>
    `Đã quay lại bản ${to} (trước đó là ${from}). Trang không tự xuất bản nữa cho đến khi chạy npm run release.`,
  notBack: (why: string) => `Chưa quay lại được: ${why}`,
  alreadyThere: (id: string) => `Trang đang ở đúng bản ${id}.`,
  noRelease: (folder: string) =>
    `Trong ${folder} chưa có bản nào. Chạy npm run release trước.`,
  nothingBefore: (held: number) =>
    held > 0
      ? `Không quay lại được: các bản trước (${held}) còn giữ bài đã gỡ, mà bài đã gỡ thì không được trở lại trang. Sửa nội dung rồi chạy npm run release.`
      : "Không có bản nào trước bản đang chạy để quay lại. Sửa nội dung rồi chạy npm run release.",
  noSuchRelease: (id: string, ids: readonly string[]) =>
    `Không có bản «${id}». Các bản đang giữ: ${ids.join(", ") || "không có bản nào"}.`,
  showsWithdrawn: (id: string, address: string) =>
    `Không quay lại bản ${id}: bản ấy còn bài đã gỡ (${address}), mà bài đã gỡ thì không được trở lại trang. Chọn bản khác, hoặc sửa nội dung rồi chạy npm run release.`,

  health: {
    none: "Chưa có bản nào được đưa lên: chạy npm run release.",
    missing: (id: string) =>
      `Thư mục của bản đang chạy (${id}) không còn: chạy npm run release.`,
    overdue: (at: string) =>
      `Có thay đổi hẹn lúc ${formatMoment(at)} mà chưa lên trang: xem bàn biên tập (guong-sang.service) và bộ hẹn giờ (guong-sang-release.timer) có đang chạy không.`,
    disk: (megabytes: number) =>
      `Ổ đĩa sắp đầy: còn ${megabytes} MB. Dọn bớt trước khi trang không xuất bản được nữa.`,
  },
} as const;
