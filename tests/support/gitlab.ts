/**
 * As much of GitLab's interface as the CMS uses, over a real git repository: written after GitLab's documentation,
 * which is not GitLab. It believes every name at the login, and lets only the approver merge.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { temporaryFolder } from "./temporary.ts";

const PROJECT = "ban-bien-tap/guong-sang";
const USERS = ["dao", "duyet"] as const;
type User = (typeof USERS)[number];
const APPROVER: User = "duyet";

interface Request {
  user: User;
  /** From the query and the body together. */
  params: Record<string, unknown>;
}

interface MergeRequest {
  iid: number;
  source_branch: string;
  title: string;
  labels: string[];
  state: "opened" | "merged" | "closed";
}

interface Answer {
  status?: number;
  body?: unknown;
  text?: Buffer;
  headers?: Record<string, string>;
}

const notFound: Answer = { status: 404, body: { message: "404 Not Found" } };
const refused = (status: number, message: string): Answer => ({
  status,
  body: { message },
});

export class GitLabLike {
  readonly root = temporaryFolder("gitlab");
  readonly requests: MergeRequest[] = [];
  /** Everything that the login was asked with. */
  readonly logins: Record<string, string>[] = [];
  readonly repo = PROJECT;
  readonly app = "0123456789abcdef";
  /** Who logs in next. */
  user: User = "dao";
  #server: Server | undefined;

  /** @param content a folder whose files are committed as they are */
  constructor(content: string) {
    const work = this.root;
    mkdirSync(work, { recursive: true });
    cpSync(content, path.join(work, "content"), { recursive: true });
    this.git("init", "-q", "-b", "main");
    this.git("config", "user.name", "Người phát triển");
    this.git("config", "user.email", "dev@example.vn");
    this.git("add", "-A");
    this.git("commit", "-q", "-m", "Nội dung");
    // What is published is the branch; no files are to follow it.
    this.git("checkout", "-q", "--detach");
  }

  git(...args: string[]): string {
    return this.#git(args).toString().trim();
  }

