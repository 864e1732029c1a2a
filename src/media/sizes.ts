/** How large a picture is kept. The browser goes by it too. */

/**
 * Pixels of the longest side. The widest rendition has 1440: this leaves room to cut a part out, and a phone's
 * 12 MB become about one.
 */
export const LONGEST_SIDE = 2560;

/** From here on it is worth trying whether a picture can be lighter. */
export const HEAVY = 3_000_000;
