/** Who may ask the desk, and for which files: everything that is not plainly allowed is refused. */
import { lstat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { deskText } from "../i18n/desk.ts";
import { placeOf } from "../loader/files.ts";
import type { KindName } from "../schema/kinds.ts";
import { quoted, type Problem } from "../schema/problem.ts";
import {
  DOCUMENT_EXTENSIONS,
  fileNamePattern,
  PICTURE_EXTENSIONS,
} from "../schema/values.ts";
import type { Person } from "./git.ts";

/** The editor is told why, and nothing was done. */
export class Refusal extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(
    status: number,
    message: string,
    problems: readonly Problem[] = [],
  ) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** What the protocol calls the content folder, wherever it lies in its repository. */
export const ROOT = "content";

const ATTACHED = [...PICTURE_EXTENSIONS, ...DOCUMENT_EXTENSIONS] as const;
const EXTENSION = new RegExp(`\\.(?:mdx|yaml|${ATTACHED.join("|")})$`);
const ATTACHED_NAME = fileNamePattern(ATTACHED);
/**
 * A folder's or file's name: starts with a letter or digit, so no `.git`, no `..`, nothing hidden and no
 * option; no `~`, by which Windows shortens names; no invisible character, which some file systems drop.
 */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._ +()-]*[\p{L}\p{N})])?$/u;
const MAX_PATH = 300;

/**
 * Reads a path of the protocol.
 *
 * @param given `content/news/2026/a/index.mdx`
 * @returns the path below the content folder
 * @throws Refusal for what is not an allowed file below it
 */
export function contentFile(given: string): string {
  const file = contentFolder(given);
  if (!EXTENSION.test(file)) throw badPath(given);
  return file;
}

/**
 * Reads a folder of the protocol.
 *
 * @returns the folder below the content folder; empty for that folder itself
 * @throws Refusal for what is not a folder in it
 */
export function contentFolder(given: string): string {
  const [root, ...names] = given.split("/");
  if (
    given.length > MAX_PATH ||
    root !== ROOT ||
    given !== given.normalize("NFC") ||
    !names.every((name) => NAME.test(name))
  )
    throw badPath(given);
  return names.join("/");
}

const badPath = (given: string) =>
  new Refusal(403, deskText.badPath(quoted(given)));

/** What a file belongs to. */
export interface EntryPlace {
  kind: KindName;
  id: string;
  /** The entry's folder, or its one file, below the content folder. */
  root: string;
  /** The file with the entry's fields. */
  main: string;
}

/**
 * Finds the entry that a file belongs to.
 *
 * @param file path below the content folder
 * @throws Refusal when it is no entry's
 */
export function entryPlace(file: string): EntryPlace {
  const place = placeOf(file);
  if (!place || place.rest?.includes("/"))
    throw new Refusal(403, deskText.badPlace(quoted(file)));
  const { kind, id, rest } = place;
  if (rest === undefined) return { kind, id, root: file, main: file };
  const root = file.slice(0, -rest.length - 1);
  return { kind, id, root, main: `${root}/index.mdx` };
}

/**
 * Lets a file be written only under a name that it can be published under.
 *
 * @throws Refusal for any other
 */
export function checkWritable(
  file: string,
  { main }: Pick<EntryPlace, "main">,
): void {
  if (file !== main && !ATTACHED_NAME.test(path.posix.basename(file)))
    throw new Refusal(422, deskText.badName(quoted(file)));
}

const COLLECTION = /^[a-z]+(?:-[a-z]+)*$/;
/** As Decap makes it from the file's path: `2026/ten-bai/index`. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*){0,3}$/;

/** The branches of drafts; no other branch but the published one is ever named. */
export const DRAFTS = "refs/heads/cms/";

/**
 * The branch of a draft.
 *
 * @throws Refusal when the names could lead to another branch
 */
