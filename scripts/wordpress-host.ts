/** A WordPress of Debian's that lives in one folder and leaves nothing behind: no service, no file elsewhere. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../tests/support/port.ts";

/** What has to be installed. None of it starts anything by itself. */
export const INSTALLED = [
  "php-cli",
  "php-mysql",
  "mariadb-server-core",
  "mariadb-client-core",
];
/** What is only unpacked: installed, WordPress would bring a web server that takes port 80. */
const UNPACKED = [
  "wordpress",
  "wordpress-l10n",
  "wordpress-theme-twentytwentythree",
  "libjs-underscore",
];

/** Not where the site is: to a browser the two are strangers. */
const HOST = "127.0.0.2";
const PATIENCE_MS = 60_000;

export interface WordPress {
  origin: string;
  version: string;
  /** May publish, but not write what he likes: WordPress filters his HTML. */
  author: { name: string; password: string };
  stop: () => Promise<void>;
}

/**
 * Sets up a WordPress in Vietnamese and serves it.
 *
 * @param folder an empty folder, which is all that it uses
 * @param site the address of the site that may be asked for embeds, and nothing else may
 */
export async function startWordPress(
  folder: string,
  site: URL,
): Promise<WordPress> {
  const socket = path.join(folder, "db.sock");
  const stopDatabase = await startDatabase(path.join(folder, "db"), socket);
  try {
    const root = unpack(path.join(folder, "debian"));
    const address = `${HOST}:${await freePort(HOST)}`;
    const author = { name: "tacgia", password: "mat-khau-thu" };
    configure(root, socket, `http://${address}`, site);
    const version = install(root, socket, author);
    const stopServer = start(
      "php",
      ["-d", "display_errors=0", "-S", address, "-t", root],
      { PHP_CLI_SERVER_WORKERS: "4" },
    );
    await until(async () =>
      fetch(`http://${address}/wp-login.php`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    return {
      origin: `http://${address}`,
      version,
      author,
      stop: async () => {
        await stopServer();
        await stopDatabase();
      },
    };
  } catch (error) {
    await stopDatabase();
    throw error;
  }
}

/** Starts a program in a process group of its own, so that its children end with it. */
function start(program: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, args, {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, ...env },
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  return async () => {
    process.kill(-child.pid!);
    await closed;
  };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = PATIENCE_MS; !(await isSo()); left -= 200) {
    if (left < 0) throw new Error("What was started does not answer.");
    await sleep(200);
  }
}

async function startDatabase(datadir: string, socket: string) {
  const where = ["--no-defaults", `--datadir=${datadir}`];
  const user = `--user=${userInfo().username}`;
  execFileSync(
    "mariadb-install-db",
    [
      ...where,
      user,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
    ],
    { stdio: "ignore" },
  );
  const stop = start("mariadbd", [
    ...where,
    user,
    `--socket=${socket}`,
    "--skip-networking",
  ]);
  await until(() => existsSync(socket));
  return stop;
}

/** @returns WordPress's folder */
function unpack(folder: string): string {
  mkdirSync(folder);
  // apt would fetch as a user of its own, whom the folder is closed to.
  execFileSync(
    "apt-get",
    ["download", "-qq", "-o", "APT::Sandbox::User=root", ...UNPACKED],
    { cwd: folder },
  );
  for (const file of readdirSync(folder))
    execFileSync("dpkg-deb", ["-x", file, "."], { cwd: folder });
  return path.join(folder, "usr/share/wordpress");
}

function configure(
  root: string,
  socket: string,
  origin: string,
  site: URL,
): void {
  writeFileSync(
    path.join(root, "wp-config.php"),
    `<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:${socket}' );
define( 'WP_HOME', '${origin}' );
define( 'WP_SITEURL', '${origin}' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '${site.hostname}' );
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require ABSPATH . 'wp-settings.php';
`,
  );
  const plugins = path.join(root, "wp-content/mu-plugins");
  mkdirSync(plugins);
  writeFileSync(
    path.join(plugins, "loopback.php"),
    `<?php
// WordPress asks no loopback address and no unusual port for embeds. A site in public needs none of this.
add_filter( 'http_request_host_is_external', '__return_true' );
add_filter( 'http_allowed_safe_ports', fn( $ports ) => [ ...$ports, ${site.port} ] );
`,
  );
}

/** @returns WordPress's version */
function install(
  root: string,
  socket: string,
  author: WordPress["author"],
): string {
  return execFileSync(
    "php",
    ["-d", "display_errors=stderr", "-d", "sendmail_path=/bin/true"],
    {
      cwd: root,
      encoding: "utf8",
      input: `<?php
( new mysqli( 'localhost', 'root', '', '', 0, '${socket}' ) )->query( 'CREATE DATABASE wordpress' );
define( 'WP_INSTALLING', true );
require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
ob_start();
wp_install( 'Trang thử', 'quantri', 'quantri@example.vn', false, '', 'mat-khau-thu', 'vi' );
wp_insert_user( [
  'user_login' => '${author.name}',
  'user_pass' => '${author.password}',
  'role' => 'author',
] );
ob_end_clean();
echo $wp_version;
`,
    },
  );
}
