/** A text in a row: its edges in px. Rows are ordered from left to right. */
export interface Standing {
  left: number;
  right: number;
  /** It is more important than the others, which give way to it. */
  isMore: boolean;
}

/** The least room between two texts, in px. */
const GAP = 6;

/** For each text of a row, whether it is shown: a text that would touch the one before it is left out. */
export function apart(row: readonly Standing[]): boolean[] {
  const shown: number[] = [];
  for (const [index, { left, isMore }] of row.entries()) {
    const before = row[shown.at(-1) ?? -1];
    const touches = before !== undefined && left < before.right + GAP;
    if (touches && (!isMore || before.isMore)) continue;
    if (touches) shown.pop();
    shown.push(index);
  }
  return row.map((_, index) => shown.includes(index));
}
