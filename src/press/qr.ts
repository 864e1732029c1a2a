/** QR codes as SVG, drawn into the page: paper and posters lead back to the story. */
import { encode } from "uqr";
import { markup } from "../blocks/html.ts";

/** Light modules around the code, without which readers do not find it (ISO/IEC 18004). */
const QUIET = 4;

/**
 * Draws a QR code. Black on white in every theme: many telephones read no other.
 *
 * @param content what it says, such as an absolute address
 * @param label what it is, for those who do not see it
 * @returns an SVG element, without styles, as large as the page makes it
 */
export function qrSvg(content: string, label: string): string {
  const { size, data } = encode(content, { ecc: "M", border: QUIET });
  return markup`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path stroke="#000" d="${strokes(data)}"/></svg>`
    .html;
}

/** Every run of dark modules as a stroke one module high, row by row. */
const strokes = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .map((row, y) => {
      const runs = row
        .map((dark) => (dark ? "1" : "0"))
        .join("")
        .matchAll(/1+/g);
      let end = 0;
      return Array.from(runs, ({ 0: run, index }, number) => {
        const move = number === 0 ? `M${index} ${y}.5` : `m${index - end} 0`;
        end = index + run.length;
        return `${move}h${run.length}`;
      }).join("");
    })
    .join("");
