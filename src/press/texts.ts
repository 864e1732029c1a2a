/** The texts in a press kit's file. Each says the same as the story's page, for another program. */
import { markup, trusted } from "../blocks/html.ts";
import { articleHtml } from "../feeds/plain.ts";
import { plainText } from "../feeds/text.ts";
import { pressText } from "../i18n/press.ts";
import { text } from "../i18n/vi.ts";
import type { Published } from "../schema/kinds.ts";
import { licenceLabel } from "../schema/picture.ts";
import { canonical } from "../stories/address.ts";
import { TEXT_LICENCE } from "../stories/licence.ts";
import { publisherName } from "../stories/publisher.ts";
import { PRESS } from "./address.ts";
import {
  citationOf,
  kitExtracts,
  pressContacts,
  type KitPicture,
  type KitView,
} from "./kit.ts";

type Site = Published<"site">;

/** What of the site the texts tell. */
export const senderOf = (site: Site) => ({
  site: site.name,
  publisher: publisherName(site),
  contacts: pressContacts(site),
});

/** The texts of a kit by the names of their files. */
export function kitTexts(view: KitView, site: Site): Record<string, string> {
  const { files } = pressText;
  return {
    [files.first]: forWindows(firstWords(view, site)),
    [files.text]: forWindows(wholeText(view, site)),
    [files.page]: wholePage(view, site),
    [files.data]: `${JSON.stringify(dataOf(view, site), undefined, 2)}\n`,
  };
}

/** The ends of lines that every editor knows, and the mark that tells old ones of UTF-8. */
const forWindows = (words: string): string =>
  `\uFEFF${words.trim().replace(/\r?\n/g, "\r\n")}\r\n`;

const paragraphs = (...parts: (string | undefined)[]): string =>
  parts.filter(Boolean).join("\n\n");

const titled = (title: string, ...lines: string[]): string =>
  [title.toUpperCase(), ...lines].join("\n");

function firstWords(view: KitView, site: Site): string {
  const { story, pictures } = view;
  const contacts = pressContacts(site).map(({ name, email }) =>
    [name, email].filter(Boolean).join(": "),
  );
  return paragraphs(
    pressText.kitOf(story.link.text),
    `${pressText.address}: ${story.address}`,
    story.showsChildren ? pressText.children : undefined,
    titled(pressText.terms, pressText.termsOfText, pressText.termsOfPictures),
    titled(pressText.cite, pressText.citeHint, citationOf(view, site)),
    pictures.length > 0
      ? titled(pressText.pictures, ...pictures.map(pictureLines))
      : undefined,
    titled(
      pressText.contact,
      ...(contacts.length > 0
        ? contacts
        : [site.official ? pressText.noContact : pressText.nobody]),
    ),
    `${publisherName(site)}, ${canonical(PRESS)}`,
  );
}

const pictureLines = (picture: KitPicture): string =>
  [
    `${picture.file ?? picture.source}: ${picture.alt}`,
    picture.caption,
    `${pressText.credit(picture.credit)}. ${licenceLabel(picture.licence)}.`,
    picture.kept && pressText.kept[picture.kept],
  ]
    .filter(Boolean)
    .join("\n  ");

/** The story's whole text, without any markup. */
export const storyText = ({ article }: KitView, site: Site): string =>
  plainText(articleHtml(article, site.name));

function wholeText(view: KitView, site: Site): string {
  return paragraphs(
    view.story.link.text,
    storyText(view, site),
    citationOf(view, site),
  );
}

/** The story as a page by itself: what few elements it has any program understands. */
function wholePage(view: KitView, site: Site): string {
  const title = view.story.link.text;
  const html = withOwnPictures(
    articleHtml(view.article, site.name),
    view.pictures,
  );
  return `<!doctype html>\n${markup`<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${trusted(html)}</body></html>`.html}\n`;
}

/** Pictures that are packed take the place of those on the site; of the others, words tell. */
const withOwnPictures = (
  html: string,
  pictures: readonly KitPicture[],
): string =>
  html.replace(
    /<img src="[^"]*\/([0-9a-f]{16})-[^"]*"[^>]* alt="([^"]*)">/g,
    (_, hash: string, alt: string) => {
      const packed = pictures.find(
        ({ file, hash: own }) => own === hash && file,
      );
      return packed
        ? `<img src="${packed.file}" alt="${alt}">`
        : text.inPicture(alt);
    },
  );

function dataOf(view: KitView, site: Site) {
  const { story, article, pictures } = view;
  const { data } = article;
  return {
    title: story.link.text,
    summary: data.summary,
    url: story.address,
    publishedAt: data.publishedAt,
    eventDate: data.eventDate,
    ...senderOf(site),
    licence: { name: TEXT_LICENCE.title, url: TEXT_LICENCE.url },
    citation: citationOf(view, site),
    showsChildren: story.showsChildren,
    ...kitExtracts(view),
    awards: article.awards,
    pictures: pictures.map((picture) => ({
      file: picture.file,
      alt: picture.alt,
      caption: picture.caption,
      credit: picture.credit,
      licence: licenceLabel(picture.licence),
      ...(picture.kept ? { keptBack: pressText.kept[picture.kept] } : {}),
    })),
    changes: data.changes,
    sources: data.sources,
  };
}
