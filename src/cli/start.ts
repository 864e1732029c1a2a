/** `npm start`: builds the site and serves it at http://localhost:4321 until Ctrl-C. `PORT` chooses another port. */
import { buildSite } from "../build/build.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { progressLine, reportBuild, reportFailure } from "./report.ts";
import { serveFolder } from "./serve.ts";

const progress = progressLine();

function stop(message: string): never {
  progress.end();
  console.error(message);
  process.exit(1);
}

function settingsOrStop(): Settings {
  try {
    return readSettings();
  } catch (thrown) {
    return stop(reportFailure(thrown));
  }
}

const settings = settingsOrStop();
const port = Number(process.env.PORT || 4321);

if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT phải là một số từ 1 đến 65535, đang là «${process.env.PORT}».`);

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    console.log("\nĐã dừng.");
    process.exit(0);
  });

console.log("Gương sáng: đang kiểm tra nội dung và dựng trang…");
const result = await buildSite({
  settings,
  strict: true,
  tell: (message) => progress.tell(message),
  progress: progress.show,
}).catch((thrown: unknown) => stop(reportFailure(thrown)));
progress.end();
console.log(reportBuild(result));
if (!result.built) process.exit(1);

await serveFolder(settings, port).catch((thrown: NodeJS.ErrnoException) =>
  stop(
    thrown.code === "EADDRINUSE"
      ? `Cổng ${port} đang có chương trình khác dùng. Dừng chương trình ấy, hoặc chọn cổng khác: PORT=${port + 1} npm start`
      : thrown.code === "EACCES"
        ? `Không được phép dùng cổng ${port}. Chọn cổng từ 1024 trở lên: PORT=4321 npm start`
        : `Không mở được trang: ${thrown.message}`,
  ),
);
console.log(
  `Trang đang chạy ở http://localhost:${port}${settings.base} (bấm Ctrl-C để dừng).`,
);
