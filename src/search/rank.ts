/** How well a story answers a query: pure functions of where the query's words stand in it. */
import { LEFT_OUT, likeness } from "./fold.ts";
import {
  atOf,
  fieldOf,
  formOf,
  placeOf,
  spotOf,
  TEXT,
  type Posting,
} from "./index.ts";

/** A word that is looked for. */
export interface Term {
  /** Folded, with the marks that were typed. */
  typed: string;
  /** Without marks, as the index has it. */
  word: string;
  /** Whether it may be the beginning of a word: the reader may not have come to its end. */
  isOpen?: boolean;
  /** Whether it is in one piece with the word before it, as the parts of `15/11/2025` are. */
  isPart?: boolean;
  /** The marks that were typed on a word for which this one is a guess. */
  marks?: string;
}

/** How a story was found: by the words in a row, by some of them in a row, by words that merely occur. */
export type Tier = "phrase" | "near" | "scattered";

export interface Match {
  tier: Tier;
  /** Compares stories: the higher, the better. */
  score: number;
  /** Stands for how the story writes the words: `hoa` may be Hòa here and Hóa there. */
  forms?: string;
}

/** What each part of a story adds to what is found in it. */
const FIELD_SCORE: Record<string, number> = {
  names: 14,
  place: 13,
  title: 12,
  topics: 3,
  former: 2,
};
/** Whoever types what a place or a name begins with is likely to mean just that. */
const FIRST_SCORE: Record<string, number> = { place: 5, names: 3 };
/** A story's first words say what it is about. */
const LEAD_SCORE = 4;
const LEAD = 70;

// Words in a row. Other marks than those that were typed make other words of them; the title is never worth
// more than the right marks.
const PHRASE = 70;
const RIGHT = 30;
const EXACT = 30;
const GATHERED = 30;
/** What ranks from here on has all words, near each other. */
export const NEAR = 20;
/** Somebody's names, not all of them, are worth as much as a phrase somewhere in a text. */
const MOST_NAMES = 3;
const CALLED_SCORE = 30;
/** A guess with just the marks that were typed is worth less than the word itself. */
const GUESSED = 0.8;
/** Two words that far apart may belong together. */
const WINDOW = 4;

/** Of a story's places in the text and in the fields that count, by word. */
type Places = readonly (readonly number[])[];

/** Ranks all stories that have all words of a row. */
export class Ranking {
  readonly #terms: readonly Term[];
  readonly #postings: readonly Posting[];
  readonly #fields: readonly string[];
  /** How far each word stands behind the first when they stand in a row. */
  readonly #steps: readonly number[];
  /** For each word how well each of its forms goes with what was typed. */
  readonly #grades: readonly number[][];
  /** Whether no marks were typed at all: then none can be wrong. */
  readonly #isBare: boolean;

