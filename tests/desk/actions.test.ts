import { existsSync } from "node:fs";
import path from "node:path";
import { formatOf, isReadable, originalOf } from "../../admin/format.ts";
import { Texts } from "../../admin/save.ts";
import { LISTED } from "../../src/desk/room.ts";
import { describe, expect, it } from "vitest";
import {
  asset,
  Editor,
  mainOf,
  Place,
  startDesk,
  text,
  picture,
} from "./place.ts";

async function start(content?: string) {
  const place = new Place(content);
  const editor = new Editor(await startDesk(place));
  return { place, editor };
}

describe("what is published", () => {
  it("lists, opens and tells of entries", async () => {
    const { editor } = await start();
    const list = await editor.ask("entriesByFolder", {
      folder: "content/news",
      extension: "mdx",
      depth: 3,
    });
    expect(list.json.map((one: any) => one.file.path)).toEqual([
      mainOf("hai"),
      mainOf("mot"),
    ]);
    const shallow = { folder: "content/news", extension: "mdx", depth: 2 };
    expect((await editor.ask("entriesByFolder", shallow)).json).toEqual([]);
    const none = { folder: "content/models", extension: "mdx", depth: 3 };
    expect((await editor.ask("entriesByFolder", none)).json).toEqual([]);

    const files = [{ path: "content/site.yaml", label: "Trang" }];
    const byFiles = await editor.ask("entriesByFiles", { files });
    expect(byFiles.json[0]).toMatchObject({
      data: null,
      file: { path: "content/site.yaml", label: "Trang", id: null },
    });
    expect((await editor.open("mot")).json.data).toBe(text("Một"));
    expect((await editor.open("chua-co")).json.data).toBeNull();
    expect((await editor.ask("info")).json.publish_modes).toContain(
      "editorial_workflow",
    );
    expect((await editor.draft("getDeployPreview", "mot")).json).toBeNull();
    expect((await editor.ask("xóa hết")).status).toBe(422);
  });

  it("lists fields without texts, which cannot be saved for the entry", async () => {
    const { editor } = await start();
    const ask = { folder: "content/news", extension: "mdx", depth: 3 };
    const list = await editor.ask("entriesByFolder", ask);
    const { data } = list.json[1];
    expect(data.startsWith(LISTED)).toBe(true);
    const fields = JSON.parse(data.slice(LISTED.length));
    expect(fields).toMatchObject({ title: "Một" });
    expect(fields.body).toBeUndefined();
    await editor.open("mot");
    expect((await editor.save("mot", data)).status).toBe(422);

    const form = formatOf("news").fromFile(data);
    expect(form.title).toBe("Một");
    expect(isReadable("news", form)).toBe(false);
    expect(new Texts().isOnTop(mainOf("mot"), originalOf(form)!)).toBe(false);
  });

  it("names what forms choose among, whatever stands in the files", async () => {
    const { place, editor } = await start();
    place.put("news/2026/la/index.mdx", "---\ntitle: [1]\n---\n");
    place.put("news/2026/hong/index.mdx", "không có khai báo");
    place.put("news/2026/mot/anh.jpg", "không phải mục");
    place.git("add", "-A");
    place.git("commit", "-q", "-m", "Lạ");
    const { json } = await editor.ask("choices");
    expect(json.news).toEqual([
      { id: "hai", title: "Hai" },
      { id: "hong" },
      { id: "la" },
      { id: "mot", title: "Một" },
    ]);
  });

  it("takes what lies in git, not what somebody is typing on disk", async () => {
    const { place, editor } = await start();
    place.put("news/2026/mot/index.mdx", "đang gõ dở");
    expect((await editor.open("mot")).json.data).toBe(text("Một"));
  });

  it("saves without a workflow: one commit, these files, on disk at once", async () => {
    const { place, editor } = await start();
    await editor.open("mot");
    const saved = await editor.save("mot", text("Một mới"), {
      useWorkflow: false,
      assets: [asset("mot", "anh.jpg")],
    });
    expect(saved.status).toBe(200);
    expect(place.changed()).toEqual([
      "A content/news/2026/mot/anh.jpg",
      "M content/news/2026/mot/index.mdx",
    ]);
    expect(place.git("log", "-1", "--format=%an <%ae> %cn|%s")).toBe(
      "Bà Đào <ba-dao@example.vn> Bà Đào|Cập nhật tin «Một mới»",
    );
    expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một mới"));
    expect(place.status()).toBe("");
  });

  it("adds, shows and removes pictures, and removes a draft whole", async () => {
    const { place, editor } = await start();
    place.put("news/2026/mot/index.mdx", text("Một", { status: "draft" }));
    place.git("commit", "-qam", "Cất đi");
    const added = await editor.ask("persistMedia", {
      asset: asset("mot", "anh.jpg", "ảnh"),
      options: { commitMessage: "x" },
    });
    expect(added.json).toMatchObject({
      name: "anh.jpg",
      path: "content/news/2026/mot/anh.jpg",
      encoding: "base64",
    });
    expect(place.git("log", "-1", "--format=%s")).toBe(
      "Thêm tệp anh.jpg vào tin «Một»",
    );
    const file = { path: "content/news/2026/mot/anh.jpg" };
    const one = await editor.ask("getMediaFile", file);
    expect(Buffer.from(one.json.content, "base64")).toEqual(picture("ảnh"));
    const folder = { mediaFolder: "content/news/2026/mot" };
    expect(
      (await editor.ask("getMedia", folder)).json.map((m: any) => m.name),
    ).toEqual(["anh.jpg"]);

    const removed = { ...file, options: { commitMessage: "x" } };
    expect((await editor.ask("deleteFile", removed)).status).toBe(200);
    expect((await editor.ask("deleteFile", removed)).status).toBe(404);
    expect((await editor.ask("getMediaFile", file)).status).toBe(404);
    expect(place.changed()).toEqual(["D content/news/2026/mot/anh.jpg"]);

    await editor.ask("persistMedia", { asset: asset("mot", "anh.jpg") });
    await editor.ask("deleteFiles", {
      paths: [mainOf("mot")],
      options: { commitMessage: "x" },
    });
    expect(place.changed()).toEqual([
      "D content/news/2026/mot/anh.jpg",
      "D content/news/2026/mot/index.mdx",
    ]);
    expect(existsSync(path.join(place.contentDir, "news/2026/mot"))).toBe(
      false,
    );
    expect(place.git("log", "-1", "--format=%s")).toBe("Xóa tin «Một»");
    expect(place.status()).toBe("");
  });

  it("puts a picture only beside an entry, a text only in its place", async () => {
    const { place, editor } = await start();
    const before = place.git("rev-parse", "main");
    for (const wrong of [
      { ...asset("mot", "a.jpg"), path: "content/a.jpg" },
      { ...asset("mot", "a.jpg"), path: "content/news/2026/mot/sau/a.jpg" },
      asset("chua-co", "a.jpg"),
      asset("mot", "index.mdx"),
      asset("mot", "khac.mdx"),
      asset("mot", "ANH.jpg"),
      asset("mot", "ảnh đẹp.jpg"),
    ])
      expect(
        (await editor.ask("persistMedia", { asset: wrong })).status,
        wrong.path,
      ).toBeGreaterThanOrEqual(403);
    expect(place.git("rev-parse", "main")).toBe(before);
  });
});

