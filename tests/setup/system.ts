/**
 * Run by `npm test` before the tests: sees to it that Chromium, git, nginx, faketime, rclone and xmllint are there.
 * Where it may (as root, with apt-get) it installs them from Debian; elsewhere it says what to install.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { HAS_BROTLI } from "../support/nginx.ts";
import {
  HEADLESS,
  HEADLESS_SHELL,
  NGINX,
  findProgram,
} from "../support/programs.ts";

const PROGRAMS = [
  { debian: "chromium", names: HEADLESS },
  { debian: "git", names: ["git"] },
  { debian: "libxml2-utils", names: ["xmllint"] },
  { debian: "nginx-light", names: NGINX },
  { debian: "faketime", names: ["faketime"] },
  { debian: "rclone", names: ["rclone"] },
];

/**
 * Without the first, browser tests take longer; without the second, other letters stand in until the site's own
 * fonts are there; without the third one test is left out.
 */
const WISHES = [
  { debian: HEADLESS_SHELL, isThere: () => has([HEADLESS_SHELL]) },
  {
    debian: "fonts-liberation",
    isThere: () => existsSync("/usr/share/fonts/truetype/liberation"),
  },
  { debian: "libnginx-mod-http-brotli-static", isThere: () => HAS_BROTLI },
];

const has = (names: readonly string[]): boolean =>
  findProgram(names) !== undefined;

const missing = () =>
  PROGRAMS.filter(({ names }) => !has(names)).map(({ debian }) => debian);

function run(command: string, ...args: string[]): void {
  console.log(`> ${command} ${args.join(" ")}`);
  spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

const install = (packages: string[]): void =>
  run("apt-get", "install", "-y", "--no-install-recommends", ...packages);

const wished = WISHES.filter(({ isThere }) => !isThere());
if (
  missing().length + wished.length > 0 &&
  process.getuid?.() === 0 &&
  has(["apt-get"])
) {
  console.log(
    "The tests need programs that are missing: installing from Debian.",
  );
  run("apt-get", "update");
  // One by one: a system that does not know one may know the other.
  for (const { debian } of wished) install([debian]);
  if (missing().length > 0) install(missing());
}
const stillMissing = missing();
if (stillMissing.length > 0) {
  console.error(
    `The tests need ${stillMissing.join(" and ")}, which this machine has not got. On Debian or Ubuntu:\n\n` +
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${stillMissing.join(" ")}\n\n` +
      `Elsewhere install Chromium (or Google Chrome), git, nginx, faketime, rclone and xmllint (of libxml2) so that they are found in PATH.`,
  );
  process.exitCode = 1;
}
