import {
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { mirror } from "../../src/build/mirror.ts";
import { emptyFoldersIn, filesIn, temporaryFolder } from "../support/site.ts";

function place() {
  const root = temporaryFolder("mirror");
  const [from, to] = ["built", "served"].map((name) =>
    path.join(root, name),
  ) as [string, string];
  return {
    from,
    to,
    put(file: string, text: string, folder = from) {
      const full = path.join(folder, file);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, text);
    },
    /** Both are alike to the last byte. */
    same() {
      expect(filesIn(to)).toEqual(filesIn(from));
      expect(emptyFoldersIn(to)).toEqual([]);
    },
  };
}

describe("the served folder", () => {
  it("follows the built one: new, changed and removed files, and nothing else", () => {
    const { from, to, put, same } = place();
    put("index.html", "một");
    put("tin-tuc/a/index.html", "a");
    put("_media/a.jpg", "ảnh");
    expect(mirror(from, to)).toBe(3);
    same();
    expect(mirror(from, to)).toBe(0);

    const left = statSync(path.join(to, "_media/a.jpg")).ino;
    put("index.html", "hai");
    rmSync(path.join(from, "tin-tuc"), { recursive: true });
    put("tin-tuc", "một tệp ở chỗ thư mục cũ");
    put("moi/b/index.html", "b");
    expect(mirror(from, to)).toBe(4);
    same();
    expect(statSync(path.join(to, "_media/a.jpg")).ino).toBe(left);

    rmSync(path.join(from, "tin-tuc"));
    put("tin-tuc/c/index.html", "c");
    mirror(from, to);
    same();
  });

  it("is put right whoever changed it, and whatever a killed copy left there", () => {
    const { from, to, put, same } = place();
    put("index.html", "một");
    put("a/index.html", "a");
    mirror(from, to);
    put("index.html", "ai đó sửa", to);
    put("a/.index.html.part", "nửa ch", to);
    put("cua-ai/x.html", "lạ", to);
    rmSync(path.join(to, "a/index.html"));
    mirror(from, to);
    same();
  });

  it("never changes a file that is open: it puts another in its place", () => {
    const { from, to, put, same } = place();
    put("index.html", "một");
    mirror(from, to);
    const before = statSync(path.join(to, "index.html")).ino;
    put("index.html", "hai");
    mirror(from, to);
    same();
    expect(statSync(path.join(to, "index.html")).ino).not.toBe(before);
    expect(readdirSync(to)).toEqual(["index.html"]);
  });

  it("knows a file again by its time, however finely the disk keeps it", () => {
    const { from, to, put } = place();
    for (let file = 0; file < 200; file++) {
      put(`${file}.html`, "chữ");
      const time = 1_795_000_000 + file * 1.000_713_7;
      utimesSync(path.join(from, `${file}.html`), time, time);
    }
    expect(mirror(from, to)).toBe(200);
    expect(mirror(from, to)).toBe(0);
  });
});
