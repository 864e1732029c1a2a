/** Making elements and dialogs of ours. Texts go in as text, never as HTML. */

type Child = Node | string | undefined | false;

const isThere = (child: Child): child is Node | string =>
  child instanceof Node || !!child;

/**
 * An element with attributes and children.
 *
 * @param attributes `true` for those without a value; `false` and nothing are left out
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      made.setAttribute(key, value === true ? "" : value);
  made.append(...children.filter(isThere));
  return made as HTMLElementTagNameMap[Name];
}

/** A button that does something. */
export function button(
  words: string,
  act: () => void,
  attributes: Record<string, string> = {},
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", act);
  return made;
}

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
