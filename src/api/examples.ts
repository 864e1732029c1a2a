/** The documentation's examples: parts of true answers, so that they cannot grow old. Nobody is made an example of: no titles. */
import { library } from "../stories/collections.ts";
import type { Library } from "../stories/library.ts";
import { chromeOf, type Chrome } from "../stories/views.ts";
import { apiUrl } from "./address.ts";
import { answersOf, writeAnswer } from "./routes.ts";

export interface Example {
  url: string;
  /** Some of what the answer says, as JSON on several lines. */
  part: string;
}

type Json = Record<string, unknown>;

/** Which answers are shown, and what of each. */
const SHOWN: [name: RegExp, part: (answer: Json) => Json][] = [
  [/^index\.json$/, (answer) => pick(answer, "version name licence")],
  [
    /^stories\.json$/,
    (answer) => ({
      ...pick(answer, "total next"),
      stories: first(answer.stories, "id kind url data publishedAt communes"),
    }),
  ],
  [
    /^stories\/[^/]+\/[^/]+\.json$/,
    (answer) => pick(answer, "id kind publishedAt communes licence"),
  ],
  [
    /^counts\.json$/,
    (answer) => ({
      ...pick(answer, "stories"),
      kinds: first(answer.kinds, "id title count"),
    }),
  ],
  [
    /^communes\.json$/,
    (answer) => ({
      items: first(answer.items, "id title type formerUnits stories"),
    }),
  ],
];

const pick = (from: Json, names: string): Json =>
  Object.fromEntries(
    names
      .split(" ")
      .flatMap((name) =>
        from[name] === undefined ? [] : [[name, from[name]]],
      ),
  );

const first = (list: unknown, names: string): Json[] =>
  (list as Json[]).slice(0, 1).map((item) => pick(item, names));

const examplesOf = (shelf: Library): Example[] => {
  const answers = answersOf(shelf);
  return SHOWN.flatMap(([name, part]) => {
    const answer = answers.find(({ file }) => name.test(file));
    return answer
      ? [
          {
            url: apiUrl(answer.file),
            part: JSON.stringify(
              part(JSON.parse(writeAnswer(answer)) as Json),
              null,
              2,
            ),
          },
        ]
      : [];
  });
};

/** What the documentation shows. */
export async function apiPage(): Promise<{
  examples: Example[];
  chrome: Chrome;
}> {
  const shelf = await library();
  return { examples: examplesOf(shelf), chrome: chromeOf(shelf) };
}
