/** The part of CBOR (RFC 8949) that Pagefind writes its index in: numbers, texts and arrays. */

export type Cbor = number | string | Cbor[];

const [POSITIVE, NEGATIVE, TEXT, ARRAY] = [0, 1, 3, 4];
const utf8 = new TextDecoder();

/**
 * Reads one value.
 *
 * @throws when there is anything in it that Pagefind 1.6 does not write
 */
export function decode(bytes: Uint8Array): Cbor {
  let at = 0;
  const argument = (short: number): number => {
    if (short < 24) return short;
    if (short > 26) throw new Error(`CBOR: length ${short} at ${at}`);
    let value = 0;
    for (let left = 1 << (short - 24); left > 0; left--)
      value = value * 256 + bytes[at++]!;
    return value;
  };
  const read = (): Cbor => {
    const head = bytes[at++]!;
    const value = argument(head & 31);
    switch (head >> 5) {
      case POSITIVE:
        return value;
      case NEGATIVE:
        return -1 - value;
      case TEXT:
        return utf8.decode(bytes.subarray(at, (at += value)));
      case ARRAY: {
        const items: Cbor[] = [];
        for (let left = value; left > 0; left--) items.push(read());
        return items;
      }
      default:
        throw new Error(`CBOR: type ${head >> 5} at ${at}`);
    }
  };
  const value = read();
  if (at !== bytes.length) throw new Error("CBOR: more than one value");
  return value;
}

/** Writes a value, each length in the fewest bytes. */
export function encode(value: Cbor): Uint8Array {
  let bytes = new Uint8Array(1024);
  let at = 0;
  const room = (more: number): void => {
    if (at + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + more));
    larger.set(bytes);
    bytes = larger;
  };
  const head = (type: number, size: number): void => {
    room(5);
    const width = size < 24 ? 0 : size < 256 ? 1 : size < 65_536 ? 2 : 4;
    bytes[at++] = (type << 5) | (width ? 24 + Math.log2(width) : size);
    for (let shift = width - 1; shift >= 0; shift--)
      bytes[at++] = Math.floor(size / 256 ** shift) & 255;
  };
  const write = (item: Cbor): void => {
    if (typeof item === "number")
      head(item < 0 ? NEGATIVE : POSITIVE, item < 0 ? -1 - item : item);
    else if (typeof item === "string") {
      const text = new TextEncoder().encode(item);
      head(TEXT, text.length);
      room(text.length);
      bytes.set(text, at);
      at += text.length;
    } else {
      head(ARRAY, item.length);
      item.forEach(write);
    }
  };
  write(value);
  return bytes.slice(0, at);
}
