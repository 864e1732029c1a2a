/** The desk on a Unix socket, as a web server asks it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { request, type IncomingMessage, type Server } from "node:http";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { listenOnSocket } from "../../src/desk/listen.ts";
import { runNode, temporaryFolder } from "../support/site.ts";

const socket = path.join(temporaryFolder("socket"), "desk.sock");
let server: Server | undefined;
afterEach(async () => {
  server?.close();
  if (server) await once(server, "close");
  server = undefined;
});

const listen = (base = "/") =>
  listenOnSocket(socket, base, ({ url }, response) =>
    response.end(`desk ${url}`),
  );

async function ask(address: string): Promise<string> {
  const sent = request({ socketPath: socket, path: address, agent: false });
  const [answer] = (await once(sent.end(), "response")) as [IncomingMessage];
  let said = "";
  for await (const part of answer.setEncoding("utf8")) said += part;
  return `${answer.statusCode} ${said}`;
}

it("answers for the desk alone, to its group alone, and leaves nothing behind", async () => {
  server = await listen("/thi-dua/");
  expect(statSync(socket).mode & 0o777).toBe(0o660);
  expect(await ask("/thi-dua/admin/api/me?a=1")).toBe(
    "200 desk /admin/api/me?a=1",
  );
  for (const address of ["/", "/thi-dua/", "/thi-dua/admin/", "/admin/api/me"])
    expect(await ask(address), address).toBe("404 ");
  server.close();
  await once(server, "close");
  server = undefined;
  expect(existsSync(socket)).toBe(false);
});

it("takes over what a killed program left, and nothing else", async () => {
  const code = `require("net").createServer().listen(${JSON.stringify(socket)}, () => console.log("1"))`;
  const other = spawn(process.execPath, ["-e", code]);
  await once(other.stdout, "data");
  await expect(listen()).rejects.toThrow("đang có chương trình khác dùng");
  other.kill("SIGKILL");
  await once(other, "close");
  expect(existsSync(socket)).toBe(true);
  server = await listen();
  expect(await ask("/admin/api/me")).toBe("200 desk /admin/api/me");
  const file = `${socket}.txt`;
  writeFileSync(file, "x");
  await expect(listenOnSocket(file, "/", () => {})).rejects.toThrow(
    "không phải ổ cắm",
  );
  await expect(
    listenOnSocket("/khong/co/desk.sock", "/", () => {}),
  ).rejects.toThrow("/khong/co/desk.sock");
});

it("is not opened where a browser would be believed", async () => {
  const { code, stderr } = await runNode(["src/cli/start.ts"], {
    PATH: process.env.PATH,
    SOCKET: socket,
  });
  expect([code, stderr]).toEqual([1, expect.stringContaining("ACCOUNTS")]);
});
