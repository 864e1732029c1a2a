/**
 * Other people's sites as they treat what is pasted into them. The rules are those that were measured in the systems
 * themselves (docs/embedding.md): written anew here, for nothing of these systems is part of this project.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const TAG = /<(\/?)([^\s>/]+)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;

/** An attribute as it stands in a tag. */
interface Attribute {
  name: string;
  /** Absent when the attribute has none. */
  value?: string;
  /** With its quotes. */
  whole: string;
}

const attributesIn = (tag: string): Attribute[] =>
  [...tag.matchAll(/([^\s=/"]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?/g)].map(
    ([whole, name = "", quoted]) => ({
      name: name.toLowerCase(),
      ...(quoted === undefined
        ? {}
        : { value: quoted.replace(/^(["'])(.*)\1$/s, "$2") }),
      whole,
    }),
  );

const withoutScripts = (html: string): string =>
  html.replace(/<script[^>]*>.*?<\/script\s*>/gis, "");

// NukeViet 4.5

/** Elements that NukeViet takes away; the text in them stays. */
const NUKEVIET_REMOVES =
  /^(?:script|style|link|meta|base|title|frame|frameset|html|head|body|xml|svg|section|article|details|picture|applet|layer|ilayer|bgsound|blink|basefont|id)$/;

/** `#` and six or three digits as a colour, which of three is read as if each digit were a number below 16. */
function rewriteColours(value: string): string {
  return value.replace(/#([0-9a-f]{3,6});*/gi, (whole, digits: string) => {
    if (digits.length !== 3 && digits.length !== 6) return whole;
    const size = digits.length / 3;
    const parts = [0, 1, 2].map((part) =>
      Number.parseInt(digits.slice(part * size, (part + 1) * size), 16),
    );
    return `rgb(${parts.join(", ")});`;
  });
}

/**
 * What NukeViet keeps of an article, whatever editor it was written in.
 *
 * @param trusted the hosts on its list: names alone
 */
export const nukeViet = (
  html: string,
  trusted: readonly string[] = [],
): string =>
  withoutScripts(html.replaceAll("[", "&#91;").replaceAll("]", "&#93;"))
    .split(/(<[^>]*>)/)
    .map((piece) =>
      piece.startsWith("<")
        ? nukeVietTag(piece, trusted)
        : piece.replaceAll('"', "&quot;").replaceAll("'", "&#039;"),
    )
    .join("")
    .trim();

function nukeVietTag(tag: string, trusted: readonly string[]): string {
  // A tag's name ends at its first space: not at a new line.
  const [, slash = "", name = "", rest = ""] =
    /^<(\/?)([^ >]*)(.*)>$/s.exec(tag) ?? [];
  if (
    !/^[a-z][a-z0-9]*$/i.test(name) ||
    NUKEVIET_REMOVES.test(name.toLowerCase())
  )
    return "";
  if (slash) return `</${name.toLowerCase()}>`;
  const kept = attributesIn(rest).flatMap((attribute) =>
    nukeVietAttribute(name.toLowerCase(), attribute, trusted),
  );
  return `<${[name.toLowerCase(), ...kept].join(" ")}>`;
}

function nukeVietAttribute(
  tag: string,
  { name, value, whole }: Attribute,
  trusted: readonly string[],
): string[] {
  if (
    name.startsWith("on") ||
    /^(?:action|background|codebase|srcdoc)$/.test(name)
  )
    return [];
  if (value === undefined) return [`${name}="${name}"`];
  // Only double quotes are known: others become part of the value, which ends at its first space.
  if (/=\s*'/.test(whole)) return [`${name}="&#039;${value.split(" ")[0]}"`];
  if (/expression|javascript|behaviour|vbscript|mocha|livescript/.test(value))
    return [];
  if (
    name === "src" &&
    (tag === "iframe" || tag === "embed") &&
    URL.canParse(value) &&
    !trusted.includes(new URL(value).hostname)
  )
    return [];
  const quoted = value
    .replace(/ +/g, " ")
    .replaceAll("&quot;", "&#039;")
    .replaceAll("'", "&#039;");
  return [`${name}="${name === "href" ? quoted : rewriteColours(quoted)}"`];
}

/** What its editor makes of frames when somebody opens the article and saves it again. */
export const nukeVietSavedAgain = (html: string): string =>
  html.replace(
    /(<iframe[^>]*?) sandbox="[^"]*"/g,
    '$1 sandbox="allow-scripts allow-same-origin allow-forms allow-presentation" allow="autoplay"',
  );

// WordPress 6.1

const WORDPRESS_GLOBAL =
  /^(?:class|id|style|title|role|lang|dir|data-.+|aria-(?:label|labelledby|describedby|details|hidden))$/;

/** Elements that authors may use, with their own attributes, as far as ours could matter. */
const WORDPRESS_KEEPS: Record<string, RegExp> = {
  ...Object.fromEntries(
    "div p span strong em b i br ul ol li h1 h2 h3 h4 h5 h6 section article aside figure figcaption details summary table tr td th tbody thead blockquote small mark dl dt dd hr"
      .split(" ")
      .map((name) => [name, /^align$/]),
  ),
  a: /^(?:href|rel|rev|name|target|download)$/,
  img: /^(?:alt|align|border|height|hspace|loading|longdesc|vspace|src|usemap|width)$/,
};

const WORDPRESS_STYLES =
  /^(?:background(?:-color|-image|-position|-size)?|border(?:-radius|-width|-color|-style|-collapse|-spacing|-(?:top|right|bottom|left)(?:-color|-style|-width)?)?|color|columns|font(?:-family|-size|-style|-variant|-weight)?|letter-spacing|line-height|text-(?:align|decoration|indent|transform)|(?:min-|max-)?(?:width|height)|margin(?:-(?:top|right|bottom|left))?|padding(?:-(?:top|right|bottom|left))?|gap|clear|cursor|direction|float|list-style-type|object-fit|overflow|vertical-align)$/;

/** A style without what is not on the list, and without anything that looks like a function but these five. */
const wordPressStyle = (value: string): string =>
  value
    .split(";")
    .map((rule) => rule.trim())
    .filter((rule) => {
      const [name = "", words = ""] = rule.split(/:(.*)/s);
      const bare = words.replace(
        /\b(?:var|calc|min|max|minmax|clamp)\((?:[^()]|\([^()]*\))*\)/g,
        "",
      );
      return WORDPRESS_STYLES.test(name.trim()) && !/[\\(&=}]|\/\*/.test(bare);
    })
    .join(";");

/** Entities as WordPress writes them: numbers of at least three digits. */
const wordPressEntities = (html: string): string =>
  html.replace(/&(?:#(\d+);)?(?![a-z]{2,8};)/gi, (whole, digits?: string) =>
    digits === undefined
      ? whole === "&"
        ? "&amp;"
        : whole
      : `&#${digits.replace(/^0+/, "").padStart(3, "0")};`,
  );

/** What WordPress keeps of an author's text: of those who may not write any HTML they like. */
export const wordPress = (html: string): string =>
  wordPressEntities(html).replace(
    TAG,
    (_whole, slash: string, written: string, rest: string) => {
      const name = written.toLowerCase();
      const own = WORDPRESS_KEEPS[name];
      if (!own) return "";
      if (slash) return `</${name}>`;
      const kept = attributesIn(rest).flatMap((attribute) => {
        if (!own.test(attribute.name) && !WORDPRESS_GLOBAL.test(attribute.name))
          return [];
        if (attribute.name !== "style") return [attribute.whole];
        const style = wordPressStyle(attribute.value ?? "");
        return style ? [`style="${style}"`] : [];
      });
      return `<${[name, ...kept].join(" ")}>`;
    },
  );

/**
 * What WordPress makes of the HTML in an oEmbed answer of a provider it does not know. Nothing when there is no frame.
 *
 * @param secret what its page and the frame know one another by
 */
export function wordPressEmbed(html: string, secret: string): string {
  const allowed =
    /^(?:src|width|height|frameborder|marginwidth|marginheight|scrolling|title)$/;
  const plain = html.replace(
    TAG,
    (_whole, slash: string, written: string, rest: string) => {
      const name = written.toLowerCase();
      if (!["a", "blockquote", "iframe"].includes(name)) return "";
      if (slash) return `</${name}>`;
      const kept = attributesIn(rest)
        .filter((attribute) =>
          name === "a"
            ? attribute.name === "href"
            : name === "iframe" && allowed.test(attribute.name),
        )
        .map(({ whole }) => whole);
      return `<${[name, ...kept].join(" ")}>`;
    },
  );
  const [, quote = "", frame] =
    /(<blockquote>.*?<\/blockquote>)?.*(<iframe.*?><\/iframe>)/s.exec(plain) ??
    [];
  if (!frame) return "";
  const hidden = quote
    ? ' style="position: absolute; clip: rect(1px, 1px, 1px, 1px);"'
    : "";
  return (
    quote.replace(
      "<blockquote>",
      `<blockquote class="wp-embedded-content" data-secret="${secret}">`,
    ) +
    frame
      .replace(
        "<iframe",
        `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"${hidden}`,
      )
      .replace(
        / src="([^"]*)"/,
        ` src="$1#?secret=${secret}" data-secret="${secret}"`,
      )
  );
}

/** What a WordPress page does with messages of its embeds: its wp-embed.js told in short. */
export const WORDPRESS_SCRIPT = `
addEventListener("message", ({ data, source }) => {
  if (!data || !(data.secret || data.message || data.value) || /[^a-zA-Z0-9]/.test(data.secret)) return;
  for (const quote of document.querySelectorAll('blockquote[data-secret="' + data.secret + '"]')) quote.style.display = "none";
  for (const frame of document.querySelectorAll('iframe[data-secret="' + data.secret + '"]')) {
    if (frame.contentWindow !== source) continue;
    frame.removeAttribute("style");
    if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10) || 0));
    if (data.message === "link" && /^https?:$/.test(new URL(data.value).protocol) &&
      new URL(data.value).host === new URL(frame.src).host && document.activeElement === frame)
      top.location.href = data.value;
  }
});
addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe.wp-embedded-content"))
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
});`;

// Liferay 2025.Q4

/** What Liferay keeps of a web content: frames have the flags that its administrator has set, if any. */
export const liferay = (html: string, flags = ""): string =>
  withoutScripts(html).replace(
    /<iframe([^>]*)>/g,
    (_whole, rest: string) =>
      `<iframe${rest.replace(/ sandbox="[^"]*"/, "")} sandbox="${flags}">`,
  );

// Pages

/** A page of somebody else's site, with an article as wide as a phone's screen or a portal's column. */
export const hostPage = (article: string, script = ""): string =>
  `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cổng ví dụ</title><link rel="stylesheet" href="/cong.css"></head><body><main>${article}</main>${script && `<script>${script}</script>`}</body></html>`;

const HOST_STYLE =
  "body{margin:0;font:16px/1.5 sans-serif}main{max-width:800px;margin:0 auto}iframe{display:block}";

/** A host that lets frames of one origin in, and no script or style of its pages' own. */
export const strictPolicy = (origin: string): string =>
  `default-src 'none'; frame-src ${origin}; img-src ${origin}; style-src 'self'`;

/** Somebody else's site, at another address of this machine. */
export class Host {
  readonly #pages = new Map<string, { html: string; policy?: string }>();
  readonly #server: Server;
  #origin = "";

  constructor() {
    this.#server = createServer((request, response) => {
      if (request.url === "/cong.css")
        return response
          .writeHead(200, { "content-type": "text/css" })
          .end(HOST_STYLE);
      const page = this.#pages.get(request.url ?? "");
      if (!page) return response.writeHead(404).end();
      return response
        .writeHead(200, {
          "content-type": "text/html; charset=utf-8",
          ...(page.policy ? { "content-security-policy": page.policy } : {}),
        })
        .end(page.html);
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.2", resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    this.#origin = `http://127.0.0.2:${port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Puts a page up. @returns its address */
  put(html: string, policy?: string): string {
    const path = `/${this.#pages.size + 1}`;
    this.#pages.set(path, { html, ...(policy ? { policy } : {}) });
    return this.#origin + path;
  }
}
