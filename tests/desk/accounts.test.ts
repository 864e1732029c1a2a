/** Accounts: what the file may hold, and who a request is taken for. */
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  byHeader,
  openAccounts,
  parseAccounts,
} from "../../src/desk/accounts.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { mainOf, Place, startDesk } from "./place.ts";

const DAO = "dao:\n  name: Bà Đào\n  mail: Dao@example.vn\n  role: editor\n";
const TIN =
  "ly.tin:\n  name: Cô Tin\n  mail: tin@example.vn\n  role: approver\n";
const DAO_IS = { name: "Bà Đào", mail: "dao@example.vn", role: "editor" };

const parse = (text: string) =>
  parseAccounts(Buffer.from(text), "accounts.yaml");

describe("an accounts file", () => {
  it("names people by their logins", () => {
    expect(parse(DAO + TIN)).toEqual({
      dao: DAO_IS,
      "ly.tin": { name: "Cô Tin", mail: "tin@example.vn", role: "approver" },
    });
    expect(parse("")).toEqual({});
  });

  it.each([
    ["a role that is none", DAO.replace("editor", "admin"), "dao › role"],
    ["no role", DAO.replace(/ {2}role.*\n/, ""), "dao › role"],
    ["a mail that is none", DAO.replace("@", " "), "dao › mail"],
    ["two mails", DAO.replace("@example", "@a.vn,b@example"), "dao › mail"],
    ["a name that is none", DAO.replace("Bà Đào", "'<x>'"), "dao › name"],
    ["what no account has", `${DAO}  rôle: editor\n`, "rôle"],
    ["a login nobody can type", DAO.replace("dao", '"Bà Đào"'), "Bà Đào"],
    ["a login that is a mail", DAO.replace("dao", "dao@a.vn"), "dao@a.vn"],
    ["an inherited name", DAO.replace("dao", "__proto__"), "__proto__"],
    [
      "one mail twice",
      DAO + DAO.replace("dao:", "tin:"),
      "đã là của tài khoản «dao»",
    ],
    ["an account twice", DAO + DAO, "viết hai lần"],
    ["a list", "- dao\n", "không phải danh sách tài khoản"],
    ["no YAML", "dao: [", "sai cú pháp"],
    ["no text", "\0", "không phải văn bản"],
  ])("with %s is refused in words that name it", (_, text, named) => {
    expect(() => parse(text)).toThrow(named);
    expect(() => parse(text)).toThrow("accounts.yaml");
  });

  it("is needed where it is named, and names the header", () => {
    expect(openAccounts({})).toBeUndefined();
    expect(() => openAccounts({ TRUST_HEADER: "x-user" })).toThrow("ACCOUNTS");
    expect(() => openAccounts({ ACCOUNTS: "/khong/co.yaml" })).toThrow(
      "/khong/co.yaml (ENOENT)",
    );
    const file = path.join(temporaryFolder("accounts"), "accounts.yaml");
    writeFileSync(file, DAO);
    for (const header of ["cookie", "Host", "a b", "x:y"])
      expect(
        () => openAccounts({ ACCOUNTS: file, TRUST_HEADER: header }),
        header,
      ).toThrow("TRUST_HEADER");
  });
});

