/**
 * The CMS over a real desk: content in a git repository, the desk that writes it, the built admin, all
 * served on one address, as `npm start` serves them.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Page } from "playwright-core";
import { publishAdmin } from "../../src/build/admin.ts";
import { serveFolder } from "../../src/cli/serve.ts";
import { openDesk, type DeskOptions } from "../../src/desk/desk.ts";
import type { Identify } from "../../src/desk/accounts.ts";
import type { Health } from "../../src/release/health.ts";
import { logRoom } from "../../src/desk/log.ts";
import { json, type Room } from "../../src/desk/room.ts";
import { Store, type Judge } from "../../src/desk/store.ts";
import { judge as schemas } from "../desk/judge.ts";
import { temporaryFolder } from "./temporary.ts";

export class Bench {
  readonly root = temporaryFolder("cms");
  readonly out = path.join(this.root, "dist");
  readonly content = path.join(this.root, "repository", "content");
  /** What is told of the site's state; a test may change it. */
  status: unknown = { state: "idle", builtAt: null, waiting: 0, held: [] };
  /** How a proxy before the desk would say who the editor is; without it the browser says it. */
  identify: Identify | undefined;
  /** How the site is; a test may change it. */
  health: Partial<Health> = {};
  #server: Server | undefined;
  #port = 0;

  /** @param content a folder whose files are committed as they are */
  constructor(content = "content") {
    mkdirSync(path.dirname(this.content), { recursive: true });
    cpSync(content, this.content, { recursive: true });
    this.git("init", "-q", "-b", "dang-dung");
    this.git("config", "user.name", "Người phát triển");
    this.git("config", "user.email", "dev@example.vn");
    this.commit();
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: path.dirname(this.content),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64_000_000,
    });
  }

  /** Git, given something to read. */
  feed(args: string[], input: string): void {
    execFileSync("git", args, { cwd: path.dirname(this.content), input });
  }

  /** Writes a file of the content and commits it, as a developer would. */
  put(file: string, text: string): void {
    const full = path.join(this.content, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
    this.commit();
  }

  /** Commits what lies in the folder. */
  commit(): void {
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", "Nội dung");
  }

  /** A file of the published branch or of a draft, by its path below the content folder. */
  read(file: string, branch = "dang-dung"): string {
    return this.git("show", `${branch}:content/${file}`);
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Opens the desk and listens; after a stop at the address it had. */
  async start(
    judge: Judge = schemas,
    rooms: DeskOptions["rooms"] = {},
  ): Promise<void> {
    await publishAdmin({ outDir: this.out });
    const hosts: string[] = [];
    const status: Room = {
      method: "GET",
      answer: async () => json(this.status),
    };
    const health: Room = {
      method: "GET",
      answer: async () => json(this.health),
    };
    const store = await Store.open(this.content, judge);
    const desk = openDesk({
      store,
      hosts,
      rooms: {
        status,
        health,
        log: logRoom(store),
        preview: NO_PREVIEW,
        ...rooms,
      },
      ...(this.identify
        ? { identify: (request) => this.identify!(request) }
        : {}),
    });
    this.#server = await serveFolder(
      { outDir: this.out, base: "/" },
      this.#port,
      desk,
    );
    this.#port = (this.#server.address() as AddressInfo).port;
    hosts.push(`localhost:${this.#port}`);
  }

  /** The server is gone, as when its machine is off. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Has no page to show; the preview's own tests bring the real one. */
const NO_PREVIEW: Room = {
  method: "POST",
  answer: async () => json({ findings: [] }),
};

export const EDITOR = { name: "Bà Nguyễn Thị Đào", mail: "dao@example.vn" };

/** An entry's address in the CMS, by its file below the content folder; its kind's folder has the kind's name. */
export const placeOf = (file: string): string =>
  `/collections/${file.replace("/", "/entries/").replace(/\.\w+$/, "")}`;

/** Opens the CMS at a place, as an editor of whom it is known who that is. */
export async function enter(
  page: Page,
  bench: Bench,
  place = "/",
  editor = EDITOR,
): Promise<void> {
  await page.addInitScript(
    (known) => localStorage.setItem("guong-sang-writer", known),
    JSON.stringify(editor),
  );
  await page.goto(`${bench.origin}/admin/#${place}`);
}
