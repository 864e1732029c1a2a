import path from "node:path";
import { describe, expect, it } from "vitest";
import { openJudge } from "../../src/desk/judge.ts";
import { jpeg, skeleton } from "../support/corpus.ts";
import { temporaryFolder } from "../support/site.ts";
import { asset, Editor, Place, startDesk, text } from "./place.ts";

/** A desk whose judge is the real one, over a whole content folder. */
async function start() {
  const place = new Place("content", skeleton().dir);
  const cache = temporaryFolder("cache");
  const judge = openJudge({
    settings: { contentDir: place.contentDir, cacheDir: cache, base: "/" },
    builtCacheDir: path.join(cache, "live"),
  });
  const editor = new Editor(await startDesk(place, undefined, judge));
  return { place, editor };
}

const told = ({ json }: { json: any }): string[] =>
  json.problems.map(
    (problem: any) => `${problem.code} «${problem.field ?? ""}»`,
  );

const withdrawn = {
  status: "withdrawn",
  withdrawal: { at: "2026-11-20T08:00:00+07:00", reason: "Bài viết sai." },
};

describe("the desk's judge", () => {
  it("refuses a draft that does not hold together as a text", async () => {
    const { place, editor } = await start();
    for (const [raw, code] of [
      [text("Một", { title: undefined }), "missing «Tiêu đề»"],
      [text("Một", {}, "{process.exit()}"), undefined],
      [text("Một", {}, "<Figure"), undefined],
      ["không có khai báo", undefined],
    ] as const) {
      const refused = await editor.save("moi", raw);
      expect(refused.status).toBe(422);
      if (code) expect(told(refused)).toContain(code);
    }
    expect((await editor.save("tim-kiem-2", text("Được"))).status).toBe(200);
    expect(
      (await editor.save("trang-2", text("Của trang"))).json.error,
    ).toContain("dành riêng");
    expect(place.git("branch", "--list", "cms/*")).not.toContain("moi");
  });

  it("opens the pictures that come with a text", async () => {
    const { editor } = await start();
    const raw = text("Ảnh", {
      cover: { src: "anh.jpg", alt: "Con đường mới của xóm", credit: "Bà Đào" },
    });
    const missing = await editor.save("anh", raw);
    expect(told(missing)).toEqual(["file-missing «»"]);
    const script = Buffer.from("<script>alert(1)</script>").toString("base64");
    const assets = [{ ...asset("anh", "anh.jpg"), content: script }];
    expect((await editor.save("anh", raw, { assets })).status).toBe(422);
    const bytes = (await jpeg("green")).toString("base64");
    const good = [{ ...asset("anh", "anh.jpg"), content: bytes }];
    expect((await editor.save("anh", raw, { assets: good })).status).toBe(200);
  });

  it("asks at publication, not before, for what a text refers to", async () => {
    const { editor } = await start();
    const raw = text(
      "Bài",
      { movements: ["phong-trao-moi"] },
      "[Xem](/tin-tuc/ban/).",
    );
    expect((await editor.save("bai", raw)).status).toBe(200);
    await editor.draft("unpublishedEntry", "bai");
    const refused = await editor.publish("bai");
    expect(refused.status).toBe(422);
    expect(told(refused).sort()).toEqual([
      "dead-link «»",
      "relation «Phong trào (1)»",
    ]);

    const useWorkflow = false;
    await editor.save("ban", text("Bạn"), { useWorkflow });
    const movement = {
      dataFiles: [
        {
          slug: "phong-trao-moi",
          path: "content/taxonomy/movements/phong-trao-moi.yaml",
          raw: "title: Phong trào mới\ntype: theme\nsummary: Việc mới.\norder: 9\n",
        },
      ],
      assets: [],
      options: { collectionName: "movements", useWorkflow },
    };
    expect((await editor.ask("persistEntry", movement)).json).toMatchObject({
      message: "ok",
    });
    expect((await editor.draft("publishUnpublishedEntry", "bai")).status).toBe(
      200,
    );
  });

  it("lets only one of two drafts have a name, whatever their years", async () => {
    const { place, editor } = await start();
    const other = new Editor(editor.origin, "Ông Tư");
    await editor.save("trung-ten", text("Của bà Đào"));
    const dataFiles = [
      {
        slug: "2025/trung-ten/index",
        path: "content/news/2025/trung-ten/index.mdx",
        raw: text("Của ông Tư", { publishedAt: "2025-05-01T08:00:00+07:00" }),
      },
    ];
    const options = { collectionName: "news", useWorkflow: true };
    const second = { dataFiles, assets: [], options };
    expect((await other.ask("persistEntry", second)).status).toBe(200);
    await editor.draft("unpublishedEntry", "trung-ten");
    expect((await editor.publish("trung-ten")).status).toBe(200);

    const name = { collection: "news", slug: "2025/trung-ten/index" };
    await other.ask("unpublishedEntry", name);
    await other.ask("updateUnpublishedEntryStatus", {
      ...name,
      newStatus: "pending_publish",
    });
    const refused = await other.ask("publishUnpublishedEntry", name);
    expect(refused.status).toBe(422);
    expect(refused.json.error).toContain("tên «trung-ten» đã có");
    expect(place.git("branch", "--list", "cms/news/2025/*")).toContain(
      "trung-ten",
    );
  });

  it("names who still needs what is to be removed", async () => {
    const { editor } = await start();
    const path = "content/documents/ke-hoach-vi-du/index.mdx";
    const refused = await editor.ask("deleteFile", { path });
    expect(refused.status).toBe(422);
    expect([...new Set(told(refused))]).toEqual(["in-use «»"]);
    expect(refused.json.error).toContain("«Kế hoạch»");
  });

  it("lets a story be withdrawn whoever links to it, but not quietly unpublished", async () => {
    const { editor } = await start();
    const useWorkflow = false;
    await editor.save("dan", text("Bài dẫn", {}, "[Một](/tin-tuc/mot/)."), {
      useWorkflow,
    });
    await editor.open("mot");
    const hidden = await editor.save("mot", text("Một", { status: "draft" }), {
      useWorkflow,
    });
    expect(told(hidden)).toEqual(["in-use «»"]);
    const gone = await editor.save("mot", text("Một", withdrawn), {
      useWorkflow,
    });
    expect(gone.status).toBe(200);
  });

  it("knows what others have changed meanwhile, by whatever way", async () => {
    const { place, editor } = await start();
    const useWorkflow = false;
    const raw = text("Bài", { movements: ["moi-tu-noi-khac"] });
    expect((await editor.save("bai", raw, { useWorkflow })).status).toBe(422);
    place.put(
      "taxonomy/movements/moi-tu-noi-khac.yaml",
      "title: Phong trào mới\ntype: theme\nsummary: Việc mới.\norder: 9\n",
    );
    place.git("add", "-A");
    place.git("commit", "-qm", "Từ nơi khác");
    expect((await editor.save("bai", raw, { useWorkflow })).status).toBe(200);
  });
});
