/** Where in its life a story or a campaign is at a given moment, and when that changes by itself. Pure. */
import { dayOf, dayStart } from "../i18n/dates.ts";

const DAY = 24 * 60 * 60 * 1000;

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

/** The moment from which a story may be out: published, and its embargo over. Never, where none is said. */
export const outAt = ({ publishedAt, embargoUntil }: Timed): number =>
  Math.max(
    publishedAt ? Date.parse(publishedAt) : Infinity,
    embargoUntil ? Date.parse(embargoUntil) : -Infinity,
  );

/**
 * A story's state. A story that was never out before it was withdrawn has left nothing to give notice of:
 * it counts as the draft it was.
 *
 * @param now the moment that counts; a time that has just come counts as come
 */
export function stateAt(story: Timed, now: Date): StoryState {
  const { publishedAt, expiresAt, withdrawal } = story;
  const hasCome = (moment: number) => moment <= now.getTime();
  if (story.status === "draft") return "draft";
  const out = outAt(story);
  if (story.status === "withdrawn") {
    const at = withdrawal ? Date.parse(withdrawal.at) : -Infinity;
    if (hasCome(at)) return out < at ? "withdrawn" : "draft";
  }
  if (!publishedAt || !hasCome(Date.parse(publishedAt))) return "scheduled";
  if (!hasCome(out)) return "embargoed";
  return expiresAt && hasCome(Date.parse(expiresAt)) ? "expired" : "published";
}

/** How long a story counts as news for search engines. */
const NEWS_MS = 2 * DAY;

/** Whether a story that is out is still news. */
export const inNews = (story: Timed, now: Date): boolean =>
  now.getTime() < outAt(story) + NEWS_MS;

/** The moment at which a story that is out ceases to be news; nothing when it has. */
export const newsEnd = (story: Timed, now: Date): Date | undefined =>
  stateAt(story, now) === "published" && inNews(story, now)
    ? new Date(outAt(story) + NEWS_MS)
    : undefined;

/** The fields of a campaign that decide. Days. */
export interface Dated {
  startDate: string;
  endDate?: string | undefined;
}

export type CampaignState = "upcoming" | "running" | "ended";

/** A campaign's state on a day, from its dates. */
export function campaignState(
  { startDate, endDate }: Dated,
  now: Date,
): CampaignState {
  const today = dayOf(now);
  if (today < startDate) return "upcoming";
  return endDate && today > endDate ? "ended" : "running";
}

/** A state that something will be in from a moment on. */
export interface Turn<S> {
  at: Date;
  state: S;
}

/**
 * When a story's state next changes by itself.
 *
 * @returns nothing when it stays as it is
 */
export const nextStoryTurn = (
  story: Timed,
  now: Date,
): Turn<StoryState> | undefined =>
  nextTurn(
    [
      story.publishedAt,
      story.embargoUntil,
      story.expiresAt,
      story.withdrawal?.at,
    ].flatMap((moment) => (moment ? Date.parse(moment) : [])),
    now,
    (moment) => stateAt(story, moment),
  );

/** The same of a campaign: it begins with its first day and ends after its last. */
export const nextCampaignTurn = (
  campaign: Dated,
  now: Date,
): Turn<CampaignState> | undefined =>
  nextTurn(
    [
      dayStart(campaign.startDate),
      ...(campaign.endDate ? [dayStart(campaign.endDate) + DAY] : []),
    ],
    now,
    (moment) => campaignState(campaign, moment),
  );

function nextTurn<S>(
  moments: readonly number[],
  now: Date,
  stateOf: (moment: Date) => S,
): Turn<S> | undefined {
  const state = stateOf(now);
  return moments
    .filter((moment) => moment > now.getTime())
    .sort((a, b) => a - b)
    .map((moment) => ({
      at: new Date(moment),
      state: stateOf(new Date(moment)),
    }))
    .find((turn) => turn.state !== state);
}
