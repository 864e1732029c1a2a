/** What the desk says to editors, and what it writes into the history of the content. */
import type { CampaignState, StoryState } from "../stories/state.ts";

export const deskText = {
  badRequest: "Yêu cầu không đúng dạng. Tải lại trang quản trị rồi làm lại.",
  badHost: "Yêu cầu không đến từ địa chỉ của trang quản trị này.",
  badOrigin:
    "Yêu cầu đến từ một trang khác. Chỉ trang quản trị mới ghi được vào kho bài.",
  badMethod: "Địa chỉ này không nhận yêu cầu kiểu ấy.",
  badType: "Yêu cầu không thuộc kiểu dữ liệu mà địa chỉ này nhận.",
  noRoom: "Không có địa chỉ này trong trang quản trị. Tải lại trang.",
  tooLarge: (megabytes: number) =>
    `Bài và ảnh gửi một lần nặng quá ${megabytes} MB. Bớt ảnh hoặc thu nhỏ ảnh rồi lưu lại.`,
  noEditor:
    "Chưa biết ai đang viết. Tải lại trang quản trị, ghi họ tên và thư điện tử.",
  noLogin:
    "Chưa đăng nhập. Mở lại trang quản trị để đăng nhập; chữ bạn viết vẫn còn trên màn hình.",
  loggedOut:
    "Bạn đã ra khỏi bàn biên tập. Máy dùng chung thì đóng hết cửa sổ trình duyệt.",
  noAccount: (login: string) =>
    `Tài khoản ${login} không có trong danh sách người làm trang. Nhờ người quản trị máy chủ thêm tài khoản (npm run account).`,
  approverOnly:
    "Việc này là của người duyệt: duyệt, trả lại, đăng, gỡ, xóa mục đã đăng. Bạn lưu bài rồi chuyển sang «Chờ duyệt» để người duyệt làm tiếp.",
  settingsOnly:
    "Mục này là thiết lập chung của trang nên chỉ người duyệt sửa được. Nhờ người duyệt sửa giúp.",
  notYours: (who: string) =>
    `Bản nháp này có phần của ${who} nên bạn không xóa được. Nhờ người ấy hoặc người duyệt xóa.`,
  badPath: (path: string) =>
    `Không dùng được tên tệp ${path}. Tên chỉ gồm chữ, số, dấu chấm, gạch nối; đuôi là một trong các loại được phép.`,
  badName: (path: string) =>
    `Tên tệp ${path} phải là chữ thường không dấu, số và gạch nối, đuôi là một trong các loại được phép.`,
  badPlace: (path: string) =>
    `Tệp ${path} không thuộc bài hay mục nào. Tải ảnh và tài liệu lên ngay trong bài.`,
  link: (path: string) =>
    `Trên đường tới ${path} có liên kết hoặc tệp lạ. Báo người quản trị máy chủ.`,
  severalEntries: "Một lần chỉ lưu được một bài.",
  rename: "Không đổi được địa chỉ của bài đã có.",
  otherBranch: (branch: string) =>
    `Trang quản trị đang mở cho một nhánh khác nhánh đang đăng (${branch}). Tải lại trang.`,
  noBranch:
    "Kho bài không đứng ở nhánh nào để đăng. Báo người quản trị máy chủ.",
  noRepository: (folder: string) =>
    `Thư mục ${folder} không nằm trong kho git nào. Chạy git init rồi ghi lần đầu, hoặc đặt CONTENT_DIR vào một kho git; sau đó chạy lại npm start.`,
  noGit:
    "Máy này chưa có chương trình git mà bàn biên tập cần. Cài git (bản 2.36 trở lên) rồi chạy lại npm start.",
  converted: (file: string) =>
    `Kho git này đổi ký tự xuống dòng của nội dung khi lấy ra (${file}), nên không lưu đúng từng byte được. Thêm dòng «${file} -text» vào .gitattributes ở gốc kho, ghi vào kho, rồi chạy lại npm start.`,
  noEntry: "Không tìm thấy bài này. Có thể bài vừa được xóa hoặc vừa đăng.",
  noFile: (path: string) => `Không tìm thấy tệp ${path}.`,
  changed: (who: string) =>
    `Bài này vừa được ${who} sửa sau khi bạn mở. Chữ bạn viết vẫn còn trên màn hình: chép lại, tải lại bài rồi đưa phần của bạn vào.`,
  someone: "người khác",
  otherDraft: (name: string) =>
    `Bài này đang có một bản nháp khác (${name}). Sửa tiếp bản nháp ấy.`,
  publishedChanged:
    "Bài đã được sửa ở bản đang đăng sau khi bản nháp này bắt đầu, nên chưa đăng được. Bản nháp còn nguyên: đối chiếu hai bản, viết lại phần cần sửa vào bài mới nhất.",
  notReady:
    "Bài chưa ở bước chờ đăng. Người duyệt chuyển bài sang bước ấy rồi mới đăng.",
  dirty: (path: string) =>
    `Tệp ${path} trên máy chủ có thay đổi chưa ghi vào kho, nên chưa lưu được. Không có gì bị ghi đè. Nhờ người quản trị máy chủ ghi hoặc bỏ thay đổi ấy rồi lưu lại.`,
  locked:
    "Kho bài đang bận vì một lệnh git khác (có tệp khóa .lock). Chờ một lát rồi lưu lại; nếu vẫn thế, báo người quản trị máy chủ.",
  busy: "Nhiều người cùng lưu một lúc, lần này chưa ghi được. Bấm lưu lại.",
  broken: "Máy chủ gặp lỗi, chưa ghi được. Chữ bạn viết vẫn còn trên màn hình.",
  wrong: "Chưa lưu được vì bài còn lỗi:",
  buildHangs: (minutes: number) =>
    `Việc dựng trang đứng yên quá ${minutes} phút nên đã dừng. Trang đang đăng vẫn như trước; máy chủ sẽ tự thử lại.`,
  buildDied:
    "Chương trình dựng trang tắt giữa chừng. Trang đang đăng vẫn như trước; máy chủ sẽ tự thử lại.",
  stillUsed: "Chưa làm được, vì nơi khác trên trang còn cần mục này:",
  notSent: "Bài đang ở chỗ người viết, chưa gửi duyệt nên không trả lại được.",
  inUse: (who: string, field: string | undefined, found: string) =>
    `${who} cần mục này như cũ${field ? ` ở «${field}»` : ""}; làm thế thì bên ấy: ${found}`,
  inUseRemedy: (file: string) =>
    `Sửa bên ấy trước (${file}), rồi làm lại việc này.`,

  wrongEnding: (name: string, right: string) =>
    `Tệp ${name} không đúng loại như đuôi tên của nó, hoặc chưa được làm gọn (tên phải là «${right}»). Bỏ tệp ấy, tải lại trang quản trị rồi chọn ảnh lại.`,

  noPreview:
    "Chưa xem trước được trang này. Chữ bạn viết không mất gì; thử lại sau ít giây, nếu vẫn thế thì báo người quản trị máy chủ.",
  withdrawInstead:
    "Bài đã đăng thì không xóa mà gỡ, để ai mở địa chỉ cũ còn đọc được lời báo: mở bài, chọn «Đã gỡ» ở ô «Trạng thái», ghi lý do ở «Gỡ bài», lưu rồi gửi duyệt như một lần sửa.",

  noDeed: "Không có việc này trong nhật ký. Tải lại trang.",
  noPage: "Mục này không có trang riêng để xem trước.",
} as const;

