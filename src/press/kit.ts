/** A story's press kit as plain data: what its page shows and what is packed. */
import { articleParts } from "../article/parts.ts";
import { fileSize } from "../blocks/document.ts";
import { articleOf, whoIn, type Article } from "../feeds/plain.ts";
import { formatDate } from "../i18n/dates.ts";
import { pressText } from "../i18n/press.ts";
import { text } from "../i18n/vi.ts";
import { creditOf, type ShownPicture } from "../loader/beside.ts";
import { readBody } from "../loader/bodies.ts";
import { readSettings } from "../loader/settings.ts";
import { LABELLED, pictureView, type PictureView } from "../media/picture.ts";
import type { Published } from "../schema/kinds.ts";
import { maySpread, type Licence } from "../schema/picture.ts";
import { canonical, href } from "../stories/address.ts";
import type { Library, Story } from "../stories/library.ts";
import { licencePage } from "../stories/licence.ts";
import {
  storyView,
  type AwardView,
  type DateView,
  type Link,
} from "../stories/views.ts";
import { kitPath, zipPath } from "./address.ts";
import { extractsOf, type Extracts, type Fact } from "./extracts.ts";

/** A picture of the story, and whether its file goes into the kit. */
export interface KitPicture {
  /** The original, beside the story. */
  source: string;
  /** In the kit; absent for one that is kept back. */
  file?: string;
  kept?: "licence" | "children";
  hash: string;
  type: ShownPicture["info"]["type"];
  width: number;
  height: number;
  bytes: number;
  alt: string;
  caption?: string | undefined;
  credit: string;
  licence: Licence;
  /** The page that holds the licence's terms. */
  terms: string;
  view: PictureView;
}

/** Everything in a story's press kit. */
export interface KitView {
  path: string;
  /** The one file that holds all. */
  zip: { href: string; size: string };
  story: {
    /** As a link, and in full. */
    link: Link;
    address: string;
    kicker: string;
    published: DateView;
    /** Whether somebody under age is in it. */
    showsChildren: boolean;
  };
  /** What stands on the page besides the text. */
  date?: string | undefined;
  places: string;
  unit?: string | undefined;
  article: Article;
  pictures: KitPicture[];
}

/** What texts and share pictures weigh, about: the same for every story. */
const BESIDE_PICTURES = 80_000;

/** A story's press kit. */
export function kitView(story: Story, shelf: Library): KitView {
  const view = storyView(story, shelf);
  const pictures = picturesOf(story);
  const size = pictures.reduce(
    (sum, { file, bytes }) => sum + (file ? bytes : 0),
    BESIDE_PICTURES,
  );
  return {
    path: kitPath(story.address),
    zip: { href: href(zipPath(story.address)), size: fileSize(size) },
    story: {
      link: { href: href(story.address), text: story.data.title },
      address: canonical(story.address),
      kicker: view.kicker,
      published: view.published,
      showsChildren: story.data.showsChildren,
    },
    date: story.data.eventDate && view.date.text,
    places: view.places.map(({ text: name }) => name).join(", "),
    unit: view.unit,
    article: articleOf(view),
    pictures,
  };
}

/** Each picture once, however often the story shows it: as it may be used, where the story says so once. */
function picturesOf({ pictures }: Story): KitPicture[] {
  const files = Map.groupBy(pictures, ({ name }) => name);
  let packed = 0;
  return [...files.values()].map((shown) => {
    const told =
      shown.find((picture) => maySpread(licenceOf(picture))) ?? shown[0]!;
    const { name, info, bytes = 0, alt = "", caption, credit = "" } = told;
    const licence = licenceOf(told);
    const kept = shown.some(({ showsChildren }) => showsChildren)
      ? "children"
      : maySpread(licence)
        ? undefined
        : "licence";
    return {
      source: name,
      ...(kept ? { kept } : { file: fileIn(name, info.type, ++packed) }),
      hash: info.hash,
      type: info.type,
      width: info.width,
      height: info.height,
      bytes,
      alt,
      caption,
      credit,
      licence,
      terms: licencePage(licence),
      view: pictureView(info, href("/"), creditOf(told)),
    };
  });
}

const licenceOf = ({ licence = "all-rights" }: ShownPicture): Licence =>
  licence;

/** In the order of the story: `anh/01-bia.jpg`. */
const fileIn = (
  name: string,
  type: KitPicture["type"],
  number: number,
): string =>
  `${pressText.files.pictures}/${String(number).padStart(2, "0")}-${name.replace(/\.[^.]+$/, "")}.${LABELLED[type]}`;

/** Facts about the story and figures in it, and the words of those who speak in it. */
export function kitExtracts(view: KitView): Extracts {
  const { article, date, places, unit } = view;
  const { data, bodyDigest } = article;
  const body = bodyDigest ? readBody(readSettings().cacheDir, bodyDigest) : "";
  const html = articleParts(article, body)
    .filter(({ name }) => name === "figures" || name === "body")
    .map((part) => part.html)
    .join("");
  const { quotations, facts } = extractsOf(html, view.story.address);
  const said = (label: string, value: string | undefined): Fact[] =>
    value ? [{ label, value }] : [];
  return {
    quotations,
    facts: [
      ...said("owner" in data ? pressText.owner : pressText.who, whoIn(data)),
      ...said(pressText.place, places),
      ...said(
        pressText.eventPlace,
        "eventPlace" in data ? data.eventPlace : undefined,
      ),
      ...said(pressText.time, date),
      ...facts,
      ...said(text.cost, "cost" in data ? data.cost : undefined),
      ...article.awards.flatMap((award) => said(text.awards, awardLine(award))),
      ...data.recognition.flatMap(({ title, issuer, year }) =>
        said(
          text.recognition,
          [title, issuer, year && formatDate(year)].filter(Boolean).join(", "),
        ),
      ),
      ...said(text.byline, data.byline),
      ...said(text.unit, unit),
    ],
  };
}

/** An award with the number of its decision. */
const awardLine = ({ text: form, detail }: AwardView): string =>
  `${form} · ${detail}`;

/** How the story is to be named. */
export const citationOf = (
  { story }: KitView,
  site: Published<"site">,
): string =>
  text.citation(
    site.name,
    story.link.text,
    story.published.text,
    story.address,
  );

/** Whom the press may ask. */
export const pressContacts = ({
  contacts,
}: Published<"site">): {
  name?: string | undefined;
  email?: string | undefined;
}[] =>
  contacts
    .filter(({ purpose }) => purpose === "press")
    .map(({ name, email }) => ({ name, email }));
