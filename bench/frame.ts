/** What stands around the inside of `<main>`, learnt from page after page of our own built site. */
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";

/** A piece of the frame that has no more forms than this is given whole; one with more has a hole for its value. */
const MOST_FORMS = 4;

/** An element of the head, or of the body beside main. */
interface Piece {
  /** The same for the same piece of another page. */
  name: string;
  source: string;
  /** What is likely to be another on another page, and the source with `[[value]]` or `[[raw value]]` for it. */
  value?: string;
  hole?: string;
}

/** All pages' frame as one template, and what each page puts into it. */
export class Frame {
  /** Of all pages, in their order. */
  #names: string[] = [];
  /** Each piece's sources, and how many pages have each. */
  #forms = new Map<string, Map<string, number>>();
  #holes = new Map<string, string>();
  /** The menu's links that can say that they lead to the page they are on, or to the list it is in. */
  #current = new Set<string>();
  #main = "";
  #pages = 0;

  /** Notes a page; gives what is inside its main element and, once all pages are noted, what the frame asks of it. */
  read(
    file: string,
    html: string,
  ): { main: string; head: () => Record<string, unknown> } {
    const tag = /<main\b[^>]*>/.exec(html);
    const close = html.lastIndexOf("</main>");
    if (!tag || close < 0) throw new Error(`${file} has no main element`);
    this.#main ||= tag[0];
    this.#pages++;
    const open = tag.index + tag[0].length;
    const current: Record<string, string> = {};
    const around = html
      .slice(0, open)
      .replace(CURRENT, (_link, href: string, how: string) => {
        current[href] = how;
        this.#current.add(href);
        return `<a href="${href}"`;
      });
    const pieces = piecesOf(around + html.slice(close));
    this.#note(pieces);
    return {
      main: html.slice(open, close).trim(),
      head: () => this.#dataOf(pieces, current),
    };
  }

  #note(pieces: Piece[]): void {
    let last = -1;
    for (const { name, source, hole } of pieces) {
      const at = this.#names.indexOf(name);
      // A piece that is new stands behind the one it follows here.
      if (at < 0) this.#names.splice(++last, 0, name);
      else last = at;
      const forms = this.#forms.get(name) ?? new Map<string, number>();
      this.#forms.set(name, forms.set(source, (forms.get(source) ?? 0) + 1));
      if (hole) this.#holes.set(name, hole);
    }
  }

  #dataOf(
    pieces: Piece[],
    current: Record<string, string>,
  ): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    for (const { name, source, value } of pieces) {
      if (this.#isAlways(name)) continue;
      const key = `p${this.#names.indexOf(name)}`;
      const forms = this.#forms.get(name)!;
      if (forms.size > MOST_FORMS) data[key] = value;
      else data[`${key}f${[...forms.keys()].indexOf(source)}`] = true;
    }
    [...this.#current].forEach((href, index) => {
      if (current[href]) data[`c${index}`] = current[href];
    });
    return data;
  }

  /** Whether all pages have the same. */
  #isAlways(name: string): boolean {
    const [count, ...others] = this.#forms.get(name)!.values();
    return others.length === 0 && count === this.#pages;
  }

  /** The frame in the language of templates.ts. */
  template(): string {
    const written = this.#names.map((name, index) => {
      const sources = [...this.#forms.get(name)!.keys()];
      if (this.#isAlways(name)) return sources[0]!;
      if (sources.length <= MOST_FORMS)
        return sources
          .map(
            (source, form) => `[[if head.p${index}f${form}]]${source}[[end]]`,
          )
          .join("");
      const hole = this.#holes.get(name);
      if (!hole)
        throw new Error(
          `What stands around the main element has ${sources.length} forms, such as ${sources[0]}: teach bench/frame.ts about it`,
        );
      const value = `head.p${index}`;
      return `[[if ${value}]]${hole.replace(/(?<=\[\[(?:raw )?)value(?=\]\])/, value)}[[end]]`;
    });
    const place = (where: string) =>
      written.filter((_source, index) => this.#names[index]!.startsWith(where));
    const current = [...this.#current];
    const before = place("before")
      .join("\n")
      .replace(
        /<a href="([^"]*)">([^<]*)<\/a>/g,
        (link, href: string, words: string) => {
          const c = `head.c${current.indexOf(href)}`;
          return this.#current.has(href)
            ? `[[if ${c}]]<a href="${href}" aria-current="[[${c}]]">${words}</a>[[else]]${link}[[end]]`
            : link;
        },
      );
    return `<!doctype html>\n<html lang="vi"><head>\n${place("head").join("\n")}\n</head><body>${before}${this.#main}[[main]]</main>${place("after").join("\n")}</body></html>`;
  }
}

const CURRENT = /<a href="([^"]*)" aria-current="(\w+)"/g;

/** The elements of a page's head and of its body, all but main. */
function piecesOf(html: string): Piece[] {
  const tree = parse(html, { sourceCodeLocationInfo: true });
  const root = tree.childNodes.find((node) => node.nodeName === "html");
  const [head = [], body = []] = (root as Tree.Element).childNodes
    .filter((node) => "tagName" in node)
    .map(({ childNodes }) => childNodes.filter((node) => "tagName" in node));
  const main = body.findIndex(({ tagName }) => tagName === "main");
  const seen = new Map<string, number>();
  const named = (name: string): string => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return `${name} ${count}`;
  };
  return [
    ...head.map((element) => {
      const piece = pieceOf(element, html);
      return { ...piece, name: named(`head ${piece.hole ?? piece.source}`) };
    }),
    ...body.flatMap((element, index) =>
      index === main
        ? []
        : [
            {
              name: named(index < main ? "before" : "after"),
              source: sourceOf(element, html),
            },
          ],
    ),
  ];
}

const sourceOf = ({ sourceCodeLocation }: Tree.Element, html: string) =>
  html.slice(sourceCodeLocation!.startOffset, sourceCodeLocation!.endOffset);

/** An element of the head; one that says something in a text or in an attribute has a hole for it. */
function pieceOf(
  element: Tree.Element,
  html: string,
): Pick<Piece, "source" | "value" | "hole"> {
  const { tagName, attrs, childNodes, sourceCodeLocation: at } = element;
  const source = sourceOf(element, html);
  if (tagName === "title") {
    const [words] = childNodes;
    return {
      source,
      value: words && "value" in words ? words.value : "",
      hole: "<title>[[value]]</title>",
    };
  }
  // A data block. Whole: the tools' templates would write its text as they write code.
  if (attrs.some(({ value }) => value === "application/ld+json"))
    return { source, value: source, hole: "[[raw value]]" };
  const saying = attrs.find(({ name }) => ["content", "href"].includes(name));
  const where = saying && at?.attrs?.[saying.name];
  if (!where) return { source };
  return {
    source,
    value: saying.value,
    hole: `${html.slice(at.startOffset, where.startOffset)}${saying.name}="[[value]]"${html.slice(where.endOffset, at.endOffset)}`,
  };
}