describe("who asks", () => {
  let file: string;
  let told: string[];
  let origin: string;
  const place = new Place();
  beforeEach(async () => {
    file = path.join(temporaryFolder("accounts"), "accounts.yaml");
    writeFileSync(file, DAO + TIN);
    told = [];
    const { identify } = openAccounts({ ACCOUNTS: file }, (words) =>
      told.push(words),
    )!;
    origin = await startDesk(place, undefined, undefined, identify);
  });

  /** Asks who one is with headers as they are, line by line. */
  async function ask(...lines: string[]): Promise<[number, unknown]> {
    const { host, port, hostname } = new URL(origin);
    const socket = connect(Number(port), hostname);
    socket.end(
      Buffer.from(
        ["GET /admin/api/me HTTP/1.1", `Host: ${host}`, "Connection: close"]
          .concat(lines, "", "")
          .join("\r\n"),
        "latin1",
      ),
    );
    let said = "";
    for await (const bytes of socket.setEncoding("utf8")) said += bytes;
    const body = said.slice(said.indexOf("{"), said.lastIndexOf("}") + 1);
    return [Number(said.split(" ")[1]), body && JSON.parse(body)];
  }

  it("is who the proxy names, by login or mail", async () => {
    const is = [200, expect.objectContaining(DAO_IS)];
    expect(await ask("X-Remote-User: dao")).toEqual(is);
    expect(await ask("x-remote-user:  DAO@example.vn ")).toEqual(is);
  });

  it("is nobody without a login, and refused without an account", async () => {
    for (const lines of [
      [],
      ["X-Remote-User:"],
      // What a browser says of itself, or of its role, counts for nothing.
      ["X-Editor-Name: B%C3%A0", "X-Editor-Mail: dao@example.vn"],
      ["Remote-User: dao", "X-Forwarded-User: dao", "X-Remote-Role: approver"],
      ["X_Remote_User: dao"],
      ["Authorization: Basic ZGFvOmRhbw=="],
    ])
      expect((await ask(...lines))[0], String(lines)).toBe(401);
    for (const lines of [
      ["X-Remote-User: ai-do"],
      ["X-Remote-User: Dao"],
      ["X-Remote-User: dao, tin"],
      ["X-Remote-User: dao,dao"],
      ["X-Remote-User: dao", "X-Remote-User: dao"],
      ["X-Remote-User: dao", "X-Remote-User: ly.tin"],
      ["X-Remote-User: ", "X-Remote-User: dao"],
      ["X-Remote-User: d%61o"],
      ["X-Remote-User: dao%00"],
      ["X-Remote-User: ＤＡＯ"],
      ["X-Remote-User: \xf0dao"],
      ["X-Remote-User: =?utf-8?q?dao?="],
      ["X-Remote-User: __proto__"],
      ["X-Remote-User: constructor"],
      ["X-Remote-User: Dao <dao@example.vn>"],
      [`X-Remote-User: ${"a".repeat(5000)}`],
    ])
      expect((await ask(...lines))[0], String(lines)).toBe(403);
    const [, refused] = await ask("X-Remote-User: ai-do");
    expect(refused).toMatchObject({
      error: expect.stringContaining("«ai-do» không có trong danh sách"),
    });
  });

  it("enters no room without an account", async () => {
    const rooms = ["status", "log", "health", "logout", "la", "me"];
    for (const room of rooms) {
      const { status } = await fetch(`${origin}/admin/api/${room}`);
      expect(status, room).toBe(401);
    }
    for (const room of ["desk", "pictures", "preview"]) {
      const { status } = await fetch(`${origin}/admin/api/${room}`, {
        method: "POST",
        headers: { origin, "content-type": "application/json" },
        body: JSON.stringify({
          action: "getEntry",
          params: { path: mainOf("mot") },
        }),
      });
      expect(status, room).toBe(401);
    }
  });

  it("is not led by another site to do what their browser is logged in for", async () => {
    const body = JSON.stringify({
      action: "deleteFiles",
      params: { paths: [mainOf("mot")] },
    });
    const own = { origin, "content-type": "application/json" };
    const refs = place.git("for-each-ref");
    for (const [headers, status] of [
      [{ ...own, origin: "https://ke.gian.vn" }, 403],
      [{ ...own, origin: "null" }, 403],
      [{ ...own, "sec-fetch-site": "cross-site" }, 403],
      [{ ...own, "sec-fetch-site": "same-site" }, 403],
      [{ "content-type": "application/json" }, 403],
      [{ ...own, "content-type": "text/plain" }, 415],
      [{ ...own, "content-type": "application/x-www-form-urlencoded" }, 415],
    ] as const) {
      const answer = await fetch(`${origin}/admin/api/desk`, {
        method: "POST",
        headers: { "x-remote-user": "ly.tin", ...headers },
        body,
      });
      expect(answer.status, JSON.stringify(headers)).toBe(status);
    }
    const { status } = await fetch(`${origin}/admin/api/logout?mail=x`, {
      headers: { "x-remote-user": "ly.tin", "sec-fetch-site": "cross-site" },
      redirect: "manual",
    });
    expect(status).toBe(403);
    expect(place.git("for-each-ref")).toBe(refs);
  });

  it("is looked up in the newest file that holds together", async () => {
    const role = async () => {
      const [status, json] = await ask("X-Remote-User: dao");
      return status === 200 ? (json as { role: string }).role : status;
    };
    expect(await role()).toBe("editor");
    writeFileSync(file, DAO.replace("editor", "approver"));
    expect(await role()).toBe("approver");
    // Half written, broken, gone: the last good one stays, and whoever looks after the machine is told.
    writeFileSync(file, DAO.replace("editor", "vua"));
    expect(await role()).toBe("approver");
    expect(told.at(-1)).toContain("«vua»");
    expect(told.at(-1)).toContain("vẫn dùng như cũ");
    expect(told).toHaveLength(1);
    rmSync(file);
    expect(await role()).toBe("approver");
    expect(told.at(-1)).toContain("ENOENT");
    // The same size at the same time is another file all the same.
    writeFileSync(file, DAO);
    expect(await role()).toBe("editor");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, DAO.replaceAll("dao", "tao"));
    utimesSync(file, atime, mtime);
    expect(await role()).toBe(403);
    writeFileSync(file, TIN);
    expect(await role()).toBe(403);
  });

  it("logs out where the browser knows a login, and lets another in", async () => {
    const leave = (login: string, mail: string) =>
      fetch(`${origin}/admin/api/logout?mail=${encodeURIComponent(mail)}`, {
        headers: { "x-remote-user": login },
        redirect: "manual",
      });
    const out = await leave("dao", "dao@example.vn");
    expect(out.status).toBe(401);
    expect(out.headers.get("www-authenticate")).toContain("Basic realm=");
    const other = await leave("ly.tin", "dao@example.vn");
    expect([other.status, other.headers.get("location")]).toEqual([303, "../"]);
  });

  it("may be named by another header", async () => {
    const { accounts } = openAccounts({ ACCOUNTS: file })!;
    origin = await startDesk(
      place,
      undefined,
      undefined,
      byHeader(accounts, "remote-email"),
    );
    expect((await ask("Remote-Email: tin@example.vn"))[0]).toBe(200);
    expect((await ask("X-Remote-User: dao"))[0]).toBe(401);
  });
});
