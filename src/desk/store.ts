/**
 * Entries and drafts in git. What is published is the branch that HEAD names; a draft is a branch
 * `cms/<collection>/<slug>` with one entry's files changed, its state in the trailers of its last commit.
 */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { commitText, deskText } from "../i18n/desk.ts";
import { isReserved } from "../loader/content.ts";
import { openEntry, publishedText } from "../judge/entry.ts";
import { checkName } from "../loader/files.ts";
import { readText } from "../judge/text.ts";
import { kinds } from "../schema/kinds.ts";
import { formatProblems, quoted, type Problem } from "../schema/problem.ts";
import { Branch, type Head, type Plan } from "./branch.ts";
import {
  Repository,
  trailer,
  withTrailers,
  type Change,
  type Person,
} from "./git.ts";
import { moveTold, parseReason, readLog, type Told } from "./journal.ts";
import {
  checkWritable,
  draftRef,
  DRAFTS,
  entryPlace,
  Refusal,
  type EntryPlace,
} from "./guard.ts";

/** A file of an entry; its path is below the content folder. */
export interface DeskFile {
  path: string;
  bytes: Buffer;
}

/** The same, as git keeps it. */
export interface StoredFile {
  path: string;
  oid: string;
}

/** Finds what is wrong with an entry as it would be after a save; any error refuses the save. */
export interface Judge {
  /**
   * Judges an entry by itself: what a draft has to pass.
   *
   * @param files all files of the entry
   */
  alone(
    place: EntryPlace,
    files: readonly DeskFile[],
  ): Promise<readonly Problem[]>;
  /**
   * Judges an entry by itself and among all that are published: what publishing it would do to it and to them.
   *
   * @param files all files of the entry; none when it is to be removed
   */
  among(
    place: EntryPlace,
    files: readonly DeskFile[],
  ): Promise<readonly Problem[]>;
}

export const STATES = ["draft", "pending_review", "pending_publish"] as const;
export type State = (typeof STATES)[number];

export interface Draft {
  ref: string;
  collection: string;
  slug: string;
  commit: string;
  /** The published commit it began from. */
  base: string;
  state: State;
  /** The entry's folder or file, below the content folder. */
  root: string;
  updatedAt: string;
  author: string;
}

/** A draft's way back to its writer. */
export interface Return {
  /** The commit that says so. */
  id: string;
  reason: string;
  by: string;
  at: string;
  /** Whether the draft has not been sent on since. */
  isOpen: boolean;
}

/** Which draft. */
export interface DraftName {
  collection: string;
  slug: string;
}

/** The version of an entry that its editor has seen: `null` for none, left out when it does not matter. */
export type Seen = string | null | undefined;

type Awaitable<T> = T | Promise<T>;

/** What a step changes in a draft. */
interface Step {
  state: State;
  /** The commit's first line. */
  text: (what: string) => string;
  base?: string;
  changes?: Change[];
  reason?: string;
}

/** How often a save is tried again when another process was quicker. */
const TRIES = 10;

