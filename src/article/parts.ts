/**
 * A story's text in parts, as HTML. Its page, its feeds, its embed and its press kit all show these, each in its own
 * dress: what a story says, and in which order, is said here alone. Pure: the body's HTML is given.
 */
import {
  blocks,
  type BlockContext,
  type PictureView,
} from "../blocks/index.ts";
import { describeFile } from "../blocks/document.ts";
import { escapeHtml, markup, trusted, type Markup } from "../blocks/html.ts";
import { formatDate } from "../i18n/dates.ts";
import { text } from "../i18n/vi.ts";
import type { Link, ShownFigure, StoryView } from "../stories/views.ts";

/** One part of a story. */
export interface Part {
  name: PartName;
  /** Its heading; absent where the part needs none. */
  title?: string;
  html: string;
}

export type PartName =
  | "cover"
  | "figures"
  | "problem"
  | "method"
  | "body"
  | "conditions"
  | "cost"
  | "spread"
  | "contact"
  | "awards"
  | "recognition"
  | "gallery"
  | "attachments"
  | "documents"
  | "changes"
  | "sources";

const nothing: BlockContext = {
  picture: () => undefined,
  document: () => undefined,
};
const showing = (view: PictureView, eager = false): BlockContext => ({
  ...nothing,
  picture: () => view,
  eager,
});
const { Figure, Gallery, KeyFigure, KeyFigures, Photo, Step, Steps } = blocks;

/** Of a story's view, what its parts are made of: the stories around it are no part of it. */
export type ArticleView = Pick<
  StoryView,
  "data" | "cover" | "gallery" | "awards" | "attachments" | "documents"
>;

/**
 * The parts that a story has, in the order they are read.
 *
 * @param body the compiled body, as `readBody` gives it; empty when there is none
 */
export function articleParts(view: ArticleView, body: string): Part[] {
  const { data } = view;
  const model = "owner" in data ? data : undefined;
  const parts: [PartName, string | undefined, Markup | undefined][] = [
    ["cover", undefined, view.cover && coverOf(view.cover)],
    ["figures", undefined, model && figuresOf(model.results)],
    ["problem", text.problem, paragraph(model?.problem)],
    ["method", text.method, model && stepsOf(model.method)],
    ["body", undefined, body ? trusted(body) : undefined],
    ["conditions", text.conditions, paragraph(model?.conditions)],
    ["cost", text.cost, paragraph(model?.cost)],
    [
      "spread",
      text.spread,
      list(
        model?.spread.map(({ place, since }) =>
          since ? `${place}, ${text.since(formatDate(since))}` : place,
        ),
      ),
    ],
    ["contact", text.contact, model?.contact && contactOf(model.contact)],
    ["awards", text.awards, awardsOf(view)],
    ["recognition", text.recognition, recognitionOf(view)],
    ["gallery", text.gallery, galleryOf(view.gallery)],
    [
      "attachments",
      text.attachments,
      list(
        view.attachments.map(
          (file) =>
            markup`<a href="${file.href}">${file.title}</a> <span class="meta">(${describeFile(file)})</span>`,
        ),
      ),
    ],
    ["documents", text.documents, list(view.documents.map(linkTo))],
    [
      "changes",
      text.changes,
      list(
        data.changes.map(
          ({ date, note }) =>
            markup`<time datetime="${date}">${formatDate(date)}</time>: ${note}`,
        ),
      ),
    ],
    ["sources", text.sources, sourcesOf(data.sources)],
  ];
  return parts.flatMap(([name, title, made]) =>
    made ? [{ name, ...(title ? { title } : {}), html: made.html }] : [],
  );
}

const paragraph = (words: string | undefined): Markup | undefined =>
  words === undefined ? undefined : markup`<p>${words}</p>`;

/** A list of items; nothing when there are none. */
const list = (items: (string | Markup)[] = []): Markup | undefined =>
  items.length > 0
    ? markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`
    : undefined;

const linkTo = ({ href, text: words }: Link): Markup =>
  markup`<a href="${href}">${words}</a>`;

const coverOf = ({ props, view }: ShownFigure): Markup =>
  trusted(Figure.render(props, "", showing(view, true)));

type Model = Extract<StoryView["data"], { owner: unknown }>;

/** A model's figures are the same block that editors use in a body. */
function figuresOf(results: Model["results"]): Markup | undefined {
  if (results.length === 0) return undefined;
  const figures = results.map(({ label, value, unit, before, asOf }) =>
    KeyFigure.render(
      {
        label: asOf ? `${label} (${text.asOf(formatDate(asOf))})` : label,
        value,
        unit,
        before,
      },
      "",
      nothing,
    ),
  );
  return trusted(KeyFigures.render({}, figures.join(""), nothing));
}

function stepsOf(method: Model["method"]): Markup | undefined {
  if (method.length === 0) return undefined;
  const steps = method.map((step) =>
    Step.render(
      { title: step.title },
      `<p>${escapeHtml(step.text)}</p>`,
      nothing,
    ),
  );
  return trusted(Steps.render({}, steps.join(""), nothing));
}

const contactOf = ({
  name,
  role,
  email,
}: NonNullable<Model["contact"]>): Markup =>
  markup`<p>${role ? `${name}, ${role}` : name}${
    email && markup`: <a href="mailto:${email}">${email}</a>`
  }</p>`;

const awardsOf = ({ awards }: ArticleView): Markup | undefined =>
  list(
    awards.map(
      ({ text: form, detail, revoked }) =>
        markup`${revoked ? markup`<s>${form}</s>` : form} <span class="meta">${detail}</span>`,
    ),
  );

function recognitionOf({ data }: ArticleView): Markup | undefined {
  const items = list(
    data.recognition.map(({ title, issuer, year }) =>
      [title, issuer, year && formatDate(year)].filter(Boolean).join(", "),
    ),
  );
  return items && markup`${items}<p class="meta">${text.recognitionNote}</p>`;
}

const galleryOf = (gallery: ShownFigure[]): Markup | undefined =>
  gallery.length > 0
    ? trusted(
        Gallery.render(
          {},
          gallery
            .map(({ props, view }) => Photo.render(props, "", showing(view)))
            .join(""),
          nothing,
        ),
      )
    : undefined;

/** Numbered: who quotes can say which. */
function sourcesOf(sources: StoryView["data"]["sources"]): Markup | undefined {
  if (sources.length === 0) return undefined;
  const items = sources.map(({ publisher, title, date, url }) => {
    const label = [publisher, title && `“${title}”`, date && formatDate(date)]
      .filter(Boolean)
      .join(", ");
    return markup`<li>${url ? markup`<a href="${url}">${label}</a>` : label}</li>`;
  });
  return markup`<ol>${items}</ol>`;
}
