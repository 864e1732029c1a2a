/** axe-core over a page, by WCAG 2.2 AA and what axe holds to be good practice. */
import axe from "axe-core";
import type { Page } from "./browser.ts";

const TAGS = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "best-practice",
];

/** @returns what is wrong, each rule with the elements that break it */
export async function axeFaults(page: Page): Promise<[string, string[]][]> {
  // By way of the debugger: the page's own policy lets no script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: tags,
      }),
    TAGS,
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
