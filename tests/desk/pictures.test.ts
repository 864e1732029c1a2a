/** What editors upload, and what attackers would, at the real desk over HTTP. */
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { archive, PDF, WORD } from "../media/archives.ts";
import {
  claimingPng,
  exifBlock,
  grain,
  halves,
  SECRETS,
  withSegments,
  xmpPacket,
} from "../media/originals.ts";
import { asset, Editor, picture, Place, startDesk, text } from "./place.ts";

async function start() {
  const place = new Place();
  const origin = await startDesk(place);
  const upload = (
    bytes: Uint8Array,
    name: string,
    headers: Record<string, string> = {},
  ) =>
    fetch(
      `${origin}/admin/api/pictures?${new URLSearchParams({ name }).toString()}`,
      {
        method: "POST",
        headers: {
          Origin: origin,
          "Content-Type": "application/octet-stream",
          ...headers,
        },
        body: new Uint8Array(bytes),
      },
    );
  return { place, origin, upload, editor: new Editor(origin) };
}

const photo = async () =>
  withSegments(await grain(1200, 800).jpeg({ quality: 95 }).toBuffer(), {
    exif: exifBlock({ orientation: 6 }),
    xmp: xmpPacket("<dc:creator>Bà Đào</dc:creator>"),
  });

/** What must not land: each with a name it might be let in by, and a word that would give it away. */
const SCRIPT = "<script>alert(1)</script>";
const png = await halves(30, 20).png().toBuffer();
const HOSTILE: [what: string, name: string, bytes: Buffer][] = [
  ["SVG", "a.jpg", Buffer.from(`<svg xmlns="x">${SCRIPT}</svg>`)],
  ["HTML", "a.png", Buffer.from(`<!doctype html>${SCRIPT}`)],
  ["a script", "a.webp", Buffer.from("alert(1)")],
  ["HTML posing", "a.jpg", Buffer.from(`\xff\xd8\xff${SCRIPT}`, "latin1")],
  ["GIF and Java", "a.jpg", Buffer.from(`GIF89a${SCRIPT}PK\x03\x04`)],
  ["a bomb", "a.png", claimingPng(60_000, 60_000)],
  ["a cut picture", "a.png", png.subarray(0, 60)],
  ["nothing", "a.jpg", Buffer.alloc(0)],
  ["PDF as a picture", "a.jpg", PDF],
  ["HTML as PDF", "a.pdf", Buffer.from(SCRIPT)],
  [
    "macros",
    "a.docx",
    archive([...WORD, { name: "vbaProject.bin", content: "x" }]),
  ],
];

describe("the pictures' room", () => {
  it("answers the sane original, and twice the same", async () => {
    const { upload } = await start();
    const response = await upload(
      await photo(),
      "Bà Đào gieo chữ.JPG".normalize("NFD"),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("x-file-name")).toBe("ba-dao-gieo-chu.jpg");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({
      width: 800,
      height: 1200,
    });
    for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes("Bà Đào")).toBe(true);
    const again = await upload(bytes, "ba-dao-gieo-chu.jpg");
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("answers a document as it is", async () => {
    const { upload } = await start();
    const response = await upload(PDF, "Kế hoạch.pdf");
    expect(response.headers.get("x-file-name")).toBe("ke-hoach.pdf");
    expect(response.headers.get("content-type")).toBe(
      "application/octet-stream",
    );
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
  });

  it.each(HOSTILE)("refuses %s, in words", async (_, name, bytes) => {
    const { upload } = await start();
    const response = await upload(bytes, name);
    expect(response.status).toBe(422);
    const { error } = (await response.json()) as { error: string };
    expect(error).toContain(`«${name}»`);
    expect(error).toMatch(/\.$/);
  });

  it("makes ten at a time and loses none", async () => {
    const { upload } = await start();
    const given = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        halves(300 + at, 200)
          .jpeg()
          .withMetadata()
          .toBuffer(),
      ),
    );
    const answers = await Promise.all(
      given.map(async (bytes, at) => {
        const response = await upload(at % 3 ? bytes : bytes.subarray(9), "a");
        return at % 3
          ? (await sharp(await response.arrayBuffer()).metadata()).width
          : response.status;
      }),
    );
    expect(answers).toEqual([422, 301, 302, 422, 304, 305, 422, 307, 308, 422]);
  });

  it("takes nothing from elsewhere, nor as a form, nor too much", async () => {
    const { upload } = await start();
    const status = async (headers: Record<string, string>) =>
      (await upload(png, "a.png", headers)).status;
    expect(await status({ Origin: "http://evil.example" })).toBe(403);
    expect(await status({ "Sec-Fetch-Site": "cross-site" })).toBe(403);
    expect(await status({ "Content-Type": "text/plain" })).toBe(415);
    expect(await status({ "Content-Type": "image/png" })).toBe(415);
    expect((await upload(Buffer.alloc(65_000_000), "a.png")).status).toBe(413);
    const heavy = await upload(Buffer.alloc(31 * 1024 * 1024, png), "a.png");
    expect(heavy.status).toBe(422);
    expect(((await heavy.json()) as { error: string }).error).toContain(
      "30 MB",
    );
  });
});

const saves = {
  "with an entry": (editor: Editor, file: object) =>
    editor.save("moi", text("Mới"), { assets: [file] }),
  "with a published entry": (editor: Editor, file: object) =>
    editor.save("moi", text("Mới"), { assets: [file], useWorkflow: false }),
  "by itself": (editor: Editor, file: object) =>
    editor.ask("persistMedia", { asset: file }),
};

/** Every file that any branch holds or ever held, by its content. */
const everything = (place: Place): string =>
  place.git("cat-file", "--batch", "--batch-all-objects", "--unordered");

describe("what is saved", () => {
  it.each(Object.entries(saves))(
    "%s is no hostile file",
    async (where, save) => {
      const { place, editor } = await start();
      const slug = where === "by itself" ? "mot" : "moi";
      for (const [what, name, bytes] of HOSTILE) {
        const given = {
          ...asset(slug, name),
          content: bytes.toString("base64"),
        };
        const { status, json } = await save(editor, given);
        expect(status, what).toBe(422);
        expect(json.error, what).toContain(name);
      }
      expect(everything(place)).not.toContain("alert(1)");
      expect(place.git("for-each-ref", "refs/heads/cms")).toBe("");
      expect(place.git("rev-list", "--count", "main")).toBe("1");
    },
  );

  it("is sane, whoever sends it", async () => {
    const { place, editor } = await start();
    const content = (await photo()).toString("base64");
    const given = { ...asset("moi", "anh.jpg"), content };
    const saved = await editor.save("moi", text("Mới"), {
      assets: [given],
      useWorkflow: false,
    });
    expect(saved.status).toBe(200);
    const kept = place.bytes("news/2026/moi/anh.jpg");
    expect(await sharp(kept).metadata()).toMatchObject({
      width: 800,
      height: 1200,
    });
    expect(everything(place)).not.toContain(SECRETS[0]);
  });

  it("keeps a sane picture's bytes", async () => {
    const { place, editor } = await start();
    await editor.ask("persistMedia", { asset: asset("mot", "a.jpeg", "a") });
    expect(place.bytes("news/2026/mot/a.jpeg")).toEqual(picture("a"));
  });

  it("has the ending of its type, known or not", async () => {
    const { editor, upload } = await start();
    await upload(png, "a.png");
    const given = { ...asset("mot", "a.jpg"), content: png.toString("base64") };
    const { status, json } = await editor.ask("persistMedia", { asset: given });
    expect(status).toBe(422);
    expect(json.error).toContain("«a.png»");
  });
});
