/** The scripts of embeds by their addresses, without the site's base. */
import { hash } from "node:crypto";
import { element, guest, host } from "virtual:embed-scripts";
import { ELEMENT_SCRIPT, EMBED_CODE, RESIZE_SCRIPT } from "./address.ts";

/**
 * The script of every view. Not a module: a frame without an origin may load one only where the server sends the
 * header that allows it.
 */
export const GUEST_SCRIPT = `${EMBED_CODE}khung.${hash("sha256", guest, "base64url").slice(0, 8)}.js`;

export const scripts: Readonly<Record<string, string>> = {
  [GUEST_SCRIPT]: guest,
  [RESIZE_SCRIPT]: host,
  [ELEMENT_SCRIPT]: element,
};
