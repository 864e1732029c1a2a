/** Attacks on every room of the desk over HTTP, as `npm start` serves it, and hostile texts at the real judge. */
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { connect, type AddressInfo, type Socket } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveFolder } from "../../src/cli/serve.ts";
import { openDesk } from "../../src/desk/desk.ts";
import { openJudge } from "../../src/desk/judge.ts";
import { previewRoom } from "../../src/desk/preview.ts";
import { Publisher, statusRoom } from "../../src/desk/publisher.ts";
import { Store } from "../../src/desk/store.ts";
import { readSettings } from "../../src/loader/settings.ts";
import { Preview } from "../../src/preview/preview.ts";
import { HOSTILE } from "../mdx/bodies.ts";
import { skeleton } from "../support/corpus.ts";
import {
  buildEnv,
  filesIn,
  placeFor,
  ROOT,
  temporaryFolder,
} from "../support/site.ts";
import { Editor, mainOf, Place, text } from "./place.ts";

const ROOMS = {
  desk: ["POST", "application/json"],
  pictures: ["POST", "application/octet-stream"],
  preview: ["POST", "application/json"],
  status: ["GET", ""],
  me: ["GET", ""],
} as const;

let place: Place;
let origin: string;
let host: string;
let port: number;
let desk: ReturnType<typeof openDesk>;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  place = new Place("content", skeleton().dir);
  const settings = readSettings(buildEnv(placeFor(place.contentDir)), ROOT);
  const judge = openJudge({ settings, builtCacheDir: settings.cacheDir });
  const store = await Store.open(place.contentDir, judge);
  const preview = new Preview(settings);
  const hosts: string[] = [];
  desk = openDesk({
    store,
    hosts,
    rooms: {
      status: statusRoom(new Publisher({ settings }), store),
      preview: previewRoom(preview, place.contentDir),
    },
  });
  const outDir = temporaryFolder("served");
  writeFileSync(path.join(outDir, "404.html"), "Không có");
  const server = await serveFolder({ outDir, base: "/" }, 0, desk);
  ({ port } = server.address() as AddressInfo);
  host = `localhost:${port}`;
  origin = `http://${host}`;
  hosts.push(host);
  closing.push(() => {
    server.close().closeAllConnections();
    preview.close();
  });
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Sends bytes as they are. */
async function open(bytes: string | Buffer): Promise<Socket> {
  const socket = connect(port, "localhost");
  socket.on("error", () => {});
  closing.push(() => socket.destroy());
  await once(socket, "connect");
  socket.write(bytes);
  return socket;
}

/** What comes back of bytes, to its end. */
async function raw(bytes: string | Buffer): Promise<string> {
  const socket = await open(bytes);
  let answer = "";
  socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
  // A server that will not listen to the end may cut the line; what it said before counts.
  await new Promise((resolve) => socket.once("close", resolve));
  return answer;
}

const statusIn = (answer: string): number =>
  Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

