/**
 * A name of a place or a time zone, folded for searching: lower case, without marks, words separated by
 * single spaces.
 */
export function foldPlace(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}
