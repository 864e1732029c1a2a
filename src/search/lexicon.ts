/**
 * What the search knows of the language of the stories without looking into the index: which syllables there
 * are, how many stories have each, and which follow which.
 */

/** Syllables, the numbers of their stories, and (fetched only to mend a query) their followers. */
export interface LexiconFile {
  /** In the order of the letters, without marks: `an ban bang …`. */
  syllables: string;
  /** For each, how common it is, as one letter: `a` once, then a letter more each time it doubles. */
  common: string;
}

/** Numbers below 2^28, most of them small, as bytes: seven bits each, the eighth says that more follow. */
function toVarints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let number of numbers) {
    for (; number > 127; number >>= 7) bytes.push((number & 127) | 128);
    bytes.push(number);
  }
  return Uint8Array.from(bytes);
}

function fromVarints(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let number = 0;
  let shift = 0;
  for (const byte of bytes) {
    number |= (byte & 127) << shift;
    shift = byte > 127 ? shift + 7 : 0;
    if (shift > 0) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}

/** How often, to the nearest power of two: 1 for once. */
const magnitude = (count: number): number => 1 + Math.floor(Math.log2(count));

/** The parts of a pair of syllables are written so in a count of pairs. */
export const PAIR = " ";

/**
 * Writes a lexicon.
 *
 * @param stories how many stories have each syllable
 * @param pairs how often one syllable follows another: `nong thon`
 */
export function writeLexicon(
  stories: ReadonlyMap<string, number>,
  pairs: ReadonlyMap<string, number>,
): { lexicon: LexiconFile; followers: Uint8Array } {
  const syllables = [...stories.keys()].sort();
  const number = new Map(syllables.map((syllable, index) => [syllable, index]));
  const following = syllables.map(() => [] as [number, number][]);
  for (const [pair, count] of pairs) {
    const [first, second] = pair.split(PAIR).map((part) => number.get(part));
    if (first !== undefined && second !== undefined)
      following[first]!.push([second, magnitude(count)]);
  }
  const lists = following.map((list) => list.sort(([a], [b]) => a - b));
  const distances = lists.flatMap((list) => [
    list.length,
    ...list.map(([second], index) => second - (list[index - 1]?.[0] ?? 0)),
  ]);
  // Like stands beside like, so that it compresses.
  const counts = lists.flatMap((list) => list.map(([, count]) => count));
  return {
    lexicon: {
      syllables: syllables.join(" "),
      common: syllables
        .map((syllable) =>
          String.fromCharCode(96 + magnitude(stories.get(syllable)!)),
        )
        .join(""),
    },
    followers: toVarints([...distances, ...counts]),
  };
}

/** The syllables of the stories. */
export class Lexicon {
  readonly syllables: readonly string[];
  readonly #common = new Map<string, number>();
  #followers: Map<string, Map<string, number>> | undefined;

  constructor({ syllables, common }: LexiconFile) {
    this.syllables = syllables ? syllables.split(" ") : [];
    this.syllables.forEach((syllable, index) =>
      this.#common.set(syllable, common.charCodeAt(index) - 96),
    );
  }

  /** Takes in which syllables follow which, once they are wanted. */
  learn(followers: Uint8Array): void {
    const numbers = fromVarints(followers);
    const lists: number[][] = [];
    let at = 0;
    for (const _ of this.syllables) {
      let second = 0;
      const length = numbers[at++]!;
      lists.push(
        numbers.slice(at, (at += length)).map((step) => (second += step)),
      );
    }
    this.#followers = new Map(
      this.syllables.map((syllable, index) => [
        syllable,
        new Map(
          lists[index]!.map((second) => [
            this.syllables[second]!,
            numbers[at++]!,
          ]),
        ),
      ]),
    );
  }

  has(syllable: string): boolean {
    return this.#common.has(syllable);
  }

  /** How common a syllable is: 0 when no story has it, 1 when one has, and 1 more each time it doubles. */
  common(syllable: string): number {
    return this.#common.get(syllable) ?? 0;
  }

  /** How common it is that one syllable follows another, likewise; 0 as well before `learn`. */
  pair(first: string, second: string): number {
    return this.#followers?.get(first)?.get(second) ?? 0;
  }

  /** The syllables that begin so, in the order of the letters. */
  beginning(letters: string): string[] {
    let [low, high] = [0, this.syllables.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.syllables[middle]! < letters) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    while (this.syllables[low]?.startsWith(letters))
      found.push(this.syllables[low++]!);
    return found;
  }
}
