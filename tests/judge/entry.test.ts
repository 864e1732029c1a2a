/** An entry between its file and the form: what is left alone keeps its bytes. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { entryText, openEntry } from "../../admin/entry.ts";
import { judge } from "../../admin/judge.ts";
import { canonicalText } from "../../src/judge/canonical.ts";
import { listFiles } from "../../src/loader/files.ts";
import { kinds } from "../../src/schema/kinds.ts";
import { story } from "../support/content.ts";
import { ROOT } from "../support/site.ts";

const contentDir = path.join(ROOT, "content");
const shipped = listFiles(contentDir).entries.map((entry) => ({
  ...entry,
  text: readFileSync(path.join(contentDir, entry.file), "utf8"),
}));

const PLACE = { kind: "news", file: "news/2026/a/index.mdx" } as const;
const ODD = `---
# Ghi chú đầu
status: draft
title: 'Một  tin'

# về tóm tắt
summary: >
  Hai
  dòng
communes: [xa-mot]
---


Chữ *một*.

* hai
`;

describe("an untouched entry", () => {
  it("is the same file, every one that is shipped", () => {
    for (const { kind, file, text } of shipped) {
      const opened = openEntry(text, file)!;
      expect(entryText({ kind, file }, opened, text), file).toBe(text);
    }
  });

  it.each([
    ["in another form", ODD],
    ["with Windows' line ends", ODD.replaceAll("\n", "\r\n")],
    ["in NFD", ODD.normalize("NFD")],
    ["without a body", "---\ntitle: A\n---"],
  ])("is the same file %s", (_name, text) => {
    expect(entryText(PLACE, openEntry(text, PLACE.file)!, text)).toBe(text);
  });

  it("is the same when the form fills in what is empty, or goes without saying", () => {
    const { fields, body } = openEntry(ODD, PLACE.file)!;
    const filled = {
      ...fields,
      showsChildren: false,
      related: [],
      cover: { src: "", alt: "" },
      byline: "",
      publishedAt: null,
    };
    expect(entryText(PLACE, { fields: filled, body }, ODD)).toBe(ODD);
  });
});

describe("a changed field", () => {
  it("changes its own lines, in every shipped file and field", () => {
    for (const { kind, file, text } of shipped.slice(0, 60)) {
      const { fields, body } = openEntry(text, file)!;
      for (const name of Object.keys(fields)) {
        if (typeof fields[name] !== "string") continue;
        const changed = { ...fields, [name]: "Chữ mới: khác" };
        const saved = entryText(
          { kind, file },
          { fields: changed, body },
          text,
        );
        expect(openEntry(saved, file)).toEqual({ fields: changed, body });
        expect(
          canonicalText(Buffer.from(saved), file, kinds[kind].schema),
        ).toBe(saved);
        const line = `${name}: "Chữ mới: khác"`;
        const without = (of: string) =>
          of.split("\n").filter((each) => !each.startsWith(`${name}:`));
        expect(saved).toContain(line);
        if (
          !/^[|>]/m.test(String(fields[name])) &&
          !String(fields[name]).includes("\n")
        )
          expect(without(saved)).toEqual(without(text));
      }
    }
  });

  it("leaves others as they were written, comments too", () => {
    const { fields, body } = openEntry(ODD, PLACE.file)!;
    expect(
      entryText(PLACE, { fields: { ...fields, summary: "Ba" }, body }, ODD),
    ).toBe(
      `${ODD.slice(0, ODD.indexOf("\n# về"))}summary: Ba\ncommunes: [xa-mot]\n---\n\nChữ *một*.\n\n* hai\n`,
    );
  });

  it("that is new stands where the schema has it; one that is emptied goes", () => {
    const text = "---\ntitle: A\nstatus: draft\n---\n\nB\n";
    expect(
      entryText(
        PLACE,
        { fields: { title: "A", summary: "C ", status: "" }, body: "B" },
        text,
      ),
    ).toBe("---\ntitle: A\nsummary: C\n---\n\nB\n");
  });

  it("and a changed body leave the other alone", () => {
    const { fields } = openEntry(ODD, PLACE.file)!;
    const saved = entryText(PLACE, { fields, body: "Chữ {mới}" }, ODD);
    expect(saved).toBe(
      `${ODD.slice(0, ODD.indexOf("---\n\n\n"))}---\n\nChữ \\{mới\\}\n`,
    );
  });
});

describe("a new entry", () => {
  it("has the canonical form", () => {
    const fields = {
      status: "draft",
      title: " Tỉnh\u00a0".normalize("NFD"),
      sources: [{ url: "https://a.example", publisher: "Báo" }, {}],
      gallery: [],
    };
    const saved = entryText(PLACE, { fields, body: "* a {b}\n" });
    expect(saved).toBe(
      "---\ntitle: Tỉnh\nstatus: draft\nsources:\n  - publisher: Báo\n    url: https://a.example\n---\n\n- a \\{b\\}\n",
    );
    expect(
      canonicalText(Buffer.from(saved), PLACE.file, kinds.news.schema),
    ).toBe(saved);
  });

  it("of a kind that has a body has its marks, however little is written", () => {
    expect(entryText(PLACE, { fields: { title: "A" } })).toBe(
      "---\ntitle: A\n---\n",
    );
  });

  it("has no part of which the form holds defaults alone", () => {
    const blank = { src: "", alt: "", licence: "all-rights" };
    const text = entryText(PLACE, {
      fields: { title: "Tin", cover: blank, gallery: [blank], sources: [{}] },
      body: "Chữ.",
    });
    expect(text).toBe("---\ntitle: Tin\n---\n\nChữ.\n");
    const begun = { ...blank, alt: "Bà con họp" };
    expect(
      entryText(PLACE, { fields: { gallery: [blank, begun] }, body: "" }),
    ).toBe(
      "---\ngallery:\n  - alt: Bà con họp\n    licence: all-rights\n---\n",
    );
  });

  it("without a body is YAML alone", () => {
    expect(
      entryText(
        { kind: "units", file: "taxonomy/units/a.yaml" },
        { fields: { order: 1, title: "Sở" } },
      ),
    ).toBe("title: Sở\norder: 1\n");
  });
});

describe("the judge in the browser", () => {
  const around = {
    exists: (kind: string, id: string) => `${kind}/${id}` === "communes/xa-mot",
  };
  const codes = (text: string, beside?: readonly string[]) =>
    judge({ ...PLACE, text, ...(beside ? { beside } : {}) }, around)
      .findings.filter(({ severity }) => severity === "error")
      .map(({ line, code, field }) => `${line} ${code} ${field ?? ""}`.trim());

  it("accepts what is shipped", () => {
    for (const { kind, file, text, beside } of shipped)
      expect(
        judge(
          { kind, file, text, beside },
          { exists: () => true },
        ).findings.filter(({ severity }) => severity === "error"),
        file,
      ).toEqual([]);
  });

  it("tells of a field, a text, a file and another entry, each with its line", () => {
    const text = story(
      { title: undefined, communes: ["xa-mot", "xa-hai"] },
      "Chữ {a}\n\n[b](b.pdf)",
    );
    const at = (words: string) =>
      text.slice(0, text.indexOf(words)).split("\n").length;
    expect(codes(text, []).sort()).toEqual(
      [
        `${at("---\n\nChữ") + 2} code-expression`,
        "2 missing Tiêu đề",
        `${at("[b]")} file-missing`,
        `${at("- xa-hai")} relation Xã, phường (2)`,
      ].sort(),
    );
  });

  it("says nothing of files when it does not know them", () => {
    expect(codes(story({}, "[b](b.pdf)"))).toEqual([]);
  });

  it("refuses what is no text", () => {
    expect(codes(story({}, "a\0b"))).toEqual(["undefined not-text"]);
  });
});
