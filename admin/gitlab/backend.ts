/**
 * Decap's own backend for GitLab, with what the desk does for an editor and GitLab does not: nothing is sent that
 * did not pass the judge, nobody's text is written over unseen, and what is published says so and since when.
 */
import { gitlabText as words } from "../../src/i18n/gitlab.ts";
import { adminText } from "../../src/i18n/admin.ts";
import { publishedText } from "../../src/judge/entry.ts";
import { kinds, type KindName } from "../../src/schema/kinds.ts";
import { judged, type Backends } from "../desk.ts";
import { CONTENT } from "../furnish.ts";

/** One file in a commit. */
interface Item {
  action: "create" | "update" | "delete" | "move";
  path: string;
  base64Content?: string;
}

interface CommitOptions {
  commitMessage: string;
  branch?: string;
  newBranch?: boolean;
}

interface MergeRequest {
  iid: number;
  sha: string;
  state: string;
  /** Since GitLab 15.6; before that the other. */
  detailed_merge_status?: string;
  merge_status?: string;
  /** What the one who asks may do. */
  user?: { can_merge?: boolean };
}

/** What of Decap's class for GitLab's API is used and replaced here. */
interface Api {
  branch: string;
  repoURL: string;
  request(asked: unknown): Promise<Response>;
  requestJSON(asked: unknown): Promise<unknown>;
  readFile(
    path: string,
    id: null,
    options: { branch: string },
  ): Promise<string>;
  readFileMetadata(): Promise<{ author: string; updatedOn: string }>;
  uploadAndCommit(
    items: readonly Item[],
    options: CommitOptions,
  ): Promise<unknown>;
  getBranchMergeRequest(branch: string): Promise<MergeRequest>;
}

interface Files {
  dataFiles: { path: string; raw: string }[];
}

/** What of Decap's backend is used and replaced here. */
export interface GitLabBackend {
  api: Api;
  authenticate(user: unknown): Promise<object>;
  allEntriesByFolder(
    folder: string,
    extension: string,
    depth: number,
  ): Promise<{ file: { path: string }; data: string }[]>;
  getEntry(path: string): Promise<{ data: string }>;
  getBranch(collection: string, slug: string): string;
  unpublishedEntryDataFile(
    collection: string,
    slug: string,
    path: string,
    id: string,
  ): Promise<string>;
  persistEntry(entry: Files, options: unknown): Promise<unknown>;
  persistMedia(): Promise<unknown>;
  updateUnpublishedEntryStatus(...of: string[]): Promise<unknown>;
  deleteUnpublishedEntry(...of: string[]): Promise<unknown>;
  publishUnpublishedEntry(collection: string, slug: string): Promise<unknown>;
}

export interface GitLabEvents {
  repo: string;
  /** Told of what was refused or failed, by Decap's name for it and in our words. */
  failed: (action: string, why: string) => void;
  /** Told of what an entry's file holds, as far as GitLab showed or took it. */
  shown: (path: string, text: string) => void;
  saved: (path: string, text: string) => void;
  /** Whether what stands in a file is what this editor has seen there. */
  isSeen: (path: string, text: string) => boolean;
}

let asked = 0;

/** Whether nothing is being asked of GitLab at this moment. */
export const isQuiet = (): boolean => asked === 0;

/** Why something was not done, in our words. Decap shows it after its own. */
class Refusal extends Error {
  override toString(): string {
    return this.message;
  }
}

/**
 * Registers the backend `guong-sang-gitlab`.
 *
 * @returns the one that Decap uses, once somebody has logged in
 */
export function registerGitLab(
  cms: Backends,
  events: GitLabEvents,
): Promise<GitLabBackend> {
  return new Promise((resolve) => {
    class GitLab {
      constructor(...settings: unknown[]) {
        const backend = cms
          .getBackend("gitlab")
          .init(...settings) as unknown as GitLabBackend;
        return tend(backend, events, () => resolve(backend));
      }
    }
    cms.registerBackend("guong-sang-gitlab", GitLab);
  });
}

function tend(
  backend: GitLabBackend,
  events: GitLabEvents,
  entered: () => void,
): GitLabBackend {
  const authenticate = backend.authenticate.bind(backend);
  const getEntry = backend.getEntry.bind(backend);
  const draftText = backend.unpublishedEntryDataFile.bind(backend);
  const persist = backend.persistEntry.bind(backend);
  /** Tells in a dialog of what did not work. */
  const told = <T>(action: string, work: () => Promise<T>): Promise<T> =>
    work().catch((failure: Error) => {
      if (failure.name === "EDITORIAL_WORKFLOW_ERROR") throw failure;
      const why = wordsFor(failure);
      events.failed(action, why);
      throw new Refusal(why);
    });
  const telling =
    (action: "updateUnpublishedEntryStatus" | "deleteUnpublishedEntry") =>
    (...of: string[]) =>
      told(action, () => act[action](...of));
  const act = {
    updateUnpublishedEntryStatus:
      backend.updateUnpublishedEntryStatus.bind(backend),
    deleteUnpublishedEntry: backend.deleteUnpublishedEntry.bind(backend),
  };
  return Object.assign(backend, {
    authenticate: async (user: unknown) => {
      const known = await authenticate(user).catch((failure: Error) => {
        throw new Refusal(loginWords(failure, events.repo));
      });
      tendApi(backend.api, events);
      entered();
      // The picture lies on another server.
      return { ...known, avatar_url: undefined };
    },
    getEntry: async (path: string) => {
      const found = await getEntry(path);
      events.shown(path, found.data);
      return found;
    },
    unpublishedEntryDataFile: async (
      ...[collection, slug, path, id]: Parameters<typeof draftText>
    ) => {
      const text = await draftText(collection, slug, path, id);
      events.shown(path, text);
      return text;
    },
    persistEntry: (entry: Files, options: unknown) =>
      told("persistEntry", async () => {
        const dataFiles = entry.dataFiles.map(judged);
        const done = await persist({ ...entry, dataFiles }, options);
        for (const { path, raw } of dataFiles) events.saved(path, raw);
        return done;
      }),
    persistMedia: () =>
      told("persistMedia", () => Promise.reject(new Refusal(words.noUpload))),
    updateUnpublishedEntryStatus: telling("updateUnpublishedEntryStatus"),
    deleteUnpublishedEntry: telling("deleteUnpublishedEntry"),
    publishUnpublishedEntry: (collection: KindName, slug: string) =>
      told("publishUnpublishedEntry", () => publish(backend, collection, slug)),
  });
}

