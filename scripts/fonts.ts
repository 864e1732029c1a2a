/**
 * Makes the site's fonts from the full ones: one small file a face, with the letters that Vietnamese text
 * needs. Run by hand when the fonts or the letters change: `npm run fonts`. What it makes is committed;
 * tests/fonts.test.ts says when it is not what this script makes.
 *
 * The full fonts come from packages that hold whole files: the usual ones are cut into one file for Latin
 * and one for Vietnamese, which costs a reader a second request for every face.
 */
import { readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";
import { HEAD_LETTERS, LETTERS, TEXT_LETTERS } from "../src/fonts/letters.ts";

const PACKAGES = "node_modules/@expo-google-fonts";
export const FACES = {
  "newsreader-600": `${PACKAGES}/newsreader/600SemiBold/Newsreader_600SemiBold.ttf`,
  "be-vietnam-pro-400": `${PACKAGES}/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf`,
  "be-vietnam-pro-600": `${PACKAGES}/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf`,
} as const;

/**
 * One face in the form a page loads (woff2) and the form a picture is drawn with (truetype). A letter that
 * the full font lacks is left out; tests/fonts.test.ts says so.
 */
export async function face(
  name: keyof typeof FACES,
): Promise<{ woff2: Uint8Array; truetype: Uint8Array }> {
  const full = readFileSync(FACES[name]);
  const letters = name === "be-vietnam-pro-400" ? TEXT_LETTERS : HEAD_LETTERS;
  // Every kilobyte is waited for on a mountain: hints, which screens of today need none of, were half of the
  // bytes, and kerning a third of the rest.
  const page = { noHinting: true, keepFeatures: [] };
  const picture = {
    noHinting: true,
    keepFeatures: ["ccmp", "kern", "mark", "mkmk"],
  };
  return {
    woff2: await subsetFont(full, letters, { targetFormat: "woff2", ...page }),
    truetype: await subsetFont(full, LETTERS, {
      targetFormat: "truetype",
      ...picture,
    }),
  };
}

if (import.meta.main)
  for (const name of Object.keys(FACES) as (keyof typeof FACES)[]) {
    const { woff2, truetype } = await face(name);
    writeFileSync(`src/fonts/${name}.woff2`, woff2);
    writeFileSync(`src/fonts/${name}.ttf`, truetype);
    console.log(`${name}: ${woff2.length} B`);
  }
