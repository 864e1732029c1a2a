/** Asks Pagefind in the browser. Nothing of it is fetched before `openEngine`. */
import { partsOf, type ExcerptPart } from "./excerpt.ts";
import { fold, unfold } from "./fold.ts";

/** What is looked for: words, filters, or both. */
export interface Query {
  /** As the reader typed them. */
  words: string;
  /** By Pagefind's names: `{ kind: "news" }`. */
  filters: Record<string, string>;
}

/** A story that was found, as readers see it. */
export interface Hit {
  href: string;
  title: string;
  kicker: string;
  date: string;
  place: string;
  excerpt: ExcerptPart[];
}

/** What was found, best first. A story's texts are fetched when they are asked for. */
export type Hits = (() => Promise<Hit>)[];

/** The part of Pagefind's browser API that is used here. */
interface Pagefind {
  createInstance(options: object): {
    init(): Promise<void>;
    search(
      words: string | null,
      options: object,
    ): Promise<{ results: { data(): Promise<PagefindResult> }[] }>;
  };
}

interface PagefindResult {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
}

type Engine = ReturnType<Pagefind["createInstance"]>;

const OPTIONS = {
  excerptEllipsis: "…",
  // A title says what a story is about; the length of a story says nothing; a whole word counts above its
  // beginning.
  ranking: {
    termSimilarity: 10,
    pageLength: 0.2,
    termFrequency: 1,
    metaWeights: { title: 15 },
  },
};

let opened: Promise<Engine> | undefined;

/**
 * Fetches Pagefind, once; after a failure it may be tried again.
 *
 * @param address of `pagefind.js`
 * @throws when it cannot be had
 */
export const openEngine = (address: string): Promise<Engine> =>
  (opened ??= open(address).catch(forget));

async function open(address: string): Promise<Engine> {
  const { createInstance } = (await import(
    /* @vite-ignore */ address
  )) as Pagefind;
  const engine = createInstance(OPTIONS);
  await engine.init();
  return engine;
}

function forget(thrown: unknown): never {
  opened = undefined;
  throw thrown;
}

/**
 * Looks for stories. Without words it gives all that the filters let through, the newest first.
 *
 * @throws when the index cannot be had or read
 */
export async function find(
  address: string,
  { words, filters }: Query,
): Promise<Hits> {
  const engine = await openEngine(address);
  // Telephones write quotation marks their own way; Pagefind knows the plain ones.
  const asked = fold(words).replace(/[“”„«»]/g, '"');
  const { results } = await engine
    .search(asked || null, {
      filters,
      ...(asked ? {} : { sort: { date: "desc" } }),
    })
    .catch(forget);
  return results.map((result) => async () => hitOf(await result.data()));
}

function hitOf({ url, excerpt, meta }: PagefindResult): Hit {
  const shown = (name: string) => unfold(meta[name] ?? "");
  return {
    href: url,
    title: shown("title"),
    kicker: shown("kicker"),
    date: shown("date"),
    place: shown("place"),
    excerpt: partsOf(excerpt),
  };
}
