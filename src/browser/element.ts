/** Making elements. Texts go in as text, never as HTML. */

export type Child = Node | string | undefined | false;

/** Whether a child is one, not a condition that did not hold. */
export const isThere = (child: Child): child is Node | string =>
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
  return made;
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
