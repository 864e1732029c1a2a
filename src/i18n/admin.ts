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
  writer: {
    title: "Chào bạn! Bạn là ai?",
    why: "Mỗi lần lưu, bài ghi tên người viết để người duyệt biết hỏi ai. Chỉ hỏi một lần trên máy này, đổi lại lúc nào cũng được.",
    name: "Họ và tên",
    nameHint: "Ghi đủ họ tên, ví dụ Nguyễn Thị Đào.",
    mail: "Thư điện tử",
    mailHint: "Ví dụ dao@thainguyen.gov.vn. Chỉ người làm trang thấy.",
    done: "Vào viết bài",
    is: (name: string) => `Người viết: ${name}`,
    change: "Đổi người viết",
  },
  trouble: {
    noAnswer:
      "Không liên lạc được với máy chủ. Chữ bạn viết vẫn còn trên màn hình.",
    loggedOut:
      "Phiên đăng nhập đã hết. Chữ bạn viết vẫn còn trên màn hình: mở trang này ở một thẻ khác để đăng nhập lại, rồi quay về đây bấm lưu.",
    notOpened: "Chưa mở được bàn biên tập",
    again: "Thử lại",
  },
  save: {
    stopped: "xem hộp vừa mở để biết cần sửa gì.",
    title: "Chưa lưu được",
    close: "Đóng, sửa tiếp",
    goThere: "Đến chỗ ấy",
    lead: (count: number) =>
      count === 1
        ? "Bài còn một chỗ cần sửa. Sửa xong bấm lưu lại; chữ bạn viết vẫn còn nguyên."
        : `Bài còn ${count} chỗ cần sửa. Sửa xong bấm lưu lại; chữ bạn viết vẫn còn nguyên.`,
    unreadable: {
      found: "phần khai báo trong tệp của mục này bị hỏng nên không hiện được",
      remedy:
        "Đừng viết lại ở đây: phần cũ sẽ mất. Nhờ người quản trị sửa tệp trước.",
    },
    outdated: {
      found: "có người đã sửa bài này sau khi bạn viết phần dở ấy",
      remedy:
        "Chép phần của bạn ra chỗ khác, mở lại bài rồi đưa phần ấy vào bản mới.",
    },
  },
} as const;
