/** How well colours stand out from one another (WCAG 2.2, 1.4.3). Runs in browsers too. */
import { remember } from "../weave/remember.ts";

/** Relative luminance of an sRGB colour `#rrggbb`, 0 to 1. */
export const luminance = remember((hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
});

/**
 * The contrast of two colours, 1 to 21.
 *
 * @param one `#rrggbb`
 * @param other `#rrggbb`
 */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** What text needs at least. */
export const ENOUGH = 4.5;
