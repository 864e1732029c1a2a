/** Hands the content folder's entries to Astro's content layer, one collection a kind. */
import type { Loader } from "astro/loaders";
import { kinds, type KindName } from "../schema/kinds.ts";
import { formatProblems } from "../schema/problem.ts";
import { loadContent, type Content } from "./content.ts";
import { publishedOf } from "./entry.ts";
import { readSettings } from "./settings.ts";
import type { DocumentInfo, ShownPicture } from "./beside.ts";
import type { Heading } from "../mdx/compile.ts";

/** What an entry has besides its fields: kept in Astro's `rendered.metadata`. */
export interface EntryMetadata {
  body?: { digest: string; headings: Heading[]; words: number };
  pictures: ShownPicture[];
  documents: Record<string, DocumentInfo>;
}

const HANDED = Symbol.for("guong-sang.content");
type Handing = { [HANDED]?: Promise<Content> };

/**
 * Gives the build's own reading of the content to the collections, so that it is read once. Vite runs
 * the content configuration in a module graph of its own: only `globalThis` is common to both.
 */
export function handContent(content: Promise<Content>): void {
  (globalThis as Handing)[HANDED] = content;
}

/** The content for the last time: what was handed over is let go, as ten thousand entries weigh much. */
export async function takeContent(): Promise<Content> {
  const content = await currentContent();
  delete (globalThis as Handing)[HANDED];
  return content;
}

/** The content handed over by the build, or read now; read again when the dev server sees a change. */
function currentContent(): Promise<Content> {
  return ((globalThis as Handing)[HANDED] ??= loadContent(readSettings()));
}

/**
 * A loader for one kind. Only published fields enter Astro's store: internal ones end here.
 *
 * @param kind the collection's name
 */
export function contentLoader(kind: KindName): Loader {
  return {
    name: `guong-sang-${kind}`,
    async load({ store, watcher, logger, collection }) {
      const sync = async () => {
        const { entries } = await currentContent();
        const gone = new Set(store.keys());
        for (const entry of entries) {
          if (entry.kind !== kind) continue;
          gone.delete(entry.id);
          if (store.get(entry.id)?.digest === entry.digest) continue;
          const { body, pictures, documents } = entry;
          const metadata: EntryMetadata = {
            ...(body ? { body } : {}),
            pictures,
            documents,
          };
          store.set({
            id: entry.id,
            data: publishedOf(entry),
            digest: entry.digest,
            rendered: { html: "", metadata: { ...metadata } },
          });
        }
        for (const id of gone) store.delete(id);
      };
      await sync();

      if (!watcher) return;
      const { contentDir } = readSettings();
      watcher.add(contentDir);
      watcher.on("all", (_event, file) => {
        if (!file.startsWith(contentDir)) return;
        // Every collection hears of the change; the first to hear reads the content for all.
        const handed = (globalThis as Handing)[HANDED];
        queueMicrotask(() => {
          if ((globalThis as Handing)[HANDED] === handed) {
            handContent(loadContent(readSettings()));
            void currentContent().then(({ problems }) => {
              if (problems.length > 0)
                logger.warn(`\n${formatProblems(problems)}`);
            });
          }
          void sync().then(() =>
            logger.debug(`${collection}: ${kinds[kind].label}`),
          );
        });
      });
    },
  };
}