  #git(args: string[], input?: Buffer, env: NodeJS.ProcessEnv = {}): Buffer {
    return execFileSync("git", args, {
      cwd: this.root,
      input,
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 64_000_000,
    });
  }

  /** A file below the content folder. */
  bytes = (file: string, branch = "main"): Buffer =>
    this.#git(["show", `${branch}:content/${file}`]);

  read = (file: string, branch = "main"): string =>
    this.bytes(file, branch).toString();

  /** What somebody commits by another way. */
  put(file: string, text: string, branch = "main"): void {
    this.#commit(
      branch,
      branch,
      "Sửa tay",
      [{ action: "update", file_path: `content/${file}`, content: text }],
      "dao",
    );
  }

  get url(): string {
    return `http://localhost:${(this.#server!.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
    await new Promise<void>((resolve) =>
      this.#server!.listen(0, "localhost", resolve),
    );
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, "http://x");
    const sent: Buffer[] = [];
    for await (const chunk of request) sent.push(chunk as Buffer);
    const body = Buffer.concat(sent).toString();
    const params: Record<string, unknown> = {
      ...Object.fromEntries(searchParams),
      ...(body ? (JSON.parse(body) as object) : {}),
    };
    const answer = this.#door(request, pathname, params);
    response.writeHead(answer.status ?? 200, {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE",
      "access-control-allow-headers": "authorization, content-type",
      "access-control-expose-headers":
        "Link, X-Gitlab-Blob-Id, X-Page, X-Per-Page, X-Total, X-Total-Pages",
      "content-type": answer.text ? "text/plain" : "application/json",
      ...answer.headers,
    });
    response.end(
      request.method === "HEAD"
        ? undefined
        : (answer.text ?? JSON.stringify(answer.body ?? null)),
    );
  }

  #door(
    { method, headers }: IncomingMessage,
    pathname: string,
    params: Record<string, unknown>,
  ): Answer {
    if (method === "OPTIONS") return {};
    if (pathname === "/oauth/authorize") return this.#authorize(params);
    if (pathname === "/oauth/token") return this.#token(params);
    const user = USERS.find((one) => headers.authorization === `Bearer ${one}`);
    if (!user) return refused(401, "401 Unauthorized");
    const given = { user, params };
    if (pathname === "/api/v4/user")
      return { body: { id: 1, name: user, username: user, avatar_url: "x" } };
    const project = `/api/v4/projects/${encodeURIComponent(PROJECT)}`;
    if (!pathname.startsWith(project)) return notFound;
    const asked = `${method === "HEAD" ? "GET" : method} ${pathname.slice(project.length)}`;
    for (const [pattern, act] of this.#routes) {
      const found = pattern.exec(asked);
      if (found)
        return act(given, ...found.slice(1).map((s) => decodeURIComponent(s)));
    }
    return notFound;
  }

  #authorize(params: Record<string, unknown>): Answer {
    this.logins.push(params as Record<string, string>);
    const back = new URL(String(params.redirect_uri));
    back.searchParams.set("code", this.user);
    back.searchParams.set("state", String(params.state));
    return { status: 302, headers: { location: back.href } };
  }

  /** Gives the key to whoever has what the login's challenge was made of. */
  #token({ code, code_verifier }: Record<string, unknown>): Answer {
    const challenge = createHash("sha256")
      .update(String(code_verifier))
      .digest("base64url");
    return this.logins.at(-1)?.code_challenge === challenge
      ? { body: { access_token: code, refresh_token: "r", expires_in: 7200 } }
      : { status: 400, body: { error: "invalid_grant" } };
  }

  readonly #routes: [RegExp, (given: Request, ...names: string[]) => Answer][] =
    [
      [
        /^GET $/,
        () => ({
          body: {
            permissions: { project_access: { access_level: 30 } },
            shared_with_groups: [],
          },
        }),
      ],
      [/^GET \/repository\/tree$/, ({ params }) => this.#tree(params)],
      [
        /^GET \/repository\/files\/([^/]+)(?:\/raw)?$/,
        ({ params }, file = "") => this.#file(String(params.ref), file),
      ],
      [
        /^GET \/repository\/branches\/([^/]+)$/,
        (_, branch = "") => {
          const id = this.#head(branch);
          return id ? { body: { name: branch, commit: { id } } } : notFound;
        },
      ],
      [
        /^DELETE \/repository\/branches\/([^/]+)$/,
        (_, branch = "") => {
          this.git("branch", "-D", branch);
          return {};
        },
      ],
      [
        /^GET \/repository\/commits\/([^/]+)\/refs$/,
        () => ({ body: [{ name: "main", type: "branch" }] }),
      ],
      [/^GET \/repository\/compare$/, ({ params }) => this.#compare(params)],
      [
        /^POST \/repository\/commits$/,
        ({ params, user }) => {
          const branch = String(params.branch);
          if (branch === "main" && user !== APPROVER)
            return refused(403, "You are not allowed to push into this branch");
          return this.#commit(
            branch,
            String(params.start_branch ?? branch),
            String(params.commit_message),
            params.actions as Change[],
            user,
          );
        },
      ],
      [
        /^GET \/merge_requests$/,
        ({ user, params }) => ({
          body: this.requests
            .filter(
              ({ state, source_branch }) =>
                state === "opened" &&
                [undefined, source_branch].includes(
                  params.source_branch as string | undefined,
                ),
            )
            .map((one) => this.#told(one, user)),
        }),
      ],
      [
        /^POST \/merge_requests$/,
        ({ params, user }) => {
          const made: MergeRequest = {
            iid: this.requests.length + 1,
            source_branch: String(params.source_branch),
            title: String(params.title),
            labels: String(params.labels).split(","),
            state: "opened",
          };
          this.requests.push(made);
          return { status: 201, body: this.#told(made, user) };
        },
      ],
      [
        /^(?:GET|PUT) \/merge_requests\/(\d+)(?:\/(rebase|merge))?$/,
        ({ params, user }, iid, act) => {
          const one = this.requests[Number(iid) - 1];
          if (!one) return notFound;
          if (act === "rebase") return this.#rebase(one);
          if (act === "merge") return this.#merge(one, params, user);
          if (params.labels) one.labels = String(params.labels).split(",");
          if (params.state_event === "close") one.state = "closed";
          return { body: this.#told(one, user) };
        },
      ],
    ];

  #head(ref: string): string | undefined {
    try {
      return this.git("rev-parse", "-q", "--verify", `${ref}^{commit}`);
    } catch {
      return undefined;
    }
  }

  #told(one: MergeRequest, user: User) {
    const sha = this.#head(one.source_branch);
    const isClean = sha && this.#merged(sha) !== undefined;
    return {
      ...one,
      sha,
      target_branch: "main",
      author: { name: "dao" },
      updated_at: new Date().toISOString(),
      detailed_merge_status: isClean ? "mergeable" : "conflict",
      user: { can_merge: user === APPROVER },
    };
  }

  #tree({ path: folder, ref, recursive, ...asked }: Request["params"]): Answer {
    const lines = this.git(
      "ls-tree",
      ...(recursive === "true" ? ["-r", "-t"] : []),
      "-z",
      String(ref),
      `${String(folder)}/`,
    );
    const all = lines
      .split("\0")
      .filter(Boolean)
      .map((line) => {
        const [, type, id, name] = /^\d+ (\w+) (\w+)\t(.*)$/.exec(line)!;
        return { id, type, path: name, name: path.basename(name!) };
      });
    const size = Number(asked.per_page ?? 20);
    const page = Number(asked.page ?? 1);
    const pages = Math.ceil(all.length / size);
    const next = new URL(
      `${this.url}/api/v4/projects/${encodeURIComponent(PROJECT)}/repository/tree`,
    );
    next.search = new URLSearchParams({
      path: String(folder),
      ref: String(ref),
      recursive: String(recursive),
      per_page: String(size),
      page: String(page + 1),
    }).toString();
    return {
      body: all.slice((page - 1) * size, page * size),
      headers: {
        "x-page": String(page),
        "x-per-page": String(size),
        "x-total": String(all.length),
        "x-total-pages": String(pages),
        ...(page < pages ? { link: `<${next.href}>; rel="next"` } : {}),
      },
    };
  }

  #file(ref: string, file: string): Answer {
    try {
      return {
        text: this.#git(["show", `${ref}:${file}`]),
        headers: {
          "x-gitlab-blob-id": this.git("rev-parse", `${ref}:${file}`),
        },
      };
    } catch {
      return refused(404, "404 File Not Found");
    }
  }

  #compare({ from, to }: Request["params"]): Answer {
    const names = this.git(
      "diff",
      "--name-status",
      "--no-renames",
      `${String(from)}...${String(to)}`,
    );
    return {
      body: {
        diffs: names
          .split("\n")
          .filter(Boolean)
          .map((line) => {
            const [status, name] = line.split("\t");
            return {
              old_path: name,
              new_path: name,
              new_file: status === "A",
              deleted_file: status === "D",
              renamed_file: false,
              diff: "",
            };
          }),
      },
    };
  }

  #commit(
    branch: string,
    start: string,
    message: string,
    changes: readonly Change[],
    user: string,
  ): Answer {
    const parent = this.git("rev-parse", start);
    const index = {
      GIT_INDEX_FILE: path.join(this.root, ".git", "index-of-a-commit"),
    };
    this.#git(["read-tree", parent], undefined, index);
    for (const { action, file_path, content = "", encoding } of changes) {
      const isThere = this.#file(parent, file_path).text !== undefined;
      if (isThere !== (action !== "create"))
        return refused(400, "A file with this name already exists");
      const bytes = Buffer.from(
        content,
        encoding === "base64" ? "base64" : "utf8",
      );
      const id = this.#git(["hash-object", "-w", "--stdin"], bytes)
        .toString()
        .trim();
      const change =
        action === "delete"
          ? ["--force-remove", file_path]
          : ["--add", "--cacheinfo", `100644,${id},${file_path}`];
      this.#git(["update-index", ...change], undefined, index);
    }
    const tree = this.#git(["write-tree"], undefined, index).toString().trim();
    const id = this.#write(tree, [parent], message, user);
    this.git("update-ref", `refs/heads/${branch}`, id);
    return { status: 201, body: { id } };
  }

  #write(
    tree: string,
    parents: string[],
    message: string,
    user: string,
  ): string {
    return this.#git(
      [
        "commit-tree",
        tree,
        ...parents.flatMap((parent) => ["-p", parent]),
        "-m",
        message,
      ],
      undefined,
      { GIT_AUTHOR_NAME: user, GIT_AUTHOR_EMAIL: `${user}@example.vn` },
    )
      .toString()
      .trim();
  }

  /** The tree that joins a draft with what is published; nothing where they clash. */
  #merged(head: string): string | undefined {
    try {
      return this.git("merge-tree", "--write-tree", "main", head);
    } catch {
      return undefined;
    }
  }

  #rebase({ source_branch }: MergeRequest): Answer {
    try {
      this.git("rebase", "-q", "main", source_branch);
      return { status: 202, body: { rebase_in_progress: false } };
    } catch {
      this.git("rebase", "--abort");
      return {
        body: { rebase_in_progress: false, merge_error: "Rebase failed" },
      };
    } finally {
      this.git("checkout", "-q", "--detach");
    }
  }

  #merge(one: MergeRequest, params: Request["params"], user: User): Answer {
    const head = this.#head(one.source_branch)!;
    if (user !== APPROVER) return refused(401, "401 Unauthorized");
    if (params.sha !== head) return refused(409, "SHA does not match HEAD");
    const tree = this.#merged(head);
    if (!tree) return refused(405, "405 Method Not Allowed");
    const message = String(params.merge_commit_message);
    const id = this.#write(
      tree,
      [this.git("rev-parse", "main"), head],
      message,
      user,
    );
    this.git("update-ref", "refs/heads/main", id);
    this.git("branch", "-D", one.source_branch);
    one.state = "merged";
    return { body: this.#told(one, user) };
  }
}

interface Change {
  action: string;
  file_path: string;
  content?: string;
  encoding?: string;
}
