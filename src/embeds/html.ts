/**
 * The embeddable views as HTML: pure, of a view and its theme. Every link to the site opens in a new window; beside
 * it stands a plain one that stays in the frame, for frames that may open none.
 */
import { articleParts } from "../article/parts.ts";
import { pictureFigure } from "../blocks/picture.ts";
import { markup, trusted, type Markup } from "../blocks/html.ts";
import { embedText } from "../i18n/embeds.ts";
import { text } from "../i18n/vi.ts";
import { LONGEST_QUERY } from "../search/typing.ts";
import { canonical, href } from "../stories/address.ts";
import type { ClothView, DateView, ShownFigure } from "../stories/views.ts";
import { clothSvg } from "../weave/svg.ts";
import { loomOf, weave } from "../weave/weave.ts";
import { NEWEST, listEmbed, storyEmbed, type Theme } from "./address.ts";
import type {
  CardEmbed,
  EmbedCard,
  EmbedFrame,
  EmbedView,
  GoneEmbed,
  ListEmbed,
  SearchEmbed,
  TextEmbed,
} from "./views.ts";

/** What is around a view: its frame and theme. */
interface Around {
  frame: EmbedFrame;
  theme: Theme;
}

/**
 * The content of an embed's page, inside its `<main>`.
 *
 * @param body a text's compiled body, as `readBody` gives it; empty for the others
 */
export function embedHtml(
  view: EmbedView,
  frame: EmbedFrame,
  theme: Theme,
  body = "",
): string {
  const around = { frame, theme };
  return markup`${shownBy(view, around, body)}${foot(view, around)}`.html;
}

function shownBy(view: EmbedView, around: Around, body: string): Markup {
  switch (view.shows) {
    case "list":
      return listHtml(view, around);
    case "card":
    case "figures":
      return cardHtml(view, around);
    case "text":
      return textHtml(view, around, body);
    case "search":
      return searchHtml(view, around);
    case "gone":
      return goneHtml(view);
  }
}

/** A link to the site, in a new window. */
const link = (path: string, words: string): Markup =>
  markup`<a href="${href(path)}" target="_blank" rel="noopener">${words}</a>`;

/** A link that stays in the frame. */
const linkHere = (embed: string, words: string, label?: string): Markup =>
  markup`<a class="here" href="${href(embed)}" target="_self"${label && markup` aria-label="${label}"`}>${words}</a>`;

const readHere = ({ address, title }: EmbedCard, theme: Theme): Markup =>
  linkHere(
    storyEmbed(address, "text", theme),
    embedText.readHere,
    `${embedText.readHere}: ${title}`,
  );

/** Whose it is, and where the whole of it is found: in print, for who can follow no link. */
function foot(view: EmbedView, { frame }: Around): Markup {
  const { site, whose } = frame;
  // The search's own address stands beside its box.
  const path = view.shows === "search" ? "/" : view.path;
  return markup`<footer><p>${embedText.source}: ${link(path, site.name)}, <span class="address">${canonical(path)}</span></p><p>${whose}. ${view.shows === "search" ? embedText.newWindowSearch : embedText.newWindow}</p></footer>`;
}

function listHtml(
  { path, title, cards }: ListEmbed,
  { frame, theme }: Around,
): Markup {
  const items = cards.map(
    (card) =>
      markup`<li class="teaser"><template>${pictureOf(card, frame, "row")}</template><div class="words"><p class="kicker">${card.kicker}</p><h2>${link(card.address, card.title)}</h2><p class="summary">${card.summary}</p><p class="meta">${when(card)} · ${readHere(card, theme)}</p></div></li>`,
  );
  return markup`<header class="head">${clothHtml(frame.cloth, frame, "mark")}<h1>${link(path, title)}</h1></header>${
    items.length > 0
      ? markup`<ul class="items">${items}</ul>`
      : markup`<p>${text.noStories}</p>`
  }`;
}

const cardHtml = (
  { card, figures }: CardEmbed,
  { frame, theme }: Around,
): Markup =>
  markup`<article class="teaser">${figures ? undefined : markup`<div class="picture">${pictureOf(card, frame, "card")}</div>`}<div class="words"><p class="kicker">${card.kicker}</p><h1>${link(card.address, card.title)}</h1>${card.who && markup`<p class="who">${card.who}</p>`}${
    figures
      ? trusted(figures)
      : markup`<p class="summary">${card.summary}</p>${figuresOf(card)}`
  }<p class="meta">${when(card)} · ${readHere(card, theme)}</p></div></article>`;

