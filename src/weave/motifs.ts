/**
 * The motifs and threads a cloth is woven from, after what Tày, Nùng, Dao, Mông and Sán Chay weavers of
 * Việt Bắc draw with counted threads: stepped diamonds, hooks, stars, mountains, all of them mirrored.
 *
 * A motif is written as its upper left quarter, a letter a cell: `#` the first thread, `+` the second,
 * `.` the ground. Its last column and last row are the middle, about which the quarter is mirrored; its
 * first column is shared with the neighbour, so that a motif of 7 columns comes again every 12 cells.
 */
export const MOTIFS: Readonly<Record<string, string>> = {
  // Quả trám: the stepped diamond, the commonest of all.
  diamond: `
    #....##
    ....##.
    ...##.+
    ..##.+.
    .##.+.#
    ##.+.##`,
  // Quả trám lồng: one diamond in another.
  "double-diamond": `
    #.....#
    .....#.
    ....#.+
    ...#.+.
    ..#.+.#
    .#.+.#.`,
  // Mắt lưới: diamonds whose points meet in a net.
  lattice: `
    #...+.#
    ...+.##
    ..+.##.
    .+.##..
    +.##..#
    .##..#+`,
  // Móc câu: a diamond with hooks along its sides.
  hooked: `
    #....##
    #...##.
    ...##.#
    ..##..#
    .##.+..
    ##..+++`,
  // Hoa bốn cánh: a flower in a diamond.
  flower: `
    #....##
    ....##.
    ...##++
    ..##.+.
    .##+++#
    ##.+.##`,
  // Hoa bí: a small blossom, far apart.
  blossom: `
    #......
    ......#
    .....##
    ....##.
    ...##.#
    ..##.#+`,
  // Hoa tám cánh: the eight-pointed star.
  star: `
    +...#..
    ....##.
    ..+.##.
    ....##.
    ####.#.
    .####..
    ......#`,
  // Hoa hồi: star anise, the scent of the border hills.
  anise: `
    #...##.
    ....##.
    ...##.#
    .####.#
    ###..#+
    #..##++`,
  // Mặt trống: rings like a bronze drum's face.
  drum: `
    #...###
    ...#...
    ..#..##
    .#..#++
    .#.#+..
    .#.#+.#`,
  // Mặt trời: a sun behind clouds.
  sun: `
    #.++...
    .++.###
    ++.##..
    +.##.##
    +.#.#..
    +.#.#.+`,
  // Mạng nhện: a web.
  web: `
    #...++#
    ...+.##
    ..++##.
    .+.##..
    ++##..#
    .##..#+`,
  // Hạt giống: a seed that opens.
  seed: `
    #.....#
    ....##.
    ....##+
    ..##.+.
    ..##++#
    ##.+.##`,
  // Ngã tư: paths that cross.
  crossroad: `
    #+.##..
    +..##..
    .###..#
    ###...#
    #....#+
    ...##++`,
  // Cọn nước: the water wheel.
  wheel: `
    #+.+.##
    +..+.##
    .++.##.
    +..###.
    .####.#
    ###..##`,
  // Bếp lửa: the hearth with its frame.
  hearth: `
    ####...
    ##.####
    .##..##
    ..#.#..
    ..##.##
    ..##.#+`,
  // Núi: mountains, and their image in the water.
  mountains: `
    +.....#
    ++...##
    .++.##.
    ..+##.#
    ..##.##
    .##.###`,
  // Hạt cườm: beads.
  checks: `
    #.....#
    .....#.
    ....#.#
    ...#.#+
    ..#.#+.
    .#.#+.#`,
};

/** Narrow motifs, woven between the others: a plain stripe would be too plain there. */
export const BORDERS: Readonly<Record<string, string>> = {
  // Răng cưa: teeth.
  teeth: `
    #...
    ##..
    .##.
    ..##`,
  // Hạt: a string of beads.
  beads: `
    .#.
    ###
    .#+`,
  // Dây: a chain of lozenges.
  chain: `
    ...#
    ..#.
    .#.+`,
  // Bậc thang: terraced fields.
  steps: `
    ##...
    .##..
    ..##.
    ...##`,
};

/** Colours of a cloth, `#rrggbb`: its ground, then four threads. */
export type Palette = readonly [string, string, string, string, string];

/** The project's own palettes. Which of them a story's cloth has, its field says. */
export const PALETTES = {
  tea: ["#143d2b", "#e9b949", "#c8322b", "#f4ead2", "#2f6b4a"],
  flag: ["#8f1418", "#f2b92d", "#f4ead2", "#1d4d38", "#c8322b"],
  indigo: ["#1c2430", "#d9a441", "#b8292f", "#e9dfc7", "#3f6f8f"],
  earth: ["#b9771b", "#7a1417", "#fbf1d9", "#1d4d38", "#3a2a14"],
  river: ["#0f3f4d", "#f1c453", "#f2eddc", "#c9402f", "#2f7f86"],
  plum: ["#45193a", "#e8b04a", "#f3e6d6", "#c23a4b", "#8a4a78"],
  cotton: ["#efe4cc", "#8f1418", "#1c2430", "#1d4d38", "#c98a1b"],
  charcoal: ["#26211c", "#e2b33f", "#d0452f", "#f1e6cf", "#4f7d5c"],
} as const satisfies Record<string, Palette>;

/** What an editor calls them. */
export const PALETTE_LABELS: Record<keyof typeof PALETTES, string> = {
  tea: "Xanh chè",
  flag: "Đỏ cờ",
  indigo: "Chàm",
  earth: "Vàng đất",
  river: "Xanh sông",
  plum: "Tím mận",
  cotton: "Trắng bông",
  charcoal: "Đen than",
};
