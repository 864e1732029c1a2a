/** What keeps a release from being made, in a sentence that says what to do. */
import {
  accessSync,
  constants,
  mkdirSync,
  statfsSync,
  statSync,
} from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { releaseText as text } from "../i18n/release.ts";
import { namesIn, releasesOf } from "./place.ts";

/** A reason that is told as it is. */
export class Trouble extends Error {}

/** Somebody has gone back: nothing is published by itself. */
export class Held extends Trouble {}

const OURS =
  /^(?:current|passing|releases|lock|switching|state\.json|passing\.json)$|^\.|^lost\+found$|\.(?:tmp|old)$/;

/**
 * Makes sure that a release can be made, before anything is done.
 *
 * @param siteDir absolute path, made when missing
 * @param others absolute paths of other folders that are written to
 * @throws Trouble when it cannot
 */
export function prepare(siteDir: string, ...others: string[]): void {
  for (const folder of [siteDir, ...others]) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (thrown) {
      throw troubleOf(thrown, folder) ?? new Trouble(text.notAFolder(folder));
    }
    const status = statSync(folder);
    if (!status.isDirectory()) throw new Trouble(text.notAFolder(folder));
    checkOwner(folder, status.uid);
    try {
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (thrown) {
      throw troubleOf(thrown, folder) ?? thrown;
    }
  }
  const stranger = namesIn(siteDir).find((name) => !OURS.test(name));
  if (stranger) throw new Trouble(text.strangers(siteDir, stranger));
  try {
    mkdirSync(releasesOf(siteDir), { recursive: true });
  } catch (thrown) {
    throw troubleOf(thrown, siteDir) ?? thrown;
  }
}

/** What another user writes, the service's own user could not replace. */
function checkOwner(folder: string, owner: number): void {
  const uid = process.getuid?.();
  if (uid === undefined || uid === owner) return;
  if (uid === 0) throw new Trouble(text.notOurs(folder, nameOf(owner), "root"));
}

const nameOf = (uid: number): string => {
  try {
    return execFileSync("id", ["-nu", String(uid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return String(uid);
  }
};

const me = (): string => {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "");
  }
};

/** A machine that has less left than this has nothing left. */
const FULL_BYTES = 1024 * 1024;

/**
 * What an error of the file system means, or one that a full disk has led to.
 *
 * @param folder where it happened, as far as is known
 * @param others folders on whose disks it may have happened
 */
export function troubleOf(
  thrown: unknown,
  folder: string,
  ...others: string[]
): Trouble | undefined {
  if (thrown instanceof Trouble) return thrown;
  const { code, path: file } = codeOf(thrown);
  const where = file ? path.dirname(file) : folder;
  // What packages throw when a disk is full need not say so.
  const full = [folder, ...others].find((one) => freeBytes(one) < FULL_BYTES);
  if (code === "ENOSPC" || code === "EDQUOT" || full !== undefined) {
    const disk = full ?? where;
    const free = Math.floor(freeBytes(disk) / 1024 / 1024);
    return new Trouble(text.diskFull(disk, Number.isFinite(free) ? free : 0));
  }
  if (code === "EROFS") return new Trouble(text.readOnly(where));
  if (code === "EACCES" || code === "EPERM")
    return new Trouble(text.notAllowed(where, me()));
  return undefined;
}

/** What an error says, and what those say that led to it: bundlers throw errors that say nothing by themselves. */
export function sayWhy(thrown: unknown): string {
  const causes = (error: unknown): string[] =>
    error instanceof Error
      ? [error.message, ...causes(error.cause)]
      : error === undefined
        ? []
        : [String(error)];
  const why = causes(thrown)
    .map((message) => message.trim())
    .filter(Boolean);
  return why.length > 0 ? why.join(": ") : "lỗi không tên";
}

/** The code of an error or of what led to it. */
function codeOf(thrown: unknown): { code?: string; path?: string } {
  for (
    let error = thrown as NodeJS.ErrnoException | undefined, depth = 0;
    error instanceof Error && depth < 8;
    error = error.cause as NodeJS.ErrnoException | undefined, depth++
  )
    if (error.code && /^E[A-Z]+$/.test(error.code))
      return {
        code: error.code,
        ...(typeof error.path === "string" ? { path: error.path } : {}),
      };
  return {};
}

/** How much a disk can still take from an ordinary user; as much as one likes where nobody can tell. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
