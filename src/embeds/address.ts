/**
 * Addresses below `/nhung/` and `/oembed/`, without the site's base. Other people's pages hold them: what is here
 * stays. A static host can tell apart only what is in the path, so the choices that work without script are there.
 */

/** Where the builder is, and every embeddable view below it. */
export const EMBEDS = "/nhung/";

/** As the address names them; the first is said by saying nothing. */
export const THEMES = { auto: "", light: "sang", dark: "toi" } as const;
export type Theme = keyof typeof THEMES;

/** How many stories a list holds. */
export const COUNTS = [3, 6, 12] as const;
export type Count = (typeof COUNTS)[number];
export const USUAL_COUNT: Count = 6;

/** What of a story is shown: its card, its whole text, its figures. */
export const FORMS = {
  card: "",
  text: "toan-van",
  figures: "so-lieu",
} as const;
export type Form = keyof typeof FORMS;

/** The list of all kinds of stories has no page of its own. */
export const NEWEST = "/moi-nhat/";

const below = (...parts: (string | number)[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part) => `${part}/`)
    .join("");

/**
 * The embed of a list: `/nhung/phong-trao/nong-thon-moi/12/toi/`.
 *
 * @param list the list's own address, or `NEWEST`
 */
export const listEmbed = (
  list: string,
  count: Count = USUAL_COUNT,
  theme: Theme = "auto",
): string =>
  EMBEDS +
  list.slice(1) +
  below(count === USUAL_COUNT ? "" : count, THEMES[theme]);

/**
 * The embed of a story: `/nhung/bai/mo-hinh/ten/toan-van/toi/`.
 *
 * @param story the story's own address
 */
export const storyEmbed = (
  story: string,
  form: Form = "card",
  theme: Theme = "auto",
): string => `${EMBEDS}bai${story}${below(FORMS[form], THEMES[theme])}`;

/** The embed of the search box. */
export const searchEmbed = (theme: Theme = "auto"): string =>
  `${EMBEDS}tim-kiem/${below(THEMES[theme])}`;

/** What the views themselves load, by digest. */
export const EMBED_CODE = `${EMBEDS}js/` as const;

/** The script that gives an embed's frame its height, in the page around it. */
export const RESIZE_SCRIPT = `${EMBEDS}nhung.js` as const;

/** The script that brings the element `<guong-sang>`. */
export const ELEMENT_SCRIPT = `${EMBEDS}guong-sang.js` as const;

/**
 * The oEmbed answer for a page: `/oembed/mo-hinh/ten.json`.
 *
 * @param page the page's own address
 */
export const oembedOf = (page: string): string =>
  `/oembed${page === "/" ? "/trang-chu" : page.slice(0, -1)}.json`;