export class Store {
  readonly #repository: Repository;
  readonly #branch: Branch;
  /** From the repository's root to the content folder, with a slash behind; empty when they are the same. */
  readonly #prefix: string;
  readonly #judge: Judge;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    repository: Repository,
    prefix: string,
    judge: Judge,
    onPublished: () => void,
  ) {
    this.#repository = repository;
    this.#branch = new Branch(repository, onPublished);
    this.#prefix = prefix;
    this.#judge = judge;
  }

  /**
   * Opens the store of a content folder and finishes what a killed desk left half done.
   *
   * @param contentDir absolute path, inside a git repository
   * @param onPublished called when what is published has changed here, and the files have followed
   * @throws Error in Vietnamese when it is in none, or no branch is checked out
   */
  static async open(
    contentDir: string,
    judge: Judge,
    onPublished: () => void = () => {},
  ): Promise<Store> {
    const folder = await realpath(contentDir);
    const repository = await Repository.holding(folder).catch(
      (cause: NodeJS.ErrnoException) => {
        const why =
          cause.code === "ENOENT"
            ? deskText.noGit
            : deskText.noRepository(contentDir);
        throw new Error(why, { cause });
      },
    );
    const below = path
      .relative(repository.root, folder)
      .replaceAll(path.sep, "/");
    const store = new Store(
      repository,
      below && `${below}/`,
      judge,
      onPublished,
    );
    await store.published();
    // What is checked out otherwise than it is committed would look changed by somebody, and be so.
    const all = `${store.#prefix}**`;
    if (await repository.converts(`${store.#prefix}news/2026/a/index.mdx`))
      throw new Error(deskText.converted(all));
    await store.#branch.settle();
    return store;
  }

  /**
   * What readers get.
   *
   * @returns the branch's full name and its newest commit
   * @throws Refusal when HEAD names no branch, or a draft's
   */
  published(): Promise<Head> {
    return this.#branch.head();
  }

  /** Published files at or below a path of the content folder. */
  async list(below: string): Promise<StoredFile[]> {
    return this.#files((await this.published()).commit, below);
  }

  /** The bytes of stored files, in their order. */
  read(files: readonly StoredFile[]): Promise<Buffer[]> {
    return this.#repository.read(files.map(({ oid }) => oid));
  }

  /** What stands for an entry's content as it is now: its draft's, else what is published. */
  async version(root: string, commit?: string): Promise<string | null> {
    return this.#repository.at(
      commit ?? (await this.published()).commit,
      this.#prefix + root,
    );
  }

  /** Every draft, in the order of their names. */
  async drafts(): Promise<Draft[]> {
    const found = await this.#repository.refs(DRAFTS, [
      "refname",
      "objectname",
      "contents:trailers",
      "committerdate:iso-strict",
      "authorname",
    ]);
    return found.flatMap(([ref, commit, trailers, updatedAt, author]) => {
      const [collection, ...slug] = ref!.slice(DRAFTS.length).split("/");
      const base = trailer(trailers!, "Desk-Base");
      const root = trailer(trailers!, "Desk-Entry");
      const state = STATES.find(
        (one) => one === trailer(trailers!, "Desk-State"),
      );
      // A branch that others made under this name is not ours to read.
      if (!base || !root || !state) return [];
      return {
        ref: ref!,
        collection: collection!,
        slug: slug.join("/"),
        commit: commit!,
        base,
        state,
        root,
        updatedAt: updatedAt!,
        author: author!,
      };
    });
  }

  /** @throws Refusal when there is no such draft */
  async draft(name: DraftName): Promise<Draft> {
    const draft = await this.findDraft(name);
    if (!draft) throw new Refusal(404, deskText.noEntry);
    return draft;
  }

  /** Every time that a draft was returned with a reason, the last one first. */
  async returns({ base, commit }: Draft): Promise<Return[]> {
    const steps = await this.#repository.log(base, commit, [
      "%H",
      "%an",
      "%aI",
      "%(trailers:only,unfold)",
    ]);
    let isOpen = true;
    return steps.flatMap(([id, by, at, trailers]) => {
      isOpen &&= trailer(trailers!, "Desk-State") === "draft";
      const said = trailer(trailers!, "Desk-Reason");
      const reason = said === undefined ? undefined : parseReason(said);
      return reason === undefined
        ? []
        : [{ id: id!, reason, by: by!, at: at!, isOpen }];
    });
  }

  /** What a draft changes; files it removes are left out. */
  async changedBy(draft: Draft): Promise<(StoredFile & { isNew: boolean })[]> {
    const changes = await this.#repository.changes(
      draft.base,
      draft.commit,
      this.#prefix + draft.root,
    );
    return changes.flatMap((change) =>
      change.new === null
        ? []
        : {
            path: this.#below(change.path),
            oid: change.new,
            isNew: change.old === null,
          },
    );
  }

  /** @throws Refusal when the draft's entry has no such file */
  async draftFile(name: DraftName, file: string): Promise<StoredFile> {
    const { commit, root } = await this.draft(name);
    const files = await this.#files(commit, root);
    const found = files.find((one) => one.path === file);
    if (!found) throw new Refusal(404, deskText.noFile(quoted(file)));
    return found;
  }

  /**
   * Saves an entry's files on the published branch.
   *
   * @param seen the version that the editor began from
   * @returns the entry's new version
   * @throws Refusal when somebody else was there first, or the judge finds an error
   */
  save(editor: Person, files: readonly DeskFile[], seen: Seen) {
    return this.#alone(async () => {
      const place = placeOfAll(files.map((file) => file.path));
      const { commit } = await this.#branch.land(editor, async (head) => {
        const before = await this.#files(head, place.root);
        const after = await this.#with(place, before, files, "among");
        const changes = this.#difference(before, after);
        // What is there already may be saved again: its first answer may have been lost on the way.
        if (changes.length > 0) await this.#checkSeen(head, place, seen);
        const text = commitText[await this.#publication(place, before, after)];
        return {
          changes,
          message: text(await this.#name(place, after)),
          entry: place.root,
        };
      });
      return this.version(place.root, commit);
    });
  }

  /**
   * Saves an entry's files in a draft, which begins with the first save.
   *
   * @param files all that the draft has changed: a picture that it brought and that is not among them goes
   * @param seen the version that the editor began from
   * @param mayApprove whether what had been approved stays so: a change by who may not is to be approved again
   * @returns the entry's new version
   * @throws Refusal when somebody else was there first, or the judge finds an error
   */
  saveDraft(
    editor: Person,
    name: DraftName,
    files: readonly DeskFile[],
    seen: Seen,
    mayApprove = true,
  ) {
    return this.#alone(async () => {
      const place = placeOfAll(files.map((file) => file.path));
      for (let tries = 0; tries < TRIES; tries++) {
        const draft = await this.#draftFor(name, place);
        const base = draft?.base ?? (await this.published()).commit;
        const parent = draft?.commit ?? base;
        const before = await this.#files(parent, place.root);
        const kept = draft
          ? await this.#withoutDropped(before, draft, files)
          : before;
        const after = await this.#with(place, kept, files, "alone");
        const changes = this.#difference(before, after);
        if (draft && changes.length === 0)
          return this.version(place.root, parent);
        await this.#checkSeen(parent, place, seen, draft?.author);
        const what = await this.#name(place, after);
        const moved = await this.#moveDraft(editor, name, draft, {
          base,
          root: place.root,
          state: stateAfter(draft, mayApprove),
          changes,
          message: draft
            ? commitText.saveDraft(what)
            : commitText.startDraft(what),
        });
        if (moved) return this.version(place.root, moved);
      }
      throw new Refusal(503, deskText.busy);
    });
  }

  /**
   * Moves a draft to another state.
   *
   * @throws Refusal when there is no such draft, or it has changed since the editor saw it
   */
  setState(editor: Person, name: DraftName, state: State, seen: Seen) {
    return this.#step(editor, name, seen, (draft) =>
      draft.state === state ? undefined : { state, text: commitText[state] },
    );
  }

  /**
   * Returns a draft to its writer. The reason stays with the draft's own steps, which are never published.
   *
   * @throws Refusal when there is no such draft, nobody has sent it, or it has changed since the editor saw it
   */
  giveBack(editor: Person, name: DraftName, reason: string, seen: Seen) {
    return this.#step(editor, name, seen, (draft) => {
      if (draft.state === "draft") throw new Refusal(409, deskText.notSent);
      return { state: "draft", text: commitText.draft, reason };
    });
  }

  /**
   * Puts a draft's text onto the newest published one, which has changed since the draft began: the draft's
   * is kept whole. What had been approved was another change, so it is to be approved again.
   *
   * @throws Refusal when there is no such draft, or it has changed since the editor saw it
   */
  keepMine(editor: Person, name: DraftName, seen: Seen) {
    return this.#step(editor, name, seen, async (draft) => {
      const { commit } = await this.published();
      return {
        state: draft.state === "draft" ? "draft" : "pending_review",
        text: commitText.keepMine,
        base: commit,
        changes: this.#difference(
          await this.#files(commit, draft.root),
          await this.#files(draft.commit, draft.root),
        ),
      };
    });
  }

  /** One step of a draft that leaves its text as it is. */
  #step(
    editor: Person,
    name: DraftName,
    seen: Seen,
    plan: (draft: Draft) => Awaitable<Step | undefined>,
  ): Promise<void> {
    return this.#alone(async () => {
      for (let tries = 0; tries < TRIES; tries++) {
        const draft = await this.draft(name);
        const place = this.placeOf(draft);
        await this.#checkSeen(draft.commit, place, seen, draft.author);
        const step = await plan(draft);
        if (!step) return;
        const files = await this.#files(draft.commit, draft.root);
        const { text, changes = [], ...next } = step;
        const moved = await this.#moveDraft(editor, name, draft, {
          base: draft.base,
          root: draft.root,
          ...next,
          changes,
          message: text(await this.#name(place, files)),
        });
        if (moved) return;
      }
      throw new Refusal(503, deskText.busy);
    });
  }

  /**
   * Puts a draft's entry onto the newest published commit, as one commit: by who wrote it, committed by
   * who publishes. Its steps stay out of the history that others get.
   *
   * @throws Refusal when it is not ready, or the published entry has changed since the draft began
   */
  publish(editor: Person, name: DraftName, seen: Seen) {
    return this.#alone(async () => {
      const { hasLanded } = await this.#branch.land(editor, (head) =>
        this.#planPublication(head, name, seen),
      );
      if (hasLanded) return;
      // Nothing to change: it is out already, by a push of the same text or a publication that was killed.
      const { ref, commit } = await this.draft(name);
      await this.#repository.move(ref, null, commit);
    });
  }

  async #planPublication(
    head: string,
    name: DraftName,
    seen: Seen,
  ): Promise<Plan> {
    const draft = await this.draft(name);
    const place = this.placeOf(draft);
    await this.#checkSeen(draft.commit, place, seen, draft.author);
    if (draft.state !== "pending_publish")
      throw new Refusal(409, deskText.notReady);
    const [base, now, next] = await Promise.all(
      [draft.base, head, draft.commit].map((one) =>
        this.version(draft.root, one),
      ),
    );
    const before = await this.#files(head, draft.root);
    const after = await this.#decided(
      place,
      await this.#files(draft.commit, draft.root),
    );
    const text = commitText[await this.#publication(place, before, after)];
    const message = text(await this.#name(place, after));
    const changes = this.#difference(before, after);
    const entry = place.root;
    if (changes.length === 0) return { changes, message, entry };
    if (now !== base && now !== next)
      throw new Refusal(409, deskText.publishedChanged);
    await this.#judgeAll(place, after, "among");
    const [author, ...others] = await this.writers(draft);
    return {
      changes,
      message,
      entry,
      author,
      trailers: [
        ...others.map(
          ({ name: who, mail }) =>
            ["Co-authored-by", `${who} <${mail}>`] as const,
        ),
        ["Desk-Draft", draft.commit],
      ],
    };
  }

  /** Throws a draft away. @throws Refusal when there is none, or it has changed since the editor saw it */
  dropDraft(editor: Person, name: DraftName, seen: Seen) {
    return this.#alone(async () => {
      const draft = await this.draft(name);
      const place = this.placeOf(draft);
      await this.#checkSeen(draft.commit, place, seen, draft.author);
      const files = await this.#files(draft.commit, draft.root);
      const isGone = await moveTold(
        this.#repository,
        { ref: draft.ref, to: null, from: draft.commit },
        editor,
        {
          text: commitText.dropDraft(await this.#name(place, files)),
          entry: draft.root,
        },
      );
      if (!isGone) throw new Refusal(409, deskText.changed(draft.author));
    });
  }

  /**
   * Removes published files of one entry. With its own file goes the whole entry: pictures alone are no entry.
   * A story that has been out is withdrawn instead.
   *
   * @throws Refusal when a file is not there, or the entry would be wrong without it
   */
  remove(editor: Person, files: readonly string[], seen: Seen) {
    return this.#alone(async () => {
      const place = placeOfAll(files);
      const isWhole = files.includes(place.main);
      await this.#branch.land(editor, async (head) => {
        await this.#checkSeen(head, place, seen);
        const before = await this.#files(head, place.root);
        const missing = files.find(
          (file) => !before.some((one) => one.path === file),
        );
        if (missing !== undefined)
          throw new Refusal(404, deskText.noFile(quoted(missing)));
        const after = isWhole
          ? []
          : before.filter((one) => !files.includes(one.path));
        if (isWhole && (await this.#hasBeenOut(place, before)))
          throw new Refusal(409, deskText.withdrawInstead);
        await this.#judgeAll(place, after, "among");
        const what = await this.#name(place, before);
        return {
          changes: this.#difference(before, after),
          message: isWhole
            ? commitText.remove(what)
            : commitText.removeFiles(baseNames(files), what),
          entry: place.root,
        };
      });
    });
  }

  /** Puts a file beside a published entry. @throws Refusal when there is no such entry */
  addFile(editor: Person, file: DeskFile) {
    return this.#alone(async () => {
      const place = placeOfAll([file.path]);
      if (file.path === place.main)
        throw new Refusal(403, deskText.badPlace(quoted(file.path)));
      await this.#branch.land(editor, async (head) => {
        const before = await this.#files(head, place.root);
        if (before.length === 0) throw new Refusal(404, deskText.noEntry);
        const after = await this.#with(place, before, [file], "among");
        return {
          changes: this.#difference(before, after),
          message: commitText.addFile(
            baseNames([file.path]),
            await this.#name(place, after),
          ),
          entry: place.root,
        };
      });
    });
  }

  /** One write at a time: what one checks, no other changes. */
  #alone<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#last.then(act, act);
    this.#last = result.catch(() => {});
    return result;
  }

  async #moveDraft(
    editor: Person,
    { collection, slug }: DraftName,
    draft: Draft | undefined,
    next: Pick<Draft, "base" | "root" | "state"> & {
      changes: Change[];
      message: string;
      reason?: string;
    },
  ): Promise<string | undefined> {
    const parent = draft?.commit ?? next.base;
    // Put onto another published commit, a draft has both behind it: its own steps and what is new.
    const isMerge = draft !== undefined && next.base !== draft.base;
    const commit = await this.#repository.commit({
      tree: await this.#repository.treeWith(
        isMerge ? next.base : parent,
        next.changes,
      ),
      parents: isMerge ? [parent, next.base] : [parent],
      message: withTrailers(next.message, [
        ["Desk-State", next.state],
        ["Desk-Entry", next.root],
        ["Desk-Base", next.base],
        ...(next.reason === undefined
          ? []
          : [["Desk-Reason", JSON.stringify(next.reason)] as const]),
      ]),
      author: editor,
      committer: editor,
    });
    const hasMoved = await moveTold(
      this.#repository,
      {
        ref: draftRef(collection, slug),
        to: commit,
        from: draft?.commit ?? null,
      },
      editor,
      { text: next.message, entry: next.root, reason: next.reason },
    );
    return hasMoved ? commit : undefined;
  }

  /** A draft, if there is one of this name. */
  async findDraft({ collection, slug }: DraftName): Promise<Draft | undefined> {
    const ref = draftRef(collection, slug);
    return (await this.drafts()).find((draft) => draft.ref === ref);
  }

  /** The draft of an entry, if it has one: under this name and no other, so that no two drafts write one entry. */
  async #draftFor(
    { collection, slug }: DraftName,
    { root }: EntryPlace,
  ): Promise<Draft | undefined> {
    const ref = draftRef(collection, slug);
    const drafts = await this.drafts();
    const other = drafts.find(
      (draft) => (draft.root === root) !== (draft.ref === ref),
    );
    if (other && (other.root === root || other.ref === ref))
      throw new Refusal(
        409,
        deskText.otherDraft(`${other.collection}/${other.slug}`),
      );
    return drafts.find((draft) => draft.ref === ref);
  }

  /** Which entry a draft is of. */
  placeOf({ root }: Draft): EntryPlace {
    return entryPlace(root.endsWith(".yaml") ? root : `${root}/index.mdx`);
  }

  async #checkSeen(
    commit: string,
    { root }: EntryPlace,
    seen: Seen,
    author?: string,
  ): Promise<void> {
    if (seen === undefined || (await this.version(root, commit)) === seen)
      return;
    const who =
      author ??
      (await this.#repository.lastAuthor(commit, this.#prefix + root));
    throw new Refusal(409, deskText.changed(who || deskText.someone));
  }

  async #files(commit: string, below: string): Promise<StoredFile[]> {
    const place = (this.#prefix + below).replace(/\/$/, "");
    const items = await this.#repository.files(commit, place);
    return items.map((item) => ({
      path: this.#below(item.path),
      oid: item.oid,
    }));
  }

  #below(file: string): string {
    return file.slice(this.#prefix.length);
  }

  /** An entry's files with some of them new, judged. */
  async #with(
    place: EntryPlace,
    before: readonly StoredFile[],
    files: readonly DeskFile[],
    judged: keyof Judge,
  ): Promise<StoredFile[]> {
    const after = new Map(before.map((file) => [file.path, file.oid]));
    for (const file of files) {
      checkWritable(file.path, place);
      after.set(file.path, await this.#repository.write(file.bytes));
    }
    if (!after.has(place.main)) throw new Refusal(404, deskText.noEntry);
    if (before.length === 0) {
      const { kind, id, main } = place;
      refuseErrors(
        checkName({ kind, id, file: main, beside: [] }, () =>
          isReserved({ kind }, id),
        ),
      );
    }
    const stored = [...after].map(([file, oid]) => ({ path: file, oid }));
    await this.#judgeAll(place, stored, judged);
    return stored;
  }

  async #judgeAll(
    place: EntryPlace,
    files: readonly StoredFile[],
    judged: keyof Judge,
  ): Promise<void> {
    const bytes = await this.read(files);
    const read = files.map((file, at) => ({
      path: file.path,
      bytes: bytes[at]!,
    }));
    // A draft has to be what could be published: what publishing will decide, its writer need not.
    const given = judged === "alone" ? decided(place, read) : read;
    refuseErrors(await this.#judge[judged](place, given));
  }

  /** An entry's files as they are published. */
  async #decided(
    place: EntryPlace,
    files: readonly StoredFile[],
  ): Promise<StoredFile[]> {
    const isMain = (file: { path: string }) => file.path === place.main;
    const [bytes] = await this.read(files.filter(isMain));
    if (!bytes) return [...files];
    const [main] = decided(place, [{ path: place.main, bytes }]);
    const oid = await this.#repository.write(main!.bytes);
    return files.map((file) =>
      isMain(file) ? { path: file.path, oid } : file,
    );
  }

  /** Files that the draft brought and that its editor has taken out again are gone. */
  async #withoutDropped(
    before: readonly StoredFile[],
    draft: Draft,
    files: readonly DeskFile[],
  ): Promise<StoredFile[]> {
    const published = await this.#files(draft.base, draft.root);
    const kept = new Set([...published, ...files].map((file) => file.path));
    return before.filter((file) => kept.has(file.path));
  }

  #difference(
    before: readonly StoredFile[],
    after: readonly StoredFile[],
  ): Change[] {
    const old = new Map(before.map((file) => [file.path, file.oid]));
    const next = new Map(after.map((file) => [file.path, file.oid]));
    return [...new Set([...old.keys(), ...next.keys()])]
      .filter((file) => old.get(file) !== next.get(file))
      .map((file) => ({
        path: this.#prefix + file,
        old: old.get(file) ?? null,
        new: next.get(file) ?? null,
      }));
  }

  /** Who wrote a draft last: not who returned it or put it on a newer one. */
  async writer(draft: Draft): Promise<string> {
    return (await this.writers(draft))[0]?.name ?? draft.author;
  }

  /** Who did what, the last first, after a deed that is known; see journal.ts. */
  log(count: number, before?: string): Promise<Told[]> {
    return readLog(this.#repository, count, before);
  }

  /** Who wrote a draft, the last one first: those whose commits changed a file, not who put it on a newer one. */
  async writers({ base, commit }: Draft): Promise<Person[]> {
    const steps = await this.#repository.log(base, commit, [
      "%an",
      "%ae",
      "%T",
      "%P",
    ]);
    const writers = new Map<string, Person>();
    steps.forEach(([name, mail, tree, parents], at) => {
      const isFirst = at === steps.length - 1;
      const isMerge = parents!.includes(" ");
      const changed = isFirst || steps[at + 1]![2] !== tree;
      if (changed && !isMerge && !writers.has(mail!))
        writers.set(mail!, { name: name!, mail: mail! });
    });
    return [...writers.values()];
  }

  /** «tin «Tết trồng cây»», for the history. */
  async #name(
    place: EntryPlace,
    files: readonly StoredFile[],
  ): Promise<string> {
    const { title, name } = await this.#fields(place, files);
    const called = [title, name].find((one) => typeof one === "string" && one);
    return `${kinds[place.kind].label} ${quoted(String(called ?? place.id))}`;
  }

  /** What publishing does to an entry. */
  async #publication(
    place: EntryPlace,
    before: readonly StoredFile[],
    after: readonly StoredFile[],
  ): Promise<"publishNew" | "publishChange" | "withdraw"> {
    if (before.length === 0) return "publishNew";
    const [was, is] = await Promise.all(
      [before, after].map((files) => this.#fields(place, files)),
    );
    return is!.status === "withdrawn" && was!.status !== "withdrawn"
      ? "withdraw"
      : "publishChange";
  }

  /** Whether readers may have an entry's address: a story's must not lead to nothing one day. */
  async #hasBeenOut(
    place: EntryPlace,
    files: readonly StoredFile[],
  ): Promise<boolean> {
    const { status = "draft" } = await this.#fields(place, files);
    return kinds[place.kind].layout === "story" && status !== "draft";
  }

  /** An entry's fields as they are written; none when they cannot be read. */
  async #fields(
    { main }: EntryPlace,
    files: readonly StoredFile[],
  ): Promise<Record<string, unknown>> {
    const [bytes] = await this.read(files.filter((one) => one.path === main));
    const { raw } = bytes ? readText(bytes) : {};
    return (raw === undefined ? undefined : openEntry(raw, main)?.fields) ?? {};
  }
}

