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
} as const;
