/** The interface's own words. What editors write is in the content folder. */
export const text = {
  skip: "Tới nội dung chính",
  home: "Trang chủ",
  mainMenu: "Các chuyên mục",
  footMenu: "Về trang này",
  browseMenu: "Xem theo",
  aboutSite: "Trang này của ai",
  search: "Tìm kiếm",
  searchHint: "Tên người, xã, mô hình",
  searchButton: "Tìm",
  searchWords: "Từ cần tìm",
  searchAdvice:
    "Gõ có dấu hay không dấu đều được. Đặt trong ngoặc kép để tìm đúng cụm từ: “điển hình tiên tiến”.",
  storyKind: "Loại bài",
  filters: "Lọc kết quả",
  chosenFilters: "Đang lọc theo",
  sort: "Sắp xếp",
  byRelevance: "Khớp nhất trước",
  byDate: "Mới nhất trước",
  searchNeedsScript:
    "Trình duyệt này không chạy JavaScript nên không tìm theo từ được. Mời bạn xem theo các mục dưới đây.",
  searchInDevelopment:
    "Bản đang phát triển không có chỉ mục tìm kiếm. Muốn tìm, hãy dựng trang bằng npm start.",
  browse: "Xem theo mục",
  breadcrumbs: "Đường dẫn",
  unofficial: "Bản giới thiệu, chưa phải trang chính thức",
  unofficialMore:
    "Chưa có cơ quan nào đứng tên xuất bản trang này. Nội dung lấy từ các nguồn công khai ghi ở cuối mỗi bài.",
  officialOf: (publisher: string) => `Trang chính thức của ${publisher}`,
  responsible: "Người chịu trách nhiệm",
  allOf: (total: number) => `Xem cả ${formatNumber(total)} bài`,
  allMovements: "Mọi phong trào",
  lead: "Câu chuyện đáng đọc",
  older: "Cũ hơn",
  newer: "Mới hơn",
  pages: "Các trang",
  pageNumber: (page: number) => `Trang ${page}`,
  stories: (count: number) =>
    count === 0 ? "chưa có bài" : `${formatNumber(count)} bài`,
  noStories: "Chưa có câu chuyện nào ở đây.",
  noStoriesYet:
    "Chưa có chuyện trên trang không có nghĩa là nơi ấy không có gương tốt. Mời bạn xem những nơi khác:",
  readingTime: (minutes: number) => `${minutes}\u00a0phút đọc`,
  contents: "Trong bài",
  problem: "Khó khăn ban đầu",
  method: "Cách làm",
  results: "Kết quả",
  asOf: (date: string) => `tính đến ${date}`,
  conditions: "Điều kiện để làm theo",
  cost: "Kinh phí",
  contact: "Liên hệ",
  spread: "Đã lan tỏa tới",
  since: (date: string) => `từ ${date}`,
  awards: "Khen thưởng",
  posthumous: "truy tặng",
  revoked: "đã thu hồi",
  recognition: "Ghi nhận khác",
  recognitionNote: "Không phải khen thưởng theo Luật Thi đua, khen thưởng.",
  gallery: "Ảnh",
  changes: "Đính chính, bổ sung",
  sources: "Nguồn",
  attachments: "Tài liệu kèm theo",
  documents: "Văn bản",
  related: "Bài liên quan",
  neighbours: "Bài trước, bài sau",
  newerStory: "Bài mới hơn",
  olderStory: "Bài cũ hơn",
  cite: "Dẫn bài này",
  citation: (site: string, title: string, date: string, address: string) =>
    `${site}, “${title}”, đăng ngày ${date}, ${address}`,
  askChange: "Đề nghị sửa hoặc gỡ",
  askChangeHint:
    "Bài có chỗ sai, hoặc viết về bạn mà bạn không muốn để nữa? Nơi tiếp nhận trả lời trong hai ngày làm việc.",
  askChangeNobody:
    "Bài có chỗ sai, hoặc viết về bạn mà bạn không muốn để nữa? Bản giới thiệu này chưa có nơi tiếp nhận đề nghị.",
  askChangeBy: "Gửi đề nghị tới",
  askChangeHow: "Cần ghi những gì, việc được làm ra sao",
  receivers: "Nơi tiếp nhận",
  noReceiver:
    "Bản giới thiệu này chưa có nơi tiếp nhận. Nơi tiếp nhận được ghi ở đây khi trang thành trang chính thức.",
  shareAlt: (title: string) => `“${title}”, dưới một tấm vải dệt hoa văn`,
  morePlaces: (count: number) => `và ${formatNumber(count)} nơi khác`,
  sortedUnder: "Câu chuyện này thuộc về",
  published: "Đăng ngày",
  event: "Sự việc",
  byline: "Người viết",
  unit: "Đơn vị gửi bài",
  withdrawnTitle: "Bài viết đã được gỡ",
  withdrawn: (date: string) =>
    `Bài viết ở địa chỉ này đã được gỡ ngày ${date}.`,
  withdrawnReason: "Lý do",
  expiredTitle: "Bài viết đã hết hạn đăng",
  expired: "Bài viết ở địa chỉ này đã hết thời hạn đăng.",
  movedTitle: "Bài viết đã chuyển địa chỉ",
  moved: "Bài viết này nay ở địa chỉ mới:",
  notFoundTitle: "Không tìm thấy trang",
  notFound:
    "Địa chỉ này không có trang nào: có thể gõ nhầm, hoặc trang đã chuyển đi.",
  goTo: "Mời bạn xem",
  formerUnits: "Gồm các đơn vị cũ",
  formerProvince: "Tỉnh cũ",
  area: "Diện tích",
  withStories: "Nơi đã có câu chuyện",
  withoutStories: "Nơi chưa có câu chuyện",
  years: "Năm",
  year: (year: string) => `Năm ${year}`,
  namedMovements: "Các phong trào trọng tâm",
  themes: "Thi đua theo chủ đề",
  campaignStates: {
    upcoming: "Sắp bắt đầu",
    running: "Đang diễn ra",
    ended: "Đã kết thúc",
  },
  campaign: "Đợt thi đua",
  campaignDates: "Thời gian",
  endedOn: (date: string) => `Đã kết thúc ngày ${date}`,
  placesWithStories: "xã, phường có câu chuyện",
  campaignFigures: "Đợt thi đua qua các con số",
  examples: "Câu chuyện minh họa",
  plan: "Kế hoạch",
  spirit: "Tinh thần",
  criteria: "Tiêu chí",
  timeline: "Các mốc",
  number: "Số, ký hiệu",
  issuer: "Nơi ban hành",
  signer: "Người ký",
  issued: "Ngày ban hành",
  effective: "Có hiệu lực từ",
  expiredDocument: "Đã hết hiệu lực",
  fullText: "Toàn văn",
  thisSource: "Nguồn bài này",
  inPicture: (words: string) => `[Ảnh: ${words}]`,
  struck: (words: string) => `[đã bỏ: ${words}]`,
  licence: "Nội dung dùng lại được theo giấy phép CC BY 4.0, ghi rõ nguồn.",
} as const;

