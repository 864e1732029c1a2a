import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { NOW, skeleton, type Corpus } from "../support/corpus.ts";
import { all, attribute, readPage, textOf } from "../support/page.ts";
import { Started, freePort, get } from "../support/running.ts";
import {
  buildEnv,
  placeFor,
  temporaryFolder,
  type BuildPlace,
} from "../support/site.ts";

let corpus: Corpus;
let place: BuildPlace;
beforeAll(() => {
  corpus = skeleton();
  corpus.story("models", "mo-hinh-mot");
  place = placeFor(corpus.dir, NOW);
});

const start = (env: Record<string, string>): Started =>
  new Started("src/cli/start.ts", { ...buildEnv(place), ...env });

async function startServing(env: Record<string, string> = {}) {
  const port = await freePort();
  const started = start({ PORT: String(port), ...env });
  await started.says("Trang đang chạy ở");
  return { port, started };
}

describe("npm start", () => {
  it("builds the site, serves it and says where, in Vietnamese", async () => {
    const { port, started } = await startServing();
    expect(started.output).toContain(
      "Gương sáng: đang kiểm tra nội dung và dựng trang…",
    );
    expect(started.output).toMatch(/Xong trong .* giây: \d+ trang/);
    expect(started.output).toContain(
      `Trang đang chạy ở http://localhost:${port}/ (bấm Ctrl-C để dừng).`,
    );

    const front = await get(port, "/");
    expect(front.status).toBe(200);
    expect(front.headers["content-type"]).toBe("text/html;charset=utf-8");
    const page = readPage(front.body);
    expect(textOf(all(page, "h1")[0]!)).toBe("Gương sáng Ví Dụ");
    const sheet = all(page, "link").find(
      (link) => attribute(link, "rel") === "stylesheet",
    )!;
    const styles = await get(port, attribute(sheet, "href")!);
    expect(styles.status).toBe(200);
    expect(styles.headers["content-type"]).toBe("text/css");
    expect((await get(port, "/mo-hinh/mo-hinh-mot/")).status).toBe(200);
  });

  it("has the site's own page for what is not there, and nothing from outside the built site", async () => {
    const { port } = await startServing();
    for (const path of [
      "/khong-co/",
      "/mo-hinh/khong-co/",
      "/%E0%A4%A",
      "/%00",
    ]) {
      const { status, headers, body } = await get(port, path);
      expect(status, path).toBe(404);
      expect(headers["content-type"], path).toContain("text/html");
      expect(textOf(all(readPage(body), "h1")[0]!)).toBe(
        "Không tìm thấy trang",
      );
    }

    const neighbour = `${place.out}-rieng`;
    mkdirSync(neighbour);
    writeFileSync(`${neighbour}/index.html`, "của riêng");
    for (const path of [
      "/../dist-rieng/",
      "/..%2fdist-rieng/",
      "/%2e%2e/dist-rieng/index.html",
      "/../../../../../../etc/passwd",
    ]) {
      const { status, body } = await get(port, path);
      expect(status, path).toBe(404);
      expect(body, path).not.toContain("của riêng");
    }

    // It goes on serving while the built site is away.
    renameSync(place.out, `${place.out}-away`);
    expect((await get(port, "/")).status).toBe(404);
    renameSync(`${place.out}-away`, place.out);
    expect((await get(port, "/")).status).toBe(200);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "stops at %s, and says so",
    async (signal) => {
      const { started } = await startServing();
      expect(await started.stop(signal)).toBe(0);
      expect(started.output).toContain("Đã dừng.");
    },
  );

  it("explains a port that is taken", async () => {
    const { port } = await startServing();
    const second = start({ PORT: String(port) });
    expect(await second.ends()).toBe(1);
    expect(second.output).toContain(
      `Cổng ${port} đang có chương trình khác dùng.`,
    );
    expect(second.output).toContain(`PORT=${port + 1} npm start`);
    expect((await get(port, "/")).status).toBe(200);
  });

  it.each(["abc", "0", "65536", "4321.5"])(
    "explains that %s is no port",
    async (port) => {
      const started = start({ PORT: port });
      expect(await started.ends()).toBe(1);
      expect(started.output).toContain(
        `PORT phải là một số từ 1 đến 65535, đang là «${port}».`,
      );
    },
  );

  it("tells what is wrong with the content, and serves the rest", async () => {
    const file = "models/2026/mo-hinh-hai/index.mdx";
    corpus.story("models", "mo-hinh-hai");
    corpus.write(file, corpus.read(file).replace("title:", "tieu-de:"));
    const { port, started } = await startServing();
    corpus.remove("models/2026/mo-hinh-hai");
    expect(started.output).toContain(file);
    expect(started.output).toMatch(/LỖI dòng \d+, «Tiêu đề»: còn thiếu/);
    expect(started.output).toContain("Giữ lại các mục có lỗi");
    expect((await get(port, "/mo-hinh/mo-hinh-mot/")).status).toBe(200);
    expect((await get(port, "/mo-hinh/mo-hinh-hai/")).status).toBe(404);
  });

  it("says why nothing can be written where there is no git, and serves the site", async () => {
    const { port, started } = await startServing();
    expect(started.output).toContain("Chưa mở được bàn biên tập");
    const { status, body } = await get(port, "/admin/api/status");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      state: "idle",
      behind: 0,
      closed: expect.stringContaining("git init"),
    });
  });

  it("touches no folder of others", async () => {
    const folder = temporaryFolder("khac");
    writeFileSync(`${folder}/index.html`, "của người khác");
    const started = start({ PORT: String(await freePort()), OUT_DIR: folder });
    expect(await started.ends()).toBe(1);
    expect(started.output).toContain("đã có tệp khác");
    expect(readdirSync(folder)).toEqual(["index.html"]);
  });

  it.each(["khong-phai-dia-chi", "ftp://vidu.example"])(
    "explains that %s is no public address",
    async (SITE_URL) => {
      const started = start({ PORT: String(await freePort()), SITE_URL });
      expect(await started.ends()).toBe(1);
      expect(started.output).toContain("Không dựng được trang");
      expect(started.output).not.toContain("    at ");
    },
  );

  it("says that there is no content folder", async () => {
    const started = start({
      ...buildEnv(placeFor("/khong/co", NOW)),
      PORT: String(await freePort()),
    });
    expect(await started.ends()).toBe(1);
    expect(started.output).toContain("Không dựng được trang");
  });

  it("serves a site that lives under a sub-path there and nowhere else", async () => {
    const { port, started } = await startServing({ BASE_PATH: "vi-du" });
    expect(started.output).toContain(`http://localhost:${port}/vi-du/`);
    for (const path of ["/", "/vi-du"]) {
      const { status, headers } = await get(port, path);
      expect([status, headers.location]).toEqual([302, "/vi-du/"]);
    }
    const { status, body } = await get(port, "/vi-du/mo-hinh/");
    expect(status).toBe(200);
    const links = all(readPage(body), "a").flatMap(
      (link) => attribute(link, "href") ?? [],
    );
    expect(links).toContain("/vi-du/mo-hinh/mo-hinh-mot/");
    expect((await get(port, "/mo-hinh/")).status).toBe(404);
    expect((await get(port, "/vi-duong/")).status).toBe(404);
  });
});