export function draftRef(collection: string, slug: string): string {
  const ref = `${DRAFTS}${collection}/${slug}`;
  if (!COLLECTION.test(collection) || !SLUG.test(slug) || ref.length > 240)
    throw new Refusal(403, deskText.badPath(quoted(slug)));
  return ref;
}

/**
 * Makes sure that a path leads nowhere else: folders on the way, a plain file or nothing at its end.
 *
 * @param root absolute path that is trusted
 * @param file path below it
 * @throws Refusal when there is a link or anything else
 */
export async function checkWay(root: string, file: string): Promise<void> {
  const names = file.split("/");
  for (let count = 1; count <= names.length; count++) {
    const way = path.join(root, ...names.slice(0, count));
    const status = await lstat(way).catch(() => undefined);
    if (!status) return;
    if (count < names.length ? !status.isDirectory() : !status.isFile())
      throw new Refusal(409, deskText.link(quoted(file)));
  }
}

/** Addresses that the desk answers at, as `Host` says them: `localhost:4321`. */
export type Hosts = readonly string[];

/**
 * Lets through only what the desk's own pages send. A page elsewhere cannot: what browsers add tells. A name
 * that was made to point here (DNS rebinding) is not in `hosts`. Browsers leave `Origin` out where a page
 * reads from its own site, and only there.
 *
 * @throws Refusal otherwise
 */
export function checkOrigin(request: IncomingMessage, hosts: Hosts): void {
  const { host, origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (!host || !hosts.includes(host.toLowerCase()))
    throw new Refusal(403, deskText.badHost);
  const mayLackOrigin = request.method === "GET" && origin === undefined;
  if (
    !(mayLackOrigin || isOwnOrigin(origin, hosts)) ||
    (site && site !== "same-origin")
  )
    throw new Refusal(403, deskText.badOrigin);
}

/**
 * Lets a body through by what it says it is: other than a form's types, none crosses from another site
 * without the browser's asking first.
 *
 * @returns the type alone, in small letters
 * @throws Refusal for any other
 */
export function checkType(request: IncomingMessage, accepts: RegExp): string {
  const given = (request.headers["content-type"] ?? "").toLowerCase();
  const [type = "", charset = "charset=utf-8"] = given.split(/;\s*/);
  if (!accepts.test(type) || charset !== "charset=utf-8")
    throw new Refusal(415, deskText.badType);
  return type;
}

const isOwnOrigin = (origin: string | undefined, hosts: Hosts): boolean =>
  hosts.some(
    (host) => origin === `http://${host}` || origin === `https://${host}`,
  );

/**
 * Reads a request's body.
 *
 * @throws Refusal when it is larger than allowed
 */
export async function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = new Refusal(
    413,
    deskText.tooLarge(Math.floor(maxBytes / 1e6)),
  );
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge;
  const parts: Buffer[] = [];
  let length = 0;
  // Not destroyed by leaving the loop: whoever is told "too large" must be able to read it.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += (part as Buffer).length;
    if (length > maxBytes) throw tooLarge;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** Reads a body that says it is JSON. @throws Refusal when it is not */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, deskText.badRequest);
  }
}

/** What a person's name in the history must look like, and a mail. */
export const PERSON = /^(?=.*\p{L})[^<>\p{Cc}]{1,100}$/u;
export const MAIL = /^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u;

/**
 * On loopback the browser asks the editor once and sends the answer along, percent-encoded: headers are
 * ASCII. It is a name for the history, not a proof; where there are accounts it does not count (accounts.ts).
 */
export function editorFromHeaders({
  headers,
}: IncomingMessage): Person | undefined {
  const [name = "", mail = ""] = [
    headers["x-editor-name"],
    headers["x-editor-mail"],
  ].map((value) =>
    decoded(String(value ?? ""))
      .normalize("NFC")
      .trim(),
  );
  return PERSON.test(name) && MAIL.test(mail) && mail.length <= 200
    ? { name, mail }
    : undefined;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
