/** A site that is released and served by a real nginx. */
import { execFileSync, type ChildProcess } from "node:child_process";
import path from "node:path";
import { afterAll, expect } from "vitest";
import type { Health } from "../../src/release/health.ts";
import { CAMPAIGN, Corpus, jpeg, skeleton } from "../support/corpus.ts";
import { printed, startNginx } from "../support/nginx.ts";
import {
  buildEnv,
  placeFor,
  runNode,
  startNode,
  temporaryFolder,
  type BuildPlace,
  type Ended,
} from "../support/site.ts";

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

/** Far from the site's own zone: nothing may depend on it. */
const TZ = "America/New_York";

/** A content folder, its releases, and the programs that make them. */
export class Released {
  readonly corpus: Corpus;
  readonly built: BuildPlace;
  readonly siteDir: string;

  constructor(corpus: Corpus = skeleton()) {
    this.corpus = corpus;
    this.built = placeFor(corpus.dir);
    this.siteDir = path.join(temporaryFolder("releases"), "site");
  }

  /** @param now the moment that it shall be */
  env(now?: string): NodeJS.ProcessEnv {
    return {
      ...buildEnv(this.built),
      SITE_DIR: this.siteDir,
      TZ,
      ...(now ? { BUILD_NOW: now } : {}),
    };
  }

  run(program: string, args: string[] = [], now?: string): Promise<Ended> {
    return runNode([`src/cli/${program}.ts`, ...args], this.env(now));
  }

  start(program: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
    return startNode([`src/cli/${program}.ts`], { ...this.env(), ...env });
  }

  /** The content as it is, in git. */
  commit(): void {
    const git = (...args: string[]) =>
      execFileSync("git", args, { cwd: this.corpus.dir, stdio: "ignore" });
    git("init", "-b", "main");
    git("config", "user.name", "Người phát triển");
    git("config", "user.email", "dev@example.vn");
    git("add", "-A");
    git("commit", "-m", "Một bước");
  }

  /** A release that has to succeed. */
  async release(now?: string, ...args: string[]): Promise<string> {
    const ended = await this.run("release", args, now);
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    return ended.stdout;
  }

  async health(): Promise<Health> {
    return JSON.parse((await this.run("health")).stdout) as Health;
  }

  /** A story whose title and picture say which it is. */
  async tell(number: number): Promise<void> {
    this.corpus.story(
      "news",
      "bai",
      {
        title: titleOf(number),
        campaign: CAMPAIGN,
        cover: { src: "anh.jpg", alt: "Một tấm ảnh", credit: "Người Ví Dụ" },
      },
      `Chuyện số ${number} của xóm Ví Dụ.`,
      { "anh.jpg": await pictureOf(number) },
    );
  }

  /** nginx as it stands before the site, with the configuration that is printed for it. */
  async serve(): Promise<string> {
    const config = printed({
      SITE_DIR: this.siteDir,
      SITE_URL: "http://guong.example",
    });
    const { origin, close } = await startNginx(config);
    closing.push(close);
    return origin;
  }
}

export const titleOf = (number: number): string => `Bài số ${number} ví dụ`;

/** Another colour for each number. */
export const pictureOf = (number: number): Promise<Buffer> =>
  jpeg(`#${(0x100000 + number * 4099).toString(16)}`, 640, 480);
