/** A server as docs/install.md sets it up, in a folder and on free ports: the desk, nginx before it, accounts. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT } from "../src/build/build.ts";
import { freePort } from "../tests/support/port.ts";
import { NGINX, findProgram } from "../tests/support/programs.ts";
import { commit, startDesk } from "./started.ts";

export const APPROVER = "duyet";
/** The login of the nth editor. */
export const editor = (at: number): string => `bien-tap-${at + 1}`;

const PASSWORD = "chi-de-do-thoi";

export interface Server {
  origin: string;
  /** Asks the desk, through nginx, as who has this login. @throws with what it refuses */
  ask(
    login: string,
    action: string,
    params: object,
  ): Promise<{ version?: string }>;
  /** The address of a file of so many bytes that another server of the same nginx sends, with nothing else to do. */
  bareFile(bytes: number): string;
  /** Process numbers by what they are. */
  processes(): Record<string, number[]>;
  close(): Promise<void>;
}

/**
 * Opens a server over a content folder, which is committed to a repository of its own.
 *
 * @param folder where everything may be put
 * @returns when the first release is out
 */
export async function openServer(
  folder: string,
  content: string,
  editors: number,
): Promise<Server> {
  commit(path.dirname(content));
  const [port, barePort] = [await freePort(), await freePort()];
  const origin = `http://localhost:${port}`;
  const inFolder = (name: string) => path.join(folder, name);
  const env = {
    ...process.env,
    CONTENT_DIR: content,
    CACHE_DIR: inFolder("cache"),
    SITE_DIR: inFolder("site"),
    SITE_URL: origin,
    SOCKET: inFolder("desk.sock"),
    ACCOUNTS: inFolder("accounts.yaml"),
    HTPASSWD: inFolder("htpasswd"),
  };
  for (const login of [
    APPROVER,
    ...Array.from({ length: editors }, (_, at) => editor(at)),
  ])
    run(
      "account.ts",
      [
        "add",
        login,
        "--name",
        `Người ${login}`,
        "--mail",
        `${login}@example.vn`,
        "--role",
        login === APPROVER ? "approver" : "editor",
      ],
      env,
      `${PASSWORD}\n`,
    );
  const desk = await startDesk(env);
  mkdirSync(inFolder("bare"));
  const nginx = startNginx(
    folder,
    [
      run("nginx.ts", ["--http"], env),
      `server { listen ${port}; server_name localhost; ${run("nginx.ts", ["--locations"], env)} }`,
      `server { listen ${barePort}; root ${inFolder("bare")}; }`,
    ].join("\n"),
  );
  await answering(origin);
  const authorization = (login: string) =>
    `Basic ${Buffer.from(`${login}:${PASSWORD}`).toString("base64")}`;
  const cookies = new Map<string, string>();
  return {
    origin,
    ask: async (login, action, params) => {
      const response = await fetch(`${origin}/admin/api/desk`, {
        method: "POST",
        headers: {
          origin,
          authorization: authorization(login),
          "content-type": "application/json",
          cookie: cookies.get(login) ?? "",
        },
        body: JSON.stringify({ action, params }),
      });
      const [cookie] = response.headers.getSetCookie();
      if (cookie) cookies.set(login, cookie.split(";")[0]!);
      const answer = await response.text();
      if (!response.ok)
        throw new Error(`${action}: ${response.status} ${answer}`);
      return JSON.parse(answer) as { version?: string };
    },
    bareFile: (bytes) => {
      writeFileSync(inFolder("bare/file"), Buffer.alloc(bytes, "x"));
      return `http://localhost:${barePort}/file`;
    },
    processes: () => ({
      desk: [desk.pid!],
      "what the desk runs": childrenOf(desk.pid!),
      nginx: [nginx.pid!, ...childrenOf(nginx.pid!)],
    }),
    close: async () => {
      nginx.kill("SIGTERM");
      desk.kill("SIGTERM");
      await Promise.all(
        [nginx, desk].map((child) =>
          child.exitCode === null
            ? new Promise((resolve) => child.once("close", resolve))
            : undefined,
        ),
      );
    },
  };
}

/** Runs one of this project's programs. */
const run = (
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  input = "",
): string =>
  execFileSync(
    process.execPath,
    [path.join(ROOT, "src/cli", program), ...args],
    {
      cwd: ROOT,
      env,
      input,
      encoding: "utf8",
    },
  );

/** nginx in the foreground, with everything it writes below the folder. */
function startNginx(folder: string, servers: string): ChildProcess {
  const nginx = findProgram(NGINX);
  if (!nginx) throw new Error("There is no nginx: node tests/setup/system.ts");
  const file = path.join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    file,
    [
      "daemon off;",
      // Started by root it would be nobody, who may not read the passwords.
      ...(process.getuid?.() === 0 ? ["user root;"] : []),
      "worker_processes auto;",
      `pid ${folder}/nginx.pid;`,
      `error_log ${folder}/nginx.log;`,
      "events { worker_connections 1024; }",
      "http {",
      "include /etc/nginx/mime.types;",
      "access_log off;",
      "sendfile on;",
      "tcp_nopush on;",
      ...temporary,
      servers,
      "}",
    ].join("\n"),
  );
  return spawn(nginx, ["-c", file, "-e", `${folder}/nginx.log`], {
    stdio: "inherit",
  });
}

async function answering(origin: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await fetch(origin).catch(() => undefined))?.ok) return;
    await pause(200);
  }
  throw new Error(`${origin} does not answer`);
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .split(" ")
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}
