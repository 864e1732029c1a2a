/** Cloths as SVG: for pages, where CSS hangs them, and for pictures of a fixed size. */
import { createHash } from "node:crypto";
import type { Band, Cloth, Motif } from "./weave.ts";

/** Wide enough for the widest screen at the smallest cell. */
const HALF_WIDTH = 400;

/**
 * A cloth for a page: it fills whatever box CSS gives it, from its middle outwards. One cell is 8 px, or
 * what the custom property `--cell` of site.css says. It says nothing, so assistive technology skips it.
 *
 * @param use tells two hangings of the same cloth on one page apart; letters
 */
export function clothSvg(cloth: Cloth, use = ""): string {
  return `<svg class="cloth" aria-hidden="true"><rect width="100%" height="100%" fill="${cloth.ground}"/><svg x="50%" y="50%" overflow="visible"><g transform="scale(8)">${drawn(cloth, HALF_WIDTH, use)}</g></svg></svg>`;
}

/**
 * A cloth as a picture of its own.
 *
 * @param size width and height in pixels, and how many of them a cell is wide
 */
export function clothPicture(
  cloth: Cloth,
  size: { width: number; height: number; cell: number },
): string {
  const { width, height, cell } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${cloth.ground}"/><g transform="translate(${Math.round(width / 2)} ${Math.round(height / 2)}) scale(${cell})">${drawn(cloth, Math.ceil(width / cell / 2) + 1, "")}</g></svg>`;
}

function drawn(cloth: Cloth, half: number, use: string): string {
  const { seed, ground, middle, outwards } = cloth;
  const id = `${shortName(seed + ground)}${use}`;
  let top = -middle.rows / 2;
  const centre = bandSvg(middle, top, `${id}0`, half, ground);
  const upper = outwards.map((band, index) => {
    top -= band.rows;
    return bandSvg(band, top, `${id}${index + 1}`, half, ground);
  });
  return `${centre}<g id="${id}">${upper.join("")}</g><use href="#${id}" transform="scale(1 -1)"/>`;
}

/** Short and without dots and the like; two cloths of one page share one once in a million pages. */
const shortName = (seed: string): string =>
  `c${createHash("sha256").update(seed).digest("hex").slice(0, 7)}`;

function bandSvg(
  { rows, ground, motif, threads }: Band,
  top: number,
  id: string,
  half: number,
  clothGround: string,
): string {
  const filled = (fill: string) =>
    `<path d="M${-half} ${top}h${2 * half}v${rows}H${-half}" fill="${fill}"/>`;
  const below = ground === clothGround ? "" : filled(ground);
  if (!motif || !threads) return below;
  const width = motif[0]!.length;
  const lines = (["#", "+"] as const).map((thread, index) =>
    threadSvg(motif, thread, threads[index]!),
  );
  // The motif's middle column lies on the cloth's middle.
  return `<pattern id="${id}" x="${-(width + 1) / 2}" y="${top}" width="${width}" height="${rows}" patternUnits="userSpaceOnUse">${lines.join("")}</pattern>${below}${filled(`url(#${id})`)}`;
}

/** One thread of a motif: a line for every run of cells, as thick as a cell. */
function threadSvg(motif: Motif, thread: string, colour: string): string {
  const runs = motif.flatMap((row, y) =>
    [...row.matchAll(new RegExp(`\\${thread}+`, "g"))].map(
      ({ index, 0: run }) => `M${index} ${y}.5h${run.length}`,
    ),
  );
  return runs.length > 0
    ? `<path d="${runs.join("")}" stroke="${colour}"/>`
    : "";
}
