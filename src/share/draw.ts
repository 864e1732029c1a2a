/** Draws a share picture: the cloth above, the title on paper below it. */
import { readFileSync } from "node:fs";
import { renderAsync } from "@resvg/resvg-js";
import satori, { type Font } from "satori";
import sharp from "sharp";
import { clothPicture } from "../weave/svg.ts";
import { loomOf, weave } from "../weave/weave.ts";
import {
  SHARE_HEIGHT as HEIGHT,
  SHARE_WIDTH as WIDTH,
  type SharePicture,
} from "./picture.ts";
import { palettePng, pixelsOf, type Strip } from "./png.ts";
import { printable } from "./printable.ts";

const HEADLINE = "Newsreader";
const TEXT = "Be Vietnam Pro";

let loaded: Font[] | undefined;
const fonts = (): Font[] =>
  (loaded ??= [
    font(HEADLINE, 600, "newsreader-600"),
    font(TEXT, 400, "be-vietnam-pro-400"),
    font(TEXT, 600, "be-vietnam-pro-600"),
  ]);

const font = (name: string, weight: 400 | 600, file: string): Font => ({
  name,
  weight,
  data: readFileSync(new URL(`../fonts/${file}.ttf`, import.meta.url)),
});

/** Paper left and right of the text. */
const MARGIN = 64;
const MEASURE = WIDTH - 2 * MARGIN;
/** A cell of the cloth. Cloths are mirrored about a row, so an odd number of rows ends on whole cells. */
const CELL = 12;
const FEWEST_ROWS = 17;
const MOST_ROWS = 27;
/** The edge of the cloth, in the accent: some cloths end in a stripe as light as paper. */
const EDGE = 6;
/** What stands around the title on paper, down to the lower edge. */
const KICKER = { above: 26, height: 36, below: 12 };
const FOOT = { above: 20, height: 70, below: 34 };
const AROUND =
  EDGE +
  KICKER.above +
  KICKER.height +
  KICKER.below +
  FOOT.above +
  FOOT.height +
  FOOT.below;
const ROOM = HEIGHT - FEWEST_ROWS * CELL - AROUND;
/** A title is as large as the room allows; even one of 400 letters fits at the least size. */
const TITLE_SIZES = [
  88, 80, 74, 68, 62, 58, 54, 50, 46, 42, 38, 34, 30, 26, 22,
];
/**
 * From line to line, in letter sizes: tight, but where capitals carry two marks (a quarter of a letter size
 * over the line in Newsreader) they must not touch what hangs from the line above.
 */
const leading = (title: string): number =>
  /[ẤẦẨẪẮẰẲẴẾỀỂỄỐỒỔỖ]/.test(title) ? 1.3 : 1.17;

type Style = Record<string, string | number>;
type Child = { type: string; props: object } | string;

const box = (style: Style, ...children: Child[]) => ({
  type: "div",
  props: { style: { display: "flex", ...style }, children },
});

/** Words on one line; what goes beyond it ends in an ellipsis. */
const line = (style: Style, words: string) =>
  box(
    {
      display: "block",
      fontFamily: TEXT,
      whiteSpace: "nowrap",
      overflow: "hidden",
      textOverflow: "ellipsis",
      ...style,
    },
    words,
  );

const headline = (size: number, title: string, more: Style = {}) =>
  box(
    {
      width: MEASURE,
      fontFamily: HEADLINE,
      fontSize: size,
      fontWeight: 600,
      lineHeight: leading(title),
      wordBreak: "break-word",
      ...more,
    },
    title,
  );

/** The largest size at which a title has room, and how high it then stands. */
async function fit(title: string): Promise<{ size: number; height: number }> {
  let fitting = { size: 0, height: 0 };
  for (const size of TITLE_SIZES) {
    fitting = { size, height: 0 };
    await satori(headline(size, title), {
      width: MEASURE,
      fonts: fonts(),
      // Only measured: no outlines are wanted, and balanced lines are as many as others.
      embedFont: false,
      onNodeDetected: ({ height }) => {
        fitting.height = Math.max(fitting.height, Math.ceil(height));
      },
    });
    if (fitting.height <= ROOM) break;
  }
  return fitting;
}

/** A drawn picture, and the letters that the fonts lack and that are therefore not on it. */
export interface Drawn {
  png: Uint8Array;
  lost: string[];
}

/**
 * Draws a picture. The same picture gives the same bytes.
 *
 * @returns a PNG of 1200 × 630
 */
export async function draw(picture: SharePicture): Promise<Drawn> {
  const words = await wordsOf(picture);
  return {
    png: await compose(picture, words, HEIGHT, CELL),
    lost: words.lost,
  };
}

