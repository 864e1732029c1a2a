/** Words of the press page, of press kits and of their files. */
import { formatNumber } from "./vi.ts";

export const pressText = {
  press: "Báo chí",
  releases: "Thông cáo báo chí",
  noReleases: "Chưa có thông cáo nào.",
  summary:
    "Thông cáo, tư liệu từng bài, nguồn tin và điều kiện dùng lại, cho phóng viên, biên tập viên.",
  kits: "Tư liệu của các bài mới nhất",
  kitsHint:
    "Mỗi bài trên trang có một bộ tư liệu: toàn văn, số liệu, lời trích kèm tên người nói, ảnh gốc được phép dùng, ảnh chia sẻ. Mở bài rồi chọn «Tư liệu báo chí», hoặc thêm «tu-lieu/» vào sau địa chỉ của bài.",
  feeds: "Nguồn tin tự động",
  feedsHint: "Mỗi danh sách của trang cũng có nguồn tin riêng, toàn văn.",
  feedsOfSite: "Mọi bài của trang",
  contacts: "Liên hệ dành cho báo chí",
  contact: "Liên hệ",
  nobody:
    "Bản giới thiệu này chưa có người tiếp báo chí. Người ấy được ghi ở đây khi trang thành trang chính thức.",
  noContact: "Trang chưa ghi nơi tiếp báo chí.",
  terms: "Dùng lại",
  termsOfText:
    "Chữ trên trang dùng lại được theo giấy phép CC BY 4.0: sửa, rút gọn, đăng ở đâu cũng được, miễn là ghi nguồn.",
  termsOfPictures:
    "Ảnh theo quyền ghi dưới từng ảnh. Bộ tư liệu chỉ kèm những ảnh được phép dùng lại; ảnh giữ mọi quyền và ảnh có trẻ em thì phải hỏi người chụp, người trong ảnh.",
  cite: "Ghi nguồn",
  citeHint: "Một dòng như sau là đủ; trên mạng thì đặt liên kết tới bài.",
  citeExample: (site: string) =>
    `Theo ${site}, “Tên bài”, đăng ngày …, địa chỉ của bài`,
  embargo: "Tin hẹn giờ",
  embargoRule:
    "Bài chưa đến giờ đăng thì không có ở đâu trên trang này: không trang, không nguồn tin, không tư liệu, không ảnh. Văn bản gửi riêng cho tòa soạn có ghi «không đăng trước» thì xin giữ đến giờ ấy.",
  corrections: "Đính chính",
  correctionsSummary:
    "Những điều đã sửa sau khi đăng, mới nhất trước. Mỗi bài còn ghi các lần sửa ở cuối bài.",
  correctionsHint: "Những chỗ đã sửa trong các bài",
  noCorrections: "Chưa có bài nào phải đính chính.",
  corrects: "Đính chính bài",
  kit: "Tư liệu báo chí",
  kitOf: (title: string) => `Tư liệu báo chí: ${title}`,
  onSite: "Bài trên trang",
  download: "Tải cả bộ",
  about: (size: string) => `ZIP, khoảng ${size}`,
  inside: "Trong bộ có",
  files: {
    text: "van-ban.txt",
    page: "bai.html",
    data: "thong-tin.json",
    first: "doc-truoc.txt",
    pictures: "anh",
    shares: "anh-chia-se",
  },
  aboutFiles: {
    text: "toàn văn, chữ thường, mở được ở mọi máy",
    page: "toàn văn có tiêu đề, bảng và ảnh",
    data: "mọi thông tin trên trang này, cho máy đọc",
    first: "quyền dùng lại, cách ghi nguồn, liên hệ",
    shares: "ảnh chia sẻ 1:1, 4:3 và 16:9, rộng 1.200 điểm ảnh",
  },
  facts: "Thông tin, số liệu",
  who: "Người trong bài",
  owner: "Đơn vị thực hiện",
  place: "Địa bàn",
  eventPlace: "Nơi diễn ra",
  time: "Thời gian",
  quotes: "Lời trích",
  noQuotes: "Bài này không có lời trích.",
  pictures: "Ảnh",
  noPictures: "Bài này không có ảnh.",
  original: (width: number, height: number, size: string) =>
    `ảnh gốc ${formatNumber(width)} × ${formatNumber(height)}, ${size}`,
  credit: (credit: string) => `Ảnh: ${credit}`,
  kept: {
    licence:
      "Không kèm tệp: người chụp giữ mọi quyền. Muốn dùng, xin hỏi người chụp.",
    children:
      "Không kèm tệp: ảnh có trẻ em. Muốn dùng, phải có sự đồng ý của em và của cha mẹ hoặc người giám hộ.",
  },
  children:
    "Bài nói về trẻ em: trước khi đăng lại, phải có sự đồng ý của em và của cha mẹ hoặc người giám hộ.",
  fullText: "Toàn văn, chữ thường",
  scan: "Mã QR dẫn tới bài",
  address: "Địa chỉ của bài",
  version: (date: string) => `Bản của ngày ${date}`,
} as const;
