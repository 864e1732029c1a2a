/**
 * Pictures and documents on their way into the repository. The room makes sane what an editor chooses before
 * Decap sees it; what is saved passes the same function again, whoever sends it.
 */
import path from "node:path";
import { deskText } from "../i18n/desk.ts";
import { sha256 } from "../loader/digest.ts";
import { documentType, saneDocument } from "../media/document.ts";
import { pictureType, type PictureType } from "../media/inspect.ts";
import {
  saneOriginal,
  type Original,
  type Sanitised,
} from "../media/original.ts";
import { error, quoted, type Finding } from "../schema/problem.ts";
import { Refusal } from "./guard.ts";
import type { Room } from "./room.ts";
import type { DeskFile } from "./store.ts";

/** How many are decoded at a time: each may need some hundred megabytes, and a core. */
const AT_ONCE = 2;

/** More than any file may have, so that whoever sends too much reads how much too much. */
const MAX_BYTES = 64_000_000;

const TYPES: Record<PictureType, string> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
};

/** Takes a file as it is, as `?name=` calls it; answers what is to be kept, and under which name (`x-file-name`). */
export const PICTURES: Room = {
  method: "POST",
  accepts: /^application\/octet-stream$/,
  maxBytes: MAX_BYTES,
  answer: async ({ bytes, query }) => {
    const made = await saneUpload(bytes, query.get("name") ?? "");
    const type = pictureType(made.bytes);
    return {
      type: type ? TYPES[type] : "application/octet-stream",
      headers: { "x-file-name": made.name },
      body: made.bytes,
    };
  },
};

/**
 * Makes sane what is about to be saved beside an entry.
 *
 * @returns the file under the same path
 * @throws Refusal for what is no picture and no document, or is not what its ending says
 */
export async function saneFile(file: DeskFile): Promise<DeskFile> {
  const name = path.posix.basename(file.path);
  if (known.get(sha256(file.bytes)) === endingOf(name)) return file;
  const made = await saneUpload(file.bytes, name);
  if (endingOf(made.name) !== endingOf(name))
    throw new Refusal(422, deskText.wrongEnding(quoted(name), made.name));
  return { path: file.path, bytes: made.bytes };
}

/** The endings of what was made sane, by its digest: a draft's files come again with each of its saves. */
const known = new Map<string, string>();
const MOST_KNOWN = 1000;

function remember({ name, bytes }: Kept): void {
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
  known.set(sha256(bytes), endingOf(name));
}

const endingOf = (name: string): string =>
  path.extname(name).replace(".jpeg", ".jpg");

type Kept = Pick<Original, "name" | "bytes">;
type Unkept = Pick<Finding, "code" | "found" | "remedy">;

/** The content decides which it is; only what is no picture is asked for its ending. */
async function saneUpload(bytes: Buffer, name: string): Promise<Kept> {
  const isDocument = !pictureType(bytes) && documentType(name);
  const made = await oneOfFew<Sanitised<Kept, Unkept>>(() =>
    isDocument ? saneDocument(bytes, name) : saneOriginal(bytes, name),
  );
  if (made.ok) {
    remember(made.original);
    return made.original;
  }
  const { code, found, remedy } = made.problem;
  throw new Refusal(422, `${found} ${remedy}`, [
    { file: quoted(name), ...error(code, found.replace(/\.$/, ""), remedy) },
  ]);
}

const waiting: (() => void)[] = [];
let working = 0;

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (working < AT_ONCE) working++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working--;
  }
}
