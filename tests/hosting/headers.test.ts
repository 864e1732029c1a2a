/** The one description of headers, as each host reads it. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ADMIN_POLICY } from "../../admin/policy.ts";
import { serveFolder } from "../../src/cli/serve.ts";
import { headerRules, headersFor } from "../../src/hosting/headers.ts";
import { publishHeaders } from "../../src/hosting/publish.ts";
import { NGINX, findProgram } from "../support/programs.ts";
import { temporaryFolder } from "../support/temporary.ts";

const HOSTS = ["cong.example", "*.bao.example"];
const FRAMED =
  "frame-ancestors 'self' https://cong.example http://cong.example https://*.bao.example http://*.bao.example";
const FOR_EVER = "public, max-age=31536000, immutable";

/** A file of every sort that the site has. */
const FILES = [
  "index.html",
  "404.html",
  "rss.xml",
  "mo-hinh/index.html",
  "mo-hinh/atom.xml",
  "linh-vuc/che/feed.json",
  "mo-hinh/bai/index.html",
  "nhung/index.html",
  "nhung/moi-nhat/index.html",
  "nhung/bai/mo-hinh/bai/toan-van/toi/index.html",
  "nhung/nhung.js",
  "nhung/guong-sang.js",
  "nhung/js/khung.a1b2c3d4.js",
  "oembed/trang-chu.json",
  "api/v1/stories.json",
  "_astro/chu.a1b2c3d4.woff2",
  "_media/anh-480.webp",
  "admin/index.html",
  "admin/tro-giup/index.html",
  "admin/assets/ma.js",
];
const pathOf = (file: string): string =>
  `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
const PATHS = FILES.map(pathOf);

/** What is not there, and a page by its file's name. */
const ODD = ["/khong-co/", "/nhung/khong-co/", "/nhung/index.html"];

const rules = headerRules({ embedHosts: HOSTS });
const NAMES = [
  ...new Set(rules.flatMap(({ headers }) => Object.keys(headers))),
];

describe("the description", () => {
  it.each([
    [
      "/",
      {
        "x-frame-options": "DENY",
        "content-security-policy": "frame-ancestors 'none'",
      },
    ],
    ["/khong-co/", { "x-frame-options": "DENY" }],
    ["/nhung/", { "x-frame-options": "DENY" }],
    [
      "/nhung/moi-nhat/",
      {
        "content-security-policy": FRAMED,
        "x-frame-options": undefined,
        "cross-origin-resource-policy": "cross-origin",
      },
    ],
    [
      "/nhung/nhung.js",
      { "access-control-allow-origin": "*", "cache-control": undefined },
    ],
    ["/nhung/js/khung.a1b2c3d4.js", { "cache-control": FOR_EVER }],
    ["/oembed/trang-chu.json", { "access-control-allow-origin": "*" }],
    [
      "/linh-vuc/che/feed.json",
      { "access-control-allow-origin": "*", "x-frame-options": "DENY" },
    ],
    [
      "/_astro/chu.a1b2c3d4.woff2",
      { "access-control-allow-origin": "*", "cache-control": FOR_EVER },
    ],
    [
      "/mo-hinh/bai/",
      {
        "access-control-allow-origin": undefined,
        "referrer-policy": "strict-origin-when-cross-origin",
      },
    ],
    [
      "/admin/",
      {
        "content-security-policy": `${ADMIN_POLICY}; frame-ancestors 'none'`,
        "cache-control": "no-cache",
        "referrer-policy": "no-referrer",
      },
    ],
    ["/admin/assets/ma.js", { "cache-control": FOR_EVER }],
  ])("of %s", (address, expected) => {
    expect(headersFor(rules, address)).toMatchObject(
      Object.fromEntries(
        Object.entries(expected).filter(([, value]) => value !== undefined),
      ),
    );
    for (const [name, value] of Object.entries(expected))
      if (value === undefined)
        expect(headersFor(rules, address)).not.toHaveProperty(name);
  });

  it("lets everybody frame views where the site names nobody", () => {
    const open = headerRules({ embedHosts: [] });
    const said = headersFor(open, "/nhung/moi-nhat/");
    expect(said).not.toHaveProperty("content-security-policy");
    expect(said).not.toHaveProperty("x-frame-options");
    expect(headersFor(open, "/")).toHaveProperty("x-frame-options", "DENY");
  });

  it("gives no path a header twice", () => {
    for (const address of [...PATHS, ...ODD])
      for (const name of NAMES)
        expect(
          rules.filter(
            (rule) => name in rule.headers && headersFor([rule], address)[name],
          ).length,
          `${name} of ${address}`,
        ).toBeLessThan(2);
  });
});

/** A built folder at a sub-path. */
function folder(base: string): string {
  const outDir = path.join(temporaryFolder("hosting"), base);
  for (const file of FILES) {
    const at = path.join(outDir, file);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, "x");
  }
  publishHeaders({ outDir, base }, { embedHosts: HOSTS });
  return outDir;
}

const saidBy = async (
  origin: string,
  address: string,
): Promise<Record<string, string>> => {
  const { headers } = await fetch(origin + address, { redirect: "manual" });
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
};

describe.each(["/", "/guong-sang/"])(
  "a site at %s is given these headers",
  (base) => {
    const outDir = folder(base);
    const closing: (() => void)[] = [];
    afterAll(() => {
      for (const close of closing) close();
    });

    /** Asks for everything, and for what is not there; without the headers of the server itself. */
    async function isAsDescribed(
      origin: string,
      own: readonly string[] = [],
    ): Promise<void> {
      for (const address of [...PATHS, ...ODD]) {
        const expected = headersFor(rules, address);
        const said = await saidBy(origin, base.slice(0, -1) + address);
        for (const name of own) if (!(name in expected)) delete said[name];
        expect(said, address).toEqual(expected);
      }
      for (const file of ["_headers", "_hosting/nginx.conf"])
        expect((await fetch(origin + base + file)).status, file).toBe(404);
    }

    it("by npm start", async () => {
      const server = await serveFolder({ outDir, base }, 0);
      closing.push(() => server.close());
      const { port } = server.address() as AddressInfo;
      await isAsDescribed(`http://localhost:${port}`, ["cache-control"]);
    });

    it("by nginx", async () => {
      const home = temporaryFolder("nginx");
      const port = await freePort();
      const origin = `http://127.0.0.1:${port}`;
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map((name) => `${name}_temp_path ${home}/${name};`)
        .join(" ");
      writeFileSync(
        path.join(home, "nginx.conf"),
        `daemon off; master_process off; pid ${home}/pid; error_log stderr;
       events {}
       http { ${temporary} access_log off; types { text/html html; }
         server { listen 127.0.0.1:${port};
           root ${base === "/" ? outDir : path.dirname(outDir)};
           include ${outDir}/_hosting/nginx.conf; } }`,
      );
      const nginx = spawn(
        findProgram(NGINX)!,
        ["-p", home, "-c", `${home}/nginx.conf`],
        { stdio: ["ignore", "ignore", "pipe"] },
      );
      closing.push(() => nginx.kill());
      let said = "";
      nginx.stderr.on("data", (text) => (said += text));
      await expect
        .poll(
          () =>
            fetch(origin + base).then(
              ({ status }) => status,
              () => said,
            ),
          { timeout: 15_000 },
        )
        .toBe(200);
      await isAsDescribed(origin);
    });

    it("by hosts that read _headers", () => {
      const blocks = readFileSync(path.join(outDir, "_headers"), "utf8")
        .trim()
        .split("\n\n")
        .map((block) => {
          const [place = "", ...lines] = block.split("\n");
          return { place, lines: lines.map((line) => line.trim()) };
        });
      // What Cloudflare takes.
      expect(blocks.length).toBeLessThan(100);
      for (const address of PATHS) {
        const matching = blocks.filter(({ place }) =>
          new RegExp(
            `^${place
              .replace(/[.]/g, "\\.")
              .replace(/:\w+/g, "[^/]+")
              .replace("*", ".*")}$`,
          ).test(base.slice(0, -1) + address),
        );
        expect(matching.flatMap(({ lines }) => lines).sort(), address).toEqual(
          Object.entries(headersFor(rules, address))
            .map(([name, value]) => `${name}: ${value}`)
            .sort(),
        );
      }
    });
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
