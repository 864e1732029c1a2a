import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asset, Editor, mainOf, Place, startDesk, text } from "./place.ts";

describe("two editors on one story", () => {
  it.each([true, false])(
    "the second is told, the first stays (workflow: %s)",
    async (useWorkflow) => {
      const place = new Place();
      const origin = await startDesk(place);
      const [first, second] = [
        new Editor(origin, "Bà Đào"),
        new Editor(origin, "Ông Tư"),
      ];
      await first.open("mot");
      await second.open("mot");
      const mine = text("Của bà Đào");
      expect((await first.save("mot", mine, { useWorkflow })).status).toBe(200);
      const refused = await second.save("mot", text("Của ông Tư"), {
        useWorkflow,
      });
      expect(refused.status).toBe(409);
      expect(refused.json.error).toContain("Bà Đào");
      const branch = useWorkflow ? "cms/news/2026/mot/index" : "main";
      expect(place.git("show", `${branch}:${mainOf("mot")}`)).toBe(
        mine.trimEnd(),
      );
      // Once it has been looked at again, it can be saved; the first is told in turn.
      if (useWorkflow) await second.draft("unpublishedEntry", "mot");
      else await second.open("mot");
      const both = text("Của cả hai");
      expect((await second.save("mot", both, { useWorkflow })).status).toBe(
        200,
      );
      expect((await first.save("mot", mine, { useWorkflow })).status).toBe(409);
    },
  );

  it("one who has not opened it cannot take it for a new one", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    for (const useWorkflow of [true, false])
      expect(
        (await editor.save("mot", text("Đè lên"), { useWorkflow })).status,
      ).toBe(409);
    expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một"));
  });

  it("what is there already may be saved again: an answer can get lost", async () => {
    const place = new Place();
    const origin = await startDesk(place);
    for (const useWorkflow of [true, false]) {
      const slug = useWorkflow ? "mot" : "hai";
      const editor = new Editor(origin);
      await editor.open(slug);
      const tab = new Editor(origin);
      await tab.open(slug);
      for (const one of [editor, tab])
        expect(
          (await one.save(slug, text("Mới"), { useWorkflow })).status,
        ).toBe(200);
      expect(
        (await tab.save(slug, text("Mới hơn"), { useWorkflow })).status,
      ).toBe(200);
    }
    expect(place.git("rev-list", "--count", "main")).toBe("3");
  });

  it("nobody publishes, moves or drops a draft that has changed since they looked", async () => {
    const place = new Place();
    const origin = await startDesk(place);
    const [writer, approver] = [
      new Editor(origin, "Bà Đào"),
      new Editor(origin, "Ông Duyệt"),
    ];
    await writer.save("moi", text("Mới"));
    await writer.state("moi", "pending_publish");
    await approver.draft("unpublishedEntry", "moi");
    await writer.save("moi", text("Khác hẳn"));
    for (const action of ["publishUnpublishedEntry", "deleteUnpublishedEntry"])
      expect((await approver.draft(action, "moi")).status).toBe(409);
    expect((await approver.state("moi", "draft")).status).toBe(409);
    await approver.draft("unpublishedEntry", "moi");
    expect((await approver.publish("moi")).status).toBe(200);
    expect(place.read("news/2026/moi/index.mdx")).toBe(text("Khác hẳn"));
  });

  it("of two at the same instant, one is told", async () => {
    const place = new Place();
    const [one, other] = [await startDesk(place), await startDesk(place)];
    const editors = [one, other, one, other].map(
      (origin, at) => new Editor(origin, `Người ${at}`),
    );
    for (const useWorkflow of [false, true]) {
      const slug = useWorkflow ? "hai" : "mot";
      await Promise.all(editors.map((editor) => editor.open(slug)));
      const answers = await Promise.all(
        editors.map((editor) =>
          editor.save(slug, text(editor.name), { useWorkflow }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        200, 409, 409, 409,
      ]);
    }
    expect(place.git("rev-list", "--count", "main")).toBe("2");
  });
});

