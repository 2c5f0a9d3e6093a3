/** What PostgreSQL's text for bytes cannot have as it is: a backslash, and all that is not printable ASCII. */
const ESCAPED = /[^\x20-\x5b\x5d-\x7e]/g;

/**
 * Bytes as one text for `decode(…, 'escape')`: what is ASCII, as JSON mostly is, is sent as it is, where hexadecimal
 * doubles it and an array escapes each of its quotes.
 */
export function escapedBytes(all: readonly Uint8Array[]): string {
  // One character a byte.
  return Buffer.concat(all)
    .toString("latin1")
    .replace(ESCAPED, (one) => ESCAPES[one.charCodeAt(0)] ?? one);
}

/** By byte: worked out once, because a body that is no text is nothing but these. */
const ESCAPES = Array.from({ length: 256 }, (_, byte) => `\\${byte.toString(8).padStart(3, "0")}`);

/** Where each of these ends when they stand one after the other, in bytes. */
export function endsOf(all: readonly Uint8Array[]): number[] {
  let end = 0;
  return all.map(({ byteLength }) => {
    end += byteLength;
    return end;
  });
}
