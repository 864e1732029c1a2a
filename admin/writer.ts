/** Who writes: what a proxy before the desk says, else what the editor says once and this browser remembers. */
import { element } from "../src/browser/element.ts";
import type { Writer } from "../src/desk/client.ts";
import { adminText } from "../src/i18n/admin.ts";
import { openDialog } from "./dialog.ts";

const KEY = "guong-sang-writer";
const text = adminText.writer;

/** What the desk holds a name and an address for: anything else it would refuse. */
const NAME = String.raw`[^<>]*\p{L}[^<>]*`;
const MAIL = String.raw`[^\s<>@]+@[^\s<>@]+`;

/** Who this browser remembers. */
export function remembered(): Writer | undefined {
  try {
    const { name, mail } = JSON.parse(
      localStorage.getItem(KEY) ?? "",
    ) as Partial<Writer>;
    return name && mail ? { name, mail } : undefined;
  } catch {
    return undefined;
  }
}

/** Asks who writes and remembers it. Somebody who has answered before may leave it as it is. */
export async function askWriter(): Promise<void> {
  const known = remembered();
  const input = (
    name: keyof Writer,
    label: string,
    hint: string,
    rules: Record<string, string>,
  ) => [
    element("label", { for: `gs-${name}` }, label),
    element("p", { id: `gs-${name}-hint`, class: "gs-hint" }, hint),
    element("input", {
      id: `gs-${name}`,
      name,
      required: true,
      "aria-describedby": `gs-${name}-hint`,
      value: known?.[name],
      ...rules,
    }),
  ];
  await openDialog(
    text.title,
    (close) => {
      const form = element(
        "form",
        { method: "dialog" },
        element("p", {}, text.why),
        ...input("name", text.name, text.nameHint, {
          autocomplete: "name",
          maxlength: "100",
          pattern: NAME,
          title: text.nameHint,
          autofocus: "",
        }),
        ...input("mail", text.mail, text.mailHint, {
          type: "email",
          autocomplete: "email",
          maxlength: "200",
          pattern: MAIL,
          title: text.mailHint,
        }),
        element(
          "div",
          { class: "gs-actions" },
          element("button", { type: "submit" }, text.done),
        ),
      );
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const given = new FormData(form);
        const [name, mail] = ["name", "mail"].map((key) =>
          String(given.get(key)).normalize("NFC").trim(),
        );
        localStorage.setItem(KEY, JSON.stringify({ name, mail }));
        close();
      });
      return [form];
    },
    { mustAnswer: !known },
  );
}

/** Forgets who writes in this browser. */
export const forgetWriter = (): void => localStorage.removeItem(KEY);
