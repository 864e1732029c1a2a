/** Who did what: written with every deed, and told by the room `log`. */
import { expect, it } from "vitest";
import type { LogPage } from "../../src/desk/log.ts";
import { asset, Editor, mainOf, Place, startDesk, text } from "./place.ts";

const read = async (origin: string, query = ""): Promise<LogPage> => {
  const response = await fetch(`${origin}/admin/api/log${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as LogPage;
};

it("tells of every step, by whom, and keeps what was thrown away in mind", async () => {
  const place = new Place();
  const origin = await startDesk(place);
  expect(await read(origin)).toEqual({ lines: [], hasMore: false });
  const dao = new Editor(origin, "Bà Đào");
  const duyet = new Editor(origin, "Ông Duyệt");
  const reason = "Thiếu tên xóm.\n\nDesk-Entry: site.yaml";
  await dao.open("mot");
  await dao.save("mot", text("Một mới"), { assets: [asset("mot", "a.jpg")] });
  await dao.state("mot", "pending_review");
  await duyet.draft("unpublishedEntry", "mot");
  await duyet.draft("returnEntry", "mot", { reason });
  await dao.draft("unpublishedEntry", "mot");
  await dao.save("mot", text("Một nữa"));
  await duyet.draft("unpublishedEntry", "mot");
  await duyet.publish("mot");
  await dao.open("hai");
  await dao.save("hai", text("Hai mới"));
  await dao.draft("deleteUnpublishedEntry", "hai");
  // What changed nothing, and what was refused, is no deed.
  await dao.save("moi", "---\ntitle: [\n---\n");
  await dao.draft("deleteUnpublishedEntry", "hai");
  await duyet.ask("persistMedia", { asset: asset("hai", "b.jpg") });
  await duyet.ask("deleteFiles", { paths: [mainOf("hai")] });

  const { lines } = await read(origin);
  expect(lines.map(({ by, text: what }) => `${by.name}: ${what}`)).toEqual([
    "Ông Duyệt: Thêm tệp b.jpg vào tin «Hai»",
    "Bà Đào: Bỏ nháp tin «Hai mới»",
    "Bà Đào: Viết nháp tin «Hai mới»",
    "Ông Duyệt: Cập nhật tin «Một nữa»",
    "Ông Duyệt: Duyệt tin «Một nữa»",
    "Bà Đào: Sửa nháp tin «Một nữa»",
    "Ông Duyệt: Trả lại tin «Một mới»",
    "Bà Đào: Gửi duyệt tin «Một mới»",
    "Bà Đào: Viết nháp tin «Một mới»",
  ]);
  expect(lines[6]).toMatchObject({
    reason,
    by: { mail: "ong-duyet@example.vn" },
    place: "#/collections/news/entries/2026/mot/index",
  });
  // Of what was written, it holds nothing: no text, no picture, no commit of a draft.
  const objects = place.git("rev-list", "--objects", "refs/desk/log");
  expect(objects.split("\n")).toHaveLength(lines.length + 1);
  place.git("fsck", "--strict");
});

it("is read page by page, and leads to nothing else in the repository", async () => {
  const place = new Place();
  const origin = await startDesk(place);
  const tree = place.git("mktree", "--missing");
  let last = "";
  for (let at = 0; at < 101; at++)
    last = place.git(
      "commit-tree",
      tree,
      ...(last ? ["-p", last] : []),
      "-m",
      `Việc ${at}`,
    );
  place.git("update-ref", "refs/desk/log", last);
  const told: string[] = [];
  for (let query = ""; ;) {
    const { lines, hasMore } = await read(origin, query);
    told.push(...lines.map((line) => line.text));
    if (!hasMore) break;
    query = `?before=${lines.at(-1)!.id}`;
  }
  expect(told).toEqual(
    Array.from({ length: 101 }, (_, at) => `Việc ${100 - at}`),
  );
  const head = place.git("rev-parse", "main");
  for (const [before, status] of [
    [head, 404],
    ["0".repeat(40), 404],
    ["main", 422],
    ["--output=x", 422],
    [`${last}..main`, 422],
  ] as const) {
    const asked = `${origin}/admin/api/log?before=${encodeURIComponent(before)}`;
    expect((await fetch(asked)).status, before).toBe(status);
  }
});

it("loses no deed of several desks at work at once", async () => {
  const place = new Place();
  const editors = await Promise.all(
    ["Bà Đào", "Ông Tư", "Cô Tin"].map(
      async (name) => new Editor(await startDesk(place), name),
    ),
  );
  const saved = await Promise.all(
    editors.flatMap((editor, who) =>
      [0, 1].map((at) =>
        editor.save(`bai-${who}-${at}`, text(`Bài ${who} ${at}`)),
      ),
    ),
  );
  const done = saved.filter(({ status }) => status === 200).length;
  expect(done).toBe(6);
  expect(place.git("rev-list", "--count", "refs/desk/log")).toBe("6");
});
