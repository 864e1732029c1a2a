/** The room that shows an entry as it would be on the site. Nothing is saved here. */
import { z } from "zod";
import { deskText } from "../i18n/desk.ts";
import type { Preview } from "../preview/preview.ts";
import { addressOf, hasBody } from "../schema/kinds.ts";
import {
  DOCUMENT_EXTENSIONS,
  fileNamePattern,
  PICTURE_EXTENSIONS,
} from "../schema/values.ts";
import {
  checkWay,
  contentFile,
  entryPlace,
  parseJson,
  Refusal,
} from "./guard.ts";
import { json, type Room } from "./room.ts";

/** Longer than any text that may be published. */
const MAX_BYTES = 2_000_000;

const count = z.int().positive().max(1_000_000_000);
const name = (extensions: readonly string[]) =>
  z.string().max(200).regex(fileNamePattern(extensions));

const request = z.strictObject({
  path: z.string(),
  text: z.string(),
  pictures: z
    .record(
      name(PICTURE_EXTENSIONS),
      z.strictObject({ width: count, height: count }),
    )
    .optional(),
  documents: z.record(name(DOCUMENT_EXTENSIONS), count).optional(),
});

/**
 * Makes the room. It takes a `PreviewRequest` and answers a `PreviewAnswer`.
 *
 * @param contentDir absolute path of the content folder
 */
export const previewRoom = (preview: Preview, contentDir: string): Room => ({
  method: "POST",
  maxBytes: MAX_BYTES,
  async answer({ bytes }) {
    const asked = request.safeParse(parseJson(bytes));
    if (!asked.success) throw new Refusal(400, deskText.badRequest);
    const file = contentFile(asked.data.path);
    const { kind, id, main } = entryPlace(file);
    if (file !== main || !hasBody(kind) || !addressOf(kind, id))
      throw new Refusal(422, deskText.noPage);
    await checkWay(contentDir, file);
    try {
      return json(await preview.ask({ ...asked.data, path: file }));
    } catch (thrown) {
      console.error(thrown);
      throw new Refusal(503, deskText.noPreview);
    }
  },
});
