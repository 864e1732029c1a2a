/** From a draft to readers and away from them again: what publishing decides of a story. */
import { describe, expect, it } from "vitest";
import { parseYaml } from "../../src/judge/yaml.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { Editor, mainOf, Place, startDesk, text } from "./place.ts";

async function start() {
  const place = new Place();
  return { place, editor: new Editor(await startDesk(place)) };
}

const fileOf = (slug: string) => `news/2026/${slug}/index.mdx`;

/** The fields of a story on disk, which follows what is published. */
function fieldsOf(place: Place, slug: string): Record<string, any> {
  const parts = splitSource(place.read(fileOf(slug)), "index.mdx");
  const yaml = "front" in parts ? parseYaml(parts.front) : undefined;
  return (yaml && "data" in yaml ? yaml.data : {}) as Record<string, any>;
}

/** Saves, approves and publishes. */
async function publish(editor: Editor, slug: string, raw: string) {
  await editor.open(slug);
  expect((await editor.save(slug, raw)).json).not.toHaveProperty("error");
  await editor.draft("unpublishedEntry", slug);
  expect((await editor.publish(slug)).json).toEqual({ message: "ok" });
}

const WRITTEN = { status: undefined, publishedAt: undefined };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/;

describe("a draft that is published", () => {
  it.each([
    ["without a state", WRITTEN],
    ["that says it is a draft", { ...WRITTEN, status: "draft" }],
    ["that says it is published", { ...WRITTEN, status: "published" }],
  ])("%s is out from that minute on", async (_name, fields) => {
    const { place, editor } = await start();
    const raw = text("Mới", fields, "Chữ  của\nbài.");
    const before = Date.now();
    await publish(editor, "moi", raw);
    const { status, publishedAt } = fieldsOf(place, "moi");
    expect(status).toBe("published");
    expect(publishedAt).toMatch(INSTANT);
    const at = Date.parse(publishedAt);
    expect(at % 60_000).toBe(0);
    expect(at).toBeGreaterThan(before - 60_000);
    expect(at).toBeLessThanOrEqual(Date.now());
    // Nothing else is touched.
    const rest = (given: string) =>
      given.replaceAll(/^(?:status|publishedAt): .*\n/gm, "");
    expect(rest(place.read(fileOf("moi")))).toBe(rest(raw));
    expect(place.git("branch", "--list", "cms/*")).toBe("");
    expect(place.status()).toBe("");
  });

  it("keeps the hours that its writer gave", async () => {
    const { place, editor } = await start();
    const hours = {
      publishedAt: "2030-01-01T08:00:00+07:00",
      embargoUntil: "2030-01-02T08:00:00+07:00",
      expiresAt: "2031-01-01T08:00:00+07:00",
    };
    await publish(editor, "moi", text("Mới", { status: "draft", ...hours }));
    expect(fieldsOf(place, "moi")).toMatchObject({
      status: "published",
      ...hours,
    });
  });

  it("is told at the first save what would keep it from readers", async () => {
    const { place, editor } = await start();
    const gone = { ...WRITTEN, expiresAt: "2020-01-01T08:00:00+07:00" };
    const refused = await editor.save("moi", text("Mới", gone));
    expect(refused.status).toBe(422);
    expect(refused.json.error).toContain("Giờ hết hạn phải sau giờ đăng.");
    expect(place.git("branch", "--list", "cms/*")).toBe("");
  });

  it("stays as it is while it is written", async () => {
    const { place, editor } = await start();
    const raw = text("Mới", WRITTEN);
    await editor.save("moi", raw);
    const draft = `cms/news/2026/moi/index:content/${fileOf("moi")}`;
    expect(`${place.git("show", draft)}\n`).toBe(raw);
  });
});

describe("a story that has been out", () => {
  it("is withdrawn from that moment on, and needs a reason", async () => {
    const { place, editor } = await start();
    await publish(editor, "moi", text("Mới", WRITTEN));
    const published = fieldsOf(place, "moi");
    const withdrawn = (withdrawal?: object) =>
      text("Mới", { ...published, status: "withdrawn", withdrawal });
    await editor.open("moi");
    for (const given of [undefined, {}]) {
      const refused = await editor.save("moi", withdrawn(given));
      expect(refused.json.error).toContain("Lý do gỡ");
    }
    await publish(editor, "moi", withdrawn({ reason: "Bài có chỗ sai." }));
    const { publishedAt, withdrawal } = fieldsOf(place, "moi");
    expect(publishedAt).toBe(published.publishedAt);
    expect(withdrawal).toEqual({
      at: expect.stringMatching(INSTANT),
      reason: "Bài có chỗ sai.",
    });
    expect(Date.parse(withdrawal.at)).toBeGreaterThan(Date.parse(publishedAt));
    expect(place.git("log", "-1", "--format=%s")).toBe("Gỡ tin «Mới»");
  });

  it("is not removed, and its editor is told what to do instead", async () => {
    const { place, editor } = await start();
    await editor.open("mot");
    const head = place.git("rev-parse", "main");
    const refused = await editor.ask("deleteFiles", {
      paths: [mainOf("mot")],
    });
    expect(refused.status).toBe(409);
    expect(refused.json.error).toContain("chọn «Đã gỡ»");
    expect(place.git("rev-parse", "main")).toBe(head);
  });
});
