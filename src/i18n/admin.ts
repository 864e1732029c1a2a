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
  upload: {
    title: "Tải tệp lên",
    sending: (name: string) => `Đang gửi «${name}»…`,
    making: "Đã gửi xong. Máy chủ đang xoay thẳng và làm gọn ảnh…",
    stop: "Dừng",
    refused: "Chưa dùng được tệp này",
    notPicture: (name: string) =>
      `Chỗ này chỉ nhận ảnh, mà «${name}» là tài liệu. Chọn một tấm ảnh, hoặc thêm tài liệu bằng khối «Tài liệu tải về».`,
    close: "Đã hiểu",
    failed: "Chưa gửi được",
    failedHow: (name: string) =>
      `Mạng hoặc máy chủ chưa trả lời. «${name}» và chữ bạn viết vẫn còn nguyên: kiểm tra mạng rồi bấm «Gửi lại».`,
    again: "Gửi lại",
    giveUp: "Thôi",
    where: "Ảnh này cho vào đâu?",
    whereHow:
      "Bấm «Chọn ảnh» ở ô ảnh của bài (giữa bài thì thêm khối «Ảnh» trước), rồi thả hoặc dán tệp vào cửa sổ vừa mở.",
  },
} as const;
