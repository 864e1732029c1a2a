/** Letters that the fonts lack must not come out as empty boxes. */
import { LETTERS } from "../fonts/letters.ts";

const HAVE: ReadonlySet<string> = new Set(LETTERS);

/**
 * Puts a text into letters that the fonts have: a letter with a foreign mark loses the mark (`ž` is `z`),
 * a ligature or a wide form comes apart, what remains is left out.
 *
 * @param text in any form of Unicode
 * @returns the text in NFC, spaces run together, and what was left out of it
 */
export function printable(text: string): { text: string; lost: string[] } {
  const lost = new Set<string>();
  const kept = Array.from(text.normalize("NFC"), (letter) => {
    if (HAVE.has(letter)) return letter;
    const plain = plainOf(letter);
    if (plain === undefined) lost.add(letter);
    return plain ?? " ";
  });
  return {
    // Not the non-breaking space, which stands between a number and its unit.
    text: kept.join("").replace(/ +/g, " ").trim(),
    lost: [...lost],
  };
}

/** What stands for a letter that the fonts lack; nothing when there is no such thing. */
function plainOf(letter: string): string | undefined {
  if (/^[\s\p{Cc}\p{Cf}\p{Mn}]$/u.test(letter))
    return /\s/.test(letter) ? " " : "";
  const bare = letter.normalize("NFKD").replace(/\p{Mn}/gu, "");
  return bare && [...bare].every((part) => HAVE.has(part)) ? bare : undefined;
}
