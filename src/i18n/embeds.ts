/** What the embeddable views say. */
export const embedText = {
  newest: "Gương sáng mới nhất",
  readHere: "Đọc ngay tại đây",
  more: "Xem bài khác",
  source: "Nguồn",
  newWindow: "Liên kết mở ở cửa sổ mới.",
  newWindowSearch: "Kết quả mở ở cửa sổ mới.",
  searchIn: (site: string) => `Tìm trong ${site}`,
  searchAt: "Không gõ được ở đây? Mời bạn tìm tại",
  frame: (title: string, site: string) => `${title} | ${site}`,
} as const;