/** Accounts: who may come to the desk, and as what. */
export const accountText = {
  roles: { editor: "người viết", approver: "người duyệt" },
  fields: {
    login:
      "Viết chữ thường không dấu, số, dấu chấm, gạch nối, nhiều nhất 32 ký tự, ví dụ nguyen.dao.",
    name: {
      label: "name (họ tên)",
      hint: "Ghi đủ họ tên trên một dòng, ví dụ Nguyễn Thị Đào.",
    },
    mail: {
      label: "mail (thư điện tử)",
      hint: "Viết thư điện tử dạng ten@donvi.vn.",
    },
    role: {
      label: "role (vai trò)",
      hint: "editor: viết và gửi duyệt; approver: duyệt, đăng, gỡ, sửa thiết lập.",
    },
  },
  broken: "Tệp tài khoản có chỗ sai:",
  noList: "không phải danh sách tài khoản",
  noListRemedy:
    "Viết mỗi tài khoản thành một nhóm: tên đăng nhập, rồi name, mail, role thụt vào ở dưới.",
  badLogin: (login: string) => `tên đăng nhập ${login} không dùng được`,
  sameMail: (mail: string, other: string) =>
    `thư điện tử ${mail} đã là của tài khoản «${other}»`,
  sameMailRemedy: "Mỗi người một tài khoản, một thư điện tử.",
  unreadable: (file: string, code: string) =>
    `Không đọc được tệp tài khoản ${file} (${code}). Xem lại ACCOUNTS và quyền đọc của tệp; tạo tài khoản đầu tiên bằng npm run account.`,
  lastKept:
    "Các tài khoản đọc được lần trước vẫn dùng như cũ cho đến khi tệp được sửa đúng.",
  headerAlone:
    "TRUST_HEADER chỉ dùng cùng ACCOUNTS: đặt ACCOUNTS là tệp tài khoản, hoặc bỏ TRUST_HEADER.",
  badHeader: (name: string) =>
    `TRUST_HEADER phải là tên một tiêu đề riêng như x-remote-user, đang là «${name}».`,
} as const;

