/** Where an address may lead, by itself and through a parser. */
import { describe, expect, it } from "vitest";
import { addressKind, fileName } from "../../src/mdx/address.ts";
import { checkSource } from "../../src/mdx/compile.ts";
import { ADDRESSES } from "./addresses.ts";

describe("addressKind", () => {
  it.each(ADDRESSES)("%s: %j", (kind, address) => {
    expect(addressKind(address)).toBe(kind);
  });

  it("never takes for harmless what a browser would run or lead away with", () => {
    const base = "https://goc.example/tin-tuc/bai/";
    for (const [, address] of ADDRESSES) {
      const kind = addressKind(address);
      if (kind === "refused" || !URL.canParse(address, base)) continue;
      const { protocol, origin } = new URL(address, base);
      expect(["http:", "https:", "mailto:", "tel:"]).toContain(protocol);
      if (kind !== "outside")
        expect(origin, address).toBe("https://goc.example");
    }
  });
});

/** How an address is written so that Markdown gives it back: in angle brackets, with what would end them escaped. */
const inBrackets = (address: string): string =>
  `<${address.replace(/[\\<>]/g, "\\$&")}>`;
/** Every character as a numbered entity. */
const inEntities = (address: string): string =>
  [...address]
    .map((character) => `&#x${character.codePointAt(0)!.toString(16)};`)
    .join("");

const WAYS: [string, (address: string) => string][] = [
  ["a link", (address) => `[chữ](${inBrackets(address)})`],
  ["a link with a title", (address) => `[chữ](${inBrackets(address)} "Tên")`],
  ["a link in entities", (address) => `[chữ](${inEntities(address)})`],
  ["a definition", (address) => `[chữ][a]\n\n[a]: ${inBrackets(address)}`],
  ["an unused definition", (address) => `Chữ.\n\n[a]: ${inBrackets(address)}`],
  [
    "a note",
    (address) => `Chữ.[^1]\n\n[^1]: Xem [chữ](${inBrackets(address)}).`,
  ],
  [
    "a table",
    (address) =>
      `| a |\n|---|\n| [chữ](${inEntities(address).replaceAll("|", "\\|")}) |`,
  ],
  [
    "a block",
    (address) =>
      `<Callout title="Chú ý">\n[chữ](${inBrackets(address)})\n</Callout>`,
  ],
  [
    "a picture",
    (address) => `![Bà con làm đường](${inEntities(address)} "Nguyễn Văn Thử")`,
  ],
];

/** What a parser gives back as it was written: no line breaks, no NUL, no braces, not empty, no spaces around. */
const WRITABLE = ADDRESSES.filter(
  ([, address]) =>
    !/[\n\r\0{}]/.test(address) && address.trim() === address && address !== "",
);

describe.each(WAYS)("in %s", (_name, write) => {
  it("a refused address is an error with its line, whatever spells it", () => {
    const refused = WRITABLE.filter(([kind]) => kind === "refused");
    expect(refused.length).toBeGreaterThan(60);
    for (const [, address] of refused) {
      const source = `Dòng đầu.\n\n${write(address)}`;
      const { findings, links, documents } = checkSource(source);
      expect(
        findings.some(({ severity }) => severity === "error"),
        source,
      ).toBe(true);
      expect(
        findings.every(({ line }) => line !== undefined && line >= 3),
        source,
      ).toBe(true);
      expect([...links, ...documents], source).toEqual([]);
    }
  });
});

describe.each(WAYS.filter(([name]) => name !== "a picture"))(
  "in %s",
  (_name, write) => {
    it("an accepted address is accepted", () => {
      for (const [kind, address] of WRITABLE) {
        if (kind === "refused" || kind === "file") continue;
        const { findings, links } = checkSource(write(address));
        expect(findings, write(address)).toEqual([]);
        expect(links.length).toBe(kind === "site" ? 1 : 0);
      }
    });
  },
);

describe("autolinks", () => {
  it.each(["https://vidu.example/a", "www.vidu.example", "ten@vidu.example"])(
    "%s is a link by itself",
    (address) =>
      expect(checkSource(`Xem ${address} nhé.`).findings).toEqual([]),
  );

  it.each([
    "<https://vidu.example>",
    "<javascript:alert(1)>",
    "<ten@vidu.example>",
    "<data:text/html,a>",
  ])("%s is told to be written another way", (source) => {
    const [finding] = checkSource(`Chữ.\n\n${source}`).findings;
    expect(finding).toMatchObject({
      severity: "error",
      code: "syntax",
      line: 3,
    });
    expect(finding?.remedy).toContain("[chữ](https://…)");
  });
});

describe("links to files", () => {
  it("lead to documents with plain names", () => {
    const { findings, documents } = checkSource(
      "[a](./ke-hoach-141.pdf)\n[b](bang.xlsx)",
    );
    expect(findings).toEqual([]);
    expect(documents).toEqual([
      { address: "ke-hoach-141.pdf", line: 1 },
      { address: "bang.xlsx", line: 2 },
    ]);
  });

  it.each([
    "trang.html",
    "ảnh.jpg",
    "anh.jpg",
    "Kế-hoạch.pdf",
    "a.exe",
    "a.svg",
    "vidu.example",
  ])("and not to %s", (name) => {
    expect(checkSource(`\n[a](${name})`).findings).toMatchObject([
      { code: "document-type", line: 2 },
    ]);
  });

  it("are named without ./", () => {
    expect(fileName("./a.jpg")).toBe("a.jpg");
    expect(fileName("a.jpg")).toBe("a.jpg");
  });
});
