import { encode } from "uqr";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { qrSvg } from "../../src/press/qr.ts";
import { parseFragment } from "parse5";
import { attribute, elementsOf } from "../support/page.ts";

const ADDRESS =
  "https://guongsang.example/mo-hinh/xom-vi-du-lam-duong-noi-dong/";

/** The modules of a drawn code, as its pixels show them. */
async function modulesOf(svg: string): Promise<boolean[][]> {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)![1]);
  const { data, info } = await sharp(
    Buffer.from(
      svg.replace(
        "<svg",
        `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 4}" height="${size * 4}"`,
      ),
    ),
  )
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const centre = (x: number, y: number) =>
    data[((y * 4 + 2) * info.width + x * 4 + 2) * info.channels]! < 128;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => centre(x, y)),
  );
}

describe("a QR code", () => {
  it("shows the modules of its content, with four light ones around", async () => {
    const { data, size } = encode(ADDRESS, { ecc: "M", border: 4 });
    const drawn = await modulesOf(qrSvg(ADDRESS, "Mã QR"));
    expect(drawn).toEqual(data);
    expect(drawn).toHaveLength(size);
    for (const edge of [0, 1, 2, 3]) {
      expect(drawn[edge]).not.toContain(true);
      expect(drawn.map((row) => row[edge])).not.toContain(true);
    }
  });

  it("is a picture with a name, whatever the name holds, and without styles", () => {
    const label = `Mã "QR" của <b>'bài'</b> & "><script>`;
    const [svg, ...inside] = elementsOf(parseFragment(qrSvg(ADDRESS, label)));
    expect(attribute(svg!, "role")).toBe("img");
    expect(attribute(svg!, "aria-label")).toBe(label);
    expect(inside.map(({ tagName }) => tagName)).toEqual(["path", "path"]);
    expect(qrSvg(ADDRESS, label)).not.toContain("style=");
  });

  it("is small enough to stand in a page", () => {
    expect(qrSvg(ADDRESS, "Mã QR").length).toBeLessThan(4000);
  });
});
