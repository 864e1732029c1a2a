import { statSync, truncateSync, utimesSync } from "node:fs";
import path from "node:path";
import { Resvg } from "@resvg/resvg-js";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { draw, drawShapes } from "../../src/share/draw.ts";
import { makeShares, shareVersion } from "../../src/share/make.ts";
import {
  namePicture,
  openAlbum,
  takeAlbum,
  type SharePicture,
} from "../../src/share/picture.ts";
import { palettePng, pixelsOf, type Strip } from "../../src/share/png.ts";
import { printable } from "../../src/share/printable.ts";
import { PALETTES } from "../../src/weave/motifs.ts";
import { ROOT, temporaryFolder } from "../support/site.ts";

const COLOURS = {
  paper: "#fbf7ef",
  ink: "#1d1a16",
  mute: "#6a6257",
  accent: "#a3161b",
};

const picture = (differing: Partial<SharePicture> = {}): SharePicture => ({
  title: "Tổ công nghệ số xóm Ví Dụ đi từng nhà, cả xóm nộp hồ sơ tại bếp",
  kicker: "Chuyển đổi số",
  place: "Xã Bản Mai",
  site: "Gương sáng Ví Dụ",
  status: "Bản giới thiệu, chưa phải trang chính thức",
  cloth: { seed: "to-cong-nghe-so", palette: "indigo" },
  weaving: undefined,
  colours: COLOURS,
  ...differing,
});

/** A decoded picture. */
interface Seen {
  width: number;
  height: number;
  /** `#rrggbb` */
  at: (x: number, y: number) => string;
}

async function look(png: Uint8Array): Promise<Seen> {
  const { data, info } = await sharp(png)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    width,
    height,
    at: (x, y) =>
      `#${data
        .readUIntBE(channels * (y * width + x), 3)
        .toString(16)
        .padStart(6, "0")}`,
  };
}

const seen = async (differing?: Partial<SharePicture>): Promise<Seen> =>
  look((await draw(picture(differing))).png);

/** The rows from the cloth's edge down, and where in each something is drawn. */
function inkBelowCloth({ width, height, at }: Seen) {
  // The edge of the cloth is the lowest row that is of one colour other than paper.
  const whole = (y: number, colour: string) =>
    Array.from({ length: width }, (_, x) => at(x, y)).every(
      (found) => found === colour,
    );
  let edge = height - 1;
  while (!whole(edge, COLOURS.accent)) edge--;
  const rows = Array.from({ length: height - edge - 1 }, (_, index) => {
    const y = edge + 1 + index;
    const drawn = Array.from({ length: width }, (_, x) => x).filter(
      (x) => at(x, y) !== COLOURS.paper,
    );
    return { y, drawn };
  });
  return { edge, rows };
}

/** Lines of text as bands of rows with something in them. */
function bandsOf(rows: { y: number; drawn: number[] }[]) {
  const bands: { top: number; bottom: number; left: number; right: number }[] =
    [];
  for (const { y, drawn } of rows) {
    if (drawn.length === 0) continue;
    const [left, right] = [drawn[0]!, drawn.at(-1)!];
    const last = bands.at(-1);
    if (last?.bottom === y - 1) {
      last.bottom = y;
      last.left = Math.min(last.left, left);
      last.right = Math.max(last.right, right);
    } else bands.push({ top: y, bottom: y, left, right });
  }
  return bands;
}

const WORDS =
  "Ấm áp những nếp nhà mới ở vùng lũ Ẵm bồng ỦY BAN giữ đỗ Ợ Ỹ Ộ phường xã Tân Cương cùng bà con dựng lại";

/** A title of so many letters. */
const titleOf = (letters: number): string =>
  Array.from({ length: 5 }, () => WORDS)
    .join(" ")
    .slice(0, letters)
    .trim();

