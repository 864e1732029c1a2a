/** The one form of a content file. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { canonicalText } from "../../src/judge/canonical.ts";
import { splitSource } from "../../src/judge/parts.ts";
import { fixFiles } from "../../src/loader/fix.ts";
import { listFiles } from "../../src/loader/files.ts";
import { decodeText } from "../../src/judge/text.ts";
import { parseYaml } from "../../src/judge/yaml.ts";
import { kinds } from "../../src/schema/kinds.ts";
import { skeleton } from "../support/corpus.ts";
import { ROOT } from "../support/site.ts";

const FILE = "news/2026/a/index.mdx";
const canonical = (text: string | Uint8Array, file = FILE) =>
  canonicalText(Buffer.from(text), file, kinds.news.schema);

/** What a file says: its data and its body, without blank lines around. */
function meaningOf(text: string | Uint8Array, file = FILE) {
  const parts = splitSource(decodeText(Buffer.from(text)).text ?? "", file);
  if ("finding" in parts) return undefined;
  const yaml = parseYaml(parts.front);
  return {
    data: "data" in yaml ? yaml.data : yaml.finding.code,
    body: parts.body?.replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, ""),
  };
}

/** Each as it may be written, and as it is written in the end. */
const FORMS: readonly [name: string, text: string, form: string][] = [
  [
    "fields in another order",
    "---\nstatus: draft\ntitle: A\n---\n\nB\n",
    "---\ntitle: A\nstatus: draft\n---\n\nB\n",
  ],
  [
    "fields inside fields",
    "---\ncover: {credit: C, alt: B, src: a.jpg}\n---\n",
    "---\ncover:\n  src: a.jpg\n  alt: B\n  credit: C\n---\n",
  ],
  [
    "unknown fields",
    "---\nzebra: 1\ntitle: A\nalpha: {b: 1, a: 2}\n---\n",
    "---\ntitle: A\nzebra: 1\nalpha:\n  b: 1\n  a: 2\n---\n",
  ],
  [
    "needless quotes",
    '---\ntitle: "A"\nsummary: \'B\'\nbyline: "C: D"\n---\n',
    '---\ntitle: A\nsummary: B\nbyline: "C: D"\n---\n',
  ],
  [
    "folded text",
    "---\nsummary: >\n  A\n  B\ntitle: |-\n  C\n---\n",
    "---\ntitle: C\nsummary: |\n  A B\n---\n",
  ],
  [
    "numbers and texts like numbers",
    '---\neventDate: "2025"\npublishedAt: 2026-11-23T08:00:00+07:00\n---\n',
    '---\npublishedAt: 2026-11-23T08:00:00+07:00\neventDate: "2025"\n---\n',
  ],
  [
    "a byte order mark, CRLF, NFD",
    "\ufeff---\r\ntitle: " + "Tỉnh".normalize("NFD") + "\r\n---\r\n\r\nB\r\n",
    "---\ntitle: Tỉnh\n---\n\nB\n",
  ],
  [
    "blank lines around",
    "---\ntitle: A\n---\n\n\n \n  B\n\n \n\n",
    "---\ntitle: A\n---\n\n  B\n",
  ],
  [
    "no blank line and no end",
    "---\ntitle: A\n---\nB",
    "---\ntitle: A\n---\n\nB\n",
  ],
  ["no body", "---\ntitle: A\n---", "---\ntitle: A\n---\n"],
  [
    "spaces after the dashes",
    "---  \ntitle: A\n---\t\nB",
    "---\ntitle: A\n---\n\nB\n",
  ],
];

/** Files that stay as they are, byte for byte. */
const KEPT: readonly [name: string, text: string][] = [
  ["hard line breaks", "---\ntitle: A\n---\n\nB  \nC\n"],
  [
    "spaces at the end of code",
    "---\ntitle: A\n---\n\n```\nB   \n\t\n   C \n```\n",
  ],
  ["spaces and tabs at the end of lines", "---\ntitle: A\n---\n\nB \nC\t\n"],
  ["indented first line", "---\ntitle: A\n---\n\n    mã\n"],
  ["dashes in the body", "---\ntitle: A\n---\n\n---\n\nB\n\n---\n"],
  [
    "comments in its fields",
    "---\nstatus: draft\n# vì sao\ntitle: 'A'\n---\n\n\nB\n",
  ],
  [
    "a comment after a field",
    "---\nstatus: draft\ntitle: A #vì sao\n---\n\nB\n",
  ],
  ["fields that cannot be read", "---\nstatus: draft\ntitle: A: B\n---\n\nB\n"],
  ["anchors", "---\nstatus: &a draft\ntitle: *a\n---\n"],
  ["a list for fields", "---\n- a\n---\n"],
  ["no fields", "---\n---\n\nB\n"],
  ["no front matter", "B\n"],
  ["an open front matter", "---\ntitle: A\n"],
  ["nothing", ""],
];

