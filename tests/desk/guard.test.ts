import { request, type OutgoingHttpHeaders } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { filesIn } from "../support/site.ts";
import { asset, Editor, mainOf, Place, startDesk, text } from "./place.ts";

const hostile = [
  "",
  "/",
  "content",
  "content/",
  "/etc/passwd",
  "/content/news/2026/mot/index.mdx",
  "C:/content/site.yaml",
  "C:\\content\\site.yaml",
  "../content/site.yaml",
  "content/../.git/config",
  "content/../../../etc/passwd",
  "content/news/../../.git/config.yaml",
  "content/news/2026/./mot/index.mdx",
  "content//news/2026/mot/index.mdx",
  "content/news/2026/mot/index.mdx/",
  "content/news\\..\\..\\.git\\config.yaml",
  "content/%2e%2e/.git/config.yaml",
  "content/news/2026/mot/index.mdx\0.jpg",
  "content/news/2026/mot/a\0.jpg",
  "content/news/2026/mot/a\n.jpg",
  ".git/config",
  "content/.git/config.yaml",
  "content/.GIT/hooks/a.yaml",
  "content/.Git/a.yaml",
  "content/.g\u200cit/a.yaml",
  "content/.gi\u0307t/a.yaml",
  "content/\uff0egit/a.yaml",
  "content/.\ufb01t/a.yaml",
  "content/GIT~1/a.yaml",
  "content/news/2026/mot/.htaccess",
  "content/news/2026/mot/.index.mdx",
  "content/news/2026/mot/-rf.jpg",
  "content/news/2026/mot/a.svg",
  "content/news/2026/mot/a.html",
  "content/news/2026/mot/a.js",
  "content/news/2026/mot/a.jpg.php",
  "content/news/2026/mot/a.JPG",
  "content/news/2026/mot/a.jpg ",
  "content/news/2026/mot/a.jpg:ads.yaml:",
  "content/news/2026/mot/a.jpg::$DATA",
  "content/news/2026/mot/\u202egpj.a.jpg",
  "content/news/2026/mot/Ảnh.jpg".normalize("NFD"),
  "CONTENT/news/2026/mot/index.mdx",
  "contenT/site.yaml",
  "content-khac/site.yaml",
  "package.json",
  "src/desk/guard.yaml",
  `content/news/2026/${"a".repeat(400)}/index.mdx`,
];

/** Every action with a path in it. */
const asked = (path: string): [action: string, params: object][] => [
  ["getEntry", { path }],
  ["entriesByFiles", { files: [{ path }] }],
  ["getMediaFile", { path }],
  ["persistMedia", { asset: { ...asset("mot", "a.jpg"), path } }],
  ["deleteFile", { path }],
  ["deleteFiles", { paths: [mainOf("mot"), path] }],
  [
    "persistEntry",
    {
      dataFiles: [{ slug: "2026/a/index", path, raw: text("Lẻn vào") }],
      assets: [],
      options: { collectionName: "news", useWorkflow: false },
    },
  ],
  [
    "persistEntry",
    {
      dataFiles: [
        { slug: "2026/a/index", path: mainOf("a"), raw: text("Lẻn vào") },
      ],
      assets: [{ ...asset("a", "a.jpg"), path }],
      options: { collectionName: "news", useWorkflow: true },
    },
  ],
  [
    "unpublishedEntryDataFile",
    { collection: "news", slug: "2026/nhap/index", path, id: path },
  ],
  [
    "unpublishedEntryMediaFile",
    { collection: "news", slug: "2026/nhap/index", path, id: path },
  ],
];

describe("hostile paths", () => {
  it("are refused by every action, and nothing changes", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    await editor.save("nhap", text("Nháp"));
    const refs = place.git("for-each-ref");
    const files = filesIn(place.root);
    for (const path of hostile)
      for (const [action, params] of asked(path)) {
        const { status, json } = await editor.ask(action, params);
        expect([403, 422], `${action} ${JSON.stringify(path)}`).toContain(
          status,
        );
        expect(json.error).not.toContain(place.root);
      }
    expect(place.git("for-each-ref")).toBe(refs);
    expect(filesIn(place.root)).toEqual(files);
    expect(place.status()).toBe("");
  });

  it("of folders are refused", async () => {
    const editor = new Editor(await startDesk(new Place()));
    for (const folder of [
      "",
      ".",
      "..",
      ".git",
      "content/..",
      "content/.git",
    ]) {
      const entries = { folder, extension: "mdx", depth: 9 };
      expect((await editor.ask("entriesByFolder", entries)).status).toBe(403);
      expect(
        (await editor.ask("getMedia", { mediaFolder: folder })).status,
      ).toBe(403);
    }
  });

  it("lead to no branch but drafts", async () => {
    const place = new Place();
    place.git("branch", "khac");
    place.git("branch", "cms/news/nguoi-khac");
    const editor = new Editor(await startDesk(place));
    const refs = place.git("for-each-ref");
    for (const [collection, slug] of [
      ["news", "../../main"],
      ["..", "main"],
      ["../heads", "main"],
      ["news", "a/../../../main"],
      ["news", "a.lock"],
      ["news", "a b"],
      ["news", "-d"],
      ["news", "a\0b"],
      ["news", "a\ndelete refs/heads/main"],
      ["news", "@{-1}"],
      ["NEWS", "a"],
      ["", "main"],
      ["news", ""],
      ["news", "nguoi-khac"],
    ])
      for (const [action, more] of [
        ["unpublishedEntry", {}],
        ["deleteUnpublishedEntry", {}],
        ["publishUnpublishedEntry", {}],
        ["updateUnpublishedEntryStatus", { newStatus: "draft" }],
      ] as const) {
        const params = { collection, slug, ...more };
        const { status, json } = await editor.ask(action, params);
        const isNothing = status === 200 && json === null;
        expect(
          isNothing ? 404 : status,
          `${action} ${collection} ${slug}`,
        ).toBeOneOf([403, 404]);
      }
    const branch = { branch: "khac" };
    expect((await editor.ask("unpublishedEntries", branch)).status).toBe(409);
    expect(place.git("for-each-ref")).toBe(refs);
    expect((await editor.ask("unpublishedEntries")).json).toEqual([]);
  });

  it("are none of the names that entries have", async () => {
    const place = new Place();
    const editor = new Editor(await startDesk(place));
    for (const slug of ["Bai-Moi", "bài-mới", "bai_moi", "a b"])
      expect([403, 422], slug).toContain(
        (await editor.save(slug, text("Mới"))).status,
      );
    expect(place.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/heads/main",
    );
  });
});

