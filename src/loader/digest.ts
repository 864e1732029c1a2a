import { createHash } from "node:crypto";

/** 32 hexadecimal digits that stand for some content. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 32);
