/**
 * Completes package-lock.json after `npm install`.
 *
 * npm leaves an optional platform package out of the lockfile when the registry at hand lacks the
 * exact version, and `npm ci` then refuses that lockfile ("Missing: … from lock file"). This adds the
 * missing entry with its platform, so that `npm ci` accepts it and skips it on every other platform.
 *
 * Run by hand after `npm install`: `npm run lock`. `--check` only reports (exit 1 when incomplete).
 */
import { readFileSync, writeFileSync } from "node:fs";

interface LockEntry {
  version?: string;
  optionalDependencies?: Record<string, string>;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
}

const OS_WORDS: Record<string, string> = {
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
};
const CPU_WORDS = new Set([
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
]);

/** The operating system and processor that a platform package's name tells, as npm spells them. */
function platformOf(name: string): Pick<LockEntry, "os" | "cpu"> {
  const words = name.split(/[-/]/);
  const os = words.map((word) => OS_WORDS[word]).find(Boolean);
  const cpu =
    words.find((word) => CPU_WORDS.has(word)) ??
    (words.some((word) => /^(arm|armv\d|eabi|gnueabihf)$/.test(word))
      ? "arm"
      : undefined);
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(os ? { os: [os] } : {}) };
}

/** Whether npm would find `dependency` from the package at `from`: in it, or in any folder above it. */
function isLocked(
  packages: Record<string, LockEntry>,
  from: string,
  dependency: string,
): boolean {
  let folder = from;
  for (;;) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${dependency}`])
      return true;
    if (!folder) return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
}

const file = "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8")) as {
  packages: Record<string, LockEntry>;
};
const missing = new Map<string, LockEntry>();
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(
    entry.optionalDependencies ?? {},
  )) {
    if (isLocked(lock.packages, from, name)) continue;
    const platform = platformOf(name);
    if (!platform.os && !platform.cpu) continue; // an optional peer, not a platform build: npm ci does not ask for it
    missing.set(`node_modules/${name}`, {
      version: range.replace(/^[\^~]/, ""),
      optional: true,
      ...platform,
    });
  }
}

if (process.argv.includes("--check")) {
  for (const name of missing.keys())
    console.error(`missing from ${file}: ${name}`);
  process.exit(missing.size > 0 ? 1 : 0);
}
const sorted = Object.entries({
  ...lock.packages,
  ...Object.fromEntries(missing),
}).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  file,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
);
console.log(`${missing.size} platform packages added to ${file}`);
