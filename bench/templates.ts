/**
 * The pages' markup for the tools we compare with, written once and translated to each tool's template
 * language. It says again what src/components say: when a page changes there, the comparison fails and this
 * has to follow.
 *
 * The language: `[[a.b]]` a value (escaped), `[[raw a.b]]` HTML, `[[if a.b]]…[[else]]…[[end]]`,
 * `[[each a.b as x]]…[[end]]`, `[[card x]]` the card (or `[[row x]]` the row) of the story at the address x,
 * and `[[main]]`, where the inner template or the editor's text comes. Names are those of the page's view in
 * pages.ts.
 */
import { shareText } from "../src/i18n/share.ts";
import { text } from "../src/i18n/vi.ts";

const date = (name: string): string =>
  `[[if ${name}.datetime]]<time datetime="[[${name}.datetime]]">[[${name}.text]]</time>[[else]][[${name}.text]][[end]]`;

const link = (name: string): string =>
  `<a href="[[${name}.href]]">[[${name}.text]]</a>`;

const section = (title: string, inner: string): string =>
  `<section><h2>${title}</h2>${inner}</section>`;

/** A section that is there when its data is. */
const optional = (name: string, title: string, inner: string): string =>
  `[[if ${name}]]${section(title, inner)}[[end]]`;

const quantity = (name: string): string =>
  `[[${name}]][[if result.unit]]<span class="unit">[[result.unit]]</span>[[end]]`;

const links = (name: string): string =>
  `<ul>[[each ${name} as entry]]<li>${link("entry")}</li>[[end]]</ul>`;

const CRUMBS = `<nav class="breadcrumbs wide" aria-label="${text.breadcrumbs}"><ol><li><a href="/">${text.home}</a></li>[[each crumbs as crumb]]<li>${link("crumb")}</li>[[end]]<li aria-current="page">[[title]]</li></ol></nav>`;

/** To the page before and the page after. */
const beside = (name: string, label: string, newer = "", older = ""): string =>
  `[[if beside]]<nav class="${name}" aria-label="${label}">[[if newer]]<a href="[[newer.href]]" rel="prev">${newer}[[newer.text]]</a>[[end]][[if older]]<a href="[[older.href]]" rel="next">${older}[[older.text]]</a>[[end]]</nav>[[end]]`;

const STORY = `${CRUMBS}
<article class="story" data-pagefind-body>
<div class="hung cover">[[raw cloth.cover]]</div>
<div class="column">
<header>
<p class="kicker">[[over]]</p>
<h1>[[title]]</h1>
[[if who]]<p class="who">[[who]]</p>[[end]]
<p class="summary">[[summary]]</p>
<p class="meta">[[each places as place]][[place.before]]${link("place")}[[end]][[if places]] · [[end]][[if event]]${text.event}: ${date("event")} · [[end]]${text.published} ${date("published")} · [[reading]]</p>
[[if byline]]<p class="meta">[[byline]]</p>[[end]]
</header>
[[if results]]<section class="results" aria-label="${text.results}"><dl class="key-figures">[[each results as result]]<div><dt>[[result.label]]</dt><dd class="value">${quantity("result.value")}</dd>[[if result.before]]<dd class="before">Trước đó: ${quantity("result.before")}</dd>[[end]]</div>[[end]]</dl></section>[[end]]
[[if headings]]<nav class="toc" aria-labelledby="trong-bai"><p id="trong-bai">${text.contents}</p><ol>[[each headings as heading]]<li><a href="#[[heading.id]]">[[heading.text]]</a></li>[[end]]</ol></nav>[[end]]
${optional("problem", text.problem, "<p>[[problem]]</p>")}
${optional(
  "steps",
  text.method,
  `<ol class="steps">[[each steps as step]]<li>[[if step.title]]<p class="step-title">[[step.title]]</p>[[end]]<p>[[step.text]]</p></li>[[end]]</ol>`,
)}
[[if hasbody]]<div class="prose">[[main]]</div>[[end]]
${optional("conditions", text.conditions, "<p>[[conditions]]</p>")}
${optional("cost", text.cost, "<p>[[cost]]</p>")}
${optional(
  "recognition",
  text.recognition,
  `<ul>[[each recognition as item]]<li>[[item]]</li>[[end]]</ul><p class="meta">${text.recognitionNote}</p>`,
)}
${optional("documents", text.documents, links("documents"))}
</div>
</article>
<div class="column after-story">
${optional(
  "sources",
  text.sources,
  `<ol>[[each sources as source]]<li>[[if source.url]]<a href="[[source.url]]">[[source.label]]</a>[[else]][[source.label]][[end]]</li>[[end]]</ol>`,
)}
<section class="tools" id="chia-se"><h2>${shareText.title}</h2><p><a href="[[facebook]]">${shareText.facebook}</a> <a href="[[kit]]#ma-qr">${shareText.qr}</a> <a href="[[embed]]">${shareText.embed}</a> <a href="[[kit]]">${shareText.press}</a></p><p class="meta">${shareText.zalo}</p></section>
${section(
  text.sortedUnder,
  `<dl class="facts">[[each terms as term]]<div><dt>[[term.label]]</dt><dd>${links("term.links")}</dd></div>[[end]]</dl>`,
)}
${section(text.cite, `<p class="citation">[[citation]]</p><p class="meta">${text.licence}</p>`)}
<section class="ask-change"><h2>${text.askChange}</h2><p>${text.askChangeNobody}</p>[[if guide]]<p><a href="[[guide]]">${text.askChangeHow}</a></p>[[end]]</section>
${beside("neighbours", text.neighbours, `<span>${text.newerStory}</span> `, `<span>${text.olderStory}</span> `)}
</div>
[[if related]]<section class="wide related"><header class="section-head"><h2>${text.related}</h2></header><ul class="thirds">[[each related as other]]<li>[[card other]]</li>[[end]]</ul></section>[[end]]`;

