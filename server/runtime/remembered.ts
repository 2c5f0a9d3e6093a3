/** So many results are remembered, of texts up to so long: what strangers send cannot fill the memory. */
const MOST = 1_000;
const LONGEST = 128;

/**
 * A pure function of a text that remembers its results: for what is the same in nearly every request, such as the
 * address of a peer, the name of a header, or a `Host`. What it throws is not remembered.
 */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = of(text);
    if (text.length > LONGEST) return result;
    if (results.size >= MOST) results.clear();
    results.set(text, result);
    return result;
  };
}
