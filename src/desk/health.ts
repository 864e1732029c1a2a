/** How the site is, for who looks after it: the room that tells it. */
import { statfs } from "node:fs/promises";
import { healthText } from "../i18n/desk.ts";
import type { Health } from "../release/health.ts";
import type { Accounts } from "./accounts.ts";
import type { Status } from "./publisher.ts";
import { json, type Room } from "./room.ts";

/**
 * Makes the room.
 *
 * @param health how the site is
 * @param accounts what may be wrong with them besides
 */
export const healthRoom = (
  health: () => Health | Promise<Health>,
  accounts?: Pick<Accounts, "trouble">,
): Room => ({
  method: "GET",
  answer: async () => {
    const { problems, ...rest } = await health();
    const trouble = accounts?.trouble;
    const all = trouble === undefined ? problems : [...problems, trouble];
    return json({ ...rest, problems: all } satisfies Health);
  },
});

const SCARCE_BYTES = 512 * 1024 * 1024;

/** The health of a site that this program itself serves, without releases. */
export async function healthHere(
  { builtAt, state, message = "", held, next }: Status,
  folder: string,
): Promise<Health> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const age = Date.now() - Date.parse(builtAt ?? "");
  const ok = state !== "failed";
  return {
    release:
      builtAt === null
        ? null
        : {
            id: "",
            at: builtAt,
            ageSeconds: Math.round(age / 1000),
            commit: null,
          },
    releases: [],
    last: builtAt === null ? null : { at: builtAt, ok, message },
    heldBack: held.map(({ file, title = null, problems }) => ({
      file,
      title,
      reasons: problems.map(
        ({ field, found, remedy }) =>
          `${field ? `${field}: ` : ""}${found}. ${remedy}`,
      ),
    })),
    rolledBack: false,
    due: next ? { at: next.at, what: next.what } : null,
    disk: { freeBytes, totalBytes: blocks * bsize },
    problems: [
      ...(ok ? [] : [message]),
      ...(freeBytes < SCARCE_BYTES
        ? [healthText.disk(Math.floor(freeBytes / 1024 / 1024))]
        : []),
    ],
  };
}
