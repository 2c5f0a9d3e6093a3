/** `1 meeting`, `6 meetings`; thousands set apart by a thin space. */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1 234`: read the same in every language. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A share from 0 to 1: `91.4%`, whole percents where they are exact; `null` of nothing. */
export function percent(share: number | null): string | null {
  if (share === null) return null;
  const value = Math.round(share * 1000) / 10;
  return `${Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1)}%`;
}

/** A share in whole percents, rounded down: 100% is never said of less than all. */
export function wholePercent(part: number, whole: number): string | null {
  return whole <= 0 ? null : `${Math.floor((part / whole) * 100)}%`;
}
