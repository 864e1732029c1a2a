/** Telling what is wrong with an entry: each problem by its field, what was found, what to do, and the way there. */
import { button, element } from "../src/browser/element.ts";
import { adminText } from "../src/i18n/admin.ts";
import type { Finding } from "../src/schema/problem.ts";
import { openDialog } from "./dialog.ts";

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
  // A block's field is inside the body.
  const place =
    (label && controlOf(label)) ||
    (line ? controlOf(adminText.body) : undefined);
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
    place && wayTo(place, close),
  );
}

/** The label of a field, or of the group it is folded in. */
function controlOf(label: string): HTMLElement | undefined {
  const [outer = ""] = label.split(" › ");
  const wanted = outer.replace(/ \(\d+\)$/, "");
  return [...document.querySelectorAll<HTMLElement>("#nc-root label")].find(
    (one) => wordsOf(one) === wanted,
  );
}

/** A label's words without what Decap adds to them. */
const wordsOf = (label: HTMLElement): string =>
  (label.textContent ?? "").replace(/\s*\([^()]*\)$/, "").trim();

function showControl(place: HTMLElement): void {
  place.scrollIntoView({ block: "center" });
  const control =
    document.getElementById(place.getAttribute("for") ?? "") ??
    place
      .closest("[aria-label]")
      ?.querySelector<HTMLElement>(
        "input, textarea, button, [contenteditable='true']",
      );
  control?.focus({ preventScroll: true });
}

/** The red lines above Decap's controls: what it found by itself, before the judge is asked. */
const RED_LINES = "#nc-root [aria-label] > div:first-child > label + ul > li";

/**
 * Tells of what Decap found wrong by itself. It only puts red lines above the fields, often out of sight.
 *
 * @returns nothing when there is no such line
 */
export function tellRedLines(): Promise<void> | undefined {
  const lines = [...document.querySelectorAll<HTMLElement>(RED_LINES)];
  if (lines.length === 0) return undefined;
  return openDialog(text.formTitle, (close) => [
    element("p", {}, text.formLead),
    element(
      "ol",
      { class: "gs-problems" },
      ...lines.map((line) =>
        element(
          "li",
          {},
          element("p", {}, line.textContent),
          wayTo(line.closest("div")!.querySelector("label")!, close),
        ),
      ),
    ),
    element("div", { class: "gs-actions" }, button(text.close, close)),
  ]);
}

/** A button that closes the dialog and goes to a field. */
const wayTo = (place: HTMLElement, close: () => void): HTMLButtonElement =>
  button(text.goThere, () => {
    close();
    // The browser gives the focus back to where it was; after that it is ours.
    setTimeout(() => showControl(place));
  });
