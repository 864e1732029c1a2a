/**
 * The judging itself, in a thread of its own: `new Worker("judging.ts", { workerData: options })`, then a `Task`
 * a message. Among thousands of entries it computes for a second, in which the desk answers others.
 */
import { parentPort, workerData } from "node:worker_threads";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deskText } from "../i18n/desk.ts";
import { openCache } from "../loader/cache.ts";
import {
  readAll,
  type Entry,
  type Reading,
  type Shelf,
} from "../loader/content.ts";
import {
  readEntry,
  titleOf,
  type HeldEntry,
  type ReadEntry,
} from "../loader/entry.ts";
import { readSource } from "../loader/files.ts";
import { checkRelations } from "../loader/relations.ts";
import { kinds } from "../schema/kinds.ts";
import { error, quoted, type Problem } from "../schema/problem.ts";
import type { EntryPlace } from "./guard.ts";
import type { JudgeOptions, Task, Told } from "./judge.ts";
import type { DeskFile } from "./store.ts";

const { settings, builtCacheDir } = workerData as JudgeOptions;
const shelf = memory(() => openCache(builtCacheDir, settings.base));

// One after the other: the same files are read once.
let turn: Promise<unknown> = Promise.resolve();
parentPort!.on("message", (task: Task) => {
  turn = turn.then(() => answer(task));
});

async function answer(task: Task): Promise<void> {
  const told: Told = await judge(task).then(
    (problems) => ({ id: task.id, problems }),
    (failure: unknown) => ({ id: task.id, failure }),
  );
  parentPort!.postMessage(told);
}

/** Among the files of the content folder, of which the site is made; only those that have changed are read again. */
async function judge({ how, place, files }: Task) {
  if (how === "warm") {
    await readAll(settings, shelf);
    return [];
  }
  if (how === "among" && files.length === 0)
    return inUse(place, await readAll(settings, shelf), undefined);
  const read = await readAlone(place, files);
  const problems = read.findings.map(inFile(place.main));
  if (how === "alone" || !read.entry) return problems;
  const reading = await readAll(settings, shelf);
  return [...problems, ...inUse(place, reading, read.entry)];
}

const inFile =
  (file: string) =>
  (finding: Omit<Problem, "file">): Problem => ({ file, ...finding });

/** Reads an entry as the build will, from files in a folder of their own. */
async function readAlone(
  { kind, id, root, main }: EntryPlace,
  files: readonly DeskFile[],
): Promise<ReadEntry> {
  const folder = await mkdtemp(path.join(tmpdir(), "guong-sang-judge-"));
  try {
    for (const file of files) {
      const full = path.join(folder, file.path);
      await mkdir(path.dirname(full), { recursive: true });
      await writeFile(full, file.bytes);
    }
    const { bytes, finding } = readSource(path.join(folder, main));
    if (!bytes) return { findings: [finding] };
    const beside = main.endsWith(".yaml")
      ? []
      : files
          .map(({ path: file }) => path.posix.relative(root, file))
          .filter((name) => name !== "index.mdx" && !name.includes("/"));
    const source = { kind, id, file: main, beside };
    return await readEntry(source, bytes, { ...settings, contentDir: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What becomes of all entries when one takes its place among them, or goes.
 *
 * @param entry the entry as it would be; nothing when it goes
 * @returns the entry's own problems, and one for each other entry that would be held back because of it
 */
function inUse(
  place: EntryPlace,
  reading: Reading,
  entry: Entry | undefined,
): Problem[] {
  const others = reading.entries.filter(({ file }) => file !== place.main);
  const held = reading.held.filter(({ file }) => file !== place.main);
  const after = errorsOf(
    checkRelations(entry ? [...others, entry] : others, held),
  );
  const own = after.filter(({ file }) => file === place.main);
  // Who has to be taken down is taken down, whoever still links there: they are held back, and told of.
  const isWithdrawn =
    (entry?.data as { status?: string })?.status === "withdrawn";
  if (own.length > 0 || isWithdrawn || after.length === 0) return own;
  const before = new Set(
    errorsOf(checkRelations(reading.entries, reading.held)).map(nameOf),
  );
  const broken = after.filter((problem) => !before.has(nameOf(problem)));
  const entries = new Map<string, HeldEntry>(
    [...others, ...held].map((one) => [one.file, one]),
  );
  return broken.map((problem) =>
    inFile(place.main)(userOf(problem, entries.get(problem.file))),
  );
}

const errorsOf = ({ problems }: { problems: readonly Problem[] }) =>
  problems.filter(({ severity }) => severity === "error");

const nameOf = ({ file, code, field, found }: Problem): string =>
  JSON.stringify([file, code, field, found]);

/** Tells that another entry would be wrong, by what people call it. */
function userOf(
  { file, field, found }: Problem,
  user: HeldEntry | undefined,
): Omit<Problem, "file"> {
  const who = user
    ? `${kinds[user.kind].label} ${quoted(titleOf(user) ?? user.id)}`
    : quoted(file);
  return error(
    "in-use",
    deskText.inUse(who, field, found),
    deskText.inUseRemedy(file),
  );
}

/** Remembers what was read; what it does not know yet, the builds' cache may. */
function memory(open: () => ReturnType<typeof openCache>): Shelf {
  const known = new Map<string, { key: string; read: ReadEntry }>();
  let built: ReturnType<typeof openCache> | undefined;
  return {
    get(file, key) {
      const found = known.get(file);
      if (found?.key === key) return found.read;
      const read = (built ??= open()).get(file, key);
      if (read) known.set(file, { key, read });
      return read;
    },
    set(file, key, { html: _html, ...read }) {
      known.set(file, { key, read });
    },
  };
}
