/** The letters that the site's fonts have. scripts/fonts.ts makes the fonts from these lists. */

const VOWELS =
  "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
const ASCII = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join("");
/** Signs of code and of addresses: a headline has none. */
const TECHNICAL = /[\\^`{|}~<>@#$*_=[\]]/g;
/** What Vietnamese typography prints besides letters, in headlines too. */
const PUNCTUATION = "\u00a0«»“”‘’–—…·×²³°";
const SIGNS = "‹›•÷±ºª§©®−≤≥½¼¾‰€₫";
/** Names of people and products from elsewhere. */
const FOREIGN = "äëïöüÿçñåøæœßÄËÏÖÜÇÑÅØÆŒîûôÎÛÔ";

/** Headlines, names, labels: what pages set in semibold. */
export const HEAD_LETTERS =
  ASCII.replace(TECHNICAL, "") +
  VOWELS +
  VOWELS.toUpperCase() +
  "đĐ" +
  PUNCTUATION;

/** Running text. What it lacks, a page takes letter by letter from a font of the reader's own. */
export const TEXT_LETTERS =
  HEAD_LETTERS + ASCII.match(TECHNICAL)!.join("") + "±©−≤≥½";

/** Pictures, which have no other font to fall back on. */
export const LETTERS = TEXT_LETTERS + SIGNS + FOREIGN;
