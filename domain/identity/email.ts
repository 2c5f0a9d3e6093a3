export const LONGEST_EMAIL = 254;

/** Something, an at sign, a domain with a dot. Only delivery shows whether the address exists. */
const EMAIL = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

export function isEmail(text: string): boolean {
  return text.length <= LONGEST_EMAIL && EMAIL.test(text);
}
