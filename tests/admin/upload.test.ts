import { describe, expect, it } from "vitest";
import type { FormField } from "../../admin/fields.ts";
import { formCollections } from "../../admin/forms.ts";
import { freeName } from "../../admin/upload.ts";

describe("a name that is free", () => {
  it.each([
    ["anh.jpg", [], "anh.jpg"],
    ["anh.jpg", ["anh.png", "anh-2.jpg"], "anh.jpg"],
    ["anh.jpg", ["anh.jpg"], "anh-2.jpg"],
    ["anh.jpg", ["anh.jpg", "anh-2.jpg", "anh-3.jpg"], "anh-4.jpg"],
    ["anh-2.jpg", ["anh-2.jpg"], "anh-2-2.jpg"],
  ])("for %s beside %j is %s", (name, taken, free) => {
    expect(freeName(name, new Set(taken))).toBe(free);
  });
});

/** Every field of a form, at any depth. */
const all = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((field) => [field, ...all(field.fields ?? [])]);

describe("forms with a picture or a file", () => {
  it("are those of kinds whose entries have a folder of their own, and each form stores beside its entry", () => {
    const storing = formCollections("content").filter(({ fields, files }) =>
      all(fields ?? files?.flatMap((file) => file.fields) ?? []).some(
        ({ widget }) => widget === "image" || widget === "file",
      ),
    );
    expect(storing.map(({ name }) => name)).toEqual([
      "models",
      "role-models",
      "news",
      "documents",
    ]);
    for (const { media_folder, public_folder, path } of storing) {
      expect([media_folder, public_folder]).toEqual(["", ""]);
      expect(path).toMatch(/\{\{slug\}\}\/index$/);
    }
  });
});
