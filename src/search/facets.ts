/** What stories are filtered by. */

/** For every filter its values, and which of them each story has, story by story in the index's order. */
export type Facets = Record<string, { values: string[]; stories: number[][] }>;

/** What is chosen: a story has to have one of the values of each filter that has any. */
export type Filters = Record<string, readonly string[]>;

/** How many stories each value of each filter would give: `counts.kind.news`. */
export type Counts = Record<string, Record<string, number>>;

/** Tells which stories the filters let through. */
export function passes(
  facets: Facets,
  filters: Filters,
): (story: number) => boolean {
  const tests = Object.entries(filters).flatMap(([name, chosen]) => {
    if (chosen.length === 0) return [];
    const facet = facets[name];
    const wanted = new Set(chosen.map((value) => facet?.values.indexOf(value)));
    return [
      (story: number) =>
        facet?.stories[story]?.some((value) => wanted.has(value)) ?? false,
    ];
  });
  return (story) => tests.every((test) => test(story));
}

/**
 * Counts what each value would give if it were chosen: a filter's own choice does not narrow its own counts.
 *
 * @param stories what was found before filtering
 */
export function countsOf(
  facets: Facets,
  filters: Filters,
  stories: readonly number[],
): Counts {
  return Object.fromEntries(
    Object.entries(facets).map(([name, facet]) => {
      const isIn = passes(facets, { ...filters, [name]: [] });
      const counts = facet.values.map(() => 0);
      for (const story of stories)
        if (isIn(story))
          for (const value of facet.stories[story]!) counts[value]!++;
      return [
        name,
        Object.fromEntries(
          facet.values.flatMap((value, index) =>
            counts[index] ? [[value, counts[index]]] : [],
          ),
        ),
      ];
    }),
  );
}
