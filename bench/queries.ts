/**
 * `npm run bench -- queries`: makes judged queries from corpora, at least twenty of every class. What answers a
 * query follows from the stories' attributes alone (the words of a title, a name, a place, a day), never from
 * what a search finds. The same corpora and seed give the same queries.
 */
import { parseArgs } from "node:util";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bare } from "../src/schema/slug.ts";
import { fold, unfold } from "../src/search/fold.ts";
import type { SearchTerms } from "../src/search/terms.ts";
import {
  readJson,
  shippedTerms,
  type Judged,
  type MadeStory,
} from "./stories.ts";

const EACH = 24;

/** A way to ask for something, and which stories answer. */
interface Made {
  q: string;
  isAnswer: (story: MadeStory) => boolean;
}

type Random = () => number;

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(list: readonly T[], random: Random): T =>
  list[Math.floor(random() * list.length)]!;

const wordsOf = (text: string): string[] =>
  unfold(fold(text))
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const padded = (words: readonly string[]): string => ` ${words.join(" ")} `;

/** Whether a text has words in a row, marks and all. */
const has = (text: string, words: readonly string[]): boolean =>
  padded(wordsOf(text)).includes(padded(words));

/** Three to six words of a title, without numbers. */
function phraseFrom(stories: readonly MadeStory[], random: Random): string[] {
  for (;;) {
    const words = wordsOf(pick(stories, random).title);
    const length = 3 + Math.floor(random() * 4);
    const from = Math.floor(random() * words.length);
    const phrase = words.slice(from, from + length);
    if (phrase.length === length && !phrase.some((word) => /\d/.test(word)))
      return phrase;
  }
}

/** Somebody asks for words of a title, in some way. */
const byTitle =
  (write: (words: string[], random: Random) => string | undefined) =>
  (stories: readonly MadeStory[], random: Random): Made | undefined => {
    const words = phraseFrom(stories, random);
    const q = write(words, random);
    return q && q !== words.join(" ")
      ? { q, isAnswer: (story) => isNamed(story, words, isBare(q)) }
      : undefined;
  };

/** Whether somebody left out all marks: then stories with others' marks answer as well. */
const isBare = (q: string): boolean => bare(q) === q;

/**
 * Whether words stand in a row in what names a story: its title, its person, its place.
 *
 * @param isOpen whether the last word may go on
 */
const isNamed = (
  { title, person, communeFull }: MadeStory,
  words: readonly string[],
  isBareQuery: boolean,
  isOpen = false,
): boolean => {
  const written = (text: string) =>
    padded(wordsOf(isBareQuery ? bare(text) : text));
  const wanted = written(words.join(" "));
  return [title, person, communeFull].some((text) =>
    written(text).includes(isOpen ? wanted.trimEnd() : wanted),
  );
};

const inOneWord =
  (change: (word: string, random: Random) => string | undefined) =>
  (words: string[], random: Random): string | undefined => {
    const at = Math.floor(random() * words.length);
    const changed = change(words[at]!, random);
    return changed && words.toSpliced(at, 1, changed).join(" ");
  };

/** A letter is left out, typed twice, exchanged with the next, or another. */
function slip(word: string, random: Random): string {
  const at = Math.floor(random() * word.length);
  const letter = word[at]!;
  const around = [word.slice(0, at), word.slice(at + 1)] as const;
  switch (Math.floor(random() * 4)) {
    case 0:
      return around.join("");
    case 1:
      return around.join(letter + letter);
    case 2:
      return at + 1 < word.length
        ? around[0] + word[at + 1]! + letter + word.slice(at + 2)
        : around.join(letter + letter);
    default:
      return around.join(pick([..."abcdeghiklmnopqrstuvxy"], random));
  }
}

const withoutMarks = (word: string) => bare(word);
const MARKS: Record<string, [telex: string, vni: string]> = {
  "\u0300": ["f", "2"],
  "\u0301": ["s", "1"],
  "\u0303": ["x", "4"],
  "\u0309": ["r", "3"],
  "\u0323": ["j", "5"],
  "\u0302": ["=", "6"],
  "\u031b": ["w", "7"],
  "\u0306": ["w", "8"],
};
/** The keys of a word, as a keyboard driver that is switched off lets them through. */
function keysOf(word: string, way: 0 | 1): string {
  let tone = "";
  const letters = [...word].map((composed) => {
    if (composed === "đ") return way === 0 ? "dd" : "d9";
    const [letter, ...marks] = composed.normalize("NFD");
    const keys = marks.map((mark) => {
      const key = MARKS[mark]![way];
      if ("\u0300\u0301\u0303\u0309\u0323".includes(mark)) tone = key;
      else return key === "=" ? letter! : key;
      return "";
    });
    return letter + keys.join("");
  });
  return letters.join("") + tone;
}

