/** What stands in a row, from left to right. */
export interface Standing {
  left: number;
  right: number;
  /** It says more than the others, which give way to it. */
  isMore: boolean;
}

/** So much room there is between two words at the least. */
const GAP = 6;

/** Which of them can be read beside each other: what would touch the one before it is left out. */
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
