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
  return folded === "" ? null : folded;
}
