/**
 * `npm run test:install`: follows docs/install.md word for word on two empty Debian machines: installs, publishes the
 * first story, backs up, upgrades while somebody reads, goes back, and restores on the second machine from the backup
 * alone. Run by hand, on Debian, as root: it takes a quarter of an hour.
 */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deskFetch } from "../src/desk/client.ts";
import { writeYaml } from "../src/judge/yaml.ts";
import { readSettings } from "../src/loader/settings.ts";
import { storyFields } from "../tests/support/corpus.ts";
import {
  removeTemporary,
  temporaryFolder,
} from "../tests/support/temporary.ts";
import { Machine, NEEDED, until, type Answered } from "./machine.ts";
import { needPackages } from "./packages.ts";

const ROOT = path.join(import.meta.dirname, "..");
const HOST = "guongsang.example.vn";
const SITE = `https://${HOST}`;
const PASSWORD = "mat khau de thu";
const EDITOR = "dao";
const APPROVER = "son";
const BACKUP = "/var/backups/guong-sang/content.git";
const SLUG = "bai-dau-tien-tren-may-chu";
const OLD_ADDRESS = "/tin-tuc/dia-chi-cu-tren-may-chu/";
/** The most that `systemd-analyze security` may find exposed, in tenths. */
const EXPOSED = 25;
const SERVICES = ["", "-release", "-nginx", "-backup"].map(
  (name) => `guong-sang${name}.service`,
);
/** Publication by a build of the whole content, on a slow machine too. */
const PATIENCE_MS = 180_000;

/** One block of commands of the document. */
interface Block {
  section: string;
  /** When it is to be run, if not always. */
  when: string | undefined;
  commands: string;
}

/** The document's commands, in order. */
function blocksOf(text: string): Block[] {
  const parts = text.matchAll(
    /^## (?<section>.+)$|^(?:<!-- khi: (?<when>.+) -->\n\n)?```sh\n(?<commands>[^]*?)^```$/gm,
  );
  let section = "";
  return [...parts].flatMap(({ groups }) => {
    section = groups!.section ?? section;
    const { when, commands } = groups!;
    return commands === undefined ? [] : [{ section, when, commands }];
  });
}

const BLOCKS = blocksOf(
  readFileSync(path.join(ROOT, "docs/install.md"), "utf8"),
);

let faults = 0;
function tell(isSo: boolean, what: string, why = ""): void {
  if (!isSo) faults++;
  console.log(`  ${isSo ? "ok   " : "FAULT"} ${what}`);
  if (!isSo && why) console.log(why.replace(/^/gm, "        "));
}

