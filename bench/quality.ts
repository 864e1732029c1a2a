/** How good the answers to judged queries are. */

/** How many of the results count. */
const TOP = 10;

export interface Quality {
  /** Recall@10: of as many answers as can be among ten. */
  recall: number;
  /** 1 over the place of the first answer. */
  mrr: number;
  queries: number;
}

/**
 * How well results answer.
 *
 * @param results addresses, best first
 */
export function qualityOf(
  results: readonly string[],
  answers: ReadonlySet<string>,
): Quality {
  const found = results.slice(0, TOP);
  const right = found.filter((address) => answers.has(address)).length;
  const first = found.findIndex((address) => answers.has(address));
  return {
    recall: right / Math.min(TOP, answers.size),
    mrr: first < 0 ? 0 : 1 / (first + 1),
    queries: 1,
  };
}

/** The mean over some queries. */
export function meanOf(all: readonly Quality[]): Quality {
  const mean = (of: (quality: Quality) => number) =>
    Number(
      (all.reduce((sum, each) => sum + of(each), 0) / all.length).toFixed(4),
    );
  return {
    recall: mean(({ recall }) => recall),
    mrr: mean(({ mrr }) => mrr),
    queries: all.length,
  };
}
