/** `npm run account`: two files that stay whole, and passwords that stand nowhere. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { ROOT, temporaryFolder } from "../support/site.ts";

const PASSWORD = "mot mat khau dai";
const DAO = ["--name", "Bà Đào", "--mail", "dao@example.vn"];

const folder = temporaryFolder("accounts");
const ACCOUNTS = path.join(folder, "accounts.yaml");
const passwords = () => readFileSync(path.join(folder, "htpasswd"), "utf8");

async function run(args: string[], input = "") {
  const child = spawn(process.execPath, ["src/cli/account.ts", ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ACCOUNTS },
  });
  child.stdin.end(input);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

it("adds, tells of, changes and removes an account", async () => {
  const { code, said } = await run(
    ["add", "dao", ...DAO, "--role", "editor"],
    `${PASSWORD}\n`,
  );
  expect([code, said]).toEqual([0, "Đã thêm tài khoản «dao».\n"]);
  const [login, hash = ""] = passwords().trim().split(":");
  const salt = hash.split("$")[2]!;
  const openssl = ["passwd", "-6", "-salt", salt, "-stdin"];
  expect(login).toBe("dao");
  expect(
    execFileSync("openssl", openssl, { input: PASSWORD }).toString().trim(),
  ).toBe(hash);
  expect(passwords() + readFileSync(ACCOUNTS, "utf8")).not.toContain(PASSWORD);
  for (const name of ["accounts.yaml", "htpasswd"])
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o640);

  expect((await run(["list"])).said).toBe(
    "dao\tngười viết\tBà Đào <dao@example.vn>\n",
  );
  expect((await run(["password", "dao"], "mat khau khac han\n")).code).toBe(0);
  expect(passwords()).toMatch(/^dao:\$6\$[^\n]+\n$/);
  expect(passwords()).not.toContain(hash);

  // What others put beside it stays.
  writeFileSync(path.join(folder, "htpasswd"), `la:x:y\n${passwords()}`);
  expect((await run(["list"])).said).toContain("la\tcó mật khẩu nhưng");
  expect((await run(["remove", "dao"])).code).toBe(0);
  expect(passwords()).toBe("la:x:y\n");
  expect((await run(["list"])).said).not.toContain("dao");
  expect(readdirSync(folder).sort()).toEqual(["accounts.yaml", "htpasswd"]);
});

it("changes nothing when it is told something wrong", async () => {
  writeFileSync(
    ACCOUNTS,
    "tin:\n  name: Cô Tin\n  mail: tin@example.vn\n  role: approver\n",
  );
  chmodSync(ACCOUNTS, 0o600);
  const before = [readFileSync(ACCOUNTS, "utf8"), passwords()];
  for (const [args, input, named] of [
    [["add", "dao", ...DAO, "--role", "vua"], PASSWORD, "«vua»"],
    [["add", "Bà Đào", ...DAO, "--role", "editor"], PASSWORD, "«Bà Đào»"],
    [["add", "tin", ...DAO, "--role", "editor"], PASSWORD, "Đã có"],
    [
      ["add", "dao", "--name", "X", "--mail", "tin@example.vn"].concat([
        "--role",
        "editor",
      ]),
      PASSWORD,
      "đã là của tài khoản «tin»",
    ],
    [["add", "dao", ...DAO, "--role", "editor"], "ngắn", "Mật khẩu phải"],
    [["password", "dao"], PASSWORD, "Không có tài khoản «dao»"],
    [["remove", "dao"], "", "Không có tài khoản «dao»"],
    [["password", "tin", "--password", PASSWORD], "", "Cách dùng"],
    [["constructor", "tin"], "", "Cách dùng"],
  ] as const) {
    const { code, said } = await run([...args], input);
    expect([code, said], args.join(" ")).toEqual([
      1,
      expect.stringContaining(named),
    ]);
    expect(said).not.toContain(PASSWORD);
    expect([readFileSync(ACCOUNTS, "utf8"), passwords()]).toEqual(before);
  }
});
