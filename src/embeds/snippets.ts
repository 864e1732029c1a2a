/**
 * The code that others copy, from the plainest that survives every editor's filter to what an administrator alone may
 * put in. Pure, and the same in the builder's page and in its script: addresses come in whole.
 *
 * What the forms owe to WordPress 6.1 and NukeViet 4.5 is told in docs/embedding.md, and tried in
 * tests/embeds/snippets.test.ts: one line; double quotes; colours of six digits at the end of a value, for one filter
 * drops every `rgb(` and the other writes `#` anew; no `display`, no figure; entities that no filter writes otherwise.
 */
import { escapeHtml } from "../blocks/html.ts";

/** A link with what stands below it. */
export interface CardLink {
  href: string;
  title: string;
  /** Date and place. */
  note?: string | undefined;
}

/** What a card says: of a list its name and stories, of a story its title and summary. */
export interface Card extends CardLink {
  summary?: string | undefined;
  picture?: { src: string; alt: string } | undefined;
  stories: readonly CardLink[];
  /** Whose site it comes from, and where that is. */
  source: { name: string; href: string };
}

/** The colours of a card. */
export interface Dress {
  paper: string;
  ink: string;
  mute: string;
  line: string;
  accent: string;
}

/** By day and by night, as src/styles/tokens.css has them. */
export const DRESSES = {
  light: {
    paper: "#fbf7ef",
    ink: "#1d1a16",
    mute: "#6a6257",
    line: "#e2d8c5",
    accent: "#a3161b",
  },
  dark: {
    paper: "#171410",
    ink: "#f1eadc",
    mute: "#b5ab9b",
    line: "#3a342b",
    accent: "#f0938f",
  },
} as const satisfies Record<string, Dress>;

const onOneLine = (words: string): string => words.replace(/\s+/g, " ").trim();

/** Text with entities as both filters would write them, and without what they take for their own marks. */
const safe = (words: string): string =>
  escapeHtml(onOneLine(words))
    .replaceAll("&quot;", "&#034;")
    .replaceAll("&#39;", "&#039;")
    .replaceAll("[", "&#091;")
    .replaceAll("]", "&#093;");