/** What `npm run account` says. */
export const accountCommand = {
  head: "# Ai vào được bàn biên tập. Thêm, bớt bằng npm run account; đổi role thì sửa ngay ở đây, có hiệu lực liền.\n",
  usage:
    'Cách dùng:\n  npm run account -- add TÊN --name "Họ tên" --mail ten@donvi.vn --role editor\n  npm run account -- list\n  npm run account -- password TÊN\n  npm run account -- remove TÊN\nrole là editor (người viết) hoặc approver (người duyệt). Mật khẩu được hỏi, không ghi trên dòng lệnh.',
  noFile:
    "Chưa biết tệp tài khoản ở đâu. Đặt ACCOUNTS, ví dụ ACCOUNTS=/etc/guong-sang/accounts.yaml npm run account -- list",
  unknown: (login: string) =>
    `Không có tài khoản «${login}». Xem các tài khoản bằng npm run account -- list`,
  there: (login: string) =>
    `Đã có tài khoản «${login}». Đổi mật khẩu bằng npm run account -- password ${login}; đổi vai trò thì sửa dòng role trong tệp tài khoản.`,
  ask: "Mật khẩu: ",
  askAgain: "Gõ lại mật khẩu: ",
  badPassword:
    "Mật khẩu phải từ 10 đến 128 ký tự, chỉ gồm chữ không dấu, số, dấu câu và dấu cách.",
  notSame: "Hai lần gõ không giống nhau. Chưa có gì thay đổi, làm lại từ đầu.",
  noOpenssl: "Máy này chưa có openssl. Cài gói openssl rồi làm lại.",
  stopped: "Đã thôi, chưa có gì thay đổi.",
  added: (login: string) => `Đã thêm tài khoản «${login}».`,
  changed: (login: string) => `Đã đổi mật khẩu của «${login}».`,
  removed: (login: string) =>
    `Đã bỏ tài khoản «${login}»; người ấy không vào được nữa.`,
  noApprover:
    "Không còn người duyệt nào: chưa ai đăng được bài. Thêm một tài khoản --role approver.",
  noPassword: "chưa có mật khẩu",
  noAccount: (login: string) =>
    `${login}\tcó mật khẩu nhưng không có tài khoản, không vào được`,
  none: "Chưa có tài khoản nào.",
  failed: (file: string, code: string) =>
    `Không ghi được ${file} (${code}). Xem lại quyền của thư mục, hoặc chạy bằng sudo.`,
} as const;

/** Where the desk listens. */
export const listenText = {
  noSocket: (socket: string) =>
    `Ở ${socket} có một tệp không phải ổ cắm (socket). Xem lại SOCKET; đừng đặt trùng tên một tệp khác.`,
  taken: (socket: string) =>
    `Ổ cắm ${socket} đang có chương trình khác dùng. Dừng chương trình ấy rồi chạy lại.`,
  failed: (socket: string, code: string) =>
    `Không mở được ổ cắm ${socket} (${code}). Thư mục của nó phải có sẵn và người chạy chương trình ghi được.`,
  socketAlone:
    "SOCKET là để chạy sau máy chủ web, nên phải có ACCOUNTS: đặt ACCOUNTS là tệp tài khoản (npm run account).",
} as const;

/** First lines of commits, by what was done; `what` is for example «tin «Tết trồng cây»». */
export const commitText = {
  startDraft: (what: string) => `Viết nháp ${what}`,
  saveDraft: (what: string) => `Sửa nháp ${what}`,
  draft: (what: string) => `Trả lại ${what}`,
  dropDraft: (what: string) => `Bỏ nháp ${what}`,
  keepMine: (what: string) => `Giữ bản nháp ${what} trên bản đăng mới nhất`,
  pending_review: (what: string) => `Gửi duyệt ${what}`,
  pending_publish: (what: string) => `Duyệt ${what}`,
  publishNew: (what: string) => `Đăng ${what}`,
  publishChange: (what: string) => `Cập nhật ${what}`,
  withdraw: (what: string) => `Gỡ ${what}`,
  remove: (what: string) => `Xóa ${what}`,
  addFile: (file: string, what: string) => `Thêm tệp ${file} vào ${what}`,
  removeFiles: (files: string, what: string) => `Xóa tệp ${files} khỏi ${what}`,
} as const;

/** What changes by itself at its moment, by the state that comes. */
export const turnText: Record<
  StoryState | CampaignState,
  (what: string) => string
> = {
  draft: (what) => `Cất ${what}`,
  scheduled: (what) => `Hẹn giờ ${what}`,
  embargoed: (what) => `Giữ lại ${what} theo giờ hẹn`,
  published: (what) => `Đăng ${what}`,
  expired: (what) => `Hết hạn ${what}`,
  withdrawn: (what) => `Gỡ ${what}`,
  upcoming: (what) => `Sắp mở ${what}`,
  running: (what) => `Mở ${what}`,
  ended: (what) => `Kết thúc ${what}`,
};
