/** How the words that were found travel from a result to the page it leads to: in the part of the address that no server is sent. */

/** Their name in the address: `#tim=nội+đồng`. */
export const FOUND_WORDS = "tim";

/** What is needed of a result. */
interface Found {
  href: string;
  excerpt: readonly { text: string; marked: boolean }[];
  phrase?: string;
}

/** More words than these are no help to the eye. */
const MOST = 8;

/** The address of a story, with the words that found it as the story writes them. */
export function addressOf({ href, phrase, excerpt }: Found): string {
  const words = phrase
    ? [phrase]
    : excerpt.filter(({ marked }) => marked).map(({ text }) => text);
  const each = [...new Set(words)].slice(0, MOST);
  const named = each.map((word) => [FOUND_WORDS, word]);
  return each.length > 0 ? `${href}#${new URLSearchParams(named)}` : href;
}
