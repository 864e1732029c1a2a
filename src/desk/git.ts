/**
 * Git by its plumbing alone: objects, private indexes, references. Nothing here checks out, adds, stashes,
 * runs a hook, or writes a configuration, so nothing in a repository makes it run anything. (But one: where
 * git is not sure whether a file of the real index is clean, it asks the filter that the repository's owner has
 * set up for it, as `git status` does.)
 */
import { spawn } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import path from "node:path";

/** One line of a tree or an index. */
export interface TreeItem {
  mode: string;
  oid: string;
  /** From the repository's root, with forward slashes. */
  path: string;
}

/** A file that becomes another one. `null` stands for no file. */
export interface Change {
  path: string;
  old: string | null;
  new: string | null;
}

export interface Person {
  name: string;
  mail: string;
}

/** What stands below a commit's message, by name. */
export type Trailers = readonly (readonly [key: string, value: string])[];

/** A reference that is to be moved. */
export interface Move {
  ref: string;
  /** The new commit; `null` deletes. */
  to: string | null;
  /** Where it was; `null` when it must not exist. */
  from: string | null;
}

export interface CommitParts {
  tree: string;
  parents: readonly string[];
  message: string;
  author: Person;
  committer: Person;
}

/** Git ended with an error; `message` is what it said. */
export class GitError extends Error {}

/** What a repository or a machine may configure that would run a program or reach out, switched off. */
const SAFE = [
  `core.hooksPath=${devNull}`,
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "diff.external=",
  "protocol.allow=never",
  "gc.auto=0",
  "maintenance.auto=false",
  "core.quotePath=false",
  "i18n.commitEncoding=UTF-8",
  // By default git leaves loose objects to the system's own time: a power cut would lose what an editor saved.
  "core.fsync=committed,reference",
  "core.filesRefLockTimeout=2000",
].flatMap((setting) => ["-c", setting]);
const OPTIONS = [
  "--no-pager",
  "--no-replace-objects",
  "--no-optional-locks",
  "--literal-pathspecs",
  ...SAFE,
];

/** The arguments of a git that runs nothing which the repository or the machine has set up. */
export const safely = (args: readonly string[]): string[] => [
  ...OPTIONS,
  ...args,
];

/** The environment without git's own variables, which could lead to another repository, index or program. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:GIT_|SSH_|PAGER$|EDITOR$|VISUAL$|LC_|LANG)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ATTR_NOSYSTEM: "1",
  };
}

interface Run {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

function run(cwd: string, args: string[], { input, env }: Run = {}) {
  return new Promise<Buffer>((resolve, reject) => {
    const child = spawn("git", safely(args), {
      cwd,
      env: { ...cleanEnv(), ...env },
      windowsHide: true,
      // A group of its own: what stops the desk (Ctrl-C) does not stop git in the middle of a reference.
      detached: process.platform !== "win32",
    });
    const out: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => out.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
    // Git may end before it has read everything; its exit code says so.
    child.stdin.on("error", () => {});
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(Buffer.concat(out))
        : reject(new GitError(`git ${args[0]}: ${said.trim() || code}`)),
    );
    child.stdin.end(input);
  });
}

/** A repository with a working tree. */
export class Repository {
  /** Absolute path of the working tree, without symbolic links. */
  readonly root: string;
  /** Absolute path of the working tree's own git folder: its index and HEAD. */
  readonly gitDir: string;
  #emptyTree: string | undefined;

  private constructor(root: string, gitDir: string) {
    this.root = root;
    this.gitDir = gitDir;
  }

  /**
   * Opens the repository that holds a folder.
   *
   * @throws GitError when there is none
   */
  static async holding(folder: string): Promise<Repository> {
    const said = await run(folder, [
      "rev-parse",
      "--show-toplevel",
      "--absolute-git-dir",
    ]);
    const [root, gitDir] = said.toString().trimEnd().split("\n");
    return new Repository(await realpath(root!), path.resolve(gitDir!));
  }