/** The shapes that newspapers and social networks ask for besides, with their heights: all are 1200 wide. */
export const SHAPES = { "16x9": 675, "4x3": 900, "1x1": WIDTH } as const;
export type Shape = keyof typeof SHAPES;

/** Larger than on a page's own picture: there is more of the cloth to be seen. */
const WIDE_CELL = 16;

/**
 * Draws a picture in all of `SHAPES`: the words are the same, of the cloth there is more or less.
 *
 * @returns PNGs
 */
export async function drawShapes(
  picture: SharePicture,
): Promise<[shape: Shape, png: Uint8Array][]> {
  const words = await wordsOf(picture);
  return Promise.all(
    (Object.keys(SHAPES) as Shape[]).map(
      async (shape): Promise<[Shape, Uint8Array]> => [
        shape,
        await compose(picture, words, SHAPES[shape], WIDE_CELL),
      ],
    ),
  );
}

/** The cloth above, the words below. */
async function compose(
  picture: SharePicture,
  { strip: words }: Words,
  height: number,
  cell: number,
): Promise<Uint8Array> {
  const strips = [await clothStrip(picture, height - words.rows, cell), words];
  return (
    (await palettePng(strips, WIDTH)) ??
    sharp(pixelsOf(strips, WIDTH), {
      raw: { width: WIDTH, height, channels: 4 },
    })
      .png()
      .toBuffer()
  );
}

/** Pixels of a cell of a cloth that is drawn small: at two, all its lines lie on whole ones. */
const SMALL_CELL = 2;

/** A cloth as wide as the picture. Drawn small and made large: that takes a tenth of the time. */
async function clothStrip(
  { cloth, weaving }: SharePicture,
  height: number,
  cell: number,
): Promise<Strip> {
  const cells = Math.ceil(height / cell);
  // Mirrored about a row.
  const rows = cells + ((cells + 1) % 2);
  const { pixels } = await renderAsync(
    clothPicture(weave(cloth.seed, cloth.palette, loomOf(weaving)), {
      width: (WIDTH / cell) * SMALL_CELL,
      height: rows * SMALL_CELL,
      cell: SMALL_CELL,
    }),
  );
  return {
    pixels,
    scale: cell / SMALL_CELL,
    rows: height,
    // It is the same to both sides of its middle: of what is too much, half goes above.
    skipped: Math.floor((rows * cell - height) / 2),
  };
}

/** What stands below the cloth, its edge included. */
interface Words {
  strip: Strip;
  lost: string[];
}

async function wordsOf(picture: SharePicture): Promise<Words> {
  const { colours } = picture;
  const lost = new Set<string>();
  const words = (name: "title" | "kicker" | "place" | "site" | "status") => {
    const { text, lost: missing } = printable(picture[name]);
    for (const letter of missing) lost.add(letter);
    return text;
  };
  const title = words("title");
  const { size, height: titleHeight } = await fit(title);
  const room = Math.floor((HEIGHT - AROUND - titleHeight) / CELL);
  const rows = Math.min(MOST_ROWS, room - ((room + 1) % 2));
  const height = HEIGHT - rows * CELL;
  const text = await satori(
    box(
      {
        width: WIDTH,
        height,
        boxSizing: "border-box",
        flexDirection: "column",
        paddingTop: EDGE,
        paddingLeft: MARGIN,
        paddingRight: MARGIN,
      },
      line(
        {
          marginTop: KICKER.above,
          marginBottom: KICKER.below,
          fontSize: 26,
          fontWeight: 600,
          height: KICKER.height,
          lineHeight: `${KICKER.height}px`,
          color: colours.accent,
        },
        words("kicker"),
      ),
      headline(size, title, { color: colours.ink, textWrap: "balance" }),
      box(
        {
          width: MEASURE,
          marginTop: "auto",
          marginBottom: FOOT.below,
          height: FOOT.height,
          alignItems: "flex-end",
          justifyContent: "space-between",
          fontSize: 25,
          color: colours.mute,
        },
        box(
          { flexDirection: "column", maxWidth: 0.6 * MEASURE },
          line({ fontWeight: 600, color: colours.ink }, words("site")),
          line({ fontSize: 22 }, words("status")),
        ),
        line({ maxWidth: 0.36 * MEASURE }, words("place")),
      ),
    ),
    { width: WIDTH, height, fonts: fonts() },
  );
  const { pixels } = await renderAsync(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="100%" height="100%" fill="${colours.paper}"/><rect width="100%" height="${EDGE}" fill="${colours.accent}"/>${text}</svg>`,
    // The text is outlines by now; a machine's own fonts must not be looked for.
    { font: { loadSystemFonts: false } },
  );
  return {
    strip: { pixels, scale: 1, rows: height, skipped: 0 },
    lost: [...lost],
  };
}