describe("many at once on different stories", () => {
  it.each([
    { editors: 20, desks: 1 },
    { editors: 6, desks: 2 },
  ])(
    "all land: $editors editors, $desks desks",
    async ({ editors, desks }) => {
      const place = new Place();
      const origins: string[] = [];
      for (let count = 0; count < desks; count++)
        origins.push(await startDesk(place));
      const names = Array.from({ length: editors }, (_, at) => `bai-${at}`);
      const answers = await Promise.all(
        names.map(async (name, at) => {
          const editor = new Editor(origins[at % desks]!, `Người ${at}`);
          const useWorkflow = at % 4 < 2;
          const assets = [asset(name, "anh.jpg", name)];
          const saved = await editor.save(name, text(name), {
            useWorkflow,
            assets,
          });
          return useWorkflow ? editor.publish(name) : saved;
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
      const commits = place.git("log", "--format=%H %an", "main").split("\n");
      expect(commits).toHaveLength(editors + 1);
      for (const commit of commits.slice(0, -1)) {
        const [hash, , at] = commit.split(" ");
        expect(place.changed(hash!)).toEqual([
          `A content/news/2026/bai-${at}/anh.jpg`,
          `A ${mainOf(`bai-${at}`)}`,
        ]);
      }
      for (const name of names)
        expect(place.read(`news/2026/${name}/index.mdx`)).toBe(text(name));
      expect(place.status()).toBe("");
      place.git("fsck", "--strict");
    },
    120_000,
  );
});

describe("a developer's work", () => {
  it("elsewhere stays as it is, staged and unstaged", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    place.write("README.md", "Đã đưa vào chỉ mục.\n");
    place.git("add", "README.md");
    place.write("README.md", "Chưa đưa vào.\n");
    place.put("news/2026/hai/index.mdx", text("Hai, đang sửa"));
    place.put("news/2026/nhap/index.mdx", "chưa xong");
    place.git("rm", "-q", "--cached", "content/news/2026/hai/index.mdx");
    const before = place.status();
    const staged = place.git("diff", "--cached", "--", "README.md");
    await editor.open("mot");
    await editor.save("mot", text("Một mới"));
    expect((await editor.publish("mot")).status).toBe(200);
    expect(place.changed()).toEqual([`M ${mainOf("mot")}`]);
    expect(place.status()).toBe(before);
    expect(place.git("diff", "--cached", "--", "README.md")).toBe(staged);
    expect(place.read("news/2026/nhap/index.mdx")).toBe("chưa xong");
  });

  const works: Record<string, (place: Place) => void> = {
    "changed on disk": (place) =>
      place.put("news/2026/mot/index.mdx", "đang sửa tay"),
    "changed and staged": (place) => {
      place.put("news/2026/mot/index.mdx", "đang sửa tay");
      place.git("add", "-A");
    },
    "staged, then put back on disk": (place) => {
      place.put("news/2026/mot/index.mdx", "đang sửa tay");
      place.git("add", "-A");
      place.put("news/2026/mot/index.mdx", text("Một"));
    },
    removed: (place) => place.git("rm", "-q", mainOf("mot")),
    "not tracked, where a new file would be": (place) =>
      place.put("news/2026/mot/anh.jpg", "ảnh của người khác"),
  };
  it.each(Object.keys(works))(
    "on the same file is not overwritten: %s",
    async (name) => {
      const place = new Place();
      const editor = new Editor(await startDesk(place));
      await editor.open("mot");
      const assets = [asset("mot", "anh.jpg")];
      await editor.save("mot", text("Một mới"), { assets });
      works[name]!(place);
      const [head, status] = [place.git("rev-parse", "HEAD"), place.status()];
      const file = path.join(place.contentDir, "news/2026/mot/index.mdx");
      const onDisk = existsSync(file) && place.read("news/2026/mot/index.mdx");
      const refused = await editor.publish("mot");
      expect(refused.status).toBe(409);
      expect(refused.json.error).toContain("thay đổi chưa ghi");
      expect(place.git("rev-parse", "HEAD")).toBe(head);
      expect(place.status()).toBe(status);
      expect(existsSync(file) && place.read("news/2026/mot/index.mdx")).toBe(
        onDisk,
      );
      // Nothing is lost: once the developer is done with it, the draft goes out.
      place.git("reset", "-q", "--hard");
      place.git("clean", "-qfd");
      expect(
        (await editor.draft("publishUnpublishedEntry", "mot")).status,
      ).toBe(200);
      expect(place.status()).toBe("");
    },
  );

  it("on another branch: the editor is told, nothing moves", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    place.git("switch", "-q", "-c", "thu-nghiem");
    const refused = await editor.save("moi", text("Mới"), {
      useWorkflow: false,
    });
    expect(refused.status).toBe(409);
    expect(refused.json.error).toContain("thu-nghiem");
    expect(place.git("rev-list", "--count", "--all")).toBe("1");
  });

  it("in the index while it is locked: published, and the index follows at the next start", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    place.write(".git/index.lock", "");
    const saved = await editor.save("moi", text("Mới"), { useWorkflow: false });
    expect(saved.status).toBe(200);
    expect(place.read("news/2026/moi/index.mdx")).toBe(text("Mới"));
    rmSync(path.join(place.root, ".git/index.lock"));
    expect(place.status()).not.toBe("");
    await startDesk(place);
    expect(place.status()).toBe("");
  });
});

