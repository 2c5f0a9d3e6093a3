export const LONGEST_EMAIL = 254;

/** Somebody, an address, a dot: whoever mistyped more will hear of it otherwise. */
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

export function isEmail(text: string): boolean {
  return text.length <= LONGEST_EMAIL && EMAIL.test(text);
}
