/**
 * Writing HTML: whatever is put into a template is escaped, unless it is markup already.
 * The tag is not called `html` because Prettier would reflow such templates, and spaces are content here.
 */

/** HTML that must not be escaped again. Being an object, it cannot be mistaken for an editor's text. */
export interface Markup {
  readonly html: string;
}

/** What a template takes: text (escaped), markup (kept), nothing (left out), or a list of these. */
export type Part = string | number | Markup | undefined | readonly Part[];

/**
 * The template tag: `` markup`<p title="${title}">${text}</p>` ``. Values belong in text and in
 * double-quoted attributes only.
 *
 * @returns the markup, with every text among the parts escaped
 */
export function markup(
  texts: TemplateStringsArray,
  ...parts: readonly Part[]
): Markup {
  return trusted(String.raw({ raw: texts }, ...parts.map(write)));
}

/**
 * Vouches for HTML that was made elsewhere, such as a block's inner HTML.
 *
 * @param html must come from a renderer, never from an editor
 */
export const trusted = (html: string): Markup => ({ html });

/** No parser accepts these code points, so they are dropped: controls, lone surrogates, non-characters. */
const UNSPEAKABLE = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text without the code points that neither HTML nor XML can hold. */
export const speakable = (text: string): string =>
  text.replace(UNSPEAKABLE, "");

/** Text made safe both between tags and inside a quoted attribute. */
export const escapeHtml = (text: string): string =>
  speakable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

function write(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(write).join("");
}
