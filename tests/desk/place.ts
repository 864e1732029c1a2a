/** Real repositories with content, real desks over them, and browsers that write at them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import sharp from "sharp";
import { afterEach } from "vitest";
import { deskFetch } from "../../src/desk/client.ts";
import { openDesk } from "../../src/desk/desk.ts";
import type { Identify } from "../../src/desk/accounts.ts";
import { logRoom } from "../../src/desk/log.ts";
import { Store, type Judge } from "../../src/desk/store.ts";
import { judge } from "./judge.ts";
import { slugify } from "../../src/schema/slug.ts";
import { story } from "../support/content.ts";
import type { Fields } from "../support/corpus.ts";
import { temporaryFolder } from "../support/site.ts";

/** A repository as a developer has it. */
export class Place {
  readonly root: string;
  /** The content folder below the root; empty when it is the root. */
  readonly content: string;

  /**
   * Two stories, committed on `main`.
   *
   * @param from a content folder to begin with
   */
  constructor(content = "content", from?: string) {
    this.root = temporaryFolder("desk");
    this.content = content;
    this.git("init", "-q", "-b", "main");
    this.git("config", "user.name", "Người phát triển");
    this.git("config", "user.email", "dev@example.vn");
    if (from) cpSync(from, this.contentDir, { recursive: true });
    this.put("news/2026/mot/index.mdx", text("Một"));
    this.put("news/2026/hai/index.mdx", text("Hai"));
    this.write("README.md", "Ngoài nội dung.\n");
    this.git("add", "-A");
    this.git("commit", "-q", "-m", "Bắt đầu");
  }

  get contentDir(): string {
    return path.join(this.root, this.content);
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trimEnd();
  }

  /** Writes a file, by its path from the root. */
  write(file: string, bytes: string | Uint8Array): void {
    const full = path.join(this.root, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, bytes);
  }

  /** Writes a file of the content. */
  put(file: string, bytes: string | Uint8Array): void {
    this.write(path.join(this.content, file), bytes);
  }

  read(file: string): string {
    return this.bytes(file).toString();
  }

  bytes(file: string): Buffer {
    return readFileSync(path.join(this.contentDir, file));
  }

  /** What git says is not committed. */
  status(): string {
    return this.git("status", "--porcelain", "--untracked-files=all");
  }

  /** The files that a commit changes against its first parent. */
  changed(commit = "main"): string[] {
    return this.git("diff", "--name-status", `${commit}^1`, commit)
      .split("\n")
      .map((line) => line.replace("\t", " "));
  }
}

/** A news story's text. */
export const text = (title: string, fields: Fields = {}, body?: string) =>
  story({ title, ...fields }, body);

/** The same, shorter to say. */
export const mainOf = (slug: string): string =>
  `content/news/2026/${slug}/index.mdx`;

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Listens on loopback with a desk over a place. */
export async function startDesk(
  place: Place,
  maxBytes?: number,
  judgedBy: Judge = judge,
  identify?: Identify,
): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = await Store.open(place.contentDir, judgedBy);
  const rooms = { log: logRoom(store) };
  server.on(
    "request",
    openDesk({ store, hosts: [host], maxBytes, identify, rooms }),
  );
  return `http://${host}`;
}

export interface Answer {
  status: number;
  // What it holds depends on the action; tests look at what they asked for.
  // eslint-disable-next-line typescript/no-explicit-any
  json: any;
}

/** One editor's browser, which asks as Decap does. */
export class Editor {
  readonly origin: string;
  readonly #fetch: typeof fetch;
  readonly #headers: Record<string, string>;
  readonly name: string;

  /** @param headers what else each request carries */
  constructor(
    origin: string,
    name = "Bà Đào",
    headers: Record<string, string> = {},
  ) {
    this.origin = origin;
    this.name = name;
    this.#headers = headers;
    const mail = `${slugify(name)}@example.vn`;
    this.#fetch = deskFetch(fetch, this.#address, () => ({ name, mail }));
  }

  get #address(): string {
    return `${this.origin}/admin/api/desk`;
  }

  async ask(action: string, params: object = {}): Promise<Answer> {
    const response = await this.#fetch(this.#address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        Origin: this.origin,
        ...this.#headers,
      },
      body: JSON.stringify({
        branch: "main",
        action,
        params: { branch: "main", ...params },
      }),
    });
    return { status: response.status, json: await response.json() };
  }

  /** As Decap saves: in a draft, unless told otherwise. */
  save(
    slug: string,
    raw: string,
    {
      useWorkflow = true,
      assets = [],
    }: { useWorkflow?: boolean; assets?: object[] } = {},
  ): Promise<Answer> {
    return this.ask("persistEntry", {
      dataFiles: [{ slug: `2026/${slug}/index`, path: mainOf(slug), raw }],
      assets,
      options: {
        collectionName: "news",
        commitMessage: "from the browser",
        useWorkflow,
        status: "draft",
      },
    });
  }

  open(slug: string): Promise<Answer> {
    return this.ask("getEntry", { path: mainOf(slug) });
  }

  /** An action on a story's draft. */
  draft(action: string, slug: string, params: object = {}): Promise<Answer> {
    return this.ask(action, {
      collection: "news",
      slug: `2026/${slug}/index`,
      ...params,
    });
  }

  state(slug: string, newStatus: string): Promise<Answer> {
    return this.draft("updateUnpublishedEntryStatus", slug, { newStatus });
  }

  /** From a draft to readers. */
  async publish(slug: string): Promise<Answer> {
    await this.state(slug, "pending_publish");
    return this.draft("publishUnpublishedEntry", slug);
  }
}

/** The smallest sane JPEG; see `picture`. */
const GREY = await sharp({
  create: { width: 8, height: 8, channels: 3, background: "#777" },
})
  .greyscale()
  .jpeg()
  .toBuffer();

/** A sane picture of its own for each text: the text's digest stands in the table that its pixels are scaled by. */
export function picture(text: string): Buffer {
  const bytes = Buffer.from(GREY);
  const table = bytes.indexOf(Buffer.from([0xff, 0xdb])) + 5;
  const digest = createHash("sha512").update(text).digest();
  bytes.set(
    digest.map((byte) => byte || 1),
    table,
  );
  return bytes;
}

const PDF = "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";

/** A picture or a PDF as Decap sends it. */
export const asset = (slug: string, name: string, text = name) => ({
  path: `content/news/2026/${slug}/${name}`,
  content: (name.endsWith(".pdf") ? Buffer.from(PDF) : picture(text)).toString(
    "base64",
  ),
  encoding: "base64",
});