/** A card's few figures, as cards of the site have them. */
const figuresOf = ({ figures }: EmbedCard): Markup | undefined =>
  figures.length > 0
    ? markup`<dl class="key-figures">${figures.map(
        ({ label, value, unit }) =>
          markup`<div><dt>${label}</dt><dd class="value">${value}${unit && markup`<span class="unit">\u00a0${unit}</span>`}</dd></div>`,
      )}</dl>`
    : undefined;

/** When and where. */
const when = ({ date, place }: EmbedCard): Markup =>
  markup`${dateHtml(date)}${place && ` · ${place}`}`;

const dateHtml = ({ text: words, datetime }: DateView): Markup =>
  datetime
    ? markup`<time datetime="${datetime}">${words}</time>`
    : markup`${words}`;

/** A story's photograph, small; its cloth where it has none. */
const pictureOf = (
  { cover, cloth }: EmbedCard,
  frame: EmbedFrame,
  hung: keyof typeof ROWS,
): Markup => (cover ? photograph(cover, hung) : clothHtml(cloth, frame, hung));

/** How many rows of a cloth are seen at most, as embed.css hangs it. */
const ROWS = { card: 27, row: 13, mark: 11 };

const clothHtml = (
  { seed, palette }: ClothView,
  { site }: EmbedFrame,
  hung: keyof typeof ROWS,
): Markup =>
  markup`<div class="hung ${hung}">${trusted(
    clothSvg(
      weave(seed, palette, loomOf(site.weaving)),
      hung.slice(0, 2),
      ROWS[hung],
    ),
  )}</div>`;

/** With its credit, as its licence asks; without its caption, which the text has. */
function photograph(
  { props, view }: ShownFigure,
  hung: keyof typeof ROWS,
): Markup {
  const { caption: _, ...shown } = props;
  const sources = view.sources.map(({ type, srcset }) => ({
    type,
    srcset: hung === "row" ? srcset.split(", ")[0]! : srcset,
  }));
  return pictureFigure(
    shown,
    {
      picture: () => ({ ...view, sources }),
      document: () => undefined,
      eager: false,
    },
    hung === "row" ? "7rem" : undefined,
  );
}

function textHtml(
  { card, story }: TextEmbed,
  { theme }: Around,
  body: string,
): Markup {
  const { data, places, published, minutes, unit } = story;
  const parts = articleParts(story, body).map(({ name, title, html }) => {
    const inner = outside(html);
    if (name === "cover") return inner;
    return title
      ? markup`<section><h2>${title}</h2>${inner}</section>`
      : markup`<div class="${name === "body" ? "prose" : "results"}">${inner}</div>`;
  });
  const by = [
    data.byline && `${text.byline}: ${data.byline}`,
    unit && `${text.unit}: ${unit}`,
  ].filter(Boolean);
  return markup`<article class="story"><div class="column"><header><p class="kicker">${card.kicker}</p><h1>${link(card.address, card.title)}</h1>${card.who && markup`<p class="who">${card.who}</p>`}<p class="summary">${card.summary}</p><p class="meta">${[
    ...places.map((place) => place.text),
    `${text.published} ${published.text}`,
    text.readingTime(minutes),
    ...by,
  ].join(
    " · ",
  )}</p></header>${parts}</div></article><p>${linkHere(listEmbed(NEWEST, undefined, theme), embedText.more)}</p>`;
}

/**
 * A story's HTML in a frame. What leads away opens in a new window, as the layout says for every link; what leads
 * to a place in the text stays. No attribute's value holds a double quote, so this is always a link's beginning.
 */
const outside = (html: string): Markup =>
  trusted(html.replaceAll('<a href="#', '<a target="_self" href="#'));

const searchHtml = ({ path }: SearchEmbed, { frame }: Around): Markup =>
  markup`<form role="search" action="${href(path)}" target="_blank"><h1><label for="tu">${embedText.searchIn(frame.site.name)}</label></h1><div class="search"><input id="tu" name="q" type="search" autocomplete="off" enterkeyhint="search" maxlength="${LONGEST_QUERY}"><button type="submit">${text.searchButton}</button></div></form><p class="meta">${embedText.searchAt} ${link(path, canonical(path))}</p>`;

const goneHtml = ({ title, notice }: GoneEmbed): Markup =>
  markup`<h1>${title}</h1><p>${notice}</p>`;
