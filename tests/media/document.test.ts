import { describe, expect, it } from "vitest";
import { saneDocument } from "../../src/media/document.ts";
import { archive, EXCEL, ODS, ODT, PDF, WORD } from "./archives.ts";

describe("documents that are what they say", () => {
  it.each([
    ["Kế hoạch số 141.PDF", PDF, "ke-hoach-so-141.pdf"],
    ["Dự toán.docx".normalize("NFD"), archive(WORD), "du-toan.docx"],
    ["du-toan.xlsx", archive(EXCEL), "du-toan.xlsx"],
    ["a.odt", archive(ODT), "a.odt"],
    ["📄.ods", archive(ODS), "tai-lieu.ods"],
    ["nul.pdf", PDF, "tai-lieu-nul.pdf"],
  ])("%s is kept as it is, under a safe name", async (name, bytes, safe) => {
    expect(await saneDocument(bytes, name)).toEqual({
      ok: true,
      original: { name: safe, bytes },
    });
  });
});

const word = archive(WORD);
/** Half a gigabyte of nothing. */
const zeros = Array.from({ length: 2500 }, () => ({
  name: "word/document.xml",
  content: Buffer.alloc(200_000),
}));

describe("documents that are refused", () => {
  it.each([
    ["a.docx", "document-mislabelled", PDF],
    ["a.pdf", "document-mislabelled", word],
    ["a.xlsx", "document-mislabelled", word],
    ["a.odt", "document-mislabelled", archive(ODS)],
    ["a.pdf", "document-mislabelled", Buffer.from("<html>%PDF-1.7 %%EOF")],
    ["a.docx", "document-mislabelled", Buffer.from("<script>alert(1)")],
    ["a.docx", "document-mislabelled", Buffer.alloc(0)],
    ["a.pdf", "document-unreadable", PDF.subarray(0, -8)],
    ["a.pdf", "document-unreadable", Buffer.concat([PDF, word])],
    ["a.pdf", "document-unreadable", Buffer.concat([PDF, Buffer.from("<a>")])],
    ["a.docx", "document-unreadable", word.subarray(0, -30)],
    ["a.docx", "document-unreadable", Buffer.concat([word, Buffer.from("x")])],
    ["a.docx", "document-mislabelled", archive([])],
  ])("%s: %s", async (name, code, bytes) => {
    const made = await saneDocument(bytes, name);
    expect(made).toMatchObject({ ok: false, problem: { code } });
    if (!made.ok) expect(made.problem.found).toContain(`«${name}»`);
  });

  it.each([
    ["a program in a PDF", PDF.toString().replace("/Catalog", "/JavaScript")],
    ["a start in a PDF", PDF.toString().replace("/Catalog", "/Launch")],
  ])("%s", async (_, text) => {
    expect(await saneDocument(Buffer.from(text), "a.pdf")).toMatchObject({
      problem: { code: "document-active" },
    });
  });

  it.each([
    "word/vbaProject.bin",
    "Basic/Standard/Module1.xml",
    "Scripts/python/a.py",
    "word/embeddings/setup.EXE",
    "index.html",
  ])("a document with %s", async (name) => {
    const bytes = archive([...WORD, { name, content: "x" }]);
    expect(await saneDocument(bytes, "a.docx")).toMatchObject({
      problem: { code: "document-active" },
    });
  });

  it.each([
    ["leads out of its folder", { name: "../../etc/passwd", content: "x" }],
    ["is absolute", { name: "/etc/passwd", content: "x" }],
    ["is secret", { name: "a.xml", content: "x", flags: 1 }],
    [
      "is larger than it says",
      { name: "a.xml", content: "x".repeat(9999), size: 9 },
    ],
    ["is smaller than it says", { name: "a.xml", content: "x", size: 9999 }],
    ["is huge", { name: "a.xml", content: "x", size: 300_000_000 }],
  ])("an archive of which a file %s", async (_, file) => {
    expect(
      await saneDocument(archive([...WORD, file]), "a.docx"),
    ).toMatchObject({ problem: { code: "document-unreadable" } });
  });

  it("a bomb: little that becomes much", async () => {
    const bomb = archive([...WORD, ...zeros]);
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await saneDocument(bomb, "a.docx")).toMatchObject({
      problem: { code: "document-unreadable" },
    });
  });

  it("one that weighs more than anybody would load", async () => {
    const heavy = Buffer.concat([PDF, Buffer.alloc(31 * 1024 * 1024)]);
    expect(await saneDocument(heavy, "a.pdf")).toMatchObject({
      problem: { code: "document-too-large" },
    });
  });
});