  async #text(args: string[], more?: Run): Promise<string> {
    return (await run(this.root, args, more)).toString().trimEnd();
  }

  /** The branch HEAD names and its commit; nothing when HEAD is detached or has no commit yet. */
  async head(): Promise<{ branch: string; commit: string } | undefined> {
    const said = await this.#text([
      "rev-parse",
      "HEAD",
      "--symbolic-full-name",
      "HEAD",
    ]).catch(() => "");
    const [commit, branch] = said.split("\n");
    return commit && branch?.startsWith("refs/heads/")
      ? { branch, commit }
      : undefined;
  }

  /** Every file at or below a path of a commit; symbolic links and submodules are left out. */
  async files(commit: string, below: string): Promise<TreeItem[]> {
    const args = ["ls-tree", "-r", "-z", "--full-tree", commit];
    const items = parseItems(
      await this.#text(below ? [...args, "--", below] : args),
    );
    return items.filter(({ mode }) => mode.startsWith("100"));
  }

  /** What stands at a path of a commit, file or folder, as one identifier; `null` for nothing. */
  async at(commit: string, place: string): Promise<string | null> {
    const said = await this.#text([
      "ls-tree",
      "-z",
      "--full-tree",
      commit,
      "--",
      place,
    ]);
    return parseItems(said)[0]?.oid ?? null;
  }

  /** The contents of blobs, in the order asked for. */
  async read(oids: readonly string[]): Promise<Buffer[]> {
    if (oids.length === 0) return [];
    const said = await run(this.root, ["cat-file", "--batch"], {
      input: `${oids.join("\n")}\n`,
    });
    let at = 0;
    return oids.map((oid) => {
      const end = said.indexOf(10, at);
      const [, type, size] = said.toString("utf8", at, end).split(" ");
      if (type !== "blob") throw new GitError(`no blob ${oid}`);
      const start = end + 1;
      at = start + Number(size) + 1;
      return said.subarray(start, at - 1);
    });
  }

  /** Stores bytes exactly as they are: no filter, no line ends. */
  write(bytes: Uint8Array): Promise<string> {
    return this.#text(["hash-object", "-w", "--no-filters", "--stdin"], {
      input: bytes,
    });
  }

  /** A commit's tree with some files changed. Made in an index of its own; the real one is not looked at. */
  async treeWith(commit: string, changes: readonly Change[]): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), "guong-sang-index-"));
    const env = { GIT_INDEX_FILE: path.join(folder, "index") };
    try {
      await run(this.root, ["read-tree", commit], { env });
      await run(this.root, ["update-index", "-z", "--index-info"], {
        env,
        input: indexLines(changes),
      });
      return await this.#text(["write-tree"], { env });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The tree that holds nothing. */
  async emptyTree(): Promise<string> {
    this.#emptyTree ??= await this.#text(["mktree"], { input: "" });
    return this.#emptyTree;
  }

  commit({ tree, parents, message, author, committer }: CommitParts) {
    const from = parents.flatMap((parent) => ["-p", parent]);
    return this.#text(["commit-tree", tree, ...from, "-F", "-"], {
      input: message,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.mail,
        ...committerEnv(committer),
      },
    });
  }

  /** Moves a reference, if it still is where it was; see `moveAll`. */
  move(ref: string, to: string | null, from: string | null, by?: Person) {
    return this.moveAll([{ ref, to, from }], by);
  }

  /**
   * Moves references, all of them or none, if they still are where they were.
   *
   * @returns false when one has been moved meanwhile
   * @throws GitError when they could not be moved for another reason, such as a lock
   */
  async moveAll(moves: readonly Move[], by?: Person): Promise<boolean> {
    try {
      await run(this.root, ["update-ref", "-z", "--stdin"], {
        input: moves.map(instruction).join(""),
        env: committerEnv(by ?? { name: "Gương sáng", mail: "desk@localhost" }),
      });
      return true;
    } catch (thrown) {
      for (const { ref, from } of moves)
        if ((await this.find(ref)) !== from) return false;
      throw thrown;
    }
  }

  /** Where a reference points; `null` when there is none. */
  async find(ref: string): Promise<string | null> {
    const said = await this.#text([
      "for-each-ref",
      "--format=%(refname) %(objectname)",
      ref,
    ]);
    const line = said.split("\n").find((one) => one.startsWith(`${ref} `));
    return line ? line.slice(ref.length + 1) : null;
  }

  /** References below a prefix, each as the fields of a `for-each-ref` format. */
  async refs(below: string, fields: readonly string[]): Promise<string[][]> {
    // A record ends in a byte that no reference, name or trailer of ours holds.
    const format = `${fields.map((field) => `%(${field})`).join("%00")}%00%1e`;
    const said = await run(this.root, [
      "for-each-ref",
      `--format=${format}`,
      below,
    ]);
    return said
      .toString()
      .split("\x1e\n")
      .filter(Boolean)
      .map((record) => record.split("\0").map((field) => field.trim()));
  }

  /** The commits from one, left out, to another, newest first, each as the fields of a `log` format. */
  log(from: string, to: string, fields: readonly string[]) {
    return this.#log([`${from}..${to}`], fields);
  }

  /** A commit and those before it, likewise: so many of them, after the first few. */
  logFrom(
    commit: string,
    { skip, count }: { skip: number; count: number },
    fields: readonly string[],
  ) {
    return this.#log([`--skip=${skip}`, `-${count}`, commit], fields);
  }

  async #log(which: readonly string[], fields: readonly string[]) {
    const said = await this.#text([
      "log",
      "-z",
      "--first-parent",
      `--format=${fields.join("%x1f")}`,
      ...which,
      "--",
    ]);
    return said
      .split("\0")
      .filter(Boolean)
      .map((record) => record.split("\x1f").map((field) => field.trim()));
  }

  /** Whose commit, at or before one, touched a path last; empty when none did. */
  lastAuthor(commit: string, place: string): Promise<string> {
    return this.#text(["log", "-1", "--format=%an", commit, "--", place]);
  }

  /** The commit's first parent. */
  parentOf(commit: string): Promise<string> {
    return this.#text(["rev-parse", "--verify", `${commit}^1`]);
  }

  isAncestor(commit: string, of: string): Promise<boolean> {
    return this.#text(["merge-base", "--is-ancestor", commit, of]).then(
      () => true,
      () => false,
    );
  }

  /** What differs between two commits. */
  async changes(from: string, to: string, below?: string): Promise<Change[]> {
    const said = await this.#text([
      "diff-tree",
      "-r",
      "-z",
      "--no-renames",
      "--no-ext-diff",
      from,
      to,
      ...(below === undefined ? [] : ["--", below]),
    ]);
    const parts = said.split("\0");
    const changes: Change[] = [];
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const [, , before, after] = parts[at]!.split(" ");
      changes.push({
        path: parts[at + 1]!,
        old: orNull(before!),
        new: orNull(after!),
      });
    }
    return changes;
  }

  /** What the real index says of files, conflicts included. */
  async staged(paths: readonly string[]): Promise<TreeItem[]> {
    return parseItems(
      await this.#text(["ls-files", "--stage", "-z", "--", ...paths]),
    );
  }

  /** Whether git would change a text file's bytes between a commit and the working tree. */
  async converts(file: string): Promise<boolean> {
    const said = await this.#text([
      "check-attr",
      "-z",
      "text",
      "eol",
      "filter",
      "ident",
      "working-tree-encoding",
      "--",
      file,
    ]);
    const parts = said.split("\0");
    const attribute = (name: string): string =>
      parts[parts.indexOf(name) + 1] ?? "unspecified";
    const isSet = (name: string): boolean =>
      !["unspecified", "unset"].includes(attribute(name));
    if (["filter", "ident", "working-tree-encoding"].some(isSet)) return true;
    if (attribute("text") === "unset") return false;
    if (isSet("eol")) return attribute("eol") !== "lf";
    const config = await this.#text([
      "config",
      "--get-regexp",
      "^core\\.(autocrlf|eol)$",
    ]).catch(() => "");
    return (
      /^core\.autocrlf true$/im.test(config) ||
      (isSet("text") && /^core\.eol crlf$/im.test(config))
    );
  }

  /** Lets entries of the real index follow; every other entry stays as it is. */
  async stage(changes: readonly Change[]): Promise<void> {
    await run(this.root, ["update-index", "-z", "--index-info"], {
      input: indexLines(changes),
    });
  }
}

