/** What the CMS says when it writes to a GitLab, besides `adminText`. */
export const gitlabText = {
  strip: "Tình trạng trang",
  requests: "Bài chờ duyệt trên GitLab",
  /** Of a commit that makes a draft what is published. */
  publishing: (name: string) => `Đăng: ${name}`,
  noAccess:
    "Tài khoản GitLab này chưa được giao viết bài. Nhờ người quản trị thêm vào dự án với vai trò Developer (viết) hoặc Maintainer (duyệt).",
  noProject: (repo: string) =>
    `Không mở được dự án «${repo}» trên GitLab. Kiểm tra CMS_GITLAB_REPO, và xem tài khoản này có trong dự án chưa.`,
  forbidden:
    "Tài khoản GitLab của bạn không được làm việc này. Viết xong thì chuyển bài sang «Chờ duyệt»; người duyệt (Maintainer) sẽ đăng.",
  conflict:
    "Bài đang đăng đã được người khác sửa cùng chỗ. Chép phần của bạn ra chỗ khác, bấm «Bỏ thay đổi chưa đăng», mở lại bài rồi đưa phần ấy vào.",
  outdated:
    "Có người đã sửa bài này sau khi bạn mở. Chép phần của bạn ra chỗ khác, tải lại trang, mở lại bài rồi đưa phần ấy vào.",
  noUpload:
    "Hãy mở một bài rồi thêm tệp ở đó: tệp nào cũng nằm cạnh bài của nó.",
  failed: (what: string) =>
    `GitLab trả lời: ${what}. Chữ bạn viết vẫn còn trên màn hình; chờ một phút rồi làm lại, vẫn vậy thì báo người quản trị.`,
  /** Why GitLab does not merge yet, by its own word for it (detailed_merge_status). */
  waiting: {
    ci_must_pass:
      "Bài chưa qua bước kiểm tra trên GitLab. Bấm «Bài chờ duyệt trên GitLab» để xem chỗ cần sửa.",
    ci_still_running:
      "GitLab đang kiểm tra bài. Chờ vài phút rồi bấm «Đăng» lần nữa.",
    not_approved: "Bài chưa đủ người duyệt trên GitLab.",
    discussions_not_resolved:
      "Bài còn trao đổi chưa xong trên GitLab. Trả lời và bấm «Resolve thread» ở đó trước.",
    draft_status:
      "Yêu cầu hợp nhất của bài còn mang chữ «Draft» trên GitLab. Bấm «Mark as ready» ở đó trước.",
    not_open: "Bản nháp này đã được đăng hoặc đã bỏ. Tải lại trang để xem.",
    checking: "GitLab chưa xem xong bài. Chờ một phút rồi bấm «Đăng» lần nữa.",
  } as Record<string, string>,
  upload: {
    notOpened: (name: string) =>
      `Không mở được ảnh «${name}». Nếu là ảnh HEIC của điện thoại hoặc ảnh TIFF, hãy lưu thành JPEG hoặc PNG rồi dùng tệp mới; nếu không, chép lại tệp từ nơi đã gửi.`,
    notKept: (name: string, endings: string) =>
      `«${name}» không phải ảnh, cũng không phải tài liệu dùng được. Tài liệu phải là ${endings}.`,
    tooLarge: (name: string, most: number) =>
      `«${name}» nặng quá ${most} MB. Thu nhỏ tài liệu rồi chọn lại.`,
  },
} as const;
