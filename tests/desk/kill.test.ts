import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../build/editing.ts";
import { freePort } from "../support/running.ts";
import { ROOT } from "../support/site.ts";
import { asset, Editor, Place, startDesk, text } from "./place.ts";

/** How often it is killed: a handful; `KILLS=50` by hand. */
const KILLS = Number(process.env.KILLS ?? 6);

/** A desk that can be killed. */
async function startProgram(place: Place) {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [path.join(ROOT, "tests/desk/program.ts"), place.contentDir, String(port)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child.stdout, "data");
  return {
    origin: `http://127.0.0.1:${port}`,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

const published = (place: Place, slug: string): string =>
  place.git("show", `main:content/news/2026/${slug}/index.mdx`);

/** What a killed desk's git may still do is done when none of its locks is left. */
async function quiet(place: Place): Promise<void> {
  const locks = () =>
    readdirSync(path.join(place.root, ".git"), { recursive: true }).some(
      (name) => String(name).endsWith(".lock"),
    );
  while (locks()) await pause(20);
}

it("killed at a random moment: whole files, a sound repository, nothing that was answered is lost", async () => {
  const next = randomFrom(4);
  const place = new Place();
  for (let round = 0; round < KILLS; round++) {
    const desk = await startProgram(place);
    const editor = new Editor(desk.origin);
    const kept = new Map<string, string>();
    const writing = (async () => {
      for (let step = 0; ; step++) {
        const slug = `bai-${round}-${step % 3}`;
        const raw = text(`Lần ${round}.${step}`, {}, "Chữ. ".repeat(5000));
        await editor.open(slug);
        const assets = [asset(slug, "anh.jpg", raw.repeat(5))];
        if (step % 2) {
          const useWorkflow = false;
          const { status } = await editor.save(slug, raw, {
            assets,
            useWorkflow,
          });
          if (status === 200) kept.set(slug, raw);
        } else {
          await editor.draft("unpublishedEntry", slug);
          await editor.save(slug, raw, { assets });
          if ((await editor.publish(slug)).status === 200) kept.set(slug, raw);
        }
      }
    })().catch(() => {});
    await pause(300 + next() * 2500);
    await desk.kill();
    await writing;
    await quiet(place);
    place.git("fsck", "--strict");

    const after = new Editor(await startDesk(place));
    const raw = text(`Sau lần ${round}`);
    const useWorkflow = false;
    const saved = await after.save(`sau-${round}`, raw, { useWorkflow });
    expect(saved.status).toBe(200);
    expect(place.status(), `round ${round}`).toBe("");
    expect(place.git("for-each-ref", "refs/desk/pending")).toBe("");
    for (const [slug, raw] of kept) {
      const now = published(place, slug);
      const [step, later] = [raw, now].map((one) =>
        Number(/Lần \d+\.(\d+)/.exec(one)?.[1]),
      );
      expect(later).toBeGreaterThanOrEqual(step!);
    }
  }
  expect(Number(place.git("rev-list", "--count", "main"))).toBeGreaterThan(5);
}, 3_000_000);

describe("what a killed desk left half done", () => {
  /** A commit that has landed while the desk died: as it is between two of its steps. */
  function landed(place: Place): string {
    place.put("news/2026/mot/index.mdx", text("Một mới"));
    place.put("news/2026/mot/anh.jpg", "ảnh");
    place.git("add", "-A");
    place.git("commit", "-qm", "Cập nhật");
    const commit = place.git("rev-parse", "HEAD");
    place.git("update-ref", `refs/desk/pending/${commit}`, commit);
    place.git("reset", "-q", "--hard", "HEAD^");
    return commit;
  }

  it("is finished at the next start, whatever file it was at", async () => {
    const place = new Place();
    const commit = landed(place);
    place.git("update-ref", "refs/heads/main", commit);
    place.put("news/2026/mot/anh.jpg", "ảnh");
    place.put("news/2026/mot/.index.mdx.999999999-1.desk", "nửa ch");
    expect(place.status()).not.toBe("");
    await startDesk(place);
    expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một mới"));
    expect(place.status()).toBe("");
    expect(place.git("for-each-ref", "refs/desk/pending")).toBe("");
  });

  it("overwrites nothing that was typed since", async () => {
    const place = new Place();
    const commit = landed(place);
    place.git("update-ref", "refs/heads/main", commit);
    place.put("news/2026/mot/index.mdx", "gõ sau khi máy chủ dừng");
    await startDesk(place);
    expect(place.read("news/2026/mot/index.mdx")).toBe(
      "gõ sau khi máy chủ dừng",
    );
    expect(place.read("news/2026/mot/anh.jpg")).toBe("ảnh");
    expect(place.status()).toBe(" M content/news/2026/mot/index.mdx");
  });

  it("is forgotten when it has not landed and cannot any more, kept while it may", async () => {
    const place = new Place();
    const commit = landed(place);
    const editor = new Editor(await startDesk(place));
    expect(place.git("for-each-ref", "refs/desk/pending")).toContain(commit);
    await editor.save("moi", text("Mới"), { useWorkflow: false });
    await startDesk(place);
    expect(place.git("for-each-ref", "refs/desk/pending")).toBe("");
    expect(place.read("news/2026/mot/index.mdx")).toBe(text("Một"));
    expect(place.status()).toBe("");
  });

  it("of a publication: its draft goes too", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    await editor.save("moi", text("Mới"));
    await editor.state("moi", "pending_publish");
    const draft = place.git("rev-parse", "cms/news/2026/moi/index");
    await editor.publish("moi");
    const commit = place.git("rev-parse", "main");
    place.git("update-ref", "refs/heads/cms/news/2026/moi/index", draft);
    place.git("update-ref", `refs/desk/pending/${commit}`, commit);
    await startDesk(place);
    expect((await editor.ask("unpublishedEntries")).json).toEqual([]);
    expect(place.status()).toBe("");
  });

  it("is tried again when the files could not follow", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    writeFileSync(path.join(place.root, ".git/index.lock"), "");
    await editor.save("moi", text("Mới"), { useWorkflow: false });
    expect(place.git("for-each-ref", "refs/desk/pending")).not.toBe("");
    rmSync(path.join(place.root, ".git/index.lock"));
    await editor.save("nua", text("Nữa"), { useWorkflow: false });
    expect(place.git("for-each-ref", "refs/desk/pending")).toBe("");
    expect(place.status()).toBe("");
  });
});
