/**
 * Lists in pages numbered from the oldest: a new story changes the first page and no other, and
 * `trang-3` holds the same stories next year.
 */

/** Stories a page. A list's front page holds up to twice as many less one, and keeps to 14 KB all the same. */
export const PAGE_SIZE = 12;

export interface ListPage<T> {
  items: T[];
  /** Absent on the list's front page. */
  number?: number;
  /** The numbers of the pages beside this one; `newer: 0` is the front page. */
  older?: number;
  newer?: number;
}

/**
 * Splits a list.
 *
 * @param list newest first
 * @param size items a full page
 * @returns the front page with the newest (fewer than two pages' worth), then the numbered ones, newest first
 */
export function paginate<T>(
  list: readonly T[],
  size: number = PAGE_SIZE,
): ListPage<T>[] {
  const numbered = Math.max(0, Math.floor(list.length / size) - 1);
  const front: ListPage<T> = {
    items: list.slice(0, list.length - numbered * size),
    ...(numbered > 0 ? { older: numbered } : {}),
  };
  const rest = Array.from({ length: numbered }, (_, index): ListPage<T> => {
    const number = numbered - index;
    const end = list.length - (number - 1) * size;
    return {
      items: list.slice(end - size, end),
      number,
      ...(number > 1 ? { older: number - 1 } : {}),
      newer: number === numbered ? 0 : number + 1,
    };
  });
  return [front, ...rest];
}
