/** Every story's own cloth: a brocade drawn from its slug, the same one for ever. */
import { hash } from "node:crypto";
import type { Published } from "../schema/kinds.ts";
import { contrast } from "../styles/contrast.ts";
import { BORDERS, MOTIFS, PALETTES, type Palette } from "./motifs.ts";
import { remember } from "./remember.ts";

/** What cloths are woven from; a site may bring its own. */
export interface Loom {
  motifs: readonly string[];
  borders: readonly string[];
  palettes: Readonly<Record<string, Palette>>;
}

export const LOOM: Loom = {
  motifs: Object.values(MOTIFS),
  borders: Object.values(BORDERS),
  palettes: PALETTES,
};

/** The loom of a site: the project's own, with what the site's settings put in its place. */
export function loomOf(weaving: Published<"site">["weaving"]): Loom {
  if (!weaving) return LOOM;
  const { palettes, motifs, borders } = weaving;
  const own = palettes.map(
    ({ name, colours }) => [name, colours as unknown as Palette] as const,
  );
  return {
    motifs: motifs.length > 0 ? motifs : LOOM.motifs,
    borders: borders.length > 0 ? borders : LOOM.borders,
    palettes: { ...PALETTES, ...Object.fromEntries(own) },
  };
}

/** A horizontal part of a cloth: a plain stripe, or a motif that is repeated from side to side. */
export interface Band {
  rows: number;
  ground: string;
  motif?: Motif;
  /** The colours of the motif's `#` and `+`. */
  threads?: readonly [string, string];
}

/** One repeat of a motif, row by row: `#`, `+` and `.` as in `MOTIFS`, but whole. */
export type Motif = readonly string[];

/** A cloth without edges: as wide and as high as it is hung, the same to all sides of its middle. */
export interface Cloth {
  seed: string;
  ground: string;
  middle: Band;
  /** What lies above and, mirrored, below the middle band, from there outwards. */
  outwards: Band[];
}

/**
 * Weaves a cloth.
 *
 * @param seed a story's slug, or any text: the same seed gives the same cloth on every machine
 * @param palette the name of one of the loom's palettes; the seed chooses one where there is none of that name
 */
export function weave(
  seed: string,
  palette?: string,
  loom: Loom = LOOM,
): Cloth {
  const dice = diceOf(seed);
  const drawn = dice.from(Object.keys(loom.palettes));
  const colours = loom.palettes[palette ?? drawn] ?? loom.palettes[drawn]!;
  const ground = colours[0];
  const woven = (quarter: string, onto: string, vivid: boolean): Band => {
    const motif = whole(quarter);
    const threads = pair(onto, colours, vivid, dice);
    return { rows: motif.length, ground: onto, motif, threads };
  };
  const main = dice.from(loom.motifs);
  const other = dice.from(without(main, loom.motifs));
  // A side band has a ground of its own once in three cloths: the brightest thread, or the dullest.
  const sideGround = dice.one(3) ? dice.from([colours[1], colours[4]]) : ground;
  const stripes = without(sideGround, without(ground, colours));
  const a = dice.from(stripes);
  const b = dice.from(without(a, stripes));
  const motifs: Record<string, Band> = {
    M: woven(main, ground, true),
    S: woven(other, sideGround, false),
    N: woven(dice.from(loom.borders), ground, true),
  };
  const plain: Record<string, string> = { ".": ground, ",": sideGround, a, b };
  const [middle, ...outwards] = [...dice.from(LAYOUTS).matchAll(/(.)\1*/g)].map(
    ([run, name = ""]): Band =>
      motifs[name] ?? { rows: run.length, ground: plain[name]! },
  );
  return { seed, ground, middle: middle!, outwards };
}

/**
 * Bands from the middle outwards: the main motif, one for the sides, a narrow one; and stripes, a letter a
 * row, in two threads, in the cloth's ground (.) or in the side band's (,).
 */
const LAYOUTS = ["M.aba,S,aaN", "M.a.N.abb,S", "N.a.M.ba,S", "M.aaab,S,baaaN"];

/** The others of a list; the list itself when there are none. */
function without<T>(one: T, list: readonly T[]): readonly T[] {
  const others = list.filter((item) => item !== one);
  return others.length > 0 ? others : list;
}

/** Mirrors a quarter both ways; its first column stays once, as the neighbour has the other half. */
const whole = remember((quarter: string): Motif => {
  const upper = quarter
    .trim()
    .split(/\s*\n\s*/)
    .map((row) => row + Array.from(row.slice(1, -1)).toReversed().join(""));
  return [...upper, ...upper.slice(0, -1).toReversed()];
});

/**
 * Two threads that are seen on a ground and beside each other. A vivid pair stands far from the ground;
 * another may be tone on tone.
 */
function pair(
  ground: string,
  colours: Palette,
  vivid: boolean,
  dice: Dice,
): [string, string] {
  const seen = (
    least: number,
    from: string,
    list = colours as readonly string[],
  ) => {
    const far = list.filter((colour) => contrast(colour, from) >= least);
    return far.length > 0 ? far : without(from, list);
  };
  const first = dice.from(seen(vivid ? 3 : 1.5, ground));
  return [first, dice.from(seen(1.3, first, seen(1.3, ground)))];
}

interface Dice {
  from<T>(list: readonly T[]): T;
  /** True once in so many throws. */
  one(of: number): boolean;
}

/** Throws that follow from a text alone: the bytes of its SHA-256, one after another. */
function diceOf(seed: string): Dice {
  const bytes = hash("sha256", seed, "buffer");
  let next = 0;
  const roll = (sides: number) => bytes[next++ % bytes.length]! % sides;
  return {
    from: (list) => list[roll(list.length)]!,
    one: (of) => roll(of) === 0,
  };
}