describe("a title", () => {
  it.each([1, 8, 30, 45, 60, 75, 90, 105, 120, 140, 160, 250, 400])(
    "of %d letters stands whole on the paper, clear of the edges and of what is below",
    async (letters) => {
      const { edge, rows } = inkBelowCloth(
        await seen({ title: titleOf(letters) }),
      );
      expect(edge).toBeGreaterThan(200);
      for (const { drawn } of rows) {
        expect(drawn[0] ?? 600).toBeGreaterThanOrEqual(60);
        expect(drawn.at(-1) ?? 600).toBeLessThanOrEqual(1140);
      }
      const bands = bandsOf(rows);
      const foot = bands.filter(({ top }) => top > 526);
      const title = bands.filter(({ top }) => top < 526).slice(1);
      expect(title.length).toBeGreaterThan(0);
      expect(Math.max(...title.map(({ bottom }) => bottom))).toBeLessThan(520);
      expect(Math.max(...foot.map(({ bottom }) => bottom))).toBeLessThan(600);
    },
  );

  it("grows by each letter that is added: none is cut off", async () => {
    const ink = async (letters: number) => {
      const { rows } = inkBelowCloth(
        await seen({
          title: "n ".repeat(letters / 2).trim(),
          kicker: "",
          place: "",
          site: "",
          status: "",
        }),
      );
      return rows.reduce((sum, { drawn }) => sum + drawn.length, 0);
    };
    // At one size, twice the letters are twice the ink.
    const [one, two] = [await ink(260), await ink(300)];
    expect(two / one).toBeGreaterThan(1.1);
    expect(two / one).toBeLessThan(1.2);
  });

  it("is larger the shorter it is", async () => {
    const heightOf = async (letters: number) => {
      const title = "Xóm làm đường mới ".repeat(30).slice(0, letters).trim();
      const bands = bandsOf(inkBelowCloth(await seen({ title })).rows);
      const { top, bottom } = bands[1]!;
      return bottom - top;
    };
    const heights = [];
    for (const letters of [20, 60, 110, 160, 300])
      heights.push(await heightOf(letters));
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(heights[0]).toBeGreaterThan(60);
    expect(heights.at(-1)).toBeGreaterThan(20);
  });

  it("does not run its lines into one another, however many marks are stacked", async () => {
    // Every word, and so every line, has the highest mark and the deepest tail.
    const title = "Ẩgợ ".repeat(40).trim();
    const bands = bandsOf(
      inkBelowCloth(
        await seen({ title, kicker: "", place: "", site: "", status: "" }),
      ).rows,
    );
    // The highest marks float over their letters: bands of their own.
    const heights = bands
      .map(({ top, bottom }) => bottom - top)
      .filter((height) => height > 20);
    expect(heights.length).toBeGreaterThan(2);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(4);
  });

  it("without a space is broken and not cut", async () => {
    const { rows } = inkBelowCloth(
      await seen({ title: "ngườiviệtnam".repeat(12) }),
    );
    for (const { drawn } of rows) {
      expect(drawn[0] ?? 600).toBeGreaterThanOrEqual(60);
      expect(drawn.at(-1) ?? 600).toBeLessThanOrEqual(1140);
    }
  });
});

