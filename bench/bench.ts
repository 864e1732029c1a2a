/** `npm run bench -- <name> …`: the benchmarks. Progress goes to stderr, the result to stdout. */
import { benchBuild } from "./build.ts";
import { benchDesk } from "./desk.ts";
import { benchLighthouse } from "./lighthouse.ts";
import { benchLoad } from "./load.ts";
import { benchQueries } from "./queries.ts";
import { benchSearch } from "./search.ts";

const BENCHES: Record<string, (args: string[]) => Promise<void>> = {
  build: benchBuild,
  desk: benchDesk,
  lighthouse: benchLighthouse,
  load: benchLoad,
  queries: benchQueries,
  search: benchSearch,
};

const USAGE = `Cách dùng: npm run bench -- <tên> [tùy chọn]

  build    dựng N bài bằng chương trình này, Hugo, Eleventy và Astro nguyên bản,
           rồi đo một lần sửa, một lần thêm, một lần gỡ bài
             --stories N      số bài (mặc định 1000)
             --repeat R       chạy R lần, lấy lần ít CPU nhất
             --without TÊN    bỏ qua hugo, eleventy hoặc stock (dùng được nhiều lần)
             --json           in JSON
             --keep           giữ lại thư mục tạm

  desk     mở trang quản trị trong Chromium với N tin, đo xem người viết phải chờ bao lâu
             --stories N      số tin (mặc định 1000)
             --shipped        dùng nội dung của kho này thay cho tin làm sẵn
             --json           in JSON

  lighthouse   cho Lighthouse chấm mỗi loại trang, như trên điện thoại rẻ tiền
             --repeat R       chấm mỗi trang R lần, lấy lần giữa (mặc định 3)
             --json           in JSON

  load     máy chủ như khi cài đặt (nginx, bàn biên tập, các bản phát hành): bạn đọc vào đều đều
           trong lúc người viết lưu và đăng; rồi so với nginx gửi một tệp trơ cùng cỡ
             --stories N      số bài (mặc định 1000)
             --minutes M      số phút (mặc định 10)
             --rate R         số bạn đọc mỗi giây (mặc định 200)
             --editors E      số người viết (mặc định 10)
             --json           in JSON một dòng

  search      hỏi bộ tìm kiếm này, Pagefind nguyên bản, MiniSearch và FlexSearch cùng
             những câu đã có đáp án, trong Chromium: tìm trúng, số byte, thời gian
             --corpus FILE    các bài (mặc định 1000 bài trong tests/fixtures/search)
             --judged FILE    các câu hỏi kèm đáp án
             --without TÊN    bỏ qua ours, pagefind, minisearch hoặc flexsearch
             --json           in JSON

  queries     soạn câu hỏi kèm đáp án từ các bài
             --corpus FILE    các bài (dùng được nhiều lần)
             --seed N         số khác, câu khác`;

const [name = "", ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench) {
  try {
    await bench(args);
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    if (process.env.DEBUG) console.error(thrown);
    process.exitCode = 1;
  }
} else {
  console.error(
    name && !["-h", "--help"].includes(name)
      ? `Không có phép đo «${name}».\n\n${USAGE}`
      : USAGE,
  );
  process.exitCode = 1;
}
