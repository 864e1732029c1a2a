/**
 * Who did what at the desk: commits without files in the reference `refs/desk/log`, each written together with what
 * it tells of. The published branch does not tell of drafts, and a draft's own steps are gone when it is
 * published or thrown away.
 */
import { z } from "zod";
import { deskText } from "../i18n/desk.ts";
import {
  trailer,
  withTrailers,
  type Move,
  type Person,
  type Repository,
} from "./git.ts";
import { Refusal } from "./guard.ts";

/** What was done, as the log tells it. */
export interface Deed {
  /** «Đăng tin «Tết trồng cây»». */
  text: string;
  /** The entry's folder or file, below the content folder. */
  entry: string;
  /** Why a draft was returned. */
  reason?: string | undefined;
}

/** A deed, with who did it and when. */
export interface Told extends Deed {
  id: string;
  by: Person;
  at: string;
}

const LOG = "refs/desk/log";
const TRIES = 10;

/**
 * Moves a reference and writes down who did it, both or neither.
 *
 * @returns false when the reference has been moved meanwhile
 * @throws Refusal when others were quicker again and again
 */
export async function moveTold(
  repository: Repository,
  move: Move,
  by: Person,
  { text, entry, reason }: Deed,
): Promise<boolean> {
  const tree = await repository.emptyTree();
  for (let tries = 0; tries < TRIES; tries++) {
    const last = await repository.find(LOG);
    const told = await repository.commit({
      tree,
      parents: last === null ? [] : [last],
      message: withTrailers(text, [
        ["Desk-Entry", entry],
        ...(reason === undefined
          ? []
          : [["Desk-Reason", JSON.stringify(reason)] as const]),
      ]),
      author: by,
      committer: by,
    });
    const log = { ref: LOG, to: told, from: last };
    if (await repository.moveAll([move, log], by)) return true;
    if ((await repository.find(move.ref)) !== move.from) return false;
  }
  throw new Refusal(503, deskText.busy);
}

const ID = z.string().regex(/^[0-9a-f]{40,64}$/);

/**
 * Reads what was done, the last first.
 *
 * @param before begins after this one
 * @throws Refusal when there is no such deed
 */
export async function readLog(
  repository: Repository,
  count: number,
  before?: string,
): Promise<Told[]> {
  const last = await repository.find(LOG);
  if (last === null) return [];
  if (before !== undefined && !ID.safeParse(before).success)
    throw new Refusal(422, deskText.badRequest);
  if (before !== undefined && !(await repository.isAncestor(before, last)))
    throw new Refusal(404, deskText.noDeed);
  const deeds = await repository.logFrom(
    before ?? last,
    { skip: before === undefined ? 0 : 1, count },
    ["%H", "%an", "%ae", "%aI", "%s", "%(trailers:only,unfold)"],
  );
  return deeds.map(([id, name, mail, at, text, trailers]) => {
    const reason = trailer(trailers!, "Desk-Reason");
    return {
      id: id!,
      by: { name: name!, mail: mail! },
      at: at!,
      text: text!,
      entry: trailer(trailers!, "Desk-Entry") ?? "",
      ...(reason === undefined ? {} : { reason: parseReason(reason) }),
    };
  });
}

/** A trailer that others wrote may hold anything. */
export function parseReason(said: string): string | undefined {
  try {
    const reason: unknown = JSON.parse(said);
    return typeof reason === "string" ? reason : undefined;
  } catch {
    return undefined;
  }
}
