/**
 * Run by `npm test` before the tests: sees to it that Chromium, git, nginx and xmllint are there. Where it may (as root, with
 * apt-get) it installs them from Debian; elsewhere it says what to install.
 */
import { spawnSync } from "node:child_process";
import { HAS_BROTLI } from "../support/nginx.ts";
import { CHROMIUM, NGINX, findProgram } from "../support/programs.ts";

const PROGRAMS = [
  // The second for the letters that stand in until the site's own fonts are there.
  { debian: ["chromium", "fonts-liberation"], names: CHROMIUM },
  { debian: ["git"], names: ["git"] },
  { debian: ["libxml2-utils"], names: ["xmllint"] },
  { debian: ["nginx-light"], names: NGINX },
  { debian: ["faketime"], names: ["faketime"] },
];

/** Without it one test is left out: elsewhere nginx may have to do without. */
const wishes = () => (HAS_BROTLI ? [] : ["libnginx-mod-http-brotli-static"]);

const missing = () =>
  PROGRAMS.filter(({ names }) => !findProgram(names)).flatMap(
    ({ debian }) => debian,
  );

function run(command: string, ...args: string[]): void {
  console.log(`> ${command} ${args.join(" ")}`);
  spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

const wanted = [...missing(), ...wishes()];
if (wanted.length > 0 && process.getuid?.() === 0 && findProgram(["apt-get"])) {
  console.log(
    `The tests need ${wanted.join(" and ")}: installing from Debian.`,
  );
  run("apt-get", "update");
  run("apt-get", "install", "-y", "--no-install-recommends", ...wanted);
}
const stillMissing = missing();
if (stillMissing.length > 0) {
  console.error(
    `The tests need ${stillMissing.join(" and ")}, which this machine has not got. On Debian or Ubuntu:\n\n` +
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${stillMissing.join(" ")}\n\n` +
      `Elsewhere install Chromium (or Google Chrome), git, nginx and xmllint (of libxml2) so that they are found in PATH.`,
  );
  process.exitCode = 1;
}
