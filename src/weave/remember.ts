/**
 * Keeps what a pure function made: ten thousand cloths are woven from a few dozen motifs and colours.
 *
 * @param make a function of one value that is compared by identity
 */
export function remember<Key, Value>(
  make: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}
