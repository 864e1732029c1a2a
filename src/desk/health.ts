/** How the site is, for who looks after it: the room that tells it. */
import {
  diskOf,
  heldBackOf,
  scarcityOf,
  type Health,
} from "../release/health.ts";
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
  health: () => Health,
  accounts?: Pick<Accounts, "trouble">,
): Room => ({
  method: "GET",
  answer: async () => {
    const { problems, ...rest } = health();
    const trouble = accounts?.trouble;
    const all = trouble === undefined ? problems : [...problems, trouble];
    return json({ ...rest, problems: all } satisfies Health);
  },
});

/** The health of a site that this program itself serves, without releases. */
export function healthHere(
  { builtAt, state, message = "", held, next }: Status,
  folder: string,
): Health {
  const disk = diskOf(folder);
  const ok = state !== "failed";
  const age = Date.now() - Date.parse(builtAt ?? "");
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
    heldBack: held.map(heldBackOf),
    rolledBack: false,
    due: next ? { at: next.at, what: next.what } : null,
    disk,
    problems: [...(ok ? [] : [message]), ...scarcityOf(disk)],
  };
}
