/** Entries as editors choose them: known as the content knows them, found with or without marks. */
import { expect, it } from "vitest";
import { choiceOf } from "../../admin/entry-widget.ts";
import type { KindName } from "../../src/schema/kinds.ts";

it.each<[KindName, string, object, boolean, string, string]>([
  [
    "models",
    "lang-thai-hai",
    { title: "Làng Thái Hải" },
    true,
    "models/lang-thai-hai",
    "Làng Thái Hải (mô hình)",
  ],
  [
    "campaigns",
    "dai-hoi-xiv",
    { title: "Đợt thi đua" },
    false,
    "dai-hoi-xiv",
    "Đợt thi đua",
  ],
  [
    "communes",
    "tan-cuong",
    { title: "Tân Cương", type: "xa" },
    false,
    "tan-cuong",
    "Xã Tân Cương",
  ],
  [
    "decisions",
    "hc-thu",
    { recipient: "Bà Thử" },
    false,
    "hc-thu",
    "Bà Thử (chưa rõ số)",
  ],
  [
    "decisions",
    "hc-thu",
    { number: "1/QĐ", recipient: "Bà Thử" },
    false,
    "hc-thu",
    "Bà Thử (1/QĐ)",
  ],
  ["units", "bao", {}, false, "bao", "bao"],
])("%s %s", (kind, id, brief, isMixed, value, label) => {
  expect(choiceOf(kind, { id, ...brief }, isMixed)).toMatchObject({
    value,
    label,
  });
});

it("finds a commune by its former units too", () => {
  const { words } = choiceOf(
    "communes",
    {
      id: "tan-cuong",
      title: "Tân Cương",
      type: "xa",
      formerUnits: ["Xã Thịnh Đức"],
    },
    false,
  );
  expect(words).toContain("thinh-duc");
  expect(words).toContain("tan-cuong");
});
