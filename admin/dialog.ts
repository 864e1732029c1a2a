/** Dialogs of ours. */

import { element, isThere, type Child } from "../src/browser/element.ts";

/**
 * Opens a dialog over the page and waits until it is closed. The browser keeps the focus inside, closes it
 * by Escape and gives the focus back.
 *
 * @param title its heading, which a screen reader says first
 * @param fill makes what stands below the heading; is given what closes the dialog
 * @param how `mustAnswer` for one that Escape does not close
 */
export function openDialog(
  title: string,
  fill: (close: () => void) => Child[],
  { mustAnswer = false }: { mustAnswer?: boolean } = {},
): Promise<void> {
  const heading = element("h2", { id: "gs-title", tabindex: "-1" }, title);
  const dialog = element("dialog", {
    class: "gs-dialog",
    "aria-labelledby": heading.id,
    closedby: mustAnswer ? "none" : undefined,
  });
  const close = () => dialog.close();
  dialog.append(heading, ...fill(close).filter(isThere));
  document.querySelector(".gs-dialog")?.remove();
  document.body.append(dialog);
  dialog.showModal();
  if (!dialog.querySelector("[autofocus]")) heading.focus();
  if (mustAnswer)
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") event.preventDefault();
    });
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    }),
  );
}
