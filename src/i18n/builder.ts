/** What the embed builder tells administrators and editors of other sites. */
import { SANDBOX, type CodeName } from "../embeds/snippets.ts";
import { shareText } from "./share.ts";

/** One way of putting something into a page. */
export interface Way {
  code: CodeName;
  title: string;
  /** What it is, for whom, what it asks. */
  about: string;
  steps?: readonly string[];
  /** Where the system damages it. */
  beware?: readonly string[];
}

/** What a site runs on. */
export interface System {
  /** As the page's address names it, and the part of the page that tells of it. */
  id: string;
  name: string;
  ways: readonly Way[];
  /** What is to be sent to whoever runs the site. */
  letter: { title: string; text: string };
}

/** This site, as others have to let it in. */
export interface Here {
  site: string;
  /** Its address. */
  home: string;
  origin: string;
  host: string;
}

/** The systems, those first that most portals run on. */
export const systems = (here: Here): readonly System[] => [
  nukeViet(here),
  liferay(here),
  wordPress(here),
  others(here),
];

const nukeViet = (here: Here): System => ({
  id: "nukeviet",
  name: "NukeViet",
  ways: [
    {
      code: "card",
      title: "Thẻ liên kết: dán là được",
      about:
        "Chữ và liên kết thường, nên NukeViet giữ nguyên; không cần ai cho phép. Thẻ không tự đổi khi có bài mới.",
      steps: [
        "Trong khung soạn bài, bấm nút «Mã HTML» để sang chế độ mã nguồn.",
        "Dán mã, bấm «Mã HTML» lần nữa để xem, rồi lưu.",
      ],
      beware: [
        "Dán ở chế độ soạn thường thì mã hiện ra thành chữ.",
        "Thẻ cố ý không có ảnh: NukeViet lấy ảnh đầu tiên trong bài làm ảnh đại diện của bài.",
      ],
    },
    {
      code: "frame",
      title: "Khung tự cập nhật: quản trị cho phép một lần",
      about: `Khung luôn hiện bài mới nhất. NukeViet chỉ giữ khung khi ${here.host} nằm trong «Tên miền tin cậy».`,
      steps: [
        "Gửi thư mẫu dưới đây cho người quản trị cổng. Họ làm một lần, mọi bài về sau đều dùng được.",
        "Khi tên miền đã được thêm, dán mã ở chế độ «Mã HTML» rồi lưu.",
      ],
      beware: [
        "Lưu bài khi tên miền chưa được thêm thì khung mất địa chỉ, chỗ ấy để trống. Thêm tên miền xong phải dán lại.",
        "Lần sau mở bài ra rồi lưu, NukeViet viết lại quyền của khung: liên kết trong khung thôi mở cửa sổ mới, bài mở ngay trong khung. Muốn như trước thì dán lại mã.",
      ],
    },
  ],
  letter: {
    title: "Thư gửi quản trị cổng NukeViet",
    text: `Kính gửi người quản trị cổng,

Chúng tôi muốn đặt nội dung của trang ${here.site} (${here.home}) vào bài viết trên cổng. Xin anh, chị làm giúp một lần các việc sau:

1. Vào Cấu hình, Thiết lập an ninh. Ở ô «Tên miền tin cậy (mỗi tên miền một dòng)» (domains_whitelist), thêm một dòng:

${here.host}

Chỉ ghi đúng tên ấy: không có https://, không dấu gạch chéo, không dấu sao; tên có www là một tên khác.

2. Nếu cổng có bật CSP (Cấu hình, Thiết lập CSP), thêm dòng sau vào «frame-src» và «img-src»:

${here.origin}

${HARMLESS}`,
  },
});

