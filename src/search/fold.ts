/**
 * How text is written for the search: the one rule for the index and for what readers type.
 *
 * Pagefind takes accents off by Unicode's decomposition, so that `dien hinh` finds `điển hình`. But `đ` has no
 * decomposition. `ḏ` (U+1E0F) has: it comes down to `d`, and no Vietnamese word is written with it.
 */

/** Syllables that end in `oa`, `oe` or `uy` with the tone on the second vowel: hoà, khoẻ, thuý. */
const LATE_TONE = /(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\p{L}\p{M}])/giu;

/** The same with the tone on the first vowel: hòa, khỏe, thúy. */
function early(vowels: string): string {
  const [first, second, tone] = vowels.normalize("NFD");
  return `${first}${tone}${second}`.normalize("NFC");
}

/**
 * Text as the index has it: NFC, one placing of tones, `ḏ` for `đ`.
 *
 * @param text as people write it, composed or not
 */
export const fold = (text: string): string =>
  text
    .normalize("NFC")
    // In `quý` the u belongs to the consonant.
    .replace(LATE_TONE, (vowels, at: number, whole: string) =>
      /q/i.test(whole[at - 1] ?? "") ? vowels : early(vowels),
    )
    .replaceAll("đ", "ḏ")
    .replaceAll("Đ", "Ḏ");

/** A space that does not begin another word: what stands between two words without being one. */
const HELD = "\u2423";
/** The beginning of another word without a space before it. */
const PARTED = "\u2063 ";

/**
 * Folded text with every word by itself, as Pagefind, which parts words at spaces alone, has to be given it:
 * `kinh tế - xã hội` and `kinh tế-xã hội` are four words each, one after the other. What has a digit in it,
 * such as `141/KH-UBND`, stays one word, and Pagefind knows its parts besides.
 */
export const withWordsApart = (folded: string): string =>
  folded
    .replace(
      /[ \u00a0](?=(?:&(?:amp;)?|[^\p{L}\p{M}\p{N}\s&<])+(?:\s|$))/gu,
      HELD,
    )
    .replace(/\S+/g, (word) =>
      word.replace(/\d/.test(word) ? SPANS : JOINTS, `$&${PARTED}`),
    );

const JOINTS = /(?<=\p{L}\p{M}*)[-–—/+]+(?=\p{L})/gu;
/** Between two numbers a dash is a span: 08–10/10/2025. */
const SPANS = /[–—]+(?=[\p{L}\p{N}])/gu;

/**
 * Folded text for readers again. Tones stay where `fold` put them.
 *
 * @param text from the index
 */
export const unfold = (text: string): string =>
  text
    .replaceAll("ḏ", "đ")
    .replaceAll("Ḏ", "Đ")
    .replaceAll(HELD, " ")
    .replaceAll(PARTED, "");

/** The letters of a word, each with the marks on it, in no order: `ế` is `e` with two. */
const lettersOf = (word: string): string[] =>
  word.normalize("NFD").match(/\P{M}\p{M}*/gu) ?? [];

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
/** Hỏi and ngã, which much of the country speaks alike. */
const ASK_OR_TUMBLE = /[\u0303\u0309]/;

/** How well marks go with a form of the same word: others were left out, or the tone is another. */
export const LEFT_OUT = 0.5;
const ALIKE_TONE = 0.35;
const OTHER_TONE = 0.3;
const NO_TONE = 0.2;

/**
 * How well what somebody typed goes with a form of the same word.
 *
 * @returns 1 for the same marks; `LEFT_OUT` when every mark that was typed is there and others were left out;
 *   less when only the tone is another, as with a name that is remembered wrongly; 0 for other letters
 */
export function likeness(typed: string, form: string): number {
  if (typed === form) return 1;
  const [asked, given] = [lettersOf(typed), lettersOf(form)];
  if (asked.length !== given.length) return 0;
  const isIn = (marks: (letter: string) => string[]) =>
    asked.every((letter, index) => {
      const own = marks(given[index]!);
      return marks(letter).every((mark) => own.includes(mark));
    });
  const marksOf = (letter: string) => [...letter].slice(1);
  if (isIn(marksOf)) return LEFT_OUT;
  if (!isIn((letter) => marksOf(letter).filter((mark) => !TONE.test(mark))))
    return 0;
  const own = given.join("");
  if (!TONE.test(own)) return NO_TONE;
  return ASK_OR_TUMBLE.test(asked.join("")) && ASK_OR_TUMBLE.test(own)
    ? ALIKE_TONE
    : OTHER_TONE;
}
