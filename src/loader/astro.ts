/** Hands the content folder's entries to Astro's content layer, one collection a kind. */
import type { Loader } from "astro/loaders";
import { kinds, type KindName } from "../schema/kinds.ts";
import { formatProblems } from "../schema/problem.ts";
import { loadContent, type Content } from "./content.ts";
import { handedForm } from "./entry.ts";
import { handPublished, type PublishedEntry } from "./handing.ts";
import { readSettings } from "./settings.ts";

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
 * A loader for one kind. Only published fields are handed to the pages: internal ones end here. Astro's store
 * has the names of the entries and notices their changes; what they hold would pass through it as source
 * code, parsed and bundled with the pages' own.
 *
 * @param kind the collection's name
 */
export function contentLoader(kind: KindName): Loader {
  return {
    name: `guong-sang-${kind}`,
    async load({ store, watcher, logger, collection }) {
      const sync = async () => {
        const { entries } = await currentContent();
        const published = new Map<string, PublishedEntry>();
        for (const entry of entries) {
          if (entry.kind !== kind) continue;
          const { id, digest } = entry;
          published.set(id, handedForm(entry));
          store.set({ id, data: {}, digest });
        }
        handPublished(kind, published);
        for (const id of store.keys()) if (!published.has(id)) store.delete(id);
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
