/** Packages of Debian's that a script needs. */
import { spawnSync } from "node:child_process";

/**
 * Sees to it that packages are there: as root they are installed from Debian.
 *
 * @throws with what to install, where it may not
 */
export function needPackages(names: readonly string[]): void {
  const missing = () =>
    names.filter(
      (name) =>
        spawnSync("dpkg-query", ["-Wf", "${db:Status-Status}", name], {
          encoding: "utf8",
        }).stdout !== "installed",
    );
  const wanted = missing();
  if (wanted.length === 0) return;
  const install = ["install", "-y", "--no-install-recommends", ...wanted];
  if (process.getuid?.() === 0)
    for (const args of [["update"], install])
      spawnSync("apt-get", args, {
        stdio: "inherit",
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
  if (missing().length > 0)
    throw new Error(
      `This needs Debian with ${wanted.join(", ")}:\n\n  sudo apt-get update && sudo apt-get ${install.join(" ")}\n`,
    );
}
