/** A value that JSON can express. */
export type PythonJson =
  | null
  | boolean
  | number
  | string
  | readonly PythonJson[]
  | { readonly [key: string]: PythonJson };

/**
 * `value` as Python's `json.dumps` writes it with its defaults, which is what Attendee puts
 * on the wire: a space after every comma and colon, all but printable ASCII escaped, keys in their own order.
 * A whole number is written as an integer: JavaScript cannot tell `1.0` from `1`.
 */
export function pythonJson(value: PythonJson): string {
  if (typeof value === "string") return asciiString(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${asciiString(key)}: ${pythonJson(member)}`,
  );
  return `{${members.join(", ")}}`;
}

function asciiString(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
