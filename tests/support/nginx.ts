/** A real nginx, with what `npm run -s nginx` prints for it. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./port.ts";
import { NGINX, findProgram } from "./programs.ts";
import { temporaryFolder } from "./temporary.ts";

const CLI = fileURLToPath(new URL("../../src/cli/nginx.ts", import.meta.url));
/** Where Debian has the module, built for its own nginx. */
const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
export const HAS_BROTLI = existsSync(BROTLI);

/** What is printed for a site. @throws what is said instead */
export function printed(
  env: Record<string, string>,
  ...options: string[]
): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [CLI, ...options],
    { encoding: "utf8", env: { PATH: process.env.PATH, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The ports of this machine that stand for 80 and 443. */
export interface Ports {
  plain: number;
  secure: number;
}

export interface Nginx extends Ports {
  /** The one that answers without TLS. */
  origin: string;
  home: string;
  /** Reads its configuration anew. @returns whether it would start with it, and what it says */
  test(): { ok: boolean; said: string };
  close(): void;
}

/**
 * Starts nginx.
 *
 * @param http what stands in `http { }`
 */
export async function startNginx(http: string): Promise<Nginx> {
  const home = temporaryFolder("nginx");
  const ports = { plain: await freePort(), secure: await freePort() };
  const file = path.join(home, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${home}/${name};`)
    .join(" ");
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${home}/pid; error_log stderr;
     ${HAS_BROTLI ? `load_module ${BROTLI};` : ""}
     events {}
     http { ${temporary} access_log off;
       include /etc/nginx/mime.types; default_type application/octet-stream;
       ${onLoopback(http, ports)} }`,
  );
  const program = findProgram(NGINX)!;
  const args = ["-p", home, "-c", file];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const origin = `http://127.0.0.1:${ports.plain}`;
  while (!(await answers(origin))) {
    if (child.exitCode !== null) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    ...ports,
    origin,
    home,
    test: () => {
      const { status, stderr } = spawnSync(program, [...args, "-t"], {
        encoding: "utf8",
      });
      return { ok: status === 0, said: stderr };
    },
    close: () => child.kill(),
  };
}

const answers = (origin: string): Promise<boolean> =>
  fetch(origin, { redirect: "manual" }).then(
    () => true,
    () => false,
  );

/** Only this machine can ask, at ports that everybody may open. */
const onLoopback = (config: string, { plain, secure }: Ports): string =>
  config.replace(
    /listen (\[::\]:)?(80|443)\b/g,
    (_, six: string | undefined, port: string) =>
      `listen ${six ? "[::1]" : "127.0.0.1"}:${port === "80" ? plain : secure}`,
  );

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks for an address exactly as it is given: `fetch` would tidy it. */
export async function ask(
  origin: string,
  address: string,
  {
    method = "GET",
    headers = {},
    body,
    from,
  }: {
    method?: string;
    headers?: Record<string, string>;
    body?: Buffer;
    /** The address that the request comes from. */
    from?: string;
  } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: hostname.replace(/^\[|\]$/g, ""),
        port,
        path: address,
        method,
        headers,
        agent: false,
        ...(from ? { localAddress: from } : {}),
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      },
    );
    sent.once("error", reject).end(body);
  });
}

/** A certificate for this machine, and its key. */
export function makeCertificate(): { certificate: string; key: string } {
  const folder = temporaryFolder("tls");
  mkdirSync(folder, { recursive: true });
  const [certificate, key] = ["cert.pem", "key.pem"].map((name) =>
    path.join(folder, name),
  ) as [string, string];
  execFileSync(
    "openssl",
    [
      "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 2",
      "-subj /CN=localhost -addext subjectAltName=DNS:localhost",
      `-out ${certificate} -keyout ${key}`,
    ]
      .join(" ")
      .split(" "),
    { stdio: "ignore" },
  );
  return { certificate, key };
}
