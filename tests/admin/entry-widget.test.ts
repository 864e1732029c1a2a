/** Entries as editors choose them: known as the content knows them, found with or without marks. */
import { expect, it } from "vitest";
import { choiceOf } from "../../admin/entry-widget.ts";
import type { KindName } from "../../src/schema/kinds.ts";

it.each<[KindName, string, object, boolean, string, string]>([
  [
    "models",
    "content/models/2026/lang-thai-hai/index.mdx",
    { title: "Làng Thái Hải" },
    true,
    "models/lang-thai-hai",
    "Làng Thái Hải (mô hình)",
  ],
  [
    "campaigns",
    "content/campaigns/dai-hoi-xiv/index.mdx",
    { title: "Đợt thi đua" },
    false,
    "dai-hoi-xiv",
    "Đợt thi đua",
  ],
  [
    "communes",
    "content/taxonomy/communes/tan-cuong.yaml",
    { title: "Tân Cương", type: "xa" },
    false,
    "tan-cuong",
    "Xã Tân Cương",
  ],
  [
    "decisions",
    "content/decisions/2025/hc-thu.yaml",
    { recipients: [{ name: "Bà Thử" }] },
    false,
    "hc-thu",
    "Bà Thử (chưa rõ số)",
  ],
  [
    "decisions",
    "content/decisions/2025/hc-thu.yaml",
    { number: "1/QĐ", recipients: [{ name: "Bà Thử" }] },
    false,
    "hc-thu",
    "Bà Thử (1/QĐ)",
  ],
  ["units", "content/taxonomy/units/bao.yaml", {}, false, "bao", "bao"],
])("%s %s", (kind, path, data, isMixed, value, label) => {
  expect(choiceOf(kind, { path, data }, isMixed)).toMatchObject({
    value,
    label,
  });
});

it("finds a commune by its former units too", () => {
  const { words } = choiceOf(
    "communes",
    {
      path: "content/taxonomy/communes/tan-cuong.yaml",
      data: { title: "Tân Cương", type: "xa", formerUnits: ["Xã Thịnh Đức"] },
    },
    false,
  );
  expect(words).toContain("thinh-duc");
  expect(words).toContain("tan-cuong");
});
