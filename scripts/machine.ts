/**
 * An empty Debian 12 that has been booted: systemd as its first process, its own users, processes and network, in a
 * folder that goes away again. It reaches package registries as this machine does, and nobody reaches it but
 * through `request`.
 */
import {
  execFileSync,
  spawn,
  spawnSync,
  type ChildProcess,
} from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "../tests/support/temporary.ts";

/** What this machine must have. */
export const NEEDED = [
  "curl",
  "debootstrap",
  "iproute2",
  "openssl",
  "slirp4netns",
  "systemd-container",
];

const SUITE = "bookworm";
const PATIENCE_MS = 60_000;
/** What slirp4netns answers for this machine's own name server. */
const NAME_SERVER = "10.0.2.3";

/** How a command ended. */
export interface Ended {
  code: number;
  /** What it wrote, errors too, as a person would see it. */
  output: string;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: string;
}

export interface Asked {
  method?: string;
  /** `login:password` */
  user?: string;
  headers?: Record<string, string>;
  body?: string;
}

export class Machine {
  readonly name: string;
  readonly root = path.join(temporaryFolder("machine"), "root");
  #container: ChildProcess | undefined;
  #network: ChildProcess | undefined;
  #leader = 0;

  private constructor(name: string) {
    this.name = name;
  }

  /**
   * Boots an empty machine.
   *
   * @param name a short word of its own
   * @param shelf where an empty system is kept for the next time
   */
  static async boot(name: string, shelf: string): Promise<Machine> {
    const machine = new Machine(`gs-${process.pid}-${name}`);
    try {
      machine.#unpack(shelf);
      await machine.#connect();
      await machine.#start();
    } catch (thrown) {
      await machine.close();
      throw thrown;
    }
    return machine;
  }