/** The step that a draft is at when it has been saved. */
const stateAfter = (draft: Draft | undefined, mayApprove: boolean): State =>
  draft?.state === "pending_publish" && !mayApprove
    ? "pending_review"
    : (draft?.state ?? "draft");

/** The one entry that files belong to. @throws Refusal when they are several entries' */
function placeOfAll(files: readonly string[]): EntryPlace {
  const [first, ...others] = files.map(entryPlace);
  if (!first || others.some(({ root }) => root !== first.root))
    throw new Refusal(422, deskText.severalEntries);
  return first;
}

function refuseErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const why = errors.every(({ code }) => code === "in-use")
    ? deskText.stillUsed
    : deskText.wrong;
  throw new Refusal(422, `${why}\n${formatProblems(errors)}`, errors);
}

/** An entry's files with what publishing decides. */
const decided = (place: EntryPlace, files: readonly DeskFile[]): DeskFile[] =>
  files.map((file) => {
    const { raw } = readText(file.bytes);
    if (file.path !== place.main || raw === undefined) return file;
    const text = publishedText({ ...place, file: file.path }, raw, new Date());
    return text === raw ? file : { ...file, bytes: Buffer.from(text) };
  });

const baseNames = (files: readonly string[]): string =>
  files.map((file) => path.posix.basename(file)).join(", ");
