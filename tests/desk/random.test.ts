/**
 * Two editors and a developer at random, over the real desk with the real judge. `SEEDS=200` runs more than the
 * usual 20 scripts, `SEED=17` one alone.
 */
import { expect, it } from "vitest";
import { openJudge } from "../../src/desk/judge.ts";
import { randomFrom } from "../build/editing.ts";
import { entryOf, read } from "../support/content.ts";
import { Corpus, skeleton, TERMS } from "../support/corpus.ts";
import {
  buildEnv,
  filesIn,
  placeFor,
  runNode,
  temporaryFolder,
} from "../support/site.ts";
import { HOSTILE } from "../mdx/bodies.ts";
import { asset, Editor, mainOf, Place, startDesk, text } from "./place.ts";

const STEPS = 10;
/** So many scripts end with a real build. */
const BUILT = 10;
const SLUGS = ["mot", "hai", "bai-ba", "bai-bon", "bai-nam"];
const MOVEMENT = "phong-trao-moi";
const movementFile = `taxonomy/movements/${MOVEMENT}.yaml`;

const only = process.env.SEED;
const seeds = only
  ? [Number(only)]
  : Array.from({ length: Number(process.env.SEEDS ?? 6) }, (_, at) => at + 1);

/** A text of an entry, known by words that stand nowhere else. */
interface Words {
  title: string;
  words: string;
}

class Office {
  readonly place = new Place("content", skeleton().dir);
  readonly next: () => number;
  readonly #seed: number;
  #count = 0;
  editors: Editor[] = [];
  /** What readers must find; by slug. */
  readonly published = new Map<string, Words>();
  readonly drafts = new Map<string, Words>();
  /** Pushed by the developer with an error: kept from readers. */
  readonly held = new Set<string>();
  /** Words that may be nowhere. */
  readonly refused: string[] = [];
  readonly told: string[] = [];

  constructor(seed: number) {
    this.next = randomFrom(seed);
    this.#seed = seed;
    for (const slug of ["mot", "hai"])
      this.published.set(slug, {
        title: slug === "mot" ? "Một" : "Hai",
        words: "Chữ của bài.",
      });
  }