interface Sent {
  line: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

async function send({ line, headers, body = "" }: Sent): Promise<number> {
  const lines = Object.entries({
    connection: "close",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${line}\r\n${lines.join("")}\r\n`, "latin1");
  return statusIn(await raw(Buffer.concat([head, Buffer.from(body)])));
}

/** A request to a room that would be let in, but for what differs. */
function ask(
  room: keyof typeof ROOMS,
  headers: Record<string, string> = {},
  {
    method = ROOMS[room][0],
    body,
  }: { method?: string; body?: string | Buffer } = {},
): Promise<number> {
  return send({
    line: `${method} /admin/api/${room} HTTP/1.1`,
    headers: {
      host,
      origin,
      "content-type": ROOMS[room][1],
      "x-editor-name": "Ba%20Dao",
      "x-editor-mail": "a@example.vn",
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** Nothing has changed, in git or beside it. */
function expectUntouched(before: { refs: string; files: Map<string, Buffer> }) {
  expect(place.git("for-each-ref")).toBe(before.refs);
  expect(filesIn(place.contentDir)).toEqual(before.files);
  expect(place.status()).toBe("");
}
const now = () => ({
  refs: place.git("for-each-ref"),
  files: filesIn(place.contentDir),
});

const rooms = Object.keys(ROOMS) as (keyof typeof ROOMS)[];

describe.each(rooms)("the room «%s»", (room) => {
  it("is for the desk's own pages, by the one address", async () => {
    const strange: Record<string, string>[] = [
      { host: "evil.example" },
      { host: `evil.example:${port}` },
      { host: `localhost.evil.example:${port}` },
      { host: `localhost.:${port}` },
      { host: `localhost:${port}@evil.example` },
      { host: `localhost:${port}, evil.example` },
      { host: "localhost" },
      { host: `0.0.0.0:${port}` },
      { host: "" },
      { host: "evil.example", "x-forwarded-host": host },
      { origin: "http://evil.example" },
      { origin: `http://localhost.evil.example:${port}` },
      { origin: `http://localhost:${port + 1}` },
      { origin: `ftp://${host}` },
      { origin: `http://${host}/` },
      { origin: `http://${host} http://evil.example` },
      { origin: "null" },
      { origin: "file://" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of strange)
      expect(await ask(room, headers), JSON.stringify(headers)).toBe(403);
  });

  it("knows one method, and no other by a header", async () => {
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    for (const method of [...others, "HEAD", "TRACE", "PROPFIND"])
      if (method !== ROOMS[room][0])
        expect(
          await ask(
            room,
            { "x-http-method-override": ROOMS[room][0] },
            { method },
          ),
          method,
        ).toBe(405);
  });

  it.skipIf(ROOMS[room][0] === "GET")("takes one type", async () => {
    for (const type of [
      "",
      "text/plain",
      "text/plain; application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=application/json",
      "application/json, text/plain",
      "application/json; charset=utf-16",
      "application/jsonp",
      "*/*",
    ])
      expect(await ask(room, { "content-type": type }), type).toBe(415);
  });

  it.skipIf(ROOMS[room][0] === "GET")(
    "takes a bearable size, said or not",
    async () => {
      const most = room === "preview" ? 2_000_000 : 64_000_000;
      const said = { "content-length": String(most + 1) };
      expect(await ask(room, said)).toBe(413);
      expect(await ask(room, { "content-length": "1e99" })).toBe(400);
      expect(await ask(room, { "content-length": "-1" })).toBe(400);
      if (room !== "preview") return;
      const part = "x".repeat(100_000);
      const chunk = `${part.length.toString(16)}\r\n${part}\r\n`;
      const answer = await raw(
        `POST /admin/api/${room} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n` +
          `Content-Type: ${ROOMS[room][1]}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n` +
          `${chunk.repeat(25)}0\r\n\r\n`,
      );
      expect(statusIn(answer)).toBe(413);
    },
  );
});

it("is found at no other spelling of its address, and not as a proxy", async () => {
  const before = now();
  for (const target of [
    "/admin/api/",
    "/admin/api/desk/",
    "/admin/api//desk",
    "//admin/api/desk",
    "/admin//api/desk",
    "/ADMIN/API/DESK",
    "/admin/api/DESK",
    "/admin/api/%64esk",
    "/admin/api/desk%00",
    "/admin/api/desk%2e",
    "/admin/api/x/../desk",
    "/admin/api/..%2fapi%2fdesk",
    "/admin/api/desk;a",
    "/admin/api/desk\\",
    "/admin/api/constructor",
    "/admin/api/__proto__",
    "http://evil.example/admin/api/desk",
    `http://${"localhost"}/admin/api/desk`,
    "*",
  ]) {
    const status = await send({
      line: `POST ${target} HTTP/1.1`,
      headers: { host, origin, "content-type": "application/json" },
      body: '{"action":"info"}',
    });
    expect([400, 404, 405], target).toContain(status);
  }
  expectUntouched(before);
});

