/**
 * How high an embed is at a given width, by counting letters: for systems that run no script and need a number.
 * Rather a few pixels too many than a line cut off.
 */
import type { CardEmbed, EmbedCard, EmbedView } from "./views.ts";

/** What embed.css makes of them, in pixels: height of a line, average width of a letter. */
const TITLE = { line: 22, letter: 8 };
const HEADING = { line: 26, letter: 9.8 };
const WORDS = { line: 23.5, letter: 7.6 };
const SMALL = { line: 22, letter: 7 };

const PADDING = 32;
const GAP = 20;
/** From this width on. */
const BESIDE = 480;
const CLAMP = 3;

const linesOf = (
  text: string,
  width: number,
  { line, letter }: { line: number; letter: number },
  most = Infinity,
): number =>
  line * Math.min(most, Math.ceil((text.length * letter) / Math.max(1, width)));

/**
 * @param width of the frame, in pixels
 * @returns whole pixels
 */
export function frameHeight(view: EmbedView, width = 600): number {
  const inside = width - PADDING;
  return (
    Math.ceil((PADDING + shown(view, inside) + footOf(view, inside)) / 10) * 10
  );
}

function shown(view: EmbedView, width: number): number {
  switch (view.shows) {
    case "list":
      return (
        Math.max(44, linesOf(view.title, width - 56, HEADING)) +
        15 +
        Math.max(
          26,
          view.cards.reduce(
            (sum, card) => sum + 29 + wordsOf(card, width, TITLE),
            0,
          ),
        )
      );
    case "card":
      // Its picture stands above on phones, else beside: two parts of five.
      return width + PADDING < BESIDE
        ? pictureOf(view, width) + cardWords(view, width)
        : Math.max(
            pictureOf(view, (width - GAP) * 0.4),
            cardWords(view, (width - GAP) * 0.6),
          );
    case "figures":
      return 330;
    // A whole text is scrolled where nothing says how long it is.
    case "text":
      return 800;
    case "search":
      return 70;
    case "gone":
      return 80;
  }
}

const cardWords = ({ card }: CardEmbed, width: number): number =>
  wordsOf(card, width, HEADING) +
  (card.who ? WORDS.line : 0) +
  (card.figures.length > 0 ? 100 : 0);

const wordsOf = (
  { title, summary, place }: EmbedCard,
  width: number,
  heading: typeof TITLE,
): number =>
  SMALL.line +
  10 +
  linesOf(title, width, heading) +
  linesOf(summary, width, WORDS, CLAMP) +
  8 +
  linesOf(`${place} 23/11/2026 Đọc ngay tại đây`, width, SMALL) +
  6;

const pictureOf = ({ card: { cover } }: CardEmbed, width: number): number =>
  cover
    ? Math.min(320, (width * cover.view.height) / cover.view.width) + 32
    : 126;

const footOf = ({ path }: EmbedView, width: number): number =>
  12 +
  linesOf("Nguồn: ".padEnd(70 + path.length), width, SMALL) +
  SMALL.line * 2;
