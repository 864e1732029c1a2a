/** What the CMS says besides the schemas' labels and hints. Its own buttons and messages: admin/locale.ts. */
export const adminText = {
  body: "Nội dung bài",
  bodyHint:
    "Gõ như trong Word. Nút dấu cộng thêm các khối: ảnh, trích lời, con số, các bước…",
  internal:
    "Nội bộ: chỉ người làm trang đọc được, không bao giờ hiện trên trang.",
  commits: {
    create: "Thêm {{collection}}: {{slug}}",
    update: "Sửa {{collection}}: {{slug}}",
    delete: "Xóa {{collection}}: {{slug}}",
    uploadMedia: "Tải lên {{path}}",
    deleteMedia: "Xóa tệp {{path}}",
  },
  numberUnknown: "chưa rõ số",
  blockText: "Chữ trong khối",
  blockTextHint:
    "Viết như trong bài: **đậm**, *nghiêng*, [chữ](https://địa-chỉ); dòng trống là sang đoạn mới.",
  kept: "Phần giữ nguyên",
  keptHint:
    "Bảng hoặc phần mà khung soạn thảo không hiểu; được lưu đúng từng chữ. Không chắc thì đừng sửa.",
  preview: {
    title: "Trang như sẽ đăng",
    widths: "Xem theo màn hình",
    phone: "Điện thoại",
    desktop: "Máy tính",
    loading: "Đang dựng trang…",
    shown: "Đã hiện chữ mới nhất.",
    first: "Trang sẽ hiện ở đây khi những chỗ sau đã xong:",
    kept: "Dưới đây là bản trước lần sửa này. Chữ mới sẽ hiện khi những chỗ sau đã xong:",
    advice: "Nên xem lại:",
    offline:
      "Không hỏi được máy chủ nên chưa hiện chữ mới nhất. Chữ bạn viết vẫn còn; trang sẽ hiện lại khi có mạng.",
    again: "Thử lại",
    line: (number: number) => `dòng ${number}`,
  },
} as const;
