/** What somebody is called whose name has no letters. */
const NO_LETTERS = "?";
/** Further words of a name are left out. */
const MOST_INITIALS = 4;

/**
 * The initials of a name, `A. L.` of Ada Lovelace; of an address only those of what stands before the `@`. A blank name
 * stays empty.
 */
export function maskedName(name: string): string {
  if (name.trim() === "") return "";
  const [before = ""] = name.normalize("NFC").split("@");
  const words = before.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  if (words.length === 0) return NO_LETTERS;
  return words
    .slice(0, MOST_INITIALS)
    .map((word) => `${initialOf(word)}.`)
    .join(" ");
}

/** The first letter, as a capital where that is one letter too. */
function initialOf(word: string): string {
  const [first = ""] = word;
  const capital = first.toUpperCase();
  return [...capital].length === 1 ? capital : first;
}