  #unpack(shelf: string): void {
    mkdirSync(this.root, { recursive: true });
    execFileSync("tar", ["-xpf", baseSystem(shelf), "-C", this.root]);
    writeFileSync(
      path.join(this.root, "etc/apt/sources.list"),
      aptSources()
        .map((source) => `deb ${source}\n`)
        .join(""),
    );
    rmSync(path.join(this.root, "etc/resolv.conf"), { force: true });
    this.put("/etc/resolv.conf", `nameserver ${NAME_SERVER}\n`);
    // It will not outlive a power cut anyway.
    this.put("/etc/dpkg/dpkg.cfg.d/unsafe", "force-unsafe-io\n");
    this.put("/etc/hostname", "may-chu\n");
    // Certificates that this machine trusts besides Debian's, as behind a firm's proxy.
    const trusted = "/usr/local/share/ca-certificates";
    if (existsSync(trusted))
      cpSync(trusted, path.join(this.root, trusted), { recursive: true });
  }

  async #connect(): Promise<void> {
    execFileSync("ip", ["netns", "add", this.name]);
    execFileSync("ip", ["-n", this.name, "link", "set", "lo", "up"]);
    this.#network = spawn(
      "slirp4netns",
      [
        "--configure",
        "--disable-host-loopback",
        "--netns-type=path",
        `/run/netns/${this.name}`,
        "tap0",
      ],
      { stdio: "ignore" },
    );
    await until("a network", () =>
      execFileSync("ip", ["-n", this.name, "-4", "addr"], {
        encoding: "utf8",
      }).includes("tap0"),
    );
  }

  async #start(): Promise<void> {
    this.#container = spawn(
      "systemd-nspawn",
      [
        "--boot",
        "--quiet",
        "--settings=no",
        "--register=no",
        "--keep-unit",
        "--link-journal=no",
        "--resolv-conf=off",
        "--timezone=off",
        "--console=read-only",
        // For services with a network of their own.
        "--capability=CAP_NET_ADMIN",
        `--network-namespace-path=/run/netns/${this.name}`,
        `--machine=${this.name}`,
        "--directory",
        this.root,
      ],
      { stdio: "ignore" },
    );
    const { pid } = this.#container;
    const children = `/proc/${pid}/task/${pid}/children`;
    await until("a first process", () => {
      this.#leader = Number(readFileSync(children, "utf8").split(" ")[0]);
      return this.#leader > 0;
    });
    await until("systemd", async () => {
      const { output } = await this.run("systemctl is-system-running");
      return /^(?:running|degraded)$/m.test(output);
    });
  }

  /**
   * Does what somebody would who has logged in as root.
   *
   * @param script lines of shell; the first that fails ends it
   * @param typed what they would type when asked
   */
  async run(script: string, typed = ""): Promise<Ended> {
    const child = spawn(
      "nsenter",
      [
        `--target=${this.#leader}`,
        ..."--mount --uts --ipc --net --pid --root --wdns=/root".split(" "),
        "env",
        "-i",
        ...Object.entries(environment()).map(
          ([key, value]) => `${key}=${value}`,
        ),
        ..."bash -e -o pipefail -c".split(" "),
        script,
      ],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    child.stdin.on("error", () => {}).end(typed);
    let output = "";
    const hear = (said: string) => void (output += said);
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    const code = await new Promise<number>((resolve, reject) =>
      child
        .once("error", reject)
        .once("close", (ended) => resolve(ended ?? -1)),
    );
    return { code, output };
  }

  /** Asks this machine's web server, as a browser beside it. @param certificate whom to believe */
  async request(
    url: string,
    certificate: string,
    { method = "GET", user, headers = {}, body }: Asked = {},
  ): Promise<Answered> {
    const { hostname } = new URL(url);
    const child = spawn(
      "ip",
      [
        ...`netns exec ${this.name} curl --silent --show-error`.split(" "),
        ..."--include --max-time 60 --noproxy * --request".split(" "),
        method,
        "--cacert",
        certificate,
        ...[80, 443].flatMap((port) => [
          "--resolve",
          `${hostname}:${port}:127.0.0.1`,
        ]),
        ...(user ? ["--user", user] : []),
        ...Object.entries(headers).flatMap(([key, value]) => [
          "--header",
          `${key}: ${value}`,
        ]),
        ...(body === undefined ? [] : ["--data-binary", "@-"]),
        url,
      ],
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    child.stdin.on("error", () => {}).end(body ?? "");
    const [said, wrong] = await Promise.all(
      [child.stdout, child.stderr].map((stream) =>
        stream
          .setEncoding("utf8")
          .toArray()
          .then((parts) => parts.join("")),
      ),
    );
    return answered(said!, wrong!);
  }

  /** Writes a file there, as somebody would who copies it over. */
  put(file: string, content: string): void {
    writeFileSync(path.join(this.root, file), content);
  }

  /** Turns it off, and leaves nothing of it behind. */
  async close(): Promise<void> {
    if (this.#leader > 0) {
      await this.run("systemctl --no-block poweroff");
      await ended(this.#container);
    }
    this.#network?.kill();
    await ended(this.#network);
    spawnSync("ip", ["netns", "delete", this.name], { stdio: "ignore" });
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A Debian with systemd and nothing else, packed; made when it is not there. */
function baseSystem(shelf: string): string {
  const packed = path.join(shelf, `${SUITE}.tar`);
  if (existsSync(packed)) return packed;
  mkdirSync(shelf, { recursive: true });
  const folder = path.join(temporaryFolder("debian"), "root");
  const [mirror] = aptSources()[0]!.split(" ");
  execFileSync(
    "debootstrap",
    [
      "--variant=minbase",
      "--include=systemd-sysv,dbus",
      SUITE,
      folder,
      mirror!,
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  execFileSync("tar", ["-cpf", `${packed}.tmp`, "-C", folder, "."]);
  renameSync(`${packed}.tmp`, packed);
  return packed;
}

/** Where this machine has Debian's packages from: `<address> bookworm main`. */
function aptSources(): string[] {
  const format = "$(ORIGIN) $(SITE) $(RELEASE) $(COMPONENT)";
  const found = execFileSync(
    "apt-get",
    ["indextargets", "--format", format, "Created-By: Packages"],
    { encoding: "utf8" },
  )
    .split("\n")
    .filter((line) => line.startsWith(`Debian `) && line.includes(` ${SUITE}`))
    .map((line) => line.slice("Debian ".length));
  const sources = [...new Set(found)].sort((a, b) => a.length - b.length);
  if (sources.length === 0)
    throw new Error(
      `This needs a Debian ${SUITE} with a list of packages: apt-get update`,
    );
  return sources;
}

const registry = execFileSync("npm", ["config", "get", "registry"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "ignore"],
}).trim();

/** What a login there has, and how this machine reaches registries. */
const environment = (): Record<string, string> => ({
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  LANG: "C.UTF-8",
  npm_config_registry: registry,
  DEBIAN_FRONTEND: "noninteractive",
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      (one): one is [string, string] =>
        /^(?:https?_proxy|no_proxy|node_extra_ca_certs)$/i.test(one[0]) &&
        one[1] !== undefined,
    ),
  ),
});

function answered(said: string, wrong: string): Answered {
  const [head = "", ...rest] = said.replaceAll("\r\n", "\n").split("\n\n");
  const [first = "", ...lines] = head.split("\n");
  const status = Number(/^HTTP\/\S+ (\d+)/.exec(first)?.[1] ?? 0);
  if (status === 0) throw new Error(wrong.trim() || "No answer.");
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  return { status, headers, body: rest.join("\n\n") };
}

/** Waits until something is so. @throws when it takes too long */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await sleep(500);
  }
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  const late = sleep(20_000, undefined, { ref: false }).then(() =>
    child.kill("SIGKILL"),
  );
  await Promise.race([gone, late]);
}
