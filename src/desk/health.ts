/** How the site is, for who looks after it: the room that tells it. */
import { statfs } from "node:fs/promises";
import type { Accounts } from "./accounts.ts";
import type { Status } from "./publisher.ts";
import { json, type Room } from "./room.ts";

/** What there is to know of a site, wherever it is published. */
export interface Health {
  release: {
    id: string;
    at: string;
    ageSeconds: number;
    commit: string | null;
  } | null;
  releases: string[];
  /** How the last attempt to publish ended. */
  last: { at: string; ok: boolean; message: string } | null;
  heldBack: { file: string; title?: string; reasons: string[] }[];
  /** Whether publishing by itself has been held since somebody went back. */
  rolledBack: boolean;
  /** When something changes next by itself. */
  due: string | null;
  disk: { freeBytes: number; totalBytes: number };
}

/** The same, and what the desk knows besides. */
export interface DeskHealth extends Health {
  /** Why the newest text of the accounts file does not count. */
  accounts?: string;
}

/** Makes the room. */
export const healthRoom = (
  health: () => Promise<Health>,
  accounts: Pick<Accounts, "trouble"> | undefined,
): Room => ({
  method: "GET",
  answer: async () => {
    const trouble = accounts?.trouble;
    const told: DeskHealth = {
      ...(await health()),
      ...(trouble ? { accounts: trouble } : {}),
    };
    return json(told);
  },
});

/** The health of a site that is served by this program itself, without releases. */
export async function healthHere(
  { builtAt, state, message, held, next }: Status,
  folder: string,
): Promise<Health> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return {
    release: builtAt
      ? {
          id: "",
          at: builtAt,
          ageSeconds: Math.round((Date.now() - Date.parse(builtAt)) / 1000),
          commit: null,
        }
      : null,
    releases: [],
    last:
      state === "failed" || builtAt
        ? {
            at: builtAt ?? "",
            ok: state !== "failed",
            message: message ?? "",
          }
        : null,
    heldBack: held.map(({ file, title, problems }) => ({
      file,
      ...(title === undefined ? {} : { title }),
      reasons: problems.map(({ found, remedy }) => `${found}. ${remedy}`),
    })),
    rolledBack: false,
    due: next?.at ?? null,
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
  };
}
