/** What JSON can hold. Numbers are whole in everything that is stated. */
export type CanonicalJson =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalJson[]
  | { readonly [name: string]: CanonicalJson };

/**
 * The one way to write a JSON value: names sorted by UTF-16 code units, no spaces, as RFC 8785 (JCS) has it.
 * Equal values give equal texts, whatever order a database or a program keeps their names in.
 */
export function canonicalJson(value: CanonicalJson): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (isObject(value)) {
    const members = Object.keys(value)
      .toSorted()
      .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

function isObject(value: CanonicalJson): value is { readonly [name: string]: CanonicalJson } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
