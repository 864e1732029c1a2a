/**
 * `npm run bench -- build`: what it costs to build N stories with ours, with Hugo, with Eleventy and with
 * Astro as its starters use it, from the same text to the same pages; and what it costs us to publish one
 * edit, one new story and one withdrawal.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../src/build/build.ts";
import { text } from "../src/i18n/vi.ts";
import { addressOf } from "../src/schema/kinds.ts";
import { difference } from "./compare.ts";
import {
  extraStory,
  makeCorpus,
  writeStory,
  type MadeStory,
} from "./corpus.ts";
import { eleventy } from "./eleventy.ts";
import { hugo } from "./hugo.ts";
import { better, measure, type Cost } from "./measure.ts";
import { takeApart, type Page } from "./pages.ts";
import { stock } from "./stock.ts";
import { copyStatics, type Tool } from "./tools.ts";

const TOOLS: Tool[] = [hugo, eleventy, stock];

interface Change {
  ours: Cost;
  ratioHugo?: number;
}

export interface BuildReport {
  stories: number;
  pages: number;
  full: { ours: Cost; ratioHugo?: number } & Partial<
    Record<Tool["name"], Cost>
  >;
  edit: Change;
  add: Change;
  withdraw: Change;
  /** How many pages were compared with ours and found equal, by tool. */
  compared: Partial<Record<Tool["name"], number>>;
}

/** Runs the benchmark and prints its report. */
export async function benchBuild(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      stories: { type: "string", default: "1000" },
      json: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      repeat: { type: "string" },
      without: { type: "string", multiple: true, default: [] },
    },
  });
  const stories = Number(values.stories);
  const repeat = Number(values.repeat ?? (stories >= 5000 ? 1 : 2));
  if (!(stories >= 20) || !(repeat >= 1))
    throw new Error("--stories N (20 or more), --repeat R (1 or more)");
  const unknown = values.without.find(
    (name) => !TOOLS.some((tool) => tool.name === name),
  );
  if (unknown) throw new Error(`--without: there is no ${unknown}`);
  const tools = TOOLS.filter(({ name }) => !values.without.includes(name));
  for (const tool of tools) tool.prepare(tell);
  const folder = mkdtempSync(path.join(tmpdir(), "guong-sang-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("SIGINT", () => {
    if (!values.keep) remove();
    process.exit(130);
  });
  try {
    const report = await new Bench(folder, tools).run(stories, repeat);
    console.log(
      values.json ? JSON.stringify(report, null, 2) : table(report, tools),
    );
  } finally {
    if (values.keep) tell(`Kept: ${folder}`);
    else remove();
  }
}

const tell = (message: string): void => console.error(message);

const SITE_URL = "https://bench.example";

class Bench {
  #content: string;
  #out: string;
  #cache: string;
  #env: Record<string, string>;
  #folder: string;
  #tools: Tool[];

