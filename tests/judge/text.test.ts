/** Bytes to clean text. */
import { describe, expect, it } from "vitest";
import { decodeText, lineOf, sizeFinding } from "../../src/judge/text.ts";
import { expectVietnamese } from "../schema/language.ts";

const decode = (text: string | Uint8Array) =>
  decodeText(typeof text === "string" ? Buffer.from(text) : text);
const codes = (text: string | Uint8Array) =>
  decode(text).findings.map((finding) => {
    expectVietnamese(finding);
    return `${finding.code} ${finding.severity}${finding.line ? ` ${finding.line}` : ""}`;
  });

describe("what is not canonical is read all the same", () => {
  it.each<[string, string, string, string[]]>([
    ["clean text", "Thái Nguyên\n", "Thái Nguyên\n", []],
    ["a byte order mark", "\ufeffa\n", "a\n", ["bom warning"]],
    ["Windows line ends", "a\r\nb\r\n", "a\nb\n", ["crlf warning"]],
    ["old Mac line ends", "a\rb", "a\nb", ["crlf warning"]],
    [
      "letters taken apart",
      "a\nb\n" + "Thái Nguyên".normalize("NFD"),
      "a\nb\nThái Nguyên",
      ["nfd warning 3"],
    ],
    [
      "all of it",
      "\ufeff" + "Tỉnh\r\n".normalize("NFD"),
      "Tỉnh\n",
      ["bom warning", "crlf warning", "nfd warning 1"],
    ],
    [
      "signs that nobody sees",
      "a\nThái\u200b \u202eNguyên\u2066 👩\u200d🌾\n",
      "a\nThái Nguyên 👩\u200d🌾\n",
      ["hidden warning 2"],
    ],
    ["nothing", "", "", []],
  ])("%s", (_name, given, text, told) => {
    expect(decode(given).text).toBe(text);
    expect(codes(given)).toEqual(told);
    expect(decode(given).findings.every(({ fixable }) => fixable)).toBe(true);
  });
});

describe("what is no text is refused", () => {
  it.each<[string, Uint8Array]>([
    ["a picture", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ["bytes that are not UTF-8", Uint8Array.of(0x54, 0x68, 0xb8, 0x69)],
    ["half a surrogate pair", Uint8Array.of(0xed, 0xa0, 0x80)],
    ["a cut letter", Buffer.from("ấ").subarray(0, 2)],
    ["UTF-16", Buffer.from("\ufeffThái Nguyên", "utf16le")],
    ["a NUL", Buffer.from("a\0b")],
    ["an archive", Buffer.from("PK\u0003\u0004\u0000\u0000", "latin1")],
  ])("%s", (_name, bytes) => {
    expect(decode(bytes).text).toBeUndefined();
    expect(codes(bytes)).toEqual(["not-text error"]);
  });

  it("5 MB", () => {
    const bytes = Buffer.alloc(5_000_000, "a");
    expect(decode(bytes).text).toBeUndefined();
    expect(codes(bytes)).toEqual(["file-too-large error"]);
    expect(decode(bytes).findings[0]?.found).toBe("tệp nặng 5,0 MB");
    expect(sizeFinding(1_000_000)).toBeUndefined();
    expect(sizeFinding(1_000_001)?.code).toBe("file-too-large");
  });
});

describe("text typed for old fonts", () => {
  it.each([
    ["TCVN3", "Th¸i Nguyªn", "Th¸i Nguyªn"],
    ["TCVN3", "®ång bµo c¸c d©n téc", "®ång bµo"],
    ["TCVN3", "Bµ con x· VÝ Dô lµm ®­êng", "Bµ con"],
    ["TCVN3", "Héi N«ng d©n tØnh; ®oµn thÓ", "d©n tØnh;"],
    ["VNI", "Thaùi Nguyeân", "Thaùi Nguyeân"],
    ["VNI", "ñoàng baøo caùc daân toäc", "ñoàng baøo"],
    ["VNI", "THAÙI NGUYEÂN", "THAÙI NGUYEÂN"],
    ["VNI", "Baø con laøm ñöôøng", "Baø con"],
    ["VNI", "Ngöôøi toát vieäc toát", "Ngöôøi toát"],
  ])("%s: %s", (name, text, sample) => {
    const { findings } = decode(`Dòng đầu là chữ thường.\n\n${text}.\n`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      code: "legacy-font",
      severity: "error",
      line: 3,
    });
    expect(findings[0]!.found).toContain(name);
    expect(findings[0]!.found).toContain(`«${sample}`);
    expect(findings[0]!.found).not.toContain("\n");
    expectVietnamese(findings[0]!);
  });

  it.each([
    "Xã Ví Dụ đổ bê tông đường nội đồng; bà con hoà thuận, toà nhà, khoẻ, thuý, quý, huỳnh, nguỵ.",
    "Ấ Ầ Ẩ Ẫ Ậ Ắ Ằ Ẳ Ẵ Ặ Ế Ề Ể Ễ Ệ Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ứ Ừ Ử Ữ Ự Ý Ỳ Ỷ Ỹ Ỵ Đ",
    "São Paulo, João, Müller, Señor Muñoz, España, El Niño, La Niña, Curaçao, Ålesund, Malmö, Köln.",
    "Naïve café, maïs, égoïste, août, goûter, coûter, où, Loïc, Anaïs, Zaïre, Noël, crème brûlée.",
    "Schön, können, Björn, Jönköping, Göteborg, Sørensen, Bodø, Færøerne.",
    "Pepsi® và Coca-Cola®, Honda®; © 2025 Báo Ví Dụ; Microsoft© và Apple©.",
    "Diện tích 12 m², 5 m³, 1½ ngày, ¼ số hộ, 10 µm, 20 µg/m³, 37 °C, 1ª, 2º, 50¢, 3 × 4, ±5.",
    "Luật¹ và Nghị định¹ đã ghi; xem chú thích² ở dưới.",
    "Nguyễn Văn Thử (Nguyen Van Thu), TP. Thái Nguyên – “Gương sáng” …",
    "https://vidu.example/t%C3%ACm?q=%E1%BA%A5",
    "",
  ])("is not seen in %j", (text) => {
    expect(codes(`${text}\n\n${text}\n`)).toEqual([]);
  });
});

describe("lineOf", () => {
  it("counts from one", () => {
    expect([0, 1, 2, 3].map((index) => lineOf("a\n\nb", index))).toEqual([
      1, 1, 2, 3,
    ]);
  });
});
