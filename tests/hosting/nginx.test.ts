/** What the printed configuration promises, asked of a real nginx. */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect } from "node:http2";
import { Agent, get as getSecurely } from "node:https";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../../src/cli/serve.ts";
import { mapFile } from "../../src/hosting/formats.ts";
import { STRICT_TRANSPORT } from "../../src/hosting/headers.ts";
import {
  HAS_BROTLI,
  ask,
  makeCertificate,
  printed,
  startNginx,
  type Nginx,
} from "../support/nginx.ts";
import { HOST, contentOf, makeReleases, put } from "./release.ts";

const closing: (() => unknown)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

async function start(http: string): Promise<Nginx> {
  const nginx = await startNginx(http);
  closing.push(nginx.close);
  return nginx;
}

/** What readers of a site at a base path can rely on, by nginx and by `npm start` alike. */
describe.each(["/", "/guong-sang/"])("a site at %s", (base) => {
  const below = base.slice(0, -1);
  const { siteDir, outDir } = makeReleases(base);
  const siteUrl = `https://${HOST}`;
  const origins: Record<string, string> = {};
  beforeAll(async () => {
    const env = { SITE_DIR: siteDir, SITE_URL: siteUrl, BASE_PATH: base };
    origins.nginx = (await start(printed(env))).origin;
    const server = await serveFolder({ outDir, base, siteUrl }, 0);
    closing.push(() => server.close());
    origins.start = `http://localhost:${(server.address() as { port: number }).port}`;
  });

  describe.each(["nginx", "start"])("by %s", (host) => {
    const get = (address: string, headers: Record<string, string> = {}) =>
      ask(origins[host]!, below + address, { headers });

    it("serves pages and files", async () => {
      for (const [address, file] of [
        ["/", "index.html"],
        ["/mo-hinh/bai/", "mo-hinh/bai/index.html"],
        ["/robots.txt", "robots.txt"],
        ["/.well-known/security.txt", ".well-known/security.txt"],
      ] as const) {
        const { status, body } = await get(address);
        expect([status, body.toString()], address).toEqual([
          200,
          contentOf(file),
        ]);
      }
    });

    it.each([
      "/khong-co/",
      "/mo-hinh/khong-co.jpg",
      "/_hosting/moved.map",
      "/_hosting/hosted.json",
      "/_headers",
      "/_redirects",
      "/.git/config",
      "/mo-hinh/.an/",
      "/mo-hinh/bai/index.html.br",
      "/mo-hinh/bai/index.html.gz",
      "/admin/../_hosting/moved.map",
      "/mo-hinh/%2e%2e/_hosting/moved.map",
      "//_hosting/moved.map",
    ])("answers %s with the site's own page for it", async (address) => {
      put(outDir, ".git/config", "kín");
      put(outDir, "mo-hinh/.an/index.html", "kín");
      const { status, body } = await get(address);
      expect([status, body.toString()]).toEqual([404, contentOf("404.html")]);
    });

    it("answers 410 where a story was, with the notice, and at its old address", async () => {
      for (const address of ["/mo-hinh/da-go/", "/mo-hinh/da-go/index.html"]) {
        const { status, body } = await get(address);
        expect([status, body.toString()], address).toEqual([
          410,
          contentOf("mo-hinh/da-go/index.html"),
        ]);
      }
      expect((await get("/tin-cu/da-go/")).status).toBe(410);
      expect((await get("/mo-hinh/da-go/tu-lieu/")).status).toBe(404);
    });

    it("leads on from old addresses", async () => {
      const { status, headers } = await get("/tin-cu/bai/?tu=thu");
      expect([status, headers.location]).toEqual([
        301,
        `${below}/mo-hinh/bai/?tu=thu`,
      ]);
    });

    it.each([
      [`${siteUrl}${base}`, "trang-chu"],
      [`${siteUrl}${below}/mo-hinh/`, "mo-hinh"],
      [`${siteUrl}${below}/mo-hinh`, "mo-hinh"],
      [`http://${HOST}${below}/mo-hinh/bai/`, "mo-hinh/bai"],
      [`${siteUrl}${below}/mo-hinh/bai/?a=b#c`, "mo-hinh/bai"],
      [`https://${HOST.toUpperCase()}${below}/mo-hinh/bai/`, "mo-hinh/bai"],
    ])("tells how to embed %s", async (url, answer) => {
      for (const sent of [encodeURIComponent(url), url.split("#")[0]!]) {
        const { status, headers, body } = await get(
          `/oembed?maxwidth=600&url=${sent}&maxheight=400&format=json`,
        );
        expect([status, body.toString()], sent).toEqual([
          200,
          contentOf(`oembed/${answer}.json`),
        ]);
        expect(headers["content-type"]).toContain("application/json");
        expect(headers["access-control-allow-origin"]).toBe("*");
      }
    });

    it.each([
      ["", 404],
      ["?url=", 404],
      [`?url=${siteUrl}${below}/khong-co/`, 404],
      [`?url=${siteUrl}${below}/mo-hinh/../../_hosting/hosted`, 404],
      [`?url=${encodeURIComponent(`https://khac.example${base}`)}`, 404],
      [`?url=${encodeURIComponent(`https://x-${HOST}${base}`)}`, 404],
      [`?url=${encodeURIComponent(`${siteUrl}.khac.example${base}`)}`, 404],
      [`?url=${encodeURIComponent(`${siteUrl}@khac.example${base}`)}`, 404],
      [`?url=${encodeURIComponent(siteUrl + base)}&format=xml`, 501],
    ])("says what it cannot tell: %s", async (query, status) => {
      expect((await get(`/oembed${query}`)).status).toBe(status);
    });

    it("answers with nothing when nothing has changed, with a part when asked for one, and HEAD", async () => {
      const { headers } = await get("/mo-hinh/bai/");
      const again = await get("/mo-hinh/bai/", {
        "if-none-match": headers.etag!,
      });
      expect([again.status, again.body.length]).toEqual([304, 0]);
      const part = await get("/mo-hinh/bai/tu-lieu/bai.zip", {
        range: "bytes=0-9",
      });
      expect([part.status, part.body.length]).toEqual([206, 10]);
      const head = await ask(origins[host]!, `${below}/mo-hinh/bai/`, {
        method: "HEAD",
      });
      expect([head.status, head.body.length]).toEqual([200, 0]);
      expect(head.headers["content-length"]).toBe(headers["content-length"]);
    });
  });

  describe("by nginx alone", () => {
    const get = (address: string, headers: Record<string, string> = {}) =>
      ask(origins.nginx!, below + address, { headers });

    it("sends what was compressed, and says that it may differ", async () => {
      const whole = await get("/mo-hinh/bai/");
      const smaller = await get("/mo-hinh/bai/", {
        "accept-encoding": "gzip, br",
      });
      expect(smaller.headers["content-encoding"]).toBe("gzip");
      expect(smaller.headers.vary).toBe("Accept-Encoding");
      expect(whole.headers.vary).toBe("Accept-Encoding");
      expect(gunzipSync(smaller.body)).toEqual(whole.body);
      expect(smaller.headers["last-modified"]).toBe(
        whole.headers["last-modified"],
      );
      expect(smaller.headers.etag).not.toBe(whole.headers.etag);
    });

    it("writes slashes where they are missing, on this host and no other", async () => {
      for (const [address, to] of [
        ["/mo-hinh", "/mo-hinh/"],
        ["/mo-hinh/bai?a=b", "/mo-hinh/bai/?a=b"],
        ["/nhung/moi-nhat", "/nhung/moi-nhat/"],
      ] as const) {
        const { status, headers } = await get(address);
        expect([status, headers.location], address).toEqual([301, below + to]);
      }
      expect((await get("/%0d%0aset-cookie:a=b")).status).toBe(404);
      expect((await get("/%5ckhac.example/mo-hinh")).status).toBe(404);
    });

    it("keeps for readers what the release before had, and nothing that changes", async () => {
      put(siteDir, "passing/mo-hinh/cu/index.html", "cũ");
      const { status, body, headers } = await get("/_astro/cu.css");
      expect([status, body.toString()]).toEqual([200, "cũ"]);
      expect(headers["cache-control"]).toContain("immutable");
      expect((await get("/mo-hinh/cu/")).status).toBe(404);
    });

    it("follows the switch within a second, whatever was asked for before", async () => {
      await get("/mo-hinh/bai/");
      const soon = { timeout: 3000 };
      const current = path.join(siteDir, "current");
      unlinkSync(current);
      symlinkSync("releases/20261122-080000", current);
      await expect
        .poll(async () => (await get("/mo-hinh/bai/")).body.toString(), soon)
        .toBe("trước");
      // Not yet withdrawn at the time, and it is the release that says so.
      await expect
        .poll(async () => (await get("/mo-hinh/da-go/")).status, soon)
        .toBe(404);
      unlinkSync(current);
      symlinkSync("releases/20261123-174510", current);
      await expect
        .poll(async () => (await get("/mo-hinh/da-go/")).status, soon)
        .toBe(410);
    });

    it("knows no way to change anything", async () => {
      for (const method of ["POST", "PUT", "DELETE"])
        expect(
          (await ask(origins.nginx!, `${below}/mo-hinh/bai/`, { method }))
            .status,
          method,
        ).toBe(405);
    });
  });
});

describe("with certificates", () => {
  const { siteDir } = makeReleases("/");
  const { certificate, key } = makeCertificate();
  let nginx: Nginx;
  beforeAll(async () => {
    nginx = await start(
      printed(
        {
          SITE_DIR: siteDir,
          SITE_URL: "https://localhost",
          TLS_CERTIFICATE: certificate,
          TLS_KEY: key,
        },
        ...(HAS_BROTLI ? ["--brotli"] : []),
      ),
    );
  });

  /** By HTTP/2, as browsers do. */
  async function getByTwo(
    address: string,
    headers: Record<string, string> = {},
    host = "localhost",
  ) {
    const session = connect(`https://${host}:${nginx.secure}`, {
      ca: readFileSync(certificate),
      servername: "localhost",
    });
    const stream = session.request({ ":path": address, ...headers });
    const chunks: Buffer[] = [];
    let said: Record<string, unknown> = {};
    stream.on("response", (all) => (said = all));
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    session.close();
    return { headers: said, body: Buffer.concat(chunks) };
  }

  it("speaks HTTP/2 and tells browsers to stay", async () => {
    const { headers } = await getByTwo("/mo-hinh/bai/");
    expect(headers[":status"]).toBe(200);
    expect(headers).toMatchObject(STRICT_TRANSPORT);
    for (const address of ["/khong-co/", "/_astro/trang.a1b2c3d4.css"])
      expect((await getByTwo(address)).headers).toMatchObject(STRICT_TRANSPORT);
  });

  it("answers at IPv6", async () => {
    const { headers } = await getByTwo("/mo-hinh/bai/", {}, "[::1]");
    expect(headers[":status"]).toBe(200);
  });

  it.runIf(HAS_BROTLI)("prefers brotli", async () => {
    const { headers, body } = await getByTwo("/mo-hinh/bai/", {
      "accept-encoding": "gzip, br",
    });
    expect(headers["content-encoding"]).toBe("br");
    expect(headers.vary).toBe("Accept-Encoding");
    expect(brotliDecompressSync(body).toString()).toBe(
      contentOf("mo-hinh/bai/index.html"),
    );
  });

  it("sends everybody from port 80 here, but for who checks the certificate", async () => {
    const moved = await ask(nginx.origin, "/mo-hinh/?a=b");
    expect([moved.status, moved.headers.location]).toEqual([
      301,
      "https://localhost/mo-hinh/?a=b",
    ]);
    expect(moved.headers).not.toHaveProperty("strict-transport-security");
    const challenge = "/.well-known/acme-challenge/khong-co";
    expect((await ask(nginx.origin, challenge)).status).toBe(404);
  });

  it("speaks no older TLS than 1.2", async () => {
    const asked = (version: "TLSv1.1" | "TLSv1.2") =>
      new Promise((resolve, reject) => {
        const agent = new Agent({
          minVersion: "TLSv1",
          maxVersion: version,
          ciphers: "DEFAULT:@SECLEVEL=0",
        });
        getSecurely(
          `https://localhost:${nginx.secure}/`,
          { agent, ca: readFileSync(certificate) },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        ).once("error", reject);
      });
    expect(await asked("TLSv1.2")).toBe(200);
    await expect(asked("TLSv1.1")).rejects.toThrow();
  });
});

/** Listens at a socket and tells what reached it. */
async function listener(): Promise<{ socket: string; server: Server }> {
  const { siteDir } = makeReleases("/");
  const socket = path.join(siteDir, "desk.sock");
  const server = createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    const { headers, method, url } = request;
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "no-store");
    response.end(JSON.stringify({ headers, method, url, bytes }));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  closing.push(() => server.close());
  return { socket, server };
}

/** What reached the desk. */
const heard = (body: Buffer) =>
  JSON.parse(body.toString()) as {
    headers: Record<string, string>;
    url: string;
    bytes: number;
  };

const FORGED = {
  "x-remote-user": "nguoi-khac",
  "X-Remote-User": "nguoi-khac",
  "x-forwarded-user": "nguoi-khac",
  "x-forwarded-email": "nguoi-khac@example",
  "x-auth-request-email": "nguoi-khac@example",
  "remote-user": "nguoi-khac",
};

describe("the CMS", () => {
  const { siteDir } = makeReleases("/guong-sang/");
  const passwords = path.join(siteDir, "htpasswd");
  const PASSWORD = "mot-mat-khau-thu";
  let nginx: Nginx;
  let desk: Server;
  beforeAll(async () => {
    const { socket, server } = await listener();
    desk = server;
    const crypted = execFileSync("openssl", ["passwd", "-6", "-stdin"], {
      input: PASSWORD,
      encoding: "utf8",
    });
    writeFileSync(passwords, `bien-tap:${crypted}`);
    nginx = await start(
      printed({
        SITE_DIR: siteDir,
        SITE_URL: `http://${HOST}`,
        BASE_PATH: "/guong-sang/",
        HTPASSWD: passwords,
        SOCKET: socket,
      }),
    );
  });

  const login = (password: string, user = "bien-tap") => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
  });
  const get = (
    address: string,
    headers: Record<string, string> = {},
    from?: string,
  ) =>
    ask(nginx.origin, `/guong-sang/admin/${address}`, {
      headers,
      ...(from ? { from } : {}),
    });
  const cookieOf = (answer: Awaited<ReturnType<typeof get>>): string =>
    answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";

  it("lets in only who is known, everywhere", async () => {
    for (const address of ["", "assets/ma.js", "tro-giup/", "api/status"]) {
      expect((await get(address)).status, address).toBe(401);
      expect((await get(address, login("sai"))).status, address).toBe(401);
      expect((await get(address, login(PASSWORD))).status, address).toBe(200);
    }
  });

  it("tells the desk who it is, whatever the browser says", async () => {
    const { body, headers } = await get("api/me?a=b", {
      ...FORGED,
      ...login(PASSWORD),
    });
    const asked = heard(body);
    expect(asked.url).toBe("/guong-sang/admin/api/me?a=b");
    expect(asked.headers["x-remote-user"]).toBe("bien-tap");
    expect(JSON.stringify(asked.headers)).not.toContain("nguoi-khac");
    expect(asked.headers).not.toHaveProperty("authorization");
    // What the desk says of caching is not said over.
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("takes a whole save, and no more", async () => {
    const send = (size: number) =>
      ask(nginx.origin, "/guong-sang/admin/api/desk", {
        method: "POST",
        headers: login(PASSWORD),
        body: Buffer.alloc(size),
      });
    expect(heard((await send(64_000_000)).body).bytes).toBe(64_000_000);
    const tooMuch = await send(68_000_000).catch(() => ({ status: 413 }));
    expect(tooMuch.status).toBe(413);
  });

  it("refuses who guesses, even with the right password, and hinders no editor at work", async () => {
    const editor = {
      ...login(PASSWORD),
      cookie: cookieOf(await get("", login(PASSWORD), "127.0.0.3")),
    };
    expect(editor.cookie).not.toBe("");
    const guesses: number[] = [];
    for (let guess = 0; guess < 60; guess++) {
      guesses.push((await get("", login(`sai-${guess}`), "127.0.0.3")).status);
      expect((await get("api/status", editor, "127.0.0.3")).status).toBe(200);
    }
    expect(guesses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(guesses.slice(-10)).toEqual(Array(10).fill(429));
    const refused = await get("", login(PASSWORD), "127.0.0.3");
    expect(refused.status).toBe(429);
    expect(refused.body.toString()).toContain("Đợi vài phút");
    expect((await get("", login(PASSWORD), "127.0.0.4")).status).toBe(200);
  });

  it("says so when the desk is not there", async () => {
    desk.close();
    desk.closeAllConnections();
    const { status, body } = await get("api/me", login(PASSWORD), "127.0.0.6");
    expect(status).toBe(502);
    expect(JSON.parse(body.toString())).toEqual({
      error: expect.stringContaining("đang nghỉ"),
    });
  });

  it("gives nobody the editor's exemption who has not logged in", async () => {
    for (const answer of [
      await get("", {}, "127.0.0.5"),
      await get("", login("sai"), "127.0.0.5"),
      await get("khong-co", {}, "127.0.0.5"),
    ])
      expect(answer.headers).not.toHaveProperty("set-cookie");
    const whole = await get("", login(PASSWORD), "127.0.0.5");
    expect(whole.headers["set-cookie"]?.[0]).toMatch(
      /^gs_known=[0-9a-f]{32}; Path=\/guong-sang\/admin\/; HttpOnly; SameSite=Strict$/,
    );
    // What a browser keeps for a year carries it no further.
    const code = await get("assets/ma.js", login(PASSWORD), "127.0.0.5");
    expect(code.headers).not.toHaveProperty("set-cookie");
  });
});

describe("with a proxy that knows who is logged in", () => {
  const { siteDir } = makeReleases("/");
  let nginx: Nginx;
  beforeAll(async () => {
    // Answers as oauth2-proxy does.
    const proxy = createServer((request, response) => {
      const known = /session=tot/.test(request.headers.cookie ?? "");
      if (request.url === "/oauth2/auth")
        response
          .writeHead(known ? 202 : 401, {
            "x-auth-request-email": known ? "bien-tap@example" : "",
          })
          .end();
      else response.end(`đăng nhập ${request.url}`);
    });
    await new Promise<void>((resolve) => proxy.listen(0, resolve));
    closing.push(() => proxy.close());
    const { port } = proxy.address() as { port: number };
    nginx = await start(
      printed(
        {
          SITE_DIR: siteDir,
          SITE_URL: `http://${HOST}`,
          OIDC_PROXY: `http://127.0.0.1:${port}`,
          TRUST_HEADER: "X-Forwarded-Email",
          SOCKET: (await listener()).socket,
        },
        "--oidc",
      ),
    );
  });
  const get = (address: string, headers: Record<string, string> = {}) =>
    ask(nginx.origin, address, { headers });

  it("leads to where one logs in, and tells a request in the background", async () => {
    const page = await get("/admin/", FORGED);
    expect([page.status, page.headers.location]).toEqual([
      302,
      "/oauth2/start?rd=/admin/",
    ]);
    expect((await get("/admin/api/me", FORGED)).status).toBe(401);
    const sign = await get("/oauth2/start?rd=/admin/");
    expect(sign.body.toString()).toBe("đăng nhập /oauth2/start?rd=/admin/");
    // Only nginx itself asks who somebody is.
    expect((await get("/oauth2/auth", { cookie: "session=tot" })).status).toBe(
      404,
    );
  });

  it("tells the desk who that is, whatever the browser says", async () => {
    const cookie = "session=tot";
    expect((await get("/admin/", { cookie })).status).toBe(200);
    const { body } = await get("/admin/api/me", { ...FORGED, cookie });
    const { headers } = heard(body);
    expect(headers["x-forwarded-email"]).toBe("bien-tap@example");
    expect(JSON.stringify(headers)).not.toContain("nguoi-khac");
  });
});

describe("below a portal's own server", () => {
  it("takes its own path and leaves the portal everything else", async () => {
    const env = {
      SITE_DIR: makeReleases("/guong-sang/").siteDir,
      SITE_URL: "https://cong.example",
      BASE_PATH: "/guong-sang/",
    };
    const second = { ...env, BASE_PATH: "/guong-sang-2/" };
    const { origin } = await start(
      `${printed(env, "--http")} ${printed(second, "--http", "--name", "hai")}
       server { listen 80; server_name cong.example;
         location / { return 200 "cổng"; }
         location ~ \\.(html|css|js)$ { return 418; }
         ${printed(env, "--locations")} ${printed(second, "--locations", "--name", "hai")} }`,
    );
    const get = async (address: string) => {
      const { status, body } = await ask(origin, address);
      return [status, body.toString()];
    };
    expect(await get("/")).toEqual([200, "cổng"]);
    expect(await get("/khong-co/")).toEqual([200, "cổng"]);
    expect((await get("/a.css"))[0]).toBe(418);
    expect((await ask(origin, "/guong-sang")).headers.location).toBe(
      "/guong-sang/",
    );
    expect(await get("/guong-sang/mo-hinh/bai/")).toEqual([
      200,
      contentOf("mo-hinh/bai/index.html"),
    ]);
    expect(await get("/guong-sang/_astro/trang.a1b2c3d4.css")).toEqual([
      200,
      contentOf("_astro/trang.a1b2c3d4.css"),
    ]);
    expect(await get("/guong-sang/khong-co/")).toEqual([
      404,
      contentOf("404.html"),
    ]);
    expect((await get("/guong-sang/mo-hinh/da-go/"))[0]).toBe(410);
    expect((await get("/guong-sang-2/mo-hinh/bai/"))[0]).toBe(200);
    // Whether the whole host stays with TLS is the portal's to say.
    expect(
      (await ask(origin, "/guong-sang/")).headers["strict-transport-security"],
    ).toBeUndefined();
  });
});

describe("what a release brings is data", () => {
  it.each([
    `"/a/" "/b/"; } server { listen 80; return 200 "của ai"; } map $uri $x {`,
    `"/a/" { }`,
    `return 200 "của ai";`,
  ])("and nginx does not begin with %s", async (text) => {
    const { siteDir, outDir } = makeReleases("/");
    const nginx = await start(
      printed({ SITE_DIR: siteDir, SITE_URL: `http://${HOST}` }),
    );
    expect(nginx.test().ok).toBe(true);
    put(outDir, "_hosting/moved.map", text);
    expect(nginx.test().ok).toBe(false);
  });

  it("and may be missing, many and long, or look like a directive", async () => {
    const { siteDir, outDir } = makeReleases("/");
    const nginx = await start(
      printed({ SITE_DIR: siteDir, SITE_URL: `http://${HOST}` }),
    );
    const map = path.join(outDir, "_hosting/moved.map");
    writeFileSync(map, "load_module khong-co.so;");
    expect(nginx.test().ok).toBe(true);
    const long = "rat-dai-".repeat(45);
    writeFileSync(
      map,
      mapFile(
        Array.from({ length: 5000 }, (_, index) => [
          `/tin-cu/${long}${index}/`,
          `/tin-tuc/${long}${index}/`,
        ]),
      ),
    );
    expect(nginx.test().ok).toBe(true);
    unlinkSync(map);
    expect(nginx.test().ok).toBe(true);
  });
});

describe("the command", () => {
  it.each([
    [{ TLS_CERTIFICATE: "/a.pem" }, [], "TLS_KEY"],
    [
      { TLS_CERTIFICATE: "/a.pem", TLS_KEY: "/k.pem", SITE_URL: "http://a.vn" },
      [],
      "https://",
    ],
    [{ SITE_DIR: '/a"; } evil {' }, [], "Không ghi được"],
    [{}, ["--khac"], "Cách dùng"],
    [{}, ["--name", "A-b"], "--name"],
  ])("says what is wrong with %j %j", (env, options, words) => {
    expect(() => printed(env as Record<string, string>, ...options)).toThrow(
      words,
    );
  });

  it("says so plainly when there is no certificate", () => {
    const config = printed({ SITE_URL: "https://guongsang.example" });
    expect(config).toContain("CHƯA CÓ TLS");
    expect(config).not.toMatch(/^ *(?:listen 443|ssl_|add_header strict)/m);
  });
});