  constructor(folder: string, tools: Tool[]) {
    this.#folder = folder;
    this.#tools = tools;
    this.#content = path.join(folder, "content");
    this.#out = path.join(folder, "ours");
    this.#cache = path.join(folder, "cache");
    this.#env = {
      CONTENT_DIR: this.#content,
      OUT_DIR: this.#out,
      CACHE_DIR: this.#cache,
      SITE_URL,
      BASE_PATH: "/",
      // The others make neither a search index nor share pictures.
      ONLY_PAGES: "1",
    };
  }

  async run(count: number, repeat: number): Promise<BuildReport> {
    tell(`Making ${count} stories…`);
    const stories = makeCorpus(this.#content, count);
    const best = new Map<string, Cost>();
    const note = (name: string, cost: Cost): void => {
      best.set(name, better(best.get(name), cost));
      tell(`${name}: ${told(cost)}`);
    };
    note("ours", await this.#buildAnew());
    const { pages } = this.#writeProjects();
    const compared: BuildReport["compared"] = {};
    for (let round = 0; round < repeat; round++) {
      if (round > 0) note("ours", await this.#buildAnew());
      for (const tool of this.#tools) {
        note(tool.name, await this.#buildWith(tool));
        compared[tool.name] ??= this.#compare(tool, pages);
      }
    }
    for (let round = 0; round < repeat; round++) {
      note("edit", await this.#edit(stories[Math.floor(count / 2) + round]!));
      note("add", await this.#add(extraStory(count + round)));
      note(
        "withdraw",
        await this.#withdraw(stories[Math.floor(count / 3) + round]!),
      );
    }
    return reportOf(count, pages.length, best, compared);
  }

  /** Ours with nothing from before: no output, no cache. */
  #buildAnew(): Promise<Cost> {
    for (const made of [this.#out, this.#cache])
      rmSync(made, { recursive: true, force: true });
    return this.#build();
  }

  /** Ours as it stands: a new process every time. */
  #build(): Promise<Cost> {
    return measure({
      argv: [process.execPath, "src/cli/build.ts"],
      cwd: ROOT,
      env: this.#env,
    });
  }

  #writeProjects(): { pages: Page[] } {
    tell("Taking our pages apart for the other tools…");
    const work = path.join(this.#folder, "work");
    mkdirSync(work);
    const site = takeApart(this.#content, this.#out, work, this.#env);
    for (const tool of this.#tools) {
      const project = path.join(this.#folder, tool.name);
      tool.write(project, site);
      copyStatics(
        this.#out,
        path.join(project, tool.name === "stock" ? "public" : "static"),
      );
    }
    return site;
  }

  #buildWith(tool: Tool): Promise<Cost> {
    const project = path.join(this.#folder, tool.name);
    for (const made of tool.made)
      rmSync(path.join(project, made), { recursive: true, force: true });
    return measure(tool.command(project));
  }

  /** @returns how many pages were compared @throws when one differs */
  #compare(tool: Tool, pages: Page[]): number {
    const sample = sampleOf(pages);
    const found = difference(
      this.#out,
      path.join(this.#folder, tool.name, "out"),
      sample,
    );
    if (found)
      throw new Error(
        `${tool.label()} does not make the same pages as we do.\n${found}\nWhere our markup has changed, follow it in bench/templates.ts and bench/pages.ts.`,
      );
    return sample.length;
  }

  /** A sentence and the title of one story. */
  async #edit(story: MadeStory): Promise<Cost> {
    const title = `${String(story.front.title)} (đã sửa)`;
    const sentence = "Câu này vừa được thêm vào khi sửa bài.";
    writeStory(this.#content, {
      ...story,
      front: { ...story.front, title },
      body: story.body.replace("\n\n## ", ` ${sentence}\n\n## `),
    });
    const cost = await this.#build();
    this.#expect(addressIn(story), title, sentence);
    this.#expectInLists(addressIn(story), title);
    return cost;
  }

  async #add(story: MadeStory): Promise<Cost> {
    writeStory(this.#content, story);
    const cost = await this.#build();
    this.#expect(addressIn(story), String(story.front.title));
    this.#expect(`/${addressIn(story).split("/")[1]!}/`, addressIn(story));
    return cost;
  }

  async #withdraw(story: MadeStory): Promise<Cost> {
    writeStory(this.#content, {
      ...story,
      front: {
        ...story.front,
        status: "withdrawn",
        withdrawal: {
          at: "2026-01-06T08:00:00+07:00",
          reason: "Gỡ để đo thời gian dựng.",
        },
      },
    });
    const cost = await this.#build();
    this.#expect(addressIn(story), text.withdrawnTitle);
    const pages = this.#listPagesOf(addressIn(story));
    if (pages.length > 0)
      throw new Error(`${addressIn(story)} is withdrawn and still in a list`);
    return cost;
  }

  #page(address: string): string {
    const file = path.join(this.#out, address, "index.html");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  #expect(address: string, ...words: string[]): void {
    const html = this.#page(address);
    for (const word of words)
      if (!html.includes(word))
        throw new Error(`${address} does not show «${word}» after the build`);
  }

  /** The pages of the kind's list that show a story. */
  #listPagesOf(address: string): string[] {
    const list = `/${address.split("/")[1]!}/`;
    const pages = [this.#page(list)];
    for (let page = 1; ; page++) {
      const html = this.#page(`${list}trang-${page}/`);
      if (!html) return pages.filter((each) => each.includes(`"${address}"`));
      pages.push(html);
    }
  }

  #expectInLists(address: string, word: string): void {
    if (!this.#listPagesOf(address).some((html) => html.includes(word)))
      throw new Error(`No list shows «${word}» after the build`);
  }
}

const addressIn = ({ kind, slug }: MadeStory): string => addressOf(kind, slug)!;

/** All pages of a small site; of a large one enough of each template, the same every time. */
function sampleOf(pages: Page[]): string[] {
  const MOST = 60;
  return [...Map.groupBy(pages, ({ template }) => template).values()].flatMap(
    (group) => {
      const step = pages.length <= 600 ? 1 : Math.max(1, group.length / MOST);
      return Array.from(
        { length: Math.floor(group.length / step) },
        (_, index) => group[Math.floor(index * step)]!.file,
      );
    },
  );
}

function reportOf(
  stories: number,
  pages: number,
  best: ReadonlyMap<string, Cost>,
  compared: BuildReport["compared"],
): BuildReport {
  const whole = best.get("hugo")?.cpu;
  const rounded = (cost: Cost): Cost => ({
    cpu: round(cost.cpu, 2),
    wall: round(cost.wall, 2),
    rss: Math.round(cost.rss),
  });
  const change = (name: string): Change => {
    const cost = best.get(name)!;
    return {
      ours: rounded(cost),
      ...(whole ? { ratioHugo: round(cost.cpu / whole, 3) } : {}),
    };
  };
  return {
    stories,
    pages,
    full: {
      ...change("ours"),
      ...Object.fromEntries(
        TOOLS.flatMap(({ name }) => {
          const cost = best.get(name);
          return cost ? [[name, rounded(cost)]] : [];
        }),
      ),
    },
    edit: change("edit"),
    add: change("add"),
    withdraw: change("withdraw"),
    compared,
  };
}

const round = (value: number, digits: number): number =>
  Number(value.toFixed(digits));

const told = ({ cpu, wall, rss }: Cost): string =>
  `${cpu.toFixed(2)} s CPU, ${wall.toFixed(2)} s, ${Math.round(rss)} MB`;

function table(report: BuildReport, tools: Tool[]): string {
  const whole = report.full.hugo?.cpu;
  const row = (label: string, cost: Cost) =>
    [
      label.padEnd(28),
      cost.cpu.toFixed(2).padStart(9),
      cost.wall.toFixed(2).padStart(9),
      String(cost.rss).padStart(9),
      (whole ? `${(cost.cpu / whole).toFixed(2)} ×` : "").padStart(9),
    ].join("");
  return [
    `${report.stories} stories, ${report.pages} pages`,
    `${"".padEnd(28)}${["CPU s", "wall s", "RSS MB", "of Hugo"].map((head) => head.padStart(9)).join("")}`,
    row("ours, full", report.full.ours),
    ...tools.map((tool) => row(tool.label(), report.full[tool.name]!)),
    row("ours, one edit", report.edit.ours),
    row("ours, one story more", report.add.ours),
    row("ours, one story withdrawn", report.withdraw.ours),
  ].join("\n");
}
