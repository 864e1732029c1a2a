/** What is kept from readers, told apart from what is out: for whoever checks that no trace of it is published. */
import { documentPath } from "../loader/beside.ts";
import { titleOf, type Entry, type HeldEntry } from "../loader/entry.ts";
import { MEDIA_FOLDER } from "../media/picture.ts";
import {
  STORY_KINDS,
  addressOf,
  kinds,
  type KindName,
} from "../schema/kinds.ts";
import { outAt, stateAt, type StoryState } from "../stories/state.ts";

/** An entry that would have a page, and has none or a notice there. */
export interface Hidden {
  /** `/tin-tuc/ten/` */
  address: string;
  kind: KindName;
  id: string;
  file: string;
  state: Exclude<StoryState, "published"> | "held" | "unverified";
  /** What the addresses of its pictures and documents begin with, below the site's base. */
  files: string[];
}

/** A published story, for whoever tries whether it is found. */
export interface Sample {
  title: string;
  address: string;
}

/** Whether an entry is to be seen by readers. */
export const isOut = ({ data }: Entry, now: Date): boolean =>
  "status" in data && "publishedAt" in data
    ? stateAt(data, now) === "published"
    : !("verified" in data) || data.verified;

/** The kinds of which single entries may be kept from readers. */
const HIDEABLE = [...STORY_KINDS, "documents"] as const;

/** First parts of the addresses that hidden entries would have. */
export const HIDEABLE_FOLDERS: readonly string[] = HIDEABLE.map(
  (kind) => kinds[kind].address,
);

/** Lists what is not out. */
export function hiddenIn(
  entries: readonly Entry[],
  held: readonly HeldEntry[],
  now: Date,
): Hidden[] {
  const [out, kept] = [true, false].map((is) =>
    entries.filter((entry) => isOut(entry, now) === is),
  ) as [Entry[], Entry[]];
  const shown = new Set(out.flatMap(filesOf));
  const addresses = new Set(out.map(({ kind, id }) => addressOf(kind, id)));
  return [
    ...kept.map((entry) => ({
      ...named(entry),
      state: stateOf(entry, now),
      files: filesOf(entry).filter((file) => !shown.has(file)),
    })),
    ...held.map((entry) => ({
      ...named(entry),
      state: "held" as const,
      files: [],
    })),
  ].filter(
    ({ kind, address }) =>
      (HIDEABLE as readonly KindName[]).includes(kind) &&
      !addresses.has(address),
  );
}

/** What the addresses of the files beside an entry begin with. */
const filesOf = ({ pictures, documents }: Entry): string[] => [
  ...pictures.map(({ info }) => `${MEDIA_FOLDER}/${info.hash}`),
  ...Object.entries(documents).map(([name, info]) => documentPath(name, info)),
];

const named = ({ kind, id, file }: HeldEntry) => ({
  address: addressOf(kind, id) ?? "",
  kind,
  id,
  file,
});

const stateOf = ({ data }: Entry, now: Date): Hidden["state"] =>
  "status" in data && "publishedAt" in data
    ? (stateAt(data, now) as Exclude<StoryState, "published">)
    : "unverified";

/** The newest and the oldest of the stories that are out. */
export function samplesOf(entries: readonly Entry[], now: Date): Sample[] {
  const stories = entries
    .filter((entry) => "publishedAt" in entry.data && isOut(entry, now))
    .sort((a, b) => momentOf(a) - momentOf(b));
  return [...new Set([stories.at(-1), stories[0]])].flatMap((entry) =>
    entry
      ? {
          title: titleOf(entry)!,
          address: addressOf(entry.kind, entry.id)!,
        }
      : [],
  );
}

const momentOf = ({ data }: Entry): number =>
  "status" in data && "publishedAt" in data ? outAt(data) : 0;
