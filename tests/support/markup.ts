/** html-validate as this project uses it: its recommended rules, but those that do not fit, each with its reason. */
import {
  HtmlValidate,
  StaticConfigLoader,
  type ConfigData,
} from "html-validate";

const CONFIG: ConfigData = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // An editor's title may have 110 letters (docs/content.md), and a page's names its list and its site too.
    "long-title": "off",
    // A heading's words make its id («2. Yêu cầu» → 2-yeu-cau). HTML asks only that it has no space.
    "valid-id": ["error", { relaxed: true }],
    // Editors' texts are compiled to HTML as browsers and parsers write it again: checked="".
    "attribute-boolean-style": "off",
    // Ticks of one filter have one name, as HTML means them to.
    "form-dup-name": [
      "error",
      { shared: ["radio", "button", "reset", "submit", "checkbox"] },
    ],
    // The frame that scrolls a wide table is a landmark for the keyboard, and no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};

const validator = new HtmlValidate(new StaticConfigLoader(CONFIG));

/** What is wrong with a page's markup, one line a fault. */
export const markupFaults = (html: string): string[] =>
  validator
    .validateStringSync(html)
    .results.flatMap(({ messages }) =>
      messages.map(
        ({ ruleId, message, selector }) =>
          `${ruleId}: ${message} (${selector ?? "the page"})`,
      ),
    );