describe("a file comes to one form", () => {
  it.each(FORMS)("%s", (_name, text, form) => {
    expect(canonical(text)).toBe(form);
  });

  it.each(KEPT)("%s: left byte for byte", (_name, text) => {
    expect(canonical(text)).toBe(text);
  });

  it("keeps comments, but no byte order mark, CRLF or NFD", () => {
    expect(
      canonical(
        "\ufeff---\r\ntitle: A # " + "chữ".normalize("NFD") + "\r\n---\r\n",
      ),
    ).toBe("---\ntitle: A # chữ\n---\n");
  });

  it("leaves alone what is no text", () => {
    expect(canonical(Uint8Array.of(0xff, 0xd8, 0))).toBeUndefined();
    expect(canonical(Buffer.alloc(2_000_000, "a"))).toBeUndefined();
  });

  it("knows fields alone in a .yaml file", () => {
    expect(
      canonicalText(
        Buffer.from("order: 1\ntitle: 'Sở Ví Dụ'"),
        "taxonomy/units/a.yaml",
        kinds.units.schema,
      ),
    ).toBe("title: Sở Ví Dụ\norder: 1\n");
    expect(
      canonicalText(
        Buffer.from(""),
        "taxonomy/units/a.yaml",
        kinds.units.schema,
      ),
    ).toBe("");
  });

  it("twice is once, and says what it said", () => {
    for (const text of [
      ...FORMS.map(([, given]) => given),
      ...KEPT.map(([, given]) => given),
    ]) {
      const once = canonical(text)!;
      expect(canonical(once)).toBe(once);
      expect(meaningOf(once)).toEqual(meaningOf(text));
    }
  });

  it("twice is once for fields and bodies of any kind", () => {
    const names = [
      "title",
      "zebra",
      "cover",
      "sources",
      "__proto__",
      "a b",
      "constructor",
    ];
    const values = [
      "A",
      "'a: b'",
      '"\\t# \\n"',
      "|\n  a\n\n   b\n",
      "[1, {c: d}]",
      "{src: a.jpg, alt: ' '}",
      "~",
      "1.50",
      "2025-10-08",
      "''",
      ">-\n  a\n\n  b",
    ];
    const bodies = [
      "",
      "B",
      "```\n  c  \n\n```",
      "\n\nB  \n\n",
      "    d",
      "{/* e */}",
      "- f\n\n\n- g",
      "\tB\t",
    ];
    let state = 3;
    const next = (limit: number) =>
      ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 8) %
      limit;
    for (let round = 0; round < 300; round++) {
      const fields = names
        .filter(() => next(2))
        .map((name) => `${name}: ${values[next(values.length)]}`);
      const text = `---\n${fields.join("\n")}\n---\n${bodies[next(bodies.length)]}`;
      const once = canonical(text)!;
      expect(canonical(once), text).toBe(once);
      expect(meaningOf(once), text).toEqual(meaningOf(text));
    }
  });
});

describe("the shipped content", () => {
  const contentDir = path.join(ROOT, "content");
  const { entries } = listFiles(contentDir);
  it("is in canonical form, every file", () => {
    expect(entries.length).toBeGreaterThan(150);
    for (const { kind, file } of entries) {
      const text = readFileSync(path.join(contentDir, file), "utf8");
      expect(
        canonicalText(Buffer.from(text), file, kinds[kind].schema),
        file,
      ).toBe(text);
    }
  });

  it("says the same after its fields were shuffled and put in order again", () => {
    for (const { kind, file } of entries) {
      const text = readFileSync(path.join(contentDir, file), "utf8");
      const parts = splitSource(text, file);
      if ("finding" in parts) throw new Error(file);
      const fields = parts.front
        .split(/\n(?=[^\s-])/)
        .map((field) => field.trimEnd());
      const shuffled = `${fields.toReversed().join("\n")}\n`;
      const written =
        parts.body === undefined
          ? shuffled
          : `---\n${shuffled}---\n${parts.body}`;
      expect(
        canonicalText(Buffer.from(written), file, kinds[kind].schema),
        file,
      ).toBe(text);
    }
  });
});

describe("fixFiles", () => {
  it("rewrites what is asked for and not in canonical form, and nothing else", () => {
    const corpus = skeleton();
    const write = (file: string) =>
      corpus.write(file, "status: valid\nform: bang-khen\n");
    write("decisions/2026/a.yaml");
    write("decisions/2026/b.yaml");
    corpus.write("decisions/2026/c.yaml", "form: bang-khen\nstatus: valid\n");
    corpus.write("decisions/2026/d.yaml", Uint8Array.of(0, 1, 2));
    corpus.write("news/2026/a/a.jpg", Uint8Array.of(0xff, 0xd8));
    const before = statSync(corpus.path("decisions/2026/c.yaml")).ino;
    expect(
      fixFiles(
        corpus.dir,
        (file) =>
          /[a-d]\.yaml$/.test(file) &&
          !file.endsWith("b.yaml") &&
          file.startsWith("decisions/2026/"),
      ),
    ).toEqual(["decisions/2026/a.yaml"]);
    expect(corpus.read("decisions/2026/a.yaml")).toBe(
      "form: bang-khen\nstatus: valid\n",
    );
    expect(corpus.read("decisions/2026/b.yaml")).toBe(
      "status: valid\nform: bang-khen\n",
    );
    expect(statSync(corpus.path("decisions/2026/c.yaml")).ino).toBe(before);
    expect(fixFiles(corpus.dir, (file) => file.endsWith("/a.yaml"))).toEqual(
      [],
    );
  });
});