/** Headers without those that are to be left out. */
const withoutGaps = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([, value]) => value !== undefined),
  );

async function send(
  origin: string,
  {
    method = "POST",
    room = "desk",
    headers = {},
    body = JSON.stringify({ action: "info" }),
  }: {
    method?: string;
    room?: string;
    headers?: OutgoingHttpHeaders;
    body?: string | Buffer;
  } = {},
): Promise<number | undefined> {
  const sent = request(`${origin}/admin/api/${room}`, {
    method,
    agent: false,
    headers: withoutGaps({
      origin,
      "content-type": "application/json",
      ...headers,
    }),
  });
  sent.on("error", () => {});
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe("a request", () => {
  it("comes from the desk's own pages", async () => {
    const origin = await startDesk(new Place());
    const host = new URL(origin).host;
    expect(await send(origin)).toBe(200);
    for (const headers of [
      { host: "evil.example" },
      { host: `evil.example:${new URL(origin).port}` },
      { host: `${host}.evil.example` },
      { origin: "http://evil.example" },
      { origin: `${origin}.evil.example` },
      { origin: "null" },
      { origin: "" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ])
      expect(await send(origin, { headers }), JSON.stringify(headers)).toBe(
        403,
      );
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "text/plain; application/json",
      "application/json; charset=utf-7",
      "",
    ])
      expect(
        await send(origin, { headers: { "content-type": type } }),
        type,
      ).toBe(415);
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"])
      expect(await send(origin, { method, body: "" }), method).toBe(405);
    for (const room of ["", "khac", "desk/", "../desk", "constructor"])
      expect(await send(origin, { room }), room).toBe(404);
  });

  it("that reads is guarded all the same, but need not say its origin", async () => {
    const origin = await startDesk(new Place());
    const read = (headers: OutgoingHttpHeaders) =>
      send(origin, { method: "GET", room: "me", body: "", headers });
    expect(await read({ origin: undefined })).toBe(200);
    expect(await read({})).toBe(200);
    const hostile: OutgoingHttpHeaders[] = [
      { host: "evil.example" },
      { origin: "http://evil.example" },
      { origin: "null" },
      { origin: undefined, "sec-fetch-site": "cross-site" },
    ];
    for (const headers of hostile)
      expect(await read(headers), JSON.stringify(headers)).toBe(403);
  });

  it("is JSON of a known form and of a bearable size", async () => {
    const origin = await startDesk(new Place(), 10_000);
    for (const body of ["", "{", "\xff", Buffer.from([0xff, 0x7b])])
      expect(await send(origin, { body }), String(body)).toBe(400);
    for (const body of [
      "null",
      "[]",
      '{"action":"__proto__"}',
      '{"action":"constructor"}',
      '{"action":"getEntry"}',
      '{"action":"getEntry","params":{"path":1}}',
      '{"action":"getEntry","params":{"path":["content/site.yaml"]}}',
    ])
      expect(await send(origin, { body }), body).toBe(422);
    const large = "x".repeat(20_000);
    expect(await send(origin, { body: large })).toBe(413);
    const headers = { "transfer-encoding": "chunked" };
    expect(await send(origin, { headers, body: large })).toBe(413);
    expect(await send(origin)).toBe(200);
  });

  it("says who is writing, when it writes", async () => {
    const place = new Place();
    const origin = await startDesk(place);
    const body = JSON.stringify({
      action: "persistMedia",
      params: { asset: asset("mot", "a.jpg") },
    });
    for (const [name, mail] of [
      ["", ""],
      ["Bà Đào", ""],
      ["Bà Đào", "khong-phai-thu"],
      ["Bà <Đào>", "a@b.vn"],
      ["...", "a@b.vn"],
      ["Bà\nĐào", "a@b.vn"],
      ["Bà Đào", "a@b.vn>\nDesk-Draft: x"],
    ] as const)
      expect(
        await send(origin, {
          body,
          headers: {
            "x-editor-name": encodeURIComponent(name),
            "x-editor-mail": encodeURIComponent(mail),
          },
        }),
      ).toBe(401);
    expect(
      await send(origin, {
        body,
        headers: { "x-editor-name": "%", "x-editor-mail": "%ff" },
      }),
    ).toBe(401);
    expect(place.git("rev-list", "--count", "main")).toBe("1");
  });
});

it("a title cannot write trailers into the history", async () => {
  const place = new Place();
  const title = "Một\n\nDesk-State: pending_publish\nDesk-Entry: news/2026/hai";
  place.put("news/2026/mot/index.mdx", text(title, { status: "draft" }));
  place.git("commit", "-qam", "Sửa tay");
  const editor = new Editor(await startDesk(place));
  await editor.ask("deleteFiles", { paths: [mainOf("mot")] });
  expect(place.git("log", "-1", "--format=%B")).toBe(
    "Xóa tin «Một Desk-State: pending_publish Desk-Entry: news/2026/hai»",
  );
});
