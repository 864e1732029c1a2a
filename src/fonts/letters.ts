/** The letters that the site's fonts have. scripts/fonts.ts makes the fonts from this list. */

const VOWELS =
  "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
const ASCII = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join("");
/** Besides letters: what Vietnamese typography and the site's own interface print. */
const SIGNS = "\u00a0«»‹›“”‘’–—…·•×÷±²³°ºª§©®−≤≥½¼¾‰€₫";
/** Names of people and products from elsewhere. */
const FOREIGN = "äëïöüÿçñåøæœßÄËÏÖÜÇÑÅØÆŒîûôÎÛÔ";

export const LETTERS =
  ASCII + VOWELS + VOWELS.toUpperCase() + "đĐ" + SIGNS + FOREIGN;
