/** The routes of the API for Astro: one a file. */
import { articleHtml, articleOf, type Article } from "../feeds/plain.ts";
import { plainText } from "../feeds/text.ts";
import { readSettings } from "../loader/settings.ts";
import { library } from "../stories/collections.ts";
import { digest, digestOnce } from "../stories/digest.ts";
import type { Library } from "../stories/library.ts";
import { storyLists } from "../stories/routes.ts";
import { storyView } from "../stories/views.ts";
import { apiUrl, storyFile } from "./address.ts";
import { tableOf } from "./csv.ts";
import {
  SCHEMAS,
  TAXONOMIES,
  schemaFile,
  schemaOf,
  storySchema,
} from "./schema.ts";
import {
  countsOf,
  goneOf,
  indexOf,
  storyPages,
  taxonomyOf,
  wholeOf,
} from "./views.ts";

/** An answer, and all that it depends on. */
export interface Answer {
  /** Below the API's address. */
  file: string;
  /** What the answer keeps to; a schema keeps to none of ours. */
  schema?: string;
  data: object;
  /** A story's text, which is read when the answer is written. */
  article?: { of: Article; site: string };
}

const answers = new WeakMap<Library, Answer[]>();

/** Every answer there is. Made once: the documentation shows some of them. */
export function answersOf(shelf: Library): Answer[] {
  const made = answers.get(shelf) ?? makeAnswers(shelf);
  answers.set(shelf, made);
  return made;
}

function makeAnswers(shelf: Library): Answer[] {
  const lists = storyLists(shelf);
  return [
    { file: "index.json", schema: "index", data: indexOf(shelf) },
    ...lists.flatMap((list) =>
      storyPages(list, shelf).map(({ file, page }) => ({
        file,
        schema: "stories",
        data: page,
      })),
    ),
    ...shelf.stories.map((story) => ({
      file: storyFile(story.kind, story.id),
      schema: storySchema(story.kind),
      data: wholeOf(story, shelf),
      article: {
        of: articleOf(storyView(story, shelf)),
        site: shelf.site.name,
      },
    })),
    ...TAXONOMIES.map((kind) => ({
      file: `${kind}.json`,
      schema: kind,
      data: taxonomyOf(kind, shelf),
    })),
    ...lists
      .filter(({ name }) => name === "stories" || name.startsWith("campaigns/"))
      .map(({ name, title, stories }) => ({
        file: name === "stories" ? "counts.json" : `${name}/counts.json`,
        schema: "counts",
        data: countsOf(title, stories, shelf),
      })),
    { file: "gone.json", schema: "gone", data: goneOf(shelf) },
    ...SCHEMAS.map((name) => ({
      file: schemaFile(name),
      data: schemaOf(name),
    })),
  ];
}

/** An answer as it is written. */
export function writeAnswer({ schema, data, article }: Answer): string {
  const html = article && articleHtml(article.of, article.site);
  return JSON.stringify({
    ...(schema ? { $schema: apiUrl(schemaFile(schema)) } : {}),
    ...data,
    ...(html === undefined ? {} : { html, text: plainText(html) }),
  });
}

const keyOf = ({ data, ...answer }: Answer): string =>
  "stories" in data && Array.isArray(data.stories)
    ? digest([
        answer,
        { ...data, stories: (data.stories as object[]).map(digestOnce) },
      ])
    : digest([answer, data]);

/** A route an answer: parameter `file`, without its `.json`. */
export async function apiRoutes() {
  if (readSettings().onlyPages) return [];
  return answersOf(await library()).map((answer) => ({
    params: { file: answer.file.replace(/\.json$/, "") },
    props: { answer },
    cacheKey: keyOf(answer),
  }));
}

/** The one route of the table of all stories: parameter `table`. */
export async function tableRoutes() {
  if (readSettings().onlyPages) return [];
  const rows = tableOf(await library());
  return [
    { params: { table: "stories" }, props: { rows }, cacheKey: digest(rows) },
  ];
}
