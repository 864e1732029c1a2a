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
  const moment = now.getTime();
  const hasCome = (instant: string | undefined) =>
    instant !== undefined && Date.parse(instant) <= moment;
  if (story.status === "draft") return "draft";
  const isWithdrawn =
    story.status === "withdrawn" && hasCome(story.withdrawal?.at);
  if (!hasCome(story.publishedAt)) return isWithdrawn ? "draft" : "scheduled";
  if (story.embargoUntil && !hasCome(story.embargoUntil))
    return isWithdrawn ? "draft" : "embargoed";
  if (isWithdrawn) return "withdrawn";
  return hasCome(story.expiresAt) ? "expired" : "published";
}