  async open(): Promise<void> {
    const { contentDir } = this.place;
    const cache = temporaryFolder("cache");
    const judge = openJudge({
      settings: { contentDir, cacheDir: cache, base: "/" },
      builtCacheDir: `${cache}/live`,
    });
    const origin = await startDesk(this.place, undefined, judge);
    this.editors = ["Bà Đào", "Ông Tư"].map((name) => new Editor(origin, name));
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  words(): Words {
    const mark = `zq${this.#seed}x${++this.#count}zq`;
    return { title: `Tin ${mark}`, words: `Chữ ${mark}.` };
  }

  /** Reads the newest, as Decap does when an entry is opened. */
  async look(editor: Editor, slug: string): Promise<void> {
    await editor.open(slug);
    await editor.draft("unpublishedEntry", slug);
  }

  /** Writes in a story: with a picture or none, on what the editor has just read or read long ago. */
  async write(isGood: boolean): Promise<void> {
    const [editor, slug] = [this.pick(this.editors), this.pick(SLUGS)];
    const isFresh = !isGood || this.chance(0.7);
    if (isFresh) await this.look(editor, slug);
    const written = this.words();
    const useWorkflow = this.chance(0.7);
    const isPictured = this.chance(0.4);
    const cover = {
      src: "anh.jpg",
      alt: "Bà con xóm Ví Dụ làm đường",
      credit: "Bà Đào",
    };
    const fields: Record<string, unknown> = {
      ...(isPictured ? { cover } : {}),
      ...(this.chance(0.3) && this.hasMovement
        ? { movements: [this.pick([...TERMS.movements, MOVEMENT])] }
        : {}),
    };
    const assets = isPictured
      ? [asset(slug, "anh.jpg", this.pick(["một", "hai", "ba"]))]
      : [];
    const raw = isGood
      ? text(written.title, fields, written.words)
      : this.bad(written, fields, assets);
    const { status, json } = await editor.save(slug, raw, {
      useWorkflow,
      assets,
    });
    this.tell(`${editor.name} writes ${slug} ${useWorkflow}`, status, json);
    if (!isGood) expect([422], this.story).toContain(status);
    if (isGood && isFresh && useWorkflow) expect(status, this.story).toBe(200);
    if (status !== 200) this.refused.push(written.title, written.words);
    else if (useWorkflow) this.drafts.set(slug, written);
    else this.out(slug, written);
  }

  get hasMovement(): boolean {
    return this.place.git("ls-files", `content/${movementFile}`) !== "";
  }

  /** A text that may not be saved. */
  bad(
    { title, words }: Words,
    fields: Record<string, unknown>,
    assets: object[],
  ): string {
    const [, hostile] = this.pick(HOSTILE);
    return this.pick([
      () => text(title, { ...fields, summary: undefined }, words),
      () => text(title, { ...fields, layout: "./a.astro" }, words),
      () => text(title, { ...fields, status: "nowhere" }, words),
      () => text(title, { ...fields, cover: { src: "../a.jpg" } }, words),
      () => text(title, fields, `${words}\n\n${hostile}`),
      () => text(title, fields, words).replace("---\n", "---\na: &a b\n"),
      () => words,
      () => {
        const page = Buffer.from(`<script>${words}</script>`);
        const content = page.toString("base64");
        assets.push({ ...asset("mot", "b.jpg"), content });
        return text(title, fields, words);
      },
    ])();
  }

  out(slug: string, written: Words): void {
    this.published.set(slug, written);
    this.held.delete(slug);
  }

  async move(): Promise<void> {
    const slug = this.pick([...this.drafts.keys(), ...SLUGS.slice(0, 1)]);
    const editor = this.pick(this.editors);
    if (this.chance(0.8)) await this.look(editor, slug);
    const [action, params] = this.pick([
      [
        "updateUnpublishedEntryStatus",
        {
          newStatus: this.pick(["draft", "pending_review", "pending_publish"]),
        },
      ],
      ["returnEntry", { reason: "Thiếu tên xóm." }],
      ["keepMine", {}],
    ] as const);
    const { status, json } = await editor.draft(action, slug, params);
    this.tell(`${editor.name} ${action} ${slug}`, status, json);
  }

  /** Approves and publishes, mostly. */
  async publish(): Promise<void> {
    const slug = this.pick([...this.drafts.keys(), ...SLUGS.slice(0, 1)]);
    const written = this.drafts.get(slug);
    const editor = this.pick(this.editors);
    await this.look(editor, slug);
    if (this.chance(0.9)) await editor.state(slug, "pending_publish");
    const { status, json } = await editor.draft(
      "publishUnpublishedEntry",
      slug,
    );
    this.tell(`${editor.name} publishes ${slug}`, status, json);
    if (status !== 200) return;
    this.drafts.delete(slug);
    this.out(slug, written!);
  }

  async discard(): Promise<void> {
    const slug = this.pick(SLUGS);
    const editor = this.pick(this.editors);
    if (this.chance(0.7)) await this.look(editor, slug);
    const { status, json } = await editor.draft("deleteUnpublishedEntry", slug);
    this.tell(`${editor.name} discards ${slug}`, status, json);
    if (status === 200) this.drafts.delete(slug);
  }

  async remove(): Promise<void> {
    const slug = this.pick(SLUGS);
    const editor = this.pick(this.editors);
    await this.look(editor, slug);
    const paths = [mainOf(slug)];
    const { status, json } = await editor.ask("deleteFiles", { paths });
    this.tell(`${editor.name} deletes ${slug}`, status, json);
    if (status !== 200) return;
    this.published.delete(slug);
    this.held.delete(slug);
  }

  /** A movement comes, or goes when nobody needs it. */
  async term(): Promise<void> {
    const editor = this.pick(this.editors);
    const path = `content/${movementFile}`;
    await editor.ask("getEntry", { path });
    const { status, json } = this.hasMovement
      ? await editor.ask("deleteFiles", { paths: [path] })
      : await editor.ask("persistEntry", {
          dataFiles: [
            {
              slug: MOVEMENT,
              path,
              raw: "title: Phong trào mới\ntype: theme\nsummary: Việc mới.\norder: 9\n",
            },
          ],
          assets: [],
          options: { collectionName: "movements", useWorkflow: false },
        });
    this.tell(`${editor.name} changes the movement`, status, json);
  }

  /** A developer's commit, made elsewhere and pulled. */
  push(): void {
    const slug = this.pick(SLUGS);
    const written = this.words();
    const isGood = this.chance(0.6);
    const fields = isGood ? {} : { summary: undefined };
    const file = `news/2026/${slug}/index.mdx`;
    this.place.put(file, text(written.title, fields, written.words));
    this.place.git("add", "-A");
    this.place.git("commit", "-qm", "Từ nơi khác");
    this.told.push(`a developer pushes ${slug} ${isGood}`);
    this.out(slug, written);
    if (!isGood) this.held.add(slug);
  }

  tell(what: string, status: number, json: { error?: string }): void {
    this.told.push(`${what}: ${status} ${json?.error ?? ""}`);
    expect([200, 403, 404, 409, 422], this.story).toContain(status);
  }

  get story(): string {
    return this.told.join("\n");
  }

  async step(): Promise<void> {
    const roll = this.next();
    if (roll < 0.32) await this.write(true);
    else if (roll < 0.44) await this.write(false);
    else if (roll < 0.54) await this.move();
    else if (roll < 0.74) await this.publish();
    else if (roll < 0.79) await this.discard();
    else if (roll < 0.84) await this.remove();
    else if (roll < 0.91) await this.term();
    else this.push();
  }

  /** Both at once, each without knowing of the other. */
  async together(): Promise<void> {
    const slug = this.pick(SLUGS);
    const both = this.editors.map((editor) => ({ editor, ...this.words() }));
    for (const { editor } of both) await this.look(editor, slug);
    const answers = await Promise.all(
      both.map(({ editor, title, words }) =>
        editor.save(slug, text(title, {}, words)),
      ),
    );
    const at = answers.findIndex(({ status }) => status === 200);
    this.told.push(`both write ${slug}: ${answers.map((one) => one.status)}`);
    expect(answers.map(({ status }) => status).sort(), this.story).toEqual([
      200, 409,
    ]);
    this.drafts.set(slug, both[at]!);
    this.refused.push(both[1 - at]!.words);
  }
}

it.each(seeds)(
  "script %i: what was accepted is there, what was refused nowhere, the site builds",
  async (seed) => {
    const office = new Office(seed);
    const { place, published, drafts, held, refused } = office;
    await office.open();
    for (let step = 0; step < STEPS; step++) await office.step();
    await office.together();

    place.git("fsck", "--strict");
    expect(place.status(), office.story).toBe("");
    expect(place.git("for-each-ref", "refs/desk/pending")).toBe("");
    const all = place.git("log", "--all", "--first-parent", "-p", "--text");
    for (const words of refused)
      expect(all.includes(words), `${words}\n${office.story}`).toBe(false);
    for (const [slug, { words }] of drafts)
      expect(
        place.git("show", `cms/news/2026/${slug}/index:${mainOf(slug)}`),
        office.story,
      ).toContain(words);

    const reading = await read(new Corpus(place.contentDir));
    for (const slug of SLUGS) {
      const entry = entryOf(reading, "news", slug);
      const written = published.get(slug);
      const isLive = written !== undefined && !held.has(slug);
      expect(entry?.data.title, `${slug}\n${office.story}`).toBe(
        isLive ? written.title : undefined,
      );
      if (isLive)
        expect(place.read(`news/2026/${slug}/index.mdx`)).toContain(
          written.words,
        );
    }
    if (seed % BUILT !== 1) return;
    const built = placeFor(place.contentDir);
    const { code, stdout } = await runNode(
      ["tests/build/publish.ts"],
      buildEnv(built),
    );
    expect(code, stdout).toBe(0);
    const pages = filesIn(built.out);
    for (const slug of SLUGS) {
      const page = pages.get(`tin-tuc/${slug}/index.html`)?.toString();
      const written = held.has(slug) ? undefined : published.get(slug);
      if (written) expect(page).toContain(written.words);
      else expect(page).toBeUndefined();
    }
  },
  120_000,
);
