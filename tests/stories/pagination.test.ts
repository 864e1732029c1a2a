/** Lists in pages that stay what they are. */
import { describe, expect, it } from "vitest";
import {
  PAGE_SIZE,
  paginate,
  type ListPage,
} from "../../src/stories/pagination.ts";

/** The newest first, so that a story added comes to the front. */
const listOf = (length: number): number[] =>
  Array.from({ length }, (_, index) => length - index);

const numbered = (pages: ListPage<number>[]) =>
  new Map(pages.slice(1).map(({ number, items }) => [number, items]));

describe("paginate", () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [19, [19]],
    [20, [20]],
    [39, [39]],
    [40, [20, 20]],
    [41, [21, 20]],
    [59, [39, 20]],
    [60, [20, 20, 20]],
    [101, [21, 20, 20, 20, 20]],
  ])("%i stories make pages of %j", (length, sizes) => {
    expect(
      paginate(listOf(length), 20).map(({ items }) => items.length),
    ).toEqual(sizes);
  });

  it("numbers pages from the oldest and leads from each to the ones beside it", () => {
    expect(paginate([7, 6, 5, 4, 3, 2, 1], 2)).toEqual([
      { items: [7, 6, 5], older: 2 },
      { items: [4, 3], number: 2, older: 1, newer: 0 },
      { items: [2, 1], number: 1, newer: 2 },
    ]);
  });

  it("shows every story once and in order, whatever the sizes", () => {
    let state = 1;
    const next = (limit: number) =>
      ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) %
      limit;
    for (let round = 0; round < 300; round++) {
      const list = listOf(next(500));
      const size = 1 + next(40);
      const pages = paginate(list, size);
      expect(pages.flatMap(({ items }) => items)).toEqual(list);
      expect(pages[0]!.number).toBeUndefined();
      expect(pages[0]!.items.length).toBeLessThan(2 * size);
      for (const [index, page] of pages.entries()) {
        if (index > 0) {
          expect(page.items).toHaveLength(size);
          expect(page.number).toBe(pages.length - index);
          expect(page.newer).toBe(index === 1 ? 0 : page.number! + 1);
        }
        expect(page.older).toBe(pages[index + 1]?.number);
      }
    }
  });

  it("a story added changes what stands on the front page and on no other", () => {
    let list: number[] = [];
    for (let count = 1; count < 200; count++) {
      const before = numbered(paginate(list, 7));
      list = listOf(count);
      const after = numbered(paginate(list, 7));
      for (const [number, items] of before)
        expect(after.get(number)).toEqual(items);
    }
  });

  it("leaves the list as it was", () => {
    const list = Object.freeze(listOf(50));
    expect(paginate(list)[0]!.items[0]).toBe(50);
    expect(PAGE_SIZE).toBe(12);
  });
});
