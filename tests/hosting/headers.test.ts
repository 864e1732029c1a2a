/** The one description of headers, as each host reads it. */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADMIN_POLICY } from "../../admin/policy.ts";
import { serveFolder } from "../../src/cli/serve.ts";
import {
  STRICT_TRANSPORT,
  headerRules,
  headersFor,
} from "../../src/hosting/headers.ts";
import { contentPolicy } from "../../src/layouts/policy.ts";
import { ask, printed, startNginx } from "../support/nginx.ts";
import { EMBED_HOSTS, HOST, PATHS, makeReleases } from "./release.ts";

const FRAMED =
  "frame-ancestors 'self' https://cong.example http://cong.example https://*.bao.example http://*.bao.example";
const FOR_EVER = "public, max-age=31536000, immutable";
const ANEW = "public, max-age=0, must-revalidate";

/** A page by its file's name. */
const ODD = ["/nhung/index.html", "/mo-hinh/index.html"];

const rules = headerRules({ embedHosts: EMBED_HOSTS });
const NAMES = [
  ...new Set([
    ...rules.flatMap(({ headers }) => Object.keys(headers)),
    ...Object.keys(STRICT_TRANSPORT),
  ]),
];

describe("the description", () => {
  it.each([
    [
      "/",
      {
        "x-frame-options": "DENY",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": ANEW,
        // Browsers open no page that has it from a portal's sandboxed frame.
        "cross-origin-opener-policy": undefined,
      },
    ],
    ["/nhung/", { "x-frame-options": "DENY" }],
    [
      "/nhung/moi-nhat/",
      {
        "x-frame-options": undefined,
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": ANEW,
      },
    ],
    [
      "/nhung/nhung.js",
      {
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=3600",
      },
    ],
    ["/nhung/js/khung.a1b2c3d4.js", { "cache-control": FOR_EVER }],
    ["/oembed/trang-chu.json", { "access-control-allow-origin": "*" }],
    [
      "/linh-vuc/che/feed.json",
      {
        "access-control-allow-origin": "*",
        "x-frame-options": "DENY",
        "cache-control": ANEW,
      },
    ],
    ["/api/", { "access-control-allow-origin": undefined }],
    ["/api/v1/stories.json", { "access-control-allow-origin": "*" }],
    ["/pagefind/search.json", { "cache-control": ANEW }],
    ["/pagefind/index/vi_a1b2c3d.pf_index", { "cache-control": FOR_EVER }],
    [
      "/_astro/chu.a1b2c3d4.woff2",
      { "access-control-allow-origin": "*", "cache-control": FOR_EVER },
    ],
    [
      "/mo-hinh/bai/",
      {
        "access-control-allow-origin": undefined,
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
      },
    ],
    [
      "/admin/",
      {
        "content-security-policy": `${ADMIN_POLICY}; frame-ancestors 'none'`,
        "cache-control": "no-cache",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
      },
    ],
    [
      "/admin/assets/ma.js",
      // No proxy on the way keeps what only editors get.
      { "cache-control": "private, max-age=31536000, immutable" },
    ],
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

  it("has the policy that every page has in itself, whatever its style, and says who may frame it", () => {
    const said = (address: string) =>
      headersFor(rules, address)["content-security-policy"]!.split("; ");
    const own = contentPolicy("a{color:red}", true).split("; ");
    const styles = (directive: string) =>
      directive.replace(/'sha256-[^']+'$/, "'unsafe-inline'");
    expect(said("/")).toEqual([
      ...own.map((one) => (one.startsWith("style-src") ? styles(one) : one)),
      "frame-ancestors 'none'",
    ]);
    expect(said("/nhung/moi-nhat/")).toEqual([
      ...said("/").filter((one) => !one.startsWith("frame-")),
      FRAMED,
    ]);
  });

  it("lets everybody frame views where the site names nobody", () => {
    const open = headerRules({ embedHosts: [] });
    const said = headersFor(open, "/nhung/moi-nhat/");
    expect(said["content-security-policy"]).not.toContain("frame-ancestors");
    expect(said).not.toHaveProperty("x-frame-options");
    expect(headersFor(open, "/")).toHaveProperty("x-frame-options", "DENY");
  });
});

const saidBy = async (
  origin: string,
  address: string,
  own: readonly string[] = [],
): Promise<Record<string, string>> => {
  const { headers } = await ask(origin, address);
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers[name];
      return value === undefined || own.includes(name)
        ? []
        : [[name, String(value)]];
    }),
  );
};

describe.each(["/", "/guong-sang/"])("a site at %s is given these", (base) => {
  const { siteDir, outDir } = makeReleases(base);
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  async function isAsDescribed(
    origin: string,
    addresses: readonly string[],
  ): Promise<void> {
    for (const address of addresses)
      expect(
        await saidBy(origin, base.slice(0, -1) + address),
        address,
      ).toEqual(headersFor(rules, address));
    // An error is not to be kept, whatever was asked for.
    for (const address of ["/khong-co/", "/_astro/khong-co.css", "/nhung/x/"])
      expect(
        await saidBy(origin, base.slice(0, -1) + address),
        address,
      ).toEqual(headersFor(rules, "/404.html"));
  }

  it("by npm start", async () => {
    const server = await serveFolder({ outDir, base }, 0);
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    await isAsDescribed(`http://localhost:${port}`, [...PATHS, ...ODD]);
  });

  it("by nginx", async () => {
    const nginx = await startNginx(
      printed({
        SITE_DIR: siteDir,
        SITE_URL: `http://${HOST}`,
        BASE_PATH: base,
      }).replaceAll("auth_basic ", "# auth_basic "),
    );
    closing.push(nginx.close);
    await isAsDescribed(nginx.origin, [...PATHS, ...ODD]);
  });

  describe("by hosts that read _headers", () => {
    let blocks: { place: string; lines: string[] }[];
    beforeAll(() => {
      blocks = readFileSync(path.join(outDir, "_headers"), "utf8")
        .trim()
        .split("\n\n")
        .map((block) => {
          const [place = "", ...lines] = block.split("\n");
          return { place, lines: lines.map((line) => line.trim()) };
        });
    });

    it("each once", () => {
      for (const address of PATHS) {
        const matching = blocks.filter(({ place }) =>
          new RegExp(
            `^${place
              .replace(/[.]/g, "\\.")
              .replace(/:\w+/g, "[^/]+")
              .replace("*", ".*")}$`,
          ).test(base.slice(0, -1) + address),
        );
        const expected = {
          ...headersFor(rules, address),
          ...(base === "/" ? STRICT_TRANSPORT : {}),
        };
        expect(matching.flatMap(({ lines }) => lines).sort(), address).toEqual(
          Object.entries(expected)
            .map(([name, value]) => `${name}: ${value}`)
            .sort(),
        );
      }
    });

    it("in as much as they take", () => {
      expect(blocks.length).toBeLessThan(100);
      for (const { place, lines } of blocks) {
        expect(place.match(/\*/g)?.length ?? 0, place).toBeLessThan(2);
        for (const line of lines) expect(line.length).toBeLessThan(2000);
      }
    });

    it("with old addresses", () => {
      const below = base.slice(0, -1);
      expect(readFileSync(path.join(outDir, "_redirects"), "utf8")).toBe(
        `${below}/tin-cu/bai/ ${below}/mo-hinh/bai/ 301\n`,
      );
    });
  });
});
