import { TERM_KINDS, type TermKind } from "../schema/kinds.ts";
import { termsOf, type Library, type Story } from "./library.ts";

/** How much it counts that two stories share a term: a place says more than a broad group. */
const WEIGHTS: Record<TermKind, number> = {
  communes: 4,
  fields: 3,
  movements: 2,
  groups: 1,
};
const KINDS = Object.keys(TERM_KINDS) as TermKind[];
/** How far to look from a story to either side in each of its terms' lists. */
const REACH = 8;

/**
 * The stories most like a story: those its editor chose, then those that share most of its terms,
 * nearest in time first. Looks only at neighbours in each list, so that ten thousand stories stay cheap.
 *
 * @param count how many at most
 */
export function relatedStories(
  story: Story,
  { stories, storiesUnder }: Library,
  count = 3,
): Story[] {
  const chosen = story.data.related.flatMap((id) => find(id, stories) ?? []);
  const scores = new Map<Story, number>();
  for (const kind of KINDS)
    for (const term of termsOf(story, kind)) {
      const list = storiesUnder.get(`${kind}/${term}`) ?? [];
      const here = position(list, story);
      for (const other of list.slice(
        Math.max(0, here - REACH),
        here + REACH + 1,
      ))
        if (other !== story)
          scores.set(other, (scores.get(other) ?? 0) + WEIGHTS[kind]);
    }
  const related = new Set(chosen.filter((other) => other !== story));
  for (const other of related) scores.delete(other);
  // Few are wanted of many: to find the first again and again is cheaper than to put all in order.
  while (related.size < count && scores.size > 0) {
    const next = [...scores].reduce((best, one) =>
      isMoreAlike(one, best) ? one : best,
    )[0];
    scores.delete(next);
    related.add(next);
  }
  return [...related].slice(0, count);
}

type Scored = [story: Story, score: number];

/** Whether one story comes before another: by its score, then its time, then its name. */
function isMoreAlike([a, scoreA]: Scored, [b, scoreB]: Scored): boolean {
  if (scoreA !== scoreB) return scoreA > scoreB;
  return a.date === b.date ? a.address < b.address : a.date > b.date;
}

const positions = new WeakMap<Story[], Map<Story, number>>();

function position(list: Story[], story: Story): number {
  let known = positions.get(list);
  if (!known)
    positions.set(
      list,
      (known = new Map(list.map((item, index) => [item, index]))),
    );
  return known.get(story) ?? 0;
}

const addresses = new WeakMap<Story[], Map<string, Story>>();

/** A published story by `models/<slug>`. */
function find(id: string, stories: Story[]): Story | undefined {
  let known = addresses.get(stories);
  if (!known)
    addresses.set(
      stories,
      (known = new Map(
        stories.map((item) => [`${item.kind}/${item.id}`, item]),
      )),
    );
  return known.get(id);
}