const lateTone = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/(o)([\u0300\u0301\u0303\u0309\u0323])([ae])(?!\p{L})/gu, "$1$3$2")
    .replace(
      /(?<!q)(u)([\u0300\u0301\u0303\u0309\u0323])(y)(?!\p{L})/gu,
      "$1$3$2",
    )
    .normalize("NFC");

const SWAPPED: Record<string, string> = { n: "l", l: "n" };

/** Another tone than the right one, as people remember a name. */
function otherTone(word: string, random: Random): string | undefined {
  const marks = word.normalize("NFD");
  const tones = /[\u0300\u0301\u0303\u0309\u0323]/;
  return tones.test(marks)
    ? marks
        .replace(
          tones,
          pick(["\u0300", "\u0301", "\u0303", "\u0309", "\u0323"], random),
        )
        .normalize("NFC")
    : undefined;
}

type Maker = (
  stories: readonly MadeStory[],
  random: Random,
  terms: SearchTerms,
) => Made | undefined;

const byName =
  (write: (words: string[], random: Random) => string | undefined): Maker =>
  (stories, random) => {
    const words = wordsOf(pick(stories, random).person);
    const q = write(words, random);
    return q === undefined
      ? undefined
      : { q, isAnswer: ({ person }) => has(person, words) };
  };

const MAKERS: Record<string, Maker> = {
  exact: (stories, random) => {
    const words = phraseFrom(stories, random);
    const isAnswer = (story: MadeStory) => isNamed(story, words, false);
    return { q: words.join(" "), isAnswer };
  },
  nodia: byTitle((words) => words.map(withoutMarks).join(" ")),
  partial: byTitle((words, random) =>
    words.map((word) => (random() < 0.5 ? withoutMarks(word) : word)).join(" "),
  ),
  nfd: byTitle((words) => words.join(" ").normalize("NFD")),
  oldtone: byTitle((words) => lateTone(words.join(" "))),
  phrase: (stories, random) => {
    const words = wordsOf(pick(pick(stories, random).body, random));
    const from = Math.floor(random() * words.length);
    const phrase = words.slice(from, from + 7);
    return phrase.length < 7 || phrase.some((word) => /\d/.test(word))
      ? undefined
      : {
          q: phrase.join(" "),
          isAnswer: ({ title, body, h2 }) =>
            [title, ...body, ...h2].some((text) => has(text, phrase)),
        };
  },
  typo: byTitle(inOneWord(slip)),
  typo2: byTitle(
    inOneWord((word, random) =>
      word.length < 5 ? undefined : slip(slip(word, random), random),
    ),
  ),
  telex: byTitle((words) => words.map((word) => keysOf(word, 0)).join(" ")),
  vni: byTitle((words) => words.map((word) => keysOf(word, 1)).join(" ")),
  prefix: (stories, random) => {
    const words = phraseFrom(stories, random);
    const last = words.at(-1)!;
    const typed = words.with(
      -1,
      last.slice(0, 1 + Math.floor(random() * (last.length - 1))),
    );
    const isAnswer = (story: MadeStory) =>
      isNamed(story, typed, isBare(typed.join(" ")), true);
    return last.length < 3 ? undefined : { q: typed.join(" "), isAnswer };
  },
  nospace: byTitle((words) => words.map(withoutMarks).join("")),
  nl: byTitle((words) => {
    const at = words.findIndex((word) => /^[nl][^gh]/.test(word));
    return at < 0
      ? undefined
      : words
          .with(at, SWAPPED[words[at]![0]!]! + words[at]!.slice(1))
          .join(" ");
  }),
  soundalike: byTitle((words) => {
    const swaps: [RegExp, string][] = [
      [/^s/, "x"],
      [/^x/, "s"],
      [/^tr/, "ch"],
      [/^ch/, "tr"],
      [/^gi(?=[aàáảãạăâeêoôơuưy])/, "d"],
      [/^r/, "d"],
    ];
    for (const [start, other] of swaps) {
      const at = words.findIndex((word) => start.test(word));
      if (at >= 0)
        return words.with(at, words[at]!.replace(start, other)).join(" ");
    }
    return undefined;
  }),
  place: (stories, random) => {
    const { communeFull, commune } = pick(stories, random);
    const name = random() < 0.5 ? communeFull : commune;
    return {
      q: random() < 0.5 ? bare(name) : name,
      isAnswer: (story) => story.commune === commune,
    };
  },
  former: (_stories, random, { places }) => {
    const isNow = new Set(places.map(({ name }) => bareName(name)));
    const { former = [], name } = pick(
      places.filter(({ kind }) => kind === "communes"),
      random,
    );
    const old = pick(former, random) ?? "";
    const others = places.filter((place) =>
      place.former?.some((one) => bareName(one) === bareName(old)),
    );
    if (!old || isNow.has(bareName(old)) || others.length > 1) return undefined;
    return {
      q: random() < 0.5 ? old : bare(old),
      isAnswer: ({ communeFull }) =>
        communeFull.toLowerCase() === name.toLowerCase(),
    };
  },
  person: byName((words) => words.join(" ")),
  "person-nodia": (stories, random) => {
    const name = bare(pick(stories, random).person);
    return { q: name, isAnswer: ({ person }) => bare(person) === name };
  },
  "person-parts": (stories, random) => {
    const words = wordsOf(pick(stories, random).person);
    const left = Math.floor(random() * words.length);
    if (words.length < 3) return undefined;
    const parts = words.toSpliced(left, words.length - 2);
    if (parts.length !== 2) return undefined;
    return {
      q: parts.join(" "),
      // Whoever has both parts, in this order.
      isAnswer: ({ person }) => {
        const own = wordsOf(person);
        const first = own.indexOf(parts[0]!);
        return first >= 0 && own.indexOf(parts[1]!, first + 1) > first;
      },
    };
  },
  "person-accent": byName((words, random) => {
    const at = words.length - 1;
    const changed = otherTone(words[at]!, random);
    return changed && changed !== words[at]
      ? words.with(at, changed).join(" ")
      : undefined;
  }),
  abbreviation: (stories, random, { synonyms }) => {
    const { words, means } = pick(synonyms, random);
    const short = pick(words, random);
    const full = wordsOf(means);
    const { title, body } = pick(stories, random);
    const text = wordsOf(pick([title, ...body], random));
    const at = text.findIndex((_, index) =>
      full.every((word, step) => text[index + step] === word),
    );
    const after = text.slice(at + full.length, at + full.length + 3);
    return at < 0 || after.some((word) => /\d/.test(word))
      ? undefined
      : {
          q: [random() < 0.5 ? short : short.toLowerCase(), ...after].join(" "),
          isAnswer: (story) =>
            [story.title, ...story.body].some((text) =>
              has(text, [...full, ...after]),
            ),
        };
  },
  number: (stories, random) => {
    const sentence = pick(pick(stories, random).body, random);
    const words = wordsOf(sentence);
    const at = words.findIndex((word) => /^\d{2,}$/.test(word));
    const phrase = words.slice(at, at + 3);
    return at < 0 || phrase.length < 3
      ? undefined
      : {
          q: phrase.join(" "),
          isAnswer: ({ body }) => body.some((text) => has(text, phrase)),
        };
  },
  date: (stories, random) => {
    const { date } = pick(stories, random);
    const [year, month, day] = date.split("-") as [string, string, string];
    return {
      q: pick(
        [
          `${day}/${month}/${year}`,
          `${day}-${month}-${year}`,
          `${Number(day)}/${Number(month)}/${year}`,
          `${Number(day)}.${Number(month)}.${year}`,
        ],
        random,
      ),
      isAnswer: (story) => story.date === date,
    };
  },
};