/** Fills in what the document leaves to its reader. @throws when the document does not ask for it */
function filled(values: Record<string, string>): string {
  const { commands } = BLOCKS.find(({ section }) => section === "Điền trước")!;
  return Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=.*$`, "m");
    if (!line.test(text)) throw new Error(`The document asks for no ${name}.`);
    return text.replace(line, `${name}='${value}'`);
  }, commands);
}

/** A reader of the document at a machine. */
class Keeper {
  readonly machine: Machine;
  readonly #certificate: string;
  #values: Record<string, string>;

  constructor(
    machine: Machine,
    { file, key }: Certificate,
    values: Record<string, string>,
  ) {
    this.machine = machine;
    this.#certificate = file;
    this.#values = values;
    machine.put("/root/fullchain.pem", readFileSync(file, "utf8"));
    machine.put("/root/privkey.pem", readFileSync(key, "utf8"));
  }

  /** Changes what is filled in. */
  fill(values: Record<string, string>): void {
    this.#values = { ...this.#values, ...values };
  }

  /**
   * Does what a section says.
   *
   * @param cases what is so of this machine; blocks for other cases are passed over
   * @returns what the commands said
   * @throws at the first that fails
   */
  async follow(section: string, ...cases: string[]): Promise<string> {
    const blocks = BLOCKS.filter(
      (one) =>
        one.section === section &&
        (one.when === undefined || cases.includes(one.when)),
    );
    if (blocks.length === 0) throw new Error(`No commands for «${section}».`);
    let output = "";
    for (const block of blocks) output += await this.type(block.commands);
    return output;
  }

  /** Types commands into a session where the first block has been filled in. */
  async type(commands: string): Promise<string> {
    const started = Date.now();
    const { code, output } = await this.machine.run(
      `${filled(this.#values)}\n${commands}`,
      `${PASSWORD}\n`,
    );
    const seconds = Math.round((Date.now() - started) / 1000);
    const [first] = commands.split("\n");
    console.log(`  $ ${first} … (${seconds} s)`);
    if (code !== 0)
      throw new Error(`${commands}\n→ ${code}\n${output.slice(-4000)}`);
    return output;
  }

  get(address: string, user?: string): Promise<Answered> {
    const login = user ? { user: `${user}:${PASSWORD}` } : {};
    return this.machine.request(SITE + address, this.#certificate, login);
  }

  /** The address as nothing but HTTP. */
  plainly(address: string): Promise<Answered> {
    return this.machine.request(`http://${HOST}${address}`, this.#certificate);
  }

  async isThere(address: string, text: string): Promise<boolean> {
    const { status, body } = await this.get(address);
    return status === 200 && body.includes(text);
  }

  /** Somebody's browser at the desk. */
  desk(login: string) {
    const address = `${SITE}/admin/api/desk`;
    const through: typeof fetch = async (_url, init) => {
      const { status, body } = await this.machine.request(
        address,
        this.#certificate,
        {
          method: "POST",
          user: `${login}:${PASSWORD}`,
          headers: { "content-type": "application/json", origin: SITE },
          body: String(init?.body),
        },
      );
      return new Response(body, { status });
    };
    const ask = deskFetch(through, address, () => ({ name: "", mail: "" }));
    return async (action: string, params: object): Promise<DeskAnswer> => {
      const response = await ask(address, {
        method: "POST",
        body: JSON.stringify({ action, params }),
      });
      return { status: response.status, text: await response.text() };
    };
  }
}

interface DeskAnswer {
  status: number;
  text: string;
}

interface Certificate {
  file: string;
  key: string;
}

/** What a province would have been given by its authority. */
function makeCertificate(): Certificate {
  const folder = temporaryFolder("certificate");
  const file = path.join(folder, "fullchain.pem");
  const key = path.join(folder, "privkey.pem");
  const options = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${HOST} -addext subjectAltName=DNS:${HOST}`;
  execFileSync(
    "openssl",
    [...options.split(" "), "-keyout", key, "-out", file],
    { stdio: "ignore" },
  );
  return { file, key };
}

/** The program's repository, with this version and one after it. */
function makeProgram(): { folder: string; newer: string } {
  const folder = path.join(temporaryFolder("program"), "guong-sang.git");
  const git = (...args: string[]) =>
    execFileSync("git", args, { encoding: "utf8", cwd: ROOT }).trim();
  git("clone", "--quiet", "--bare", ROOT, folder);
  const desk = path.join(temporaryFolder("program"), "work");
  git("clone", "--quiet", folder, desk);
  const inDesk = (...args: string[]) => git("-C", desk, ...args);
  inDesk("checkout", "--quiet", "-B", "cu", git("rev-parse", "HEAD"));
  inDesk("push", "--quiet", "--force", "origin", "cu");
  const newer = "9.9.9";
  execFileSync("npm", ["version", newer, "--no-git-tag-version"], {
    cwd: desk,
    stdio: "ignore",
  });
  inDesk("checkout", "--quiet", "-b", "moi");
  const who = "-c user.name=Proof -c user.email=proof@example.vn";
  inDesk(...who.split(" "), "commit", "--quiet", "-am", "A later version");
  inDesk("push", "--quiet", "--force", "origin", "moi");
  return { folder, newer };
}

const story = (title: string, fields: object = {}) => {
  const { status: _, publishedAt: __, ...rest } = storyFields("news");
  return `---\n${writeYaml({ ...rest, title, ...fields })}---\n\nChữ của bài.\n`;
};
const draftOf = (slug: string) => ({
  collection: "news",
  slug: `2026/${slug}/index`,
});
const save = (slug: string, raw: string) => ({
  dataFiles: [
    {
      slug: `2026/${slug}/index`,
      path: `content/news/2026/${slug}/index.mdx`,
      raw,
    },
  ],
  assets: [],
  options: { collectionName: "news", useWorkflow: true },
});
const TITLE = "Bài đầu tiên trên máy chủ của xóm Ví Dụ";
const ADDRESS = `/tin-tuc/${SLUG}/`;
const DRAFT = "bai-con-dang-viet";

/** An editor writes and submits, an approver publishes. */
async function publishFirstStory(keeper: Keeper): Promise<void> {
  const editor = keeper.desk(EDITOR);
  const approver = keeper.desk(APPROVER);
  const done = async (
    what: string,
    status: number,
    asked: Promise<DeskAnswer>,
  ) => {
    const answer = await asked;
    tell(answer.status === status, what, `${answer.status} ${answer.text}`);
  };
  const raw = story(TITLE, { oldAddresses: [OLD_ADDRESS] });
  await done("an editor saves", 200, editor("persistEntry", save(SLUG, raw)));
  const submit = { ...draftOf(SLUG), newStatus: "pending_review" };
  await done(
    "an editor submits",
    200,
    editor("updateUnpublishedEntryStatus", submit),
  );
  await done(
    "an editor may not publish",
    403,
    editor("publishUnpublishedEntry", draftOf(SLUG)),
  );
  const approve = { ...draftOf(SLUG), newStatus: "pending_publish" };
  await approver("unpublishedEntry", draftOf(SLUG));
  await done(
    "an approver approves",
    200,
    approver("updateUnpublishedEntryStatus", approve),
  );
  await done(
    "an approver publishes",
    200,
    approver("publishUnpublishedEntry", draftOf(SLUG)),
  );
  await until("the story", () => keeper.isThere(ADDRESS, TITLE), PATIENCE_MS);
  tell(true, "the story is on the site");
  await until(
    "nginx to know the old address",
    async () => (await keeper.get(OLD_ADDRESS)).status === 301,
    PATIENCE_MS,
  );
  tell(true, "the old address leads to it: nginx has been told");
  await done(
    "another story is left as a draft",
    200,
    editor("persistEntry", save(DRAFT, story("Bài còn đang viết"))),
  );
}

/** What must be so of every machine on which the document has been followed. */
async function lookAtServer(keeper: Keeper): Promise<void> {
  // nginx and the desk are told to start, not waited for.
  await until("nginx", async () => (await keeper.plainly("/")).status === 301);
  await until(
    "the desk",
    async () => (await keeper.get("/admin/api/me", EDITOR)).status === 200,
  );
  const home = await keeper.get("/");
  tell(home.status === 200, "the site answers over TLS", String(home.status));
  tell(
    home.headers.has("strict-transport-security"),
    "it is to be asked over TLS alone",
  );
  const plain = await keeper.plainly("/");
  tell(
    plain.headers.get("location") === `${SITE}/`,
    "without TLS one is led there",
  );
  tell(
    (await keeper.get("/admin/")).status === 401,
    "/admin/ asks who is there",
  );
  tell(
    (await keeper.get("/admin/", EDITOR)).status === 200,
    "/admin/ opens to an account",
  );
  const health = await keeper.get("/admin/api/health", APPROVER);
  tell(
    health.status === 200 && /"id": ?"\d{8}-\d{6}/.test(health.body),
    "the desk tells its health",
    `${health.status} ${health.body}`,
  );
  const { output, code } = await keeper.machine.run(
    "runuser -u nobody -- test -w /run/guong-sang/desk.sock",
  );
  tell(code === 1, "another user cannot reach the desk", output);
  await lookAtServices(keeper);
}

async function lookAtServices({ machine }: Keeper): Promise<void> {
  const failed = await machine.run("systemctl --failed --plain --no-legend");
  tell(failed.output.trim() === "", "no service has failed", failed.output);
  const restarts = await machine.run(
    "systemctl show --property=NRestarts --value guong-sang.service",
  );
  tell(
    restarts.output.trim() === "0",
    "the desk has not fallen",
    restarts.output,
  );
  const units = "/etc/systemd/system/guong-sang*";
  const verified = await machine.run(`systemd-analyze verify ${units}`);
  tell(
    verified.code === 0 && !verified.output.includes("guong-sang"),
    "systemd finds nothing wrong with the units",
    verified.output,
  );
  for (const service of SERVICES) {
    const { output, code } = await machine.run(
      `systemd-analyze --no-pager --threshold=${EXPOSED} security ${service}`,
    );
    const level = /Overall exposure.*: (\S+ \S+)/.exec(output)?.[1] ?? "";
    tell(code === 0, `${service} stands behind walls: ${level}`, output);
  }
}

/** With the desk off, what is in the repository reaches readers by the timer. */
async function publishByTimer(keeper: Keeper): Promise<void> {
  const title = "Bài do bộ hẹn giờ đưa lên";
  const file = "content/news/2026/bai-theo-gio/index.mdx";
  const raw = story(title, {
    status: "published",
    publishedAt: "2026-11-01T08:00:00+07:00",
  });
  await keeper.type(`systemctl stop guong-sang.service
cd /var/lib/guong-sang/content
runuser -u guong-sang -- mkdir -p ${path.dirname(file)}
runuser -u guong-sang -- tee ${file} <<'END' >/dev/null
${raw}END
runuser -u guong-sang -- git add .
runuser -u guong-sang -- git -c user.name=Proof -c user.email=proof@example.vn commit --quiet -m "Thêm bài"`);
  await until(
    "the timer",
    () => keeper.isThere("/tin-tuc/bai-theo-gio/", title),
    PATIENCE_MS,
  );
  tell(true, "the timer publishes while the desk is off");
  await keeper.type("systemctl start guong-sang.service");
}

interface Health {
  release: { id: string; commit: string } | null;
  releases: string[];
  rolledBack: boolean;
}

async function healthOf({ machine }: Keeper): Promise<Health> {
  const { output } = await machine.run("guong-sang health");
  return JSON.parse(output) as Health;
}

async function versionOf(keeper: Keeper): Promise<string> {
  const { release } = await healthOf(keeper);
  const { output } = await keeper.machine.run(
    `cat /var/lib/guong-sang/site/releases/${release?.id}.json`,
  );
  return (JSON.parse(output) as { version: string }).version;
}

/** Waits for the release that a program makes when it has taken another's place. */
async function builtBy(keeper: Keeper, version: string): Promise<void> {
  await until(
    `a release of ${version}`,
    async () => (await versionOf(keeper)) === version,
    PATIENCE_MS,
  );
  tell(true, `the site is made by ${version}`);
}

/** Asks for two pages again and again while something is done. */
async function whileReading(
  keeper: Keeper,
  work: () => Promise<unknown>,
): Promise<void> {
  let isOver = false;
  let read = 0;
  const wrong: string[] = [];
  const reader = (async () => {
    while (!isOver) {
      for (const address of ["/", ADDRESS]) {
        const said = await keeper
          .get(address)
          .then(({ status }) => status, String);
        read++;
        if (said !== 200) wrong.push(`${address} ${said}`);
      }
      await sleep(200);
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await reader;
  }
  tell(
    wrong.length === 0,
    `readers got ${read} pages, ${wrong.length} wrong`,
    wrong.slice(0, 5).join("\n"),
  );
}

/** Releases; where another release is under way, the guide says to wait. @returns whether it was done */
const hasReleased = (keeper: Keeper, commands: string): Promise<boolean> =>
  keeper.type(commands).then(
    () => true,
    (thrown: Error) => {
      if (thrown.message.includes("Đang có một lần xuất bản khác"))
        return false;
      throw thrown;
    },
  );

async function upgrade(keeper: Keeper, newer: string): Promise<void> {
  const older = await versionOf(keeper);
  keeper.fill({ PHIEN_BAN: "moi" });
  await whileReading(keeper, () => keeper.follow("Nâng cấp"));
  await builtBy(keeper, newer);
  await lookAtServer(keeper);
  console.log("Going back");
  const before = await healthOf(keeper);
  const [back, forth] = BLOCKS.filter(({ section }) => section === "Quay lại");
  await whileReading(keeper, () => keeper.type(back!.commands));
  const gone = await healthOf(keeper);
  tell(
    gone.rolledBack && gone.release?.id !== before.release?.id,
    "the release before is back",
    JSON.stringify(gone),
  );
  await until(
    "a release that is asked for",
    () => hasReleased(keeper, forth!.commands),
    PATIENCE_MS,
  );
  tell(!(await healthOf(keeper)).rolledBack, "and publication goes on");
  const program = BLOCKS.find(({ when }) => when === "chương trình cũ")!;
  await whileReading(keeper, () => keeper.type(program.commands));
  await builtBy(keeper, older);
  await lookAtServer(keeper);
}

async function backUp(keeper: Keeper): Promise<string> {
  await keeper.follow("Sao lưu");
  const heads = await keeper.type(
    `runuser -u guong-sang -- git -C "$SAO_LUU" for-each-ref --format='%(refname)'
runuser -u guong-sang -- git -C "$SAO_LUU" rev-parse main
runuser -u guong-sang -- git -C /var/lib/guong-sang/content rev-parse main`,
  );
  const lines = heads.trim().split("\n");
  const [copied, head] = lines.slice(-2);
  tell(copied === head, "the backup holds what is published", heads);
  tell(heads.includes(`refs/heads/cms/news/`), "and drafts", heads);
  return head!;
}

async function restored(keeper: Keeper, head: string): Promise<void> {
  await lookAtServer(keeper);
  tell(await keeper.isThere(ADDRESS, TITLE), "the story is there again");
  const { release } = await healthOf(keeper);
  tell(release?.commit === head, "of the commit that was backed up");
  const { status, text } = await keeper.desk(EDITOR)(
    "unpublishedEntry",
    draftOf(DRAFT),
  );
  tell(status === 200 && text.includes(DRAFT), "so is the draft", text);
}

const shelf = path.join(readSettings().cacheDir, "install-proof");
const machines: Machine[] = [];

/** A new machine, to which the program's repository has been brought. */
async function newKeeper(
  name: string,
  certificate: Certificate,
  program: string,
): Promise<Keeper> {
  console.log(`Machine ${name}: an empty Debian`);
  const machine = await Machine.boot(name, shelf);
  machines.push(machine);
  cpSync(program, path.join(machine.root, "srv/guong-sang.git"), {
    recursive: true,
  });
  return new Keeper(machine, certificate, {
    TEN_MIEN: HOST,
    MA_NGUON: "/srv/guong-sang.git",
    PHIEN_BAN: "cu",
    SAO_LUU: BACKUP,
  });
}

async function prove(): Promise<void> {
  const certificate = makeCertificate();
  const { folder, newer } = makeProgram();
  const first = await newKeeper("mot", certificate, folder);
  await first.follow("Cài đặt", "máy mới", "chứng thư của tỉnh");
  await lookAtServer(first);
  await publishFirstStory(first);
  await first.follow("Xem trang có khỏe không");
  await publishByTimer(first);
  console.log("Backup");
  const head = await backUp(first);
  const second = await newKeeper("hai", certificate, folder);
  cpSync(
    path.join(first.machine.root, BACKUP),
    path.join(second.machine.root, BACKUP),
    { recursive: true },
  );
  await second.follow("Cài đặt", "khôi phục", "chứng thư của tỉnh");
  await restored(second, head);
  await second.machine.close();
  console.log("Upgrade");
  await upgrade(first, newer);
}

async function cleanUp(): Promise<void> {
  for (const machine of machines) await machine.close();
  removeTemporary();
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void cleanUp().then(() => process.exit(1)));

try {
  needPackages(NEEDED);
  await prove();
} catch (thrown) {
  tell(false, "followed to the end", (thrown as Error).message);
} finally {
  await cleanUp();
}
console.log(faults === 0 ? "All so." : `${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;
