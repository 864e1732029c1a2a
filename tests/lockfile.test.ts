import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<
    string,
    { version?: string; resolved?: string; integrity?: string }
  >;
};

it("holds every platform package that npm ci asks for", () => {
  expect(() =>
    execFileSync(
      process.execPath,
      ["scripts/complete-lockfile.ts", "--check"],
      { stdio: "pipe" },
    ),
  ).not.toThrow();
});

it("names no registry", () => {
  const named = Object.entries(lock.packages).filter(
    ([, { resolved }]) => resolved !== undefined,
  );
  expect(named).toEqual([]);
});

it("pins the project's own Node for Linux and Windows with integrity", () => {
  for (const platform of ["linux-x64", "linux-arm64", "win-x64"]) {
    const entry = lock.packages[`node_modules/node-${platform}`];
    expect(entry?.version, platform).toMatch(/^24\./);
    expect(entry?.integrity, platform).toMatch(/^sha512-/);
  }
});