const liferay = (here: Here): System => ({
  id: "liferay",
  name: "Liferay",
  ways: [
    {
      code: "view",
      title: "Client Extension kiểu IFrame",
      about:
        "Người quản trị khai báo một lần; biên tập viên kéo vào trang như một tiện ích.",
      steps: [
        "Tạo Client Extension loại «IFrame», dán địa chỉ này vào ô «URL».",
        "Sửa trang, kéo tiện ích vừa tạo vào chỗ cần đặt.",
      ],
    },
    {
      code: "properties",
      title: "Client Extension kiểu Custom Element",
      about:
        "Cao vừa nội dung, theo bề rộng của chỗ đặt. Người quản trị khai báo một lần.",
      steps: [
        "Tạo Client Extension loại «Custom Element» và điền các ô như sau.",
      ],
    },
    {
      code: "frame",
      title: "Khung trong bài viết (Web Content)",
      about:
        "Biên tập viên dán ở chế độ mã nguồn. Từ bản 2025.Q4, Liferay chỉ giữ khung trong Web Content và Fragment, và tự đặt quyền của khung theo cấu hình.",
      beware: [
        "Cấu hình để trống quyền (sandbox) thì khung vẫn đọc được, nhưng không chạy script và không mở cửa sổ mới. Thư mẫu dưới đây ghi quyền cần có.",
      ],
    },
    {
      code: "pictureCard",
      title: "Thẻ liên kết",
      about:
        "Không khung, không script, nên đặt được ở mọi chỗ cho phép HTML. Thẻ không tự đổi khi có bài mới.",
    },
  ],
  letter: {
    title: "Thư gửi quản trị cổng Liferay",
    text: `Kính gửi người quản trị cổng,

Chúng tôi muốn đặt nội dung của trang ${here.site} (${here.home}) vào cổng. Xin anh, chị chọn một trong hai cách:

1. Tạo Client Extension kiểu IFrame hoặc Custom Element theo hướng dẫn tại ${here.home}nhung/#liferay.

2. Hoặc cho phép khung (iframe) trong Web Content, và ở phần cấu hình «Iframe Sanitizer» đặt quyền (sandbox) là:

${SANDBOX}

Nếu cổng có chính sách Content-Security-Policy, xin thêm ${here.origin} vào frame-src và img-src; dùng Custom Element thì thêm cả vào script-src.

${HARMLESS}`,
  },
});

const wordPress = (here: Here): System => ({
  id: "wordpress",
  name: "WordPress",
  ways: [
    {
      code: "page",
      title: "Chỉ địa chỉ, trong khối Embed",
      about:
        "Ai viết bài cũng dùng được: WordPress hỏi trang này (oEmbed) rồi tự đặt khung.",
      steps: ["Thêm khối «Embed» (Nhúng), dán địa chỉ, bấm «Embed»."],
      beware: [
        "Dán địa chỉ vào đoạn văn thường thì khung rộng hơn màn hình điện thoại và bị cắt: hãy dùng khối Embed.",
      ],
    },
    {
      code: "pictureCard",
      title: "Thẻ liên kết, trong khối HTML tùy chỉnh",
      about: "Ai viết bài cũng dùng được. Thẻ không tự đổi khi có bài mới.",
      beware: [
        "Dán thẳng vào trình soạn trực quan thì mất ảnh và khung viền: hãy dùng khối «HTML tùy chỉnh».",
      ],
    },
    {
      code: "scripted",
      title: "Khung cao vừa nội dung: chỉ người quản trị",
      about:
        "Người quản trị dán vào khối «HTML tùy chỉnh»; khung tự đổi chiều cao theo nội dung.",
      beware: [
        "Tác giả và biên tập viên dán thì WordPress xóa cả khung lẫn script mà không báo.",
      ],
    },
  ],
  letter: {
    title: "Thư gửi quản trị trang WordPress",
    text: `Kính gửi người quản trị trang,

Chúng tôi muốn đặt nội dung của trang ${here.site} (${here.home}) vào bài viết bằng khối Embed. WordPress không cần cài thêm gì. Nếu máy chủ chặn kết nối ra ngoài hoặc có chính sách Content-Security-Policy, xin cho phép:

- máy chủ lấy dữ liệu từ ${here.host};
- thêm ${here.origin} vào frame-src và img-src; người quản trị dùng mã có script thì thêm cả vào script-src.

${HARMLESS}`,
  },
});

const others = (here: Here): System => ({
  id: "khac",
  name: "Hệ thống khác",
  ways: [
    {
      code: "scripted",
      title: "Khung cao vừa nội dung",
      about:
        "Khung và một script dưới 1 KB, chỉ làm một việc: cho khung chiều cao của nội dung. Một trang có nhiều khung thì script vẫn chỉ chạy một lần.",
    },
    {
      code: "frame",
      title: "Khung chiều cao cố định",
      about:
        "Không script. Nội dung dài hơn khung thì cuộn trong khung, không mất gì.",
    },
    {
      code: "element",
      title: "Phần tử guong-sang",
      about:
        "Dành cho trang cho phép script: một thẻ HTML riêng. Nơi nào lọc mất thẻ thì liên kết bên trong vẫn còn.",
    },
    {
      code: "pictureCard",
      title: "Thẻ liên kết",
      about:
        "Chữ, ảnh và liên kết thường, qua được các bộ lọc đã thử. Thẻ không tự đổi khi có bài mới.",
    },
  ],
  letter: {
    title: "Thư gửi người quản trị máy chủ",
    text: `Kính gửi người quản trị,

Chúng tôi muốn đặt nội dung của trang ${here.site} (${here.home}) vào trang. Nếu trang có chính sách Content-Security-Policy, xin thêm:

frame-src ${here.origin}
img-src ${here.origin}
script-src ${here.origin}

Dùng khung không script thì không cần dòng script-src.

${HARMLESS}`,
  },
});