function tendApi(api: Api, { isSeen }: GitLabEvents): void {
  const request = api.request.bind(api);
  const commit = api.uploadAndCommit.bind(api);
  Object.assign(api, {
    request: async (wanted: unknown) => {
      asked++;
      try {
        return await request(wanted);
      } finally {
        asked--;
      }
    },
    // Nobody is shown it, and it would cost a request a file.
    readFileMetadata: async () => ({ author: "", updatedOn: "" }),
    // After Decap has put a draft onto the newest: what stands there now is what would be written over.
    uploadAndCommit: async (items: readonly Item[], options: CommitOptions) => {
      const { newBranch, branch = api.branch } = options;
      const from = newBranch ? api.branch : branch;
      for (const { action, path } of items)
        if (action === "update" && /\.(?:mdx|yaml)$/.test(path))
          if (!isSeen(path, await api.readFile(path, null, { branch: from })))
            throw new Refusal(words.outdated);
      return commit(items, options);
    },
  });
}

/** A draft is merged as what it will be: «Đăng», with its hour. */
async function publish(
  backend: GitLabBackend,
  kind: KindName,
  slug: string,
): Promise<void> {
  const { api } = backend;
  const branch = backend.getBranch(kind, slug);
  const { iid, sha } = await api.getBranchMergeRequest(branch);
  const address = `${api.repoURL}/merge_requests/${iid}`;
  const { user } = (await api.requestJSON(address)) as MergeRequest;
  // Else an editor who may not publish would write the hour all the same.
  if (user?.can_merge === false) throw new Refusal(words.forbidden);
  const newest = (await settle(api, kind, slug, branch)) ?? sha;
  await whenMergeable(api, address, newest);
  await api.requestJSON({
    method: "PUT",
    url: `${address}/merge`,
    params: {
      // Nothing but what was looked at.
      sha: newest,
      merge_commit_message: words.publishing(slug),
      should_remove_source_branch: true,
    },
  });
}

/** @returns the commit that says what publishing decides; nothing when the draft says it already */
async function settle(
  api: Api,
  kind: KindName,
  slug: string,
  branch: string,
): Promise<string | undefined> {
  if (kinds[kind].layout !== "story") return undefined;
  const file = `${kinds[kind].folder}/${slug}.mdx`;
  const path = `${CONTENT}/${file}`;
  const text = await api.readFile(path, null, { branch });
  const published = publishedText({ kind, file }, text, new Date());
  if (published === text) return undefined;
  const { id } = (await api.requestJSON({
    method: "POST",
    url: `${api.repoURL}/repository/commits`,
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify({
      branch,
      commit_message: words.publishing(slug),
      actions: [{ action: "update", file_path: path, content: published }],
    }),
  })) as { id: string };
  return id;
}

const UNDECIDED = [
  "checking",
  "unchecked",
  "preparing",
  "approvals_syncing",
  "cannot_be_merged_recheck",
];
const ASK_AGAIN_MS = 1000;
const MOST_ASKED = 20;

/** GitLab finds out by itself, some time after a commit, whether a draft can be merged. */
async function whenMergeable(
  api: Api,
  address: string,
  wanted: string,
): Promise<void> {
  for (let times = 0; times < MOST_ASKED; times++) {
    const { sha, state, detailed_merge_status, merge_status } =
      (await api.requestJSON(address)) as MergeRequest;
    const status = detailed_merge_status ?? merge_status ?? "";
    if (state !== "opened") throw new Refusal(words.waiting.not_open);
    if (["mergeable", "can_be_merged"].includes(status) && sha === wanted)
      return;
    if (["conflict", "cannot_be_merged", "need_rebase"].includes(status))
      throw new Refusal(words.conflict);
    if (!UNDECIDED.includes(status) && sha === wanted)
      throw new Refusal(words.waiting[status] ?? words.failed(status));
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  throw new Refusal(words.waiting.checking);
}

/** An error of Decap's in our words. */
function wordsFor(failure: Error & { status?: number }): string {
  const { message, status } = failure;
  if (failure instanceof Refusal) return message;
  if (failure instanceof TypeError) return adminText.trouble.noAnswer;
  if (status === 401) return adminText.trouble.loggedOut;
  if (status === 403) return words.forbidden;
  if (/^Rebase error|^Timed out rebasing/.test(message)) return words.conflict;
  return words.failed(message);
}

function loginWords(failure: Error, repo: string): string {
  if (/does not have access/.test(failure.message)) return words.noAccess;
  if (failure.message.startsWith("Repo ")) return words.noProject(repo);
  return wordsFor(failure);
}
