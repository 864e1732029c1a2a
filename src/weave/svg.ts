/** Cloths as SVG: for pages, where CSS hangs them, and for pictures of a fixed size. */
import { hash } from "node:crypto";
import { remember } from "./remember.ts";
import type { Band, Cloth, Motif } from "./weave.ts";

/**
 * A cloth for a page: it fills whatever box CSS gives it, from its middle outwards. One cell is 8 px, or
 * what the custom property `--cell` of site.css says. It says nothing, so assistive technology skips it.
 *
 * @param use tells two hangings of the same cloth on one page apart; letters
 * @param rows how many rows are seen at most: those beyond are not drawn
 */
export function clothSvg(cloth: Cloth, use = "", rows = 99): string {
  return `<svg class="cloth" aria-hidden="true"><rect width="100%" height="100%" fill="${cloth.ground}"/><svg x="50%" y="50%" overflow="visible"><g transform="scale(8)">${drawn(cloth, { ...ON_PAGES, rows }, use)}</g></svg></svg>`;
}

/**
 * A cloth as a picture of its own. Cells are sharp where they lie on whole pixels: with an even width, an odd
 * number of rows and an even cell they all do.
 *
 * @param size width and height in pixels, and how many of them a cell is wide
 */
export function clothPicture(
  cloth: Cloth,
  size: { width: number; height: number; cell: number },
): string {
  const { width, height, cell } = size;
  const half = Math.ceil(width / cell / 2) + 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${cloth.ground}"/><g transform="translate(${Math.round(width / 2)} ${Math.round(height / 2)}) scale(${cell})">${drawn(cloth, { half, rows: Math.ceil(height / cell), repeat: oneByOne })}</g></svg>`;
}

/** How far a cloth reaches to either side, in cells, how many rows are seen, and how a motif comes again. */
interface Hanging {
  half: number;
  rows: number;
  repeat: Repeat;
}

/**
 * Repeats a motif from side to side.
 *
 * @param tile one repeat, drawn from its upper left corner
 * @param at where one of the repeats lies, in cells
 * @param id a name that nothing else on the page has
 * @param filled draws the whole band in a paint
 */
type Repeat = (
  tile: string,
  at: { left: number; top: number; width: number; rows: number; half: number },
  id: string,
  filled: (paint: string) => string,
) => string;

/** Short, for pages. */
const byPattern: Repeat = (tile, { left, top, width, rows }, id, filled) =>
  `<pattern id="${id}" x="${left}" y="${top}" width="${width}" height="${rows}" patternUnits="userSpaceOnUse">${tile}</pattern>${filled(`url(#${id})`)}`;

/** Sharp, for pictures: a pattern that is turned over, resvg paints with blurred edges. */
const oneByOne: Repeat = (tile, { left, top, width, half }) => {
  const first = left - width * Math.ceil((half + left) / width);
  return Array.from(
    { length: Math.ceil((half - first) / width) },
    (_, index) =>
      `<g transform="translate(${first + index * width} ${top})">${tile}</g>`,
  ).join("");
};

/** Wide enough for the widest screen at the smallest cell. */
const ON_PAGES = { half: 400, repeat: byPattern };

function drawn(cloth: Cloth, hanging: Hanging, use = ""): string {
  const { seed, ground, middle, outwards } = cloth;
  const id = `${shortName(seed + ground)}${use}`;
  let top = -middle.rows / 2;
  const centre = bandSvg(middle, top, `${id}0`, ground, hanging);
  const upper = outwards.map((band, index) => {
    if (top <= -hanging.rows / 2) return "";
    top -= band.rows;
    return bandSvg(band, top, `${id}${index + 1}`, ground, hanging);
  });
  const above = upper.join("");
  return above
    ? `${centre}<g id="${id}">${above}</g><use href="#${id}" transform="scale(1 -1)"/>`
    : centre;
}

/** Short and without dots and the like; two cloths of one page share one once in a million pages. */
const shortName = (seed: string): string =>
  `c${hash("sha256", seed, "hex").slice(0, 7)}`;

function bandSvg(
  { rows, ground, motif, threads }: Band,
  top: number,
  id: string,
  clothGround: string,
  { half, repeat }: Hanging,
): string {
  const filled = (paint: string) =>
    `<path d="M${-half} ${top}h${2 * half}v${rows}H${-half}" fill="${paint}"/>`;
  const below = ground === clothGround ? "" : filled(ground);
  if (!motif || !threads) return below;
  const width = motif[0]!.length;
  const lines = (["#", "+"] as const).map((thread, index) =>
    threadSvg(motif, thread, threads[index]!),
  );
  // The motif's middle column lies on the cloth's middle.
  const left = -(width + 1) / 2;
  const at = { left, top, width, rows, half };
  return below + repeat(lines.join(""), at, id, filled);
}

/** One thread of a motif: a line for every run of cells, as thick as a cell. */
function threadSvg(motif: Motif, thread: Thread, colour: string): string {
  const runs = runsOf(motif)[thread];
  return runs ? `<path d="${runs}" stroke="${colour}"/>` : "";
}

type Thread = "#" | "+";

/** The runs of a motif's cells, as the data of a path, thread by thread. */
const runsOf = remember((motif: Motif): Record<Thread, string> => {
  const lines = (cells: RegExp) =>
    linesThrough(
      motif.flatMap((row, y) =>
        [...row.matchAll(cells)].map(({ index, 0: run }) => ({
          x: index,
          y,
          length: run.length,
        })),
      ),
    );
  return { "#": lines(/#+/g), "+": lines(/\++/g) };
});

/** Each run from where the one before has ended: motifs repeat themselves, and so do these words, which pack well. */
function linesThrough(
  runs: readonly { x: number; y: number; length: number }[],
): string {
  let [endX, endY] = [0, 0];
  return runs
    .map(({ x, y, length }, index) => {
      // Through the middle of its cells.
      const move =
        index === 0 ? `M${x} ${y + 0.5}` : `m${x - endX} ${y - endY}`;
      [endX, endY] = [x + length, y];
      return `${move}h${length}`;
    })
    .join("");
}
