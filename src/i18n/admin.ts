import { accountText } from "./desk.ts";

/** What the CMS says besides the schemas' labels and hints. Its own buttons and messages: admin/locale.ts. */
export const adminText = {
  body: "Nội dung bài",
  bodyHint:
    "Gõ như trong Word. Nút dấu cộng thêm các khối: ảnh, trích lời, con số, các bước…",
  internal:
    "Nội bộ: chỉ người làm trang đọc được, không bao giờ hiện trên trang.",
  closed: "Bấm mũi tên để mở ra.",
  /** Of what may be left out only together with all that it belongs to. */
  needed: "Phải điền nếu dùng phần này.",
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
    "Bảng, chú thích cuối bài hoặc phần mà khung soạn thảo không hiểu; được lưu đúng từng chữ. Không chắc thì đừng sửa.",
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
    change: "Đổi tên",
  },
  /** Somebody with an account. */
  member: {
    is: ({ name, role }: { name: string; role: "editor" | "approver" }) =>
      `${name} (${accountText.roles[role]})`,
    may: {
      editor:
        "Bạn viết bài, sửa bài và gửi duyệt. Duyệt, đăng, gỡ bài và sửa thiết lập chung của trang là việc của người duyệt.",
      approver:
        "Bạn làm được mọi việc: viết, duyệt, trả lại, đăng, gỡ bài, sửa thiết lập chung của trang.",
    },
    more: "Thêm",
    leave: "Đăng xuất",
    close: "Đóng",
  },
  /** The page that tells who did what. */
  log: {
    folder: "nhat-ky",
    title: "Nhật ký",
    purpose: "Ai đã làm gì, lúc nào.",
    none: "Chưa có việc nào được ghi.",
    older: "Xem các việc trước đó",
    reason: "Lý do:",
    all: "Đã hết nhật ký.",
  },
  /** The page that tells how the site is. */
  health: {
    folder: "suc-khoe",
    title: "Tình trạng trang",
    purpose: "Trang có đang tốt không, điều gì cần làm.",
    fine: "Trang đang chạy tốt.",
    wrong: (count: number) =>
      count === 1 ? "Có một việc cần làm" : `Có ${count} việc cần làm`,
    held: (count: number) => `${count} mục bị giữ lại`,
    heldLead:
      "Những mục này có lỗi nên chưa lên trang; các mục khác vẫn đăng bình thường. Sửa ở bàn biên tập rồi đăng lại.",
    facts: "Chi tiết",
    release: "Bản đang đăng",
    none: "Chưa có bản nào được đăng.",
    made: (when: string, age: string) => `${when} (${age})`,
    id: "Mã bản",
    commit: "Theo lần ghi",
    last: "Lần dựng gần nhất",
    ok: "xong",
    failed: "không xong",
    due: "Đổi tiếp theo",
    dueSite: "Trang tự cập nhật theo giờ",
    dueNone: "Không có gì hẹn giờ.",
    kept: "Các bản còn giữ",
    disk: "Ổ đĩa",
    free: (free: string, total: string) => `còn ${free} GB trong ${total} GB`,
    asked: (when: string) => `Xem lúc ${when}.`,
  },
  page: {
    again: "Thử lại",
  },
  trouble: {
    tooLarge:
      "Bài và ảnh gửi một lần nặng quá. Bớt ảnh hoặc thu nhỏ ảnh rồi lưu lại; chữ bạn viết vẫn còn trên màn hình.",
    tooMany:
      "Máy chủ đang nhận quá nhiều yêu cầu. Chờ nửa phút rồi làm lại; chữ bạn viết vẫn còn trên màn hình.",
    noAnswer:
      "Không liên lạc được với máy chủ. Chữ bạn viết vẫn còn trên màn hình.",
    loggedOut:
      "Phiên đăng nhập đã hết. Chữ bạn viết vẫn còn trên màn hình: mở trang này ở một thẻ khác để đăng nhập lại, rồi quay về đây bấm lưu.",
    notOpened: "Chưa mở được bàn biên tập",
    again: "Thử lại",
  },
  /** Above what the desk says when something could not be done, by Decap's name for it. */
  failed: {
    persistEntry: "Chưa lưu được",
    persistMedia: "Chưa tải lên được",
    publishUnpublishedEntry: "Chưa đăng được",
    updateUnpublishedEntryStatus: "Chưa chuyển bước được",
    deleteUnpublishedEntry: "Chưa bỏ được bản nháp",
    deleteFiles: "Chưa xóa được",
    returnEntry: "Chưa trả lại được",
    keepMine: "Chưa giữ được bản nháp",
  } as Record<string, string>,
  status: {
    label: "Tình trạng trang",
    building: "Đang dựng trang…",
    built: (when: string) => `Trang đã cập nhật lúc ${when}.`,
    notBuilt: "Trang chưa được dựng lần nào.",
    failed: "Lần dựng trang vừa rồi chưa xong; bản cũ vẫn đang đăng.",
    unknown:
      "Không liên lạc được với máy chủ. Cứ viết tiếp, đừng đóng trang này.",
    next: (what: string, when: string) => `${what} lúc ${when}.`,
    held: (count: number) => `${count} mục bị giữ lại`,
    heldTitle: "Các mục bị giữ lại",
    heldLead:
      "Những mục này có lỗi nên chưa lên trang; các mục khác vẫn đăng bình thường. Mở từng mục, sửa rồi lưu.",
    waiting: (count: number) => `${count} bài chờ duyệt`,
    noted: (count: number) => `${count} lưu ý`,
    notedTitle: "Đã lưu, có mấy điều nên xem lại",
    notedLead: "Bài vẫn được lưu. Những điều này không bắt buộc phải sửa.",
    close: "Đóng",
  },
  guide: {
    /** Its address below the CMS's. */
    folder: "tro-giup",
    link: "Trợ giúp",
    newTab: "mở ở thẻ mới",
    back: "Về bàn biên tập",
    contents: "Mục lục",
    table: (heading: string) => `Bảng: ${heading}`,
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
    formTitle: "Còn chỗ điền chưa đúng",
    formLead: "Sửa những chỗ sau rồi bấm lưu lại; chữ bạn viết vẫn còn nguyên.",
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
    known: "Ảnh này đã có trong bài",
    knownHow: (name: string) =>
      `Ảnh giống hệt đang mang tên «${name}». Chọn ảnh ấy trong danh sách rồi bấm «Dùng tệp đã chọn».`,
    where: "Ảnh này cho vào đâu?",
    whereHow:
      "Bấm «Chọn ảnh» ở ô ảnh của bài (giữa bài thì thêm khối «Ảnh» trước), rồi thả hoặc dán tệp vào cửa sổ vừa mở.",
  },
  /** Of the draft that is open. */
  review: {
    returned: (who: string, when: string) =>
      `${who} trả lại bài này lúc ${when}`,
    returnedHow:
      "Sửa xong thì lưu, rồi bấm nút «Trạng thái» ở trên, chọn «Chờ duyệt» để gửi lại.",
    behind: "Bài đang đăng đã được sửa sau khi bản nháp này bắt đầu",
    behindHow:
      "Vì thế bản nháp chưa đăng được; chữ trong bản nháp không mất. Xem bản đang đăng rồi chọn: giữ bản nháp, hoặc bấm «Bỏ thay đổi chưa đăng» ở trên và sửa lại trên bản đang đăng.",
    approveAgain:
      "Bài đã được duyệt trước lần sửa này, nên trở lại «Chờ duyệt» để người duyệt xem lại.",
    seePublished: "Xem bản đang đăng",
    keepMine: "Giữ bản nháp này",
    keepMineTitle: "Giữ bản nháp này?",
    keepMineHow:
      "Khi được đăng, bản nháp thay cả bài đang đăng: những chỗ người khác vừa sửa mà bản nháp không có sẽ không còn trên trang. Bài đã duyệt thì phải duyệt lại.",
    keepMineDone: "Giữ bản nháp",
    giveBack: "Trả lại kèm lý do",
    giveBackTitle: "Trả lại bài cho người viết",
    reason: "Lý do",
    reasonHint:
      "Người viết đọc lời này khi mở bài. Nói rõ cần sửa hay bổ sung điều gì; bạn đọc không bao giờ thấy.",
    giveBackDone: "Trả lại",
    stop: "Thôi",
    saveFirst: "Bài còn chỗ chưa lưu",
    saveFirstHow: "Lưu bài trước, rồi làm lại việc này.",
    close: "Đóng",
  },
} as const;