it.each([["ẤẪỰỸỘ"], ["Người tốt, việc tốt"], ["ĐƯỜNG MỚI Ở XÓM"]])(
  "«%s» is drawn in Newsreader, letter for letter",
  async (title) => {
    const drawn = await seen({
      title,
      kicker: "",
      place: "",
      site: "",
      status: "",
    });
    const [line] = bandsOf(inkBelowCloth(drawn).rows);
    const box = {
      width: line!.right - line!.left + 1,
      height: line!.bottom - line!.top + 1,
    };
    // The same words by another way of setting type: resvg's own, from the same font file.
    const set = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="200"><rect width="1200" height="200" fill="${COLOURS.paper}"/><text x="64" y="140" font-family="Newsreader" font-weight="600" font-size="88" fill="${COLOURS.ink}">${title}</text></svg>`,
      {
        font: {
          loadSystemFonts: false,
          fontFiles: [path.join(ROOT, "src/fonts/newsreader-600.ttf")],
          defaultFontFamily: "Newsreader",
        },
      },
    ).render();
    const other = await look(set.asPng());
    const rows = Array.from({ length: 200 }, (_, y) => ({
      y,
      drawn: Array.from({ length: 1200 }, (_, x) => x).filter(
        (x) => other.at(x, y) !== COLOURS.paper,
      ),
    }));
    const [theirs] = bandsOf(rows);
    expect(Math.abs(theirs!.right - theirs!.left + 1 - box.width)).toBeLessThan(
      4,
    );
    expect(
      Math.abs(theirs!.bottom - theirs!.top + 1 - box.height),
    ).toBeLessThan(3);
    let [both, either] = [0, 0];
    for (let y = 0; y < box.height; y++)
      for (let x = 0; x < box.width; x++) {
        const ours = drawn.at(line!.left + x, line!.top + y) === COLOURS.ink;
        const its = other.at(theirs!.left + x, theirs!.top + y) === COLOURS.ink;
        if (ours && its) both++;
        if (ours || its) either++;
      }
    expect(both).toBeGreaterThan(1000);
    expect(both / either).toBeGreaterThan(0.85);
  },
);

describe("a picture", () => {
  it("is a small PNG of 1200 × 630, the same each time it is drawn", async () => {
    for (const palette of Object.keys(PALETTES)) {
      const wanted = picture({ cloth: { seed: "mot", palette } });
      const [one, two] = [await draw(wanted), await draw(wanted)];
      expect(Buffer.from(one.png).equals(two.png)).toBe(true);
      expect(one.png.length).toBeLessThan(40_000);
      expect(one.lost).toEqual([]);
      expect(await sharp(one.png).metadata()).toMatchObject({
        format: "png",
        width: 1200,
        height: 630,
      });
    }
  });

  it("says whose the site is, in its place below", async () => {
    const footInk = async (status: string) => {
      const { rows } = inkBelowCloth(await seen({ status, place: "" }));
      return bandsOf(rows.filter(({ y }) => y > 526)).length;
    };
    expect(await footInk(picture().status)).toBe((await footInk("")) + 1);
  });

  it("takes a site's own colours and motifs", async () => {
    const own = {
      paper: "#ffffff",
      ink: "#111111",
      mute: "#555555",
      accent: "#0b4f9c",
    };
    const weaving = {
      palettes: [
        {
          name: "indigo" as const,
          colours: ["#010203", "#f0f0f0", "#e0e0e0", "#d0d0d0", "#c0c0c0"],
        },
      ],
      motifs: ["#..#\n.##.\n#..+"],
      borders: [],
    };
    const drawn = await seen({ colours: own, weaving });
    expect(drawn.at(2, 628)).toBe("#ffffff");
    const top = new Set(
      Array.from({ length: 1200 }, (_, x) => drawn.at(x, 100)),
    );
    for (const colour of top)
      expect(weaving.palettes[0]!.colours).toContain(colour);
    const rest = new Set(
      Array.from({ length: 1200 * 630 }, (_, index) =>
        drawn.at(index % 1200, Math.floor(index / 1200)),
      ),
    );
    for (const colour of [own.ink, own.mute, own.accent])
      expect(rest).toContain(colour);
    for (const colour of Object.values(COLOURS))
      expect(rest).not.toContain(colour);
  });

  it("is drawn whatever is written", async () => {
    for (const title of [
      "",
      " ",
      "漢字",
      "🎉",
      "\u202e",
      "a\u0301\u0323".repeat(40),
      "<b>&amp;</b>{x}",
    ])
      expect(
        (
          await seen({
            title,
            kicker: title,
            place: title,
            site: title,
            status: title,
          })
        ).width,
      ).toBe(1200);
  });

  it("keeps a long place, kicker and name to their lines", async () => {
    const long = "Ủy ban nhân dân xã Bản Mai ".repeat(10).trim();
    const { rows } = inkBelowCloth(
      await seen({ kicker: long, place: long, site: long, status: long }),
    );
    for (const { drawn } of rows) {
      expect(drawn[0] ?? 600).toBeGreaterThanOrEqual(60);
      expect(drawn.at(-1) ?? 600).toBeLessThanOrEqual(1140);
    }
    expect(bandsOf(rows.filter(({ y }) => y > 526)).length).toBeLessThanOrEqual(
      2,
    );
  });
});

describe("letters", () => {
  it.each([
    ["Người tốt, việc tốt: “25 %” – 1.250 m²", undefined],
    ["Nguye\u0302\u0303n", "Nguyễn"],
    ["Žižek và Łódź", "Zizek và ódz"],
    ["ﬁ № １２", "fi No 12"],
    ["hai\u2003 dấu\tcách ", "hai dấu cách"],
    ["20\u00a0ha", undefined],
    ["mềm\u00admại\u200b", "mềmmại"],
  ])("«%s» can be drawn", (text, expected) => {
    expect(printable(text).text).toBe(expected ?? text);
  });

  it("that there is nothing for are left out and told", () => {
    expect(printable("Làng 漢漢 vui 🎉")).toEqual({
      text: "Làng vui",
      lost: ["漢", "🎉"],
    });
    expect(printable("Łódź").lost).toEqual(["Ł"]);
  });
});

describe("palettePng", () => {
  const colourful = (colours: number, width: number, height: number) => {
    const pixels = Buffer.alloc(4 * width * height);
    for (let at = 0; at < width * height; at++)
      pixels.writeUInt32BE((at % colours) * 0x10200 + 0xff, 4 * at);
    return pixels;
  };
  const stripOf = (colours: number): Strip => ({
    pixels: colourful(colours, 37, 23),
    scale: 1,
    rows: 23,
    skipped: 0,
  });
  const look = (png: Uint8Array) =>
    sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });

  it.each([1, 2, 5, 255, 256])(
    "keeps %d colours as they are",
    async (colours) => {
      const { data, info } = await look(
        (await palettePng([stripOf(colours)], 37))!,
      );
      expect(info).toMatchObject({ width: 37, height: 23, channels: 4 });
      expect(data.equals(colourful(colours, 37, 23))).toBe(true);
    },
  );

  it("leaves more than 256 colours to others", async () => {
    expect(await palettePng([stripOf(257)], 37)).toBeUndefined();
  });

  it("puts strips one below the other, each as large as it is to be", async () => {
    const strips: Strip[] = [
      { pixels: colourful(7, 12, 5), scale: 3, rows: 8, skipped: 2 },
      { pixels: colourful(9, 36, 4), scale: 1, rows: 4, skipped: 0 },
    ];
    const { data, info } = await look((await palettePng(strips, 36))!);
    expect(info).toMatchObject({ width: 36, height: 12 });
    expect(data.equals(pixelsOf(strips, 36))).toBe(true);
    const at = (x: number, y: number) => data.readUInt32BE(4 * (36 * y + x));
    expect(at(0, 0)).toBe(colourful(7, 12, 5).readUInt32BE(0));
    expect(at(35, 0)).toBe(colourful(7, 12, 5).readUInt32BE(4 * 11));
    // Two of the first row's three were passed over.
    expect(at(4, 1)).toBe(colourful(7, 12, 5).readUInt32BE(4 * 13));
    expect(at(4, 8)).toBe(colourful(9, 36, 4).readUInt32BE(4 * 4));
  });
});

it("the other shapes of a picture say the same, under more of the cloth", async () => {
  const words = await sharp((await draw(picture())).png)
    .extract({ left: 0, top: 400, width: 1200, height: 230 })
    .raw()
    .toBuffer();
  const shapes = await drawShapes(picture());
  expect(shapes.map(([shape]) => shape)).toEqual(["16x9", "4x3", "1x1"]);
  for (const [shape, png] of shapes) {
    const [across, down] = shape.split("x").map(Number) as [number, number];
    const { width, height } = await sharp(png).metadata();
    expect(width * down).toBe(height * across);
    const below = await sharp(png)
      .extract({ left: 0, top: height - 230, width: 1200, height: 230 })
      .raw()
      .toBuffer();
    expect(below.equals(words)).toBe(true);
    expect(png.length).toBeLessThan(60_000);
  }
});

describe("an album", () => {
  it("gives every picture a name of its own, from all that is on it and what draws it", () => {
    openAlbum("một");
    const differing: Partial<SharePicture>[] = [
      {},
      { title: "Khác" },
      { kicker: "Khác" },
      { place: "Khác" },
      { site: "Khác" },
      { status: "Khác" },
      { cloth: { seed: "khac", palette: "indigo" } },
      { cloth: { seed: "to-cong-nghe-so", palette: "tea" } },
      { colours: { ...COLOURS, accent: "#0b4f9c" } },
      { weaving: { palettes: [], motifs: ["#..\n...\n..#"], borders: [] } },
    ];
    const paths = differing.map((one) => namePicture(picture(one)));
    expect(new Set(paths).size).toBe(differing.length);
    for (const name of paths)
      expect(name).toMatch(/^\/_media\/[0-9a-f]{32}\.png$/);
    expect(namePicture(picture())).toBe(paths[0]);
    const named = takeAlbum();
    expect([...named.keys()]).toEqual(
      paths.map((name) => name.slice("/_media/".length)),
    );

    openAlbum("hai");
    expect(namePicture(picture())).not.toBe(paths[0]);
    expect(takeAlbum().size).toBe(1);
    expect(() => namePicture(picture())).toThrow("album");
  });

  it("is drawn once; what is broken is drawn again", async () => {
    const cache = temporaryFolder("cache");
    const told: string[] = [];
    const make = async (pictures: ReadonlyMap<string, SharePicture>) => {
      const progress: [number, number][] = [];
      const made = await makeShares(cache, pictures, {
        progress: (...so) => progress.push(so),
        tell: (message) => told.push(message),
      });
      expect(progress).toHaveLength(made);
      return made;
    };
    openAlbum(shareVersion());
    for (const title of ["Một", "Hai", "Ba", "Bốn 漢 năm"])
      namePicture(picture({ title }));
    const named = takeAlbum();
    expect(await make(named)).toBe(4);
    expect(told).toEqual([
      "Ảnh chia sẻ của «Bốn 漢 năm» để trống «漢»: phông chữ của trang không có.",
    ]);
    const [first] = [...named.keys()];
    const file = path.join(cache, "media", first!);
    utimesSync(file, 1, 1);
    expect(await make(named)).toBe(0);
    expect(statSync(file).mtimeMs).toBe(1000);
    truncateSync(file);
    expect(await make(named)).toBe(1);
    expect((await sharp(file).metadata()).width).toBe(1200);
  });
});