const LIST = `${CRUMBS}
<div class="wide">
<header class="page-head">
<h1>[[title]]</h1>
[[if summary]]<p class="summary">[[summary]]</p>[[end]]
[[if count]]<p class="meta">[[count]]</p>[[end]]
[[if embed]]<p class="tools"><a href="[[feed]]">${shareText.follow}</a> <a href="[[embed]]">${shareText.embed}</a></p>[[end]]
</header>
[[if lead]][[raw lead]][[end]]
[[if cards]]<ul class="story-list">[[each cards as story]]<li>[[row story]]</li>[[end]]</ul>[[else]]<div class="empty"><p>${text.noStories}</p>[[if crumbs]]<p>${text.noStoriesYet}</p>${links("crumbs")}[[end]]</div>[[end]]
${beside("pages", text.pages)}
</div>`;

/** A story on another page than its own; see src/components/StoryCard.astro. */
const teaser = (as: "card" | "row", level: 2 | 3, brief = false): string => {
  const hung = brief ? "band" : as;
  const figures = `[[if figures]]<dl class="key-figures">[[each figures as figure]]<div><dt>[[figure.label]]</dt><dd class="value">[[figure.value]][[if figure.unit]]<span class="unit">&nbsp;[[figure.unit]]</span>[[end]]</dd></div>[[end]]</dl>[[end]]`;
  return `<article class="teaser story-${as}">
<div class="hung ${hung}">[[raw cloth.${hung}]]</div>
<div class="words">
<p class="kicker">[[kicker]]</p>
<h${level}><a href="[[path]]">[[title]]</a></h${level}>
[[if person]]<p class="who">[[person]]</p>[[end]]
${brief ? "" : `<p class="summary">[[summary]]</p>`}
<p class="meta">${date("date")}[[if place]] · [[place]][[end]]</p>
</div>
${brief ? "" : figures}
</article>`;
};

/** What stands inside the main element. */
export const PAGES = {
  story: STORY,
  list: LIST,
  fixed: "[[raw main]]",
};

/** What stands inside that for another story. */
export const CARDS = {
  card: teaser("card", 3, true),
  row: teaser("row", 2),
};

/** How a template language writes what ours can say. Expressions have their root put in front already. */
export interface Language {
  /** What stands before a root name: the page's view. A name that `each` made stands alone, after `local`. */
  root: string;
  local: string;
  value(expression: string): string;
  raw(expression: string): string;
  if(expression: string): string;
  else: string;
  endIf(hadElse: boolean): string;
  each(expression: string, name: string): string;
  endEach: string;
  card(name: string, expression: string): string;
  main: string;
  /** Last touch to what stands between, where the language needs one. */
  attribute?(value: string): string;
}

/**
 * Translates a template.
 *
 * @throws when the template is not well formed
 */
export function translate(template: string, language: Language): string {
  const open: { name?: string; hadElse: boolean; each: boolean }[] = [];
  const expression = (dotted: string): string =>
    open.some(({ name }) => name === dotted.split(".")[0])
      ? `${language.local}${dotted}`
      : `${language.root}${dotted}`;
  const token = (source: string): string => {
    const [word = "", first = "", , name = ""] = source.split(" ");
    switch (word) {
      case "if": {
        const condition = language.if(expression(first));
        open.push({ hadElse: false, each: false });
        return condition;
      }
      case "each": {
        const loop = language.each(expression(first), name);
        open.push({ name, hadElse: false, each: true });
        return loop;
      }
      case "else":
        open.at(-1)!.hadElse = true;
        return language.else;
      case "end": {
        const { each, hadElse } = open.pop()!;
        return each ? language.endEach : language.endIf(hadElse);
      }
      case "card":
      case "row":
        return language.card(word, expression(first));
      case "raw":
        return language.raw(expression(first));
      case "main":
        return language.main;
      default:
        return language.value(expression(word));
    }
  };
  const translated = template
    // Attributes first: some languages write a value there in another way than between tags.
    .split(/(="[^"]*\[\[[^"]*")/)
    .map((part, index) =>
      index % 2 === 1 && language.attribute
        ? language.attribute(part.slice(2, -1))
        : part,
    );
  return translated
    .join("")
    .replace(/\[\[(.+?)\]\]/g, (_whole, source: string) => token(source));
}
