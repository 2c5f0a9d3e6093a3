/** Folding can lengthen a name many times over; an index takes only so much. */
const FOLDED_LENGTH = 500;

/** Printable ASCII with single spaces between: only its case needs folding. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Folds a display name for matching guests: case (Straße is STRASSE), width, composition of accents,
 * spaces, and characters without width. Letters keep their accents (José is not Jose). `null` where nothing
 * readable is left.
 */
export function foldName(name: string | null): string | null {
  if (name === null) return null;
  if (PLAIN.test(name)) return name.toLowerCase().slice(0, FOLDED_LENGTH);
  const folded = name
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    // Both ways, because some letters fold only upwards, and some only down.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim()
    .normalize("NFKC");
  return folded === "" ? null : folded.slice(0, FOLDED_LENGTH).toWellFormed();
}
