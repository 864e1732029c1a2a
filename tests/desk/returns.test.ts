import { describe, expect, it } from "vitest";
import { Editor, Place, startDesk, text } from "./place.ts";

async function start() {
  const place = new Place();
  const origin = await startDesk(place);
  return {
    place,
    writer: new Editor(origin, "Bà Đào"),
    approver: new Editor(origin, "Ông Tư"),
  };
}

const open = async (editor: Editor, slug: string) =>
  (await editor.draft("unpublishedEntry", slug)).json;
const reason =
  "Thiếu tên xóm.\n\nDesk-State: pending_publish\nHỏi lại bác trưởng xóm giúp tôi.";

describe("a draft that is returned", () => {
  it("carries the reason until it is sent again, and never to readers", async () => {
    const { place, writer, approver } = await start();
    await writer.save("moi", text("Mới"));
    await open(approver, "moi");
    expect(
      (await approver.draft("returnEntry", "moi", { reason })).status,
    ).toBe(409);
    await writer.state("moi", "pending_review");
    await open(approver, "moi");
    expect(
      (await approver.draft("returnEntry", "moi", { reason: " " })).status,
    ).toBe(422);
    expect(
      (await approver.draft("returnEntry", "moi", { reason })).status,
    ).toBe(200);
    const returned = { reason, by: "Ông Tư", isOpen: true };
    expect(await open(writer, "moi")).toMatchObject({
      status: "draft",
      pullRequestAuthor: "Bà Đào",
      returned,
    });
    expect(
      place.git("log", "-1", "--format=%s", "cms/news/2026/moi/index"),
    ).toBe("Trả lại tin «Mới»");

    await writer.save("moi", text("Mới", { summary: undefined }));
    await writer.save("moi", text("Mới, ở xóm Dứa"));
    expect(await open(writer, "moi")).toMatchObject({ returned });
    await writer.state("moi", "pending_review");
    expect(await open(approver, "moi")).toMatchObject({
      status: "pending_review",
      returned: null,
    });
    expect((await approver.draft("getNotes", "moi")).json).toEqual([
      expect.objectContaining({
        author: "Ông Tư",
        content: reason,
        resolved: true,
      }),
    ]);
    expect((await approver.draft("getNotes", "mot")).json).toEqual([]);

    expect((await approver.publish("moi")).status).toBe(200);
    expect(place.git("log", "main", "--format=%B")).not.toContain("Thiếu tên");
  });

  it("is another one than the approver has read, when its writer was quicker", async () => {
    const { writer, approver } = await start();
    await writer.save("moi", text("Mới"));
    await writer.state("moi", "pending_review");
    await open(approver, "moi");
    await writer.save("moi", text("Mới hơn"));
    const refused = await approver.draft("returnEntry", "moi", { reason });
    expect(refused.status).toBe(409);
    expect(await open(writer, "moi")).toMatchObject({
      status: "pending_review",
    });
  });
});

describe("a draft whose published entry has changed", () => {
  it("can be kept on the newest, and is then to be approved again", async () => {
    const { place, writer, approver } = await start();
    await writer.open("mot");
    await writer.save("mot", text("Một của bà Đào"));
    await writer.state("mot", "pending_publish");
    expect(await open(writer, "mot")).toMatchObject({ isBehind: false });
    place.put("news/2026/mot/index.mdx", text("Một của người khác"));
    place.put("news/2026/mot/ghi-chu.pdf", "%PDF");
    place.put("news/2026/ba/index.mdx", text("Ba"));
    place.git("add", "-A");
    place.git("commit", "-qm", "Sửa tay");

    expect(await open(approver, "mot")).toMatchObject({ isBehind: true });
    expect(
      (await approver.draft("publishUnpublishedEntry", "mot")).status,
    ).toBe(409);
    expect((await approver.draft("keepMine", "mot")).status).toBe(200);
    expect(await open(approver, "mot")).toMatchObject({
      isBehind: false,
      status: "pending_review",
    });
    expect(
      (await approver.draft("publishUnpublishedEntry", "mot")).status,
    ).toBe(409);

    await open(approver, "mot");
    expect((await approver.publish("mot")).status).toBe(200);
    expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một của bà Đào"));
    expect(place.changed()).toEqual([
      "D content/news/2026/mot/ghi-chu.pdf",
      "M content/news/2026/mot/index.mdx",
    ]);
    expect(place.git("log", "-1", "--format=%an, %cn")).toBe("Bà Đào, Ông Tư");
    expect(place.status()).toBe("");
  });
});

describe("a repository that changes line ends on checkout", () => {
  it.each([
    ["core.autocrlf", "true", ""],
    ["core.eol", "crlf", "* text=auto"],
    ["core.eol", "lf", "* eol=crlf"],
  ])(
    "by %s is refused, until its attributes say otherwise",
    async (key, value, attributes) => {
      const place = new Place();
      place.git("config", key, value);
      place.write(".gitattributes", `${attributes}\n`);
      await expect(startDesk(place)).rejects.toThrow("«content/** -text»");
      place.write(".gitattributes", `${attributes}\ncontent/** -text\n`);
      await startDesk(place);
    },
  );

  it("by a filter is refused", async () => {
    const place = new Place();
    place.write(".gitattributes", "*.mdx filter=lfs\n");
    await expect(startDesk(place)).rejects.toThrow(".gitattributes");
  });
});
