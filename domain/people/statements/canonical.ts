/** The values of JSON. Numbers are whole in every statement. */
export type CanonicalJson =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalJson[]
  | { readonly [name: string]: CanonicalJson };

/**
 * The one way to write a JSON value: names sorted by UTF-16 code units, no spaces, as in RFC 8785 (JCS).
 * Equal values give equal texts, whatever the order of names in a database or a program.
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
