import { hash } from "node:crypto";

/** 32 hexadecimal digits that stand for some content. */
export const sha256 = (content: string | Uint8Array): string =>
  hash("sha256", content, "hex").slice(0, 32);
