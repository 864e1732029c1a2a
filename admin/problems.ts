/** Telling what is wrong with an entry: each problem by its field, what was found, what to do, and the way there. */
import { adminText } from "../src/i18n/admin.ts";
import type { Finding } from "../src/schema/problem.ts";
import { button, element, openDialog } from "./dom.ts";

const text = adminText.save;

/**
 * Opens a dialog with problems.
 *
 * @param lead what it means for the editor, before the list
 * @param source the entry's text that the problems' lines are of, where it is known
 */
export function tellProblems(
  title: string,
  lead: string,
  findings: readonly Finding[],
  source = "",
): Promise<void> {
  const lines = source.split("\n");
  return openDialog(title, (close) => [
    element("p", {}, lead),
    findings.length > 0 &&
      element(
        "ol",
        { class: "gs-problems" },
        ...findings.map((finding) => problem(finding, lines, close)),
      ),
    element("div", { class: "gs-actions" }, button(text.close, close)),
  ]);
}

function problem(
  { field, found, remedy, line = 0 }: Finding,
  lines: readonly string[],
  close: () => void,
): HTMLLIElement {
  // What has a line and no field stands in the body.
  const label = field ?? (line ? adminText.body : undefined);
  const place = label && controlOf(label);
  const quote = field ? "" : (lines[line - 1] ?? "").trim();
  return element(
    "li",
    {},
    element(
      "p",
      {},
      label && element("strong", {}, label),
      label && ": ",
      `${found}.`,
    ),
    quote !== "" && element("blockquote", {}, quote.slice(0, 120)),
    element("p", {}, remedy),
    place &&
      button(text.goThere, () => {
        close();
        // The browser gives the focus back to where it was; then it is ours.
        setTimeout(() => showControl(place));
      }),
  );
}

/** The control of a field by its label: that of its group, where it is inside one that is folded. */
function controlOf(label: string): HTMLElement | undefined {
  const [outer = ""] = label.split(" › ");
  const wanted = outer.replace(/ \(\d+\)$/, "");
  const found = [
    ...document.querySelectorAll<HTMLLabelElement>("#nc-root label"),
  ].find((one) => ownText(one) === wanted);
  return found;
}

/** A label's words without what Decap adds to them. */
const ownText = (label: HTMLLabelElement): string =>
  (label.textContent ?? "").replace(/\s*\([^()]*\)$/, "").trim();

function showControl(label: HTMLElement): void {
  label.scrollIntoView({ block: "start" });
  const control =
    document.getElementById(label.getAttribute("for") ?? "") ??
    label.parentElement?.querySelector<HTMLElement>(
      "input, textarea, button, [contenteditable='true']",
    );
  control?.focus({ preventScroll: true });
}
