/**
 * The pages' markup for the tools we compare with, written once and translated to each tool's template
 * language. It says again what src/components say: when a page changes there, the comparison fails and this
 * has to follow.
 *
 * The language: `[[a.b]]` a value (escaped), `[[raw a.b]]` HTML, `[[if a.b]]…[[else]]…[[end]]`,
 * `[[each a.b as x]]…[[end]]`, `[[card2 x]]` the card of the story at the address x under a heading of
 * level 2 (or 3), `[[current /x/]]` the attribute that says that x is this page, and `[[main]]`, where the
 * inner template or the editor's text comes. Names are those of the page's view in pages.ts.
 */
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

const CRUMBS = `<nav class="breadcrumbs" aria-label="${text.breadcrumbs}"><ol><li><a href="/">${text.home}</a></li>[[each crumbs as crumb]]<li>${link("crumb")}</li>[[end]]<li aria-current="page">[[title]]</li></ol></nav>`;

const STORY = `${CRUMBS}
<article class="story">
<header>
<p class="kicker">[[kicker]]</p>
<h1>[[title]]</h1>
<p class="summary">[[summary]]</p>
[[if who]]<p class="who">[[who]]</p>[[end]]
<p class="meta">[[each places as place]][[place.before]]${link("place")}[[end]][[if places]] · [[end]][[if event]]${text.event}: ${date("event")} · [[end]]${text.published} ${date("published")} · [[reading]]</p>
[[if byline]]<p class="meta">[[byline]]</p>[[end]]
</header>
${optional(
  "results",
  text.results,
  `<dl class="key-figures">[[each results as result]]<div><dt>[[result.label]]</dt><dd class="value">${quantity("result.value")}</dd>[[if result.before]]<dd class="before">Trước đó: ${quantity("result.before")}</dd>[[end]]</div>[[end]]</dl>`,
)}
${optional("problem", text.problem, "<p>[[problem]]</p>")}
${optional(
  "steps",
  text.method,
  `<ol class="steps">[[each steps as step]]<li>[[if step.title]]<p class="step-title">[[step.title]]</p>[[end]]<p>[[step.text]]</p></li>[[end]]</ol>`,
)}
[[if headings]]<nav class="toc" aria-label="${text.contents}"><ol>[[each headings as heading]]<li><a href="#[[heading.id]]">[[heading.text]]</a></li>[[end]]</ol></nav>[[end]]
[[if hasbody]]<div class="prose">[[main]]</div>[[end]]
${optional("conditions", text.conditions, "<p>[[conditions]]</p>")}
${optional("cost", text.cost, "<p>[[cost]]</p>")}
${optional(
  "recognition",
  text.recognition,
  `<ul>[[each recognition as item]]<li>[[item]]</li>[[end]]</ul><p class="meta">${text.recognitionNote}</p>`,
)}
${optional("documents", text.documents, `<ul>[[each documents as document]]<li>${link("document")}</li>[[end]]</ul>`)}
${optional(
  "sources",
  text.sources,
  `<ol>[[each sources as source]]<li>[[if source.url]]<a href="[[source.url]]">[[source.label]]</a>[[else]][[source.label]][[end]]</li>[[end]]</ol>`,
)}
${section(
  text.sortedUnder,
  `<dl class="facts">[[each terms as term]]<div><dt>[[term.label]]</dt><dd><ul>[[each term.links as entry]]<li>${link("entry")}</li>[[end]]</ul></dd></div>[[end]]</dl>`,
)}
</article>
${optional("related", text.related, `<ul class="story-list">[[each related as other]]<li>[[card3 other]]</li>[[end]]</ul>`)}`;

const LIST = `${CRUMBS}
<h1>[[title]]</h1>
[[if summary]]<p class="summary">[[summary]]</p>[[end]]
[[if count]]<p class="meta">[[count]]</p>[[end]]
[[if lead]][[raw lead]][[end]]
[[if cards]]<ul class="story-list">[[each cards as story]]<li>[[card2 story]]</li>[[end]]</ul>[[else]]<p>${text.noStories}</p>[[end]]
[[if paged]]<nav class="pages" aria-label="${text.pages}">[[if newer]]<a href="[[newer.href]]" rel="prev">[[newer.text]]</a>[[end]][[if older]]<a href="[[older.href]]" rel="next">[[older.text]]</a>[[end]]</nav>[[end]]`;

const card = (level: 2 | 3): string => `<article class="card">
<p class="kicker">[[kicker]]</p>
<h${level}><a href="[[path]]">[[title]]</a></h${level}>
<p>[[summary]]</p>
[[if figures]]<dl class="key-figures">[[each figures as figure]]<div><dt>[[figure.label]]</dt><dd class="value">[[figure.value]]</dd></div>[[end]]</dl>[[end]]
<p class="meta">${date("date")}[[if place]] · [[place]][[end]]</p>
</article>`;

/** What stands inside the main element, and the cards inside that. */
export const TEMPLATES = {
  story: STORY,
  list: LIST,
  fixed: "[[raw main]]",
  card2: card(2),
  card3: card(3),
} as const;

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
  card(level: string, expression: string): string;
  /** An attribute, with the space before it. */
  current(address: string): string;
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
      case "card2":
      case "card3":
        return language.card(word, expression(first));
      case "current":
        return language.current(first);
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
