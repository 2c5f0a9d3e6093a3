const DIGITS = 64;

/**
 * A hash as it was entered, in groups or not: whole and in lower case, or what is wrong with it, to follow
 * "this is".
 */
export type ShownHash = { hash: string; wrong: null } | { hash: null; wrong: string };

export function readHash(text: string): ShownHash {
  const hash = text.replace(/[\s-]+/g, "").toLowerCase();
  if (!/^[0-9a-f]*$/.test(hash)) {
    return { hash: null, wrong: "not a hash: it has digits and the letters a to f alone" };
  }
  if (hash.length === DIGITS) return { hash, wrong: null };
  const typed = `and this has ${hash.length}`;
  return { hash: null, wrong: `not the whole hash: it has ${DIGITS} digits and letters, ${typed}` };
}
