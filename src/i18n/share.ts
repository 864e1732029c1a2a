/** Words of passing a story on. Apart from the rest, so that the script that shares carries nothing else. */
export const shareText = {
  title: "Chia sẻ, dùng lại",
  facebook: "Chia sẻ lên Facebook",
  qr: "Mã QR",
  embed: "Lấy mã nhúng",
  press: "Tư liệu cho báo chí",
  follow: "Theo dõi qua RSS",
  zalo: "Gửi qua Zalo: sao chép liên kết rồi dán, hoặc quét mã QR bằng Zalo.",
  copy: "Sao chép liên kết",
  copied: "Đã sao chép liên kết.",
  notCopied: (address: string) =>
    `Trình duyệt không cho sao chép. Liên kết: ${address}`,
  share: "Chia sẻ…",
  qrOf: (address: string) => `Mã QR dẫn tới ${address}`,
  failed: "Chưa vẽ được mã QR. Mời bạn thử lại khi có mạng.",
};
