/**
 * `npm run account -- add LOGIN --name … --mail … --role editor|approver`, `list`, `password LOGIN`, `remove LOGIN`:
 * the accounts file that `ACCOUNTS` names and the passwords beside it, `htpasswd`, by which the web server lets
 * people in. A password is asked for on a terminal, else it is the first line that comes in.
 */
import { execFileSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import { parseAccounts, type AccountList } from "../desk/accounts.ts";
import { accountCommand as text, accountText } from "../i18n/desk.ts";
import { writeYaml } from "../judge/yaml.ts";

/** Something the person at the terminal has to mend. */
class Mistake extends Error {}

const MODE = 0o640;
/** Typed by hand into a browser's own window, which sends no other letters the same way everywhere. */
const PASSWORD = /^[\x20-\x7e]{10,128}$/;

/**
 * Puts a file there whole or not at all, for its owner and group alone: those it had, else the folder's group,
 * since the web server and the desk read it and neither owns it.
 */
function write(file: string, content: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const open = openSync(draft, "wx", MODE);
    try {
      fchmodSync(open, MODE);
      writeSync(open, content);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    const is = statSync(draft);
    const { uid, gid } = existsSync(file)
      ? statSync(file)
      : { uid: is.uid, gid: statSync(path.dirname(file)).gid };
    if (uid !== is.uid || gid !== is.gid) chownSync(draft, uid, gid);
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
}

const read = (file: string): string =>
  existsSync(file) ? readFileSync(file, "utf8") : "";

/** The two files, as they are. */
class Files {
  readonly #accounts: string;
  readonly #passwords: string;
  readonly list: AccountList;

  constructor(file: string | undefined) {
    if (!file) throw new Mistake(text.noFile);
    this.#accounts = file;
    this.#passwords = path.join(path.dirname(file), "htpasswd");
    this.list = parseAccounts(Buffer.from(read(file)), file);
  }

  /** Who may log in at the web server, with what stands for their passwords. */
  passwords(): Map<string, string> {
    const lines = read(this.#passwords).split("\n").filter(Boolean);
    return new Map(
      lines.map((line) => {
        const [login = "", ...rest] = line.split(":");
        return [login, rest.join(":")];
      }),
    );
  }

  /** @throws Error in Vietnamese when what would be written does not hold together */
  writeAccounts(list: AccountList): void {
    const written = text.head + writeYaml(list);
    parseAccounts(Buffer.from(written), this.#accounts);
    write(this.#accounts, written);
  }

  writePassword(login: string, hash: string | undefined): void {
    const all = this.passwords();
    if (hash === undefined) all.delete(login);
    else all.set(login, hash);
    const lines = [...all].map(([name, given]) => `${name}:${given}\n`);
    write(this.#passwords, lines.join(""));
  }

  known(login: string): void {
    if (!Object.hasOwn(this.list, login))
      throw new Mistake(text.unknown(login));
  }
}

/** Asks without showing what is typed. */
async function asked(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: process.stdin,
    output: silent,
    terminal: true,
  });
  process.stderr.write(question);
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}

async function firstLine(): Promise<string> {
  let said = "";
  for await (const part of process.stdin.setEncoding("utf8")) said += part;
  return said.split(/\r?\n/)[0]!;
}

/** A new password as the web server keeps it. @throws Mistake when it cannot be one */
async function newPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  const given = isTerminal ? await asked(text.ask) : await firstLine();
  if (!PASSWORD.test(given)) throw new Mistake(text.badPassword);
  if (isTerminal && (await asked(text.askAgain)) !== given)
    throw new Mistake(text.notSame);
  try {
    return execFileSync("openssl", ["passwd", "-6", "-stdin"], {
      input: `${given}\n`,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    }).trim();
  } catch {
    // What it threw holds what it was given.
    throw new Mistake(text.noOpenssl);
  }
}

const OPTIONS = {
  name: { type: "string" },
  mail: { type: "string" },
  role: { type: "string" },
} as const;

type Given = { name?: string; mail?: string; role?: string };

/** What each word does: says what it has done. */
const COMMANDS: Record<
  string,
  (files: Files, login: string, given: Given) => Promise<string> | string
> = {
  async add(files, login, given) {
    if (Object.hasOwn(files.list, login)) throw new Mistake(text.there(login));
    const next = { ...files.list, [login]: given } as AccountList;
    // What is wrong with it is told before a password is asked for.
    parseAccounts(Buffer.from(writeYaml(next)), login);
    const hash = await newPassword();
    files.writePassword(login, hash);
    files.writeAccounts(next);
    return text.added(login);
  },
  async password(files, login) {
    files.known(login);
    files.writePassword(login, await newPassword());
    return text.changed(login);
  },
  remove(files, login) {
    files.known(login);
    const { [login]: gone, ...rest } = files.list;
    files.writeAccounts(rest);
    files.writePassword(login, undefined);
    const isLast =
      gone?.role === "approver" &&
      !Object.values(rest).some(({ role }) => role === "approver");
    return text.removed(login) + (isLast ? `\n${text.noApprover}` : "");
  },
};

function list(files: Files): string {
  const passwords = files.passwords();
  const lines = Object.entries(files.list).map(
    ([login, { name, mail, role }]) =>
      `${login}\t${accountText.roles[role]}\t${name} <${mail}>${
        passwords.has(login) ? "" : `\t${text.noPassword}`
      }`,
  );
  const strangers = [...passwords.keys()]
    .filter((login) => !Object.hasOwn(files.list, login))
    .map(text.noAccount);
  return [...lines, ...strangers].join("\n") || text.none;
}

async function main(): Promise<string> {
  const { positionals, values } = parseArgs({
    options: OPTIONS,
    allowPositionals: true,
  });
  const [word = "", login, ...rest] = positionals;
  if (word === "list" && login === undefined)
    return list(new Files(process.env.ACCOUNTS));
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (!command || login === undefined || rest.length > 0)
    throw new Mistake(text.usage);
  return command(new Files(process.env.ACCOUNTS), login, { ...values });
}

try {
  console.log(await main());
} catch (thrown) {
  const { code = "", message, path: file } = thrown as NodeJS.ErrnoException;
  console.error(
    code.startsWith("ERR_PARSE_ARGS")
      ? text.usage
      : code === "ABORT_ERR"
        ? text.stopped
        : code && file
          ? text.failed(file, code)
          : message,
  );
  process.exitCode = 1;
}