describe("a draft", () => {
  it("goes from the first word to readers", async () => {
    const { place, editor } = await start();
    const main = place.git("rev-parse", "main");
    const photo = asset("moi", "anh.jpg", "ảnh");
    expect((await editor.draft("unpublishedEntry", "moi")).json).toBeNull();
    await editor.save("moi", text("Mới"), { assets: [photo] });
    expect(place.git("rev-parse", "main")).toBe(main);
    expect((await editor.ask("unpublishedEntries")).json).toEqual([
      "news/2026/moi/index",
    ]);
    const shown = await editor.ask("unpublishedEntry", {
      id: "news/2026/moi/index",
    });
    expect(shown.json).toMatchObject({
      collection: "news",
      slug: "2026/moi/index",
      status: "draft",
      pullRequestAuthor: "Bà Đào",
      diffs: [
        { path: "content/news/2026/moi/anh.jpg", newFile: true },
        { path: mainOf("moi"), newFile: true },
      ],
    });
    expect(Date.parse(shown.json.updatedAt)).not.toBeNaN();
    const data = await editor.draft("unpublishedEntryDataFile", "moi", {
      path: mainOf("moi"),
      id: mainOf("moi"),
    });
    expect(data.json.data).toBe(text("Mới"));
    const media = await editor.draft("unpublishedEntryMediaFile", "moi", {
      path: photo.path,
      id: "x",
    });
    expect(media.json.content).toBe(photo.content);

    expect((await editor.draft("publishUnpublishedEntry", "moi")).status).toBe(
      409,
    );
    await editor.save("moi", text("Mới hơn"), { assets: [photo] });
    await editor.state("moi", "pending_review");
    expect((await editor.draft("unpublishedEntry", "moi")).json.status).toBe(
      "pending_review",
    );
    expect(
      place.git("log", "--format=%an: %s", "main..cms/news/2026/moi/index"),
    ).toBe(
      [
        "Bà Đào: Gửi duyệt tin «Mới hơn»",
        "Bà Đào: Sửa nháp tin «Mới hơn»",
        "Bà Đào: Viết nháp tin «Mới»",
      ].join("\n"),
    );
    const approver = new Editor(await startDesk(place), "Ông Duyệt");
    expect((await approver.publish("moi")).status).toBe(200);
    expect(place.changed()).toEqual([
      "A content/news/2026/moi/anh.jpg",
      "A content/news/2026/moi/index.mdx",
    ]);
    expect(place.git("log", "-1", "--format=%P|%an|%cn|%s")).toBe(
      `${main}|Bà Đào|Ông Duyệt|Đăng tin «Mới hơn»`,
    );
    expect((await editor.ask("unpublishedEntries")).json).toEqual([]);
    expect(place.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/desk/log\nrefs/heads/main",
    );
    expect(place.read("news/2026/moi/index.mdx")).toBe(text("Mới hơn"));
    expect(place.status()).toBe("");
    place.git("fsck", "--strict");
  });

  it("forgets a picture that was taken out, keeps those of the published entry", async () => {
    const { place, editor } = await start();
    await editor.ask("persistMedia", { asset: asset("mot", "cu.jpg") });
    await editor.open("mot");
    await editor.save("mot", text("Một"), {
      assets: [asset("mot", "a.jpg"), asset("mot", "b.jpg")],
    });
    await editor.save("mot", text("Một"), { assets: [asset("mot", "b.jpg")] });
    await editor.publish("mot");
    expect(place.changed()).toEqual(["A content/news/2026/mot/b.jpg"]);
    expect(place.bytes("news/2026/mot/cu.jpg")).toEqual(picture("cu.jpg"));
  });

  it("is thrown away", async () => {
    const { place, editor } = await start();
    await editor.save("moi", text("Mới"));
    await editor.draft("deleteUnpublishedEntry", "moi");
    expect((await editor.ask("unpublishedEntries")).json).toEqual([]);
    expect((await editor.draft("deleteUnpublishedEntry", "moi")).status).toBe(
      404,
    );
    expect(place.status()).toBe("");
  });

  it("is put onto what others published meanwhile", async () => {
    const { place, editor } = await start();
    await editor.save("moi", text("Mới"));
    place.put("news/2026/hai/index.mdx", text("Hai, sửa tay"));
    place.write("khac.txt", "khác\n");
    place.git("add", "-A");
    place.git("commit", "-q", "-m", "Sửa tay");
    expect((await editor.publish("moi")).status).toBe(200);
    expect(place.changed()).toEqual(["A content/news/2026/moi/index.mdx"]);
    expect(place.status()).toBe("");
  });

  it("names everybody who wrote in it", async () => {
    const { place, editor } = await start();
    const other = new Editor(await startDesk(place), "Chị Hoa");
    await editor.save("moi", text("Mới"));
    await other.draft("unpublishedEntry", "moi");
    await other.save("moi", text("Mới hơn"));
    await editor.draft("unpublishedEntry", "moi");
    await editor.publish("moi");
    expect(
      place.git("log", "-1", "--format=%an|%cn|%(trailers:key=Co-authored-by)"),
    ).toBe("Chị Hoa|Bà Đào|Co-authored-by: Bà Đào <ba-dao@example.vn>");
  });

  it("keeps everything when the published entry has changed since", async () => {
    const { place, editor } = await start();
    await editor.open("mot");
    await editor.save("mot", text("Của biên tập viên"));
    place.put("news/2026/mot/index.mdx", text("Của người khác"));
    place.git("commit", "-qam", "Sửa tay");
    const main = place.git("rev-parse", "main");
    const refused = await editor.publish("mot");
    expect(refused.status).toBe(409);
    expect(refused.json.error).toContain("Bản nháp còn nguyên");
    expect(place.git("rev-parse", "main")).toBe(main);
    expect(
      place.git(
        "show",
        "cms/news/2026/mot/index:content/news/2026/mot/index.mdx",
      ),
    ).toBe(text("Của biên tập viên").trimEnd());
    expect(place.status()).toBe("");
  });

  it("is not made when the judge finds an error, in the judge's words", async () => {
    const { place, editor } = await start();
    const refused = await editor.save("moi", text("Mới", { title: undefined }));
    expect(refused.status).toBe(422);
    expect(refused.json.error).toContain("Tiêu đề");
    expect(refused.json.problems[0]).toMatchObject({ severity: "error" });
    expect((await editor.save("trang-2", text("Mới"))).status).toBe(422);
    expect(place.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/heads/main",
    );
  });
});

it.each(["", "tinh/noi-dung"])(
  "works where the content folder is «%s» of the repository",
  async (content) => {
    const { place, editor } = await start(content);
    await editor.save("moi", text("Mới"), { assets: [asset("moi", "a.pdf")] });
    expect((await editor.publish("moi")).status).toBe(200);
    const below = content && `${content}/`;
    expect(place.changed()).toEqual([
      `A ${below}news/2026/moi/a.pdf`,
      `A ${below}news/2026/moi/index.mdx`,
    ]);
    expect((await editor.open("moi")).json.data).toBe(text("Mới"));
    expect(place.status()).toBe("");
  },
);

it("tells whoever starts it outside a repository", async () => {
  const place = new Place();
  place.git("checkout", "-q", "--detach");
  await expect(startDesk(place)).rejects.toThrow("không đứng ở nhánh nào");
});
