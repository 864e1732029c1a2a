/** The published branch: how a commit gets onto it, and how the working tree follows, whatever is killed on the way. */
import { deskText } from "../i18n/desk.ts";
import {
  trailer,
  withTrailers,
  type Change,
  type Person,
  type Repository,
  type Trailers,
} from "./git.ts";
import { DRAFTS, Refusal } from "./guard.ts";
import { moveTold } from "./journal.ts";
import { checkClean, follow } from "./worktree.ts";

/** The branch that HEAD names. */
export interface Head {
  /** Its full name, `refs/heads/main`. */
  branch: string;
  commit: string;
}

/** A commit to be. */
export interface Plan {
  changes: Change[];
  message: string;
  /** The entry's folder or file, below the content folder. */
  entry: string;
  /** Who wrote it, when that is not who commits it. */
  author?: Person;
  trailers?: Trailers;
}

/** Commits on their way to the published branch, each until the working tree has followed. */
const PENDING = "refs/desk/pending/";
const TRIES = 10;

export class Branch {
  readonly #repository: Repository;
  readonly #onLanded: () => void;

  /** @param onLanded called when a commit has landed and the files have followed */
  constructor(repository: Repository, onLanded: () => void) {
    this.#repository = repository;
    this.#onLanded = onLanded;
  }

  /**
   * Where the branch is.
   *
   * @throws Refusal when HEAD names no branch, or a draft's
   */
  async head(): Promise<Head> {
    const head = await this.#repository.head();
    if (!head || head.branch.startsWith(DRAFTS))
      throw new Refusal(409, deskText.noBranch);
    return head;
  }

  /**
   * Puts a commit onto the published branch, however often others are quicker. Before the branch moves, the
   * commit gets a reference under `PENDING`: whatever is killed after that, the next start lets the files follow.
   *
   * @param plan what to change on top of a commit; asked again when another commit was quicker
   * @returns the newest commit, and whether it is ours: not when there was nothing to change
   * @throws Refusal when somebody's uncommitted work is in the way
   */
  async land(
    editor: Person,
    plan: (head: string) => Promise<Plan>,
  ): Promise<{ commit: string; hasLanded: boolean }> {
    await this.settle();
    for (let tries = 0; tries < TRIES; tries++) {
      const head = await this.head();
      const { changes, message, entry, author, trailers } = await plan(
        head.commit,
      );
      if (changes.length === 0)
        return { commit: head.commit, hasLanded: false };
      await checkClean(this.#repository, changes);
      const commit = await this.#repository.commit({
        tree: await this.#repository.treeWith(head.commit, changes),
        parents: [head.commit],
        message: withTrailers(message, trailers ?? []),
        author: author ?? editor,
        committer: editor,
      });
      const pending = PENDING + commit;
      await this.#repository.move(pending, commit, null);
      const move = { ref: head.branch, to: commit, from: head.commit };
      const deed = { text: message, entry };
      if (await moveTold(this.#repository, move, editor, deed)) {
        await this.settle();
        this.#onLanded();
        return { commit, hasLanded: true };
      }
      await this.#repository.move(pending, null, commit);
    }
    throw new Refusal(503, deskText.busy);
  }

  /**
   * Lets the working tree, the index and the drafts follow what has landed. What is published is published:
   * when files cannot follow now (a full disk, a locked index), the next save or start lets them.
   */
  async settle(): Promise<void> {
    const pending = await this.#repository.refs(PENDING, [
      "refname",
      "objectname",
      "contents:trailers",
    ]);
    for (const [ref, commit, trailers] of pending)
      await this.#settleOne(
        ref!,
        commit!,
        trailer(trailers!, "Desk-Draft"),
      ).catch((thrown: Error) => process.emitWarning(thrown));
  }

  async #settleOne(
    ref: string,
    commit: string,
    draft: string | undefined,
  ): Promise<void> {
    const head = await this.head();
    const parent = await this.#repository.parentOf(commit);
    if (await this.#repository.isAncestor(commit, head.commit)) {
      await this.#dropPublished(draft);
      const changes = await this.#repository.changes(parent, commit);
      await follow(this.#repository, await this.#stillSo(head.commit, changes));
    } else if (head.commit === parent) {
      // It may land yet: a killed desk's git may still be at work. When the branch has moved on, it cannot.
      return;
    }
    await this.#repository.move(ref, null, commit);
  }

  async #dropPublished(draft: string | undefined): Promise<void> {
    const drafts = await this.#repository.refs(DRAFTS, [
      "refname",
      "objectname",
    ]);
    for (const [ref, commit] of drafts)
      if (commit === draft) await this.#repository.move(ref!, null, commit!);
  }

  /** Changes that no later commit has changed again: those after it had their own way to the files. */
  async #stillSo(head: string, changes: Change[]): Promise<Change[]> {
    const now = await Promise.all(
      changes.map((change) => this.#repository.at(head, change.path)),
    );
    return changes.filter((change, at) => now[at] === change.new);
  }
}
