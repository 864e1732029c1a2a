/** Press kits, handed from the pages' views to what packs them. */
import type { Label } from "../media/label.ts";
import type { SharePicture } from "../share/picture.ts";

/** A picture that goes into a kit. */
export interface PackedPicture {
  /** Beside the story. */
  source: string;
  hash: string;
  type: "jpeg" | "png" | "webp" | "avif";
  /** In the kit. */
  file: string;
  label: Label;
}

/** What a kit is packed from. */
export interface PackingList {
  /** Below the output folder. */
  file: string;
  /** The story's kind and identifier. */
  story: string;
  /** All that the texts are made from; with what is below it decides every byte. */
  from: unknown;
  pictures: PackedPicture[];
  share: SharePicture;
  /** The day that the files carry: `2026-11-01`. */
  day: string;
}

/** A list, and the texts by the names of their files: written only when the kit is not there yet. */
export interface Kit extends PackingList {
  texts: () => Record<string, string>;
}

const NOTED = Symbol.for("guong-sang.press");
type Noting = { [NOTED]?: Map<string, Kit> };

/**
 * Begins to collect kits. Vite runs the pages' code in a module graph of its own: only `globalThis` is common to it
 * and to the build.
 */
export function openKits(): void {
  (globalThis as Noting)[NOTED] = new Map();
}

/** Notes the kit of a story that is out. Does nothing where nobody collects, as in development. */
export function noteKit(kit: Kit): void {
  (globalThis as Noting)[NOTED]?.set(kit.file, kit);
}

/** @returns what was noted since `openKits`, in the order of the files' names */
export function takeKits(): Kit[] {
  const noted = (globalThis as Noting)[NOTED];
  delete (globalThis as Noting)[NOTED];
  return [...(noted?.values() ?? [])].sort((a, b) =>
    a.file < b.file ? -1 : 1,
  );
}