/** In attributes NukeViet takes a number behind `#` for a colour: what would be written by one is written otherwise. */
const OTHERWISE: Readonly<Record<string, string>> = {
  '"': "”",
  "'": "’",
  "[": "(",
  "]": ")",
};
const value = (words: string): string =>
  escapeHtml(onOneLine(words).replace(/["'[\]]/g, (mark) => OTHERWISE[mark]!));

/** An address as the value of an attribute. */
const address = (url: string): string =>
  escapeHtml(
    url.replace(
      /["'[\]]/g,
      (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );

/** Whether an address is one that a page may lead to. */
const isWeb = (url: string): boolean => /^https?:\/\//.test(url);

/** Styles as WordPress joins them again. */
const style = (...rules: string[]): string => `style="${rules.join(";")}"`;

const link = (href: string, title: string, colour: string): string =>
  isWeb(href)
    ? `<a href="${address(href)}" ${style(`color:${colour}`, "text-decoration:underline")}>${safe(title)}</a>`
    : safe(title);

/**
 * A card of plain links: no frame, no script. What it says, it says for good: it does not follow the site.
 *
 * @param card with a picture, or without one where the first picture of a text becomes its lead
 */
export function htmlCard(card: Card, dress: Dress = DRESSES.light): string {
  const { paper, ink, mute, line, accent } = dress;
  const note = (words: string | undefined): string =>
    words
      ? `<br><span ${style("font-size:14px", `color:${mute}`)}>${safe(words)}</span>`
      : "";
  const paragraph = (html: string, ...rules: string[]): string =>
    `<p ${style("margin:0 0 12px 0", ...rules)}>${html}</p>`;
  const { picture } = card;
  return [
    `<div ${style(
      "max-width:640px",
      "margin:16px 0",
      "padding:16px 20px 4px 20px",
      `border:1px solid ${line}`,
      `border-top:3px solid ${accent}`,
      `background-color:${paper}`,
      `color:${ink}`,
      "line-height:1.5",
      // NukeViet's theme for phones justifies its columns.
      "text-align:left",
    )}>`,
    picture && isWeb(picture.src)
      ? paragraph(
          `<img src="${address(picture.src)}" alt="${value(picture.alt)}" width="1200" height="630" ${style("max-width:100%", "height:auto")}>`,
        )
      : "",
    paragraph(
      `<strong>${link(card.href, card.title, accent)}</strong>${note(card.note)}`,
      "font-size:20px",
      "line-height:1.35",
    ),
    card.summary ? paragraph(safe(card.summary)) : "",
    ...card.stories.map((story) =>
      paragraph(
        `<strong>${link(story.href, story.title, ink)}</strong>${note(story.note)}`,
        "padding:12px 0 0 0",
        `border-top:1px solid ${line}`,
      ),
    ),
    paragraph(
      `Nguồn: ${link(card.source.href, card.source.name, mute)}`,
      "padding:8px 0 0 0",
      "font-size:14px",
      `color:${mute}`,
      `border-top:1px solid ${line}`,
    ),
    `</div>`,
  ].join("");
}

/** A frame's height: what it has on wide screens, and on a phone's. */
export interface Height {
  wide: number;
  phone: number;
}

/**
 * How wide frames are for which heights are found: on a phone, in a portal's column, in a narrow one beside it. Columns
 * are from 520 to 800 wide, and a card is highest where they are narrowest.
 */
export const FRAME_WIDTHS = { phone: 320, column: 520, side: 300 };

/** The height of a frame for a list that is so high today: tomorrow's stories may have longer titles. */
export const withRoom = (height: number): number =>
  Math.ceil((height * 1.1) / 10) * 10;

/** Screens narrower than this have their columns' whole width for an embed. */
const PHONE = 560;

export interface Frame {
  /** The embed's whole address. */
  src: string;
  title: string;
  height: Height;
}

/**
 * What a frame from elsewhere is let do. `allow-same-origin` is our own origin, not the host's; without
 * `allow-popups-to-escape-sandbox` a page in a new window would stay as bound as the frame.
 */
export const SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";

/** A style that gives one height below a width of the screen and another above, where no rule of a sheet can. */
const heightRule = ({ wide, phone }: Height): string =>
  wide === phone
    ? `height:${wide}px`
    : phone > wide
      ? `height:clamp(${wide}px,(${PHONE}px - 100vw)*9999,${phone}px)`
      : `height:clamp(${phone}px,(100vw - ${PHONE}px)*9999,${wide}px)`;

/**
 * A frame of a fixed height that shows the embed without any script in the page around it. Its attributes say again
 * what its style says, for pages whose policy lets no style through: there it is rather too high than too low.
 */
export const frame = ({ src, title, height }: Frame): string =>
  `<iframe src="${address(src)}" title="${value(title)}" width="100%" height="${Math.max(height.wide, height.phone)}" frameborder="0" ` +
  `${style("border:0", "width:100%", heightRule(height))} loading="lazy" ` +
  `referrerpolicy="strict-origin-when-cross-origin" sandbox="${SANDBOX}"></iframe>`;

/** The same with the script that gives it the height of what it holds. */
export const frameWithScript = (made: Frame, script: string): string =>
  `${frame(made)}${scriptTag(script)}`;

const scriptTag = (src: string): string =>
  `<script src="${address(src)}" async></script>`;

/**
 * The custom element. The link inside it is what a reader has where the element or the script was taken away.
 *
 * @param attributes by which src/browser/embed-element.ts knows what to show
 */
export const element = (
  attributes: Readonly<Record<string, string>>,
  fallback: CardLink,
  script: string,
): string =>
  `<guong-sang ${Object.entries(attributes)
    .map(([name, said]) => `${name}="${value(said)}"`)
    .join(
      " ",
    )}><a href="${address(fallback.href)}">${safe(fallback.title)}</a></guong-sang>${scriptTag(script)}`;

/** What is to be shown, with whole addresses throughout. */
export interface Choice {
  /** The embed's. */
  view: string;
  /** That of the page which the embed is of. */
  page: string;
  /** For those who do not see the frame. */
  title: string;
  height: Height;
  card: Card;
  dress: Dress;
  /** The custom element's. */
  attributes: Readonly<Record<string, string>>;
  resizeScript: string;
  elementScript: string;
}

/** Every code for a choice, by its name. */
export function codesFor(choice: Choice) {
  const { view, page, card, dress, attributes, elementScript } = choice;
  const framed: Frame = { ...choice, src: view };
  return {
    /** Without a picture. */
    card: htmlCard({ ...card, picture: undefined }, dress),
    pictureCard: htmlCard(card, dress),
    frame: frame(framed),
    scripted: frameWithScript(framed, choice.resizeScript),
    element: element(attributes, card, elementScript),
    page,
    view,
    /** The fields of Liferay's form for a custom element. */
    properties: [
      "HTML Element Name: guong-sang",
      `JavaScript URL: ${elementScript}`,
      `Properties: ${Object.entries(attributes)
        .map(([name, said]) => `${name}=${said}`)
        .join("\n")}`,
    ].join("\n"),
  };
}
export type CodeName = keyof ReturnType<typeof codesFor>;
