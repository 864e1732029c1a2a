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

/**
 * Folded text for readers again. Tones stay where `fold` put them.
 *
 * @param text from the index
 */
export const unfold = (text: string): string =>
  text.replaceAll("ḏ", "đ").replaceAll("Ḏ", "Đ");