it("answers no request that is none", async () => {
  const type = "Content-Type: application/json\r\n";
  const body = '{"action":"info"}';
  for (const [bytes, status] of [
    ["POST /admin/api/desk HTTP/1.1\r\n\r\n", 400],
    [`POST /admin/api/desk HTTP/1.0\r\nOrigin: ${origin}\r\n${type}\r\n`, 403],
    ["\0\0\0\0\r\n\r\n", 400],
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400],
    ["POST /admin/api/desk\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    // Two requests in one for whoever reads lengths otherwise.
    [
      `POST /admin/api/desk HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${type}` +
        `Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
      400,
    ],
  ] as const)
    expect(statusIn(await raw(bytes)), JSON.stringify(bytes.slice(0, 60))).toBe(
      status,
    );
});

it("bears no headers without end", async () => {
  const long = `X: ${"x".repeat(100_000)}\r\n`;
  const answer = await raw(
    `GET /admin/api/me HTTP/1.1\r\nHost: ${host}\r\n${long}\r\n`,
  );
  expect(answer).not.toContain("HTTP/1.1 200");
});

it("changes no object's prototype, whatever JSON says", async () => {
  const before = now();
  const evil = '{"polluted":true,"path":"content/news/2026/mot/index.mdx"}';
  const inside = `{"__proto__":${evil},"constructor":{"prototype":${evil}}}`;
  for (const [room, body] of [
    ["desk", `{"action":"info","__proto__":${evil}}`],
    ["desk", `{"action":"getEntry","params":${inside}}`],
    ["desk", `{"__proto__":{"action":"info"}}`],
    ["desk", `{"action":["info"]}`],
    ["desk", `{"action":"hasOwnProperty"}`],
    ["desk", `{"action":"toString","params":${inside}}`],
    ["desk", `{"action":"deleteFiles","params":{"paths":${inside}}}`],
    [
      "desk",
      `{"action":"deleteFiles","params":{"paths":{"length":1,"0":"content/news/2026/mot/index.mdx"}}}`,
    ],
    [
      "desk",
      `{"action":"persistEntry","params":{"dataFiles":[${inside}],"assets":${inside},"options":${inside}}}`,
    ],
    ["preview", inside],
    [
      "preview",
      `{"path":"${mainOf("mot")}","text":"","pictures":{"a.jpg":${inside}}}`,
    ],
    [
      "preview",
      `{"path":"${mainOf("mot")}","text":"","documents":{"constructor":1}}`,
    ],
    ["preview", `{"path":"content/../../etc/passwd","text":""}`],
    ["preview", `{"path":"content/site.yaml","text":""}`],
    ["preview", `{"path":"content/news/2026/mot/a.jpg","text":""}`],
  ] as const) {
    const status = await ask(room, {}, { body });
    expect([200, 400, 403, 422], `${status} ${body}`).toContain(status);
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(([] as { polluted?: boolean }).polluted).toBeUndefined();
  expectUntouched(before);
});

it("says no to JSON that is meant to wear it out", async () => {
  const deep = "[".repeat(500_000);
  for (const room of ["desk", "preview"] as const)
    for (const body of [
      deep,
      `${deep}${"]".repeat(500_000)}`,
      `{"action":${"[".repeat(5000)}${"]".repeat(5000)}}`,
      `{"action":"info","params":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`.repeat(
        2,
      ),
      `{"action":"${"x".repeat(1_000_000)}"}`,
      `{"action":"getEntry","params":{"path":"content/${"a/".repeat(200_000)}"}}`,
      "\ufeff{}",
      Buffer.from('{"action":"info"}', "utf16le"),
      Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d]),
    ])
      expect([400, 403, 422], `${room} ${String(body.slice(0, 40))}`).toContain(
        await ask(room, {}, { body }),
      );
  expect(await ask("desk", {}, { body: '{"action":"info"}' })).toBe(200);
});

it("answers others while a hundred send half a body and fall silent", async () => {
  const before = now();
  const half = (room: keyof typeof ROOMS) =>
    `POST /admin/api/${room} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n` +
    `Content-Type: ${ROOMS[room][1]}\r\nContent-Length: 1000\r\n\r\n{"action":`;
  const silent = await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      open(half((["desk", "pictures", "preview"] as const)[at % 3]!)),
    ),
  );
  const editor = new Editor(origin);
  await editor.open("mot");
  const { status } = await editor.save("mot", text("Vẫn lưu được"));
  expect(status).toBe(200);
  for (const socket of silent) socket.destroy();
  // Whoever left is not waited for.
  await desk.idle();
  place.git("branch", "-D", "cms/news/2026/mot/index");
  place.git("update-ref", "-d", "refs/desk/log");
  expectUntouched(before);
});

const nest = temporaryFolder("nest");
const sing = (name: string): string =>
  `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(path.join(nest, name))}, "ran")`;

describe("a hostile text", () => {
  /** Saves in a draft and past it. */
  async function expectRefused(
    what: string,
    written: string,
    ways = [true, false],
  ): Promise<void> {
    const editor = new Editor(origin);
    for (const useWorkflow of ways) {
      const { status } = await editor.save("moi", written, { useWorkflow });
      expect(status, what).toBe(422);
    }
  }

  it("does not land, whatever its body holds", async () => {
    const before = now();
    // Each code once: the judge's own tests have them all.
    for (const [, body] of new Map(HOSTILE))
      await expectRefused(body, text("Mới", {}, body));
    for (const body of [
      `{${sing("expression")}}`,
      `Chữ {${sing("text")}}`,
      `<Quote who={${sing("prop")}}>\n\nChữ.\n\n</Quote>`,
      `export const x = ${sing("export")}`,
    ])
      await expectRefused(body, text("Mới", {}, body));
    expectUntouched(before);
    expect(readdirSync(nest)).toEqual([]);
  }, 120_000);

  it("does not land, whatever its fields hold", async () => {
    const before = now();
    const good = text("Mới");
    const laughs = Array.from(
      { length: 9 },
      (_, at) => `l${at}: &l${at} [${`*l${at - 1},`.repeat(9)}]`,
    );
    for (const lines of [
      "layout: ./evil.astro",
      "slug: ../../evil",
      "__proto__: { status: draft }",
      '"__proto__": { polluted: true }',
      "constructor: { prototype: { polluted: true } }",
      `byline: !!js/function "function () { ${sing("yaml").replaceAll('"', '\\"')} }"`,
      "byline: !!js/undefined ''",
      "byline: !evil x",
      "byline: !!binary aGE=",
      "byline: &a x\nowner: *a",
      "<<: { byline: a }",
      laughs.join("\n").replace(/\*l-1,/g, "a,"),
      "title: Hai lần",
      "byline: [",
      "byline: |\n  a\n b",
      "? byline\n: a\n? [a]\n: b",
      "byline: 2026-13-45T99:99:99Z\ncover: null",
      "cover: { src: ../../../etc/passwd.jpg, alt: Mô tả dài của ảnh, credit: Ai đó }",
      "cover: { src: a.svg, alt: Mô tả dài của ảnh, credit: Ai đó }",
      "cover: { src: https://evil.example/a.jpg, alt: Mô tả dài của ảnh, credit: Ai đó }",
      'oldAddresses: ["/../../x/"]',
      "---\n---js\nmodule.exports = {}",
    ])
      await expectRefused(lines, good.replace("---\n", `---\n${lines}\n`));
    // Whether an address is free shows at publication.
    await expectRefused(
      "the CMS's address",
      text("Mới", { oldAddresses: ["/admin/"] }),
      [false],
    );
    for (const whole of [
      good.replace("---\n", "---js\n"),
      good.replaceAll("---", "+++"),
      good.replace("---\n", '---json\n{"title": "a"}\n'),
      `\n${good}`,
      `${good.slice(0, 40)}\0${good.slice(40)}`,
      text("Mới", {}, "Chữ ".repeat(1_000_000)),
      text("M".repeat(10_000)),
      "",
      "{}",
    ])
      await expectRefused(JSON.stringify(whole.slice(0, 60)), whole);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expectUntouched(before);
    expect(readdirSync(nest)).toEqual([]);
  }, 120_000);
});
