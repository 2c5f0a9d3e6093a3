/** A name of a place or of its time as it is looked for: small, without marks, its words parted by single spaces. */
export function foldPlace(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    .trim();
}
