/** The search's index as it was published. */
import { unpacked } from "./site.ts";

/** One story in it, as Pagefind keeps it. */
export interface Indexed {
  url: string;
  content: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
}

const SIGNATURE = "pagefind_dcd";

/** The stories in an index, by address. */
export function indexedIn(
  files: ReadonlyMap<string, Buffer>,
): Map<string, Indexed> {
  const stories = [...unpacked(files)]
    .filter(([name]) => name.endsWith(".pf_fragment"))
    .map(
      ([, bytes]) =>
        JSON.parse(bytes.toString().slice(SIGNATURE.length)) as Indexed,
    );
  return new Map(stories.map((story) => [story.url, story]));
}
