/**
 * Files on their way into the repository where no desk makes them sane: a picture is drawn anew by the browser,
 * upright, small and without anything besides its pixels. Documents stay as they are; who looks into those, and
 * at pictures that came another way, is `npm run check -- --files` in the merge request.
 */
import { gitlabText } from "../../src/i18n/gitlab.ts";
import { safeName, shownName } from "../../src/media/name.ts";
import { HEAVY, LONGEST_SIDE } from "../../src/media/sizes.ts";
import { DOCUMENT_EXTENSIONS } from "../../src/schema/values.ts";
import type { Outcome } from "../upload.ts";

const words = gitlabText.upload;
const MOST_MB = 30;

/** Makes a file sane, or says why there is no use for it. */
export async function saneHere(file: File): Promise<Outcome> {
  const ending = DOCUMENT_EXTENSIONS.find((one) =>
    file.name.toLowerCase().endsWith(`.${one}`),
  );
  return ending ? saneDocument(file, `.${ending}`) : sanePicture(file);
}

function saneDocument(file: File, ending: string): Outcome {
  if (file.size > MOST_MB * 1024 * 1024)
    return { refused: words.tooLarge(shownName(file.name), MOST_MB) };
  const name = safeName(file.name, ending, "tai-lieu");
  return { file: new File([file], name, { type: file.type }) };
}

async function sanePicture(file: File): Promise<Outcome> {
  const shown = shownName(file.name);
  if (!/^(?:image\/|$)/.test(file.type))
    return { refused: words.notKept(shown, DOCUMENT_EXTENSIONS.join(", ")) };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { refused: words.notOpened(shown) };
  }
  const scale = Math.min(
    1,
    LONGEST_SIDE / Math.max(picture.width, picture.height),
  );
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const brush = canvas.getContext("2d")!;
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await encode(canvas, brush, file.type);
  const ending = made.type === "image/jpeg" ? ".jpg" : ".png";
  const name = safeName(file.name, ending, "anh");
  return { file: new File([made], name, { type: made.type }) };
}

/** A drawing stays one; a photograph, and whatever would weigh too much, becomes a JPEG. */
async function encode(
  canvas: OffscreenCanvas,
  brush: OffscreenCanvasRenderingContext2D,
  type: string,
): Promise<Blob> {
  const isOpaque = type === "image/jpeg" || isWithoutHoles(brush);
  if (type === "image/png" || !isOpaque) {
    const drawing = await canvas.convertToBlob({ type: "image/png" });
    if (!isOpaque || drawing.size <= HEAVY) return drawing;
  }
  const jpeg = { type: "image/jpeg", quality: 0.85 };
  return withoutProfile(await canvas.convertToBlob(jpeg));
}

const APP2 = 0xe2;
const SOS = 0xda;

/** A JPEG without the colour profile that browsers write into it: it says sRGB, as none does. */
async function withoutProfile(jpeg: Blob): Promise<Blob> {
  const bytes = new DataView(await jpeg.arrayBuffer());
  const kept = [jpeg.slice(0, 2)];
  let at = 2;
  let marker = 0;
  while (marker !== SOS) {
    marker = bytes.getUint8(at + 1);
    const end = at + 2 + bytes.getUint16(at + 2);
    if (marker !== APP2) kept.push(jpeg.slice(at, end));
    at = end;
  }
  return new Blob([...kept, jpeg.slice(at)], { type: jpeg.type });
}

function isWithoutHoles(brush: OffscreenCanvasRenderingContext2D): boolean {
  const { width, height } = brush.canvas;
  const { data } = brush.getImageData(0, 0, width, height);
  for (let at = 3; at < data.length; at += 4)
    if (data[at] !== 255) return false;
  return true;
}
