/**
 * Who may come to the desk, and as what: the file that `ACCOUNTS` names. Who asks, a proxy before the desk says
 * in one request header; the file says who that is. Nothing else a browser sends counts.
 */
import { readFileSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { accountText, deskText } from "../i18n/desk.ts";
import { decodeText } from "../judge/text.ts";
import { parseYaml, type ParsedYaml } from "../judge/yaml.ts";
import { field, isRecord } from "../schema/field.ts";
import { checkData } from "../schema/messages.ts";
import {
  error,
  formatProblems,
  quoted,
  type Finding,
} from "../schema/problem.ts";
import type { Person } from "./git.ts";
import { MAIL, PERSON, Refusal } from "./guard.ts";

/** What somebody may do; see roles.ts. */
export const ROLES = ["editor", "approver"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody of whom the desk knows what they may do. */
export interface Member extends Person {
  role: Role;
}

/** Says who sent a request. @throws Refusal when nobody is named, or somebody who has no account */
export type Identify = (request: IncomingMessage) => Member;

const words = accountText.fields;

export const LOGIN = /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])?$/;

/** One account; its login stands before it in the file. */
export const account = z.strictObject({
  name: field(
    z.string().trim().regex(PERSON, { error: words.name.hint }),
    words.name,
  ),
  mail: field(
    z
      .string()
      .trim()
      .toLowerCase()
      // It may stand in a header, where several are told apart by a comma.
      .regex(/^[\x21-\x2b\x2d-\x7e]{1,200}$/, { error: words.mail.hint })
      .regex(MAIL, { error: words.mail.hint }),
    words.mail,
  ),
  role: field(z.enum(ROLES), {
    ...words.role,
    options: accountText.roles,
  }),
});
export type Account = z.output<typeof account>;

/** Accounts by their logins. */
export type AccountList = Readonly<Record<string, Account>>;

/**
 * Reads what an accounts file holds.
 *
 * @param file how the file is called in messages
 * @throws Error in Vietnamese that names every mistake with its line, field and remedy
 */
export function parseAccounts(bytes: Uint8Array, file: string): AccountList {
  const { text, findings } = decodeText(bytes);
  const yaml = text === undefined ? undefined : parseYaml(text);
  const found = !yaml
    ? findings
    : "finding" in yaml
      ? [yaml.finding]
      : findingsIn(yaml);
  const errors = found.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Error(
      `${accountText.broken}\n${formatProblems(errors.map((one) => ({ ...one, file })))}`,
    );
  return Object.fromEntries(
    Object.entries((yaml as ParsedYaml).data as object).map(([login, data]) => [
      login,
      account.parse(data),
    ]),
  );
}

function findingsIn({ data, lineOf }: ParsedYaml): Finding[] {
  if (!isRecord(data))
    return [error("accounts", accountText.noList, accountText.noListRemedy)];
  const mails = new Map<string, string>();
  return Object.entries(data).flatMap(([login, given]) => {
    const at = { line: lineOf([login]), field: login };
    if (!LOGIN.test(login))
      return error("login", accountText.badLogin(quoted(login)), words.login, {
        line: at.line,
      });
    const checked = checkData(account, given);
    if (!checked.ok)
      return checked.findings.map((one) => ({
        ...one,
        line: lineOf([login, ...one.path]),
        field: one.field ? `${login} › ${one.field}` : login,
      }));
    const { mail } = checked.data;
    const other = mails.get(mail);
    mails.set(mail, login);
    return other === undefined
      ? []
      : error(
          "same-mail",
          accountText.sameMail(mail, other),
          accountText.sameMailRemedy,
          at,
        );
  });
}

/** What stands for a file as it is now; nothing when it is not there. */
function printOf(file: string): string {
  const status = statSync(file, { throwIfNoEntry: false });
  return status
    ? `${status.ino} ${status.size} ${status.mtimeMs} ${status.ctimeMs}`
    : "";
}

/** The accounts of a file, read again when it has changed. A broken file changes nothing, and is told of. */
export class Accounts {
  readonly #file: string;
  readonly #tell: (message: string) => void;
  #print: string;
  #list: AccountList;
  #trouble: string | undefined;

  /**
   * @param tell told of what is wrong with a file that has changed
   * @throws Error in Vietnamese when there is no such file, or it is broken
   */
  constructor(file: string, tell: (message: string) => void = () => {}) {
    this.#file = file;
    this.#tell = tell;
    this.#print = printOf(file);
    this.#list = this.#read();
  }

  /** Why the file's newest text does not count. */
  get trouble(): string | undefined {
    this.#refresh();
    return this.#trouble;
  }

  /** Whom a login or mail belongs to, written exactly as in the file but for a mail's capitals. */
  find(given: string): Member | undefined {
    this.#refresh();
    const mail = given.toLowerCase();
    const found = Object.hasOwn(this.#list, given)
      ? this.#list[given]
      : Object.values(this.#list).find((one) => one.mail === mail);
    return found && { ...found };
  }

  /** @throws Error in Vietnamese */
  #read(): AccountList {
    try {
      return parseAccounts(readFileSync(this.#file), this.#file);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      throw code === undefined
        ? thrown
        : new Error(accountText.unreadable(this.#file, code), {
            cause: thrown,
          });
    }
  }

  #refresh(): void {
    const print = printOf(this.#file);
    if (print === this.#print) return;
    this.#print = print;
    try {
      this.#list = this.#read();
      this.#trouble = undefined;
    } catch (thrown) {
      this.#trouble = `${(thrown as Error).message}\n${accountText.lastKept}`;
      this.#tell(this.#trouble);
    }
  }
}

/** What a header's name may be: what proxies send on, and no header that means something else. */
const HEADER = /^(?!(?:host|origin|cookie|authorization)$)[a-z0-9-]{1,60}$/;

/**
 * Opens the accounts that the environment names.
 *
 * @returns the accounts, and who a request is from; nothing when `ACCOUNTS` is not set
 * @throws Error in Vietnamese when the settings or the file are wrong
 */
export function openAccounts(
  { ACCOUNTS: file, TRUST_HEADER: given }: NodeJS.ProcessEnv,
  tell?: (message: string) => void,
): { accounts: Accounts; identify: Identify } | undefined {
  if (!file) {
    if (given) throw new Error(accountText.headerAlone);
    return undefined;
  }
  const header = (given || "x-remote-user").toLowerCase();
  if (!HEADER.test(header)) throw new Error(accountText.badHeader(given!));
  const accounts = new Accounts(file, tell);
  return { accounts, identify: byHeader(accounts, header) };
}

/** One value, of plain characters, as it stands: nothing is decoded, nothing is picked out of several. */
const SINGLE = /^[\x21-\x2b\x2d-\x7e]{1,200}$/;

/** Knows people by a header that a proxy overwrites. */
export const byHeader =
  (accounts: Accounts, header: string): Identify =>
  (request) => {
    const values = request.headersDistinct[header] ?? [];
    if (values.every((value) => value === ""))
      throw new Refusal(401, deskText.noLogin);
    const [value = ""] = values;
    const member =
      values.length === 1 && SINGLE.test(value)
        ? accounts.find(value)
        : undefined;
    if (!member) throw new Refusal(403, deskText.noAccount(quoted(value)));
    return member;
  };