const bareName = (name: string): string =>
  bare(name).replace(/^(?:xa|phuong|thi tran) /, "");

/** Makes queries over some corpora, each with its answers in all of them. */
function queriesFrom(
  corpora: readonly MadeStory[][],
  terms: SearchTerms,
  seed: number,
): Judged {
  const random = randomFrom(seed);
  const judged: Judged = { queries: [], qrels: {} };
  for (const corpus of corpora) judged.qrels[corpus.length] = {};
  for (const [cls, make] of Object.entries(MAKERS)) {
    const asked = new Set<string>();
    for (let tries = 0; asked.size < EACH && tries < 20_000; tries++) {
      // In turn, so that every corpus has its share.
      const corpus = corpora[asked.size % corpora.length]!;
      const made = make(corpus, random, terms);
      if (!made || asked.has(made.q)) continue;
      const answers = corpora.map((stories) =>
        stories.filter(made.isAnswer).map(({ id }) => id),
      );
      if (answers.every(({ length }) => length === 0)) continue;
      asked.add(made.q);
      const qid = `${cls}-${String(asked.size).padStart(2, "0")}`;
      judged.queries.push({ qid, cls, q: made.q });
      corpora.forEach(({ length }, index) => {
        if (answers[index]!.length > 0)
          judged.qrels[length]![qid] = answers[index]!;
      });
    }
  }
  return judged;
}

export async function benchQueries(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: "141" },
    },
  });
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-queries-"));
  try {
    const corpora = values.corpus.map((file) => readJson<MadeStory[]>(file));
    const terms = await shippedTerms(folder);
    console.log(
      JSON.stringify(queriesFrom(corpora, terms, Number(values.seed))),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