it("follows no link, in the working tree or in git", async () => {
  const place = new Place();
  const editor = new Editor(await startDesk(place));
  mkdirSync(path.join(place.root, "ngoai"));
  symlinkSync(
    path.join(place.root, "ngoai"),
    path.join(place.contentDir, "news/2026/lien-ket"),
  );
  symlinkSync(
    "../../../README.md",
    path.join(place.contentDir, "news/2026/a.yaml"),
  );
  const refused = await editor.save("lien-ket", text("Mới"), {
    useWorkflow: false,
  });
  expect(refused.status).toBe(409);
  expect(refused.json.error).toContain("liên kết");
  expect(readdirSync(path.join(place.root, "ngoai"))).toEqual([]);
  symlinkSync(
    "/etc/passwd",
    path.join(place.contentDir, "news/2026/mot/a.pdf"),
  );
  place.git("add", "-A");
  place.git("commit", "-qm", "Liên kết");
  const file = { path: "content/news/2026/mot/a.pdf" };
  expect((await editor.ask("getMediaFile", file)).status).toBe(404);
});

it("runs nothing that the repository is set up to run", async () => {
  const place = new Place();
  const trap = path.join(place.root, "da-chay");
  place.write("trap.sh", `#!/bin/sh\necho "$0 $*" >> '${trap}'\ncat\n`);
  const script = path.join(place.root, "trap.sh");
  chmodSync(script, 0o755);
  for (const hook of [
    "reference-transaction",
    "pre-commit",
    "post-commit",
    "post-index-change",
    "post-checkout",
    "pre-auto-gc",
  ])
    cpSync(script, path.join(place.root, ".git/hooks", hook));
  place.write(".git/info/attributes", "* diff=trap\n");
  for (const key of [
    "core.fsmonitor",
    "diff.external",
    "diff.trap.command",
    "diff.trap.textconv",
    "core.pager",
    "core.editor",
    "gpg.program",
  ])
    place.git("config", key, script);
  place.git("config", "commit.gpgSign", "true");
  rmSync(trap, { force: true });
  const editor = new Editor(await startDesk(place));
  await editor.open("mot");
  await editor.save("mot", text("Một mới"), {
    assets: [asset("mot", "a.jpg")],
  });
  expect((await editor.publish("mot")).status).toBe(200);
  await editor.ask("deleteFile", { path: "content/news/2026/mot/a.jpg" });
  expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một mới"));
  expect(existsSync(trap) && readFileSync(trap, "utf8")).toBe(false);
});
