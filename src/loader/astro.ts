/** Hands the content folder's entries to Astro's content layer, one collection a kind. */
import { setTimeout } from "node:timers/promises";
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

/** The content handed over by the build, or read now. */
function currentContent(): Promise<Content> {
  return ((globalThis as Handing)[HANDED] ??= loadContent(readSettings()));
}

/** A file is told of when it is emptied, and again when it is written: a moment later it is whole. */
const UNTIL_WRITTEN = 50;

let last: Promise<void> = Promise.resolve();
/** The last reading, while it has not begun. */
let coming: Promise<void> | undefined;

/**
 * Reads the content again, in development. Only when the last reading has ended: each clears the caches of
 * what it has not seen, and of two at a time the older could have the last word. Changes that come before
 * a reading has begun are met by it.
 *
 * @param tell told what is wrong with the content
 * @returns when it is read; what cannot be read leaves what was read before
 */
function readAgain(tell: (message: string) => void): Promise<void> {
  if (coming) return coming;
  coming = last = last.then(async () => {
    await setTimeout(UNTIL_WRITTEN);
    coming = undefined;
    try {
      const content = await loadContent(readSettings());
      handContent(Promise.resolve(content));
      if (content.problems.length > 0)
        tell(`\n${formatProblems(content.problems)}`);
    } catch (thrown) {
      tell(String(thrown));
    }
  });
  return last;
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
    async load({ store, meta, watcher, logger, collection }) {
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
      if (watcher) {
        const { contentDir } = readSettings();
        // Before anything is read: what changes meanwhile is read again.
        watcher.add(contentDir);
        watcher.on("all", async (_event, file) => {
          if (!file.startsWith(contentDir)) return;
          // Every collection hears of the change; one reading serves all.
          await readAgain((message) => logger.warn(message));
          await sync();
          // Astro looks at its store half a second after a change. What was taken back by then would look like
          // none, and pages that were asked for in between would stay.
          meta.set("read", new Date().toISOString());
          logger.debug(`${collection}: ${kinds[kind].label}`);
        });
      }
      await sync();
    },
  };
}
