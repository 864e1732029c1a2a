/** Going back to a release that readers have seen before. */
import { releaseText as text } from "../i18n/release.ts";
import { keepPassing, lastingOnlyIn, tidyPassing } from "./passing.ts";
import {
  currentId,
  noteState,
  readNote,
  releaseIds,
  releaseOf,
} from "./place.ts";
import { point, previousId, switching, withdrawnIn } from "./switch.ts";
import { prepare, sayWhy, Trouble, troubleOf } from "./trouble.ts";

/**
 * Gives readers an earlier release, in a moment, even while another is being made. Nothing is published by itself
 * from then on.
 *
 * @param wanted the release; without it the one that was there before
 * @returns which was left, and for which
 * @throws Trouble, with a sentence for whoever keeps the server
 */
export async function rollback(
  siteDir: string,
  wanted?: string,
): Promise<{ from: string; to: string }> {
  prepare(siteDir);
  try {
    return await switching(siteDir, () => {
      const from = currentId(siteDir);
      if (from === undefined) throw new Trouble(text.noRelease(siteDir));
      const to = targetOf(siteDir, from, wanted);
      // Noted first: were it noted last, a release under way could come between.
      noteState(siteDir, {
        rolledBack: { at: new Date().toISOString(), from, to },
      });
      keepPassing(
        siteDir,
        releaseOf(siteDir, from),
        lastingOnlyIn(releaseOf(siteDir, from), releaseOf(siteDir, to)),
        false,
      );
      point(siteDir, to);
      tidyPassing(siteDir);
      return { from, to };
    });
  } catch (thrown) {
    throw (
      troubleOf(thrown, siteDir) ??
      new Trouble(text.notBack(sayWhy(thrown)), { cause: thrown })
    );
  }
}

function targetOf(siteDir: string, from: string, wanted?: string): string {
  const ids = releaseIds(siteDir);
  if (wanted === undefined) {
    const before = previousId(siteDir);
    if (before !== undefined) return before;
    const held = ids.filter((id) => withdrawnIn(siteDir, id) !== undefined);
    throw new Trouble(text.nothingBefore(held.length));
  }
  if (!ids.includes(wanted) || !readNote(siteDir, wanted))
    throw new Trouble(text.noSuchRelease(wanted, ids));
  const address = withdrawnIn(siteDir, wanted);
  if (address !== undefined)
    throw new Trouble(text.showsWithdrawn(wanted, address));
  if (wanted === from) throw new Trouble(text.alreadyThere(from));
  return wanted;
}
