/** Where in its life a story is at a given moment. Pure. */

export type StoryState =
  "draft" | "scheduled" | "embargoed" | "published" | "expired" | "withdrawn";

/** The fields that decide. Instants are ISO 8601 with offset. */
export interface Timed {
  status: "draft" | "published" | "withdrawn";
  publishedAt?: string | undefined;
  embargoUntil?: string | undefined;
  expiresAt?: string | undefined;
  withdrawal?: { at: string } | undefined;
}

/**
 * A story's state. A story that was never out before it was withdrawn has left nothing to give notice of:
 * it counts as the draft it was.
 *
 * @param now the moment that counts; a time that has just come counts as come
 */
export function stateAt(story: Timed, now: Date): StoryState {
  const { publishedAt, embargoUntil, expiresAt, withdrawal } = story;
  const hasCome = (moment: number) => moment <= now.getTime();
  if (story.status === "draft") return "draft";
  const out = Math.max(
    publishedAt ? Date.parse(publishedAt) : Infinity,
    embargoUntil ? Date.parse(embargoUntil) : -Infinity,
  );
  if (story.status === "withdrawn") {
    const at = withdrawal ? Date.parse(withdrawal.at) : -Infinity;
    if (hasCome(at)) return out < at ? "withdrawn" : "draft";
  }
  if (!publishedAt || !hasCome(Date.parse(publishedAt))) return "scheduled";
  if (!hasCome(out)) return "embargoed";
  return expiresAt && hasCome(Date.parse(expiresAt)) ? "expired" : "published";
}
