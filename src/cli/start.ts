/**
 * `npm start`: the site and its CMS at http://localhost:4321 until Ctrl-C, kept up to date by itself. `PORT`
 * chooses another port; with `SOCKET` a web server shows the site, and only the desk answers there. `ACCOUNTS`
 * says who may come to the desk. An entry with an error is left out with its reason; it keeps nothing else down.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { checkOurs } from "../build/stamp.ts";
import { openAccounts } from "../desk/accounts.ts";
import { openDesk } from "../desk/desk.ts";
import { healthHere, healthRoom } from "../desk/health.ts";
import { openJudge } from "../desk/judge.ts";
import { listenOnSocket } from "../desk/listen.ts";
import { logRoom } from "../desk/log.ts";
import { previewRoom } from "../desk/preview.ts";
import { liveCache, Publisher, statusRoom } from "../desk/publisher.ts";
import { Store } from "../desk/store.ts";
import { listenText } from "../i18n/desk.ts";
import { readSettings, type Settings } from "../loader/settings.ts";
import { Preview } from "../preview/preview.ts";
import { healthOf } from "../release/health.ts";
import { currentOf, siteDirOf } from "../release/place.ts";
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
    const settings = readSettings();
    checkOurs({ ...settings, cacheDir: liveCache(settings) }, "served.json");
    return settings;
  } catch (thrown) {
    return stop(reportFailure(thrown));
  }
}

function accountsOrStop(): ReturnType<typeof openAccounts> {
  try {
    return openAccounts(process.env, (message) => progress.tell(message));
  } catch (thrown) {
    return stop((thrown as Error).message);
  }
}

const settings = settingsOrStop();
const known = accountsOrStop();
const socket = process.env.SOCKET;
const siteDir = siteDirOf();
/** What readers get here. */
const outDir = siteDir === undefined ? settings.outDir : currentOf(siteDir);
const port = Number(process.env.PORT || 4321);

if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT phải là một số từ 1 đến 65535, đang là «${process.env.PORT}».`);

// Without accounts a browser is believed: no matter on this machine alone, but before a web server all would be.
if (socket && !known) stop(listenText.socketAlone);

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
  identify: known?.identify,
  leave: process.env.LOGOUT_URL,
  hosts: [
    ...(socket ? [] : loopback.map((name) => `${name}:${port}`)),
    // A proxy that says who the editor is has the site's own name.
    ...(known ? [new URL(settings.siteUrl).host] : []),
  ],
  rooms: {
    status: statusRoom(publisher, store),
    log: logRoom(store),
    health: healthRoom(
      () =>
        siteDir === undefined
          ? healthHere(publisher.status(), settings.cacheDir)
          : healthOf(siteDir),
      known?.accounts,
    ),
    preview: previewRoom(preview, settings.contentDir),
  },
});
const listen = () =>
  socket
    ? listenOnSocket(socket, settings.base, desk)
    : serveFolder({ ...settings, outDir }, port, desk);
const server = await listen().catch((thrown: NodeJS.ErrnoException) =>
  stop(
    socket
      ? thrown.message
      : thrown.code === "EADDRINUSE"
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
const address = socket
  ? settings.siteUrl + settings.base
  : `http://localhost:${port}${settings.base}`;
if (typeof store === "string") {
  // Neither a site nor a way to mend it.
  if (!socket && !existsSync(path.join(outDir, "index.html"))) process.exit(1);
  console.log(`Chưa mở được bàn biên tập: ${store}`);
} else console.log(`Bàn biên tập ở ${address}admin/`);
console.log(
  socket
    ? `Bàn biên tập nhận yêu cầu qua ổ cắm ${socket}.`
    : `Trang đang chạy ở ${address} (bấm Ctrl-C để dừng).`,
);