/** What the search says in the browser. Apart from the rest, so that its script carries nothing else. */
export const searchText = {
  suggestions: "Gợi ý",
  people: "Người, tập thể",
  communes: "Xã, phường",
  movements: "Phong trào",
  stories: "Bài viết",
  searchAll: (words: string) => `Tìm “${words}” trong mọi bài`,
  suggested: (count: number) =>
    count > 0
      ? `${formatNumber(count)} gợi ý. Dùng phím mũi tên để chọn.`
      : "Không có gợi ý.",
  searching: "Đang tìm…",
  found: (count: number, words: string) =>
    `Tìm thấy ${formatNumber(count)} bài${words && ` cho “${words}”`}`,
  none: (words: string) =>
    `Không tìm thấy bài nào${words && ` cho “${words}”`}`,
  andScattered: (count: number) =>
    `Ngoài ra có ${formatNumber(count)} bài nhắc tới những từ này ở các chỗ khác nhau.`,
  onlyScattered: (count: number, words: string) =>
    `Không bài nào có trọn cụm “${words}”. Có ${formatNumber(count)} bài nhắc tới những từ này ở các chỗ khác nhau.`,
  scattered: "Có các từ này, nhưng ở các chỗ khác nhau",
  instead: (meant: string) => `Có phải bạn tìm “${meant}”?`,
  literally: (typed: string) => `Tìm đúng “${typed}” như đã gõ`,
  isLiteral: "Đang tìm đúng như đã gõ.",
  notLiterally: "Tìm cả cách viết gần giống",
  noneAdvice:
    "Mời bạn thử ít từ hơn hoặc từ khác, hoặc xem theo các mục dưới đây.",
  withoutFilters: (count: number) =>
    `Bỏ điều kiện lọc: có ${formatNumber(count)} bài`,
  withoutQuotes: "Tìm không cần đúng cụm từ trong ngoặc kép",
  latest: "Xem những bài mới nhất",
  pages: "Xem cả trang:",
  removeFilter: (filter: string, value: string) => `Bỏ lọc ${filter}: ${value}`,
  again: "Thử lại",
  more: (count: number) => `Xem thêm ${formatNumber(count)} bài`,
  offline:
    "Máy đang không có mạng nên chưa tìm được. Mời bạn thử lại khi có mạng.",
  failed:
    "Chưa tìm được vì không mở được chỉ mục tìm kiếm. Mời bạn thử lại sau, hoặc xem theo các mục dưới đây.",
};

const numbers = new Intl.NumberFormat("vi-VN");

/** A number as Vietnamese writes it: 1.234,5. */
export const formatNumber = (value: number): string => numbers.format(value);
