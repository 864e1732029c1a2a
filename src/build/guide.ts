/**
 * The editors' guide as a page below the CMS: docs/editors.md, its pictures and a stylesheet of its own. It
 * needs no script, so it is there when the CMS is not. Pictures and styles have a digest in their address.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineHastPlugin, markdownToHtml } from "satteri";
import sharp from "sharp";
import { markup, trusted } from "../blocks/html.ts";
import { adminText } from "../i18n/admin.ts";
import { sha256 } from "../loader/digest.ts";
import { slugify } from "../schema/slug.ts";

const at = (place: string): string =>
  fileURLToPath(new URL(`../../${place}`, import.meta.url));

/** The guide as people read it in the repository; its pictures lie beside, in the folder of its name. */
export const GUIDE = at("docs/editors.md");
const PICTURES = at("docs/editors");
const STYLES = at("admin/guide.css");

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

interface Picture {
  href: string;
  width: number;
  height: number;
}

interface Heading {
  depth: number;
  id: string;
  text: string;
}

/**
 * Writes the guide's page into a folder.
 *
 * @returns every file that went into it
 * @throws when the guide names a picture that is not there
 */
export async function writeGuide(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const put = (file: string): string => {
    const bytes = readFileSync(file);
    const { name, ext } = path.parse(file);
    const href = `${name}-${sha256(bytes).slice(0, 8)}${ext}`;
    writeFileSync(path.join(folder, href), bytes);
    return href;
  };
  const pictures = new Map<string, Picture>();
  for (const name of readdirSync(PICTURES)) {
    const file = path.join(PICTURES, name);
    const { width, height } = await sharp(file).metadata();
    pictures.set(`editors/${name}`, { href: put(file), width, height });
  }
  const text = readFileSync(GUIDE, "utf8");
  writeFileSync(
    path.join(folder, "index.html"),
    guidePage(text, pictures, put(STYLES)),
  );
  return [GUIDE, STYLES, fileURLToPath(import.meta.url)].concat(
    readdirSync(PICTURES).map((name) => path.join(PICTURES, name)),
  );
}

function guidePage(
  text: string,
  pictures: ReadonlyMap<string, Picture>,
  styles: string,
): string {
  const { html, headings } = compile(text, pictures);
  const [title, ...rest] = headings;
  const words = adminText.guide;
  const begin = html.indexOf("<h2");
  const back = markup`<p class="back"><a href="../">${words.back}</a></p>`;
  const contents = rest
    .filter(({ depth }) => depth === 2)
    .map(({ id, text }) => markup`<li><a href="#${id}">${text}</a></li>`);
  return markup`<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title?.text}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${styles}">
</head>
<body>
<header>${back}</header>
<main>
${trusted(html.slice(0, begin))}
<nav aria-labelledby="muc-luc"><h2 id="muc-luc">${words.contents}</h2><ol>${contents}</ol></nav>
${trusted(html.slice(begin))}
</main>
<footer>${back}</footer>
</body>
</html>
`.html;
}

/** The guide's Markdown, with anchors, pictures where they are published and tables that scroll by themselves. */
function compile(
  text: string,
  pictures: ReadonlyMap<string, Picture>,
): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const forPage = defineHastPlugin({
    name: "guide",
    element: [
      {
        filter: ["h1", "h2", "h3"],
        visit(node, context) {
          const text = context.textContent(node);
          const id = slugify(text);
          headings.push({ depth: Number(node.tagName[1]), id, text });
          context.setProperty(node, "id", id);
        },
      },
      {
        filter: ["th"],
        visit: (node, context) => context.setProperty(node, "scope", "col"),
      },
      {
        filter: ["table"],
        visit: (node, context) =>
          context.wrapNode(node, {
            type: "element",
            tagName: "div",
            properties: {
              className: ["table"],
              role: "region",
              tabIndex: 0,
              ariaLabel: adminText.guide.table(headings.at(-1)?.text ?? ""),
            },
            children: [],
          }),
      },
      {
        filter: ["img"],
        visit(node, context) {
          const src = String(node.properties.src);
          const picture = pictures.get(src);
          if (!picture) throw new Error(`docs/editors.md: no picture ${src}`);
          const { href, width, height } = picture;
          const own = { src: href, width, height, loading: "lazy" };
          for (const [name, value] of Object.entries(own))
            context.setProperty(node, name, value);
        },
      },
    ],
  });
  const { html } = markdownToHtml(text, {
    features: { gfm: true, smartPunctuation: false },
    hastPlugins: [forPage],
  });
  return { html, headings };
}
