/**
 * `npm start`: the site and its CMS at http://localhost:4321 until Ctrl-C, kept up to date by itself. `PORT`
 * chooses another port. An entry with an error is left out with its reason; it keeps nothing else down.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { checkOurs } from "../build/stamp.ts";
import { openDesk } from "../desk/desk.ts";
import { trustOf, type Identify } from "../desk/guard.ts";
import { openJudge } from "../desk/judge.ts";
import { previewRoom } from "../desk/preview.ts";
import { liveCache, Publisher, statusRoom } from "../desk/publisher.ts";
import { Store } from "../desk/store.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { Preview } from "../preview/preview.ts";
import { progressLine, reportBuild, reportFailure } from "./report.ts";
import { serveFolder } from "./serve.ts";

const progress = progressLine();

function stop(message: string): never {
  progress.end();
  console.error(message);
  process.exit(1);
}

function settingsOrStop(): Settings & { trust: Identify | undefined } {
  try {
    const settings = readSettings();
    checkOurs({ ...settings, cacheDir: liveCache(settings) }, "served.json");
    return { ...settings, trust: trustOf(process.env) };
  } catch (thrown) {
    return stop(reportFailure(thrown));
  }
}

const { trust, ...settings } = settingsOrStop();
const port = Number(process.env.PORT || 4321);

if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT phải là một số từ 1 đến 65535, đang là «${process.env.PORT}».`);

const publisher = new Publisher({
  settings,
  tell: (message) => progress.tell(message),
  progress: progress.show,
  ended: (outcome) =>
    progress.tell(
      "failure" in outcome ? outcome.failure : reportBuild(outcome.result),
    ),
});
const judge = openJudge({
  settings: { ...settings, cacheDir: path.join(settings.cacheDir, "judge") },
  builtCacheDir: liveCache(settings),
});
const store = await Store.open(settings.contentDir, judge, () =>
  publisher.changed(),
).catch((thrown: Error) => thrown.message);

const preview = new Preview({ ...settings, cacheDir: liveCache(settings) });
const loopback = ["localhost", "127.0.0.1", "[::1]"];
const desk = openDesk({
  store,
  trust,
  hosts: [
    ...loopback.map((name) => `${name}:${port}`),
    // A proxy that says who the editor is has the site's own name.
    ...(trust ? [new URL(settings.siteUrl).host] : []),
  ],
  rooms: {
    status: statusRoom(publisher, store),
    preview: previewRoom(preview, settings.contentDir),
  },
});
const server = await serveFolder(settings, port, desk).catch(
  (thrown: NodeJS.ErrnoException) =>
    stop(
      thrown.code === "EADDRINUSE"
        ? `Cổng ${port} đang có chương trình khác dùng. Dừng chương trình ấy, hoặc chọn cổng khác: PORT=${port + 1} npm start`
        : thrown.code === "EACCES"
          ? `Không được phép dùng cổng ${port}. Chọn cổng từ 1024 trở lên: PORT=4321 npm start`
          : `Không mở được trang: ${thrown.message}`,
    ),
);

/** Ends when what editors are saving is saved and answered; at once when asked again. */
async function end(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  preview.close();
  await Promise.all([publisher.close(), desk.idle()]);
  console.log("\nĐã dừng.");
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    process.once(signal, () => process.exit(1));
    void end();
  });

console.log("Gương sáng: đang kiểm tra nội dung và dựng trang…");
await publisher.start();
progress.end();
// The build's cache is there by now. What fails here will be told to who asks.
judge.warm().catch(() => {});
const address = `http://localhost:${port}${settings.base}`;
if (typeof store === "string") {
  // Neither a site nor a way to mend it.
  if (!existsSync(path.join(settings.outDir, "index.html"))) process.exit(1);
  console.log(`Chưa mở được bàn biên tập: ${store}`);
} else console.log(`Bàn biên tập ở ${address}admin/`);
console.log(`Trang đang chạy ở ${address} (bấm Ctrl-C để dừng).`);
