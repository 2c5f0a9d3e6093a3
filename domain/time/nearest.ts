/** A word matches another with at most this many letters different, left out or added. */
const MOST_APART = 2;

/** The word that was most likely meant; `null` where none is near. */
export function nearestTo(meant: string, words: readonly string[]): string | null {
  const text = meant.toLowerCase();
  const ranked = words
    .map((word) => ({ word, apart: apart(text, word) }))
    .filter(({ word, apart: n }) => n <= MOST_APART && n < word.length / 2)
    .toSorted((a, b) => a.apart - b.apart);
  const beginning = words.find((word) => text.length > 2 && word.startsWith(text));
  return ranked[0]?.word ?? beginning ?? null;
}

/**
 * How many letters have to change, come, go, or change places with the next: the distance of optimal string
 * alignment. A much longer word is not computed.
 */
function apart(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_APART) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = i > 0 && j > 0 && letter === b[j - 1] && other === a[i - 1];
      const swapped = isSwapped ? (before[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, swapped));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
