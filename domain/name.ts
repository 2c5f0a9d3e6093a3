/** Folding can lengthen a name many times over; an index takes only so much. */
const FOLDED_LENGTH = 500;

/**
 * Folds a display name for matching guests: case, width, how accents are composed, and spaces.
 * Letters keep their accents (José is not Jose). `null` where nothing readable is left.
 */
export function foldName(name: string | null): string | null {
  if (name === null) return null;
  const folded = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim()
    .normalize("NFKC");
  return folded === "" ? null : folded.slice(0, FOLDED_LENGTH).toWellFormed();
}
