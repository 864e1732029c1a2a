/** What stands for plain data: two that say the same have the same digest. */
import { hash } from "node:crypto";

export const digest = (value: unknown): string =>
  hash("sha256", JSON.stringify(value), "base64url").slice(0, 22);

const digests = new WeakMap<object, string>();

/** The same of an object that stands in many places and does not change: it is looked through once. */
export function digestOnce(value: object): string {
  const made = digests.get(value) ?? digest(value);
  digests.set(value, made);
  return made;
}
