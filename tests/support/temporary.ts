/** Folders that go away again. Apart from the tests' own set-up, so that scripts can make content folders too. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const temporary: string[] = [];

/** An empty folder; in a test it goes away when the test file has run. */
export function temporaryFolder(name = "site"): string {
  const folder = mkdtempSync(path.join(tmpdir(), `guong-sang-${name}-`));
  temporary.push(folder);
  return folder;
}

/** Removes every folder that `temporaryFolder` made. */
export function removeTemporary(): void {
  for (const folder of temporary.splice(0))
    rmSync(folder, { recursive: true, force: true });
}