const instruction = ({ ref, to, from }: Move): string =>
  to === null
    ? `delete ${ref}\0${from}\0`
    : from === null
      ? `create ${ref}\0${to}\0`
      : `update ${ref}\0${to}\0${from}\0`;

const committerEnv = ({ name, mail }: Person) => ({
  GIT_COMMITTER_NAME: name,
  GIT_COMMITTER_EMAIL: mail,
});

const orNull = (oid: string): string | null => (/^0+$/.test(oid) ? null : oid);

/** `mode [type] oid [stage]\tpath`, as ls-tree and ls-files write it. */
const parseItems = (said: string): TreeItem[] =>
  said
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const tab = line.indexOf("\t");
      const parts = line.slice(0, tab).split(" ");
      const oid = parts.find((part) => /^[0-9a-f]{40,}$/.test(part))!;
      return { mode: parts[0]!, oid, path: line.slice(tab + 1) };
    });

const indexLines = (changes: readonly Change[]): string =>
  changes
    .map(({ path: file, old, new: oid }) =>
      oid === null
        ? `0 ${"0".repeat(old?.length ?? 40)}\t${file}\0`
        : `100644 ${oid}\t${file}\0`,
    )
    .join("");

/** A commit message with trailers, if there are any. */
export function withTrailers(message: string, trailers: Trailers): string {
  const lines = trailers.map(([key, value]) => `${key}: ${value}\n`).join("");
  return lines ? `${message}\n\n${lines}` : `${message}\n`;
}

/** One trailer of a commit, from all of them. Read here: `for-each-ref` of git 2.39 mixes several up. */
export const trailer = (trailers: string, key: string): string | undefined =>
  trailers
    .split("\n")
    .find((line) => line.startsWith(`${key}: `))
    ?.slice(key.length + 2);
