/** What axe finds wrong with what a browser shows. */
import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** WCAG 2.2 AA, and what is wise besides. */
export const TAGS = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "best-practice",
];

/**
 * Asks axe.
 *
 * @param part what is looked at, as a selector; axe throws when it is not there
 * @returns every element that is at fault, with the rule and what axe says of it
 */
export async function axeFaults(
  page: Page | Frame,
  part = "html",
  options: axe.RunOptions = {},
): Promise<string[]> {
  // By way of the debugger: a page's own policy lets no script in.
  if (!(await page.evaluate(() => "axe" in window)))
    await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ({ part, asked }) =>
      (Reflect.get(window, "axe") as typeof axe).run(part, asked),
    { part, asked: { ...options, resultTypes: ["violations" as const] } },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`,
    ),
  );
}