const HARMLESS =
  "Khung chỉ hiện nội dung công khai, không đặt cookie, không theo dõi người xem, không lấy gì từ bên thứ ba. Trân trọng cảm ơn.";

export const builderText = {
  title: shareText.embed,
  heading: "Đặt chuyện hay lên trang của bạn",
  summary:
    "Cổng thông tin, báo, trang của xã, phường, trường học đều đặt được: chọn nội dung, chọn hệ thống, chép một đoạn mã. Không cookie, không theo dõi người xem.",
  withoutScript:
    "Mã dưới đây đặt danh sách mới nhất. Muốn nội dung khác, đổi địa chỉ trong mã theo phần «Địa chỉ của khung nhúng» ở cuối trang.",
  what: "1. Chọn nội dung",
  aList: "Danh sách",
  aStory: "Một bài",
  searchBox: "Ô tìm kiếm",
  whichList: "Danh sách nào",
  kinds: "Loại bài",
  whichStory: "Địa chỉ của bài",
  storyHint: "Mở bài trên trang này, chép địa chỉ rồi dán vào đây.",
  asWhat: "Hiện thành",
  forms: { card: "Thẻ", text: "Toàn văn", figures: "Số liệu" },
  noStory: "Không có bài nào ở địa chỉ này.",
  appearance: "2. Chọn hình thức",
  count: "Số bài",
  theme: "Nền",
  themes: { auto: "Theo máy người xem", light: "Sáng", dark: "Tối" },
  accent: "Màu nhấn",
  ownAccent: "Dùng màu nhấn riêng",
  paleAccent:
    "Màu này khó đọc trên nền nên không được dùng. Hãy chọn màu khác.",
  pictures: "Có hình",
  place: "Chỗ đặt",
  places: { column: "Giữa trang", side: "Cột bên hẹp" },
  system: "3. Trang của bạn chạy bằng gì?",
  fourth: "4. ",
  codesFor: (system: string) => `Chép mã: ${system}`,
  look: "Xem thẻ trông thế nào",
  getCode: "Lấy mã",
  preview: "Xem trước",
  previewTitle: "Xem trước khung nhúng",
  withoutPreview: "Chưa có gì để xem: hãy dán địa chỉ của một bài.",
  code: "Mã",
  addressOnly: "Địa chỉ",
  settings: "Các ô cần điền",
  copy: "Chép",
  copied: "Đã chép.",
  notCopied: "Chưa chép được. Mã đã được chọn: bấm Ctrl+C để chép.",
  beware: "Cần biết",
  letterAbout: "Chép, điền tên, gửi đi. Chỉ cần một lần cho cả cổng.",
  addresses: "Địa chỉ của khung nhúng",
  addressesAbout:
    "Mọi lựa chọn nằm trong đường dẫn, nên mã chạy được cả nơi cấm script. Ghép theo thứ tự:",
  addressParts: [
    ["Danh sách", "địa chỉ của danh sách ấy trên trang này, sau /nhung"],
    ["Mới nhất", "/nhung/moi-nhat/"],
    ["Một bài", "/nhung/bai rồi địa chỉ của bài; thêm toan-van/ hoặc so-lieu/"],
    ["Ô tìm kiếm", "/nhung/tim-kiem/"],
    ["Số bài", "3/ hoặc 12/; không ghi là 6 bài"],
    ["Nền", "sang/ hoặc toi/; không ghi là theo máy người xem"],
  ],
  data: "Dữ liệu cho phần mềm",
  dataAbout:
    "Báo, ứng dụng, phần mềm tổng hợp tin lấy thẳng bài mới từ các địa chỉ này. Thêm tên tệp vào sau địa chỉ của bất kỳ danh sách nào để lấy riêng danh sách ấy.",
  api: "API mở, có tài liệu và ví dụ",
} as const;