  constructor(
    terms: readonly Term[],
    postings: readonly Posting[],
    fields: readonly string[],
    isBare = isBareRow(terms),
  ) {
    this.#terms = terms;
    this.#postings = postings;
    this.#fields = fields;
    let step = 0;
    this.#steps = terms.map(({ isPart }, index) =>
      index > 0 && !isPart ? ++step : step,
    );
    this.#isBare = isBare;
    this.#grades = terms.map((term, index) =>
      postings[index]!.forms.map((form) => gradeOf(term, form)),
    );
  }

  /** @returns the stories that have all the words, unsorted */
  all(): Map<number, Match> {
    const found = new Map<number, Match>();
    const [rarest, ...others] = this.#postings.toSorted(
      (a, b) => a.stories.size - b.stories.size,
    );
    for (const story of rarest?.stories.keys() ?? [])
      if (others.every(({ stories }) => stories.has(story)))
        found.set(story, this.match(story));
    return found;
  }

  /** @returns what part of the words each story has that has any */
  shares(): Map<number, number> {
    const shares = new Map<number, number>();
    for (const { stories } of this.#postings)
      for (const story of stories.keys())
        shares.set(story, (shares.get(story) ?? 0) + 1 / this.#terms.length);
    return shares;
  }

  /** How well a story that has at least one of the words answers. */
  match(story: number): Match {
    const places = this.#postings.map(
      ({ stories }) => stories.get(story) ?? [],
    );
    return this.#phrase(places) ?? this.#pieces(places);
  }

  #phrase(places: Places): Match | undefined {
    let best = -1;
    let times = 0;
    let forms: readonly number[] = [];
    for (const place of places[0]!) {
      const row = this.#rowFrom(place, places);
      if (!row) continue;
      if (fieldOf(place) === 0) times++;
      const score = row.marks + this.#fieldScore(place);
      if (score > best) [best, forms] = [score, row.forms];
    }
    if (best < 0) return undefined;
    return {
      tier: "phrase",
      forms: forms.join(),
      // Often is more than once, but not by much.
      score: PHRASE + best + 2 * Math.min(3, Math.floor(Math.log2(1 + times))),
    };
  }

  /** The row that begins at a place: its forms, and what their marks are worth; nothing when no word follows. */
  #rowFrom(
    first: number,
    places: Places,
  ): { marks: number; forms: number[] } | undefined {
    let sum = 0;
    const forms: number[] = [];
    for (let index = 0; index < places.length; index++) {
      const spot = spotOf(first) + this.#steps[index]!;
      let grade = -1;
      for (const place of within(places[index]!, spot, spot)) {
        const own = this.#grades[index]![formOf(place)] ?? 0;
        if (own > grade) [grade, forms[index]] = [own, formOf(place)];
      }
      if (grade < 0) return undefined;
      sum += grade;
    }
    return { marks: this.#marksScore(sum), forms };
  }

  /** What marks are worth, by how well all words go with what was typed. */
  #marksScore(sum: number): number {
    const share = this.#isBare ? 1 : sum / this.#terms.length;
    return share * RIGHT + share * (share === 1 ? EXACT : EXACT / 2);
  }

  #fieldScore(place: number): number {
    const name = this.#fields[fieldOf(place)]!;
    const at = atOf(place);
    if (name === TEXT) return at < LEAD ? LEAD_SCORE : 0;
    // A place is written behind "xã" or "phường".
    const isFirst = at <= (name === "place" ? 1 : 0);
    return (FIELD_SCORE[name] ?? 0) + (isFirst ? (FIRST_SCORE[name] ?? 0) : 0);
  }

  /** All words in one short field; else how many neighbours are neighbours. */
  #pieces(places: Places): Match {
    const { pairs, inTitle } = this.#pairs(places);
    const wanted = Math.max(1, places.length - 1);
    const share = pairs / wanted;
    const missing = places.filter((own) => own.length === 0).length;
    const gathered = missing === 0 ? this.#gathered(places) : undefined;
    if (gathered !== undefined)
      return { tier: "near", score: GATHERED + gathered + 5 * share };
    const score =
      20 * share +
      (12 * inTitle) / wanted -
      (30 * missing) / this.#terms.length;
    // The parts of a date or a number are nothing apart.
    const isWhole = this.#terms.every(({ isPart }) => !isPart);
    const isNear =
      missing === 0 && isWhole && (share >= 0.5 || this.#isClose(places));
    return isNear
      ? { tier: "near", score: NEAR + score }
      : { tier: "scattered", score };
  }

  /** What it is worth that one short field has all the words; nothing when none has. */
  #gathered(places: Places): number | undefined {
    for (const [name, worth] of Object.entries(FIELD_SCORE)) {
      const field = this.#fields.indexOf(name);
      const [from, to] = [startOf(field), startOf(field + 1) - 1];
      const grades = places.map((own, index) =>
        Math.max(
          -1,
          ...within(own, from, to).map(
            (place) => this.#grades[index]![formOf(place)] ?? 0,
          ),
        ),
      );
      if (grades.some((grade) => grade < 0)) continue;
      const marks = this.#marksScore(sumOf(grades));
      // People are called by two of their names.
      const isCalled = name === "names" && grades.length <= MOST_NAMES;
      return worth + marks + (isCalled ? CALLED_SCORE : 0);
    }
    return undefined;
  }

  /** How many words stand right before the next one, and how many of them in the title. */
  #pairs(places: Places): { pairs: number; inTitle: number } {
    const title = this.#fields.indexOf("title");
    let [pairs, inTitle] = [0, 0];
    for (let index = 0; index + 1 < places.length; index++) {
      const together = places[index]!.filter((place) => {
        const [own, other] = [this.#steps[index]!, this.#steps[index + 1]!];
        const next = spotOf(place) + other - own;
        return within(places[index + 1]!, next, next).length > 0;
      });
      if (together.length === 0) continue;
      pairs++;
      if (together.some((place) => fieldOf(place) === title)) inTitle++;
    }
    return { pairs, inTitle };
  }

  /** Whether all words stand within a few of each other somewhere in the text. */
  #isClose(places: Places): boolean {
    const reach = this.#terms.length - 1 + WINDOW;
    return (
      places.length > 1 &&
      places[0]!.some((place) =>
        places.every(
          (own) =>
            within(own, spotOf(place) - reach, spotOf(place) + reach).length >
            0,
        ),
      )
    );
  }
}

/** How well a form goes with what was typed; a beginning with the beginning of the form. */
function gradeOf({ typed, isOpen, marks }: Term, form: string): number {
  if (marks !== undefined) return guessGrade(marks, form);
  return Math.max(
    likeness(typed, form),
    isOpen ? likeness(typed, form.slice(0, typed.length)) : 0,
  );
}

/**
 * How well a form goes with the marks that were typed on a word for which it is a guess. Below 0 when it has
 * not got them: whoever typed `bổng` did not mean `sông`.
 */
function guessGrade(marks: string, form: string): number {
  const own = form.normalize("NFD").replace(/\P{M}/gu, "");
  if ([...marks].some((mark) => !own.includes(mark))) return -1;
  const isWhole = [...own].every((mark) => marks.includes(mark));
  return isWhole ? GUESSED : LEFT_OUT;
}

/** Whether nobody typed a mark on any of the words. */
export const isBareRow = (terms: readonly Term[]): boolean =>
  terms.every(({ typed, word }) => typed === word);

/** The first spot of a field. */
const startOf = (field: number): number => spotOf(placeOf(field, 0, 0));

const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0);

/** The places from one spot to another, both included. Places are sorted. */
function within(places: readonly number[], from: number, to: number) {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spotOf(places[middle]!) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < places.length && spotOf(places[end]!) <= to) end++;
  return places.slice(low, end);
}
